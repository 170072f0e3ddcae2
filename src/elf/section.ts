// Section headers: gABI "Sections". One block of bytes with a column for each field. Names lie in the string table that
// e_shstrndx names; the block and that table can be damaged apart from each other.

import type { ByteView } from '../bytes/index.ts';
import { SECTION_TYPES } from './constants/section.ts';
import { readLowHalf, readWord, readWordAsNumber, SH_TYPE } from './layout.ts';
import type { ElfEncoding, ElfLayout } from './layout.ts';
import type { ElfStringTable } from './string-table.ts';

const { SHT_NULL, SHT_NOBITS } = SECTION_TYPES.values;

/** The fields of a section header as stored. */
export interface RawElfSection {
  /** Where the name starts in the section name string table. */
  readonly sh_name: number;
  /** Kind of section. */
  readonly sh_type: number;
  /** Flags. */
  readonly sh_flags: bigint;
  /** Address in memory; 0 in relocatable files. */
  readonly sh_addr: bigint;
  /** Where the bytes stand. */
  readonly sh_offset: bigint;
  /** Bytes. */
  readonly sh_size: bigint;
  /** A section number whose meaning depends on the type. */
  readonly sh_link: number;
  /** A number whose meaning depends on the type. */
  readonly sh_info: number;
  /** Alignment in memory; 0 and 1 ask for none. */
  readonly sh_addralign: bigint;
  /** Bytes of an entry, in tables. */
  readonly sh_entsize: bigint;
}

/**
 * The section headers of a file, as columns. Making one copies nothing.
 *
 * Sections are numbered from 0, the null section. The columns take a number below {@link length}; another one is the
 * caller's error and gives a `RangeError`. Compare numbers that come out of a file (`sh_link`, a symbol's section) first.
 */
export class ElfSectionTable {
  /** Number of sections, the null section included; 0 if the file has no section headers. */
  readonly length: number;
  private readonly view: ByteView;
  private readonly data: DataView;
  private readonly encoding: ElfEncoding;
  private readonly layout: ElfLayout;
  private readonly littleEndian: boolean;
  private readonly entrySpan: number;
  private readonly firstHeaderOffset: number;
  private readonly fileSize: number;
  private readonly names: ElfStringTable;

  /**
   * @param view - The section headers; a multiple of their size.
   * @param firstHeaderOffset - Where they start, from the start of the ELF file.
   * @param fileSize - Bytes of the ELF file.
   * @param names - The table that `sh_name` points into.
   * @internal
   */
  constructor(
    view: ByteView,
    encoding: ElfEncoding,
    firstHeaderOffset: number,
    fileSize: number,
    names: ElfStringTable,
  ) {
    this.view = view;
    this.data = view.data;
    this.encoding = encoding;
    this.layout = encoding.layout;
    this.littleEndian = encoding.littleEndian;
    this.entrySpan = encoding.layout.sectionHeaderSize;
    this.firstHeaderOffset = firstHeaderOffset;
    this.fileSize = fileSize;
    this.names = names;
    this.length = view.length / this.entrySpan;
  }

  /** `sh_name`: where the name starts in the section name string table. */
  nameOffset(index: number): number {
    return this.data.getUint32(index * this.entrySpan, this.littleEndian);
  }

  /** `sh_type`; `describeSectionType` of `ltoscope/elf/constants` has its name. */
  type(index: number): number {
    return this.data.getUint32(index * this.entrySpan + SH_TYPE, this.littleEndian);
  }

  /** The low 32 bits of `sh_flags`, where all bits lie that have a meaning. */
  flags(index: number): number {
    return readLowHalf(this.data, index * this.entrySpan + this.layout.sh_flags, this.encoding);
  }

  /** `sh_offset`, from the start of the ELF file. Rounded above 2^53. */
  offset(index: number): number {
    return readWordAsNumber(this.data, index * this.entrySpan + this.layout.sh_offset, this.encoding);
  }

  /** `sh_size`: bytes in the file, or in memory for SHT_NOBITS. Rounded above 2^53. */
  size(index: number): number {
    return readWordAsNumber(this.data, index * this.entrySpan + this.layout.sh_size, this.encoding);
  }

  /** `sh_link`: a section number whose meaning depends on the type. Not checked. */
  link(index: number): number {
    return this.data.getUint32(index * this.entrySpan + this.layout.sh_link, this.littleEndian);
  }

  /** `sh_info`, whose meaning depends on the type. Not checked. */
  info(index: number): number {
    return this.data.getUint32(index * this.entrySpan + this.layout.sh_info, this.littleEndian);
  }

  /** `sh_addralign`: alignment in memory; 0 and 1 ask for none. Rounded above 2^53. */
  alignment(index: number): number {
    return readWordAsNumber(this.data, index * this.entrySpan + this.layout.sh_addralign, this.encoding);
  }

  /** `sh_entsize`: bytes of an entry in sections that are tables. Rounded above 2^53. */
  entrySize(index: number): number {
    return readWordAsNumber(this.data, index * this.entrySpan + this.layout.sh_entsize, this.encoding);
  }

