// e_flags of LoongArch: "ELF for the LoongArch Architecture", "e_flags: ABI type and version", and LLVM 22
// (llvm/BinaryFormat/ELF.h), compared with it by scripts/check-constants.ts. glibc spells the names EF_LARCH_.

import { defineNames } from '../../../names/index.ts';

/** Names of the field EF_LOONGARCH_ABI_MODIFIER_MASK (0x7) of `e_flags`. */
export const LOONGARCH_ABI_MODIFIERS = /* @__PURE__ */ defineNames({
  EF_LOONGARCH_ABI_SOFT_FLOAT: 0x1,
  EF_LOONGARCH_ABI_SINGLE_FLOAT: 0x2,
  EF_LOONGARCH_ABI_DOUBLE_FLOAT: 0x3,
});

/** Names of the field EF_LOONGARCH_OBJABI_MASK (0xc0) of `e_flags`. */
export const LOONGARCH_OBJECT_ABIS = /* @__PURE__ */ defineNames({
  EF_LOONGARCH_OBJABI_V0: 0x0,
  EF_LOONGARCH_OBJABI_V1: 0x40,
});
