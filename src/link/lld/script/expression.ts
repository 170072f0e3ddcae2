// What expressions of linker scripts come to, as far as the text alone tells.

import type { ScriptReference } from './link-script.ts';

/** An expression, read. */
export interface ScriptExpression {
  /** The value, unsigned, of 64 bits; `undefined` where it depends on addresses, sections or symbols. */
  readonly value: bigint | undefined;
  /** The error that computing it ends with for sure, in lld's words with its place. */
  readonly problem: string | undefined;
}

/** Nothing is known of its value. */
export const UNKNOWN: ScriptExpression = { value: undefined, problem: undefined };

/** An expression of a known value, cut to 64 bits. */
export function constant(value: bigint): ScriptExpression {
  return { value: BigInt.asUintN(64, value), problem: undefined };
}

/** Binding strength of binary operators; a higher one binds tighter. */
const PRECEDENCE: ReadonlyMap<string, number> = new Map([
  ['*', 11],
  ['/', 11],
  ['%', 11],
  ['+', 10],
  ['-', 10],
  ['<<', 9],
  ['>>', 9],
  ['<', 8],
  ['<=', 8],
  ['>', 8],
  ['>=', 8],
  ['==', 7],
  ['!=', 7],
  ['&', 6],
  ['^', 5],
  ['|', 4],
  ['&&', 3],
  ['||', 2],
  ['?', 1],
]);

/** The first version of lld that knows `^`. */
const FIRST_XOR_VERSION = 17;

/** The binding strength of an operator; -1 for other words. */
export function precedence(operator: string, major: number): number {
  if (operator === '^' && major < FIRST_XOR_VERSION) return -1;
  return PRECEDENCE.get(operator) ?? -1;
}

const OPERATIONS: ReadonlyMap<string, (left: bigint, right: bigint) => bigint> = new Map([
  ['*', (left, right) => left * right],
  ['/', (left, right) => left / right],
  ['%', (left, right) => left % right],
  ['+', (left, right) => left + right],
  ['-', (left, right) => left - right],
  ['<<', (left, right) => left << (right % 64n)],
  ['>>', (left, right) => left >> (right % 64n)],
  ['<', (left, right) => BigInt(left < right)],
  ['<=', (left, right) => BigInt(left <= right)],
  ['>', (left, right) => BigInt(left > right)],
  ['>=', (left, right) => BigInt(left >= right)],
  ['==', (left, right) => BigInt(left === right)],
  ['!=', (left, right) => BigInt(left !== right)],
  ['&', (left, right) => left & right],
  ['^', (left, right) => left ^ right],
  ['|', (left, right) => left | right],
]);

/**
 * Two expressions with a binary operator between them.
 *
 * @param place - Of the operator's right side, `x.lds:3`.
 */
export function combine(
  operator: string,
  left: ScriptExpression,
  right: ScriptExpression,
  place: string,
): ScriptExpression {
  if (operator === '&&' || operator === '||') return combineLogical(operator, left, right);
  if (operator === '/' || operator === '%') {
    // The right side is computed first.
    if (right.problem !== undefined) return right;
    if (right.value === 0n) {
      return { value: undefined, problem: `${place}: ${operator === '/' ? 'division' : 'modulo'} by zero` };
    }
  }
  const problem = left.problem ?? right.problem;
  if (problem !== undefined) return { value: undefined, problem };
  if (left.value === undefined || right.value === undefined) return UNKNOWN;
  const operation = OPERATIONS.get(operator);
  return operation === undefined ? UNKNOWN : constant(operation(left.value, right.value));
}

function combineLogical(operator: '&&' | '||', left: ScriptExpression, right: ScriptExpression): ScriptExpression {
  if (left.problem !== undefined) return left;
  if (left.value === undefined) return UNKNOWN;
  const decides = operator === '&&' ? left.value === 0n : left.value !== 0n;
  if (decides) return constant(BigInt(operator === '||'));
  if (right.value === undefined) return right;
  return constant(BigInt(right.value !== 0n));
}

/** `condition ? yes : no` */
export function choose(condition: ScriptExpression, yes: ScriptExpression, no: ScriptExpression): ScriptExpression {
  if (condition.problem !== undefined) return condition;
  if (condition.value === undefined) return UNKNOWN;
  return condition.value === 0n ? no : yes;
}

/** An expression of one operand, whose problems it has. */
export function derive(operand: ScriptExpression, operation: (value: bigint) => bigint): ScriptExpression {
  return operand.value === undefined ? operand : constant(operation(operand.value));
}

const U64_END = 1n << 64n;
// A longer one does not fit 64 bits, unless it begins with many zeros, and takes long to become a bigint.
const DIGITS_MAX = 64;

/**
 * A number: hexadecimal with `0x` in front or `H` behind, or decimal, with `K` or `M` behind for its multiples of 2^10 and
 * 2^20.
 *
 * @returns `undefined` for a word that is none, or that does not fit 64 bits.
 */
export function parseNumber(word: string): bigint | undefined {
  const lower = word.toLowerCase();
  if (lower.startsWith('0x')) return parseDigits(lower.slice(2), 16);
  const digits = lower.slice(0, -1);
  if (lower.endsWith('h')) return parseDigits(digits, 16);
  const unit = lower.endsWith('k') ? 10n : lower.endsWith('m') ? 20n : 0n;
  const value = parseDigits(unit === 0n ? lower : digits, 10);
  return value === undefined ? undefined : BigInt.asUintN(64, value << unit);
}

function parseDigits(text: string, radix: 10 | 16): bigint | undefined {
  if (!(radix === 16 ? /^[0-9a-f]+$/ : /^[0-9]+$/).test(text)) return undefined;
  const digits = text.replace(/^0+(?=.)/, '');
  if (digits.length > DIGITS_MAX) return undefined;
  const value = BigInt(radix === 16 ? `0x${digits}` : digits);
  return value < U64_END ? value : undefined;
}

/** Names of references, each once, at its first place. */
export class ReferenceList {
  private readonly places = new Map<string, string>();

  /** Adds one that is not there yet. */
  add(name: string, place: string): void {
    if (!this.places.has(name)) this.places.set(name, place);
  }

  /** All of them, in order. */
  list(): ScriptReference[] {
    return Array.from(this.places, ([name, place]) => ({ name, place }));
  }
}
