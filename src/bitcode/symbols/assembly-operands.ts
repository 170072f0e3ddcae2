// Which words in the operands of an instruction are symbols. LLVM knows from its tables of instructions; here it is told by
// the mark of registers where they have one (`%`, `$`), else by the instructions whose operand can be a place, and by the
// operators of relocations (`:lo12:`, `%hi()`, `@ha`). Immediates that are symbols with a constant value are no references.

import { integerValue } from './assembly-expression.ts';
import { splitAtCommas } from './assembly-lexer.ts';
import type { Token } from './assembly-lexer.ts';
import type { AssemblySyntax } from './assembly-syntax.ts';
import { RESERVED_WORDS, X86_PREFIXES } from './assembly-words.ts';

/** What an instruction does to the symbols of its module. */
export interface OperandSink {
  /** Takes tokens of an expression whose symbols are references. */
  readonly expression: (tokens: readonly Token[]) => void;
  /** A temporary label without a name. */
  readonly unnamedLabel: () => void;
  /** A temporary label with a name of this kind and a number. */
  readonly namedLabel: (kind: string) => void;
  /** Tells that references of an instruction cannot be told. */
  readonly notUnderstood: (reason: string) => void;
}

const ARM_PLACES =
  /^(?:bl?x?(?:eq|ne|cs|hs|cc|lo|mi|pl|vs|vc|hi|ls|ge|lt|gt|le|al)?|cbn?z|adrl?|ldr\w*|pl[di]w?|vldr\w*|le|wls|dls)(?:\.[nw])?(?:\.\d+)?$/i;
const ARM64_PLACES =
  /^(?:bl?|bc?\.\w\w|b(?:eq|ne|cs|hs|cc|lo|mi|pl|vs|vc|hi|ls|ge|lt|gt|le|al|nv)|cbn?z|tbn?z|cb\w\w|adrp?|ldr(?:sw)?|prfm)$/i;
const RISCV_PLACES =
  /^(?:b(?:eq|ne|lt|ge|gt|le)u?z?|c\.(?:j|jal|beqz|bnez)|j(?:al)?|jump|call|tail|l[bhwd]u?|s[bhwd]|f[ls][hwdq]|la|lla|lga|la\.tls\.\w+|la\.\w+)$/i;
/** Pseudo instructions of RISC-V that begin with an AUIPC, which gets a label. */
const RISCV_PAIRS = /^(?:la|lla|lga|la\.tls\.(?:gd|ie)|l[bhwd]u?|s[bhwd]|f[ls][hwdq])$/i;

/**
 * Reads the operands of an instruction.
 *
 * @param tokens - From its name on.
 * @param isIntel - Whether it is an instruction of x86 in Intel syntax, where registers need no mark.
 */
export function readOperands(
  tokens: readonly Token[],
  syntax: AssemblySyntax,
  sink: OperandSink,
  isIntel: boolean,
): void {
  const from = syntax.style === 'x86' ? startOfX86Operands(tokens) : 1;
  const name = (tokens[from - 1]?.text ?? '').toLowerCase();
  switch (syntax.style) {
    case 'x86':
    case 'marked': {
      const kept = withoutRegisters(tokens, from, syntax);
      sink.expression(isIntel ? kept.filter((token) => !isReserved(token, RESERVED_WORDS.intel)) : kept);
      break;
    }
    case 'ppc':
      sink.expression(tokens.slice(from).filter((token) => !isReserved(token, RESERVED_WORDS.ppc)));
      break;
    case 'riscv':
      readRiscvOperands(name, tokens, sink);
      break;
    case 'arm':
    case 'aarch64':
      readArmOperands(name, tokens, syntax, sink);
      break;
    default:
      if (tokens.slice(1).some(({ kind }) => kind === 'name')) {
        sink.notUnderstood('references in instructions of this target are not read');
      }
  }
}

/** Behind prefixes (`lock`, `{vex}`) and the name of the instruction. */
function startOfX86Operands(tokens: readonly Token[]): number {
  let i = 0;
  while (i < tokens.length) {
    const token = tokens[i] as Token;
    if (token.text === '{') while (i < tokens.length && tokens[i]?.text !== '}') i += 1;
    else if (!X86_PREFIXES.has(token.text.toLowerCase())) break;
    i += 1;
  }
  return i + 1;
}

/** Leaves out registers that begin with a mark, and the marks of immediates and of masks. */
function withoutRegisters(tokens: readonly Token[], from: number, { style }: AssemblySyntax): Token[] {
  const kept: Token[] = [];
  let isInBraces = false;
  for (let i = from; i < tokens.length; i += 1) {
    const token = tokens[i] as Token;
    if (token.text === '{' || token.text === '}') isInBraces = token.text === '{';
    // `%hi(…)` is no register.
    const isRegister = token.text === '%' && (style === 'x86' || tokens[i + 2]?.text !== '(');
    const isMarked = token.text === '$' && style !== 'x86';
    if (isRegister || isMarked || (token.text === '%' && style === 'marked')) i += 1;
    else if (!isInBraces) kept.push(token);
  }
  return kept;
}

