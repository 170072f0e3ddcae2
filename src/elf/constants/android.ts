// Flags of the groups in Android's packed relocations (SHT_ANDROID_REL, SHT_ANDROID_RELA): bionic
// linker/linker_reloc_iterators.h, and LLVM 22 (llvm/BinaryFormat/ELF.h), compared with that header by
// scripts/check-constants.ts.

import { defineNames } from '../../names/index.ts';

/** Bits of the flags of a group. */
export const ANDROID_RELOCATION_GROUP_FLAGS = /* @__PURE__ */ defineNames({
  RELOCATION_GROUPED_BY_INFO_FLAG: 0x1,
  RELOCATION_GROUPED_BY_OFFSET_DELTA_FLAG: 0x2,
  RELOCATION_GROUPED_BY_ADDEND_FLAG: 0x4,
  RELOCATION_GROUP_HAS_ADDEND_FLAG: 0x8,
});
