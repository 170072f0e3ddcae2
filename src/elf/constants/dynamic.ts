// d_tag of the dynamic section, and the words of flags in it: gABI "Dynamic Section", LLVM 22
// (llvm/BinaryFormat/DynamicTags.def and ELF.h) and, for names marked so, glibc's elf.h, compared with both by
// scripts/check-constants.ts; other sources are named at the entry. Left out: the ends of ranges, counts (DT_NUM), and
// DT_ENCODING, from which on even tags hold addresses and odd ones values.

import { defineNames } from '../../names/index.ts';

/** Names of `d_tag` that hold for every machine. */
export const DYNAMIC_TAGS = /* @__PURE__ */ defineNames({
  DT_NULL: 0,
  DT_NEEDED: 1,
  DT_PLTRELSZ: 2,
  DT_PLTGOT: 3,
  DT_HASH: 4,
  DT_STRTAB: 5,
  DT_SYMTAB: 6,
  DT_RELA: 7,
  DT_RELASZ: 8,
  DT_RELAENT: 9,
  DT_STRSZ: 10,
  DT_SYMENT: 11,
  DT_INIT: 12,
  DT_FINI: 13,
  DT_SONAME: 14,
  DT_RPATH: 15,
  DT_SYMBOLIC: 16,
  DT_REL: 17,
  DT_RELSZ: 18,
  DT_RELENT: 19,
  DT_PLTREL: 20,
  DT_DEBUG: 21,
  DT_TEXTREL: 22,
  DT_JMPREL: 23,
  DT_BIND_NOW: 24,
  DT_INIT_ARRAY: 25,
  DT_FINI_ARRAY: 26,
  DT_INIT_ARRAYSZ: 27,
  DT_FINI_ARRAYSZ: 28,
  DT_RUNPATH: 29,
  DT_FLAGS: 30,
  // 31: not assigned.
  DT_PREINIT_ARRAY: 32,
  DT_PREINIT_ARRAYSZ: 33,
  DT_SYMTAB_SHNDX: 34,
  DT_RELRSZ: 35,
  DT_RELR: 36,
  DT_RELRENT: 37,
  // LLVM 19 and later; an experiment that may get another number.
  DT_CREL: 0x40000026,
  // 0x60000000 to 0x6fffffff belong to operating systems.
  DT_ANDROID_REL: 0x6000000f,
  DT_ANDROID_RELSZ: 0x60000010,
  DT_ANDROID_RELA: 0x60000011,
  DT_ANDROID_RELASZ: 0x60000012,
  DT_ANDROID_RELR: 0x6fffe000,
  DT_ANDROID_RELRSZ: 0x6fffe001,
  DT_ANDROID_RELRENT: 0x6fffe003,
  DT_GNU_PRELINKED: 0x6ffffdf5, // elf.h
  DT_GNU_CONFLICTSZ: 0x6ffffdf6, // elf.h
  DT_GNU_LIBLISTSZ: 0x6ffffdf7, // elf.h
  DT_CHECKSUM: 0x6ffffdf8, // elf.h
  DT_PLTPADSZ: 0x6ffffdf9, // elf.h
  DT_MOVEENT: 0x6ffffdfa, // elf.h
  DT_MOVESZ: 0x6ffffdfb, // elf.h
  DT_FEATURE_1: 0x6ffffdfc, // elf.h
  DT_POSFLAG_1: 0x6ffffdfd, // elf.h
  DT_SYMINSZ: 0x6ffffdfe, // elf.h
  DT_SYMINENT: 0x6ffffdff, // elf.h
  DT_GNU_HASH: 0x6ffffef5,
  DT_TLSDESC_PLT: 0x6ffffef6,
  DT_TLSDESC_GOT: 0x6ffffef7,
  DT_GNU_CONFLICT: 0x6ffffef8, // elf.h
  DT_GNU_LIBLIST: 0x6ffffef9, // elf.h
  DT_CONFIG: 0x6ffffefa, // elf.h
  DT_DEPAUDIT: 0x6ffffefb, // elf.h
  DT_AUDIT: 0x6ffffefc, // elf.h
  DT_PLTPAD: 0x6ffffefd, // elf.h
  DT_MOVETAB: 0x6ffffefe, // elf.h
  DT_SYMINFO: 0x6ffffeff, // elf.h
  DT_VERSYM: 0x6ffffff0,
  DT_RELACOUNT: 0x6ffffff9,
  DT_RELCOUNT: 0x6ffffffa,
  DT_FLAGS_1: 0x6ffffffb,
  DT_VERDEF: 0x6ffffffc,
  DT_VERDEFNUM: 0x6ffffffd,
  DT_VERNEED: 0x6ffffffe,
  DT_VERNEEDNUM: 0x6fffffff,
  // 0x70000000 to 0x7fffffff belong to processors, but for these, of Solaris; see describeDynamicTag.
  DT_AUXILIARY: 0x7ffffffd,
  DT_USED: 0x7ffffffe,
  DT_FILTER: 0x7fffffff,
});

