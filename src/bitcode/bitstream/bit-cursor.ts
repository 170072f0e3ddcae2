// Reads the scalars of a bitstream: fixed-width fields, variable-width fields (VBR) and the jumps between them.
//
// Bits count from the least significant one of each byte, so that a field is a shift and a mask of little-endian words
// (llvm/docs/BitCodeFormat.rst, "Primitives"). A position is kept as a word and a bit in it: 32-bit arithmetic holds for
// streams of any size, and "align to 32 bits" is one increment.

import { FormatError } from '../../bytes/index.ts';
import type { ByteView, FormatErrorCode, Location } from '../../bytes/index.ts';
import type { ShortLayout } from './abbreviation.ts';

/** A value out of a bitstream, up to 64 bits: a bigint only above 2^53, where a number would round. */
export type Operand = number | bigint;

/** What a reader wants of a block, see {@link wantedItems}. */
export interface WantedItems {
  /** The abbreviation id of a record without abbreviation. */
  readonly record: number;
  readonly wantedCodes: number;
  /** The abbreviation id of a block. */
  readonly block: number;
  readonly wantedBlocks: number;
  /** The abbreviation id of the first abbreviation. */
  readonly firstAbbreviation: number;
}

/** What {@link BitCursor.skipUnwanted} asks of an abbreviation. */
interface SkippedLayout {
  readonly shortLayout: ShortLayout | 'none';
}

// A word holds the top bits of at most six VBR6 chunks, which are six bits apart.
const VBR6_CHUNKS_MAX = 6;
const VBR6_TOP_BITS = 0x41041041;
/** Counts bits that are six apart, as a factor. */
export const VBR6_LOW_GROUPS = 0x01041041;
/** The top bits of the five chunks that begin at the lowest bit. */
export const VBR6_TOP_BITS_OF_FIVE = 0x20820820;

/** Reads bits one field after the other, from a whole stream or one block of it. */
export class BitCursor {
  /** Bytes of the stream, from a multiple of four bytes on. */
  readonly view: ByteView;
  // These four are not private so that the loops of this folder can keep the position in variables.
  /** @internal */
  readonly data: DataView;
  /** Words of the stream that lie before the view. */
  private readonly origin: number;
  /** The first word of the view that may be read. */
  private readonly first: number;
  /** The word of the view behind the last one that may be read. @internal */
  readonly end: number;
  /** The word of the view that holds the next bit. @internal */
  word: number;
  /** The next bit in that word, 0 to 31. @internal */
  bit = 0;

  /**
   * @param view - Bytes of the stream.
   * @param origin - Words of the stream before the view.
   * @param start - First word to read, from the start of the stream.
   * @param wordCount - Words that may be read; they lie within the view.
   */
  constructor(view: ByteView, origin: number, start: number, wordCount: number) {
    this.view = view;
    this.data = view.data;
    this.origin = origin;
    this.first = start - origin;
    this.word = this.first;
    this.end = this.first + wordCount;
  }

  /** Makes a cursor that reads other words of the same view, counted from the start of the stream. */
  over(start: number, wordCount: number): BitCursor {
    return new BitCursor(this.view, this.origin, start, wordCount);
  }

  /** Makes a cursor at the same place with the same end. */
  clone(): BitCursor {
    const copy = new BitCursor(this.view, this.origin, this.origin + this.first, this.end - this.first);
    copy.word = this.word;
    copy.bit = this.bit;
    return copy;
  }

  /** Place of the next bit: bits from the start of the stream. */
  get bitOffset(): number {
    return (this.origin + this.word) * 32 + this.bit;
  }

  /** The word of the next bit, from the start of the stream. Asked for behind {@link align}. */
  get wordOffset(): number {
    return this.origin + this.word;
  }

  /** Bits that are left. */
  get remainingBits(): number {
    return (this.end - this.word) * 32 - this.bit;
  }

  /** Words that are left, asked for behind {@link align}. */
  get remainingWords(): number {
    return this.end - this.word;
  }

