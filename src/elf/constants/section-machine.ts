// sh_type, sh_flags and reserved section numbers whose meaning a machine or an operating system decides: LLVM 22
// (llvm/BinaryFormat/ELF.h) and, for names marked so, glibc's elf.h, compared with both by scripts/check-constants.ts;
// other sources are named at the entry. One table for each machine, because they share numbers. Left out: second names.

import { defineNames } from '../../names/index.ts';

/** Names of the `sh_type` that AArch64 defines. */
export const AARCH64_SECTION_TYPES = /* @__PURE__ */ defineNames({
  SHT_AARCH64_ATTRIBUTES: 0x70000003,
  SHT_AARCH64_AUTH_RELR: 0x70000004,
  SHT_AARCH64_MEMTAG_GLOBALS_STATIC: 0x70000007,
  SHT_AARCH64_MEMTAG_GLOBALS_DYNAMIC: 0x70000008,
});

/** Names of the `sh_type` that Alpha defines. */
export const ALPHA_SECTION_TYPES = /* @__PURE__ */ defineNames({
  SHT_ALPHA_DEBUG: 0x70000001, // elf.h
  SHT_ALPHA_REGINFO: 0x70000002, // elf.h
});

/** Names of the `sh_type` that ARM defines. */
export const ARM_SECTION_TYPES = /* @__PURE__ */ defineNames({
  SHT_ARM_EXIDX: 0x70000001,
  SHT_ARM_PREEMPTMAP: 0x70000002,
  SHT_ARM_ATTRIBUTES: 0x70000003,
  SHT_ARM_DEBUGOVERLAY: 0x70000004,
  SHT_ARM_OVERLAYSECTION: 0x70000005,
});

/** Names of the `sh_type` that C-SKY defines. */
export const CSKY_SECTION_TYPES = /* @__PURE__ */ defineNames({
  SHT_CSKY_ATTRIBUTES: 0x70000001,
});

/** Names of the `sh_type` that Hexagon defines. */
export const HEXAGON_SECTION_TYPES = /* @__PURE__ */ defineNames({
  SHT_HEX_ORDERED: 0x70000000,
  SHT_HEXAGON_ATTRIBUTES: 0x70000003,
});

/** Names of the `sh_type` that IA-64 defines. */
export const IA_64_SECTION_TYPES = /* @__PURE__ */ defineNames({
  SHT_IA_64_EXT: 0x70000000, // elf.h
  SHT_IA_64_UNWIND: 0x70000001, // elf.h
});

/** Names of the `sh_type` that MIPS defines. */
export const MIPS_SECTION_TYPES = /* @__PURE__ */ defineNames({
  SHT_MIPS_LIBLIST: 0x70000000, // elf.h
  SHT_MIPS_MSYM: 0x70000001, // elf.h
  SHT_MIPS_CONFLICT: 0x70000002, // elf.h
  SHT_MIPS_GPTAB: 0x70000003, // elf.h
  SHT_MIPS_UCODE: 0x70000004, // elf.h
  SHT_MIPS_DEBUG: 0x70000005, // elf.h
  SHT_MIPS_REGINFO: 0x70000006,
  SHT_MIPS_PACKAGE: 0x70000007, // elf.h
  SHT_MIPS_PACKSYM: 0x70000008, // elf.h
  SHT_MIPS_RELD: 0x70000009, // elf.h
  SHT_MIPS_IFACE: 0x7000000b, // elf.h
  SHT_MIPS_CONTENT: 0x7000000c, // elf.h
  SHT_MIPS_OPTIONS: 0x7000000d,
  SHT_MIPS_SHDR: 0x70000010, // elf.h
  SHT_MIPS_FDESC: 0x70000011, // elf.h
  SHT_MIPS_EXTSYM: 0x70000012, // elf.h
  SHT_MIPS_DENSE: 0x70000013, // elf.h
  SHT_MIPS_PDESC: 0x70000014, // elf.h
  SHT_MIPS_LOCSYM: 0x70000015, // elf.h
  SHT_MIPS_AUXSYM: 0x70000016, // elf.h
  SHT_MIPS_OPTSYM: 0x70000017, // elf.h
  SHT_MIPS_LOCSTR: 0x70000018, // elf.h
  SHT_MIPS_LINE: 0x70000019, // elf.h
  SHT_MIPS_RFDESC: 0x7000001a, // elf.h
  SHT_MIPS_DELTASYM: 0x7000001b, // elf.h
  SHT_MIPS_DELTAINST: 0x7000001c, // elf.h
  SHT_MIPS_DELTACLASS: 0x7000001d, // elf.h
  SHT_MIPS_DWARF: 0x7000001e,
  SHT_MIPS_DELTADECL: 0x7000001f, // elf.h
  SHT_MIPS_SYMBOL_LIB: 0x70000020, // elf.h
  SHT_MIPS_EVENTS: 0x70000021, // elf.h
  SHT_MIPS_TRANSLATE: 0x70000022, // elf.h
  SHT_MIPS_PIXIE: 0x70000023, // elf.h
  SHT_MIPS_XLATE: 0x70000024, // elf.h
  SHT_MIPS_XLATE_DEBUG: 0x70000025, // elf.h
  SHT_MIPS_WHIRL: 0x70000026, // elf.h
  SHT_MIPS_EH_REGION: 0x70000027, // elf.h
  SHT_MIPS_XLATE_OLD: 0x70000028, // elf.h
  SHT_MIPS_PDR_EXCEPTION: 0x70000029, // elf.h
  SHT_MIPS_ABIFLAGS: 0x7000002a,
  SHT_MIPS_XHASH: 0x7000002b, // elf.h
});

