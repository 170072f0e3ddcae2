// Which values a constant consists of: the value ids among the operands of its record (CONSTANTS block).

import type { Operand } from '../bitstream/index.ts';
import { BINARY_OPERANDS, CAST_OPERANDS, CONSTANTS_CODES } from '../codes/constants.ts';
import { gepValues, isGep } from './follow.ts';

const C = CONSTANTS_CODES.values;

/** CMP begins with a type and ends in the predicate. */
const CMP_VALUES = { start: 1, end: 3 } as const;

/**
 * The value ids that a record refers to: of elements, and of the operands of expressions. None for other records, and for
 * the vector expressions, which no address goes through.
 */
export function referencesOf(code: number, operands: readonly Operand[]): number[] {
  switch (code) {
    case C.CST_CODE_AGGREGATE:
    case C.CST_CODE_CE_SELECT:
      return operands.map(Number);
    case C.CST_CODE_CE_CAST:
      return operands.slice(CAST_OPERANDS.value, CAST_OPERANDS.value + 1).map(Number);
    case C.CST_CODE_CE_BINOP:
      return operands.slice(BINARY_OPERANDS.left, BINARY_OPERANDS.right + 1).map(Number);
    case C.CST_CODE_CE_CMP:
      return operands.slice(CMP_VALUES.start, CMP_VALUES.end).map(Number);
    default:
      return isGep(code) ? gepValues(code, operands) : [];
  }
}
