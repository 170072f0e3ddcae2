// The symbols of an input that may meet those of others, in columns: one model for objects, shared libraries and bitcode.
// Rows are in the order of the input's own table, which decides what is taken out of archives first.

/** What one symbol is, as bits of {@link InputSymbols.flags}. */
export const SYMBOL_FLAGS = {
  /** Not undefined. Common symbols are defined too. */
  DEFINED: 1,
  WEAK: 2,
  COMMON: 4,
  /** Defined, and in no section: SHN_ABS and every reserved number that is not SHN_COMMON. */
  ABSOLUTE: 8,
  /** Its visibility: `STV_HIDDEN` and so on, shifted by {@link VISIBILITY_SHIFT}. */
  VISIBILITY: 0x30,
  TLS: 0x40,
  /** STT_FUNC; in bitcode a function, an alias of one or a symbol of assembly. */
  FUNCTION: 0x80,
  /** STT_GNU_IFUNC */
  IFUNC: 0x100,
  /** STB_GNU_UNIQUE */
  UNIQUE: 0x200,
  /** Bitcode: in `llvm.used` or a library function that code generation may call. */
  USED: 0x400,
  /** ELF: it stands in a section that linkers leave out unless they link with `-r` (SHF_EXCLUDE). */
  EXCLUDED: 0x800,
  /** STT_NOTYPE. */
  NO_TYPE: 0x1000,
  /** Shared libraries: the row is `name@VERSION`; that of a default version has a row `name` before it. */
  VERSIONED: 0x2000,
  /** Bitcode: `can_omit_from_dynsym`, `unnamed_addr` linkonce. */
  MAY_OMIT: 0x4000,
} as const;

/** Where the visibility begins in the flags. */
export const VISIBILITY_SHIFT = 4;

/** The global symbols of one input. */
export interface InputSymbols {
  /** Number of rows. */
  readonly length: number;
  /** The number of row 0 in the symbol table of the input. */
  readonly first: number;
  /**
   * The number of each row in the symbol table of the input; `undefined` where that is `first` plus the row. Shared libraries
   * have two rows for one symbol.
   */
  readonly tableRows: Int32Array | undefined;
  /**
   * Interned names; -1 for what no other input can meet: local symbols, and those whose name cannot be read. Names are whole:
   * of `name@@VERSION` in an object see `NameInterner.plainNames`.
   */
  readonly names: Int32Array;
  /** Bits of {@link SYMBOL_FLAGS}. */
  readonly flags: Uint16Array;
  /** Position in {@link groups} of the COMDAT group of a definition, or -1. `undefined`: none is in a group. */
  readonly groupOf: Int32Array | undefined;
  /** Interned signatures of all COMDAT groups in the order of the file, those without symbols too. */
  readonly groups: Int32Array;
  /** Values of absolute symbols that are not 0, by row. */
  readonly absolutes: ReadonlyMap<number, bigint> | undefined;
  /** Size and alignment of common symbols, in bytes, by row. */
  readonly commons: ReadonlyMap<number, CommonSymbol> | undefined;
}

/** What a common symbol asks for. */
export interface CommonSymbol {
  /** Bytes. */
  readonly size: bigint;
  /** Bytes. Not checked. */
  readonly alignment: bigint;
}

/** What a shared library brings beside its symbols. */
export interface SharedLibraryFacts {
  /** DT_SONAME. */
  readonly soname: string | undefined;
  /** DT_NEEDED, in order. */
  readonly needed: readonly string[];
  /**
   * Whether the file has the section headers by which linkers find its symbols. Without them ours are those that loaders see,
   * and ld.lld sees none.
   */
  readonly hasSectionHeaders: boolean;
}

/** No symbols. */
export const NO_SYMBOLS: InputSymbols = {
  length: 0,
  first: 0,
  tableRows: undefined,
  names: new Int32Array(0),
  flags: new Uint16Array(0),
  groupOf: undefined,
  groups: new Int32Array(0),
  absolutes: undefined,
  commons: undefined,
};
