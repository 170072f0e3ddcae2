// From a constant to the global value behind it, by the two ways of LLVM (stripPointerCasts in llvm/lib/IR/Value.cpp,
// findBaseObject in llvm/lib/IR/Globals.cpp, LLVM 22).
//
// The chains are the file's: they may be a million long, in a circle, and asked for from each of their links. So they are
// followed in a loop, and where a chain ends is kept for all its links.

import type { Operand } from '../bitstream/index.ts';
import { BINARY_OPCODES, BINARY_OPERANDS, CAST_OPCODES, CAST_OPERANDS, CONSTANTS_CODES } from '../codes/constants.ts';
import type { BitcodeGlobals } from '../globals/read-globals.ts';

const C = CONSTANTS_CODES.values;
const B = BINARY_OPCODES.values;
const { CAST_PTRTOINT, CAST_INTTOPTR, CAST_BITCAST, CAST_ADDRSPACECAST, CAST_PTRTOADDR } = CAST_OPCODES.values;

const POINTER_CASTS: readonly number[] = [CAST_BITCAST, CAST_ADDRSPACECAST];
const ADDRESS_CASTS: readonly number[] = [...POINTER_CASTS, CAST_PTRTOINT, CAST_INTTOPTR, CAST_PTRTOADDR];

/** Width of a range in a GEP above which its bounds are counted words, not two numbers. */
const RANGE_WIDTH_MAX = 64;

/** Where chains end that were followed already: the value id behind them, or NOWHERE. */
export type KnownEnds = Map<number, number>;

/** No value id. */
const NOWHERE = -1;

/** What is asked of the constants. */
interface ConstantSource {
  code(valueId: number): number | undefined;
  operands(valueId: number, max?: number): Operand[];
  integer(valueId: number): bigint | undefined;
}

/** Follows a value to what is behind casts of pointers and GEPs to the same place. */
export function followCasts(valueId: number, constants: ConstantSource, known: KnownEnds): number {
  return follow(valueId, known, (id) => {
    const code = constants.code(id);
    if (code === undefined) return undefined;
    if (code === C.CST_CODE_CE_CAST) return castOf(constants.operands(id), POINTER_CASTS);
    if (!isGep(code)) return NOWHERE;
    const [base = NOWHERE, ...indices] = gepValues(code, constants.operands(id));
    return indices.every((index) => constants.integer(index) === 0n) ? base : NOWHERE;
  });
}

/** Follows a value to the object that it lies in. */
export function followToObject(
  valueId: number,
  constants: ConstantSource,
  globals: BitcodeGlobals,
  known: KnownEnds,
): number {
  return follow(valueId, known, (id) => {
    const global = globals.values[id];
    if (global?.kind === 'alias') return global.aliasee;
    const code = constants.code(id);
    if (code === undefined) return undefined;
    if (code === C.CST_CODE_CE_CAST) return castOf(constants.operands(id), ADDRESS_CASTS);
    if (code === C.CST_CODE_CE_BINOP) return addendOf(constants, constants.operands(id));
    return isGep(code) ? (gepValues(code, constants.operands(id))[0] ?? NOWHERE) : NOWHERE;
  });
}

/**
 * Goes from value to value.
 *
 * @param step - Gives the next value, `undefined` at an end, {@link NOWHERE} for a value that leads to none.
 */
function follow(valueId: number, known: KnownEnds, step: (valueId: number) => number | undefined): number {
  const path: number[] = [];
  let id = valueId;
  let end: number | undefined;
  while (end === undefined) {
    end = known.get(id);
    if (end !== undefined) break;
    // Until the end is known this is it, which ends a circle.
    known.set(id, NOWHERE);
    path.push(id);
    const next = step(id);
    if (next === undefined) end = id;
    else if (next === NOWHERE) end = NOWHERE;
    else id = next;
  }
  for (const link of path) known.set(link, end);
  return end;
}

function castOf(operands: readonly Operand[], opcodes: readonly number[]): number {
  if (!opcodes.includes(Number(operands[CAST_OPERANDS.opcode]))) return NOWHERE;
  return Number(operands[CAST_OPERANDS.value] ?? NOWHERE);
}

/** What a number is added to or taken from. */
function addendOf(constants: ConstantSource, operands: readonly Operand[]): number {
  const opcode = Number(operands[BINARY_OPERANDS.opcode]);
  const left = Number(operands[BINARY_OPERANDS.left] ?? NOWHERE);
  const right = Number(operands[BINARY_OPERANDS.right] ?? NOWHERE);
  if (opcode !== B.BINOP_ADD && opcode !== B.BINOP_SUB) return NOWHERE;
  if (constants.integer(right) !== undefined) return left;
  return opcode === B.BINOP_ADD && constants.integer(left) !== undefined ? right : NOWHERE;
}

export function isGep(code: number): boolean {
  switch (code) {
    case C.CST_CODE_CE_GEP_OLD:
    case C.CST_CODE_CE_INBOUNDS_GEP:
    case C.CST_CODE_CE_GEP_WITH_INRANGE_INDEX_OLD:
    case C.CST_CODE_CE_GEP_WITH_INRANGE:
    case C.CST_CODE_CE_GEP:
      return true;
    default:
      return false;
  }
}

/** The value ids of the base of a GEP and its indices. They stand in pairs of type and value at the end of the record. */
export function gepValues(code: number, operands: readonly Operand[]): number[] {
  const values: number[] = [];
  for (let i = gepPairsStart(code, operands) + 1; i < operands.length; i += 2) values.push(Number(operands[i]));
  return values;
}

function gepPairsStart(code: number, operands: readonly Operand[]): number {
  switch (code) {
    case C.CST_CODE_CE_GEP:
    case C.CST_CODE_CE_GEP_WITH_INRANGE_INDEX_OLD:
      // The type of what the base points to, then flags.
      return 2;
    case C.CST_CODE_CE_GEP_WITH_INRANGE: {
      // Behind the flags the width of a range and its bounds; of wide bounds how many words each has, then those.
      if (Number(operands[2]) <= RANGE_WIDTH_MAX) return 5;
      const counts = BigInt(operands[3] ?? 0);
      return 4 + Number(counts & 0xffffffffn) + Number(counts >> 32n);
    }
    default:
      // The type came in LLVM 3.7.
      return operands.length % 2;
  }
}
