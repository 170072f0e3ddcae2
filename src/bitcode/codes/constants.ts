// Block CONSTANTS (id 11): record codes (llvm/Bitcode/LLVMBitCodes.h, LLVM 22).

import { defineNames } from '../../names/index.ts';

/** Record codes of CONSTANTS blocks. All but SETTYPE define a value. */
export const CONSTANTS_CODES = /* @__PURE__ */ defineNames({
  CST_CODE_SETTYPE: 1,
  CST_CODE_NULL: 2,
  CST_CODE_UNDEF: 3,
  CST_CODE_INTEGER: 4,
  CST_CODE_WIDE_INTEGER: 5,
  CST_CODE_FLOAT: 6,
  CST_CODE_AGGREGATE: 7,
  CST_CODE_STRING: 8,
  CST_CODE_CSTRING: 9,
  CST_CODE_CE_BINOP: 10,
  CST_CODE_CE_CAST: 11,
  CST_CODE_CE_GEP_OLD: 12,
  CST_CODE_CE_SELECT: 13,
  CST_CODE_CE_EXTRACTELT: 14,
  CST_CODE_CE_INSERTELT: 15,
  CST_CODE_CE_SHUFFLEVEC: 16,
  CST_CODE_CE_CMP: 17,
  CST_CODE_INLINEASM_OLD: 18,
  CST_CODE_CE_SHUFVEC_EX: 19,
  CST_CODE_CE_INBOUNDS_GEP: 20,
  CST_CODE_BLOCKADDRESS: 21,
  CST_CODE_DATA: 22,
  CST_CODE_INLINEASM_OLD2: 23,
  CST_CODE_CE_GEP_WITH_INRANGE_INDEX_OLD: 24,
  CST_CODE_CE_UNOP: 25,
  CST_CODE_POISON: 26,
  CST_CODE_DSO_LOCAL_EQUIVALENT: 27,
  CST_CODE_INLINEASM_OLD3: 28,
  CST_CODE_NO_CFI_VALUE: 29,
  CST_CODE_INLINEASM: 30,
  CST_CODE_CE_GEP_WITH_INRANGE: 31,
  CST_CODE_CE_GEP: 32,
  CST_CODE_PTRAUTH: 33,
  CST_CODE_PTRAUTH2: 34,
});

/** What a CE_CAST record casts by. */
export const CAST_OPCODES = /* @__PURE__ */ defineNames({
  CAST_TRUNC: 0,
  CAST_ZEXT: 1,
  CAST_SEXT: 2,
  CAST_FPTOUI: 3,
  CAST_FPTOSI: 4,
  CAST_UITOFP: 5,
  CAST_SITOFP: 6,
  CAST_FPTRUNC: 7,
  CAST_FPEXT: 8,
  CAST_PTRTOINT: 9,
  CAST_INTTOPTR: 10,
  CAST_BITCAST: 11,
  CAST_ADDRSPACECAST: 12,
  CAST_PTRTOADDR: 13,
});

/** What a CE_BINOP record computes. */
export const BINARY_OPCODES = /* @__PURE__ */ defineNames({
  BINOP_ADD: 0,
  BINOP_SUB: 1,
  BINOP_MUL: 2,
  BINOP_UDIV: 3,
  BINOP_SDIV: 4,
  BINOP_UREM: 5,
  BINOP_SREM: 6,
  BINOP_SHL: 7,
  BINOP_LSHR: 8,
  BINOP_ASHR: 9,
  BINOP_AND: 10,
  BINOP_OR: 11,
  BINOP_XOR: 12,
});

/** Operand positions of CE_CAST. */
export const CAST_OPERANDS = { opcode: 0, type: 1, value: 2 } as const;

/** Operand positions of CE_BINOP. */
export const BINARY_OPERANDS = { opcode: 0, left: 1, right: 2 } as const;

/** Operand positions of BLOCKADDRESS. */
export const BLOCKADDRESS_OPERANDS = {
  /** Type of the function, of a pointer to it up to LLVM 3.6. */
  type: 0,
  /** Value id of the function. */
  function: 1,
  /** Position of the block in the function, from 0 on. */
  block: 2,
} as const;

/** Bits of the flags of inline assembly. */
export const INLINE_ASM_FLAGS = {
  sideEffect: 1,
  alignStack: 2,
  intelDialect: 4, // since INLINEASM_OLD2, LLVM 3.2
  unwind: 8, // since INLINEASM_OLD3, LLVM 13
} as const;
