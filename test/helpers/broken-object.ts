// Objects whose fields can be broken one by one, by name: each field of the header, of section headers, symbols,
// relocations and groups, and any byte of a section. Reads what it needs by itself, so that a fault of the reader under
// test cannot hide; the object that it starts from must be sound.

export type HeaderField = keyof typeof HEADER_64;
export type SectionField = keyof typeof SECTION_64;
export type SymbolField = keyof typeof SYMBOL_64;
export type RelocationField = 'r_offset' | 'r_info' | 'r_addend';

/** Where a field stands in its structure, and how many bytes it has. */
type Place = readonly [offset: number, size: number];

const HEADER_64 = {
  e_type: [16, 2],
  e_machine: [18, 2],
  e_version: [20, 4],
  e_entry: [24, 8],
  e_phoff: [32, 8],
  e_shoff: [40, 8],
  e_flags: [48, 4],
  e_ehsize: [52, 2],
  e_phentsize: [54, 2],
  e_phnum: [56, 2],
  e_shentsize: [58, 2],
  e_shnum: [60, 2],
  e_shstrndx: [62, 2],
} as const satisfies Record<string, Place>;

const HEADER_32: Record<HeaderField, Place> = {
  e_type: [16, 2],
  e_machine: [18, 2],
  e_version: [20, 4],
  e_entry: [24, 4],
  e_phoff: [28, 4],
  e_shoff: [32, 4],
  e_flags: [36, 4],
  e_ehsize: [40, 2],
  e_phentsize: [42, 2],
  e_phnum: [44, 2],
  e_shentsize: [46, 2],
  e_shnum: [48, 2],
  e_shstrndx: [50, 2],
};

const SECTION_64 = {
  sh_name: [0, 4],
  sh_type: [4, 4],
  sh_flags: [8, 8],
  sh_addr: [16, 8],
  sh_offset: [24, 8],
  sh_size: [32, 8],
  sh_link: [40, 4],
  sh_info: [44, 4],
  sh_addralign: [48, 8],
  sh_entsize: [56, 8],
} as const satisfies Record<string, Place>;

const SECTION_32: Record<SectionField, Place> = {
  sh_name: [0, 4],
  sh_type: [4, 4],
  sh_flags: [8, 4],
  sh_addr: [12, 4],
  sh_offset: [16, 4],
  sh_size: [20, 4],
  sh_link: [24, 4],
  sh_info: [28, 4],
  sh_addralign: [32, 4],
  sh_entsize: [36, 4],
};

const SYMBOL_64 = {
  st_name: [0, 4],
  st_info: [4, 1],
  st_other: [5, 1],
  st_shndx: [6, 2],
  st_value: [8, 8],
  st_size: [16, 8],
} as const satisfies Record<string, Place>;

const SYMBOL_32: Record<SymbolField, Place> = {
  st_name: [0, 4],
  st_value: [4, 4],
  st_size: [8, 4],
  st_info: [12, 1],
  st_other: [13, 1],
  st_shndx: [14, 2],
};

/** What a class defines: fields, and bytes of one header, symbol, address. */
const CLASSES = {
  32: { header: HEADER_32, section: SECTION_32, symbol: SYMBOL_32, sectionSize: 40, symbolSize: 16, word: 4 },
  64: { header: HEADER_64, section: SECTION_64, symbol: SYMBOL_64, sectionSize: 64, symbolSize: 24, word: 8 },
} as const;

const [EI_CLASS, EI_DATA] = [4, 5] as const;
const [SHT_SYMTAB, SHT_STRTAB, SHT_RELA, SHT_NOBITS, SHT_REL] = [2, 3, 4, 8, 9] as const;
const [STT_SECTION, SHN_LORESERVE] = [3, 0xff00] as const;

/** A section that is added: fields that are absent are 0, the alignment 1. */
export interface AddedSection extends Partial<Record<SectionField, number | bigint>> {
  readonly name: string;
  readonly data?: Uint8Array;
}

/** An object in memory, changed in place. Sections and symbols go by name or number. */
export class BrokenObject {
  readonly bits: 32 | 64;
  readonly littleEndian: boolean;
  private content: Uint8Array;
  /** Where the section headers stand, and how many there are, whatever the header says by now. */
  private headersOffset: number;
  private headerCount: number;
  private names: string[];
  /** Symbols by name, the name of a section for a section symbol. */
  private readonly symbolNames: string[];
  private readonly symbolsOffset: number;

