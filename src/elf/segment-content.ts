// What lies in the segments of a file: gABI "Program Loading". Bytes by segment and by address, and the program interpreter
// (PT_INTERP). Follows llvm-readelf of LLVM 22 where the gABI is silent. The sections of a segment: section-mapping.ts.

import { decodeName, endOfString } from '../bytes/index.ts';
import type { ByteView } from '../bytes/index.ts';
import type { ElfFile } from './elf-file.ts';
import type { ElfSegmentTable } from './segment.ts';

const PT_INTERP = 3;

/** Linux takes no longer path (PATH_MAX), and GNU readelf reads no more either. */
const INTERPRETER_MAX = 4096;

/**
 * Reads the bytes of a segment: one read that is not kept.
 *
 * @param index - Its position in {@link ElfFile.segments}, below their number.
 * @throws {@link FormatError} as {@link ElfFile.segments}; `out-of-bounds` if it does not lie within the file,
 *   `limit-exceeded` past `Limits.blockBytes`.
 */
export function readSegment(elf: ElfFile, index: number): ByteView {
  const { segments, input, limits } = elf;
  const offset = segments.offset(index);
  const size = segments.fileSize(index);
  if (!segments.isInFile(index)) {
    const reason =
      `segment [index ${index}] has a p_offset (0x${offset.toString(16)}) + p_filesz (0x${size.toString(16)}) ` +
      `that is greater than the file size (0x${input.length.toString(16)})`;
    throw input.error('out-of-bounds', reason, segments.headerOffset(index));
  }
  if (size > limits.blockBytes) {
    const reason = `segment [index ${index}] of ${size} bytes is more than the limits allow (${limits.blockBytes})`;
    throw input.error('limit-exceeded', reason, segments.headerOffset(index));
  }
  return input.view(offset, size, 'a segment');
}

/**
 * Whether a segment has bytes in memory, but none in the file. `objcopy --only-keep-debug` makes PT_DYNAMIC and PT_INTERP
 * such: their `p_offset` is still that of the file with the code, so that what stands there means nothing. LLVM does not
 * ask this; its llvm-readelf warns of the table and prints whatever string it finds.
 */
export function isOnlyInMemory(segments: ElfSegmentTable, index: number): boolean {
  return segments.fileSize(index) === 0 && segments.memorySize(index) > 0n;
}

/**
 * Reads bytes by the address that a loader maps them at: one read that is not kept. As in LLVM only their first byte has to
 * lie in a segment.
 *
 * @param length - Bytes; {@link ElfFile.limits} is the caller's to ask if the number comes out of the file.
 * @param what - Name of the part for the message.
 * @throws {@link FormatError} as {@link ElfFile.segments} and {@link ElfSegmentTable.fileOffsetOf}; `out-of-bounds` if the
 *   bytes go past the end of the file.
 */
export function readAtAddress(elf: ElfFile, address: bigint, length: number, what: string): ByteView {
  return elf.input.view(elf.segments.fileOffsetOf(address), length, what);
}

/**
 * Reads the path of the program interpreter, out of the first PT_INTERP.
 *
 * @returns `undefined` if the file has none, or its bytes stand in another file, as with debugging information that was
 *   split off.
 * @throws {@link FormatError} as {@link ElfFile.segments}; `out-of-bounds` if it goes past the end of the file, `bad-value`
 *   if no NUL ends it within 4096 bytes.
 */
export function readInterpreter(elf: ElfFile): string | undefined {
  const { segments, input } = elf;
  const index = segments.find(PT_INTERP);
  if (index === undefined || isOnlyInMemory(segments, index)) return undefined;
  const offset = segments.offset(index);
  const problem = `unable to read program interpreter name at offset 0x${offset.toString(16)}: it`;
  if (offset >= input.length) {
    const reason = `${problem} goes past the end of the file (0x${input.length.toString(16)})`;
    throw input.error('out-of-bounds', reason, segments.headerOffset(index));
  }
  const view = input.view(offset, Math.min(input.length - offset, INTERPRETER_MAX), 'the program interpreter');
  const end = endOfString(view.bytes, 0);
  if (end === view.length) throw view.error('bad-value', `${problem} is not null-terminated`, 0);
  return decodeName(view.bytes, 0, end);
}
