// e_flags of IA-64. Values: glibc's elf.h, compared with it by scripts/check-constants.ts; LLVM has none.

import { defineNames } from '../../../names/index.ts';

/** Bits of the `e_flags` of IA-64; EF_IA_64_ARCH (0xff000000) is a version, EF_IA_64_MASKOS (0xf) is the system's. */
export const IA_64_HEADER_FLAGS = /* @__PURE__ */ defineNames({
  EF_IA_64_ABI64: 0x10,
});
