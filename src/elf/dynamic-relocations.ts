// The relocations that a loader applies: where the dynamic table says they lie. gABI "Dynamic Section" (DT_REL, DT_RELA,
// DT_RELR, DT_JMPREL), llvm/BinaryFormat/DynamicTags.def of LLVM 22 (DT_CREL, those of Android and AArch64). Located and
// checked as llvm-readelf does it, in its words; Android's packed ones (DT_ANDROID_REL, DT_ANDROID_RELA) it does not look for.

import type { ByteView, FormatError } from '../bytes/index.ts';
import { MACHINES } from './constants/machine.ts';
import { SECTION_TYPES } from './constants/section.ts';
import * as tags from './dynamic-tags.ts';
import type { ElfDynamicTable } from './dynamic.ts';
import type { ElfFile } from './elf-file.ts';
import { isPackedRelocations, unpackRelocations } from './packed-relocations.ts';
import { ElfRelocationTable, relocationEntryLayout } from './relocation.ts';
import { isRelativeRelocations, unpackRelativeRelocations } from './relr.ts';
import type { ElfRelativeRelocations } from './relr.ts';
import { unpackedEntryLayout } from './unpacked-relocations.ts';

const { EM_AARCH64 } = MACHINES.values;
const { SHT_REL, SHT_RELA, SHT_RELR, SHT_CREL } = SECTION_TYPES.values;
const { SHT_ANDROID_REL, SHT_ANDROID_RELA, SHT_ANDROID_RELR } = SECTION_TYPES.values;
const SHT_AARCH64_AUTH_RELR = 0x70000004;

/** Dynamic tables have no section that is relocated; their symbols are the dynamic ones. */
const NO_LINKS = { link: 0, info: 0 };

/** A table of dynamic relocations. */
export interface ElfDynamicRelocations {
  /** The tag that tells its address: DT_RELA, DT_JMPREL … */
  readonly tag: number;
  /** How it is written, as the type that a section of such relocations has: SHT_RELA, SHT_RELR, SHT_CREL … */
  readonly type: number;
  /** Its address. */
  readonly address: bigint;
  /** Bytes; `undefined` for CREL, which tells its length itself. Rounded above 2^53. */
  readonly size: number | undefined;
  /** What the table says of the size of an entry (DT_RELAENT …); `undefined` if nothing. */
  readonly entrySize: number | undefined;
}

interface Kind {
  readonly name: string;
  readonly tag: number;
  readonly type: number;
  readonly sizeTag?: number;
  readonly entryTag?: number;
}

// In the order of llvm-readelf.
const KINDS: readonly Kind[] = [
  { name: 'DT_CREL', tag: tags.DT_CREL, type: SHT_CREL },
  { name: 'DT_RELA', tag: tags.DT_RELA, type: SHT_RELA, sizeTag: tags.DT_RELASZ, entryTag: tags.DT_RELAENT },
  { name: 'DT_REL', tag: tags.DT_REL, type: SHT_REL, sizeTag: tags.DT_RELSZ, entryTag: tags.DT_RELENT },
  { name: 'DT_RELR', tag: tags.DT_RELR, type: SHT_RELR, sizeTag: tags.DT_RELRSZ, entryTag: tags.DT_RELRENT },
  {
    name: 'DT_ANDROID_RELR',
    tag: tags.DT_ANDROID_RELR,
    type: SHT_ANDROID_RELR,
    sizeTag: tags.DT_ANDROID_RELRSZ,
    entryTag: tags.DT_ANDROID_RELRENT,
  },
  { name: 'DT_ANDROID_RELA', tag: tags.DT_ANDROID_RELA, type: SHT_ANDROID_RELA, sizeTag: tags.DT_ANDROID_RELASZ },
  { name: 'DT_ANDROID_REL', tag: tags.DT_ANDROID_REL, type: SHT_ANDROID_REL, sizeTag: tags.DT_ANDROID_RELSZ },
];

/** The numbers are other tags' on other machines. */
const AARCH64_KIND: Kind = {
  name: 'DT_AARCH64_AUTH_RELR',
  tag: tags.DT_AARCH64_AUTH_RELR,
  type: SHT_AARCH64_AUTH_RELR,
  sizeTag: tags.DT_AARCH64_AUTH_RELRSZ,
  entryTag: tags.DT_AARCH64_AUTH_RELRENT,
};

/**
 * The tables of dynamic relocations, one after the other, those of the procedure linkage table (DT_JMPREL) last. Tables
 * without a size are left out, but for CREL. Nothing is read; a linker may have put one table into another.
 */
export function* dynamicRelocations(elf: ElfFile, dynamic: ElfDynamicTable): Generator<ElfDynamicRelocations, void> {
  const kinds = elf.header.machine === EM_AARCH64 ? [...KINDS, AARCH64_KIND] : KINDS;
  for (const { tag, type, sizeTag, entryTag } of kinds) {
    const address = dynamic.find(tag);
    const size = sizeTag === undefined ? undefined : (dynamic.findNumber(sizeTag) ?? 0);
    if (address === undefined || size === 0) continue;
    yield { tag, type, address, size, entrySize: entryTag === undefined ? undefined : dynamic.findNumber(entryTag) };
  }
  const address = dynamic.find(tags.DT_JMPREL);
  const size = dynamic.findNumber(tags.DT_PLTRELSZ) ?? 0;
  if (address === undefined || size === 0) return;
  const format = dynamic.findNumber(tags.DT_PLTREL);
  // As in LLVM whatever is neither RELA nor CREL is taken for REL.
  const type = format === tags.DT_RELA ? SHT_RELA : format === tags.DT_CREL ? SHT_CREL : SHT_REL;
  const entrySize = undefined;
  yield { tag: tags.DT_JMPREL, type, address, size: type === SHT_CREL ? undefined : size, entrySize };
}

