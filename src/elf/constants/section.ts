// Values of the fields of section headers, and of the first word of a section group: gABI "Sections" and LLVM 22
// (llvm/BinaryFormat/ELF.h), compared with that header by scripts/check-constants.ts. Left out: the ends of ranges
// (SHT_LOOS, SHT_HIPROC and so on), which are no types.

import { defineNames } from '../../names/index.ts';
import type { NameTable } from '../../names/index.ts';
import { MACHINES } from './machine.ts';

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
  SHT_GNU_verdef: 0x6ffffffd,
  SHT_GNU_verneed: 0x6ffffffe,
  SHT_GNU_versym: 0x6fffffff,
  // 0x70000000 to 0x7fffffff belong to processors; see describeSectionType.
});

/** Names of the `sh_type` that processors define; one table for each, because they share numbers. */
export const AARCH64_SECTION_TYPES = /* @__PURE__ */ defineNames({
  SHT_AARCH64_ATTRIBUTES: 0x70000003,
  SHT_AARCH64_AUTH_RELR: 0x70000004,
  SHT_AARCH64_MEMTAG_GLOBALS_STATIC: 0x70000007,
  SHT_AARCH64_MEMTAG_GLOBALS_DYNAMIC: 0x70000008,
});

/** See {@link AARCH64_SECTION_TYPES}. */
export const ARM_SECTION_TYPES = /* @__PURE__ */ defineNames({
  SHT_ARM_EXIDX: 0x70000001,
  SHT_ARM_PREEMPTMAP: 0x70000002,
  SHT_ARM_ATTRIBUTES: 0x70000003,
  SHT_ARM_DEBUGOVERLAY: 0x70000004,
  SHT_ARM_OVERLAYSECTION: 0x70000005,
});

/** See {@link AARCH64_SECTION_TYPES}. */
export const CSKY_SECTION_TYPES = /* @__PURE__ */ defineNames({ SHT_CSKY_ATTRIBUTES: 0x70000001 });

/** See {@link AARCH64_SECTION_TYPES}. */
export const HEXAGON_SECTION_TYPES = /* @__PURE__ */ defineNames({
  SHT_HEX_ORDERED: 0x70000000,
  SHT_HEXAGON_ATTRIBUTES: 0x70000003,
});

/** See {@link AARCH64_SECTION_TYPES}. */
export const MIPS_SECTION_TYPES = /* @__PURE__ */ defineNames({
  SHT_MIPS_REGINFO: 0x70000006,
  SHT_MIPS_OPTIONS: 0x7000000d,
  SHT_MIPS_DWARF: 0x7000001e,
  SHT_MIPS_ABIFLAGS: 0x7000002a,
});

/** See {@link AARCH64_SECTION_TYPES}. */
export const MSP430_SECTION_TYPES = /* @__PURE__ */ defineNames({ SHT_MSP430_ATTRIBUTES: 0x70000003 });

/** See {@link AARCH64_SECTION_TYPES}. */
export const RISCV_SECTION_TYPES = /* @__PURE__ */ defineNames({ SHT_RISCV_ATTRIBUTES: 0x70000003 });

/** See {@link AARCH64_SECTION_TYPES}. */
export const X86_64_SECTION_TYPES = /* @__PURE__ */ defineNames({ SHT_X86_64_UNWIND: 0x70000001 });

const MACHINE_SECTION_TYPES: ReadonlyMap<number, NameTable<string>> = /* @__PURE__ */ new Map<
  number,
  NameTable<string>
>([
  [MACHINES.values.EM_MIPS, MIPS_SECTION_TYPES],
  [MACHINES.values.EM_ARM, ARM_SECTION_TYPES],
  [MACHINES.values.EM_X86_64, X86_64_SECTION_TYPES],
  [MACHINES.values.EM_MSP430, MSP430_SECTION_TYPES],
  [MACHINES.values.EM_HEXAGON, HEXAGON_SECTION_TYPES],
  [MACHINES.values.EM_AARCH64, AARCH64_SECTION_TYPES],
  [MACHINES.values.EM_RISCV, RISCV_SECTION_TYPES],
  [MACHINES.values.EM_CSKY, CSKY_SECTION_TYPES],
]);

