// e_flags of MIPS: "System V ABI, MIPS RISC Processor Supplement", and LLVM 22 (llvm/BinaryFormat/ELF.h) and, for names
// marked so, glibc's elf.h, compared with both by scripts/check-constants.ts.

import { defineNames } from '../../../names/index.ts';

/** Bits of the `e_flags` of MIPS. */
export const MIPS_HEADER_FLAGS = /* @__PURE__ */ defineNames({
  EF_MIPS_NOREORDER: 0x1,
  EF_MIPS_PIC: 0x2,
  EF_MIPS_CPIC: 0x4,
  EF_MIPS_XGOT: 0x8, // elf.h
  EF_MIPS_64BIT_WHIRL: 0x10, // elf.h
  EF_MIPS_ABI2: 0x20,
  EF_MIPS_ABI_ON32: 0x40, // elf.h
  EF_MIPS_32BITMODE: 0x100,
  EF_MIPS_FP64: 0x200,
  EF_MIPS_NAN2008: 0x400,
  EF_MIPS_MICROMIPS: 0x2000000,
  EF_MIPS_ARCH_ASE_M16: 0x4000000,
  EF_MIPS_ARCH_ASE_MDMX: 0x8000000,
});

/** Names of the ABI, EF_MIPS_ABI (0xf000) of `e_flags`. 0 is N64, or N32 with EF_MIPS_ABI2. */
export const MIPS_ABIS = /* @__PURE__ */ defineNames({
  EF_MIPS_ABI_O32: 0x1000,
  EF_MIPS_ABI_O64: 0x2000,
  EF_MIPS_ABI_EABI32: 0x3000,
  EF_MIPS_ABI_EABI64: 0x4000,
});

/** Names of the processor, EF_MIPS_MACH (0xff0000) of `e_flags`. */
export const MIPS_PROCESSORS = /* @__PURE__ */ defineNames({
  EF_MIPS_MACH_NONE: 0x000000,
  EF_MIPS_MACH_3900: 0x810000,
  EF_MIPS_MACH_4010: 0x820000,
  EF_MIPS_MACH_4100: 0x830000,
  EF_MIPS_MACH_4650: 0x850000,
  EF_MIPS_MACH_4120: 0x870000,
  EF_MIPS_MACH_4111: 0x880000,
  EF_MIPS_MACH_SB1: 0x8a0000,
  EF_MIPS_MACH_OCTEON: 0x8b0000,
  EF_MIPS_MACH_XLR: 0x8c0000,
  EF_MIPS_MACH_OCTEON2: 0x8d0000,
  EF_MIPS_MACH_OCTEON3: 0x8e0000,
  EF_MIPS_MACH_5400: 0x910000,
  EF_MIPS_MACH_5900: 0x920000,
  EF_MIPS_MACH_5500: 0x980000,
  EF_MIPS_MACH_9000: 0x990000,
  EF_MIPS_MACH_LS2E: 0xa00000,
  EF_MIPS_MACH_LS2F: 0xa10000,
  EF_MIPS_MACH_LS3A: 0xa20000,
});

/** Names of the instruction set, EF_MIPS_ARCH (0xf0000000) of `e_flags`. */
export const MIPS_INSTRUCTION_SETS = /* @__PURE__ */ defineNames({
  EF_MIPS_ARCH_1: 0x00000000,
  EF_MIPS_ARCH_2: 0x10000000,
  EF_MIPS_ARCH_3: 0x20000000,
  EF_MIPS_ARCH_4: 0x30000000,
  EF_MIPS_ARCH_5: 0x40000000,
  EF_MIPS_ARCH_32: 0x50000000,
  EF_MIPS_ARCH_64: 0x60000000,
  EF_MIPS_ARCH_32R2: 0x70000000,
  EF_MIPS_ARCH_64R2: 0x80000000,
  EF_MIPS_ARCH_32R6: 0x90000000,
  EF_MIPS_ARCH_64R6: 0xa0000000,
});
