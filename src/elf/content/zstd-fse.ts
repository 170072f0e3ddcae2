// Finite state entropy as zstd uses it: RFC 8878, sections 4.1 (tables) and 4.1.1 (their description). Bits are read
// forwards in the description of a table and backwards in what it encodes.

import type { ByteView, FormatError } from '../../bytes/index.ts';

/** The smallest logarithm that a description can state. */
const MIN_LOG = 5;

/** A decoding table: what each state stands for, and how the next state is found. */
export interface FseTable {
  /** Binary logarithm of the number of states. */
  readonly log: number;
  /** The code of each state. */
  readonly codes: Uint8Array;
  /** Bits to read for the next state. */
  readonly bits: Uint8Array;
  /** What to add them to. */
  readonly bases: Uint16Array;
}

/** How often each code occurs, and where the description ends. */
export interface FseDistribution {
  readonly log: number;
  /** Of `1 << log`; -1 is less than once. */
  readonly counts: readonly number[];
  /** Offset of the byte behind the description. */
  readonly end: number;
}

/** Makes the error for compressed data that contradicts itself. */
export function corruptZstd(view: ByteView, offset: number, what: string): FormatError {
  return view.error('bad-value', `corrupted compressed section: ${what}`, Math.min(offset, view.length));
}

/**
 * Reads the description of a table.
 *
 * @param start - Its first byte.
 * @param end - The byte behind the last one that it may use.
 * @param maxLog - The largest table allowed.
 * @param maxCode - The largest code allowed.
 */
export function readFseDistribution(
  view: ByteView,
  start: number,
  end: number,
  maxLog: number,
  maxCode: number,
): FseDistribution {
  const { bytes } = view;
  const corrupt = (): FormatError => corruptZstd(view, start, 'a table of states is malformed');
  let position = start * 8;
  const peek = (count: number): number => {
    const byte = position >>> 3;
    const three = (bytes[byte] ?? 0) | ((bytes[byte + 1] ?? 0) << 8) | ((bytes[byte + 2] ?? 0) << 16);
    return (three >>> (position & 7)) & ((1 << count) - 1);
  };
  const log = peek(4) + MIN_LOG;
  position += 4;
  if (start >= end || log > maxLog) throw corrupt();
  const counts: number[] = [];
  // One more than what is left to be given out, as in the reference.
  let remaining = (1 << log) + 1;
  while (remaining > 1) {
    if (counts.length > maxCode || position > end * 8) throw corrupt();
    // Values up to `remaining` in as few bits as go: the small ones do with one bit less.
    const width = 32 - Math.clz32(remaining);
    const half = 1 << (width - 1);
    const short = 2 * half - 1 - remaining;
    let value = peek(width);
    if ((value & (half - 1)) < short) {
      value &= half - 1;
      position += width - 1;
    } else {
      if (value >= half) value -= short;
      position += width;
    }
    const count = value - 1;
    counts.push(count);
    remaining -= Math.abs(count);
    if (count !== 0) continue;
    let more = 3;
    while (more === 3) {
      more = peek(2);
      position += 2;
      for (let i = 0; i < more; i += 1) counts.push(0);
      if (counts.length > maxCode + 1) throw corrupt();
    }
  }
  const behind = (position + 7) >>> 3;
  if (remaining !== 1 || counts.length > maxCode + 1 || behind > end) throw corrupt();
  return { log, counts, end: behind };
}

/** Makes the decoding table of a distribution. */
export function buildFseTable({ log, counts }: Pick<FseDistribution, 'log' | 'counts'>): FseTable {
  const size = 1 << log;
  const codes = new Uint8Array(size);
  const next = new Uint16Array(counts.length);
  let top = size;
  counts.forEach((count, code) => {
    next[code] = Math.abs(count);
    if (count === -1) codes[(top -= 1)] = code;
  });
  const step = (size >> 1) + (size >> 3) + 3;
  let position = 0;
  counts.forEach((count, code) => {
    for (let i = 0; i < count; i += 1) {
      codes[position] = code;
      do position = (position + step) & (size - 1);
      while (position >= top);
    }
  });
  const bits = new Uint8Array(size);
  const bases = new Uint16Array(size);
  for (let state = 0; state < size; state += 1) {
    const code = codes[state] as number;
    const rank = next[code] as number;
    next[code] = rank + 1;
    const width = log - (31 - Math.clz32(rank));
    bits[state] = width;
    bases[state] = (rank << width) - size;
  }
  return { log, codes, bits, bases };
}

/** The table in which one code is certain and takes no bits. */
export function singleCodeTable(code: number): FseTable {
  return { log: 0, codes: Uint8Array.of(code), bits: Uint8Array.of(0), bases: Uint16Array.of(0) };
}

/** Reads bits from the end of a run of bytes towards its start. */
export class BackwardBits {
  private readonly view: ByteView;
  private readonly start: number;
  /** Bits that are left. */
  left: number;

  /** @param end - The byte behind the last one, whose highest bit that is set marks the end of the bits. */
  constructor(view: ByteView, start: number, end: number) {
    const last = end > start ? (view.bytes[end - 1] as number) : 0;
    if (last === 0) throw corruptZstd(view, end, 'a bitstream has no end mark');
    this.view = view;
    this.start = start;
    this.left = (end - start - 1) * 8 + 31 - Math.clz32(last);
  }

  /** Reads up to 31 bits. */
  read(count: number): number {
    if (count > this.left) throw corruptZstd(this.view, this.start, 'a bitstream is too short');
    this.left -= count;
    const { bytes } = this.view;
    const byte = this.start + (this.left >>> 3);
    const shift = this.left & 7;
    const low =
      (bytes[byte] ?? 0) |
      ((bytes[byte + 1] ?? 0) << 8) |
      ((bytes[byte + 2] ?? 0) << 16) |
      ((bytes[byte + 3] ?? 0) << 24);
    const mask = 2 ** count - 1;
    if (shift + count <= 32) return (low >>> shift) & mask;
    return ((low >>> shift) | ((bytes[byte + 4] ?? 0) << (32 - shift))) & mask;
  }
}