/** Names of the `sh_type` that MSP430 defines. */
export const MSP430_SECTION_TYPES = /* @__PURE__ */ defineNames({
  SHT_MSP430_ATTRIBUTES: 0x70000003,
});

/** Names of the `sh_type` that PA-RISC defines. */
export const PARISC_SECTION_TYPES = /* @__PURE__ */ defineNames({
  SHT_PARISC_EXT: 0x70000000, // elf.h
  SHT_PARISC_UNWIND: 0x70000001, // elf.h
  SHT_PARISC_DOC: 0x70000002, // elf.h
});

/** Names of the `sh_type` that RISC-V defines. */
export const RISCV_SECTION_TYPES = /* @__PURE__ */ defineNames({
  SHT_RISCV_ATTRIBUTES: 0x70000003,
});

/** Names of the `sh_type` that x86-64 defines. */
export const X86_64_SECTION_TYPES = /* @__PURE__ */ defineNames({
  SHT_X86_64_UNWIND: 0x70000001,
});

/** Names of the `sh_type` that Solaris defines, some with numbers that elsewhere have another meaning. */
export const SOLARIS_SECTION_TYPES = /* @__PURE__ */ defineNames({
  // Those without a mark: illumos usr/src/uts/common/sys/elf.h.
  SHT_SUNW_ancillary: 0x6fffffee,
  SHT_SUNW_capchain: 0x6fffffef,
  SHT_SUNW_capinfo: 0x6ffffff0,
  SHT_SUNW_symsort: 0x6ffffff1,
  SHT_SUNW_tlssort: 0x6ffffff2,
  SHT_SUNW_LDYNSYM: 0x6ffffff3,
  SHT_SUNW_dof: 0x6ffffff4,
  SHT_SUNW_cap: 0x6ffffff5,
  SHT_SUNW_SIGNATURE: 0x6ffffff6,
  SHT_SUNW_ANNOTATE: 0x6ffffff7,
  SHT_SUNW_DEBUGSTR: 0x6ffffff8,
  SHT_SUNW_DEBUG: 0x6ffffff9,
  SHT_SUNW_move: 0x6ffffffa, // elf.h
  SHT_SUNW_COMDAT: 0x6ffffffb, // elf.h
  SHT_SUNW_syminfo: 0x6ffffffc, // elf.h
});

/** Bits of `sh_flags` that AArch64 defines. */
export const AARCH64_SECTION_FLAGS = /* @__PURE__ */ defineNames({
  SHF_AARCH64_PURECODE: 0x20000000,
});

/** Bits of `sh_flags` that Alpha defines. */
export const ALPHA_SECTION_FLAGS = /* @__PURE__ */ defineNames({
  SHF_ALPHA_GPREL: 0x10000000, // elf.h
});

/** Bits of `sh_flags` that ARM defines. */
export const ARM_SECTION_FLAGS = /* @__PURE__ */ defineNames({
  SHF_ARM_ENTRYSECT: 0x10000000, // elf.h
  SHF_ARM_PURECODE: 0x20000000,
  // Left out: SHF_ARM_COMDEF (0x80000000) of elf.h, which no file has since that bit is SHF_EXCLUDE.
});