/** The name of an `sh_type`, those that the machine defines included; else text that keeps the number. */
export function describeSectionType(machine: number, type: number): string {
  return SECTION_TYPES.nameOf(type) ?? MACHINE_SECTION_TYPES.get(machine)?.nameOf(type) ?? SECTION_TYPES.describe(type);
}

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
  SHF_SUNW_NODISCARD: 0x100000, // Solaris; its SHF_GNU_RETAIN.
  SHF_GNU_RETAIN: 0x200000,
  // 0x0ff00000 belong to operating systems, 0xf0000000 to processors; see describeSectionFlags.
  SHF_EXCLUDE: 0x80000000, // In the bits of processors, and the same for all.
});

/** Bits of `sh_flags` that processors define; one table for each, because they share bits. */
export const AARCH64_SECTION_FLAGS = /* @__PURE__ */ defineNames({ SHF_AARCH64_PURECODE: 0x20000000 });

/** See {@link AARCH64_SECTION_FLAGS}. */
export const ARM_SECTION_FLAGS = /* @__PURE__ */ defineNames({ SHF_ARM_PURECODE: 0x20000000 });

/** See {@link AARCH64_SECTION_FLAGS}. */
export const HEXAGON_SECTION_FLAGS = /* @__PURE__ */ defineNames({ SHF_HEX_GPREL: 0x10000000 });

/** See {@link AARCH64_SECTION_FLAGS}. */
export const MIPS_SECTION_FLAGS = /* @__PURE__ */ defineNames({
  SHF_MIPS_NODUPES: 0x01000000,
  SHF_MIPS_NAMES: 0x02000000,
  SHF_MIPS_LOCAL: 0x04000000,
  SHF_MIPS_NOSTRIP: 0x08000000,
  SHF_MIPS_GPREL: 0x10000000,
  SHF_MIPS_MERGE: 0x20000000,
  SHF_MIPS_ADDR: 0x40000000,
  SHF_MIPS_STRING: 0x80000000,
});

/** See {@link AARCH64_SECTION_FLAGS}. */
export const X86_64_SECTION_FLAGS = /* @__PURE__ */ defineNames({ SHF_X86_64_LARGE: 0x10000000 });

/** See {@link AARCH64_SECTION_FLAGS}. */
export const XCORE_SECTION_FLAGS = /* @__PURE__ */ defineNames({
  XCORE_SHF_DP_SECTION: 0x10000000,
  XCORE_SHF_CP_SECTION: 0x20000000,
});

const MACHINE_SECTION_FLAGS: ReadonlyMap<number, NameTable<string>> = /* @__PURE__ */ new Map<
  number,
  NameTable<string>
>([
  [MACHINES.values.EM_MIPS, MIPS_SECTION_FLAGS],
  [MACHINES.values.EM_ARM, ARM_SECTION_FLAGS],
  [MACHINES.values.EM_X86_64, X86_64_SECTION_FLAGS],
  [MACHINES.values.EM_HEXAGON, HEXAGON_SECTION_FLAGS],
  [MACHINES.values.EM_AARCH64, AARCH64_SECTION_FLAGS],
  [MACHINES.values.EM_XCORE, XCORE_SECTION_FLAGS],
]);

/**
 * The names of the bits that are set, from the lowest up; a bit without a name is text that keeps its number.
 *
 * @param flags - The low 32 bits of `sh_flags`.
 */
export function describeSectionFlags(machine: number, flags: number): string[] {
  const ofMachine = MACHINE_SECTION_FLAGS.get(machine);
  const names: string[] = [];
  for (let bit = 0; bit < 32; bit += 1) {
    const flag = (1 << bit) >>> 0;
    // The machine goes first: MIPS has a meaning of its own for the bit of SHF_EXCLUDE.
    if ((flags & flag) !== 0) names.push(ofMachine?.nameOf(flag) ?? SECTION_FLAGS.describe(flag));
  }
  return names;
}

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
