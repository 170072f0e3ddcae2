// e_flags of Alpha. Values: glibc's elf.h, compared with it by scripts/check-constants.ts; LLVM has none.

import { defineNames } from '../../../names/index.ts';

/** Bits of the `e_flags` of Alpha. */
export const ALPHA_HEADER_FLAGS = /* @__PURE__ */ defineNames({
  EF_ALPHA_32BIT: 0x1,
  EF_ALPHA_CANRELAX: 0x2,
});
