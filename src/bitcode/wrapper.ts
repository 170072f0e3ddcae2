// The wrapper: a header before bitcode that tells where the bitstream lies (llvm/Bitcode/BitcodeReader.h,
// SkipBitcodeWrapperHeader). Clang writes it for Darwin targets, with padding to 16 bytes behind the bitstream.

import type { ByteRange } from '../bytes/index.ts';
import type { BitstreamContext } from './bitstream/index.ts';

/** Bytes that tell raw bitcode: `BC`, then the nibbles 0, C, E, D. */
const RAW_MAGIC = [0x42, 0x43, 0xc0, 0xde] as const;
/** The word 0x0B17C0DE. */
const WRAPPER_MAGIC = [0xde, 0xc0, 0x17, 0x0b] as const;

/** Bytes of the magic of a bitstream of LLVM IR; the first block follows. */
export const MAGIC_LENGTH = RAW_MAGIC.length;

// Offsets in the header, all little-endian words (llvm/Bitstream/BitCodeEnums.h, BitstreamWrapperHeader).
const VERSION_FIELD = 4;
const OFFSET_FIELD = 8;
const SIZE_FIELD = 12;
const CPU_TYPE_FIELD = 16;
const HEADER_SIZE = 20;
const PADDED_TO = 16;

/** The fields of a wrapper header. */
export interface BitcodeWrapper {
  /** Written as 0; no reader looks at it. */
  readonly version: number;
  /** First byte of the bitstream, from the start of the wrapper. Written as 20. */
  readonly offset: number;
  /** Bytes of the bitstream. */
  readonly size: number;
  /** Mach-O CPU type, 0xffffffff where the writer knew none. `undefined` in headers that end before it. */
  readonly cpuType: number | undefined;
}

/**
 * Tells bitcode by its first bytes.
 *
 * @param bytes - The first four bytes or more; fewer are no bitcode.
 */
export function detectBitcode(bytes: Uint8Array): 'raw' | 'wrapper' | undefined {
  if (RAW_MAGIC.every((byte, i) => bytes[i] === byte)) return 'raw';
  if (WRAPPER_MAGIC.every((byte, i) => bytes[i] === byte)) return 'wrapper';
  return undefined;
}

/**
 * Reads a wrapper header. As in LLVM neither its version nor the place of the bitstream matter, as long as it lies within
 * the file; values that no writer writes are reported.
 *
 * @param input - The file, which begins with the magic of wrappers.
 * @throws {@link FormatError} `truncated` if the file is too short for the header, `out-of-bounds` if the bitstream does
 *   not lie within it.
 */
export function readWrapper(input: ByteRange, context: BitstreamContext): BitcodeWrapper {
  if (input.length < CPU_TYPE_FIELD) {
    throw input.error('truncated', `Invalid bitcode wrapper header: it has ${input.length} bytes`, 0);
  }
  const header = input.view(0, Math.min(input.length, HEADER_SIZE), 'wrapper header');
  const version = header.uint32(VERSION_FIELD, true, 'version');
  const offset = header.uint32(OFFSET_FIELD, true, 'offset');
  const size = header.uint32(SIZE_FIELD, true, 'size');
  if (offset > input.length || size > input.length - offset) {
    const reason = `Invalid bitcode wrapper header: ${size} bytes at ${offset}, but the file has ${input.length} bytes`;
    throw input.error('out-of-bounds', reason, OFFSET_FIELD);
  }
  const report = (reason: string, place: number) => {
    context.onAnomaly({ code: 'wrapper-field', reason, location: input.locationOf(place) });
  };
  if (version !== 0) report(`the version of the wrapper is ${version}, not 0`, VERSION_FIELD);
  if (offset !== HEADER_SIZE)
    report(`the bitstream is at offset ${offset} of the wrapper, not ${HEADER_SIZE}`, OFFSET_FIELD);
  const trailing = input.length - offset - size;
  if (trailing >= PADDED_TO) {
    const reason = `${trailing} bytes follow the bitstream, more than padding to ${PADDED_TO}`;
    context.onAnomaly({ code: 'trailing-bytes', reason, location: input.locationOf(offset + size) });
  }
  const hasCpuType = offset >= HEADER_SIZE && header.length === HEADER_SIZE;
  const cpuType = hasCpuType ? header.uint32(CPU_TYPE_FIELD, true, 'cputype') : undefined;
  return { version, offset, size, cpuType };
}
