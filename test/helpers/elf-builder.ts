// Writes ELF files for tests, sound ones and broken ones: sections in the order given, their bytes as given, and header
// fields that can be overridden one by one. Made to be read beside the gABI; shares nothing with the reader.

export interface SectionSpec {
  name?: string;
  type: number;
  flags?: number | bigint;
  address?: bigint;
  link?: number;
  info?: number;
  align?: number;
  entrySize?: number;
  data?: Uint8Array;
  /** Instead of where the data stands. */
  offset?: number | bigint;
  /** Instead of the length of the data. */
  size?: number | bigint;
  /** Instead of where the name stands. */
  nameOffset?: number;
}

/** A program header. Offsets count from the start of the file; the default is what a whole file mapped at 0 has. */
export interface SegmentSpec {
  type: number;
  flags?: number;
  offset?: number | bigint;
  address?: bigint;
  physicalAddress?: bigint;
  fileSize?: number | bigint;
  memorySize?: number | bigint;
  align?: number | bigint;
}

export interface ElfSpec {
  bits?: 32 | 64;
  littleEndian?: boolean;
  type?: number;
  machine?: number;
  flags?: number;
  osAbi?: number;
  /** The sections behind the null section; the section name string table comes last by itself. */
  sections: SectionSpec[];
  /** The program headers; they stand behind the section headers. */
  segments?: SegmentSpec[];
  /** Leaves the section name string table out. */
  withoutNames?: boolean;
  /** Puts the number of sections and that of their names into the null section. */
  extendedNumbering?: boolean;
  header?: {
    e_phoff?: bigint;
    e_phentsize?: number;
    e_phnum?: number;
    e_shoff?: bigint;
    e_shentsize?: number;
    e_shnum?: number;
    e_shstrndx?: number;
  };
}

export interface BuiltElf {
  bytes: Uint8Array;
  sectionHeaderOffset: number;
  /** Where the program headers start. */
  segmentHeaderOffset: number;
  /** Where the header of a section stands. */
  headerOffset(index: number): number;
  /** Where the bytes of a section stand. */
  dataOffset(index: number): number;
}

/** Appends numbers of the file's class and byte order. */
export class ElfWriter {
  private readonly out: number[] = [];
  readonly bits: 32 | 64;
  readonly littleEndian: boolean;

  constructor({ bits = 64, littleEndian = true }: { bits?: 32 | 64; littleEndian?: boolean } = {}) {
    this.bits = bits;
    this.littleEndian = littleEndian;
  }

  get length(): number {
    return this.out.length;
  }

  get bytes(): Uint8Array {
    return Uint8Array.from(this.out);
  }

  raw(bytes: Iterable<number>): this {
    for (const byte of bytes) this.out.push(byte);
    return this;
  }

  private number(value: bigint, size: number): this {
    for (let i = 0; i < size; i += 1) {
      const shift = BigInt(8 * (this.littleEndian ? i : size - 1 - i));
      this.out.push(Number((value >> shift) & 0xffn));
    }
    return this;
  }

  byte(value: number): this {
    return this.number(BigInt(value), 1);
  }

  half(value: number): this {
    return this.number(BigInt(value), 2);
  }

  word(value: number): this {
    return this.number(BigInt(value), 4);
  }

  /** A number of the width of an address. */
  address(value: number | bigint): this {
    return this.number(BigInt(value), this.bits / 8);
  }
}

export interface SymbolSpec {
  nameOffset?: number;
  binding?: number;
  type?: number;
  other?: number;
  section?: number;
  value?: bigint;
  size?: bigint;
}

type Format = Pick<ElfSpec, 'bits' | 'littleEndian'>;

/** The bytes of a symbol table; the null symbol comes first by itself. */
export function symbolTableData(symbols: readonly SymbolSpec[], format: Format = {}): Uint8Array {
  const out = new ElfWriter(format);
  for (const symbol of [{}, ...symbols] as readonly SymbolSpec[]) {
    const { nameOffset = 0, binding = 0, type = 0, other = 0, section = 0, value = 0n, size = 0n } = symbol;
    out.word(nameOffset);
    if (out.bits === 32) out.address(value).address(size);
    out.byte((binding << 4) | type).byte(other);
    out.half(section);
    if (out.bits === 64) out.address(value).address(size);
  }
  return out.bytes;
}

export interface RelocationSpec {
  offset?: bigint;
  symbol?: number;
  type?: number;
  /** Absent in SHT_REL. */
  addend?: bigint;
}

/** The bytes of a relocation section. */
export function relocationData(entries: readonly RelocationSpec[], format: Format = {}): Uint8Array {
  const out = new ElfWriter(format);
  for (const { offset = 0n, symbol = 0, type = 0, addend } of entries) {
    const shift = out.bits === 64 ? 32n : 8n;
    out.address(offset).address((BigInt(symbol) << shift) | BigInt(type));
    if (addend !== undefined) out.address(addend);
  }
  return out.bytes;
}

