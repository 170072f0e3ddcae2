// r_type of ARC: EM_ARC_COMPACT and EM_ARC_COMPACT2 share them.
//
// Numbers: LLVM 22, llvm/BinaryFormat/ELFRelocs/ARC.def, and glibc's elf.h for those marked so (llvm-readobj has no
// name for them); compared with both by scripts/check-constants.ts. Meaning: Synopsys' "ARCv2 ABI".
//
// The R_AC_ of six names is no slip: so they are called in LLVM, and GNU has them so too.

import { defineNames } from '../../../names/index.ts';

/** Names of the relocation types of ARC. */
export const ARC_RELOCATIONS = /* @__PURE__ */ defineNames({
  R_ARC_NONE: 0,
  R_ARC_8: 1,
  R_ARC_16: 2,
  R_ARC_24: 3,
  R_ARC_32: 4,
  R_ARC_B26: 5, // elf.h
  R_ARC_B22_PCREL: 6, // elf.h
  R_ARC_H30: 7, // elf.h
  R_ARC_N8: 8,
  R_ARC_N16: 9,
  R_ARC_N24: 10,
  R_ARC_N32: 11,
  R_ARC_SDA: 12,
  R_ARC_SECTOFF: 13,
  R_ARC_S21H_PCREL: 14,
  R_ARC_S21W_PCREL: 15,
  R_ARC_S25H_PCREL: 16,
  R_ARC_S25W_PCREL: 17,
  R_ARC_SDA32: 18,
  R_ARC_SDA_LDST: 19,
  R_ARC_SDA_LDST1: 20,
  R_ARC_SDA_LDST2: 21,
  R_ARC_SDA16_LD: 22,
  R_ARC_SDA16_LD1: 23,
  R_ARC_SDA16_LD2: 24,
  R_ARC_S13_PCREL: 25,
  R_ARC_W: 26,
  R_ARC_32_ME: 27,
  R_ARC_N32_ME: 28,
  R_ARC_SECTOFF_ME: 29,
  R_ARC_SDA32_ME: 30,
  R_ARC_W_ME: 31,
  R_ARC_H30_ME: 32, // elf.h
  R_ARC_SECTOFF_U8: 33, // elf.h
  R_ARC_SECTOFF_S9: 34, // elf.h
  R_AC_SECTOFF_U8: 35,
  R_AC_SECTOFF_U8_1: 36,
  R_AC_SECTOFF_U8_2: 37,
  R_AC_SECTOFF_S9: 38,
  R_AC_SECTOFF_S9_1: 39,
  R_AC_SECTOFF_S9_2: 40,
  R_ARC_SECTOFF_ME_1: 41,
  R_ARC_SECTOFF_ME_2: 42,
  R_ARC_SECTOFF_1: 43,
  R_ARC_SECTOFF_2: 44,
  R_ARC_SDA_12: 45,
  // 46 and 47: reserved, or names that neither header carries.
  R_ARC_SDA16_ST2: 48,
  R_ARC_32_PCREL: 49,
  R_ARC_PC32: 50,
  R_ARC_GOTPC32: 51,
  R_ARC_PLT32: 52,
  R_ARC_COPY: 53,
  R_ARC_GLOB_DAT: 54,
  R_ARC_JMP_SLOT: 55,
  R_ARC_RELATIVE: 56,
  R_ARC_GOTOFF: 57,
  R_ARC_GOTPC: 58,
  R_ARC_GOT32: 59,
  R_ARC_S21W_PCREL_PLT: 60,
  R_ARC_S25H_PCREL_PLT: 61,
  // 62: reserved, or a name that neither header carries.
  R_ARC_JLI_SECTOFF: 63,
  // 64 and 65: reserved, or names that neither header carries.
  R_ARC_TLS_DTPMOD: 66,
  R_ARC_TLS_DTPOFF: 67,
  R_ARC_TLS_TPOFF: 68,
  R_ARC_TLS_GD_GOT: 69,
  R_ARC_TLS_GD_LD: 70,
  R_ARC_TLS_GD_CALL: 71,
  R_ARC_TLS_IE_GOT: 72,
  R_ARC_TLS_DTPOFF_S9: 73,
  R_ARC_TLS_LE_S9: 74,
  R_ARC_TLS_LE_32: 75,
  R_ARC_S25W_PCREL_PLT: 76,
  R_ARC_S21H_PCREL_PLT: 77,
  R_ARC_NPS_CMEM16: 78,
  // 79 to 104: reserved, or names that neither header carries.
  R_ARC_32_ME_S: 105,
});