/** Names of the `d_tag` that AArch64 defines. */
export const AARCH64_DYNAMIC_TAGS = /* @__PURE__ */ defineNames({
  DT_AARCH64_BTI_PLT: 0x70000001,
  DT_AARCH64_PAC_PLT: 0x70000003,
  DT_AARCH64_VARIANT_PCS: 0x70000005,
  DT_AARCH64_MEMTAG_MODE: 0x70000009,
  DT_AARCH64_MEMTAG_HEAP: 0x7000000b,
  DT_AARCH64_MEMTAG_STACK: 0x7000000c,
  DT_AARCH64_MEMTAG_GLOBALS: 0x7000000d,
  DT_AARCH64_MEMTAG_GLOBALSSZ: 0x7000000f,
  DT_AARCH64_AUTH_RELRSZ: 0x70000011,
  DT_AARCH64_AUTH_RELR: 0x70000012,
  DT_AARCH64_AUTH_RELRENT: 0x70000013,
});

/** Names of the `d_tag` that Alpha defines. */
export const ALPHA_DYNAMIC_TAGS = /* @__PURE__ */ defineNames({
  DT_ALPHA_PLTRO: 0x70000000, // elf.h
});

/** Names of the `d_tag` that Hexagon defines. */
export const HEXAGON_DYNAMIC_TAGS = /* @__PURE__ */ defineNames({
  DT_HEXAGON_SYMSZ: 0x70000000,
  DT_HEXAGON_VER: 0x70000001,
  DT_HEXAGON_PLT: 0x70000002,
});

/** Names of the `d_tag` that IA-64 defines. */
export const IA_64_DYNAMIC_TAGS = /* @__PURE__ */ defineNames({
  DT_IA_64_PLT_RESERVE: 0x70000000, // elf.h
});

