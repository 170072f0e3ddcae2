// r_type of Lanai.
//
// Numbers: LLVM 22, llvm/BinaryFormat/ELFRelocs/Lanai.def, compared with it by scripts/check-constants.ts. Meaning:
// LLVM alone defines them.

import { defineNames } from '../../../names/index.ts';

/** Names of the relocation types of Lanai. */
export const LANAI_RELOCATIONS = /* @__PURE__ */ defineNames({
  R_LANAI_NONE: 0,
  R_LANAI_21: 1, // 21 bits
  R_LANAI_21_F: 2, // 21 bits, the last two masked
  R_LANAI_25: 3, // branch target, 25 bits
  R_LANAI_32: 4, // 4 bytes
  R_LANAI_HI16: 5, // upper 16 bits
  R_LANAI_LO16: 6, // lower 16 bits
});
