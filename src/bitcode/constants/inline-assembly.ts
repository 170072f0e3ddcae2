// INLINEASM records (CONSTANTS block), in the four layouts since LLVM 3.0. All consist of flags and two strings, each behind
// its length; the last one begins with the type of the function that the assembly is called as.

import { decodeText } from '../../bytes/index.ts';
import type { FormatError } from '../../bytes/index.ts';
import type { RecordBuffer } from '../bitstream/index.ts';
import { CONSTANTS_CODES, INLINE_ASM_FLAGS } from '../codes/constants.ts';

const C = CONSTANTS_CODES.values;

/** Codes of inline assembly, one for each layout. */
export const INLINE_ASSEMBLY_CODES = [
  C.CST_CODE_INLINEASM_OLD,
  C.CST_CODE_INLINEASM_OLD2,
  C.CST_CODE_INLINEASM_OLD3,
  C.CST_CODE_INLINEASM,
] as const;

/** Inline assembly. Its texts are as they stand; a byte that is no UTF-8 is U+DC00 plus its value. */
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

/** Whether a code is one of inline assembly. */
export function isInlineAssembly(code: number | undefined): boolean {
  return INLINE_ASSEMBLY_CODES.some((known) => known === code);
}

/**
 * Reads the inline assembly that a record is; `undefined` for one of another code.
 *
 * @param record - Of a CONSTANTS block, decoded.
 * @param truncated - Makes the error for a string that does not end in the record.
 */
export function inlineAssemblyOf(
  record: RecordBuffer,
  truncated: (reason: string) => FormatError,
): BitcodeInlineAssembly | undefined {
  const { code } = record;
  if (!isInlineAssembly(code)) return undefined;
  const flagsAt = code === C.CST_CODE_INLINEASM ? 1 : 0;
  const flags = record.at(flagsAt) ?? 0;
  const string = (lengthAt: number) => {
    const length = record.at(lengthAt) ?? 0;
    const start = lengthAt + 1;
    const left = Math.max(0, record.length - start);
    if (length > left) throw truncated(`a string of inline assembly has ${length} bytes, but ${left} are left`);
    return { text: decodeText(record.textBytes(start, start + length)), end: start + length };
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
    functionTypeId: flagsAt === 0 ? undefined : (record.at(0) ?? 0),
  };
}
