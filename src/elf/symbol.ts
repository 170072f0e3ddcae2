// Symbol tables, SHT_SYMTAB and SHT_DYNSYM, with SHT_SYMTAB_SHNDX beside them: gABI "Symbol Table". One block of bytes
// with a column for each field. Symbol versions stand in version.ts.

import type { ByteView } from '../bytes/index.ts';
import { SHN_LORESERVE, SPECIAL_SECTIONS } from './constants/section.ts';
import { readHighHalf, readLowHalf, readWord } from './layout.ts';
import type { ElfEncoding } from './layout.ts';
import { LazyPart } from './lazy-part.ts';
import type { ElfStringTable } from './string-table.ts';

const { SHN_XINDEX } = SPECIAL_SECTIONS.values;

/** The fields of a symbol as stored. */
export interface RawElfSymbol {
  /** Where the name starts in the string table. */
  readonly st_name: number;
  /** Binding and type. */
  readonly st_info: number;
  /** Visibility and bits of the machine. */
  readonly st_other: number;
  /** Section number, or a special value. */
  readonly st_shndx: number;
  /** Address, offset in a section, or alignment. */
  readonly st_value: bigint;
  /** Bytes. */
  readonly st_size: bigint;
}

/** What a symbol table needs from the file around it. */
export interface ElfSymbolTableParts {
  readonly encoding: ElfEncoding;
  /** `sh_info`. */
  readonly localCount: number;
  readonly names: ElfStringTable;
  /** Reads the SHT_SYMTAB_SHNDX section of the table; `undefined` where it has none. */
  readonly readExtendedIndices: () => ByteView | undefined;
}

/**
 * The symbols of a table, as columns. Making one copies nothing.
 *
 * Symbols are numbered from 0, the null symbol. The columns take a number below {@link length}; another one is the
 * caller's error and gives a `RangeError`. Compare numbers that come out of a file first.
 */
export class ElfSymbolTable {
  /** Number of symbols, the null symbol included. */
  readonly length: number;
  /**
   * `sh_info`: how many symbols, from the first on, are local. Not checked: it may be above {@link length}, and a damaged
   * table may hold local symbols behind it or others before it.
   */
  readonly localCount: number;
  private readonly view: ByteView;
  private readonly data: DataView;
  private readonly encoding: ElfEncoding;
  private readonly littleEndian: boolean;
  private readonly entrySpan: number;
  private readonly infoAt: number;
  private readonly otherAt: number;
  private readonly sectionAt: number;
  private readonly names: ElfStringTable;
  private readonly extendedIndices: LazyPart<ByteView | undefined>;

  /**
   * @param view - The bytes of the section; a multiple of the size of a symbol.
   * @internal
   */
  constructor(view: ByteView, { encoding, localCount, names, readExtendedIndices }: ElfSymbolTableParts) {
    const { layout } = encoding;
    this.view = view;
    this.data = view.data;
    this.encoding = encoding;
    this.littleEndian = encoding.littleEndian;
    this.entrySpan = layout.symbolSize;
    this.infoAt = layout.st_info;
    this.otherAt = layout.st_other;
    this.sectionAt = layout.st_shndx;
    this.localCount = localCount;
    this.names = names;
    this.extendedIndices = new LazyPart(readExtendedIndices);
    this.length = view.length / this.entrySpan;
  }

  /**
   * The string table of the symbols; its last byte is NUL.
   *
   * @throws {@link FormatError} if it is damaged: `out-of-bounds` if `sh_link` names no section or the section leaves the
   *   file, `bad-value` if it is no string table, is empty, or does not end with NUL. Other columns stay readable.
   */
  get strings(): ByteView {
    return this.names.view;
  }

  /** `st_name`: where the name starts in {@link strings}. Not checked. */
  nameOffset(index: number): number {
    return this.data.getUint32(index * this.entrySpan, this.littleEndian);
  }

  /** `st_info`: binding and type. */
  info(index: number): number {
    return this.data.getUint8(index * this.entrySpan + this.infoAt);
  }

  /** `st_other`: visibility, and bits of the machine. */
  other(index: number): number {
    return this.data.getUint8(index * this.entrySpan + this.otherAt);
  }

  /** The binding; names in {@link SYMBOL_BINDINGS}. */
  binding(index: number): number {
    return this.info(index) >> 4;
  }

  /** The type; names in {@link SYMBOL_TYPES}. */
  type(index: number): number {
    return this.info(index) & 0xf;
  }

  /** The visibility; names in {@link SYMBOL_VISIBILITIES}. */
  visibility(index: number): number {
    return this.other(index) & 0x3;
  }

  /** `st_shndx` as stored; special values in {@link SPECIAL_SECTIONS}. */
  rawSectionIndex(index: number): number {
    return this.data.getUint16(index * this.entrySpan + this.sectionAt, this.littleEndian);
  }

  /**
   * The number of the section that the symbol is defined in: 0 for an undefined symbol, -1 for SHN_ABS, SHN_COMMON and
   * every other reserved value. Not compared with the number of sections.
   *
   * @throws {@link FormatError} only if `st_shndx` is SHN_XINDEX: `bad-value` if there is no SHT_SYMTAB_SHNDX section for
   *   the table, and whatever {@link ElfFile.sectionView} says of it; `bad-value` if it has not one entry for each symbol.
   */
  sectionIndex(index: number): number {
    const stored = this.rawSectionIndex(index);
    if (stored < SHN_LORESERVE) return stored;
    return stored === SHN_XINDEX ? this.extendedSectionIndex(index) : -1;
  }

