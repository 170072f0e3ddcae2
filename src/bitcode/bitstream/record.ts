// Records: a code and operands, laid out by an abbreviation or, without one, as VBR6 fields (UNABBREV_RECORD).
// The layout says nothing about the meaning: strings and numbers may come by any abbreviation, or by none.

import { decodeName } from '../../bytes/index.ts';
import type { ByteView } from '../../bytes/index.ts';
import { ENCODINGS } from './abbreviation.ts';
import type { Abbreviation, AbbreviationOperand } from './abbreviation.ts';
import type { BitCursor, Operand } from './bit-cursor.ts';
import { hasSameBits } from './field-loops.ts';
import type { RecordBuffer } from './record-buffer.ts';

const { Literal, Fixed, VBR, Array: ArrayOf, Char6, Blob } = ENCODINGS.values;

/** Chunk width of the counts of arrays and blobs, and of everything in a record without abbreviation. */
export const COUNT_WIDTH = 6;

/** The byte of each Char6 value. */
export const CHAR6 = /* @__PURE__ */ Uint8Array.from(
  'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._',
  (character) => character.charCodeAt(0),
);

// The array that holds the operands is the caller's memory: an element of one bit takes eight bytes there.
export const OPERANDS_MAX = 1 << 24;

/** A record whose operands are read when they are asked for. Holds the bytes of its block in memory. */
export class BitstreamRecord {
  /** What the record is; codes belong to the block. */
  readonly code: number;
  private readonly start: BitCursor;
  private readonly abbreviation: Abbreviation | undefined;
  private readonly count: number;

  /**
   * @param start - Stands at the first operand; not moved.
   * @param abbreviation - The layout; `undefined` if the operands are VBR6 fields.
   * @param count - Operands of a record without abbreviation.
   */
  constructor(code: number, start: BitCursor, abbreviation: Abbreviation | undefined, count: number) {
    this.code = code;
    this.start = start;
    this.abbreviation = abbreviation;
    this.count = count;
  }

  /**
   * Reads the operands; elements of an array are operands like others, a blob is none (LLVM counts its bytes as operands
   * for readers that do not ask for it). Costs as many steps as there are.
   *
   * @param max - Operands behind this count are left out.
   * @throws {@link FormatError} `truncated`, `bad-value`; `limit-exceeded` for more than 2^24 operands.
   */
  operands(max = Number.POSITIVE_INFINITY): Operand[] {
    const cursor = this.start.clone();
    const values: Operand[] = [];
    if (this.abbreviation === undefined) readArray(cursor, UNABBREVIATED, this.count, values, max);
    else readAbbreviated(cursor, this.abbreviation.operands, values, max);
    return values;
  }

  /**
   * Reads the operands, and behind them a blob, as the bytes of a text. Of operands above 255 the lowest eight bits count,
   * as in LLVM.
   *
   * @throws {@link FormatError} as {@link operands}.
   */
  text(): string {
    return decodeName(this.textBytes());
  }

  /**
   * The bytes of {@link text}; a copy.
   *
   * @throws {@link FormatError} as {@link operands}.
   */
  textBytes(): Uint8Array {
    if (this.abbreviation === undefined) {
      const cursor = this.start.clone();
      checkCount(cursor, this.count, COUNT_WIDTH);
      return cursor.vbr6Bytes(this.count);
    }
    const ofFixedWidth = this.fixedArrayBytes();
    if (ofFixedWidth !== undefined) return ofFixedWidth;
    const values = this.operands();
    const blob = this.blob();
    const bytes = new Uint8Array(values.length + (blob?.length ?? 0));
    for (let i = 0; i < values.length; i += 1) {
      const value = values[i] as Operand;
      bytes[i] = typeof value === 'number' ? value : Number(value & 0xffn);
    }
    if (blob !== undefined) bytes.set(blob.bytes, values.length);
    return bytes;
  }

  /**
   * Decodes the operands into memory that is used again: for records of which many are decoded, or that are long.
   *
   * @throws {@link FormatError} as {@link operands}.
   */
  read(buffer: RecordBuffer): void {
    buffer.code = this.code;
    buffer.decode(this.start.clone(), this.abbreviation, this.count);
  }

  /**
   * Whether another record has the same code, layout and operands, which is told by their bits.
   *
   * @param bitCount - Bits that the operands of both records take.
   */
  hasSameContent(other: BitstreamRecord, bitCount: number): boolean {
    if (this.code !== other.code || this.abbreviation !== other.abbreviation || this.count !== other.count)
      return false;
    return bitCount === 0 || hasSameBits(this.start, other.start, bitCount);
  }

