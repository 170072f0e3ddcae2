// Blocks GLOBALVAL_SUMMARY (id 20, ThinLTO) and FULL_LTO_GLOBALVAL_SUMMARY (id 24): record codes
// (llvm/Bitcode/LLVMBitCodes.h, LLVM 22) and the flags of a summary (llvm/IR/ModuleSummaryIndex.h, setFlags). Operands of the
// records: summary-layout.ts.

import { defineNames } from '../../names/index.ts';

/** Record codes of summary blocks. */
export const SUMMARY_CODES = /* @__PURE__ */ defineNames({
  FS_PERMODULE: 1,
  FS_PERMODULE_PROFILE: 2,
  FS_PERMODULE_GLOBALVAR_INIT_REFS: 3,
  FS_COMBINED: 4,
  FS_COMBINED_PROFILE: 5,
  FS_COMBINED_GLOBALVAR_INIT_REFS: 6,
  FS_ALIAS: 7,
  FS_COMBINED_ALIAS: 8,
  FS_COMBINED_ORIGINAL_NAME: 9,
  FS_VERSION: 10,
  FS_TYPE_TESTS: 11,
  FS_TYPE_TEST_ASSUME_VCALLS: 12,
  FS_TYPE_CHECKED_LOAD_VCALLS: 13,
  FS_TYPE_TEST_ASSUME_CONST_VCALL: 14,
  FS_TYPE_CHECKED_LOAD_CONST_VCALL: 15,
  FS_VALUE_GUID: 16,
  FS_CFI_FUNCTION_DEFS: 17,
  FS_CFI_FUNCTION_DECLS: 18,
  FS_PERMODULE_RELBF: 19,
  FS_FLAGS: 20,
  FS_TYPE_ID: 21,
  FS_TYPE_ID_METADATA: 22,
  FS_PERMODULE_VTABLE_GLOBALVAR_INIT_REFS: 23,
  FS_BLOCK_COUNT: 24,
  FS_PARAM_ACCESS: 25,
  FS_PERMODULE_CALLSITE_INFO: 26,
  FS_PERMODULE_ALLOC_INFO: 27,
  FS_COMBINED_CALLSITE_INFO: 28,
  FS_COMBINED_ALLOC_INFO: 29,
  FS_STACK_IDS: 30,
  FS_ALLOC_CONTEXT_IDS: 31,
  FS_CONTEXT_RADIX_TREE_ARRAY: 32,
  FS_COMBINED_ALLOC_INFO_NO_CONTEXT: 33,
});

/** Bits of FS_FLAGS. The two that a summary of one module has are marked, the others belong to the index of a whole link. */
export const SUMMARY_FLAGS = {
  WithGlobalValueDeadStripping: 0x1,
  SkipModuleByDistributedBackend: 0x2,
  HasSyntheticEntryCounts: 0x4,
  EnableSplitLTOUnit: 0x8, // of a module
  PartiallySplitLTOUnits: 0x10,
  WithAttributePropagation: 0x20,
  WithDSOLocalPropagation: 0x40,
  WithWholeProgramVisibility: 0x80,
  WithSupportsHotColdNew: 0x100,
  UnifiedLTO: 0x200, // of a module; since LLVM 17
  WithInternalizeAndPromote: 0x400,
} as const;
