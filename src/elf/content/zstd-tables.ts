// Code tables of zstd's sequences: RFC 8878, sections 3.1.1.3.2.1.1 (codes) and 3.1.1.3.2.2 (default distributions). A
// code stands for a range of values: the ranges follow each other, and bits that stand beside the code pick the value.

/** Codes of one of the three numbers of a sequence. */
export interface ZstdCodes {
  /** Bits to be added, for each code; the codes of offsets have as many as their number. */
  readonly extraBits: readonly number[];
  /** The smallest value of the first code. */
  readonly first: number;
  /** How often each code occurs unless a block says otherwise; -1 is less than once. */
  readonly defaults: readonly number[];
  /** Binary logarithm of the sum of `defaults`. */
  readonly defaultLog: number;
  /** The largest logarithm that a block may choose. */
  readonly maxLog: number;
}

/** How many literals stand before a match. */
export const LITERALS_LENGTH_CODES: ZstdCodes = {
  extraBits: [
    ...[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    ...[1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
  ],
  first: 0,
  defaults: [
    ...[4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1],
    ...[2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1],
  ],
  defaultLog: 6,
  maxLog: 9,
};

/** How long a match is. */
export const MATCH_LENGTH_CODES: ZstdCodes = {
  extraBits: [
    ...[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    ...[1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
  ],
  first: 3,
  defaults: [
    ...[1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
    ...[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1],
  ],
  defaultLog: 6,
  maxLog: 9,
};

/** How far behind a match lies, or which of the last three distances it repeats. */
export const OFFSET_CODES: ZstdCodes = {
  extraBits: Array.from({ length: 32 }, (_, code) => code),
  first: 1,
  defaults: [...[1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1], ...[1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1]],
  defaultLog: 5,
  maxLog: 8,
};
