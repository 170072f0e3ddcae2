// What lies in the segments of a file: gABI "Program Loading". Bytes by segment and by address, the sections of a segment,
// and the program interpreter (PT_INTERP). Follows llvm-readelf of LLVM 22 where the gABI is silent.

import { decodeName, endOfString } from '../bytes/index.ts';
import type { ByteView } from '../bytes/index.ts';
import { SECTION_FLAGS, SECTION_TYPES } from './constants/section.ts';
import type { ElfFile } from './elf-file.ts';

const { SHT_NULL, SHT_NOBITS } = SECTION_TYPES.values;
const { SHF_ALLOC, SHF_TLS } = SECTION_FLAGS.values;

const PT_LOAD = 1;
const PT_DYNAMIC = 2;
const PT_INTERP = 3;
const PT_TLS = 7;
const PT_GNU_RELRO = 0x6474e552;

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
 * @returns `undefined` if the file has none.
 * @throws {@link FormatError} as {@link ElfFile.segments}; `out-of-bounds` if it goes past the end of the file, `bad-value`
 *   if no NUL ends it within 4096 bytes.
 */
export function readInterpreter(elf: ElfFile): string | undefined {
  const { segments, input } = elf;
  const index = segments.find(PT_INTERP);
  if (index === undefined) return undefined;
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

/**
 * The sections that lie in a segment, as the mapping of `llvm-readelf -l` shows them. (GNU readelf leaves out sections that
 * are not loaded, and takes none for PT_PHDR.) Costs a pass over the section headers.
 *
 * @param segment - Its position in {@link ElfFile.segments}, below their number.
 * @throws {@link FormatError} as {@link ElfFile.segments} and {@link ElfFile.sections}.
 */
export function* sectionsInSegment(elf: ElfFile, segment: number): Generator<number, void> {
  const { sections } = elf;
  const { p_type, p_offset, p_vaddr, p_filesz, p_memsz } = elf.segments.rawAt(segment);
  for (let i = 0; i < sections.length; i += 1) {
    const type = sections.type(i);
    if (type === SHT_NULL) continue;
    const { sh_offset, sh_addr, sh_size } = sections.rawAt(i);
    const flags = sections.flags(i);
    const isTls = (flags & SHF_TLS) !== 0;
    const isTbss = isTls && type === SHT_NOBITS;
    if (!(isTls ? holdsTls(p_type, isTbss) : p_type !== PT_TLS)) continue;
    const isEmptyInDynamic = p_type === PT_DYNAMIC && p_memsz !== 0n && sh_size === 0n;
    if (type !== SHT_NOBITS) {
      if (!lies(sh_offset, sh_size, p_offset, p_filesz)) continue;
      if (isEmptyInDynamic && sh_offset === p_offset) continue;
    }
    if ((flags & SHF_ALLOC) !== 0) {
      // Thread-local zeros take up memory in PT_TLS only, and those are the only segments that they can lie in here.
      if (!lies(sh_addr, sh_size, p_vaddr, p_memsz)) continue;
      if (isEmptyInDynamic && sh_addr === p_vaddr) continue;
    }
    yield i;
  }
}

function holdsTls(type: number, isTbss: boolean): boolean {
  return type === PT_TLS || (!isTbss && (type === PT_LOAD || type === PT_GNU_RELRO));
}

/** Whether a part lies in a whole; an empty part does not lie at its end. */
function lies(start: bigint, size: bigint, wholeStart: bigint, wholeSize: bigint): boolean {
  const distance = start - wholeStart;
  return distance >= 0n && distance + (size === 0n ? 1n : size) <= wholeSize;
}
