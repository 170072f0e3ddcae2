// The loops that decode most of what stands in bitcode: fields one after the other, out of windows of 32 bits, with the
// position in variables. Each stops in front of what it does not look into: fields that do not fit into a window, and the
// last words of a block, which a window would reach beyond. There BitCursor reads, or refuses, what stands.

import { ENCODINGS } from './abbreviation.ts';
import type { AbbreviationOperand } from './abbreviation.ts';
import { bitsAt } from './bit-cursor.ts';
import type { BitCursor } from './bit-cursor.ts';

const { Literal, VBR } = ENCODINGS.values;

/** Widest abbreviation id that stands in a window together with four chunks. */
const SHORT_ID_MAX = 8;

/** Bits of the VBR6 chunks that a window holds. */
const VBR6_WINDOW = 30;
/** The payload of a chunk moved by so many bits still fits into 31 bits. */
const VBR6_SHIFT_MAX = 25;
/** The top bits of the first four chunks of a window, and those that are set where two fields have two chunks each. */
const VBR6_TOP_BITS_OF_FOUR = 0x820820;
const VBR6_TWO_OF_TWO = 0x020020;

/**
 * Reads the head of a record without abbreviation where that is short: the abbreviation id, and a code and a count of one
 * or two chunks.
 *
 * @param idWidth - Bits of an abbreviation id.
 * @param recordId - The abbreviation id of such records.
 * @returns The code, and 1,024 times the count; -1, without having moved, if something else stands there.
 */
export function readShortHead(cursor: BitCursor, idWidth: number, recordId: number): number {
  const { word, bit } = cursor;
  if (idWidth > SHORT_ID_MAX || word >= cursor.end - 1) return -1;
  const head = bitsAt(cursor.data, word, bit);
  if ((head & ((1 << idWidth) - 1)) !== recordId) return -1;
  let code = (head >>> idWidth) & 0x3f;
  let width = idWidth + 12;
  if (code >= 32) {
    code += ((head >>> (width - 6)) & 0x3f) * 32 - 32;
    width += 6;
  }
  let count = (head >>> (width - 6)) & 0x3f;
  if (count >= 32) {
    count += ((head >>> width) & 0x3f) * 32 - 32;
    width += 6;
  }
  // A second chunk that says "more follows" makes the sum so large.
  if (code >= 1024 || count >= 1024) return -1;
  const end = bit + width;
  cursor.word = word + (end >> 5);
  cursor.bit = end & 31;
  return code + count * 1024;
}

/**
 * Reads VBR6 fields into a column. Goes from chunk to chunk, and computes instead of asking whether a field goes on: how
 * long fields are cannot be predicted, so a branch for each would cost more than all the rest. Only text is regular: its
 * characters have two chunks each.
 *
 * @param start - Index of the first value in the column.
 * @param end - Index behind the last one; the column is long enough.
 * @returns The index of the first value that was not read: `end`, or that of a field which has more than six chunks or
 *   stands at the end of the block.
 */
export function readVbr6Fields(cursor: BitCursor, column: Float64Array, start: number, end: number): number {
  if (start >= end) return start;
  const { data } = cursor;
  const last = cursor.end - 1;
  let { word, bit } = cursor;
  let index = start;
  let value = 0;
  let shift = 0;
  while (word < last) {
    let window = bitsAt(data, word, bit);
    let used = 0;
    if ((window & VBR6_TOP_BITS_OF_FOUR) === VBR6_TWO_OF_TWO && shift === 0 && end - index >= 2) {
      column[index] = (window & 0x1f) | ((window >>> 1) & 0x3e0);
      column[index + 1] = ((window >>> 12) & 0x1f) | ((window >>> 13) & 0x3e0);
      index += 2;
      used = 24;
    } else {
      while (used < VBR6_WINDOW && index < end && shift <= VBR6_SHIFT_MAX) {
        value |= (window & 0x1f) << shift;
        column[index] = value;
        // All ones if the field goes on, which bit 5 tells.
        const more = (window << 26) >> 31;
        index += 1 + more;
        value &= more;
        shift = (shift + 5) & more;
        window >>>= 6;
        used += 6;
      }
    }
    bit += used;
    word += bit >> 5;
    bit &= 31;
    if (index === end || shift > VBR6_SHIFT_MAX) break;
  }
  // Back to the first chunk of a field that was not read to its end.
  bit -= (shift / 5) * 6;
  cursor.word = word + (bit >> 5);
  cursor.bit = bit & 31;
  return index;
}

/**
 * Reads fields of one width into a column.
 *
 * @param start - Index of the first value in the column.
 * @param end - Index behind the last one. The caller compared the fields with the bits that are left, and the column is
 *   long enough.
 * @param width - 1 to 32 bits.
 */
export function readFixedFields(
  cursor: BitCursor,
  column: Float64Array,
  start: number,
  end: number,
  width: number,
): void {
  const { data } = cursor;
  const mask = -1 >>> (32 - width);
  let { word, bit } = cursor;
  for (let i = start; i < end; i += 1) {
    let value = data.getUint32(word * 4, true) >>> bit;
    bit += width;
    if (bit >= 32) {
      bit -= 32;
      word += 1;
      if (bit > 0) value |= data.getUint32(word * 4, true) << (width - bit);
    }
    column[i] = (value & mask) >>> 0;
  }
  cursor.word = word;
  cursor.bit = bit;
}

/**
 * Reads scalar operands into a column, each at its index.
 *
 * @param operands - The layout, from the first operand of the record on.
 * @param start - Index of the first operand to read.
 * @param end - Index behind the last one; the column is long enough.
 * @returns The index of the first operand that was not read: `end`, or that of a field which does not fit into a window or
 *   stands at the end of the block, a Char6, or a literal above 2^53.
 */
export function readScalarFields(
  cursor: BitCursor,
  column: Float64Array,
  operands: readonly AbbreviationOperand[],
  start: number,
  end: number,
): number {
  const { data } = cursor;
  const last = cursor.end - 1;
  let { word, bit } = cursor;
  let index = start;
  for (; index < end; index += 1) {
    const { encoding, width, literal } = operands[index] as AbbreviationOperand;
    if (encoding === Literal) {
      if (typeof literal === 'bigint') break;
      column[index] = literal;
      continue;
    }
    if (word >= last || encoding > VBR) break;
    const window = bitsAt(data, word, bit);
    const mask = -1 >>> (32 - width);
    let used = width;
    if (encoding === VBR) {
      const more = 1 << (width - 1);
      const payload = mask >>> 1;
      let chunk = window & mask;
      let value = chunk & payload;
      let shift = width - 1;
      while ((chunk & more) !== 0 && used + width <= 32) {
        chunk = (window >>> used) & mask;
        value |= (chunk & payload) << shift;
        used += width;
        shift += width - 1;
      }
      if ((chunk & more) !== 0) break;
      column[index] = value;
    } else column[index] = (window & mask) >>> 0;
    bit += used;
    word += bit >> 5;
    bit &= 31;
  }
  cursor.word = word;
  cursor.bit = bit;
  return index;
}
