// The dynamic table, PT_DYNAMIC and SHT_DYNAMIC: gABI "Dynamic Section". Pairs of words, tag and value, up to DT_NULL. It
// is found and bounded as llvm-readelf of LLVM 22 does it (tools/llvm-readobj/ELFDumper.cpp), in its words, also in files
// whose section headers are damaged or stripped. What the entries point to has files of its own: dynamic-symbols.ts,
// dynamic-relocations.ts, hash.ts, gnu-hash.ts, version.ts.

import { FormatError } from '../bytes/index.ts';
import type { ByteView } from '../bytes/index.ts';
import { SECTION_TYPES } from './constants/section.ts';
import { DT_NEEDED, DT_NULL, DT_SONAME, DT_STRSZ, DT_STRTAB } from './dynamic-tags.ts';
import type { ElfFile } from './elf-file.ts';
import { readWord, readWordAsNumber } from './layout.ts';
import type { ElfEncoding } from './layout.ts';
import { isOnlyInMemory, readSegment } from './segment-content.ts';
import { ElfStringTable } from './string-table.ts';

const { SHT_DYNAMIC, SHT_DYNSYM } = SECTION_TYPES.values;

const PT_DYNAMIC = 2;

/**
 * Reads the dynamic table: that of the first PT_DYNAMIC segment, or where that is damaged or absent that of the first
 * SHT_DYNAMIC section.
 *
 * @returns `undefined` if the file has neither: it is not dynamically linked, or its bytes stand in another file, as with
 *   debugging information that was split off.
 * @throws {@link FormatError} `out-of-bounds` if the table does not lie within the file, `bad-value` if it is empty or no
 *   multiple of an entry, `limit-exceeded` past `Limits.blockBytes`.
 * @see gABI, "Dynamic Section".
 * @example
 * const dynamic = readDynamicTable(openElf(bytes));
 * for (const library of dynamic?.neededLibraries() ?? []) console.log(library);
 */
export function readDynamicTable(elf: ElfFile): ElfDynamicTable | undefined {
  const span = entrySpan(elf.encoding);
  let damage: FormatError | undefined;
  try {
    const segment = elf.segments.find(PT_DYNAMIC);
    if (segment !== undefined && !isOnlyInMemory(elf.segments, segment)) {
      return new ElfDynamicTable(elf, checkSize(readDynamicSegment(elf, segment), span, 'PT_DYNAMIC size'));
    }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    damage = error;
  }
  const section = firstSectionOfType(elf, SHT_DYNAMIC);
  if (section === undefined) {
    if (damage !== undefined) throw damage;
    return undefined;
  }
  return new ElfDynamicTable(elf, checkSize(elf.sectionView(section), span, 'SHT_DYNAMIC size'));
}

function readDynamicSegment(elf: ElfFile, index: number): ByteView {
  const { segments } = elf;
  if (segments.isInFile(index)) return readSegment(elf, index);
  const { p_offset, p_filesz } = segments.rawAt(index);
  const reason =
    `PT_DYNAMIC segment offset (0x${p_offset.toString(16)}) + file size (0x${p_filesz.toString(16)}) exceeds the size ` +
    `of the file (0x${elf.input.length.toString(16)})`;
  throw elf.input.error('out-of-bounds', reason, segments.headerOffset(index));
}

function checkSize(view: ByteView, span: number, what: string): ByteView {
  if (view.length > 0 && view.length % span === 0) return view;
  const reason = `no valid dynamic table was found: invalid ${what} (0x${view.length.toString(16)})`;
  throw view.error('bad-value', reason, 0);
}

function entrySpan({ layout }: ElfEncoding): number {
  return layout.bits / 4;
}

/** Runs a reader of a part that may be damaged without harm to the caller. */
export function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

/** The first section of a type; `undefined` if there is none or the section headers are damaged. */
export function firstSectionOfType(elf: ElfFile, type: number): number | undefined {
  const sections = orUndefined(() => elf.sections);
  if (sections === undefined) return undefined;
  for (let i = 1; i < sections.length; i += 1) if (sections.type(i) === type) return i;
  return undefined;
}

