// Blocks STRTAB (id 23) and SYMTAB (id 25), in files of LLVM 5 and later: one record each, whose content is a blob
// (llvm/Bitcode/LLVMBitCodes.h, LLVM 22).

import { defineNames } from '../../names/index.ts';

/** Record codes of STRTAB blocks. */
export const STRTAB_CODES = /* @__PURE__ */ defineNames({ STRTAB_BLOB: 1 });

/** Record codes of SYMTAB blocks. */
export const SYMTAB_CODES = /* @__PURE__ */ defineNames({ SYMTAB_BLOB: 1 });
