// What the records of FUNCTION blocks (id 12) are: which ones are instructions, and which of those define a value
// (BitcodeReader::parseFunctionBody in llvm/lib/Bitcode/Reader/BitcodeReader.cpp, LLVM 3.0 to 22). Values are numbered in
// the order of the instructions that define them, so that one wrong entry here moves every number behind it.

import { FUNCTION_CODES } from './function.ts';

const C = FUNCTION_CODES.values;

/** Kinds of records. */
export const INSTRUCTION_KINDS = {
  /** A code that no LLVM up to 22 writes: perhaps an instruction, perhaps with a value. */
  unknown: 0,
  /** Says something about the function or the instruction before it. */
  none: 1,
  /** An instruction without a value. */
  plain: 2,
  /** An instruction that defines a value. */
  value: 3,
  /** A call, which defines a value unless what is called returns nothing. */
  call: 4,
} as const;

/** Instruction that ended a block up to LLVM 3.0. */
const UNWIND = 14;

const NOT_INSTRUCTIONS = [
  C.FUNC_CODE_DECLAREBLOCKS,
  C.FUNC_CODE_DEBUG_LOC_AGAIN,
  C.FUNC_CODE_DEBUG_LOC,
  C.FUNC_CODE_OPERAND_BUNDLE,
  C.FUNC_CODE_BLOCKADDR_USERS,
  C.FUNC_CODE_DEBUG_RECORD_VALUE,
  C.FUNC_CODE_DEBUG_RECORD_DECLARE,
  C.FUNC_CODE_DEBUG_RECORD_ASSIGN,
  C.FUNC_CODE_DEBUG_RECORD_VALUE_SIMPLE,
  C.FUNC_CODE_DEBUG_RECORD_LABEL,
  C.FUNC_CODE_DEBUG_RECORD_DECLARE_VALUE,
];

const WITHOUT_VALUE = [
  C.FUNC_CODE_INST_RET,
  C.FUNC_CODE_INST_BR,
  C.FUNC_CODE_INST_SWITCH,
  UNWIND,
  C.FUNC_CODE_INST_UNREACHABLE,
  C.FUNC_CODE_INST_STORE_OLD,
  C.FUNC_CODE_INST_INDIRECTBR,
  C.FUNC_CODE_INST_FENCE,
  C.FUNC_CODE_INST_RESUME,
  C.FUNC_CODE_INST_STOREATOMIC_OLD,
  C.FUNC_CODE_INST_STORE,
  C.FUNC_CODE_INST_STOREATOMIC,
  C.FUNC_CODE_INST_CLEANUPRET,
  C.FUNC_CODE_INST_CATCHRET,
];

const WITH_VALUE = [
  C.FUNC_CODE_INST_BINOP,
  C.FUNC_CODE_INST_CAST,
  C.FUNC_CODE_INST_GEP_OLD,
  C.FUNC_CODE_INST_SELECT,
  C.FUNC_CODE_INST_EXTRACTELT,
  C.FUNC_CODE_INST_INSERTELT,
  C.FUNC_CODE_INST_SHUFFLEVEC,
  C.FUNC_CODE_INST_CMP,
  C.FUNC_CODE_INST_PHI,
  C.FUNC_CODE_INST_ALLOCA,
  C.FUNC_CODE_INST_LOAD,
  C.FUNC_CODE_INST_VAARG,
  C.FUNC_CODE_INST_EXTRACTVAL,
  C.FUNC_CODE_INST_INSERTVAL,
  C.FUNC_CODE_INST_CMP2,
  C.FUNC_CODE_INST_VSELECT,
  C.FUNC_CODE_INST_INBOUNDS_GEP_OLD,
  C.FUNC_CODE_INST_CMPXCHG_OLD,
  C.FUNC_CODE_INST_ATOMICRMW_OLD,
  C.FUNC_CODE_INST_LANDINGPAD_OLD,
  C.FUNC_CODE_INST_LOADATOMIC,
  C.FUNC_CODE_INST_GEP,
  C.FUNC_CODE_INST_CMPXCHG,
  C.FUNC_CODE_INST_LANDINGPAD,
  C.FUNC_CODE_INST_CATCHPAD,
  C.FUNC_CODE_INST_CLEANUPPAD,
  C.FUNC_CODE_INST_CATCHSWITCH,
  C.FUNC_CODE_INST_UNOP,
  C.FUNC_CODE_INST_FREEZE,
  C.FUNC_CODE_INST_ATOMICRMW,
];

const CALLS = [C.FUNC_CODE_INST_INVOKE, C.FUNC_CODE_INST_CALL, C.FUNC_CODE_INST_CALLBR];

/** The kind of each record by code; codes behind the end are unknown. */
export const INSTRUCTION_KIND_BY_CODE: Uint8Array = /* @__PURE__ */ (() => {
  const kinds = new Uint8Array(C.FUNC_CODE_DEBUG_RECORD_DECLARE_VALUE + 1);
  for (const code of NOT_INSTRUCTIONS) kinds[code] = INSTRUCTION_KINDS.none;
  for (const code of WITHOUT_VALUE) kinds[code] = INSTRUCTION_KINDS.plain;
  for (const code of WITH_VALUE) kinds[code] = INSTRUCTION_KINDS.value;
  for (const code of CALLS) kinds[code] = INSTRUCTION_KINDS.call;
  return kinds;
})();

/** Where the flags of a call stand, by kind of call; the callee comes behind the operands that they announce. */
export const CALL_OPERANDS = { attributes: 0, convention: 1, afterConvention: 2 } as const;
/** INVOKE: two blocks stand before the type. */
export const INVOKE_OPERANDS = { normalBlock: 2, unwindBlock: 3, afterBlocks: 4 } as const;
/** CALLBR: one block, and as many as are counted, stand before the type. */
export const CALLBR_OPERANDS = { defaultBlock: 2, indirectCount: 3, indirectBlocks: 4 } as const;

/** Bit of the calling convention that announces the type of the callee, since LLVM 3.7. */
export const EXPLICIT_TYPE_BITS = { call: 15, invoke: 13 } as const;
/** Bit of the calling convention of CALL that announces fast-math flags, which stand before the type. */
export const FAST_MATH_BIT = 17;
