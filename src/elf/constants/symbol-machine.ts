// Values of st_info and st_other whose meaning a machine decides: LLVM 22 (llvm/BinaryFormat/ELF.h) and, for names
// marked so, glibc's elf.h, compared with both by scripts/check-constants.ts. One table for each machine, because they
// share numbers. Left out: the visibilities that glibc names again for MIPS, and STO_MIPS_SC_ALIGN_UNUSED, which is no
// bit.

import { defineNames } from '../../names/index.ts';

/** Names of the bindings that MIPS defines. */
export const MIPS_SYMBOL_BINDINGS = /* @__PURE__ */ defineNames({
  STB_MIPS_SPLIT_COMMON: 13, // elf.h
});

/** Names of the symbol types that AMD GPUs define. */
export const AMDGPU_SYMBOL_TYPES = /* @__PURE__ */ defineNames({
  STT_AMDGPU_HSA_KERNEL: 10, // In place of STT_GNU_IFUNC.
});

/** Names of the symbol types that ARM defines, both before EABI 5. */
export const ARM_SYMBOL_TYPES = /* @__PURE__ */ defineNames({
  STT_ARM_TFUNC: 13, // elf.h
  STT_ARM_16BIT: 15, // elf.h
});

/** Names of the symbol types that PA-RISC and HP-UX define. */
export const PARISC_SYMBOL_TYPES = /* @__PURE__ */ defineNames({
  STT_HP_OPAQUE: 11, // elf.h
  STT_HP_STUB: 12, // elf.h
  STT_PARISC_MILLICODE: 13, // elf.h
});

/** Names of the symbol types that SPARC defines. */
export const SPARC_SYMBOL_TYPES = /* @__PURE__ */ defineNames({
  STT_SPARC_REGISTER: 13, // elf.h
});

/** Bits of `st_other` that AArch64 defines. */
export const AARCH64_SYMBOL_FLAGS = /* @__PURE__ */ defineNames({
  STO_AARCH64_VARIANT_PCS: 0x80, // Another calling convention than the base procedure call standard.
});

/** Names of the upper six bits of `st_other` that Alpha defines. */
export const ALPHA_SYMBOL_FLAGS = /* @__PURE__ */ defineNames({
  STO_ALPHA_NOPV: 0x80, // elf.h; no procedure value needed.
  STO_ALPHA_STD_GPLOAD: 0x88, // elf.h; starts with the usual load of the GP.
});

/** Bits of `st_other` that MIPS defines, and one field: STO_MIPS_MIPS16 has all upper four bits. */
export const MIPS_SYMBOL_FLAGS = /* @__PURE__ */ defineNames({
  STO_MIPS_OPTIONAL: 0x4, // Need not be defined.
  STO_MIPS_PLT: 0x8, // The value is that of a PLT entry.
  STO_MIPS_PIC: 0x20, // Position-independent, in a file with code that is not.
  STO_MIPS_MICROMIPS: 0x80,
  STO_MIPS_MIPS16: 0xf0,
});

/** Bits of `st_other` that RISC-V defines. */
export const RISCV_SYMBOL_FLAGS = /* @__PURE__ */ defineNames({
  STO_RISCV_VARIANT_CC: 0x80, // Another calling convention than the standard one.
});

/** Position of the field in `st_other` of 64-bit PowerPC that tells the local entry point, STO_PPC64_LOCAL_BIT. */
export const STO_PPC64_LOCAL_BIT = 5;

/** Bits of that field, STO_PPC64_LOCAL_MASK. */
export const STO_PPC64_LOCAL_MASK = 0xe0;
