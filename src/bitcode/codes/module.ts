// Block MODULE (id 8): record codes (llvm/Bitcode/LLVMBitCodes.h, LLVM 22) and the operands that are read.

import { defineNames } from '../../names/index.ts';

/** Record codes of MODULE blocks. */
export const MODULE_CODES = /* @__PURE__ */ defineNames({
  MODULE_CODE_VERSION: 1,
  MODULE_CODE_TRIPLE: 2,
  MODULE_CODE_DATALAYOUT: 3,
  MODULE_CODE_ASM: 4,
  MODULE_CODE_SECTIONNAME: 5,
  MODULE_CODE_DEPLIB: 6,
  MODULE_CODE_GLOBALVAR: 7,
  MODULE_CODE_FUNCTION: 8,
  MODULE_CODE_ALIAS_OLD: 9, // up to LLVM 3.7
  // 10 was PURGEVALS, withdrawn before LLVM 3.0.
  MODULE_CODE_GCNAME: 11,
  MODULE_CODE_COMDAT: 12,
  MODULE_CODE_VSTOFFSET: 13,
  MODULE_CODE_ALIAS: 14,
  MODULE_CODE_METADATA_VALUES_UNUSED: 15, // LLVM 3.8 only
  MODULE_CODE_SOURCE_FILENAME: 16,
  MODULE_CODE_HASH: 17,
  MODULE_CODE_IFUNC: 18,
});

/** From this version on (LLVM 5) records of global values begin with two operands: their name in the string table. */
export const VERSION_WITH_STRING_TABLE = 2;

/** Operands of those records that name the string: offset and size. */
export const STRING_OPERAND_COUNT = 2;

/** Operand positions of GLOBALVAR, counted behind the two string operands where there are such. */
export const GLOBALVAR_OPERANDS = {
  /** Bit 0: constant. Bit 1: operand 0 is the type of the value. Above: address space. */
  flags: 1,
} as const;

/** The bit of {@link GLOBALVAR_OPERANDS}.flags that tells a constant. */
export const GLOBALVAR_CONSTANT = 1;
