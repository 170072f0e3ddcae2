// One record, decoded: its operands in a typed column that the next record uses again. For readers of many records, where
// an array and a number object for each operand would cost more than the decoding itself.

import { decodeName, InternalError } from '../../bytes/index.ts';
import type { ByteView } from '../../bytes/index.ts';
import { ENCODINGS } from './abbreviation.ts';
import type { Abbreviation, AbbreviationOperand } from './abbreviation.ts';
import type { BitCursor, Operand } from './bit-cursor.ts';
import { readFixedFields, readScalarFields, readVbr6Fields } from './field-loops.ts';
import { CHAR6, checkCount, COUNT_WIDTH, OPERANDS_MAX, readScalar } from './record.ts';

const { Literal, Fixed, VBR, Array: ArrayOf, Char6 } = ENCODINGS.values;

/** So small that engines keep it with the object: memory of its own for each module would cost more than its records. */
const INITIAL_VALUES = 8;
const INITIAL_BYTES = 64;
const GROWN_VALUES = 64;

/**
 * The record that {@link BlockReader.read} decoded last. Its fields hold until the next record is read into it.
 *
 * Operands are unsigned and up to 64 bits wide. {@link values} holds them as numbers; one above 2^53 is rounded there, and
 * exact only by {@link operand}, which is the way to read fields that can be so large.
 */
export class RecordBuffer {
  /** What the record is; codes belong to the block. */
  code = 0;
  /** 3 for a record without abbreviation, else four more than the position of its abbreviation. */
  abbreviationId = 0;
  /** Place of the abbreviation id: bits from the start of the stream. */
  bitOffset = 0;
  /** Number of operands; elements of an array are operands like others, a blob is none. */
  length = 0;
  /** The operands. Only the first {@link length} values belong to the record. Another array once a record is longer. */
  values = new Float64Array(INITIAL_VALUES);
  /** The bytes of the blob, not copied; `undefined` if the record has none. */
  blob: ByteView | undefined;
  /** What strings are put together in. */
  private scratch = new Uint8Array(INITIAL_BYTES);
  /** Operands above 2^53, ascending by index. */
  private readonly wide: { readonly index: number; readonly value: bigint }[] = [];

  /** An operand as a number, rounded above 2^53; `undefined` behind the last one. */
  at(index: number): number | undefined {
    return index < this.length ? this.values[index] : undefined;
  }

  /** An operand, exact; `undefined` behind the last one. */
  operand(index: number): Operand | undefined {
    if (index >= this.length) return undefined;
    const value = this.values[index] as number;
    return value <= Number.MAX_SAFE_INTEGER ? value : this.wideAt(index);
  }

