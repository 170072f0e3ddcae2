// Blocks OPERAND_BUNDLE_TAGS (id 21) and SYNC_SCOPE_NAMES (id 26), lists of names: record codes
// (llvm/Bitcode/LLVMBitCodes.h, LLVM 22).

import { defineNames } from '../../names/index.ts';

/** Record codes of OPERAND_BUNDLE_TAGS blocks. */
export const OPERAND_BUNDLE_TAG_CODES = /* @__PURE__ */ defineNames({
  OPERAND_BUNDLE_TAG: 1,
});

/** Record codes of SYNC_SCOPE_NAMES blocks. */
export const SYNC_SCOPE_NAME_CODES = /* @__PURE__ */ defineNames({
  SYNC_SCOPE_NAME: 1,
});
