// Zstandard frames: RFC 8878, section 3. Walks frames and blocks and the sequences in them, without making the content: so
// the size of the content is known, and that it is sound, before memory is spent on it. fzstd, which makes the content,
// checks neither: a block of ten bytes can keep it busy for a minute, one that repeats a state for ever; matches that
// point before the content give zeros. Left out: Huffman codes of literals, which fzstd checks; checksums, which no
// producer of sections writes; dictionaries.

import type { ByteView } from '../../bytes/index.ts';
import { BackwardBits, buildFseTable, corruptZstd, readFseDistribution, singleCodeTable } from './zstd-fse.ts';
import type { FseTable } from './zstd-fse.ts';
import { LITERALS_LENGTH_CODES, MATCH_LENGTH_CODES, OFFSET_CODES } from './zstd-tables.ts';
import type { ZstdCodes } from './zstd-tables.ts';

const MAGIC = 0xfd2fb528;
/** The low four bits are free. */
const SKIPPABLE_MAGIC = 0x184d2a50;
const BLOCK_MAX = 1 << 17;
const SEQUENCE_CODES = [LITERALS_LENGTH_CODES, OFFSET_CODES, MATCH_LENGTH_CODES] as const;
/** Weights of Huffman codes are up to 11 and stand in a table of at most 2^6 states. */
const WEIGHTS = { maxLog: 6, maxCode: 12 } as const;
/** More than fzstd can count. */
const WINDOW_LOG_MAX = 30;

/** A frame and the size of what it holds. */
export interface ZstdFrame {
  /** Offset of its first byte. */
  readonly start: number;
  /** Offset of the byte behind it. */
  readonly end: number;
  /** Bytes of its content. */
  readonly size: number;
}

/**
 * Walks the frames of compressed data. Costs time in proportion to the input and to what `limit` allows, and memory in
 * proportion to the number of frames.
 *
 * @param start - Offset of the first frame in `view`; the last one ends with the view.
 * @param limit - Bytes that the content of all frames may have.
 * @returns The frames with content, in order. Skippable ones are left out.
 * @throws {@link FormatError} `bad-value` if the data contradicts itself or its content is larger than `limit`,
 *   `unsupported` if it needs a dictionary or a window of more than 2^30 bytes.
 */
export function measureZstdFrames(view: ByteView, start: number, limit: number): ZstdFrame[] {
  const frames: ZstdFrame[] = [];
  let offset = start;
  let left = limit;
  while (offset < view.length) {
    const magic = view.uint32(offset, true, 'a zstd frame');
    if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE_MAGIC) {
      const size = view.uint32(offset + 4, true, 'a zstd frame');
      offset = view.part(offset + 8, size, 'a skippable zstd frame').base - view.base + size;
      continue;
    }
    if (magic !== MAGIC) throw corruptZstd(view, offset, 'no zstd frame starts here');
    const frame = new FrameWalker(view, offset, left).walk();
    frames.push(frame);
    offset = frame.end;
    left -= frame.size;
  }
  return frames;
}

class FrameWalker {
  private readonly view: ByteView;
  private readonly start: number;
  private readonly limit: number;
  private offset: number;
  private blockMax = BLOCK_MAX;
  private produced = 0;
  private hasLiteralsTree = false;
  private readonly tables: (FseTable | undefined)[] = [undefined, undefined, undefined];
  /** The last three distances. */
  private last = 1;
  private second = 4;
  private third = 8;

  constructor(view: ByteView, start: number, limit: number) {
    this.view = view;
    this.start = start;
    this.limit = limit;
    this.offset = start;
  }

  walk(): ZstdFrame {
    const { view, start } = this;
    const descriptor = view.uint8(start + 4, 'a zstd frame header');
    const stated = this.readHeader(descriptor);
    let isLast = false;
    while (!isLast) {
      const header = this.take(3, 'a zstd block header');
      isLast = (header & 1) !== 0;
      this.walkBlock((header >>> 1) & 3, header >>> 3);
    }
    if ((descriptor & 4) !== 0) this.take(4, 'a zstd checksum');
    const { produced } = this;
    if (stated !== undefined && stated !== produced) {
      throw corruptZstd(view, start, `a zstd frame states ${stated} bytes, but holds ${produced}`);
    }
    return { start, end: this.offset, size: produced };
  }

  /** Reads up to six bytes as a number. */
  private take(size: number, what: string): number {
    const { bytes } = this.view.part(this.offset, size, what);
    this.offset += size;
    return bytes.reduceRight((value, byte) => value * 256 + byte, 0);
  }