/**
 * Reads the bytes of a table of dynamic relocations: one read that is not kept. Those of CREL, whose length nothing tells,
 * go up to the end of the segment.
 *
 * @throws {@link FormatError} `out-of-bounds` if they lie in no segment or go past the end of the file, `limit-exceeded` past
 *   `Limits.blockBytes`.
 */
export function readDynamicRelocationBytes(elf: ElfFile, { address, size, tag }: ElfDynamicRelocations): ByteView {
  const { input, limits } = elf;
  const place = elf.segments.locate(address);
  const { offset } = place;
  if (size === undefined) {
    return input.view(offset, Math.min(place.length, limits.blockBytes), 'dynamic relocations');
  }
  if (size > input.length - offset) {
    const reason =
      `unable to read data at 0x${offset.toString(16)} of size 0x${size.toString(16)} (${sizeName(tag)} value): ` +
      `it goes past the end of the file of size 0x${input.length.toString(16)}`;
    throw input.error('out-of-bounds', reason, offset);
  }
  if (size > limits.blockBytes) {
    const reason = `dynamic relocations of ${size} bytes are more than the limits allow (${limits.blockBytes})`;
    throw input.error('limit-exceeded', reason, offset);
  }
  return input.view(offset, size, 'dynamic relocations');
}

function sizeName(tag: number): string {
  if (tag === tags.DT_JMPREL) return 'DT_PLTRELSZ';
  return `${[...KINDS, AARCH64_KIND].find((kind) => kind.tag === tag)?.name ?? 'the'}SZ`;
}

/**
 * Reads a table of dynamic relocations with symbols, of every type but relative ones: SHT_REL and SHT_RELA as they stand,
 * packed ones unpacked, as {@link ElfFile.relocationTable} does it for sections. As `sh_entsize` there, what DT_RELAENT says
 * does not count: the type tells the size of an entry. Symbols are those of the dynamic symbol table.
 *
 * @param onFault - As for {@link ElfFile.relocationTable}.
 * @throws {@link FormatError} as {@link readDynamicRelocationBytes}; `unsupported` for relative relocations, `bad-value` if
 *   the size is no multiple of that of an entry; for packed ones as {@link ElfFile.relocationTable}.
 */
export function readDynamicRelocations(
  elf: ElfFile,
  relocations: ElfDynamicRelocations,
  onFault?: (fault: FormatError) => void,
): ElfRelocationTable {
  const { type } = relocations;
  const bytes = readDynamicRelocationBytes(elf, relocations);
  if (isPackedRelocations(type)) {
    const { view, hasAddends, fault } = unpackRelocations(elf, bytes, type);
    if (fault !== undefined) {
      if (onFault === undefined) throw fault;
      onFault(fault);
    }
    const unpacked = unpackedEntryLayout(hasAddends);
    return new ElfRelocationTable(view, 0, view.length / unpacked.span, unpacked, NO_LINKS);
  }
  if (type !== SHT_RELA && type !== SHT_REL) {
    throw bytes.error('unsupported', 'relative relocations are no relocation table', 0);
  }
  const layout = relocationEntryLayout(elf.encoding, elf.header.machine, type === SHT_RELA);
  checkWhole(bytes, layout.span, relocations);
  return new ElfRelocationTable(bytes, 0, bytes.length / layout.span, layout, NO_LINKS);
}

/**
 * Reads a table of relative dynamic relocations (SHT_RELR, SHT_ANDROID_RELR, SHT_AARCH64_AUTH_RELR), as
 * {@link readRelativeRelocations} does it for sections.
 *
 * @throws {@link FormatError} as {@link readDynamicRelocationBytes}; `unsupported` for others, `bad-value` if the size is no
 *   multiple of a word, `limit-exceeded` past `Limits.relocations`.
 */
export function readDynamicRelativeRelocations(
  elf: ElfFile,
  relocations: ElfDynamicRelocations,
): ElfRelativeRelocations {
  const { encoding, header, limits } = elf;
  const bytes = readDynamicRelocationBytes(elf, relocations);
  if (!isRelativeRelocations(relocations.type, header.machine)) {
    throw bytes.error('unsupported', 'these dynamic relocations are not relative', 0);
  }
  checkWhole(bytes, encoding.layout.bits / 8, relocations);
  return unpackRelativeRelocations(bytes, encoding, limits);
}

function checkWhole(bytes: ByteView, span: number, { tag }: ElfDynamicRelocations): void {
  if (bytes.length % span === 0) return;
  throw bytes.error('bad-value', `invalid ${sizeName(tag)} value (0x${bytes.length.toString(16)})`, 0);
}
