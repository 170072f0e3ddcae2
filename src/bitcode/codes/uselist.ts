// Block USELIST (id 18): record codes (llvm/Bitcode/LLVMBitCodes.h, LLVM 22).

import { defineNames } from '../../names/index.ts';

/** Record codes of USELIST blocks. */
export const USELIST_CODES = /* @__PURE__ */ defineNames({
  USELIST_CODE_DEFAULT: 1,
  USELIST_CODE_BB: 2,
});