/** Words, as in SHT_GROUP and SHT_SYMTAB_SHNDX. */
export function wordsData(words: readonly number[], format: Format = {}): Uint8Array {
  const out = new ElfWriter(format);
  for (const word of words) out.word(word);
  return out.bytes;
}

/** A string table that starts with the empty name, and where each name stands. */
export function stringTableData(names: readonly string[]): { data: Uint8Array; offsets: number[] } {
  const bytes = [0];
  const offsets = names.map((name) => {
    const offset = bytes.length;
    bytes.push(...new TextEncoder().encode(name), 0);
    return offset;
  });
  return { data: Uint8Array.from(bytes), offsets };
}

/** Bytes of a symbol, of an entry of SHT_REL, of one of SHT_RELA. */
export function entrySizes(bits: 32 | 64): { symbol: number; rel: number; rela: number } {
  return bits === 64 ? { symbol: 24, rel: 16, rela: 24 } : { symbol: 16, rel: 8, rela: 12 };
}

function writeSegment(out: ElfWriter, segment: SegmentSpec, wholeSize: number): void {
  const { type, flags = 4, offset = 0, address = BigInt(offset), fileSize = wholeSize, align = 1 } = segment;
  const { physicalAddress = address, memorySize = fileSize } = segment;
  out.word(type);
  if (out.bits === 64) out.word(flags);
  out.address(offset).address(address).address(physicalAddress).address(fileSize).address(memorySize);
  if (out.bits === 32) out.word(flags);
  out.address(align);
}

/** Writes a file: header, the bytes of the sections, section headers, program headers. */
export function buildElf(spec: ElfSpec): BuiltElf {
  const { bits = 64, littleEndian = true, type = 1, machine = 183, flags = 0, osAbi = 0 } = spec;
  const names = ['', ...spec.sections.map(({ name = '' }) => name), '.shstrtab'];
  const nameTable = stringTableData(names);
  const sections: SectionSpec[] = [{ type: 0 }, ...spec.sections];
  if (spec.withoutNames !== true) sections.push({ name: '.shstrtab', type: 3, data: nameTable.data });
  const headerSize = bits === 64 ? 64 : 52;
  const span = bits === 64 ? 64 : 40;
  const body = new ElfWriter({ bits, littleEndian });
  const dataOffsets = sections.map(({ data }) => {
    while ((headerSize + body.length) % 8 !== 0) body.byte(0);
    const offset = headerSize + body.length;
    body.raw(data ?? []);
    return offset;
  });
  while ((headerSize + body.length) % 8 !== 0) body.byte(0);
  const sectionHeaderOffset = headerSize + body.length;
  const namesIndex = spec.withoutNames === true ? 0 : sections.length - 1;
  const isExtended = spec.extendedNumbering === true;
  sections.forEach((section, i) => {
    const data = section.data ?? new Uint8Array(0);
    const isNull = i === 0;
    const defaults =
      isNull && isExtended ? { size: sections.length, link: namesIndex } : { size: data.length, link: 0 };
    body.word(section.nameOffset ?? (section.name === undefined ? 0 : (nameTable.offsets[i] as number)));
    body
      .word(section.type)
      .address(section.flags ?? 0)
      .address(section.address ?? 0n);
    body.address(section.offset ?? (isNull ? 0 : (dataOffsets[i] as number))).address(section.size ?? defaults.size);
    body.word(section.link ?? defaults.link).word(section.info ?? 0);
    body.address(section.align ?? 1).address(section.entrySize ?? 0);
  });
  const segmentHeaderOffset = headerSize + body.length;
  const { header = {}, segments = [] } = spec;
  const segmentSpan = bits === 64 ? 56 : 32;
  for (const segment of segments) writeSegment(body, segment, segmentHeaderOffset + segments.length * segmentSpan);
  const head = new ElfWriter({ bits, littleEndian });
  head.raw([0x7f, 0x45, 0x4c, 0x46, bits === 64 ? 2 : 1, littleEndian ? 1 : 2, 1, osAbi, 0, 0, 0, 0, 0, 0, 0, 0]);
  const hasSegments = segments.length > 0;
  head.half(type).half(machine).word(1).address(0);
  head.address(header.e_phoff ?? (hasSegments ? segmentHeaderOffset : 0));
  head
    .address(header.e_shoff ?? sectionHeaderOffset)
    .word(flags)
    .half(headerSize);
  head.half(header.e_phentsize ?? (hasSegments ? segmentSpan : 0)).half(header.e_phnum ?? segments.length);
  head.half(header.e_shentsize ?? span).half(header.e_shnum ?? (isExtended ? 0 : sections.length));
  head.half(header.e_shstrndx ?? (isExtended ? 0xffff : namesIndex));
  return {
    bytes: head.raw(body.bytes).bytes,
    sectionHeaderOffset,
    segmentHeaderOffset,
    headerOffset: (index) => sectionHeaderOffset + index * span,
    dataOffset: (index) => dataOffsets[index] as number,
  };
}
