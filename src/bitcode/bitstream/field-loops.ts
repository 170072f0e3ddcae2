// The loops that decode most of what stands in bitcode: fields one after the other, out of windows of 32 bits, with the
// position in variables. Each stops in front of what it does not look into: fields that do not fit into a window, and the
// last words of a block, which a window would reach beyond. There BitCursor reads, or refuses, what stands.

import { ENCODINGS } from './abbreviation.ts';
import type { AbbreviationOperand } from './abbreviation.ts';
import { bitsAt, VBR6_LOW_GROUPS, VBR6_TOP_BITS_OF_FIVE } from './bit-cursor.ts';
import type { BitCursor } from './bit-cursor.ts';

const { Literal, VBR } = ENCODINGS.values;

/** Widest abbreviation id that stands in a window together with four chunks. */
const SHORT_ID_MAX = 8;

/** Bits of the VBR6 chunks that a window holds. */
const VBR6_WINDOW = 30;
/** The bit of a chunk that says "more follows". */
const VBR6_MORE = 0x20;
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

/** What {@link listRecords} notes, in columns. */
export interface RecordList {
  /** The code of each record. */
  readonly codes: number[];
  /** Places of the records: bits from the start of the stream. */
  readonly bitOffsets: number[];
  /** Whether the operand that is asked for is 0. */
  readonly isZero: boolean[];
}

/**
 * Moves over records without abbreviation as long as they have one of some codes, and notes them. It stops in front of
 * everything else, and of what it does not look into: counts above 31, an operand whose first chunk is 0, the last words.
 *
 * @param idWidth - Bits of an abbreviation id.
 * @param recordId - The abbreviation id of such records.
 * @param codes - The codes, each below 32, as bits.
 * @param position - The operand that is looked at; records without it are not noted.
 */
export function listRecords(
  cursor: BitCursor,
  idWidth: number,
  recordId: number,
  codes: number,
  position: number,
  list: RecordList,
): void {
  const headWidth = idWidth + 12;
  if (headWidth > 32) return;
  const idMask = (1 << idWidth) - 1;
  const { data } = cursor;
  const last = cursor.end - 1;
  const origin = cursor.bitOffset - cursor.word * 32 - cursor.bit;
  let { word, bit } = cursor;
  while (word < last) {
    const head = bitsAt(data, word, bit);
    const code = (head >>> idWidth) & 0x3f;
    const count = (head >>> (idWidth + 6)) & 0x3f;
    if ((head & idMask) !== recordId || code > 31 || ((codes >>> code) & 1) === 0) break;
    if (count > 31 || count <= position) break;
    let nextBit = bit + headWidth;
    let nextWord = word + (nextBit >> 5);
    nextBit &= 31;
    // First to the operand, then to the end.
    let operand = -1;
    let left = position;
    while (nextWord < last) {
      const window = bitsAt(data, nextWord, nextBit);
      let step = 30;
      if (left === 0) {
        if (operand >= 0) break;
        operand = window & 0x3f;
        // An operand that goes on ends with the next field that ends.
        left = count - position - 1 + (operand >>> 5);
        step = 6;
      } else {
        let ends = ~window & VBR6_TOP_BITS_OF_FIVE;
        const ended = (Math.imul(ends >>> 5, VBR6_LOW_GROUPS) >>> 24) & 0x3f;
        if (ended >= left) {
          for (let i = 1; i < left; i += 1) ends &= ends - 1;
          step = 32 - Math.clz32(ends & -ends);
          left = 0;
        } else left -= ended;
      }
      nextBit += step;
      nextWord += nextBit >> 5;
      nextBit &= 31;
    }
    if (left > 0 || operand < 0 || operand === VBR6_MORE) break;
    list.codes.push(code);
    list.bitOffsets.push(origin + word * 32 + bit);
    list.isZero.push(operand === 0);
    word = nextWord;
    bit = nextBit;
  }
  cursor.word = word;
  cursor.bit = bit;
}

/**
 * Compares the bits from two places on.
 *
 * @param count - Bits to compare, more than 0; they lie within what both cursors read. Neither is moved.
 */
export function hasSameBits(left: BitCursor, right: BitCursor, count: number): boolean {
  const { data: leftData, bit: leftBit } = left;
  const { data: rightData, bit: rightBit } = right;
  let leftWord = left.word;
  let rightWord = right.word;
  // A window that ends before the last bit reaches into no word that does not exist.
  const windows = (count - 1) >>> 5;
  for (let i = 0; i < windows; i += 1) {
    if ((bitsAt(leftData, leftWord, leftBit) ^ bitsAt(rightData, rightWord, rightBit)) !== 0) return false;
    leftWord += 1;
    rightWord += 1;
  }
  const rest = count - windows * 32;
  return lowBitsAt(leftData, leftWord, leftBit, rest) === lowBitsAt(rightData, rightWord, rightBit, rest);
}

/** Some bits from a place on, 1 to 32; a word behind those is not touched. */
function lowBitsAt(data: DataView, word: number, bit: number, count: number): number {
  const low = data.getUint32(word * 4, true) >>> bit;
  const bits = bit + count > 32 ? low | (data.getUint32(word * 4 + 4, true) << (32 - bit)) : low;
  return (bits & (-1 >>> (32 - count))) >>> 0;
}