function readRiscvOperands(name: string, tokens: readonly Token[], sink: OperandSink): void {
  const hasPlace = RISCV_PLACES.test(name);
  let placeCount = 0;
  splitAtCommas(tokens, 1).forEach((operand, position, { length }) => {
    if (operand[0]?.text === '%') {
      // `%hi(symbol)`, then perhaps a register in parentheses.
      const end = operand.findIndex(({ text }) => text === ')');
      sink.expression(operand.slice(3, end < 0 ? undefined : end));
      return;
    }
    if (!hasPlace) return;
    // The first operand of a load is where it goes, the third one a register to work with.
    const isPlace = length === 1 || position === placeOf(name, length);
    const isRegister =
      isReserved(operand[0], RESERVED_WORDS.riscv) && !/^(?:la|lla|lga|la\..*|call|tail|j)$/.test(name);
    if (!isPlace || isRegister || !operand.some(isWord) || operand.some(({ text }) => text === '(')) return;
    placeCount += 1;
    sink.expression(operand);
  });
  if (placeCount > 0 && RISCV_PAIRS.test(name)) sink.namedLabel('pcrel_hi');
}

/** Which operand is a place. */
function placeOf(name: string, count: number): number {
  if (name === 'jump') return 0;
  return name.startsWith('b') ? count - 1 : 1;
}

function readArmOperands(name: string, tokens: readonly Token[], { style }: AssemblySyntax, sink: OperandSink): void {
  const isArm = style === 'arm';
  const hasPlace = (isArm ? ARM_PLACES : ARM64_PLACES).test(name);
  const reserved = isArm ? RESERVED_WORDS.arm : RESERVED_WORDS.aarch64;
  const operands = splitAtCommas(tokens, 1);
  operands.forEach((operand, position) => {
    const first = operand[0];
    if (first === undefined) return;
    const specifier = operand.findIndex(({ text }) => text === ':');
    const paged = operand.filter(({ kind, text }) => kind === 'name' && text.includes('@'));
    if (specifier >= 0) readSpecified(operand, specifier, sink);
    // Darwin: `symbol@PAGEOFF`, in brackets too.
    else if (paged.length > 0) sink.expression(paged);
    else if (first.text === '=') {
      sink.expression(operand.slice(1));
      if (needsPool(operand.slice(1), operands[0]?.[0]?.text ?? '', isArm)) sink.unnamedLabel();
    } else if (hasPlace && isPlaceOfArm(name, position, operands.length) && !isReserved(first, reserved)) {
      const place = first.text === '#' ? operand.slice(1) : operand;
      if (!'[{'.includes(first.text)) sink.expression(withoutVariant(place));
    }
  });
}

/** The place is the only operand of a branch, and the last one of others. */
function isPlaceOfArm(name: string, position: number, count: number): boolean {
  return position === count - 1 && (count === 1 || !name.startsWith('bx'));
}

/** `:lo12:symbol`, `[x0, #:lo12:symbol]`: what follows the second colon. */
function readSpecified(operand: readonly Token[], specifier: number, sink: OperandSink): void {
  const end = operand.findIndex(({ text }) => text === ']');
  sink.expression(operand.slice(specifier + 3, end < 0 ? undefined : end));
}

/** `symbol(PLT)`: without what stands in parentheses. */
function withoutVariant(operand: readonly Token[]): readonly Token[] {
  const isVariant = operand[1]?.text === '(' && operand[2]?.kind === 'name' && operand[3]?.text === ')';
  return isVariant ? [...operand.slice(0, 1), ...operand.slice(4)] : operand;
}

/** Whether the value of `ldr r0, =value` is put beside the code: a symbol, or a number that no MOV can hold. */
function needsPool(value: readonly Token[], register: string, isArm: boolean): boolean {
  const [token] = value;
  if (value.length !== 1 || token?.kind !== 'integer') return true;
  const number = integerValue(token.text);
  if (number === undefined) return true;
  if (isArm) return !isArmImmediate(Number(BigInt.asUintN(32, number)));
  const width = register.toLowerCase().startsWith('w') ? 32 : 64;
  const bits = BigInt.asUintN(width, number);
  return ![0n, 16n, 32n, 48n].some((shift) => bits === ((bits >> shift) & 0xffffn) << shift);
}

/** Eight bits turned by an even number of places, or the complement of such. */
function isArmImmediate(value: number): boolean {
  for (let turn = 0; turn < 32; turn += 2) {
    for (const bits of [value, ~value]) {
      const turned = ((bits << turn) | (turn === 0 ? 0 : bits >>> (32 - turn))) >>> 0;
      if (turned <= 0xff) return true;
    }
  }
  return value <= 0xffff;
}

function isWord({ kind }: Token): boolean {
  return kind !== 'mark';
}

function isReserved(token: Token | undefined, reserved: RegExp): boolean {
  return token?.kind === 'name' && reserved.test(token.text);
}