  /** @param bytes - A sound object; copied. */
  constructor(bytes: Uint8Array) {
    this.content = Uint8Array.from(bytes);
    this.bits = bytes[EI_CLASS] === 2 ? 64 : 32;
    this.littleEndian = bytes[EI_DATA] === 1;
    this.headersOffset = this.header('e_shoff');
    this.headerCount = this.header('e_shnum');
    const table = this.header('e_shstrndx');
    const indices = Array.from({ length: this.headerCount }, (_, index) => index);
    this.names = indices.map((index) => this.textAt(table, this.section(index, 'sh_name')));
    const symtab = indices.find((index) => this.section(index, 'sh_type') === SHT_SYMTAB);
    this.symbolsOffset = symtab === undefined ? 0 : this.section(symtab, 'sh_offset');
    const count = symtab === undefined ? 0 : this.section(symtab, 'sh_size') / this.layout.symbolSize;
    const strings = symtab === undefined ? 0 : this.section(symtab, 'sh_link');
    this.symbolNames = Array.from({ length: count }, (_, index) => {
      const section = this.symbol(index, 'st_shndx');
      const isSection = (this.symbol(index, 'st_info') & 15) === STT_SECTION && section < SHN_LORESERVE;
      return isSection ? (this.names[section] as string) : this.textAt(strings, this.symbol(index, 'st_name'));
    });
  }

  /** The bytes as they are now; a copy. */
  get bytes(): Uint8Array {
    return Uint8Array.from(this.content);
  }

  get sectionCount(): number {
    return this.headerCount;
  }

  get symbolCount(): number {
    return this.symbolNames.length;
  }

  /** Names of the sections, by number. */
  get sectionNames(): readonly string[] {
    return this.names;
  }

  private get layout() {
    return CLASSES[this.bits];
  }

  private get view(): DataView {
    return new DataView(this.content.buffer);
  }

  private textAt(table: number, offset: number): string {
    const start = this.section(table, 'sh_offset') + offset;
    return new TextDecoder('latin1').decode(this.content.subarray(start, this.content.indexOf(0, start)));
  }

  private read(at: number, size: number): number {
    const { view, littleEndian } = this;
    if (size === 1) return view.getUint8(at);
    if (size === 2) return view.getUint16(at, littleEndian);
    return size === 4 ? view.getUint32(at, littleEndian) : Number(view.getBigUint64(at, littleEndian));
  }

  private write(at: number, size: number, value: number | bigint): this {
    const { view, littleEndian } = this;
    if (size === 1) view.setUint8(at, Number(value));
    else if (size === 2) view.setUint16(at, Number(value), littleEndian);
    else if (size === 4) view.setUint32(at, Number(BigInt.asUintN(32, BigInt(value))), littleEndian);
    else view.setBigUint64(at, BigInt.asUintN(64, BigInt(value)), littleEndian);
    return this;
  }

  header(field: HeaderField): number {
    const [at, size] = this.layout.header[field];
    return this.read(at, size);
  }

  setHeader(field: HeaderField, value: number | bigint): this {
    const [at, size] = this.layout.header[field];
    return this.write(at, size, value);
  }

  /** Sets a byte of `e_ident`. */
  setIdent(index: number, value: number): this {
    return this.write(index, 1, value);
  }

  /** The number of a section; the `nth` of its name, from 0. */
  sectionIndex(section: string | number, nth = 0): number {
    if (typeof section === 'number') return section;
    let index = -1;
    for (let left = nth; left >= 0; left -= 1) {
      index = this.names.indexOf(section, index + 1);
      if (index === -1) throw new Error(`no section ${section} among ${this.names.join(' ')}`);
    }
    return index;
  }

  /** The number of the only section whose name ends so: `.data` finds `.rela.data` and `.rel.data` as `relocationsOf`. */
  relocationsOf(target: string): number {
    const index = this.names.findIndex((name) => name === `.rela${target}` || name === `.rel${target}`);
    if (index === -1) throw new Error(`no relocations of ${target} among ${this.names.join(' ')}`);
    return index;
  }

  private sectionPlace(section: string | number, field: SectionField): Place {
    const [offset, size] = this.layout.section[field];
    return [this.headersOffset + this.sectionIndex(section) * this.layout.sectionSize + offset, size];
  }

  section(section: string | number, field: SectionField): number {
    return this.read(...this.sectionPlace(section, field));
  }

