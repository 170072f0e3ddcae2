// e_flags of 32-bit ARM: "ELF for the Arm Architecture" (AAELF32, 2023Q3), and for the versions before EABI 5 binutils
// include/elf/arm.h. Values: LLVM 22 (llvm/BinaryFormat/ELF.h) and, for names marked so, glibc's elf.h, compared with
// both by scripts/check-constants.ts. Which bits there are depends on the EABI version; see describeHeaderFlags.

import { defineNames } from '../../../names/index.ts';

/** Names of the EABI version, EF_ARM_EABIMASK (0xff000000) of `e_flags`. */
export const ARM_EABI_VERSIONS = /* @__PURE__ */ defineNames({
  EF_ARM_EABI_UNKNOWN: 0x0000000,
  EF_ARM_EABI_VER1: 0x1000000,
  EF_ARM_EABI_VER2: 0x2000000,
  EF_ARM_EABI_VER3: 0x3000000,
  EF_ARM_EABI_VER4: 0x4000000,
  EF_ARM_EABI_VER5: 0x5000000,
});

/** Bits of the `e_flags` of ARM in every version. */
export const ARM_HEADER_FLAGS = /* @__PURE__ */ defineNames({
  EF_ARM_LE8: 0x400000, // elf.h
  EF_ARM_BE8: 0x800000,
});

/** Bits of the `e_flags` of ARM with EABI version 5. */
export const ARM_EABI5_HEADER_FLAGS = /* @__PURE__ */ defineNames({
  EF_ARM_ABI_FLOAT_SOFT: 0x200,
  EF_ARM_ABI_FLOAT_HARD: 0x400,
});

/** Bits of the `e_flags` of ARM with EABI version 1 or 2. */
export const ARM_EABI2_HEADER_FLAGS = /* @__PURE__ */ defineNames({
  EF_ARM_SYMSARESORTED: 0x4,
  EF_ARM_DYNSYMSUSESEGIDX: 0x8, // version 2 alone
  EF_ARM_MAPSYMSFIRST: 0x10, // version 2 alone
});

/** Bits of the `e_flags` of ARM before there was an EABI. */
export const ARM_LEGACY_HEADER_FLAGS = /* @__PURE__ */ defineNames({
  EF_ARM_RELEXEC: 0x1, // elf.h
  EF_ARM_HASENTRY: 0x2, // elf.h
  EF_ARM_INTERWORK: 0x4, // elf.h
  EF_ARM_APCS_26: 0x8, // elf.h
  EF_ARM_APCS_FLOAT: 0x10, // elf.h
  EF_ARM_PIC: 0x20, // elf.h
  EF_ARM_ALIGN8: 0x40, // elf.h
  EF_ARM_NEW_ABI: 0x80, // elf.h
  EF_ARM_OLD_ABI: 0x100, // elf.h
  EF_ARM_SOFT_FLOAT: 0x200,
  EF_ARM_VFP_FLOAT: 0x400,
  EF_ARM_MAVERICK_FLOAT: 0x800, // elf.h
});