  /**
   * Reads a field of a fixed width.
   *
   * @param width - 0 to 32 bits.
   * @throws {@link FormatError} `truncated` if fewer bits are left.
   */
  fixed(width: number): number {
    const { word, bit, data } = this;
    const end = bit + width;
    if (end <= 32) {
      if (word >= this.end) return this.nothing(width);
      const bits = data.getUint32(word * 4, true) >>> bit;
      if (end === 32) {
        this.word = word + 1;
        this.bit = 0;
      } else {
        this.bit = end;
      }
      return width === 32 ? bits : bits & ((1 << width) - 1);
    }
    if (word + 1 >= this.end) return this.nothing(width);
    const bits = (data.getUint32(word * 4, true) >>> bit) | (data.getUint32(word * 4 + 4, true) << (32 - bit));
    this.word = word + 1;
    this.bit = end - 32;
    return width === 32 ? bits >>> 0 : bits & ((1 << width) - 1);
  }

  private nothing(width: number): number {
    if (width === 0) return 0;
    throw this.pastEnd(width);
  }

  private pastEnd(width: number): FormatError {
    return this.error('truncated', `a field of ${width} bits was expected but ${this.remainingBits} bits are left`);
  }

  /**
   * Reads a field of chunks that each hold a bit for "more follows".
   *
   * @param width - Bits of a chunk, 1 to 32.
   * @throws {@link FormatError} `truncated`; `bad-value` if the field goes on above bit 64.
   */
  vbr(width: number): Operand {
    const chunk = this.fixed(width);
    const more = moreBit(width);
    return chunk < more ? chunk : this.longVbr(width, chunk - more, 64);
  }

  /**
   * Reads a count, code or id: a VBR field that LLVM reads with 32 bits.
   *
   * @throws {@link FormatError} as {@link vbr}, with 32 bits.
   */
  vbr32(width: number): number {
    const chunk = this.fixed(width);
    const more = moreBit(width);
    // The last chunk may reach above bit 32, where LLVM drops bits; the value stays below 2^53 and is kept.
    return chunk < more ? chunk : Number(this.longVbr(width, chunk - more, 32));
  }

  private longVbr(width: number, first: number, bits: number): Operand {
    const more = moreBit(width);
    let value: Operand = first;
    let scale = more;
    for (let shift = width - 1; shift < bits; shift += width - 1) {
      const chunk = this.fixed(width);
      const payload = chunk < more ? chunk : chunk - more;
      if (typeof value === 'number' && shift + width - 1 <= 53) value += payload * scale;
      else value = BigInt(value) | (BigInt(payload) << BigInt(shift));
      if (chunk < more) return typeof value === 'number' ? value : narrow(BigInt.asUintN(64, value));
      scale *= more;
    }
    throw this.error('bad-value', `Unterminated VBR: a field of ${width}-bit chunks goes on above bit ${bits}`);
  }

  /**
   * Reads VBR6 fields as bytes, of which the lowest eight bits count: the text of an unabbreviated record, where a
   * character takes two chunks.
   *
   * @param count - Fields; the caller compared it with the bits that are left.
   * @throws {@link FormatError} `truncated`. Unlike {@link vbr} it does not look for fields above 64 bits.
   */
  vbr6Bytes(count: number): Uint8Array {
    const { data, end } = this;
    const bytes = new Uint8Array(count);
    let { word, bit } = this;
    for (let i = 0; i < count; i += 1) {
      for (let shift = 0; ; shift += 5) {
        const isCrossing = bit > 26;
        if (isCrossing ? word + 1 >= end : word >= end) throw this.pastEnd(6);
        let chunk = data.getUint32(word * 4, true) >>> bit;
        if (isCrossing) chunk |= data.getUint32(word * 4 + 4, true) << (32 - bit);
        if (shift < 8) bytes[i] = (bytes[i] as number) | ((chunk & 0x1f) << shift);
        bit += 6;
        if (bit >= 32) {
          bit -= 32;
          word += 1;
        }
        if ((chunk & 0x20) === 0) break;
      }
    }
    this.word = word;
    this.bit = bit;
    return bytes;
  }

  /** Moves over bits. Throws `truncated` if fewer are left. */
  skip(bits: number): void {
    if (bits > this.remainingBits) {
      throw this.error('truncated', `${bits} more bits were expected but ${this.remainingBits} are left`);
    }
    const position = this.bit + bits;
    this.bit = position % 32;
    this.word += (position - this.bit) / 32;
  }

  /** Moves over VBR fields. Unlike {@link vbr} it does not look for fields above 64 bits. */
  skipVbr(width: number, count: number): void {
    let left = width === 6 ? this.skipVbr6(count) : count;
    const more = moreBit(width);
    for (; left > 0; left -= 1) while (this.fixed(width) >= more);
  }