  /** Returns the size of the content, where it is stated. */
  private readHeader(descriptor: number): number | undefined {
    const { view, start } = this;
    this.offset = start + 5;
    if ((descriptor & 8) !== 0) throw corruptZstd(view, start + 4, 'a reserved bit of a zstd frame is set');
    const isSingleSegment = (descriptor & 0x20) !== 0;
    const window = isSingleSegment ? undefined : this.take(1, 'a zstd window');
    const dictionary = this.take([0, 1, 2, 4][descriptor & 3] as number, 'a zstd dictionary number');
    if (dictionary !== 0) throw view.error('unsupported', `zstd dictionary ${dictionary} is needed`, start);
    const sizeCode = descriptor >>> 6;
    const stated = this.readStatedSize(sizeCode, isSingleSegment);
    let windowSize = stated ?? 0;
    if (window !== undefined) {
      const log = 10 + (window >>> 3);
      if (log > WINDOW_LOG_MAX) throw view.error('unsupported', `a zstd window of 2^${log} bytes`, start + 5);
      windowSize = 2 ** log + (2 ** log / 8) * (window & 7);
    }
    this.blockMax = Math.min(BLOCK_MAX, windowSize);
    return stated;
  }

  private readStatedSize(sizeCode: number, isSingleSegment: boolean): number | undefined {
    const what = 'the size of a zstd frame';
    if (sizeCode === 0) return isSingleSegment ? this.take(1, what) : undefined;
    if (sizeCode === 1) return this.take(2, what) + 256;
    return sizeCode === 2 ? this.take(4, what) : this.take(4, what) + 2 ** 32 * this.take(4, what);
  }

  private walkBlock(type: number, size: number): void {
    const { view, offset } = this;
    if (type === 3) throw corruptZstd(view, offset, 'a zstd block has a reserved type');
    if (type === 1) {
      this.take(1, 'a zstd block');
      this.produce(size);
      return;
    }
    const end = view.part(offset, size, 'a zstd block').length + offset;
    if (size > BLOCK_MAX) throw corruptZstd(view, offset, 'a zstd block is too large');
    if (type === 0) this.produce(size);
    else this.walkCompressedBlock(end);
    this.offset = end;
  }

  private produce(size: number): void {
    const { view, offset, limit } = this;
    if (size > this.blockMax) throw corruptZstd(view, offset, 'the content of a zstd block is too large');
    this.produced += size;
    if (this.produced > limit) {
      throw corruptZstd(view, offset, `the content is larger than the ${limit} bytes that were left for it`);
    }
  }

  private walkCompressedBlock(end: number): void {
    const literals = this.walkLiterals(end);
    const { view } = this;
    if (this.offset >= end) throw corruptZstd(view, end, 'a zstd block has no sequences section');
    const matches = this.walkSequences(literals, end);
    this.produce(literals + matches);
  }

  /** Passes over the literals section. Returns their number. */
  private walkLiterals(end: number): number {
    const { view, offset } = this;
    const { bytes } = view;
    const first = this.take(1, 'the literals of a zstd block');
    const format = (first >>> 2) & 3;
    const isPlain = (first & 2) === 0;
    // The header is a number of as many bytes as the format says; sizes stand behind its four (or three) low bits.
    const headerSize = isPlain ? ([1, 2, 1, 3][format] as number) : ([3, 3, 4, 5][format] as number);
    this.offset = offset;
    const header = this.take(headerSize, 'the literals of a zstd block');
    const width = isPlain ? 20 : ([10, 10, 14, 18][format] as number);
    const unshifted = isPlain && (format & 1) === 0 ? Math.floor(header / 8) : Math.floor(header / 16);
    const size = unshifted % 2 ** width;
    const stored = isPlain ? ((first & 1) === 0 ? size : 1) : Math.floor(unshifted / 2 ** width);
    if (size > this.blockMax || stored > end - this.offset) {
      throw corruptZstd(view, offset, 'the literals of a zstd block are too large');
    }
    const literalsEnd = this.offset + stored;
    if (!isPlain) {
      const isTreeless = (first & 1) !== 0;
      if (isTreeless && !this.hasLiteralsTree) throw corruptZstd(view, offset, 'literals have no Huffman tree');
      const weightsSize = bytes[this.offset] ?? 0;
      if (!isTreeless && weightsSize < 128) this.checkWeights(this.offset + 1, weightsSize, literalsEnd);
      this.hasLiteralsTree = true;
    }
    this.offset = literalsEnd;
    return size;
  }

  /** Weights in a table that has but one state would never end: no bits are read. */
  private checkWeights(start: number, size: number, literalsEnd: number): void {
    const { view } = this;
    const end = start + size;
    if (end > literalsEnd) throw corruptZstd(view, start, 'a Huffman tree is too large');
    const { counts, log } = readFseDistribution(view, start, end, WEIGHTS.maxLog, WEIGHTS.maxCode);
    if (counts.includes(1 << log)) throw corruptZstd(view, start, 'a Huffman tree has but one weight');
  }

