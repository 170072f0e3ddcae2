// e_flags of z/Architecture and S/390. Values: glibc's elf.h, compared with it by scripts/check-constants.ts; LLVM has
// none.

import { defineNames } from '../../../names/index.ts';

/** Bits of the `e_flags` of z/Architecture and S/390. */
export const S390_HEADER_FLAGS = /* @__PURE__ */ defineNames({
  EF_S390_HIGH_GPRS: 0x1,
});