/** Names of the `d_tag` that MIPS defines. */
export const MIPS_DYNAMIC_TAGS = /* @__PURE__ */ defineNames({
  DT_MIPS_RLD_VERSION: 0x70000001,
  DT_MIPS_TIME_STAMP: 0x70000002,
  DT_MIPS_ICHECKSUM: 0x70000003,
  DT_MIPS_IVERSION: 0x70000004,
  DT_MIPS_FLAGS: 0x70000005,
  DT_MIPS_BASE_ADDRESS: 0x70000006,
  DT_MIPS_MSYM: 0x70000007,
  DT_MIPS_CONFLICT: 0x70000008,
  DT_MIPS_LIBLIST: 0x70000009,
  DT_MIPS_LOCAL_GOTNO: 0x7000000a,
  DT_MIPS_CONFLICTNO: 0x7000000b,
  DT_MIPS_LIBLISTNO: 0x70000010,
  DT_MIPS_SYMTABNO: 0x70000011,
  DT_MIPS_UNREFEXTNO: 0x70000012,
  DT_MIPS_GOTSYM: 0x70000013,
  DT_MIPS_HIPAGENO: 0x70000014,
  DT_MIPS_RLD_MAP: 0x70000016,
  DT_MIPS_DELTA_CLASS: 0x70000017,
  DT_MIPS_DELTA_CLASS_NO: 0x70000018,
  DT_MIPS_DELTA_INSTANCE: 0x70000019,
  DT_MIPS_DELTA_INSTANCE_NO: 0x7000001a,
  DT_MIPS_DELTA_RELOC: 0x7000001b,
  DT_MIPS_DELTA_RELOC_NO: 0x7000001c,
  DT_MIPS_DELTA_SYM: 0x7000001d,
  DT_MIPS_DELTA_SYM_NO: 0x7000001e,
  DT_MIPS_DELTA_CLASSSYM: 0x70000020,
  DT_MIPS_DELTA_CLASSSYM_NO: 0x70000021,
  DT_MIPS_CXX_FLAGS: 0x70000022,
  DT_MIPS_PIXIE_INIT: 0x70000023,
  DT_MIPS_SYMBOL_LIB: 0x70000024,
  DT_MIPS_LOCALPAGE_GOTIDX: 0x70000025,
  DT_MIPS_LOCAL_GOTIDX: 0x70000026,
  DT_MIPS_HIDDEN_GOTIDX: 0x70000027,
  DT_MIPS_PROTECTED_GOTIDX: 0x70000028,
  DT_MIPS_OPTIONS: 0x70000029,
  DT_MIPS_INTERFACE: 0x7000002a,
  DT_MIPS_DYNSTR_ALIGN: 0x7000002b,
  DT_MIPS_INTERFACE_SIZE: 0x7000002c,
  DT_MIPS_RLD_TEXT_RESOLVE_ADDR: 0x7000002d,
  DT_MIPS_PERF_SUFFIX: 0x7000002e,
  DT_MIPS_COMPACT_SIZE: 0x7000002f,
  DT_MIPS_GP_VALUE: 0x70000030,
  DT_MIPS_AUX_DYNAMIC: 0x70000031,
  DT_MIPS_PLTGOT: 0x70000032,
  DT_MIPS_RWPLT: 0x70000034,
  DT_MIPS_RLD_MAP_REL: 0x70000035,
  DT_MIPS_XHASH: 0x70000036,
});

/** Names of the `d_tag` that Nios II defines. */
export const NIOS2_DYNAMIC_TAGS = /* @__PURE__ */ defineNames({
  DT_NIOS2_GP: 0x70000002, // elf.h
});

/** Names of the `d_tag` that 32-bit PowerPC defines. */
export const PPC_DYNAMIC_TAGS = /* @__PURE__ */ defineNames({
  DT_PPC_GOT: 0x70000000,
  DT_PPC_OPT: 0x70000001,
});

/** Names of the `d_tag` that 64-bit PowerPC defines. */
export const PPC64_DYNAMIC_TAGS = /* @__PURE__ */ defineNames({
  DT_PPC64_GLINK: 0x70000000,
  DT_PPC64_OPD: 0x70000001, // elf.h
  DT_PPC64_OPDSZ: 0x70000002, // elf.h
  DT_PPC64_OPT: 0x70000003,
});

/** Names of the `d_tag` that RISC-V defines. */
export const RISCV_DYNAMIC_TAGS = /* @__PURE__ */ defineNames({
  DT_RISCV_VARIANT_CC: 0x70000001,
});

/** Names of the `d_tag` that SPARC defines. */
export const SPARC_DYNAMIC_TAGS = /* @__PURE__ */ defineNames({
  DT_SPARC_REGISTER: 0x70000001,
});

/** Names of the `d_tag` that x86-64 defines: x86-64 psABI 1.0, "Dynamic Section". */
export const X86_64_DYNAMIC_TAGS = /* @__PURE__ */ defineNames({
  DT_X86_64_PLT: 0x70000000,
  DT_X86_64_PLTSZ: 0x70000001,
  DT_X86_64_PLTENT: 0x70000003,
});

