// Words of SECTIONS and PHDRS that ld.lld knows: lld/ELF/ScriptParser.cpp, LLVM 22. A number is the first version of lld that
// knows the word, 0 for those before 13.

/** Sorting of input sections. */
export const SORT_WORDS: ReadonlyMap<string, number> = new Map([
  ['REVERSE', 19],
  ['SORT', 0],
  ['SORT_BY_ALIGNMENT', 0],
  ['SORT_BY_INIT_PRIORITY', 0],
  ['SORT_BY_NAME', 0],
  ['SORT_NONE', 0],
]);

/** Data in an output section. */
export const DATA_WORDS: ReadonlySet<string> = new Set(['BYTE', 'SHORT', 'LONG', 'QUAD']);

/** What may stand in parentheses behind the name of an output section. */
export const SECTION_DIRECTIVES: ReadonlySet<string> = new Set(['NOLOAD', 'COPY', 'INFO', 'OVERLAY', 'TYPE']);

/** Types of sections by name. */
export const SECTION_TYPES: ReadonlySet<string> = new Set([
  'SHT_PROGBITS',
  'SHT_NOTE',
  'SHT_NOBITS',
  'SHT_INIT_ARRAY',
  'SHT_FINI_ARRAY',
  'SHT_PREINIT_ARRAY',
]);

/** Flags in INPUT_SECTION_FLAGS. */
export const FLAG_NAMES: ReadonlyMap<string, number> = new Map([
  ['SHF_AARCH64_PURECODE', 20],
  ['SHF_ALLOC', 0],
  ['SHF_ARM_PURECODE', 0],
  ['SHF_COMPRESSED', 0],
  ['SHF_EXCLUDE', 0],
  ['SHF_EXECINSTR', 0],
  ['SHF_GROUP', 0],
  ['SHF_INFO_LINK', 0],
  ['SHF_LINK_ORDER', 0],
  ['SHF_MERGE', 0],
  ['SHF_OS_NONCONFORMING', 0],
  ['SHF_STRINGS', 0],
  ['SHF_TLS', 0],
  ['SHF_WRITE', 0],
]);

/** Types of program headers. */
export const SEGMENT_TYPES: ReadonlyMap<string, number> = new Map([
  ['PT_DYNAMIC', 0],
  ['PT_GNU_EH_FRAME', 0],
  ['PT_GNU_RELRO', 0],
  ['PT_GNU_STACK', 0],
  ['PT_INTERP', 0],
  ['PT_LOAD', 0],
  ['PT_NOTE', 0],
  ['PT_NULL', 0],
  ['PT_OPENBSD_BOOTDATA', 0],
  ['PT_OPENBSD_MUTABLE', 17],
  ['PT_OPENBSD_RANDOMIZE', 0],
  ['PT_OPENBSD_SYSCALLS', 18],
  ['PT_OPENBSD_WXNEEDED', 0],
  ['PT_PHDR', 0],
  ['PT_SHLIB', 0],
  ['PT_TLS', 0],
]);