/** The fields of an entry as stored. */
export interface RawElfDynamicEntry {
  /** What the value is. */
  readonly d_tag: bigint;
  /** `d_un`: an address, an offset or a number. */
  readonly d_val: bigint;
}

/** One entry of a dynamic table. */
export interface ElfDynamicEntry {
  /** Its position in the table. */
  readonly index: number;
  /** See {@link ElfDynamicTable.tag}. */
  readonly tag: number;
  /** See {@link ElfDynamicTable.value}. */
  readonly value: bigint;
  /** The fields as stored. */
  readonly raw: RawElfDynamicEntry;
}

/**
 * The entries of a dynamic table, as columns. Making one copies nothing.
 *
 * The columns take a number below {@link length}; another one is the caller's error and gives a `RangeError`.
 */
export class ElfDynamicTable {
  /** Number of entries, the first DT_NULL included; what stands behind it does not count. */
  readonly length: number;
  private readonly elf: ElfFile;
  private readonly view: ByteView;
  private readonly data: DataView;
  private readonly encoding: ElfEncoding;
  private readonly entrySpan: number;
  private readonly names: ElfStringTable;

  /**
   * @param view - The bytes of the table; a multiple of the size of an entry.
   * @internal
   */
  constructor(elf: ElfFile, view: ByteView) {
    this.elf = elf;
    this.view = view;
    this.data = view.data;
    this.encoding = elf.encoding;
    this.entrySpan = entrySpan(elf.encoding);
    const capacity = view.length / this.entrySpan;
    let length = 0;
    while (length < capacity && this.tag(length) !== DT_NULL) length += 1;
    // As in LLVM, a table without DT_NULL ends where its bytes do.
    this.length = Math.min(length + 1, capacity);
    this.names = new ElfStringTable(() => readStrings(elf, this));
  }

  /** `d_tag`. Rounded above 2^53. */
  tag(index: number): number {
    return readWordAsNumber(this.data, index * this.entrySpan, this.encoding);
  }

  /** `d_val` or `d_ptr`, as the tag says: an address, an offset in {@link strings}, or a number. */
  value(index: number): bigint {
    return readWord(this.data, index * this.entrySpan + this.entrySpan / 2, this.encoding);
  }

  /** Where the entry stands, from the start of the file that holds the bytes. */
  entryOffset(index: number): number {
    return this.view.base + index * this.entrySpan;
  }

  /** One entry as an object. */
  at(index: number): ElfDynamicEntry {
    const value = this.value(index);
    const d_tag = readWord(this.data, index * this.entrySpan, this.encoding);
    return { index, tag: this.tag(index), value, raw: { d_tag, d_val: value } };
  }

  /**
   * The value of a tag; `undefined` if no entry has it. Of several entries the last counts, as for LLVM and loaders. Costs a
   * pass over the table.
   */
  find(tag: number): bigint | undefined {
    for (let i = this.length - 1; i >= 0; i -= 1) if (this.tag(i) === tag) return this.value(i);
    return undefined;
  }

  /** As {@link find}, for sizes and counts: rounded above 2^53. */
  findNumber(tag: number): number | undefined {
    const value = this.find(tag);
    return value === undefined ? undefined : Number(value);
  }

  /**
   * The strings that the table refers to, at DT_STRTAB; its last byte is NUL. Where that entry is absent or damaged, the
   * string table of the first SHT_DYNSYM section, as in LLVM.
   *
   * @throws {@link FormatError} `out-of-bounds` if it lies in no segment or goes past the end of the file, `bad-value` if
   *   there is none, or it is empty or does not end with NUL.
   */
  get strings(): ByteView {
    return this.names.view;
  }

  /** @internal */
  get stringTable(): ElfStringTable {
    return this.names;
  }

