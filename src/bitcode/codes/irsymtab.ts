// The irsymtab: what the blob of a SYMTAB block holds (llvm/Object/IRSymtab.h, namespace storage, versions 0 to 4 of
// LLVM 5 to 22 and later). Packed little-endian words, on big-endian targets too. A string is an offset and a size in the
// string table; a range is an offset from the start of the blob and a count of elements.

/** Offsets in the header. */
export const HEADER = {
  Version: 0,
  Producer: 4,
  Modules: 12,
  Comdats: 20,
  Symbols: 28,
  Uncommons: 36,
  TargetTriple: 44,
  SourceFileName: 52,
  COFFLinkerOpts: 60,
  /** Since version 2. */
  DependentLibraries: 68,
} as const;

/** The newest version whose layout is known. */
export const NEWEST_VERSION = 4;

/** Bytes of the header up to version 1, and since. */
export const HEADER_SIZES = { upTo1: 68, from2: 76 } as const;

/** Bytes of a string reference. */
export const STRING_SIZE = 8;

/** Offsets in a module: the half-open range of its symbols, and its first uncommon. */
export const MODULE = { Begin: 0, End: 4, UncBegin: 8, size: 12 } as const;

/** Offsets in a COMDAT. `SelectionKind` is there since version 3. */
export const COMDAT = { Name: 0, SelectionKind: 8, sizeUpTo2: 8, sizeFrom3: 12 } as const;

/** Offsets in a symbol. */
export const SYMBOL = { Name: 0, IRName: 8, ComdatIndex: 16, Flags: 20, size: 24 } as const;

/** Offsets in an uncommon. LLVM 5 had no `SectionName` (16 bytes). */
export const UNCOMMON = {
  CommonSize: 0,
  CommonAlign: 4,
  COFFWeakExternFallbackName: 8,
  SectionName: 16,
  size: 24,
  sizeOfLlvm5: 16,
} as const;

/** The same since version 4, where the size of a common symbol has 64 bits. */
export const UNCOMMON_4 = {
  CommonSize: 0,
  CommonAlign: 8,
  COFFWeakExternFallbackName: 12,
  SectionName: 20,
  size: 28,
} as const;

/** Values of `SelectionKind`: `llvm::Comdat::SelectionKind`, one less than the codes of COMDAT records in modules. */
export const COMDAT_KINDS = ['any', 'exactmatch', 'largest', 'nodeduplicate', 'samesize'] as const;

/** Masks of the flags of a symbol. */
export const IRSYMTAB_FLAGS = {
  /** 0 default, 1 hidden, 2 protected; 0 for symbols of assembly. */
  FB_visibility_mask: 0x3,
  /** An uncommon belongs to the symbol. */
  FB_has_uncommon: 0x4,
  FB_undefined: 0x8,
  FB_weak: 0x10,
  FB_common: 0x20,
  /** An alias. */
  FB_indirect: 0x40,
  /** Stays though nothing refers to it. */
  FB_used: 0x80,
  FB_tls: 0x100,
  FB_may_omit: 0x200,
  FB_global: 0x400,
  /** The compiler's own (`llvm.…`, private symbols): no linker sees it. */
  FB_format_specific: 0x800,
  FB_unnamed_addr: 0x1000,
  /** A function; symbols of assembly all have it. */
  FB_executable: 0x2000,
} as const;
