// Block MODULE (id 8): record codes and operands (llvm/Bitcode/LLVMBitCodes.h and lib/Bitcode/Writer/BitcodeWriter.cpp,
// LLVM 22). A record may end before the last operand: what is missing has its default, as in records of older writers.

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

/** From this version on operands of instructions are distances to the values that they name. */
export const VERSION_WITH_RELATIVE_IDS = 1;

/** From this version on (LLVM 5) records of global values begin with two operands: their name in the string table. */
export const VERSION_WITH_STRING_TABLE = 2;

/** Operands of those records that name the string: offset and size. */
export const STRING_OPERAND_COUNT = 2;

// The positions of the next five tables are counted behind the two string operands where there are such.

/** Operand positions of GLOBALVAR. Records of which everything behind `section` is the default end there. */
export const GLOBALVAR_OPERANDS = {
  /** Type of the value, or up to LLVM 3.6 of a pointer to it. */
  type: 0,
  /** Bit 0: constant. Bit 1: operand 0 is the type of the value. Above, if bit 1 is set: address space. */
  flags: 1,
  /** 0 for a declaration, else one more than the value id of the initial value. */
  initializer: 2,
  linkage: 3,
  /** 0 for none, else one more than its binary logarithm. */
  alignment: 4,
  /** 0 for none, else the position of the SECTIONNAME record, from 1 on. */
  section: 5,
  visibility: 6,
  threadLocal: 7,
  unnamedAddress: 8,
  externallyInitialized: 9,
  dllStorage: 10,
  /** 0 for none, else the position of the COMDAT record, from 1 on. */
  comdat: 11,
  /** 0 for none, else the position of the attribute list, from 1 on. */
  attributes: 12,
  dsoLocal: 13,
  /** Offset and size in the string table; of size 0 for none, wherever the offset points. */
  partition: 14,
  sanitizers: 16, // since LLVM 15
  codeModel: 17, // since LLVM 18
} as const;

/** Bits of {@link GLOBALVAR_OPERANDS}.flags; the address space stands above them. */
export const GLOBALVAR_CONSTANT = 1;
export const GLOBALVAR_EXPLICIT_TYPE = 2;
export const GLOBALVAR_ADDRESS_SPACE_SHIFT = 2;

/** Operand positions of FUNCTION. */
export const FUNCTION_OPERANDS = {
  /** Type of the function, or up to LLVM 3.6 of a pointer to it. */
  type: 0,
  callingConvention: 1,
  isDeclaration: 2,
  linkage: 3,
  attributes: 4,
  alignment: 5,
  section: 6,
  visibility: 7,
  /** 0 for none, else the position of the GCNAME record, from 1 on. */
  gc: 8,
  unnamedAddress: 9, // left out by BitCodeFormat.rst
  /** 0 for none, else one more than its value id; so are the next two. */
  prologue: 10,
  dllStorage: 11,
  comdat: 12,
  prefix: 13,
  personality: 14,
  dsoLocal: 15,
  addressSpace: 16,
  partition: 17,
} as const;

/** Operand positions of ALIAS, since LLVM 3.8. */
export const ALIAS_OPERANDS = {
  /** Type of the value. */
  type: 0,
  addressSpace: 1,
  /** Value id, of a constant expression too. */
  aliasee: 2,
  linkage: 3,
  visibility: 4,
  dllStorage: 5,
  threadLocal: 6,
  unnamedAddress: 7,
  dsoLocal: 8,
  partition: 9,
} as const;

/** Operand positions of ALIAS_OLD, up to LLVM 3.7. */
export const ALIAS_OLD_OPERANDS = {
  /** Type of a pointer to the value. */
  type: 0,
  aliasee: 1,
  linkage: 2,
  visibility: 3,
  dllStorage: 4,
  threadLocal: 5,
  unnamedAddress: 6,
} as const;

/** Operand positions of IFUNC. */
export const IFUNC_OPERANDS = {
  /** Type of the function. */
  type: 0,
  addressSpace: 1,
  /** Value id, of a constant expression too. */
  resolver: 2,
  linkage: 3,
  visibility: 4,
  dsoLocal: 5,
  partition: 6,
} as const;

/** Operand positions of COMDAT: behind two string operands, and where the name stands in the record itself. */
export const COMDAT_OPERANDS = { kind: 0 } as const;
export const COMDAT_OLD_OPERANDS = { kind: 0, nameSize: 1, name: 2 } as const;
