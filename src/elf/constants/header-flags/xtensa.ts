// e_flags of Xtensa: LLVM 22 (llvm/BinaryFormat/ELF.h), compared with it by scripts/check-constants.ts. The field
// EF_XTENSA_MACH (0xf) has one value, 0.

import { defineNames } from '../../../names/index.ts';

/** Bits of the `e_flags` of Xtensa. */
export const XTENSA_HEADER_FLAGS = /* @__PURE__ */ defineNames({
  EF_XTENSA_XT_INSN: 0x100,
  EF_XTENSA_XT_LIT: 0x200,
});
