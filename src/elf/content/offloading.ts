// Code for other devices that clang puts into objects of the host: `.llvm.offloading`, SHT_LLVM_OFFLOADING; LLVM 15 and
// later. One or more files of the format that llvm/Object/OffloadBinary.h of LLVM 22 describes, version 1. Numbers are in
// the byte order of the computer that clang ran on; no version is above 0xffff, so its bytes tell.

import type { ByteView } from '../../bytes/index.ts';
import { SECTION_TYPES } from '../constants/section.ts';
import type { ElfFile } from '../elf-file.ts';
import { PointedStrings } from './pointed-strings.ts';
import { ReadBudget } from './read-budget.ts';

const { SHT_LLVM_OFFLOADING } = SECTION_TYPES.values;

const MAGIC = [0x10, 0xff, 0x10, 0xad];
const VERSION = 1;

/** Offsets in `OffloadBinary::Header`, and its size. */
const HEADER = { version: 4, size: 8, entryOffset: 16, entrySize: 24, span: 32 } as const;
/** Offsets in `OffloadBinary::Entry`, and its size. */
const ENTRY = {
  imageKind: 0,
  offloadKind: 2,
  flags: 4,
  stringOffset: 8,
  numStrings: 16,
  imageOffset: 24,
  imageSize: 32,
  span: 40,
} as const;
/** Offsets in `OffloadBinary::StringEntry`, and its size. */
const STRING_ENTRY = { keyOffset: 0, valueOffset: 8, span: 16 } as const;

/** What kind of image it is, by number. */
export const OFFLOAD_IMAGE_KINDS: readonly string[] = [
  'none',
  'object',
  'bitcode',
  'cubin',
  'fatbinary',
  'ptx',
  'spirv',
];

/** Code for one device. */
export interface ElfOffloadBinary {
  /** Offset of the binary from the start of its section. */
  readonly offset: number;
  /** Bytes of the binary. */
  readonly size: number;
  /** Index in {@link OFFLOAD_IMAGE_KINDS}; larger ones are younger than LLVM 22. */
  readonly imageKind: number;
  /** The producer, one bit: 1 OpenMP, 2 CUDA, 4 HIP, 8 SYCL. */
  readonly offloadKind: number;
  /** Flags; LLVM 22 writes none. */
  readonly flags: number;
  /** Pairs such as `triple` and `arch`, in the order of the file. */
  readonly strings: ReadonlyMap<string, string>;
  /** The code: a window of the section. */
  readonly image: ByteView;
}

/**
 * The device code in a section, as LLVM 15 to 22 write it. `ld -r` puts several binaries together.
 *
 * @throws {@link FormatError} as {@link ElfFile.sectionView}; `bad-value` if the section is none, `bad-magic` if something
 *   else stands where a binary shall start, `unsupported` for versions other than 1, `truncated` or `out-of-bounds` if a
 *   part leaves its binary, `limit-exceeded` past `Limits.listElements` or if too many strings share the same bytes. The
 *   size of a damaged binary is not trusted: the iteration ends.
 */
export function* offloadBinaries(file: ElfFile, index: number): Generator<ElfOffloadBinary, void, undefined> {
  file.expectType(index, SHT_LLVM_OFFLOADING);
  const view = file.sectionView(index);
  const context = { budget: new ReadBudget(view), limit: file.limits.listElements };
  let offset = 0;
  while (offset < view.length) {
    const binary = readBinary(view, offset, context);
    yield binary;
    // At least the header, so that it advances.
    offset += binary.size;
  }
}

/** What bounds the strings of binaries: together, and those of each. */
interface StringsContext {
  readonly budget: ReadBudget;
  readonly limit: number;
}

function readBinary(section: ByteView, offset: number, context: StringsContext): ElfOffloadBinary {
  const remaining = section.length - offset;
  if (remaining < HEADER.span) {
    throw section.error(
      'truncated',
      `an offload binary needs a header of ${HEADER.span} bytes but ${remaining} remain`,
      offset,
    );
  }
  const header = section.part(offset, HEADER.span, 'the header of an offload binary');
  if (MAGIC.some((byte, i) => header.bytes[i] !== byte)) {
    throw section.error('bad-magic', 'no offload binary starts here', offset);
  }
  const littleEndian = header.data.getUint32(HEADER.version, true) < 0x10000;
  const version = header.data.getUint32(HEADER.version, littleEndian);
  if (version !== VERSION) {
    throw section.error(
      'unsupported',
      `offload binary of version ${version}; version 1 is read`,
      offset + HEADER.version,
    );
  }
  const size = Number(header.data.getBigUint64(HEADER.size, littleEndian));
  if (!(size >= HEADER.span && size <= remaining)) {
    throw section.error(
      'out-of-bounds',
      `an offload binary of ${size} bytes, but ${remaining} remain`,
      offset + HEADER.size,
    );
  }
  const view = section.part(offset, size, 'an offload binary');
  const entryOffset = Number(header.data.getBigUint64(HEADER.entryOffset, littleEndian));
  const { data } = view.part(entryOffset, ENTRY.span, 'the entry of an offload binary');
  const word = (at: number): number => Number(data.getBigUint64(at, littleEndian));
  return {
    offset,
    size,
    imageKind: data.getUint16(ENTRY.imageKind, littleEndian),
    offloadKind: data.getUint16(ENTRY.offloadKind, littleEndian),
    flags: data.getUint32(ENTRY.flags, littleEndian),
    strings: readStrings(view, context, word(ENTRY.stringOffset), word(ENTRY.numStrings), littleEndian),
    image: view.part(word(ENTRY.imageOffset), word(ENTRY.imageSize), 'the image of an offload binary'),
  };
}

function readStrings(
  view: ByteView,
  { budget, limit }: StringsContext,
  start: number,
  count: number,
  littleEndian: boolean,
): ReadonlyMap<string, string> {
  const remaining = Math.max(0, view.length - start);
  if (count > remaining / STRING_ENTRY.span) {
    const reason = `${count} strings of an offload binary do not fit the ${remaining} bytes behind 0x${start.toString(16)}`;
    throw view.error('out-of-bounds', reason, 0);
  }
  if (count > limit) {
    throw view.error('limit-exceeded', `${count} strings are more than the limits allow (${limit})`, 0);
  }
  const { data } = view.part(start, count * STRING_ENTRY.span, 'the strings of an offload binary');
  const text = new PointedStrings(view, budget);
  const strings = new Map<string, string>();
  for (let i = 0; i < count; i += 1) {
    const at = i * STRING_ENTRY.span;
    const key = Number(data.getBigUint64(at + STRING_ENTRY.keyOffset, littleEndian));
    const value = Number(data.getBigUint64(at + STRING_ENTRY.valueOffset, littleEndian));
    strings.set(text.at(key, 'a key of an offload binary'), text.at(value, 'a value of an offload binary'));
  }
  return strings;
}
