// e_flags of the Motorola 68000 family and of ColdFire. Values: binutils include/elf/m68k.h. LLVM has none, and glibc's
// elf.h one of them alone, by the name EF_CPU32.

import { defineNames } from '../../../names/index.ts';

/** Names of the processor, EF_M68K_ARCH_MASK (0x03818000) of `e_flags`; 0 is a 68020 or, with a lowest byte, ColdFire. */
export const M68K_PROCESSORS = /* @__PURE__ */ defineNames({
  EF_M68K_CFV4E: 0x0008000,
  EF_M68K_CPU32: 0x0810000,
  EF_M68K_M68000: 0x1000000,
  EF_M68K_FIDO: 0x2000000,
});

/** Names of the instruction set of ColdFire, EF_M68K_CF_ISA_MASK (0xf) of `e_flags`. */
export const COLDFIRE_INSTRUCTION_SETS = /* @__PURE__ */ defineNames({
  EF_M68K_CF_ISA_A_NODIV: 0x1,
  EF_M68K_CF_ISA_A: 0x2,
  EF_M68K_CF_ISA_A_PLUS: 0x3,
  EF_M68K_CF_ISA_B_NOUSP: 0x4,
  EF_M68K_CF_ISA_B: 0x5,
  EF_M68K_CF_ISA_C: 0x6,
  EF_M68K_CF_ISA_C_NODIV: 0x7,
});

/** Names of the multiplier of ColdFire, EF_M68K_CF_MAC_MASK (0x30) of `e_flags`. */
export const COLDFIRE_MULTIPLIERS = /* @__PURE__ */ defineNames({
  EF_M68K_CF_MAC: 0x10,
  EF_M68K_CF_EMAC: 0x20,
  EF_M68K_CF_EMAC_B: 0x30,
});

/** Bits of the `e_flags` of ColdFire. */
export const COLDFIRE_HEADER_FLAGS = /* @__PURE__ */ defineNames({
  EF_M68K_CF_FLOAT: 0x40,
});
