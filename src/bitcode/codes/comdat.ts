// The kinds of COMDAT records in MODULE blocks (llvm/Bitcode/LLVMBitCodes.h, LLVM 22).

import { defineNames } from '../../names/index.ts';

/** How a linker chooses between COMDATs of one name. One more than in symbol tables. */
export const COMDAT_SELECTION_KINDS = /* @__PURE__ */ defineNames({
  COMDAT_SELECTION_KIND_ANY: 1,
  COMDAT_SELECTION_KIND_EXACT_MATCH: 2,
  COMDAT_SELECTION_KIND_LARGEST: 3,
  COMDAT_SELECTION_KIND_NO_DUPLICATES: 4,
  COMDAT_SELECTION_KIND_SAME_SIZE: 5,
});