  /** Where the section's header stands, from the start of the ELF file. */
  headerOffset(index: number): number {
    return this.firstHeaderOffset + index * this.entrySpan;
  }

  /** Whether the section has bytes in the file, in or out of its bounds: neither SHT_NULL nor SHT_NOBITS. */
  hasContent(index: number): boolean {
    const type = this.type(index);
    return type !== SHT_NULL && type !== SHT_NOBITS;
  }

  /** Whether the bytes of the section lie within the file. A section without bytes does. */
  isInFile(index: number): boolean {
    if (!this.hasContent(index)) return true;
    const offset = this.offset(index);
    return offset <= this.fileSize && this.size(index) <= this.fileSize - offset;
  }

  /** Whether the section name string table is there and sound. */
  get hasNames(): boolean {
    return this.names.has(0);
  }

  /** Whether {@link name} gives a name instead of an error. */
  hasName(index: number): boolean {
    const offset = this.nameOffset(index);
    return offset === 0 || this.names.has(offset);
  }

  /**
   * The name. An `sh_name` of 0 is the empty name, also in files without names.
   *
   * @throws {@link FormatError} if the section name string table is damaged (whatever {@link ElfFile.symbolTable} says of
   *   string tables) or `out-of-bounds` if it is too short for this name.
   */
  name(index: number): string {
    const offset = this.nameOffset(index);
    if (offset === 0) return '';
    const { length } = this.names.view;
    if (offset >= length) {
      const reason =
        `a section [index ${index}] has an invalid sh_name (0x${offset.toString(16)}) offset which goes past the end ` +
        `of the section name string table`;
      throw this.view.error('out-of-bounds', reason, index * this.entrySpan);
    }
    return this.names.text(offset);
  }

  /** Whether the section has a name that starts with these ASCII characters. Makes no string. */
  nameStartsWith(index: number, prefix: string): boolean {
    const offset = this.nameOffset(index);
    return offset !== 0 && this.names.startsWith(offset, prefix);
  }

  /** The name, or `[index N]` where it is empty, cannot be read, or no such section exists. Never throws. */
  describe(index: number): string {
    const name = index < this.length && this.hasName(index) ? this.name(index) : '';
    return name === '' ? `[index ${index}]` : name;
  }

  /**
   * What {@link describe} says, but of a name that is longer than a number of bytes only those and `…`: for who describes
   * many sections, whose names a file may make the same bytes. Never throws.
   */
  describeBriefly(index: number, maxBytes: number): string {
    const offset = index < this.length ? this.nameOffset(index) : 0;
    const name = offset !== 0 && this.names.has(offset) ? this.names.head(offset, maxBytes) : '';
    return name === '' ? `[index ${index}]` : name;
  }

  /** One section as an object. */
  at(index: number): ElfSection {
    return new ElfSection(this, index);
  }

  /** The fields of one header as stored. */
  rawAt(index: number): RawElfSection {
    const { data, encoding, layout, littleEndian } = this;
    const start = index * this.entrySpan;
    return {
      sh_name: data.getUint32(start, littleEndian),
      sh_type: data.getUint32(start + SH_TYPE, littleEndian),
      sh_flags: readWord(data, start + layout.sh_flags, encoding),
      sh_addr: readWord(data, start + layout.sh_addr, encoding),
      sh_offset: readWord(data, start + layout.sh_offset, encoding),
      sh_size: readWord(data, start + layout.sh_size, encoding),
      sh_link: data.getUint32(start + layout.sh_link, littleEndian),
      sh_info: data.getUint32(start + layout.sh_info, littleEndian),
      sh_addralign: readWord(data, start + layout.sh_addralign, encoding),
      sh_entsize: readWord(data, start + layout.sh_entsize, encoding),
    };
  }
}

/** One section header. */
export class ElfSection {
  private readonly table: ElfSectionTable;
  /** Its section number. */
  readonly index: number;
  /** The fields as stored. */
  readonly raw: RawElfSection;

  /** @internal */
  constructor(table: ElfSectionTable, index: number) {
    this.table = table;
    this.index = index;
    this.raw = table.rawAt(index);
  }

  /** The name. See {@link ElfSectionTable.name} for the errors. */
  get name(): string {
    return this.table.name(this.index);
  }

  /** `sh_type`; `describeSectionType` of `ltoscope/elf/constants` has its name. */
  get type(): number {
    return this.raw.sh_type;
  }

  /** See {@link ElfSectionTable.flags}. */
  get flags(): number {
    return this.table.flags(this.index);
  }

  /** See {@link ElfSectionTable.offset}. */
  get offset(): number {
    return this.table.offset(this.index);
  }

  /** See {@link ElfSectionTable.size}. */
  get size(): number {
    return this.table.size(this.index);
  }

  /** `sh_addr`. */
  get address(): bigint {
    return this.raw.sh_addr;
  }
}
