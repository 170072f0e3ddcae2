// Block MODULE_STRTAB (id 19), the modules of a combined index: record codes (llvm/Bitcode/LLVMBitCodes.h, LLVM 22).

import { defineNames } from '../../names/index.ts';

/** Record codes of MODULE_STRTAB blocks. */
export const MODULE_STRTAB_CODES = /* @__PURE__ */ defineNames({
  MST_CODE_ENTRY: 1,
  MST_CODE_HASH: 2,
});