  setSection(section: string | number, field: SectionField, value: number | bigint): this {
    return this.write(...this.sectionPlace(section, field), value);
  }

  /** Sets flags beside those that the section has. */
  addFlags(section: string | number, flags: number): this {
    return this.setSection(section, 'sh_flags', this.section(section, 'sh_flags') | flags);
  }

  symbolIndex(symbol: string | number): number {
    const index = typeof symbol === 'number' ? symbol : this.symbolNames.indexOf(symbol);
    if (index === -1) throw new Error(`no symbol ${symbol} among ${this.symbolNames.join(' ')}`);
    return index;
  }

  private symbolPlace(symbol: string | number, field: SymbolField): Place {
    const [offset, size] = this.layout.symbol[field];
    return [this.symbolsOffset + this.symbolIndex(symbol) * this.layout.symbolSize + offset, size];
  }

  symbol(symbol: string | number, field: SymbolField): number {
    return this.read(...this.symbolPlace(symbol, field));
  }

  setSymbol(symbol: string | number, field: SymbolField, value: number | bigint): this {
    return this.write(...this.symbolPlace(symbol, field), value);
  }

  /** Sets the binding of a symbol, not its type. */
  setBinding(symbol: string | number, binding: number): this {
    return this.setSymbol(symbol, 'st_info', (binding << 4) | (this.symbol(symbol, 'st_info') & 15));
  }

  /** Sets the type of a symbol, not its binding. */
  setType(symbol: string | number, type: number): this {
    return this.setSymbol(symbol, 'st_info', (this.symbol(symbol, 'st_info') & 0xf0) | type);
  }

  /** Gives a symbol another name in the file; here it keeps the one that it had. */
  setName(symbol: string | number, name: string): this {
    const strings = this.data(this.symbolStrings);
    this.setData(this.symbolStrings, [...strings, ...new TextEncoder().encode(name), 0]);
    return this.setSymbol(symbol, 'st_name', strings.length);
  }

  /** Bytes of an entry of a section of relocations. */
  private entrySize(section: number): number {
    const { word } = this.layout;
    return this.section(section, 'sh_type') === SHT_RELA ? 3 * word : 2 * word;
  }

  private relocationPlace(section: string | number, entry: number, field: RelocationField): Place {
    const index = this.sectionIndex(section);
    const { word } = this.layout;
    const position = { r_offset: 0, r_info: 1, r_addend: 2 }[field];
    return [this.section(index, 'sh_offset') + entry * this.entrySize(index) + position * word, word];
  }

  relocation(section: string | number, entry: number, field: RelocationField): number {
    return this.read(...this.relocationPlace(section, entry, field));
  }

  setRelocation(section: string | number, entry: number, field: RelocationField, value: number | bigint): this {
    return this.write(...this.relocationPlace(section, entry, field), value);
  }

  private get typeBits(): bigint {
    return this.bits === 64 ? 32n : 8n;
  }

  private info(section: string | number, entry: number): bigint {
    const [at, size] = this.relocationPlace(section, entry, 'r_info');
    return size === 4
      ? BigInt(this.view.getUint32(at, this.littleEndian))
      : this.view.getBigUint64(at, this.littleEndian);
  }

  relocationSymbol(section: string | number, entry: number): number {
    return Number(this.info(section, entry) >> this.typeBits);
  }

  relocationType(section: string | number, entry: number): number {
    return Number(BigInt.asUintN(Number(this.typeBits), this.info(section, entry)));
  }

  setRelocationSymbol(section: string | number, entry: number, symbol: string | number): this {
    const type = BigInt(this.relocationType(section, entry));
    return this.setRelocation(section, entry, 'r_info', (BigInt(this.symbolIndex(symbol)) << this.typeBits) | type);
  }

  setRelocationType(section: string | number, entry: number, type: number): this {
    const symbol = BigInt(this.relocationSymbol(section, entry)) << this.typeBits;
    return this.setRelocation(section, entry, 'r_info', symbol | BigInt(type));
  }

  /** The number of entries of a section of relocations. */
  relocationCount(section: string | number): number {
    const index = this.sectionIndex(section);
    const type = this.section(index, 'sh_type');
    if (type !== SHT_RELA && type !== SHT_REL) throw new Error(`section ${section} holds no relocations`);
    return this.section(index, 'sh_size') / this.entrySize(index);
  }

