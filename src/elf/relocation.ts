// Relocation tables SHT_REL and SHT_RELA: gABI "Relocation". One block of bytes with a column for each field. Left out:
// SHT_RELR, SHT_CREL and Android's packed tables, which are no arrays of entries.

import type { ByteView } from '../bytes/index.ts';
import { MACHINES } from './constants/machine.ts';
import { readWord } from './layout.ts';
import type { ElfEncoding } from './layout.ts';

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
  readonly infoAt: number;
  // r_info is a word of two parts. Where each part lies is settled here, so that no column makes a bigint of the word.
  readonly symbolAt: number;
  readonly symbolShift: number;
  readonly typeAt: number;
  readonly typeMask: number;
  readonly typeLittleEndian: boolean;
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
  // MIPS64 splits r_info into a 32-bit symbol index and four bytes, of which the last is the (first) type. In big endian
  // files that is what everybody has. In little endian ones the index stands first all the same, and the bytes are read
  // as LLVM does, as a big endian number.
  const isMips64LittleEndian = !is32 && littleEndian && machine === MACHINES.values.EM_MIPS;
  const symbolIsFirst = is32 || !littleEndian || isMips64LittleEndian;
  return {
    encoding,
    hasAddends,
    span: hasAddends ? layout.relaSize : layout.relSize,
    infoAt,
    symbolAt: symbolIsFirst ? infoAt : infoAt + 4,
    symbolShift: is32 ? 8 : 0,
    typeAt: !is32 && symbolIsFirst ? infoAt + 4 : infoAt,
    typeMask: is32 ? 0xff : 0xffffffff,
    typeLittleEndian: littleEndian && !isMips64LittleEndian,
  };
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
  const { span, symbolShift } = layout;
  const { littleEndian } = layout.encoding;
  let at = start + layout.symbolAt + from * span;
  for (let i = from; i < count; i += 1, at += span) {
    if (data.getUint32(at, littleEndian) >>> symbolShift >= symbolCount) return i;
  }
  return -1;
}

/**
 * The entries of a relocation section, as columns. Making one copies nothing.
 *
 * The columns take a number below {@link length}; another one is the caller's error and gives a `RangeError`.
 */
export class ElfRelocationTable {
  /** Number of entries. */
  readonly length: number;
  /** `sh_link`: the section number of the symbol table. Not checked. */
  readonly symbolTableIndex: number;
  /** `sh_info`: the number of the section that is relocated; 0 in dynamic tables. Not checked. */
  readonly targetSection: number;
  /** Whether entries have addends (SHT_RELA); else they lie in the bytes that are relocated (SHT_REL). */
  readonly hasAddends: boolean;
  private readonly view: ByteView;
  private readonly data: DataView;
  private readonly layout: RelocationEntryLayout;
  private readonly littleEndian: boolean;
  private readonly entrySpan: number;

  /**
   * @param view - The bytes of the section; a multiple of the size of an entry.
   * @param link - `sh_link`.
   * @param info - `sh_info`.
   * @internal
   */
  constructor(view: ByteView, layout: RelocationEntryLayout, link: number, info: number) {
    this.view = view;
    this.data = view.data;
    this.layout = layout;
    this.littleEndian = layout.encoding.littleEndian;
    this.entrySpan = layout.span;
    this.length = view.length / layout.span;
    this.symbolTableIndex = link;
    this.targetSection = info;
    this.hasAddends = layout.hasAddends;
  }

  /** The symbol index out of `r_info`; 0 is no symbol. Not checked. */
  symbolIndex(index: number): number {
    return (
      this.data.getUint32(index * this.entrySpan + this.layout.symbolAt, this.littleEndian) >>> this.layout.symbolShift
    );
  }

  /**
   * The type out of `r_info`; `relocationNames` of `ltoscope/elf/constants` has their names. For MIPS64 it holds up to three types, the first in the
   * lowest byte.
   */
  type(index: number): number {
    const { typeAt, typeLittleEndian, typeMask } = this.layout;
    return (this.data.getUint32(index * this.entrySpan + typeAt, typeLittleEndian) & typeMask) >>> 0;
  }

  /** `r_offset`: in relocatable files an offset in the target section, else an address. */
  offset(index: number): bigint {
    return readWord(this.data, index * this.entrySpan, this.layout.encoding);
  }

  /** `r_addend`, signed; `undefined` in SHT_REL. */
  addend(index: number): bigint | undefined {
    if (!this.hasAddends) return undefined;
    const start = index * this.entrySpan + this.layout.encoding.layout.r_addend;
    return this.layout.encoding.layout.bits === 64
      ? this.data.getBigInt64(start, this.littleEndian)
      : BigInt(this.data.getInt32(start, this.littleEndian));
  }

  /** Where the entry stands, from the start of the file that holds the bytes. */
  entryOffset(index: number): number {
    return this.view.base + index * this.entrySpan;
  }

  /** Where the `r_info` of the entry stands, from the start of the file that holds the bytes. */
  infoOffset(index: number): number {
    return this.entryOffset(index) + this.layout.infoAt;
  }

  /**
   * Finds entries whose symbol is none of a symbol table.
   *
   * @param symbolCount - Length of the symbol table that {@link symbolTableIndex} names.
   * @param from - The first entry to look at.
   * @returns The first entry at or behind `from` whose symbol index is `symbolCount` or more, or -1.
   */
  nextOutside(symbolCount: number, from: number): number {
    return nextOutside(this.data, 0, this.length, this.layout, symbolCount, from);
  }

  /** One entry as an object. */
  at(index: number): ElfRelocation {
    return {
      index,
      symbolIndex: this.symbolIndex(index),
      type: this.type(index),
      offset: this.offset(index),
      addend: this.addend(index),
      raw: {
        r_offset: this.offset(index),
        r_info: readWord(this.data, index * this.entrySpan + this.layout.infoAt, this.layout.encoding),
        r_addend: this.addend(index),
      },
    };
  }
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
  /** The fields as stored. */
  readonly raw: RawElfRelocation;
}
