// What is known of one input of a link, whatever its format: the one model for ELF and bitcode. Facts are plain data that
// outlives the bytes; where the input stands (its path, its archive) is the business of LinkInput.

import type { FormatErrorCode } from '../bytes/index.ts';
import type { InputFormat } from './detect.ts';

/** Which compiler's link-time optimisation an input takes part in. `fat` objects hold native code too. */
export type LtoKind = 'none' | 'llvm-thin' | 'llvm-full' | 'llvm-fat' | 'gcc-slim' | 'gcc-fat';

/** What an input is and what a linker would find wrong in it. */
export interface InputFacts {
  readonly format: InputFormat;
  /** Bytes. */
  readonly size: number;
  /** Absent where the format knows no link-time optimisation. */
  readonly lto?: LtoKind;
  /** The instruction set in one vocabulary for all formats, such as `aarch64`; the byte order is not part of it. */
  readonly machine?: string;
  /** Width of addresses. */
  readonly bits?: 32 | 64;
  readonly endian?: 'little' | 'big';
  /** ELF: `ET_REL` and so on. */
  readonly type?: string;
  /** Bitcode: the writer, such as `LLVM16.0.6`. */
  readonly producer?: string;
  /** Bitcode: the target triple of the first module. */
  readonly triple?: string;
  /** Bitcode without a symbol table: `definitions` are computed from its modules, as linkers do. */
  readonly computedSymbols?: true;
  /** Bitcode in a wrapper. */
  readonly wrapped?: true;
  /** Text that reads like a linker script, which linkers take as an input too. */
  readonly linkerScript?: true;
  /** What the input defines for others; `undefined` where that could not be read. */
  readonly definitions: StrongDefinitions | undefined;
  /** What is wrong with it, in the order in which it was found. */
  readonly faults: readonly InputFault[];
}

/**
 * The strong definitions of an input that other inputs see: global, neither weak nor common, in columns of one length.
 * Section and file symbols and names without characters are left out.
 */
export interface StrongDefinitions {
  /** Interned names. */
  readonly names: Int32Array;
  /** Interned signature of the COMDAT group that holds the definition, or -1. `undefined`: none is in a group. */
  readonly comdats: Int32Array | undefined;
  /** Values of the absolute symbols, by position in `names`. `undefined`: there is none. */
  readonly absolutes: ReadonlyMap<number, bigint> | undefined;
}

/** The definitions of an input that has none. */
export const NO_DEFINITIONS: StrongDefinitions = {
  names: new Int32Array(0),
  comdats: undefined,
  absolutes: undefined,
};

/** A part of an input that could not be read, or holds an index that points nowhere. */
export type InputFault = MalformedFault | SymbolIndexFault | SymbolTableLinkFault | ExtendedIndexCountFault;

/** Offsets of faults count from the start of the file that holds the bytes. */
interface FaultPlace {
  readonly offset: number;
  /** Name of the section. */
  readonly section?: string;
}

/** Damage: a reader refused. */
export interface MalformedFault extends FaultPlace {
  readonly kind: 'malformed';
  readonly code: FormatErrorCode;
  readonly reason: string;
}

/** Symbol indices outside the symbol table that the section's `sh_link` names; one fault for one section. */
export interface SymbolIndexFault extends FaultPlace {
  readonly kind: 'symbol-index';
  /**
   * What holds the index: an entry of REL or RELA, one of CREL or of Android's packed relocations, the `sh_info` of a
   * group, an entry of `.llvm_addrsig`.
   */
  readonly holder: 'relocation' | 'packed-relocation' | 'group' | 'addrsig';
  readonly section: string;
  /** Of the first bad entry. Offsets are those of the field that holds the index. */
  readonly symbolIndex: number;
  readonly symbolCount: number;
  /** The first bad entries, at most {@link FAULT_ENTRIES_MAX}. Groups have one. */
  readonly entries: readonly BadEntry[];
  /** How many entries are bad in all. */
  readonly count: number;
}

/** One entry with a bad symbol index. */
export interface BadEntry {
  /** Position of the entry in its section, counting from 0. */
  readonly entry: number;
  readonly offset: number;
  readonly symbolIndex: number;
}

/** A relocation section, group or SHT_SYMTAB_SHNDX section whose `sh_link` names no symbol table. */
export interface SymbolTableLinkFault extends FaultPlace {
  readonly kind: 'symbol-table-link';
  readonly section: string;
  /** The `sh_link`. */
  readonly link: number;
  /** What stands there: a section type, or nothing. */
  readonly found: string;
}

/** An SHT_SYMTAB_SHNDX table with more or fewer entries than its symbol table. */
export interface ExtendedIndexCountFault extends FaultPlace {
  readonly kind: 'extended-index-count';
  readonly section: string;
  readonly entryCount: number;
  readonly symbolCount: number;
}

/** How many bad entries of one section a fault lists. */
export const FAULT_ENTRIES_MAX = 16;