  /** Walks the sequences. Returns the bytes of their matches. */
  private walkSequences(literals: number, end: number): number {
    const { view } = this;
    const count = this.readSequenceCount();
    if (count === 0) {
      if (this.offset !== end) throw corruptZstd(view, this.offset, 'a zstd block has bytes behind its literals');
      return 0;
    }
    const modes = this.take(1, 'the modes of a zstd block');
    if ((modes & 3) !== 0) throw corruptZstd(view, this.offset - 1, 'a reserved bit of a zstd block is set');
    SEQUENCE_CODES.forEach((codes, i) => {
      this.tables[i] = this.readTable((modes >>> (6 - 2 * i)) & 3, codes, this.tables[i], end);
    });
    if (this.offset > end) throw corruptZstd(view, end, 'the tables of a zstd block are too large');
    const [lengths, offsets, matches] = this.tables as [FseTable, FseTable, FseTable];
    const bits = new BackwardBits(view, this.offset, end);
    let lengthState = bits.read(lengths.log);
    let offsetState = bits.read(offsets.log);
    let matchState = bits.read(matches.log);
    let literalsLeft = literals;
    let matched = 0;
    for (let i = 0; i < count; i += 1) {
      const offsetCode = offsets.codes[offsetState] as number;
      const offsetValue = 2 ** offsetCode + bits.read(offsetCode);
      const match = readValue(MATCH_LENGTH_CODES, MATCH_BASES, matches.codes[matchState] as number, bits);
      const length = readValue(LITERALS_LENGTH_CODES, LITERALS_BASES, lengths.codes[lengthState] as number, bits);
      literalsLeft -= length;
      if (literalsLeft < 0) throw corruptZstd(view, this.offset, 'a zstd block has too few literals');
      const behind = this.produced + (literals - literalsLeft) + matched;
      if (this.resolveOffset(offsetValue, length) > behind) {
        throw corruptZstd(view, this.offset, 'a match lies before the content');
      }
      matched += match;
      if (matched > BLOCK_MAX) throw corruptZstd(view, this.offset, 'the content of a zstd block is too large');
      if (i === count - 1) break;
      lengthState = (lengths.bases[lengthState] as number) + bits.read(lengths.bits[lengthState] as number);
      matchState = (matches.bases[matchState] as number) + bits.read(matches.bits[matchState] as number);
      offsetState = (offsets.bases[offsetState] as number) + bits.read(offsets.bits[offsetState] as number);
    }
    if (bits.left !== 0) throw corruptZstd(view, this.offset, 'a zstd block has bits behind its sequences');
    return matched;
  }

  private readSequenceCount(): number {
    const what = 'the number of sequences of a zstd block';
    const first = this.take(1, what);
    if (first < 128) return first;
    if (first < 255) return ((first - 128) << 8) + this.take(1, what);
    return this.take(2, what) + 0x7f00;
  }

  private readTable(mode: number, codes: ZstdCodes, previous: FseTable | undefined, end: number): FseTable {
    const { view, offset } = this;
    const maxCode = codes.extraBits.length - 1;
    if (mode === 0) return buildFseTable({ log: codes.defaultLog, counts: codes.defaults });
    if (mode === 1) {
      const code = this.take(1, 'a code of a zstd block');
      if (code > maxCode) throw corruptZstd(view, offset, `there is no code ${code}`);
      return singleCodeTable(code);
    }
    if (mode === 2) {
      const distribution = readFseDistribution(view, offset, end, codes.maxLog, maxCode);
      this.offset = distribution.end;
      return buildFseTable(distribution);
    }
    if (previous === undefined) throw corruptZstd(view, offset, 'there is no table to repeat');
    return previous;
  }

  /** The distance that an offset value stands for: 1 to 3 stand for the last distances, but for one after no literals. */
  private resolveOffset(value: number, literals: number): number {
    const { last, second, third } = this;
    let distance: number;
    if (value > 3) {
      distance = value - 3;
    } else {
      const index = value - (literals === 0 ? 0 : 1);
      if (index === 0) return last;
      distance = index === 1 ? second : index === 2 ? third : last - 1;
      // 0 is no distance; it is further than anything, so that the caller refuses it.
      if (distance === 0) return Infinity;
      if (index === 1) {
        this.last = distance;
        this.second = last;
        return distance;
      }
    }
    this.last = distance;
    this.second = last;
    this.third = second;
    return distance;
  }
}

const LITERALS_BASES = /* @__PURE__ */ basesOf(LITERALS_LENGTH_CODES);
const MATCH_BASES = /* @__PURE__ */ basesOf(MATCH_LENGTH_CODES);

function basesOf({ extraBits, first }: ZstdCodes): number[] {
  let base = first;
  return extraBits.map((bits) => {
    const start = base;
    base += 2 ** bits;
    return start;
  });
}

function readValue({ extraBits }: ZstdCodes, bases: readonly number[], code: number, bits: BackwardBits): number {
  return (bases[code] as number) + bits.read(extraBits[code] as number);
}
