// e_flags of 32-bit PowerPC. Values: glibc's elf.h, compared with it by scripts/check-constants.ts; LLVM has none.
// (64-bit PowerPC has one field without names of its values, EF_PPC64_ABI; see describeHeaderFlags.)

import { defineNames } from '../../../names/index.ts';

/** Bits of the `e_flags` of 32-bit PowerPC. */
export const PPC_HEADER_FLAGS = /* @__PURE__ */ defineNames({
  EF_PPC_RELOCATABLE_LIB: 0x8000,
  EF_PPC_RELOCATABLE: 0x10000,
  EF_PPC_EMB: 0x80000000,
});