  /** Finds an operand above 2^53 by halves: a record may consist of them. */
  private wideAt(index: number): bigint | undefined {
    const { wide } = this;
    let low = 0;
    let high = wide.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((wide[middle] as { index: number }).index < index) low = middle + 1;
      else high = middle;
    }
    return wide[low]?.value;
  }

  /**
   * Makes an array of the operands, exact.
   *
   * @param max - Operands behind this count are left out.
   */
  operands(max = this.length): Operand[] {
    const count = Math.min(max, this.length);
    // Array.from takes three times as long, and the arrays of module records are most of what their pass costs.
    const values: Operand[] = [];
    for (let i = 0; i < count; i += 1) values.push(this.values[i] as number);
    for (const { index, value } of this.wide) if (index < values.length) values[index] = value;
    return values;
  }

  /**
   * Makes text of operands, each a byte; of one above 255 the lowest eight bits count, as in LLVM.
   *
   * @param start - First operand.
   * @param end - Operand behind the last one; that behind all if absent.
   */
  text(start = 0, end = this.length): string {
    return decodeName(this.textBytes(start, end));
  }

  /** The bytes of {@link text}, in memory that the next such call uses again. */
  textBytes(start = 0, end = this.length): Uint8Array {
    const first = Math.min(start, this.length);
    const count = Math.max(0, Math.min(end, this.length) - first);
    // Memory of their own for each of thousands of strings costs more than the strings.
    if (count > this.scratch.length) this.scratch = new Uint8Array(2 ** Math.ceil(Math.log2(count)));
    const bytes = this.scratch.subarray(0, count);
    // A value above 2^53 is rounded to a multiple of 2 to 2048, its lowest bits are in the exact one.
    for (let i = 0; i < count; i += 1) bytes[i] = this.values[first + i] as number;
    for (const { index, value } of this.wide) {
      if (index >= first && index < first + count) bytes[index - first] = Number(value & 0xffn);
    }
    return bytes;
  }

  /**
   * Decodes the operands at a cursor, and moves it behind them.
   *
   * @internal
   */
  decode(cursor: BitCursor, abbreviation: Abbreviation | undefined, count: number): void {
    this.length = 0;
    this.blob = undefined;
    if (this.wide.length > 0) this.wide.length = 0;
    if (abbreviation === undefined) {
      checkCount(cursor, count, COUNT_WIDTH);
      this.readVbr6s(cursor, count);
    } else this.decodeAbbreviated(cursor, abbreviation);
  }

  private decodeAbbreviated(cursor: BitCursor, abbreviation: Abbreviation): void {
    const { operands, scalarCount } = abbreviation;
    if (scalarCount > this.values.length) this.reserve(cursor, scalarCount);
    for (;;) {
      this.length = readScalarFields(cursor, this.values, operands, this.length, scalarCount);
      if (this.length === scalarCount) break;
      this.push(readScalar(cursor, operands[this.length] as AbbreviationOperand));
    }
    if (scalarCount === operands.length) return;
    if (operands[scalarCount]?.encoding === ArrayOf) {
      this.readArray(cursor, operands[scalarCount + 1] as AbbreviationOperand);
      return;
    }
    const bytes = cursor.vbr32(COUNT_WIDTH);
    cursor.align();
    this.blob = cursor.bytes(bytes, 'blob');
  }

  private readArray(cursor: BitCursor, element: AbbreviationOperand): void {
    const { encoding, width } = element;
    const count = cursor.vbr32(COUNT_WIDTH);
    checkCount(cursor, count, width);
    if (encoding === VBR && width === COUNT_WIDTH) {
      this.readVbr6s(cursor, count);
      return;
    }
    this.reserve(cursor, count);
    const { values } = this;
    const end = this.length + count;
    switch (encoding) {
      case Fixed:
        readFixedFields(cursor, values, this.length, end, width);
        this.length = end;
        break;
      case Char6:
        readFixedFields(cursor, values, this.length, end, width);
        for (let i = this.length; i < end; i += 1) values[i] = CHAR6[values[i] as number] as number;
        this.length = end;
        break;
      case VBR:
        for (let i = 0; i < count; i += 1) this.push(cursor.vbr(width));
        break;
      default:
        throw new InternalError(`an array has elements of encoding ${encoding === Literal ? 'Literal' : encoding}`);
    }
  }

  private readVbr6s(cursor: BitCursor, count: number): void {
    this.reserve(cursor, count);
    const end = this.length + count;
    while (this.length < end) {
      this.length = readVbr6Fields(cursor, this.values, this.length, end);
      if (this.length < end) this.push(cursor.vbr(COUNT_WIDTH));
    }
  }

  private push(value: Operand): void {
    if (typeof value === 'bigint') this.wide.push({ index: this.length, value });
    this.values[this.length] = Number(value);
    this.length += 1;
  }

  /** Makes room for operands; the caller compared their count with the bits that are left. */
  private reserve(cursor: BitCursor, count: number): void {
    const needed = this.length + count;
    if (needed <= this.values.length) return;
    if (needed > OPERANDS_MAX) {
      throw cursor.error('limit-exceeded', `a record has ${needed} operands, more than ${OPERANDS_MAX}`);
    }
    const larger = new Float64Array(Math.max(GROWN_VALUES, 2 ** Math.ceil(Math.log2(needed))));
    larger.set(this.values.subarray(0, this.length));
    this.values = larger;
  }
}
