// PARAM_ACCESS: which bytes behind the pointers that a function takes it may touch, for the stack safety analysis of memory
// tagging (parseParamAccesses in llvm/lib/Bitcode/Reader/BitcodeReader.cpp).

import { SUMMARY_CODES } from '../codes/summary.ts';
import { OperandList } from './operand-list.ts';
import type { ErrorAt, KeptRecord } from './operand-list.ts';

/** Operands of a call in the record: parameter, callee and the two ends of a range. */
const CALL_OPERANDS = 4;

/** Bytes from a pointer: from `lower` up to, not including, `upper`. */
export interface AccessRange {
  readonly lower: bigint;
  readonly upper: bigint;
}

/** What a function does with one of its parameters. */
export interface ParameterAccess {
  /** Position of the parameter, from 0 on. */
  readonly parameter: number;
  /** What the function touches itself. */
  readonly range: AccessRange;
  /** The functions it hands the pointer to. */
  readonly calls: readonly {
    readonly parameter: number;
    /** Value id of the callee. LLVMBitCodes.h calls it a GUID, which LLVM 13 to 22 neither write nor read. */
    readonly callee: bigint;
    /** What it adds to the pointer. */
    readonly range: AccessRange;
  }[];
}

/** Decodes the last PARAM_ACCESS of the records, as LLVM does. */
export function decodeParameterAccesses(records: readonly KeptRecord[], errorAt: ErrorAt): ParameterAccess[] {
  const record = records.findLast(({ code }) => code === SUMMARY_CODES.values.FS_PARAM_ACCESS);
  if (record === undefined) return [];
  const list = new OperandList(record, errorAt);
  const accesses: ParameterAccess[] = [];
  while (list.left > 0) {
    const parameter = list.number();
    const range = readRange(list);
    const count = list.count('calls', CALL_OPERANDS);
    const calls = Array.from({ length: count }, () => ({
      parameter: list.number(),
      callee: list.wide(),
      range: readRange(list),
    }));
    accesses.push({ parameter, range, calls });
  }
  return accesses;
}

function readRange(list: OperandList): AccessRange {
  return { lower: list.signed(), upper: list.signed() };
}