  /**
   * Moves over VBR6 fields, a word at a step, as long as more fields are left than could end in a word. Most records are
   * unabbreviated, which is one VBR6 field after the other, and the text of a module's assembly is such a record too.
   *
   * @returns The fields that are left.
   */
  private skipVbr6(count: number): number {
    const { data, end } = this;
    let left = count;
    // Where in its word the top bit of the next chunk stands. A field ends with each chunk whose top bit is clear.
    let top = this.bit + 5;
    let { word } = this;
    while (left > VBR6_CHUNKS_MAX) {
      if (top >= 32) {
        top -= 32;
        word += 1;
      }
      if (word >= end) break;
      const ends = (~data.getUint32(word * 4, true) >>> top) & VBR6_TOP_BITS;
      // The product adds up five of the bits in its fifth group of six.
      left -= ((Math.imul(ends & VBR6_LOW_GROUPS, VBR6_LOW_GROUPS) >>> 24) & 0x3f) + (ends >>> 30);
      top += top <= 1 ? 36 : top <= 7 ? 30 : 6 * Math.ceil((32 - top) / 6);
    }
    const bit = top - 5;
    return this.skipFewVbr6(word + (bit >> 5), bit & 31, left);
  }

  /** Moves over VBR6 fields from a place on, five chunks at a step, as far as the last word. Returns the fields left. */
  private skipFewVbr6(startWord: number, startBit: number, count: number): number {
    const { data } = this;
    const last = this.end - 1;
    let left = count;
    let word = startWord;
    let bit = startBit;
    while (left > 0 && word < last) {
      let ends = ~bitsAt(data, word, bit) & VBR6_TOP_BITS_OF_FIVE;
      const ended = (Math.imul(ends >>> 5, VBR6_LOW_GROUPS) >>> 24) & 0x3f;
      if (ended >= left) {
        // The last field that is wanted ends with the chunk of the lowest top bit that is left.
        for (let i = 1; i < left; i += 1) ends &= ends - 1;
        bit += 32 - Math.clz32(ends & -ends);
        left = 0;
      } else {
        bit += 30;
        left -= ended;
      }
      word += bit >> 5;
      bit &= 31;
    }
    this.word = word;
    this.bit = bit;
    return left;
  }

