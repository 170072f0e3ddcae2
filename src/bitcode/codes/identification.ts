// Block IDENTIFICATION (id 13), in files of LLVM 3.8 and later (llvm/Bitcode/LLVMBitCodes.h, LLVM 22).

import { defineNames } from '../../names/index.ts';

/** Record codes of IDENTIFICATION blocks. */
export const IDENTIFICATION_CODES = /* @__PURE__ */ defineNames({
  IDENTIFICATION_CODE_STRING: 1,
  IDENTIFICATION_CODE_EPOCH: 2,
});

/** The epoch that LLVM up to 22 writes and reads (BITCODE_CURRENT_EPOCH). */
export const CURRENT_EPOCH = 0;
