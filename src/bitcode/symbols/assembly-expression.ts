// Values of expressions in assembly, as far as they are numbers: what conditions and counts of repetitions ask for.
// Operators and their precedence are those of LLVM's AsmParser for GNU syntax; numbers have 64 bits.

import type { Token } from './assembly-lexer.ts';

/** Parentheses and signs inside each other that are followed. */
const DEPTH_MAX = 64;

const PRECEDENCE: ReadonlyMap<string, number> = new Map([
  ['||', 1],
  ['&&', 2],
  ['==', 3],
  ['!=', 3],
  ['<>', 3],
  ['<', 3],
  ['<=', 3],
  ['>', 3],
  ['>=', 3],
  ['+', 4],
  ['-', 4],
  ['|', 5],
  ['!', 5],
  ['^', 5],
  ['&', 5],
  ['*', 6],
  ['/', 6],
  ['%', 6],
  ['<<', 6],
  ['>>', 6],
]);

/**
 * Computes the value of tokens.
 *
 * @param valueOf - The value of a name; `undefined` for one that is not a number.
 * @returns `undefined` if it is no number, or no expression that is understood.
 */
export function evaluate(tokens: readonly Token[], valueOf: (name: string) => bigint | undefined): bigint | undefined {
  const parser = new Evaluation(tokens, valueOf);
  const value = parser.binary(1, 0);
  return parser.isAtEnd ? value : undefined;
}

class Evaluation {
  private readonly tokens: readonly Token[];
  private readonly valueOf: (name: string) => bigint | undefined;
  private at = 0;

  constructor(tokens: readonly Token[], valueOf: (name: string) => bigint | undefined) {
    this.tokens = tokens;
    this.valueOf = valueOf;
  }

  get isAtEnd(): boolean {
    return this.at === this.tokens.length;
  }

  /** Operators of a precedence or above. */
  binary(lowest: number, depth: number): bigint | undefined {
    let left = this.unary(depth);
    while (left !== undefined) {
      const operator = this.tokens[this.at];
      const precedence = operator?.kind === 'mark' ? PRECEDENCE.get(operator.text) : undefined;
      if (operator === undefined || precedence === undefined || precedence < lowest) return left;
      this.at += 1;
      const right = depth < DEPTH_MAX ? this.binary(precedence + 1, depth + 1) : undefined;
      left = right === undefined ? undefined : apply(operator.text, left, right);
    }
    return left;
  }

  private unary(depth: number): bigint | undefined {
    const token = this.tokens[this.at];
    if (token === undefined || depth > DEPTH_MAX) return undefined;
    this.at += 1;
    if (token.kind === 'integer') return integerValue(token.text);
    if (token.kind === 'name' || token.kind === 'string') return this.valueOf(token.text);
    if (token.text === '(') {
      const value = this.binary(1, depth + 1);
      if (this.tokens[this.at]?.text !== ')') return undefined;
      this.at += 1;
      return value;
    }
    if (!'+-~!'.includes(token.text)) return undefined;
    const value = this.unary(depth + 1);
    if (value === undefined) return undefined;
    switch (token.text) {
      case '-':
        return BigInt.asIntN(64, -value);
      case '~':
        return ~value;
      case '!':
        return truth(value === 0n);
      default:
        return value;
    }
  }
}

/** Characters of a number; LLVM refuses those of more than 64 bits, and converting long ones takes long. */
const DIGITS_MAX = 80;

/** The value of a number as it is written; one that begins with 0 is octal. `undefined` for what is no number. */
export function integerValue(text: string): bigint | undefined {
  const digits = text.replace(/[uUlL]+$/, '');
  if (digits.length > DIGITS_MAX) return undefined;
  if (!/^0[0-9]/.test(digits)) return BigInt.asIntN(64, BigInt(digits));
  return /^[0-7]+$/.test(digits) ? BigInt.asIntN(64, BigInt(`0o${digits}`)) : undefined;
}

function truth(is: boolean): bigint {
  return is ? 1n : 0n;
}

function apply(operator: string, left: bigint, right: bigint): bigint | undefined {
  switch (operator) {
    case '||':
      return truth(left !== 0n || right !== 0n);
    case '&&':
      return truth(left !== 0n && right !== 0n);
    case '==':
      return truth(left === right);
    case '!=':
    case '<>':
      return truth(left !== right);
    case '<':
      return truth(left < right);
    case '<=':
      return truth(left <= right);
    case '>':
      return truth(left > right);
    case '>=':
      return truth(left >= right);
    case '+':
      return BigInt.asIntN(64, left + right);
    case '-':
      return BigInt.asIntN(64, left - right);
    case '|':
      return left | right;
    case '!':
      return left | ~right;
    case '^':
      return left ^ right;
    case '&':
      return left & right;
    case '*':
      return BigInt.asIntN(64, left * right);
    case '/':
      return right === 0n ? undefined : BigInt.asIntN(64, left / right);
    case '%':
      return right === 0n ? undefined : left % right;
    case '<<':
      return right < 0n || right > 63n ? 0n : BigInt.asIntN(64, left << right);
    default:
      // LLVM shifts zeros in, on all targets that can be told here.
      return right < 0n || right > 63n ? 0n : BigInt.asIntN(64, BigInt.asUintN(64, left) >> right);
  }
}
