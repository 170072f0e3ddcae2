// Values of st_info and st_other that hold for every machine: gABI "Symbol Table" and LLVM 22
// (llvm/BinaryFormat/ELF.h), compared with that header by scripts/check-constants.ts. Left out: the ends of ranges
// (STB_LOOS, STT_HIPROC and so on). What machines add is in symbol-machine.ts.

import { defineNames } from '../../names/index.ts';

/** Names of the binding, the upper half of `st_info`. */
export const SYMBOL_BINDINGS = /* @__PURE__ */ defineNames({
  STB_LOCAL: 0,
  STB_GLOBAL: 1,
  STB_WEAK: 2,
  // 10 to 12 belong to operating systems, 13 to 15 to processors.
  STB_GNU_UNIQUE: 10,
});

/** Names of the type, the lower half of `st_info`. */
export const SYMBOL_TYPES = /* @__PURE__ */ defineNames({
  STT_NOTYPE: 0,
  STT_OBJECT: 1,
  STT_FUNC: 2,
  STT_SECTION: 3,
  STT_FILE: 4,
  STT_COMMON: 5,
  STT_TLS: 6,
  // 10 to 12 belong to operating systems, 13 to 15 to processors. For AMDGPU 10 is STT_AMDGPU_HSA_KERNEL.
  STT_GNU_IFUNC: 10,
});

/** Names of the visibility, the lowest two bits of `st_other`. */
export const SYMBOL_VISIBILITIES = /* @__PURE__ */ defineNames({
  STV_DEFAULT: 0,
  STV_INTERNAL: 1,
  STV_HIDDEN: 2,
  STV_PROTECTED: 3,
});
