// Relocation tables: gABI "Relocation". One block of bytes with a column for each field: the section itself for SHT_REL
// and SHT_RELA; for packed encodings what crel.ts and android-relocations.ts make of it. Left out: SHT_RELR, whose
// entries are addresses alone (relr.ts).

import type { ByteView } from '../bytes/index.ts';
import { readWord } from './layout.ts';
import type { ElfEncoding } from './layout.ts';

/** The machine whose files of class 64 divide `r_info` in another way. */
const EM_MIPS = 8;

/** The fields of an entry as stored. */
export interface RawElfRelocation {
  /** Where to relocate. */
  readonly r_offset: bigint;
  /** Symbol index and type in one word. */
  readonly r_info: bigint;
  /** Absent in SHT_REL. */
  readonly r_addend: bigint | undefined;
}

/** Where the parts of an entry lie, from its start: the same for all tables of one type in a file. */
export interface RelocationEntryLayout {
  readonly encoding: ElfEncoding;
  /** Whether entries have addends (SHT_RELA). */
  readonly hasAddends: boolean;
  /** Bytes of an entry. */
  readonly span: number;
  readonly is64: boolean;
  readonly littleEndian: boolean;
  // The halves of words; in files of class 32 the word is the low half.
  readonly offsetLowAt: number;
  readonly offsetHighAt: number;
  readonly addendLowAt: number;
  readonly addendHighAt: number;
  readonly infoAt: number;
  // r_info is a word of two parts. Where each part lies is settled here, so that no column makes a bigint of the word.
  readonly symbolAt: number;
  readonly symbolShift: number;
  readonly typeAt: number;
  readonly typeMask: number;
  readonly typeLittleEndian: boolean;
  /** Where an unpacked entry states the place of the packed one; -1 in arrays, where the position tells. */
  readonly placeAt: number;
}

/** Tells where the parts of an entry lie in the relocation tables of a file. */
export function relocationEntryLayout(
  encoding: ElfEncoding,
  machine: number,
  hasAddends: boolean,
): RelocationEntryLayout {
  const { layout, littleEndian } = encoding;
  const infoAt = layout.r_info;
  const is32 = layout.bits === 32;
  const lowAt = is32 || littleEndian ? 0 : 4;
  const highAt = is32 || !littleEndian ? 0 : 4;
  // MIPS64 splits r_info into a 32-bit symbol index and four bytes, of which the last is the (first) type. In big endian
  // files that is what everybody has. In little endian ones the index stands first all the same, and the bytes are read
  // as LLVM does, as a big endian number.
  const isMips64LittleEndian = !is32 && littleEndian && machine === EM_MIPS;
  const symbolIsFirst = is32 || !littleEndian || isMips64LittleEndian;
  return {
    encoding,
    hasAddends,
    span: hasAddends ? layout.relaSize : layout.relSize,
    is64: !is32,
    littleEndian,
    offsetLowAt: lowAt,
    offsetHighAt: highAt,
    addendLowAt: layout.r_addend + lowAt,
    addendHighAt: layout.r_addend + highAt,
    infoAt,
    symbolAt: symbolIsFirst ? infoAt : infoAt + 4,
    symbolShift: is32 ? 8 : 0,
    typeAt: !is32 && symbolIsFirst ? infoAt + 4 : infoAt,
    typeMask: is32 ? 0xff : 0xffffffff,
    typeLittleEndian: littleEndian && !isMips64LittleEndian,
    placeAt: -1,
  };
}

/** What a section header says of the relations of a relocation section. */
export interface RelocationLinks {
  /** `sh_link`. */
  readonly link: number;
  /** `sh_info`. */
  readonly info: number;
}

/**
 * Finds entries whose symbol is none of a symbol table. Made for tables of millions of entries: no object and no bigint
 * for an entry, a few nanoseconds each.
 *
 * @param start - Where the table starts in `data`.
 * @param count - Its entries; they lie within `data`.
 */
export function nextOutside(
  data: DataView,
  start: number,
  count: number,
  layout: RelocationEntryLayout,
  symbolCount: number,
  from: number,
): number {
  const { span, symbolShift, littleEndian } = layout;
  let at = start + layout.symbolAt + from * span;
  for (let i = from; i < count; i += 1, at += span) {
    if (data.getUint32(at, littleEndian) >>> symbolShift >= symbolCount) return i;
  }
  return -1;
}