  /**
   * The string that an entry's value points to. Only some tags have one (DT_NEEDED, DT_SONAME, DT_RPATH, DT_RUNPATH,
   * DT_AUXILIARY, DT_FILTER, DT_USED and a few more).
   *
   * @throws {@link FormatError} as {@link strings}; `out-of-bounds` if the value is past the end of them.
   */
  text(index: number): string {
    const { base, length } = this.strings;
    const value = this.value(index);
    if (value < length) return this.names.text(Number(value));
    const start = base - this.elf.input.base;
    const reason =
      `string table at offset 0x${start.toString(16)}: unable to read the string at 0x${(BigInt(start) + value).toString(16)}` +
      `: it goes past the end of the table (0x${(start + length).toString(16)})`;
    throw this.view.error('out-of-bounds', reason, index * this.entrySpan + this.entrySpan / 2);
  }

  /** The strings of all entries with a tag, DT_NEEDED say, one after the other. See {@link text} for the errors. */
  *texts(tag: number): Generator<string, void> {
    for (let i = 0; i < this.length; i += 1) if (this.tag(i) === tag) yield this.text(i);
  }

  /** The string of the last entry with a tag; `undefined` if no entry has it. See {@link text} for the errors. */
  textOf(tag: number): string | undefined {
    for (let i = this.length - 1; i >= 0; i -= 1) if (this.tag(i) === tag) return this.text(i);
    return undefined;
  }

  /** The names of the libraries that the file needs (DT_NEEDED), in their order. See {@link text} for the errors. */
  neededLibraries(): Generator<string, void> {
    return this.texts(DT_NEEDED);
  }

  /** The name that the library gives itself (DT_SONAME); `undefined` if it has none. See {@link text} for the errors. */
  get soname(): string | undefined {
    return this.textOf(DT_SONAME);
  }

  /**
   * Finds the bytes of the file that a tag's address stands for, as {@link ElfSegmentTable.locate} does.
   *
   * @param name - Name of the tag for the message.
   * @returns `undefined` if no entry has the tag.
   * @throws {@link FormatError} as {@link ElfFile.segments} and {@link ElfSegmentTable.locate}.
   */
  locate(tag: number, name: string): { readonly offset: number; readonly length: number } | undefined {
    const address = this.find(tag);
    if (address === undefined) return undefined;
    try {
      return this.elf.segments.locate(address);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      const { code, reason, location } = error;
      throw new FormatError(code, `unable to parse ${name}: ${reason}`, location, { cause: error });
    }
  }
}

function readStrings(elf: ElfFile, table: ElfDynamicTable): ByteView {
  let damage: FormatError | undefined;
  try {
    const view = readDynamicStrings(elf, table);
    if (view !== undefined) return view;
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    damage = error;
  }
  const symbols = firstSectionOfType(elf, SHT_DYNSYM);
  if (symbols !== undefined) return elf.readStringTable(elf.sections.link(symbols));
  throw damage ?? elf.input.error('bad-value', 'string table was not found', 0);
}

function readDynamicStrings(elf: ElfFile, table: ElfDynamicTable): ByteView | undefined {
  const { input, limits } = elf;
  const offset = table.locate(DT_STRTAB, 'DT_STRTAB')?.offset;
  if (offset === undefined) return undefined;
  const size = table.findNumber(DT_STRSZ) ?? 0;
  const where = `string table at offset 0x${offset.toString(16)}`;
  if (size > input.length - offset) {
    const reason =
      `the dynamic string table at 0x${offset.toString(16)} goes past the end of the file ` +
      `(0x${input.length.toString(16)}) with DT_STRSZ = 0x${size.toString(16)}`;
    throw input.error('out-of-bounds', reason, offset);
  }
  if (size > limits.blockBytes) {
    const reason = `the dynamic string table of ${size} bytes is more than the limits allow (${limits.blockBytes})`;
    throw input.error('limit-exceeded', reason, offset);
  }
  if (size === 0) throw input.error('bad-value', `${where} is empty`, offset);
  const view = input.view(offset, size, 'the dynamic string table');
  if (view.bytes[size - 1] === 0) return view;
  throw view.error('bad-value', `${where}: the string table is not null-terminated`, size - 1);
}
