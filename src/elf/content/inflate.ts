// Decompression of sections: zlib (RFC 1950) by fflate 0.8.3 and Zstandard (RFC 8878) by fzstd 0.1.1. Both trust their
// input; so this file, the only one that imports them, keeps them within the size that the section states: they cut
// silently at the end of the memory that they are given, run on behind it at the speed of the input, and throw errors of
// their own. What fzstd does not check is checked by zstd-frame.ts.

import { Inflate } from 'fflate';
import { decompress } from 'fzstd';
import { FormatError } from '../../bytes/index.ts';
import type { ByteView } from '../../bytes/index.ts';
import { measureZstdFrames } from './zstd-frame.ts';

const ZLIB_HEADER = 2;
const ZLIB_TRAILER = 4;
/** A match of 258 bytes takes two bits at least. */
const DEFLATE_RATIO_MAX = 1032;
/** Input is handed over in slices, between which the output is measured: one gives 17 MB at most. */
const SLICE = 1 << 14;
/** Largest prime below 2^16, and how many bytes may be added up before the sums pass 2^32: RFC 1950, section 9. */
const ADLER_BASE = 65521;
const ADLER_RUN = 5552;

/**
 * Decompresses a zlib stream that ends with the view.
 *
 * @param start - Offset of its first byte.
 * @param size - Bytes that must come out.
 * @throws {@link FormatError} `truncated` or `bad-value` if the stream is damaged, its checksum is wrong or another number
 *   of bytes comes out.
 */
export function inflateZlib(view: ByteView, start: number, size: number): Uint8Array {
  const header = view.uint16(start, false, 'the header of a zlib stream');
  if ((header & 0xf00) !== 0x800 || header >>> 12 > 7 || header % 31 !== 0 || (header & 0x20) !== 0) {
    throw view.error('bad-value', `decompress failed: 0x${header.toString(16)} is no header of a zlib stream`, start);
  }
  const end = view.length - ZLIB_TRAILER;
  const checksum = view.uint32(Math.max(end, start + ZLIB_HEADER), false, 'the checksum of a zlib stream');
  if (size > (end - start) * DEFLATE_RATIO_MAX) {
    const reason = `decompress failed: ${end - start} bytes of zlib cannot hold the ${size} bytes that are stated`;
    throw view.error('bad-value', reason, start);
  }
  const output = new Uint8Array(size);
  let length = 0;
  const stream = new Inflate((chunk) => {
    if (chunk.length > size - length) {
      throw view.error('bad-value', `decompress failed: there is more than the ${size} bytes that are stated`, start);
    }
    output.set(chunk, length);
    length += chunk.length;
  });
  guarded(view, start, () => {
    for (let offset = start + ZLIB_HEADER; offset < end; offset += SLICE) {
      stream.push(view.bytes.subarray(offset, Math.min(offset + SLICE, end)), offset + SLICE >= end);
    }
  });
  checkSize(view, start, size, length);
  if (adler32(output) !== checksum) {
    throw view.error('bad-value', 'decompress failed: the checksum of a zlib stream is wrong', end);
  }
  return output;
}

/**
 * Decompresses Zstandard frames that end with the view. Checksums of frames are not compared.
 *
 * @param start - Offset of the first frame.
 * @param size - Bytes that must come out.
 * @throws {@link FormatError} `truncated` or `bad-value` if the frames are damaged or another number of bytes comes out,
 *   `unsupported` if they need a dictionary or a window of more than 2^30 bytes.
 */
export function decompressZstd(view: ByteView, start: number, size: number): Uint8Array {
  const frames = measureZstdFrames(view, start, size);
  const length = frames.reduce((sum, frame) => sum + frame.size, 0);
  checkSize(view, start, size, length);
  const output = new Uint8Array(size);
  let offset = 0;
  for (const frame of frames) {
    const target = output.subarray(offset, offset + frame.size);
    // fzstd takes an array without elements for none.
    if (frame.size > 0) {
      guarded(view, frame.start, () => decompress(view.bytes.subarray(frame.start, frame.end), target));
    }
    offset += frame.size;
  }
  return output;
}

function checkSize(view: ByteView, start: number, expected: number, found: number): void {
  if (found === expected) return;
  const reason = `decompress failed: expected ${expected} bytes, but got ${found}`;
  throw view.error('bad-value', reason, start);
}

/** Runs a step of a package; its errors, of whatever kind, are about the input. */
function guarded(view: ByteView, start: number, step: () => unknown): void {
  try {
    step();
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    const what = cause instanceof Error ? cause.message : String(cause);
    throw view.error('bad-value', `decompress failed: ${what}`, start, { cause });
  }
}

function adler32(bytes: Uint8Array): number {
  let low = 1;
  let high = 0;
  for (let start = 0; start < bytes.length; start += ADLER_RUN) {
    const end = Math.min(start + ADLER_RUN, bytes.length);
    for (let i = start; i < end; i += 1) {
      low += bytes[i] as number;
      high += low;
    }
    low %= ADLER_BASE;
    high %= ADLER_BASE;
  }
  return high * 2 ** 16 + low;
}
