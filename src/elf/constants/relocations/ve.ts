// r_type of NEC's SX-Aurora VE.
//
// Numbers: LLVM 22, llvm/BinaryFormat/ELFRelocs/VE.def, compared with it by scripts/check-constants.ts. Meaning:
// "System V ABI, VE Architecture Processor Supplement", and "ELF Handling For Thread-Local Storage, VE Architecture".

import { defineNames } from '../../../names/index.ts';

/** Names of the relocation types of NEC's SX-Aurora VE. */
export const VE_RELOCATIONS = /* @__PURE__ */ defineNames({
  R_VE_NONE: 0,
  R_VE_REFLONG: 1,
  R_VE_REFQUAD: 2,
  R_VE_SREL32: 3,
  R_VE_HI32: 4,
  R_VE_LO32: 5,
  R_VE_PC_HI32: 6,
  R_VE_PC_LO32: 7,
  R_VE_GOT32: 8,
  R_VE_GOT_HI32: 9,
  R_VE_GOT_LO32: 10,
  R_VE_GOTOFF32: 11,
  R_VE_GOTOFF_HI32: 12,
  R_VE_GOTOFF_LO32: 13,
  R_VE_PLT32: 14,
  R_VE_PLT_HI32: 15,
  R_VE_PLT_LO32: 16,
  R_VE_RELATIVE: 17,
  R_VE_GLOB_DAT: 18,
  R_VE_JUMP_SLOT: 19,
  R_VE_COPY: 20,
  // 21: reserved, or a name that LLVM does not carry.
  R_VE_DTPMOD64: 22,
  R_VE_DTPOFF64: 23,
  // 24: reserved, or a name that LLVM does not carry.
  R_VE_TLS_GD_HI32: 25,
  R_VE_TLS_GD_LO32: 26,
  // 27 to 31: reserved, or names that LLVM does not carry.
  R_VE_TPOFF_HI32: 32,
  R_VE_TPOFF_LO32: 33,
  // 34: reserved, or a name that LLVM does not carry.
  R_VE_CALL_HI32: 35,
  R_VE_CALL_LO32: 36,
});