  /** A copy of the bytes of a section. */
  data(section: string | number): Uint8Array {
    const index = this.sectionIndex(section);
    if (this.section(index, 'sh_type') === SHT_NOBITS) return new Uint8Array(0);
    const offset = this.section(index, 'sh_offset');
    return this.content.slice(offset, offset + this.section(index, 'sh_size'));
  }

  /** A number of `size` bytes at an offset in a section. */
  number(section: string | number, offset: number, size: 1 | 2 | 4 | 8 = 4): number {
    return this.read(this.section(section, 'sh_offset') + offset, size);
  }

  setNumber(section: string | number, offset: number, value: number | bigint, size: 1 | 2 | 4 | 8 = 4): this {
    return this.write(this.section(section, 'sh_offset') + offset, size, value);
  }

  /** Writes bytes over those of a section. */
  setBytes(section: string | number, offset: number, bytes: ArrayLike<number>): this {
    this.content.set(bytes, this.section(section, 'sh_offset') + offset);
    return this;
  }

  /** Gives a section other bytes, of any length; they stand at the end of the file, aligned to 8. */
  setData(section: string | number, data: ArrayLike<number>): this {
    const offset = this.append(data);
    return this.setSection(section, 'sh_offset', offset).setSection(section, 'sh_size', data.length);
  }

  private append(data: ArrayLike<number>): number {
    const offset = Math.ceil(this.content.length / 8) * 8;
    const grown = new Uint8Array(offset + data.length);
    grown.set(this.content);
    grown.set(data, offset);
    this.content = grown;
    return offset;
  }

  /** Words of the file's byte order, for `setData` and `addSection`. */
  words(...values: readonly (number | bigint)[]): Uint8Array {
    return this.encode(4, values);
  }

  /** Numbers as wide as an address. */
  addresses(...values: readonly (number | bigint)[]): Uint8Array {
    return this.encode(this.layout.word, values);
  }

  private encode(size: 4 | 8, values: readonly (number | bigint)[]): Uint8Array {
    const out = new Uint8Array(values.length * size);
    const view = new DataView(out.buffer);
    values.forEach((value, i) => {
      if (size === 4) view.setUint32(i * size, Number(BigInt.asUintN(32, BigInt(value))), this.littleEndian);
      else view.setBigUint64(i * size, BigInt.asUintN(64, BigInt(value)), this.littleEndian);
    });
    return out;
  }

  /** Adds a section behind all others; the headers move to the end of the file. Returns its number. */
  addSection({ name, data = new Uint8Array(0), ...fields }: AddedSection): number {
    const table = this.header('e_shstrndx');
    const strings = this.data(table);
    const nameOffset = strings.length;
    this.setData(table, [...strings, ...new TextEncoder().encode(name), 0]);
    const dataOffset = this.append(data);
    const { sectionSize } = this.layout;
    const headers = this.content.slice(this.headersOffset, this.headersOffset + this.headerCount * sectionSize);
    const index = this.headerCount;
    this.headersOffset = this.append([...headers, ...new Uint8Array(sectionSize)]);
    this.headerCount += 1;
    this.names = [...this.names, name];
    this.setHeader('e_shoff', this.headersOffset).setHeader('e_shnum', this.headerCount);
    const defaults = { sh_name: nameOffset, sh_offset: dataOffset, sh_size: data.length, sh_addralign: 1 };
    for (const [field, value] of Object.entries({ ...defaults, ...fields })) {
      this.setSection(index, field as SectionField, value);
    }
    return index;
  }

  /** Adds a copy of a section, its bytes at the same place; returns its number. */
  copySection(section: string | number): number {
    const from = this.sectionIndex(section);
    const fields = (Object.keys(SECTION_64) as SectionField[]).filter((field) => field !== 'sh_name');
    const values = fields.map((field) => [field, this.section(from, field)] as const);
    return this.addSection({ name: this.names[from] as string, ...Object.fromEntries(values) });
  }

  /** Cuts the file; the headers of the sections stay where they are. */
  cut(length: number): this {
    this.content = this.content.slice(0, length);
    return this;
  }

  /** The number of the string table that the symbol table names. */
  get symbolStrings(): number {
    const table = this.section(this.symbolTable, 'sh_link');
    if (this.section(table, 'sh_type') !== SHT_STRTAB) throw new Error('the symbol table has no string table');
    return table;
  }

  /** The number of the symbol table. */
  get symbolTable(): number {
    return this.sectionIndex('.symtab');
  }
}
