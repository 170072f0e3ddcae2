// e_flags of EM_SPARC32PLUS and EM_SPARCV9: "SPARC Compliance Definition" 2.4. Values: LLVM 22
// (llvm/BinaryFormat/ELF.h) and, for names marked so, glibc's elf.h, compared with both by scripts/check-constants.ts.

import { defineNames } from '../../../names/index.ts';

/** Bits of the `e_flags` of SPARC. */
export const SPARC_HEADER_FLAGS = /* @__PURE__ */ defineNames({
  EF_SPARC_32PLUS: 0x000100,
  EF_SPARC_SUN_US1: 0x000200,
  EF_SPARC_HAL_R1: 0x000400,
  EF_SPARC_SUN_US3: 0x000800,
  EF_SPARC_LEDATA: 0x800000, // elf.h
});

/** Names of the memory model, EF_SPARCV9_MM (0x3) of `e_flags`. */
export const SPARC_MEMORY_MODELS = /* @__PURE__ */ defineNames({
  EF_SPARCV9_TSO: 0x0,
  EF_SPARCV9_PSO: 0x1,
  EF_SPARCV9_RMO: 0x2,
});