/** Bits of `sh_flags` that Hexagon defines. */
export const HEXAGON_SECTION_FLAGS = /* @__PURE__ */ defineNames({
  SHF_HEX_GPREL: 0x10000000,
});

/** Bits of `sh_flags` that IA-64 defines. */
export const IA_64_SECTION_FLAGS = /* @__PURE__ */ defineNames({
  SHF_IA_64_SHORT: 0x10000000, // elf.h
  SHF_IA_64_NORECOV: 0x20000000, // elf.h
});

/** Bits of `sh_flags` that MIPS defines. */
export const MIPS_SECTION_FLAGS = /* @__PURE__ */ defineNames({
  SHF_MIPS_NODUPES: 0x1000000,
  SHF_MIPS_NAMES: 0x2000000,
  SHF_MIPS_LOCAL: 0x4000000,
  SHF_MIPS_NOSTRIP: 0x8000000,
  SHF_MIPS_GPREL: 0x10000000,
  SHF_MIPS_MERGE: 0x20000000,
  SHF_MIPS_ADDR: 0x40000000,
  SHF_MIPS_STRING: 0x80000000,
});

/** Bits of `sh_flags` that PA-RISC defines. */
export const PARISC_SECTION_FLAGS = /* @__PURE__ */ defineNames({
  SHF_PARISC_SHORT: 0x20000000, // elf.h
  SHF_PARISC_HUGE: 0x40000000, // elf.h
  SHF_PARISC_SBP: 0x80000000, // elf.h
});

/** Bits of `sh_flags` that Solaris defines. */
export const SOLARIS_SECTION_FLAGS = /* @__PURE__ */ defineNames({
  SHF_SUNW_NODISCARD: 0x100000, // What SHF_GNU_RETAIN is to GNU.
  SHF_ORDERED: 0x40000000, // Withdrawn for SHF_LINK_ORDER; elf.h
});

/** Bits of `sh_flags` that x86-64 defines. */
export const X86_64_SECTION_FLAGS = /* @__PURE__ */ defineNames({
  SHF_X86_64_LARGE: 0x10000000,
});

/** Bits of `sh_flags` that XCore defines. */
export const XCORE_SECTION_FLAGS = /* @__PURE__ */ defineNames({
  XCORE_SHF_DP_SECTION: 0x10000000,
  XCORE_SHF_CP_SECTION: 0x20000000,
});

/** Section numbers that AMD GPUs define. */
export const AMDGPU_SPECIAL_SECTIONS = /* @__PURE__ */ defineNames({
  SHN_AMDGPU_LDS: 0xff00,
});

/** Section numbers that Hexagon defines: common symbols of the small data area, by size of access. */
export const HEXAGON_SPECIAL_SECTIONS = /* @__PURE__ */ defineNames({
  SHN_HEXAGON_SCOMMON: 0xff00,
  SHN_HEXAGON_SCOMMON_1: 0xff01,
  SHN_HEXAGON_SCOMMON_2: 0xff02,
  SHN_HEXAGON_SCOMMON_4: 0xff03,
  SHN_HEXAGON_SCOMMON_8: 0xff04,
});

/** Section numbers that MIPS defines. */
export const MIPS_SPECIAL_SECTIONS = /* @__PURE__ */ defineNames({
  SHN_MIPS_ACOMMON: 0xff00,
  SHN_MIPS_TEXT: 0xff01,
  SHN_MIPS_DATA: 0xff02,
  SHN_MIPS_SCOMMON: 0xff03,
  SHN_MIPS_SUNDEFINED: 0xff04,
});

/** Section numbers that PA-RISC defines. */
export const PARISC_SPECIAL_SECTIONS = /* @__PURE__ */ defineNames({
  SHN_PARISC_ANSI_COMMON: 0xff00, // elf.h
  SHN_PARISC_HUGE_COMMON: 0xff01, // elf.h
});

/** Section numbers that x86-64 defines. */
export const X86_64_SPECIAL_SECTIONS = /* @__PURE__ */ defineNames({
  SHN_X86_64_LCOMMON: 0xff02, // x86-64 psABI 1.0: common symbols of the large model
});

/** Section numbers that Solaris defines: the order of a section by SHF_ORDERED or SHF_LINK_ORDER. */
export const SOLARIS_SPECIAL_SECTIONS = /* @__PURE__ */ defineNames({
  SHN_BEFORE: 0xff00,
  SHN_AFTER: 0xff01,
});
