// e_flags of PA-RISC. Values: glibc's elf.h, compared with it by scripts/check-constants.ts; LLVM has none.

import { defineNames } from '../../../names/index.ts';

/** Bits of the `e_flags` of PA-RISC. */
export const PARISC_HEADER_FLAGS = /* @__PURE__ */ defineNames({
  EF_PARISC_TRAPNIL: 0x10000,
  EF_PARISC_EXT: 0x20000,
  EF_PARISC_LSB: 0x40000,
  EF_PARISC_WIDE: 0x80000,
  EF_PARISC_NO_KABP: 0x100000,
  EF_PARISC_LAZYSWAP: 0x400000,
});

/** Names of the architecture version, EF_PARISC_ARCH (0xffff) of `e_flags`. */
export const PARISC_PROCESSORS = /* @__PURE__ */ defineNames({
  EFA_PARISC_1_0: 0x20b,
  EFA_PARISC_1_1: 0x210,
  EFA_PARISC_2_0: 0x214,
});