/**
 * The entries of a relocation section of any encoding, as columns. For SHT_REL and SHT_RELA making one copies nothing; the
 * entries of SHT_CREL, SHT_ANDROID_REL and SHT_ANDROID_RELA are unpacked, 32 bytes for each.
 *
 * For loops over millions of entries there are columns without bigints: {@link offsetLow}, {@link addendLow} and their high
 * halves. The columns take a number below {@link length}; another one is the caller's error and gives a `RangeError`.
 */
export class ElfRelocationTable {
  /** Number of entries. */
  readonly length: number;
  /** `sh_link`: the section number of the symbol table. Not checked. */
  readonly symbolTableIndex: number;
  /** `sh_info`: the number of the section that is relocated; 0 in dynamic tables. Not checked. */
  readonly targetSection: number;
  /** Whether entries have addends; else they lie in the bytes that are relocated, as with SHT_REL. */
  readonly hasAddends: boolean;
  private readonly view: ByteView;
  private readonly data: DataView;
  private readonly start: number;
  private readonly span: number;
  private readonly layout: RelocationEntryLayout;

  /**
   * @param view - Bytes that hold the entries: of the section, of a run of sections, or unpacked ones.
   * @param start - Where the entries start in `view`. A view for each of a hundred thousand tables would cost more than
   *   all columns of their entries.
   * @param length - Entries; they lie within `view`.
   * @internal
   */
  constructor(view: ByteView, start: number, length: number, layout: RelocationEntryLayout, links: RelocationLinks) {
    this.view = view;
    this.data = view.data;
    this.start = start;
    this.span = layout.span;
    this.layout = layout;
    this.length = length;
    this.symbolTableIndex = links.link;
    this.targetSection = links.info;
    this.hasAddends = layout.hasAddends;
  }

  /** Where an entry starts in the view, which may go on behind the last one. */
  private entryAt(index: number): number {
    if (!(index >= 0 && index < this.length)) throw noSuchEntry(index, this.length);
    return this.start + index * this.span;
  }

  /** The symbol index out of `r_info`; 0 is no symbol. Not checked. */
  symbolIndex(index: number): number {
    const { symbolAt, symbolShift, littleEndian } = this.layout;
    return this.data.getUint32(this.entryAt(index) + symbolAt, littleEndian) >>> symbolShift;
  }

  /**
   * The type out of `r_info`; `relocationNames` of `ltoscope/elf/constants` has their names. For MIPS64 it holds up to
   * three types and a special symbol, see {@link splitMips64Type}.
   */
  type(index: number): number {
    const { typeAt, typeLittleEndian, typeMask } = this.layout;
    return (this.data.getUint32(this.entryAt(index) + typeAt, typeLittleEndian) & typeMask) >>> 0;
  }

  /** `r_offset`: in relocatable files an offset in the target section, else an address. */
  offset(index: number): bigint {
    return readWord(this.data, this.entryAt(index), this.layout.encoding);
  }

  /** The low 32 bits of `r_offset`, for loops in which a bigint for each entry is too dear. */
  offsetLow(index: number): number {
    const { offsetLowAt, littleEndian } = this.layout;
    return this.data.getUint32(this.entryAt(index) + offsetLowAt, littleEndian);
  }

  /** The high 32 bits of `r_offset`; 0 in 32-bit files. */
  offsetHigh(index: number): number {
    const { is64, offsetHighAt, littleEndian } = this.layout;
    const entry = this.entryAt(index);
    return is64 ? this.data.getUint32(entry + offsetHighAt, littleEndian) : 0;
  }

  /** `r_addend`, signed; `undefined` without {@link hasAddends}. */
  addend(index: number): bigint | undefined {
    const entry = this.entryAt(index);
    if (!this.hasAddends) return undefined;
    const { encoding, is64, littleEndian } = this.layout;
    const start = entry + encoding.layout.r_addend;
    return is64 ? this.data.getBigInt64(start, littleEndian) : BigInt(this.data.getInt32(start, littleEndian));
  }