/** Bits of the value of DT_FLAGS. */
export const DYNAMIC_FLAGS = /* @__PURE__ */ defineNames({
  DF_ORIGIN: 0x01,
  DF_SYMBOLIC: 0x02,
  DF_TEXTREL: 0x04,
  DF_BIND_NOW: 0x08,
  DF_STATIC_TLS: 0x10,
});

/** Bits of the value of DT_FLAGS_1. */
export const DYNAMIC_FLAGS_1 = /* @__PURE__ */ defineNames({
  DF_1_NOW: 0x00000001,
  DF_1_GLOBAL: 0x00000002,
  DF_1_GROUP: 0x00000004,
  DF_1_NODELETE: 0x00000008,
  DF_1_LOADFLTR: 0x00000010,
  DF_1_INITFIRST: 0x00000020,
  DF_1_NOOPEN: 0x00000040,
  DF_1_ORIGIN: 0x00000080,
  DF_1_DIRECT: 0x00000100,
  DF_1_TRANS: 0x00000200,
  DF_1_INTERPOSE: 0x00000400,
  DF_1_NODEFLIB: 0x00000800,
  DF_1_NODUMP: 0x00001000,
  DF_1_CONFALT: 0x00002000,
  DF_1_ENDFILTEE: 0x00004000,
  DF_1_DISPRELDNE: 0x00008000,
  DF_1_DISPRELPND: 0x00010000,
  DF_1_NODIRECT: 0x00020000,
  DF_1_IGNMULDEF: 0x00040000,
  DF_1_NOKSYMS: 0x00080000,
  DF_1_NOHDR: 0x00100000,
  DF_1_EDITED: 0x00200000,
  DF_1_NORELOC: 0x00400000,
  DF_1_SYMINTPOSE: 0x00800000,
  DF_1_GLOBAUDIT: 0x01000000,
  DF_1_SINGLETON: 0x02000000,
  DF_1_STUB: 0x04000000, // elf.h
  DF_1_PIE: 0x08000000,
  DF_1_KMOD: 0x10000000, // elf.h
  DF_1_WEAKFILTER: 0x20000000, // elf.h
  DF_1_NOCOMMON: 0x40000000, // elf.h
});

/** Bits of the value of DT_POSFLAG_1, which hold for the entry behind it. */
export const DYNAMIC_POSITION_FLAGS_1 = /* @__PURE__ */ defineNames({
  DF_P1_LAZYLOAD: 0x1,
  DF_P1_GROUPPERM: 0x2,
});

/** Bits of the value of DT_FEATURE_1. */
export const DYNAMIC_FEATURES_1 = /* @__PURE__ */ defineNames({
  DTF_1_PARINIT: 0x1,
  DTF_1_CONFEXP: 0x2,
});

/** Bits of the value of DT_MIPS_FLAGS. glibc spells the third with RHF_. */
export const MIPS_DYNAMIC_FLAGS = /* @__PURE__ */ defineNames({
  RHF_QUICKSTART: 0x0001,
  RHF_NOTPOT: 0x0002,
  RHS_NO_LIBRARY_REPLACEMENT: 0x0004,
  RHF_NO_MOVE: 0x0008,
  RHF_SGI_ONLY: 0x0010,
  RHF_GUARANTEE_INIT: 0x0020,
  RHF_DELTA_C_PLUS_PLUS: 0x0040,
  RHF_GUARANTEE_START_INIT: 0x0080,
  RHF_PIXIE: 0x0100,
  RHF_DEFAULT_DELAY_LOAD: 0x0200,
  RHF_REQUICKSTART: 0x0400,
  RHF_REQUICKSTARTED: 0x0800,
  RHF_CORD: 0x1000,
  RHF_NO_UNRES_UNDEF: 0x2000,
  RHF_RLD_ORDER_SAFE: 0x4000,
});
