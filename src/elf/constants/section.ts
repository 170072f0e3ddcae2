// Values of the fields of section headers that hold for every machine, and of the first word of a section group: gABI
// "Sections", LLVM 22 (llvm/BinaryFormat/ELF.h) and, for names marked so, glibc's elf.h, compared with both by
// scripts/check-constants.ts. Left out: the ends of ranges (SHT_LOOS, SHT_HIPROC and so on), which are no types. What
// machines and operating systems add is in section-machine.ts.

import { defineNames } from '../../names/index.ts';

/** Names of `sh_type` that hold for every machine. */
export const SECTION_TYPES = /* @__PURE__ */ defineNames({
  SHT_NULL: 0,
  SHT_PROGBITS: 1,
  SHT_SYMTAB: 2,
  SHT_STRTAB: 3,
  SHT_RELA: 4,
  SHT_HASH: 5,
  SHT_DYNAMIC: 6,
  SHT_NOTE: 7,
  SHT_NOBITS: 8,
  SHT_REL: 9,
  SHT_SHLIB: 10,
  SHT_DYNSYM: 11,
  // 12 and 13: not assigned.
  SHT_INIT_ARRAY: 14,
  SHT_FINI_ARRAY: 15,
  SHT_PREINIT_ARRAY: 16,
  SHT_GROUP: 17,
  SHT_SYMTAB_SHNDX: 18,
  SHT_RELR: 19,
  SHT_CREL: 0x40000014, // LLVM 19 and later; an experiment that may get another number.
  SHT_ANDROID_REL: 0x60000001,
  SHT_ANDROID_RELA: 0x60000002,
  SHT_LLVM_ODRTAB: 0x6fff4c00,
  SHT_LLVM_LINKER_OPTIONS: 0x6fff4c01,
  // 0x6fff4c02: SHT_LLVM_CALL_GRAPH_PROFILE up to LLVM 12, in another layout.
  SHT_LLVM_ADDRSIG: 0x6fff4c03,
  SHT_LLVM_DEPENDENT_LIBRARIES: 0x6fff4c04,
  SHT_LLVM_SYMPART: 0x6fff4c05,
  SHT_LLVM_PART_EHDR: 0x6fff4c06,
  SHT_LLVM_PART_PHDR: 0x6fff4c07,
  // 0x6fff4c08: SHT_LLVM_BB_ADDR_MAP up to LLVM 14, in another layout.
  SHT_LLVM_CALL_GRAPH_PROFILE: 0x6fff4c09,
  SHT_LLVM_BB_ADDR_MAP: 0x6fff4c0a,
  SHT_LLVM_OFFLOADING: 0x6fff4c0b,
  SHT_LLVM_LTO: 0x6fff4c0c,
  SHT_LLVM_JT_SIZES: 0x6fff4c0d,
  SHT_LLVM_CFI_JUMP_TABLE: 0x6fff4c0e,
  SHT_LLVM_CALL_GRAPH: 0x6fff4c0f,
  SHT_ANDROID_RELR: 0x6fffff00,
  SHT_GNU_SFRAME: 0x6ffffff4,
  SHT_GNU_ATTRIBUTES: 0x6ffffff5,
  SHT_GNU_HASH: 0x6ffffff6,
  SHT_GNU_LIBLIST: 0x6ffffff7, // elf.h; of prelink
  SHT_CHECKSUM: 0x6ffffff8, // elf.h
  // 0x6ffffff9 to 0x6ffffffc: Solaris; see describeSectionType.
  SHT_GNU_verdef: 0x6ffffffd,
  SHT_GNU_verneed: 0x6ffffffe,
  SHT_GNU_versym: 0x6fffffff,
  // 0x70000000 to 0x7fffffff belong to processors; see describeSectionType.
});

/** Bits of `sh_flags` that hold for every machine. */
export const SECTION_FLAGS = /* @__PURE__ */ defineNames({
  SHF_WRITE: 0x1,
  SHF_ALLOC: 0x2,
  SHF_EXECINSTR: 0x4,
  // 0x8: not assigned.
  SHF_MERGE: 0x10,
  SHF_STRINGS: 0x20,
  SHF_INFO_LINK: 0x40,
  SHF_LINK_ORDER: 0x80,
  SHF_OS_NONCONFORMING: 0x100,
  SHF_GROUP: 0x200,
  SHF_TLS: 0x400,
  SHF_COMPRESSED: 0x800,
  SHF_GNU_RETAIN: 0x200000,
  // 0x0ff00000 belong to operating systems, 0xf0000000 to processors; see describeSectionFlags.
  SHF_GNU_MBIND: 0x1000000, // binutils include/elf/common.h
  SHF_EXCLUDE: 0x80000000, // In the bits of processors, and the same for all.
});

/** Bits of the first word of an SHT_GROUP section. */
export const GROUP_FLAGS = /* @__PURE__ */ defineNames({
  GRP_COMDAT: 0x1,
  // 0x0ff00000 belong to operating systems, 0xf0000000 to processors.
});

/** Section numbers in 16-bit fields that stand for something else: SHN_UNDEF and those of the reserved range. */
export const SPECIAL_SECTIONS = /* @__PURE__ */ defineNames({
  SHN_UNDEF: 0,
  // 0xff00 to 0xff1f belong to processors, 0xff20 to 0xff3f to operating systems.
  SHN_ABS: 0xfff1,
  SHN_COMMON: 0xfff2,
  SHN_XINDEX: 0xffff,
});

/** The first of the reserved section numbers of 16-bit fields, SHN_LORESERVE; the last one is 0xffff. */
export const SHN_LORESERVE = 0xff00;