  /** The low 32 bits of `r_addend`, as an unsigned number; 0 without {@link hasAddends}. */
  addendLow(index: number): number {
    const { addendLowAt, littleEndian } = this.layout;
    const entry = this.entryAt(index);
    return this.hasAddends ? this.data.getUint32(entry + addendLowAt, littleEndian) : 0;
  }

  /**
   * The high 32 bits of `r_addend` as a signed number, so that the addend is `addendHigh * 2 ** 32 + addendLow`. In 32-bit
   * files they repeat the sign. 0 without {@link hasAddends}.
   */
  addendHigh(index: number): number {
    const { is64, addendHighAt, littleEndian } = this.layout;
    const entry = this.entryAt(index);
    if (!this.hasAddends) return 0;
    const half = this.data.getInt32(entry + addendHighAt, littleEndian);
    return is64 ? half : half >> 31;
  }

  /**
   * Where the entry stands, from the start of the file that holds the bytes. An entry of an Android section that takes no
   * bytes of its own stands where its group does.
   */
  entryOffset(index: number): number {
    const { placeAt, littleEndian } = this.layout;
    const entry = this.entryAt(index);
    return this.view.base + (placeAt === -1 ? entry : this.data.getFloat64(entry + placeAt, littleEndian));
  }

  /**
   * Where the `r_info` of the entry stands, from the start of the file that holds the bytes. Packed encodings have none:
   * there it is the place of the entry.
   */
  infoOffset(index: number): number {
    return this.entryOffset(index) + (this.layout.placeAt === -1 ? this.layout.infoAt : 0);
  }

  /**
   * Finds entries whose symbol is none of a symbol table.
   *
   * @param symbolCount - Length of the symbol table that {@link symbolTableIndex} names.
   * @param from - The first entry to look at.
   * @returns The first entry at or behind `from` whose symbol index is `symbolCount` or more, or -1.
   */
  nextOutside(symbolCount: number, from: number): number {
    return nextOutside(this.data, this.start, this.length, this.layout, symbolCount, from);
  }

  /** One entry as an object. */
  at(index: number): ElfRelocation {
    return {
      index,
      symbolIndex: this.symbolIndex(index),
      type: this.type(index),
      offset: this.offset(index),
      addend: this.addend(index),
      raw: this.layout.placeAt === -1 ? this.rawAt(index) : undefined,
    };
  }

  private rawAt(index: number): RawElfRelocation {
    return {
      r_offset: this.offset(index),
      r_info: readWord(this.data, this.entryAt(index) + this.layout.infoAt, this.layout.encoding),
      r_addend: this.addend(index),
    };
  }
}

function noSuchEntry(index: number, length: number): RangeError {
  return new RangeError(`there is no relocation ${index}: the table has ${length}`);
}

/** What MIPS64 files store in place of one type. The result of one relocation is the addend of the next. */
export interface RawMips64Type {
  /** The first relocation. */
  readonly r_type: number;
  /** The second one; 0, R_MIPS_NONE, if there is none. */
  readonly r_type2: number;
  /** The third one; 0 if there is none. */
  readonly r_type3: number;
  /** What the second relocation takes for a symbol: 0 none, 1 `gp`, 2 `gp` of the linked file, 3 the place. */
  readonly r_ssym: number;
}

/**
 * Splits the type of a relocation of a 64-bit file for EM_MIPS.
 *
 * @param type - As {@link ElfRelocationTable.type} gives it, the same for both byte orders.
 * @see "64-bit ELF Object File Specification" of MIPS, 2.9 "Relocation".
 */
export function splitMips64Type(type: number): RawMips64Type {
  return {
    r_type: type & 0xff,
    r_type2: (type >>> 8) & 0xff,
    r_type3: (type >>> 16) & 0xff,
    r_ssym: type >>> 24,
  };
}

/** One entry of a relocation section. */
export interface ElfRelocation {
  /** Its position in the table. */
  readonly index: number;
  /** See {@link ElfRelocationTable.symbolIndex}. */
  readonly symbolIndex: number;
  /** See {@link ElfRelocationTable.type}. */
  readonly type: number;
  /** See {@link ElfRelocationTable.offset}. */
  readonly offset: bigint;
  /** See {@link ElfRelocationTable.addend}. */
  readonly addend: bigint | undefined;
  /** The fields as stored; `undefined` in packed encodings, which store differences. */
  readonly raw: RawElfRelocation | undefined;
}
