// INLINEASM records (CONSTANTS block), in the four layouts since LLVM 3.0. All consist of flags and two strings, each behind
// its length; the last one begins with the type of the function that the assembly is called as.

import { decodeName } from '../../bytes/index.ts';
import type { FormatError } from '../../bytes/index.ts';
import type { Operand } from '../bitstream/index.ts';
import { CONSTANTS_CODES, INLINE_ASM_FLAGS } from '../codes/constants.ts';

const C = CONSTANTS_CODES.values;

/** Inline assembly. */
export interface BitcodeInlineAssembly {
  /** The template, with `$0` for operands. */
  readonly text: string;
  /** Constraints of the operands and what is clobbered, such as `=r,r,~{memory}`. */
  readonly constraints: string;
  readonly hasSideEffects: boolean;
  readonly alignsStack: boolean;
  readonly dialect: 'att' | 'intel';
  /** Whether it may throw; false before LLVM 13. */
  readonly mayUnwind: boolean;
  /** Type of the function that it is called as; up to LLVM 13 the type of the constant is a pointer to it instead. */
  readonly functionTypeId: number | undefined;
}

/** What is asked of the constants. */
interface ConstantSource {
  operands(valueId: number): Operand[];
  truncated(valueId: number, reason: string): FormatError;
}

/** Whether a code is one of inline assembly. */
function isInlineAssembly(code: number): boolean {
  switch (code) {
    case C.CST_CODE_INLINEASM_OLD:
    case C.CST_CODE_INLINEASM_OLD2:
    case C.CST_CODE_INLINEASM_OLD3:
    case C.CST_CODE_INLINEASM:
      return true;
    default:
      return false;
  }
}

/** Reads the inline assembly that a constant is; `undefined` for a constant of another code. */
export function inlineAssemblyOf(
  code: number,
  constants: ConstantSource,
  valueId: number,
): BitcodeInlineAssembly | undefined {
  if (!isInlineAssembly(code)) return undefined;
  const operands = constants.operands(valueId);
  const flagsAt = code === C.CST_CODE_INLINEASM ? 1 : 0;
  const flags = Number(operands[flagsAt] ?? 0);
  const string = (lengthAt: number) => {
    const length = Number(operands[lengthAt] ?? 0);
    const left = Math.max(0, operands.length - lengthAt - 1);
    if (length > left) {
      throw constants.truncated(valueId, `a string of inline assembly has ${length} bytes, but ${left} are left`);
    }
    const bytes = operands.slice(lengthAt + 1, lengthAt + 1 + length).map((byte) => Number(BigInt(byte) & 0xffn));
    return { text: decodeName(Uint8Array.from(bytes)), end: lengthAt + 1 + length };
  };
  const template = string(flagsAt + 1);
  const constraints = string(template.end);
  return {
    text: template.text,
    constraints: constraints.text,
    hasSideEffects: (flags & INLINE_ASM_FLAGS.sideEffect) !== 0,
    alignsStack: (flags & INLINE_ASM_FLAGS.alignStack) !== 0,
    dialect: (flags & INLINE_ASM_FLAGS.intelDialect) !== 0 ? 'intel' : 'att',
    mayUnwind: (flags & INLINE_ASM_FLAGS.unwind) !== 0,
    functionTypeId: flagsAt === 0 ? undefined : Number(operands[0] ?? 0),
  };
}