  /**
   * Moves over items of a block as long as they are blocks, or records of a simple layout, that nobody wants: most of what
   * stands in a module. The loop keeps the position in variables and takes five VBR6 chunks at a step. It stops in front of
   * everything else, and of what it does not look into: codes and counts above 31, ids that take two chunks, the last
   * words. What stands there is for the caller to read, and to refuse.
   *
   * @param idWidth - Bits of an abbreviation id.
   * @param items - The ids of both kinds, and the codes and block ids to stop at, as bits.
   * @param inherited - The abbreviations of the block, in order; behind them follow `own`.
   */
  skipUnwanted(
    idWidth: number,
    items: WantedItems,
    inherited: readonly SkippedLayout[],
    own: readonly SkippedLayout[],
  ): void {
    const headWidth = idWidth + 12;
    if (headWidth > 32) return;
    const idMask = (1 << idWidth) - 1;
    const { data } = this;
    const last = this.end - 1;
    const { record, wantedCodes, block, wantedBlocks, firstAbbreviation } = items;
    let { word, bit } = this;
    while (word < last) {
      const head = bitsAt(data, word, bit);
      const id = head & idMask;
      if (id === block) {
        const blockId = (head >>> idWidth) & 0xff;
        const width = (head >>> (idWidth + 8)) & 0xf;
        if (blockId > 31 || width === 0 || width > 7 || ((wantedBlocks >>> blockId) & 1) !== 0) break;
        const lengthAt = word + ((bit + headWidth + 31) >> 5);
        if (lengthAt > last) break;
        const length = data.getUint32(lengthAt * 4, true);
        if (length > last - lengthAt) break;
        word = lengthAt + 1 + length;
        bit = 0;
        continue;
      }
      let nextBit: number;
      let nextWord: number;
      if (id === record) {
        const code = (head >>> idWidth) & 0x3f;
        let left = (head >>> (idWidth + 6)) & 0x3f;
        if (code > 31 || left > 31 || ((wantedCodes >>> code) & 1) !== 0) break;
        nextBit = bit + headWidth;
        nextWord = word + (nextBit >> 5);
        nextBit &= 31;
        while (left > 0 && nextWord < last) {
          let ends = ~bitsAt(data, nextWord, nextBit) & VBR6_TOP_BITS_OF_FIVE;
          const count = (Math.imul(ends >>> 5, VBR6_LOW_GROUPS) >>> 24) & 0x3f;
          let step = 30;
          if (count >= left) {
            // The record ends with the field that is the last one of it.
            for (let i = 1; i < left; i += 1) ends &= ends - 1;
            step = 32 - Math.clz32(ends & -ends);
            left = 0;
          } else left -= count;
          nextBit += step;
          nextWord += nextBit >> 5;
          nextBit &= 31;
        }
        if (left > 0) break;
      } else {
        const index = id - firstAbbreviation;
        if (index < 0) break;
        const layout = (index < inherited.length ? inherited[index] : own[index - inherited.length])?.shortLayout;
        if (layout === undefined || layout === 'none' || ((wantedCodes >>> layout.code) & 1) !== 0) break;
        const { fixedBits, chunkBits, elementBits } = layout;
        nextBit = bit + idWidth + fixedBits;
        nextWord = word + (nextBit >> 5);
        nextBit &= 31;
        if (chunkBits > 0) {
          let more = 1;
          while (more !== 0 && nextWord < last) {
            more = (bitsAt(data, nextWord, nextBit) >>> (chunkBits - 1)) & 1;
            nextBit += chunkBits;
            nextWord += nextBit >> 5;
            nextBit &= 31;
          }
          if (more !== 0) break;
        } else if (elementBits > 0) {
          if (nextWord >= last) break;
          const window = bitsAt(data, nextWord, nextBit);
          let count = window & 0x3f;
          nextBit += 6;
          if (count > 31) {
            count += ((window >>> 6) & 0x3f) * 32 - 32;
            nextBit += 6;
          }
          // A second chunk that says "more follows" makes the sum so large.
          if (count >= 1024) break;
          nextBit += count * elementBits;
          nextWord += nextBit >> 5;
          nextBit &= 31;
        }
        if (nextWord > last) break;
      }
      word = nextWord;
      bit = nextBit;
    }
    this.word = word;
    this.bit = bit;
  }

  /**
   * Moves to a place, in either direction.
   *
   * @param bitOffset - Bits from the start of the stream.
   * @throws {@link FormatError} `out-of-bounds` if it lies outside of what this cursor was made for.
   */
  seek(bitOffset: number): void {
    const bit = bitOffset % 32;
    const word = (bitOffset - bit) / 32 - this.origin;
    if (!(word >= this.first && word < this.end)) {
      throw this.error('out-of-bounds', `bit ${bitOffset} of the stream is not in the block it should be in`);
    }
    this.word = word;
    this.bit = bit;
  }

  /** Moves to the next multiple of 32 bits from the start of the stream; what the padding holds does not matter. */
  align(): void {
    if (this.bit === 0) return;
    this.bit = 0;
    this.word += 1;
  }

  /** Takes bytes, not copied, from an aligned position on, and moves behind their padding to 32 bits. */
  bytes(length: number, what: string): ByteView {
    const start = this.word * 4;
    this.skip(Math.ceil(length / 4) * 32);
    return this.view.part(start, length, what);
  }

  /** The place of the next bit. */
  get location(): Location {
    const { path, base } = this.view;
    return { path, offset: base + this.word * 4 + (this.bit >>> 3), bitOffset: this.bitOffset };
  }

  /** Makes an error about the next bit. */
  error(code: FormatErrorCode, reason: string): FormatError {
    return new FormatError(code, reason, this.location);
  }
}

/** The 32 bits from a place on; the word behind it exists. */
export function bitsAt(data: DataView, word: number, bit: number): number {
  const low = data.getUint32(word * 4, true);
  return bit === 0 ? low : (low >>> bit) | (data.getUint32(word * 4 + 4, true) << (32 - bit));
}

/** The bit of a VBR chunk that says "more follows". Not `2 ** n`, which is a call. */
function moreBit(width: number): number {
  return (1 << (width - 1)) >>> 0;
}

function narrow(value: bigint): Operand {
  return value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}
