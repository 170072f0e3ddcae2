// Symbol versions, SHT_GNU_verdef, SHT_GNU_verneed and SHT_GNU_versym: "Linux Standard Base Core Specification" 5.0,
// "Symbol Versioning", LLVM 22 (llvm/BinaryFormat/ELF.h) and glibc's elf.h, compared with both by
// scripts/check-constants.ts. Left out: the versions of the structures (VER_DEF_CURRENT, VER_NEED_CURRENT), which are
// 1.

import { defineNames } from '../../names/index.ts';

/** Bits of `vd_flags` and `vna_flags`. */
export const VERSION_FLAGS = /* @__PURE__ */ defineNames({
  VER_FLG_BASE: 0x1,
  VER_FLG_WEAK: 0x2,
  VER_FLG_INFO: 0x4,
});

/** Names of the numbers in SHT_GNU_versym that name no version. */
export const VERSION_INDICES = /* @__PURE__ */ defineNames({
  VER_NDX_LOCAL: 0,
  VER_NDX_GLOBAL: 1,
  // 2 and above: versions. VER_NDX_LORESERVE is 0xff00.
  VER_NDX_ELIMINATE: 0xff01, // elf.h
});
