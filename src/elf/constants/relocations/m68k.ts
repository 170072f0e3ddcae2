// r_type of the Motorola 68000 family.
//
// Numbers: LLVM 22, llvm/BinaryFormat/ELFRelocs/M68k.def, compared with it by scripts/check-constants.ts. Meaning:
// binutils include/elf/m68k.h.
//
// Where glibc and LLVM differ in the name (R_68K_GOT32 and R_68K_GOTPCREL32, nine of them) the table has LLVM's.

import { defineNames } from '../../../names/index.ts';

/** Names of the relocation types of the Motorola 68000 family. */
export const M68K_RELOCATIONS = /* @__PURE__ */ defineNames({
  R_68K_NONE: 0,
  R_68K_32: 1,
  R_68K_16: 2,
  R_68K_8: 3,
  R_68K_PC32: 4,
  R_68K_PC16: 5,
  R_68K_PC8: 6,
  R_68K_GOTPCREL32: 7,
  R_68K_GOTPCREL16: 8,
  R_68K_GOTPCREL8: 9,
  R_68K_GOTOFF32: 10,
  R_68K_GOTOFF16: 11,
  R_68K_GOTOFF8: 12,
  R_68K_PLT32: 13,
  R_68K_PLT16: 14,
  R_68K_PLT8: 15,
  R_68K_PLTOFF32: 16,
  R_68K_PLTOFF16: 17,
  R_68K_PLTOFF8: 18,
  R_68K_COPY: 19,
  R_68K_GLOB_DAT: 20,
  R_68K_JMP_SLOT: 21,
  R_68K_RELATIVE: 22,
  R_68K_GNU_VTINHERIT: 23,
  R_68K_GNU_VTENTRY: 24,
  R_68K_TLS_GD32: 25,
  R_68K_TLS_GD16: 26,
  R_68K_TLS_GD8: 27,
  R_68K_TLS_LDM32: 28,
  R_68K_TLS_LDM16: 29,
  R_68K_TLS_LDM8: 30,
  R_68K_TLS_LDO32: 31,
  R_68K_TLS_LDO16: 32,
  R_68K_TLS_LDO8: 33,
  R_68K_TLS_IE32: 34,
  R_68K_TLS_IE16: 35,
  R_68K_TLS_IE8: 36,
  R_68K_TLS_LE32: 37,
  R_68K_TLS_LE16: 38,
  R_68K_TLS_LE8: 39,
  R_68K_TLS_DTPMOD32: 40,
  R_68K_TLS_DTPREL32: 41,
  R_68K_TLS_TPREL32: 42,
});
