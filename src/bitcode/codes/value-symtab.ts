// Block VALUE_SYMTAB (id 14): record codes (llvm/Bitcode/LLVMBitCodes.h, LLVM 22).

import { defineNames } from '../../names/index.ts';

/** Record codes of VALUE_SYMTAB blocks. */
export const VALUE_SYMTAB_CODES = /* @__PURE__ */ defineNames({
  VST_CODE_ENTRY: 1,
  VST_CODE_BBENTRY: 2,
  VST_CODE_FNENTRY: 3,
  // 4 was COMBINED_GVDEFENTRY, before LLVM 3.9.
  VST_CODE_COMBINED_ENTRY: 5,
});

/** The operand at which the name begins: in ENTRY and BBENTRY, and in FNENTRY. */
export const VALUE_SYMTAB_NAME_AT = { entry: 1, functionEntry: 2 } as const;
