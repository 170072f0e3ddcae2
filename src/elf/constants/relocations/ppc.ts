// r_type of 32-bit PowerPC.
//
// Numbers: LLVM 22, llvm/BinaryFormat/ELFRelocs/PowerPC.def, and glibc's elf.h for those marked so (llvm-readobj has no
// name for them); compared with both by scripts/check-constants.ts. Meaning: "System V ABI, PowerPC Processor
// Supplement", and the "Power Architecture 32-bit ABI Supplement" 1.0.

import { defineNames } from '../../../names/index.ts';

/** Names of the relocation types of 32-bit PowerPC. */
export const PPC_RELOCATIONS = /* @__PURE__ */ defineNames({
  R_PPC_NONE: 0,
  R_PPC_ADDR32: 1,
  R_PPC_ADDR24: 2,
  R_PPC_ADDR16: 3,
  R_PPC_ADDR16_LO: 4,
  R_PPC_ADDR16_HI: 5,
  R_PPC_ADDR16_HA: 6,
  R_PPC_ADDR14: 7,
  R_PPC_ADDR14_BRTAKEN: 8,
  R_PPC_ADDR14_BRNTAKEN: 9,
  R_PPC_REL24: 10,
  R_PPC_REL14: 11,
  R_PPC_REL14_BRTAKEN: 12,
  R_PPC_REL14_BRNTAKEN: 13,
  R_PPC_GOT16: 14,
  R_PPC_GOT16_LO: 15,
  R_PPC_GOT16_HI: 16,
  R_PPC_GOT16_HA: 17,
  R_PPC_PLTREL24: 18,
  R_PPC_COPY: 19,
  R_PPC_GLOB_DAT: 20,
  R_PPC_JMP_SLOT: 21,
  R_PPC_RELATIVE: 22,
  R_PPC_LOCAL24PC: 23,
  R_PPC_UADDR32: 24,
  R_PPC_UADDR16: 25,
  R_PPC_REL32: 26,
  R_PPC_PLT32: 27,
  R_PPC_PLTREL32: 28,
  R_PPC_PLT16_LO: 29,
  R_PPC_PLT16_HI: 30,
  R_PPC_PLT16_HA: 31,
  R_PPC_SDAREL16: 32,
  R_PPC_SECTOFF: 33,
  R_PPC_SECTOFF_LO: 34,
  R_PPC_SECTOFF_HI: 35,
  R_PPC_SECTOFF_HA: 36,
  R_PPC_ADDR30: 37,
  // 38 to 66: reserved, or names that neither header carries.
  R_PPC_TLS: 67,
  R_PPC_DTPMOD32: 68,
  R_PPC_TPREL16: 69,
  R_PPC_TPREL16_LO: 70,
  R_PPC_TPREL16_HI: 71,
  R_PPC_TPREL16_HA: 72,
  R_PPC_TPREL32: 73,
  R_PPC_DTPREL16: 74,
  R_PPC_DTPREL16_LO: 75,
  R_PPC_DTPREL16_HI: 76,
  R_PPC_DTPREL16_HA: 77,
  R_PPC_DTPREL32: 78,
  R_PPC_GOT_TLSGD16: 79,
  R_PPC_GOT_TLSGD16_LO: 80,
  R_PPC_GOT_TLSGD16_HI: 81,
  R_PPC_GOT_TLSGD16_HA: 82,
  R_PPC_GOT_TLSLD16: 83,
  R_PPC_GOT_TLSLD16_LO: 84,
  R_PPC_GOT_TLSLD16_HI: 85,
  R_PPC_GOT_TLSLD16_HA: 86,
  R_PPC_GOT_TPREL16: 87,
  R_PPC_GOT_TPREL16_LO: 88,
  R_PPC_GOT_TPREL16_HI: 89,
  R_PPC_GOT_TPREL16_HA: 90,
  R_PPC_GOT_DTPREL16: 91,
  R_PPC_GOT_DTPREL16_LO: 92,
  R_PPC_GOT_DTPREL16_HI: 93,
  R_PPC_GOT_DTPREL16_HA: 94,
  R_PPC_TLSGD: 95,
  R_PPC_TLSLD: 96,
  // 97 to 100: reserved, or names that neither header carries.
  // Of the embedded ABI.
  R_PPC_EMB_NADDR32: 101, // elf.h
  R_PPC_EMB_NADDR16: 102, // elf.h
  R_PPC_EMB_NADDR16_LO: 103, // elf.h
  R_PPC_EMB_NADDR16_HI: 104, // elf.h
  R_PPC_EMB_NADDR16_HA: 105, // elf.h
  R_PPC_EMB_SDAI16: 106, // elf.h
  R_PPC_EMB_SDA2I16: 107, // elf.h
  R_PPC_EMB_SDA2REL: 108, // elf.h
  R_PPC_EMB_SDA21: 109, // elf.h
  R_PPC_EMB_MRKREF: 110, // elf.h
  R_PPC_EMB_RELSEC16: 111, // elf.h
  R_PPC_EMB_RELST_LO: 112, // elf.h
  R_PPC_EMB_RELST_HI: 113, // elf.h
  R_PPC_EMB_RELST_HA: 114, // elf.h
  R_PPC_EMB_BIT_FLD: 115, // elf.h
  R_PPC_EMB_RELSDA: 116, // elf.h
  // 117 to 179: reserved, or names that neither header carries.
  // Of the Diab compiler.
  R_PPC_DIAB_SDA21_LO: 180, // elf.h
  R_PPC_DIAB_SDA21_HI: 181, // elf.h
  R_PPC_DIAB_SDA21_HA: 182, // elf.h
  R_PPC_DIAB_RELSDA_LO: 183, // elf.h
  R_PPC_DIAB_RELSDA_HI: 184, // elf.h
  R_PPC_DIAB_RELSDA_HA: 185, // elf.h
  // 186 to 247: reserved, or names that neither header carries.
  R_PPC_IRELATIVE: 248,
  R_PPC_REL16: 249,
  R_PPC_REL16_LO: 250,
  R_PPC_REL16_HI: 251,
  R_PPC_REL16_HA: 252,
  // 253 and 254: reserved, or names that neither header carries.
  R_PPC_TOC16: 255, // elf.h
});