  /** Of an abbreviation that is one array of characters, as every writer lays strings out; else `undefined`. */
  private fixedArrayBytes(): Uint8Array | undefined {
    const operands = this.abbreviation?.operands ?? [];
    const [array, element] = operands;
    if (operands.length !== 2 || array?.encoding !== ArrayOf || element === undefined) return undefined;
    const isChar6 = element.encoding === Char6;
    if (!isChar6 && (element.encoding !== Fixed || element.width > 8)) return undefined;
    const cursor = this.start.clone();
    const count = cursor.vbr32(COUNT_WIDTH);
    checkCount(cursor, count, element.width);
    const bytes = new Uint8Array(count);
    for (let i = 0; i < count; i += 1) {
      const value = cursor.fixed(element.width);
      bytes[i] = isChar6 ? (CHAR6[value] as number) : value;
    }
    return bytes;
  }

  /**
   * Finds the blob, not copied.
   *
   * @returns `undefined` if the record has none.
   * @throws {@link FormatError} `truncated`, `bad-value`.
   */
  blob(): ByteView | undefined {
    const stored = this.abbreviation?.stored;
    if (stored?.at(-1)?.encoding !== Blob) return undefined;
    const cursor = this.start.clone();
    skipStored(cursor, stored.slice(0, -1));
    const length = cursor.vbr32(COUNT_WIDTH);
    cursor.align();
    return cursor.bytes(length, 'blob');
  }
}

const UNABBREVIATED: AbbreviationOperand = { encoding: VBR, width: COUNT_WIDTH, literal: 0 };

function readAbbreviated(
  cursor: BitCursor,
  operands: readonly AbbreviationOperand[],
  values: Operand[],
  max: number,
): void {
  for (let i = 0; i < operands.length && values.length < max; i += 1) {
    const operand = operands[i] as AbbreviationOperand;
    if (operand.encoding === Blob) return;
    if (operand.encoding !== ArrayOf) {
      values.push(readScalar(cursor, operand));
      continue;
    }
    const count = cursor.vbr32(COUNT_WIDTH);
    readArray(cursor, operands[i + 1] as AbbreviationOperand, count, values, max);
    return;
  }
}

function readArray(cursor: BitCursor, element: AbbreviationOperand, count: number, values: Operand[], max: number) {
  checkCount(cursor, count, element.width);
  const wanted = Math.min(count, max - values.length);
  if (wanted > OPERANDS_MAX - values.length) {
    throw cursor.error('limit-exceeded', `a record has ${count} operands, more than ${OPERANDS_MAX}`);
  }
  for (let i = 0; i < wanted; i += 1) values.push(readScalar(cursor, element));
}

/** Refuses a count that the bits that are left cannot hold, before anything is done for it. */
export function checkCount(cursor: BitCursor, count: number, width: number): void {
  if (count * width > cursor.remainingBits) {
    throw cursor.error(
      'truncated',
      `Size is not plausible: ${count} operands of at least ${width} bits in ${cursor.remainingBits} bits`,
    );
  }
}

/** Reads one value that is neither an array nor a blob. */
export function readScalar(cursor: BitCursor, operand: AbbreviationOperand): Operand {
  switch (operand.encoding) {
    case Literal:
      return operand.literal;
    case VBR:
      return cursor.vbr(operand.width);
    case Char6:
      return CHAR6[cursor.fixed(operand.width)] as number;
    default:
      return cursor.fixed(operand.width);
  }
}

/** Moves over the operands of a record. */
export function skipOperands(cursor: BitCursor, abbreviation: Abbreviation | undefined, count: number): void {
  if (abbreviation === undefined) {
    checkCount(cursor, count, COUNT_WIDTH);
    cursor.skipVbr(COUNT_WIDTH, count);
  } else {
    skipStored(cursor, abbreviation.stored);
  }
}

function skipStored(cursor: BitCursor, stored: readonly AbbreviationOperand[]): void {
  for (let i = 0; i < stored.length; i += 1) {
    const operand = stored[i] as AbbreviationOperand;
    switch (operand.encoding) {
      case VBR:
        cursor.skipVbr(operand.width, 1);
        break;
      case ArrayOf: {
        const element = stored[i + 1] as AbbreviationOperand;
        const count = cursor.vbr32(COUNT_WIDTH);
        checkCount(cursor, count, element.width);
        if (element.encoding === VBR) cursor.skipVbr(element.width, count);
        else cursor.skip(count * element.width);
        return;
      }
      case Blob: {
        const length = cursor.vbr32(COUNT_WIDTH);
        cursor.align();
        cursor.skip(Math.ceil(length / 4) * 32);
        return;
      }
      default:
        cursor.skip(operand.width);
    }
  }
}
