// Module flags: how linking merges them (llvm/IR/Module.h, LLVM 22), and those that compilers write which matter to linkers.
// The keys are those of clang's CodeGenModule and of LLVM's code generators, 3.3 to 22.

import { defineNames } from '../../names/index.ts';

/** How the values of two modules for one flag become one. */
export const FLAG_BEHAVIORS = /* @__PURE__ */ defineNames({
  Error: 1,
  Warning: 2,
  Require: 3,
  Override: 4,
  Append: 5,
  AppendUnique: 6,
  Max: 7,
  Min: 8, // since LLVM 15
});

/**
 * Keys of flags and the form of their values: `switch` is on for any number but 0 (LLVM 22 writes some as 2), and where the
 * flag is there but off, false.
 */
export const LTO_FLAGS = {
  // Which LTO a module is for.
  /** 0 in modules of full LTO; those of ThinLTO do not have it. */
  thinLto: { key: 'ThinLTO', form: 'switch' },
  enableSplitLtoUnit: { key: 'EnableSplitLTOUnit', form: 'switch' },
  /** Whether it can be linked as full LTO and as ThinLTO; since LLVM 17. */
  unifiedLto: { key: 'UnifiedLTO', form: 'switch' },
  virtualFunctionElimination: { key: 'Virtual Function Elim', form: 'switch' },

  // Control-flow integrity.
  cfiCanonicalJumpTables: { key: 'CFI Canonical Jump Tables', form: 'switch' },
  crossDsoCfi: { key: 'Cross-DSO CFI', form: 'switch' },
  cfiNormalizeIntegers: { key: 'cfi-normalize-integers', form: 'switch' },
  kcfi: { key: 'kcfi', form: 'switch' },
  kcfiArity: { key: 'kcfi-arity', form: 'switch' },
  /** Bytes before a function where its hash stands. */
  kcfiOffset: { key: 'kcfi-offset', form: 'number' },
  kcfiHash: { key: 'kcfi-hash', form: 'text' },
  cfGuard: { key: 'cfguard', form: 'number' },
  ehContGuard: { key: 'ehcontguard', form: 'switch' },

  // Branch protection of AArch64 and ARM.
  branchTargetEnforcement: { key: 'branch-target-enforcement', form: 'switch' },
  branchProtectionPauthLr: { key: 'branch-protection-pauth-lr', form: 'switch' },
  guardedControlStack: { key: 'guarded-control-stack', form: 'switch' },
  signReturnAddress: { key: 'sign-return-address', form: 'switch' },
  signReturnAddressAll: { key: 'sign-return-address-all', form: 'switch' },
  signReturnAddressWithBkey: { key: 'sign-return-address-with-bkey', form: 'switch' },
  pauthAbiPlatform: { key: 'aarch64-elf-pauthabi-platform', form: 'number' },
  pauthAbiVersion: { key: 'aarch64-elf-pauthabi-version', form: 'number' },

  // Control-flow enforcement and retpolines of x86, control-flow integrity of RISC-V.
  cfProtectionBranch: { key: 'cf-protection-branch', form: 'switch' },
  cfProtectionReturn: { key: 'cf-protection-return', form: 'switch' },
  cfBranchLabelScheme: { key: 'cf-branch-label-scheme', form: 'text' },
  ibtSeal: { key: 'ibt-seal', form: 'switch' },
  functionReturnThunkExtern: { key: 'function_return_thunk_extern', form: 'switch' },
  indirectBranchCsPrefix: { key: 'indirect_branch_cs_prefix', form: 'switch' },

  // How code is generated.
  picLevel: { key: 'PIC Level', form: 'number' },
  pieLevel: { key: 'PIE Level', form: 'number' },
  /** 0 tiny, 1 small, 2 kernel, 3 medium, 4 large. */
  codeModel: { key: 'Code Model', form: 'number' },
  largeDataThreshold: { key: 'Large Data Threshold', form: 'number' },
  directAccessExternalData: { key: 'direct-access-external-data', form: 'switch' },
  rtLibUseGot: { key: 'RtLibUseGOT', form: 'switch' },
  semanticInterposition: { key: 'SemanticInterposition', form: 'switch' },
  maxTlsAlign: { key: 'MaxTLSAlign', form: 'number' },
  smallDataLimit: { key: 'SmallDataLimit', form: 'number' },
  /** 1 synchronous, 2 asynchronous. */
  uwtable: { key: 'uwtable', form: 'number' },
  /** 0 none, 1 of functions that call others, 2 all, 3 reserved, 4 of functions that call others, not reserved. */
  framePointer: { key: 'frame-pointer', form: 'number' },
  overrideStackAlignment: { key: 'override-stack-alignment', form: 'number' },
  stackProtectorGuard: { key: 'stack-protector-guard', form: 'text' },
  stackProtectorGuardOffset: { key: 'stack-protector-guard-offset', form: 'number' },
  stackProtectorGuardRegister: { key: 'stack-protector-guard-reg', form: 'text' },
  stackProtectorGuardSymbol: { key: 'stack-protector-guard-symbol', form: 'text' },

  // The C ABI.
  /** Bytes of a wchar_t. */
  wcharSize: { key: 'wchar_size', form: 'number' },
  /** Bytes of the smallest enum. */
  minEnumSize: { key: 'min_enum_size', form: 'number' },
  targetAbi: { key: 'target-abi', form: 'text' },
  floatAbi: { key: 'float-abi', form: 'text' },

  // Debugging information.
  dwarfVersion: { key: 'Dwarf Version', form: 'number' },
  dwarf64: { key: 'DWARF64', form: 'switch' },
  codeView: { key: 'CodeView', form: 'switch' },
  debugInfoVersion: { key: 'Debug Info Version', form: 'number' },
} as const;