  /** Whether there is a SHT_SYMTAB_SHNDX section for the table, and it is sound. */
  get hasExtendedIndices(): boolean {
    return this.extendedIndices.isSound && this.extendedIndices.value !== undefined;
  }

  private extendedSectionIndex(index: number): number {
    const indices = this.extendedIndices.value;
    if (indices === undefined) {
      const reason =
        `found an extended symbol index (${index}), but unable to locate the extended symbol index table ` +
        `(SHT_SYMTAB_SHNDX)`;
      throw this.view.error('bad-value', reason, index * this.entrySpan + this.sectionAt);
    }
    return indices.data.getUint32(index * 4, this.littleEndian);
  }

  /** `st_value`: an address, an offset in a section, or the alignment of a common symbol. */
  value(index: number): bigint {
    return readWord(this.data, index * this.entrySpan + this.encoding.layout.st_value, this.encoding);
  }

  /** The low 32 bits of `st_value`, for loops in which a bigint for each symbol is too dear. */
  valueLow(index: number): number {
    return readLowHalf(this.data, index * this.entrySpan + this.encoding.layout.st_value, this.encoding);
  }

  /** The high 32 bits of `st_value`; 0 in 32-bit files. */
  valueHigh(index: number): number {
    return readHighHalf(this.data, index * this.entrySpan + this.encoding.layout.st_value, this.encoding);
  }

  /** `st_size`: bytes, 0 where it has none or they are not known. */
  size(index: number): bigint {
    return readWord(this.data, index * this.entrySpan + this.encoding.layout.st_size, this.encoding);
  }

  /** The low 32 bits of `st_size`, as {@link valueLow}. */
  sizeLow(index: number): number {
    return readLowHalf(this.data, index * this.entrySpan + this.encoding.layout.st_size, this.encoding);
  }

  /** The high 32 bits of `st_size`; 0 in 32-bit files. */
  sizeHigh(index: number): number {
    return readHighHalf(this.data, index * this.entrySpan + this.encoding.layout.st_size, this.encoding);
  }

  /** Whether {@link name} gives a name, be it an empty one, instead of an error. */
  hasName(index: number): boolean {
    return this.names.has(this.nameOffset(index));
  }

  /**
   * The name as stored: empty for section symbols, which have the name of their section.
   *
   * @throws {@link FormatError} `out-of-bounds` if `st_name` is past the end of the string table, and as {@link strings}.
   */
  name(index: number): string {
    const offset = this.nameOffset(index);
    const { length } = this.strings;
    if (offset >= length) {
      const reason = `st_name (0x${offset.toString(16)}) is past the end of the string table of size 0x${length.toString(16)}`;
      throw this.view.error('out-of-bounds', reason, index * this.entrySpan);
    }
    return this.names.text(offset);
  }

  /**
   * What {@link name} gives, but of a name that is longer than a number of bytes only those and `…`: for who reads names of
   * many symbols, which a file may make the same bytes.
   *
   * @throws {@link FormatError} as {@link name}.
   */
  briefName(index: number, maxBytes: number): string {
    return this.hasName(index) ? this.names.head(this.nameOffset(index), maxBytes) : this.name(index);
  }

  /** Whether the symbol has a name that starts with these ASCII characters. Makes no string and never throws. */
  nameStartsWith(index: number, prefix: string): boolean {
    return this.names.startsWith(this.nameOffset(index), prefix);
  }

  /** Whether the symbol has this name, given as its bytes ({@link encodeName}). Makes no string and never throws. */
  nameEquals(index: number, name: Uint8Array): boolean {
    return this.names.equals(this.nameOffset(index), name);
  }

  /** Where the symbol stands, from the start of the file that holds the bytes. */
  entryOffset(index: number): number {
    return this.view.base + index * this.entrySpan;
  }

  /** One symbol as an object. */
  at(index: number): ElfSymbol {
    return new ElfSymbol(this, index);
  }
}

/** One symbol: a place in its table, whose columns are read when they are asked for. */
export class ElfSymbol {
  private readonly table: ElfSymbolTable;
  /** Its position in the table. */
  readonly index: number;

  /** @internal */
  constructor(table: ElfSymbolTable, index: number) {
    this.table = table;
    this.index = index;
  }

  /** The fields as stored; a new object each time. */
  get raw(): RawElfSymbol {
    const { table, index } = this;
    return {
      st_name: table.nameOffset(index),
      st_info: table.info(index),
      st_other: table.other(index),
      st_shndx: table.rawSectionIndex(index),
      st_value: table.value(index),
      st_size: table.size(index),
    };
  }

  /** The name. See {@link ElfSymbolTable.name} for the errors. */
  get name(): string {
    return this.table.name(this.index);
  }

  /** See {@link ElfSymbolTable.binding}. */
  get binding(): number {
    return this.table.binding(this.index);
  }

  /** See {@link ElfSymbolTable.type}. */
  get type(): number {
    return this.table.type(this.index);
  }

  /** See {@link ElfSymbolTable.visibility}. */
  get visibility(): number {
    return this.table.visibility(this.index);
  }

  /** See {@link ElfSymbolTable.sectionIndex}, also for the errors. */
  get sectionIndex(): number {
    return this.table.sectionIndex(this.index);
  }

  /** See {@link ElfSymbolTable.value}. */
  get value(): bigint {
    return this.table.value(this.index);
  }

  /** See {@link ElfSymbolTable.size}. */
  get size(): bigint {
    return this.table.size(this.index);
  }
}
