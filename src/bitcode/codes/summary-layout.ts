// Operands of the records of summary blocks, by summary version (record FS_VERSION), and what the bits of their flags mean:
// parseEntireSummary in llvm/lib/Bitcode/Reader/BitcodeReader.cpp. Versions:
//
//    1 calls with counts of call sites (LLVM 3.9)    7 write-only references
//    2 hotness of calls                             10 number of contexts of an allocation (written by LLVM 19)
//    3 the live flag (LLVM 5)                       11 GUIDs in two halves
//    4 flags of functions                           12 stack ids in two halves (written by LLVM 22)
//    5 read-only references, flags of variables     13 profiles of allocations behind their function
//    6 entry counts in an index                     14 GUIDs beside the names of functions with CFI jump tables
//
// 8 and 9, which LLVM 13 to 16 write, changed no layout. 13 and 14 come behind LLVM 22. A version beyond is read as 14.

import type { BitcodeLinkage } from './linkage.ts';

/** Versions from which on a layout holds. */
export const SUMMARY_VERSIONS = {
  /** Calls have no counts of call sites any more. */
  callsWithHotness: 2,
  /** The flags `live` and `notEligibleToImport` are stored. Before, every value is taken for both. */
  liveFlag: 3,
  functionFlags: 4,
  readOnlyReferences: 5,
  entryCount: 6,
  writeOnlyReferences: 7,
  contextCount: 10,
  splitGuids: 11,
  splitStackIds: 12,
  profilesBehindFunction: 13,
  cfiGuids: 14,
} as const;

/** Operand positions of the records of functions. */
export interface FunctionLayout {
  readonly flags: number;
  readonly instructionCount: number;
  readonly functionFlags: number | undefined;
  readonly entryCount: number | undefined;
  readonly referenceCount: number;
  readonly readOnlyCount: number | undefined;
  readonly writeOnlyCount: number | undefined;
  /** References begin here, calls behind them. */
  readonly references: number;
}

/**
 * Works out where the operands of a function stand: of each that a version brought, the later ones move on by one.
 *
 * @param isCombined - Whether it is a record of an index, which names the module.
 */
export function functionLayout(version: number, isCombined: boolean): FunctionLayout {
  const V = SUMMARY_VERSIONS;
  let next = isCombined ? 2 : 1;
  const place = (isThere: boolean) => {
    if (!isThere) return undefined;
    next += 1;
    return next - 1;
  };
  const flags = next;
  const instructionCount = next + 1;
  next += 2;
  const functionFlags = place(version >= V.functionFlags);
  const entryCount = place(isCombined && version >= V.entryCount);
  const referenceCount = next;
  next += 1;
  const readOnlyCount = place(version >= V.readOnlyReferences);
  const writeOnlyCount = place(version >= V.writeOnlyReferences);
  const references = next;
  return {
    flags,
    instructionCount,
    functionFlags,
    entryCount,
    referenceCount,
    readOnlyCount,
    writeOnlyCount,
    references,
  };
}

/** Operands of every record of a global value: its id, in an index then its module, then its flags. */
export const VALUE_ID_AT = 0;
export const MODULE_ID_AT = 1;

/** Linkage by number. Unlike in the records of MODULE blocks they are the numbers of llvm::GlobalValue::LinkageTypes. */
export const SUMMARY_LINKAGES: readonly BitcodeLinkage[] = [
  'external',
  'available_externally',
  'linkonce',
  'linkonce_odr',
  'weak',
  'weak_odr',
  'appending',
  'internal',
  'private',
  'extern_weak',
  'common',
];

/** Fields of the flags that every global value has, the lowest four bits being its linkage. */
export const GLOBAL_FLAGS = {
  linkageMask: 0xf,
  notEligibleToImport: 0x10,
  live: 0x20,
  dsoLocal: 0x40,
  canAutoHide: 0x80,
  visibilityShift: 8, // two bits
  visibilityMask: 0x3,
  importAsDeclaration: 0x400, // since LLVM 19
  noRenameOnPromotion: 0x800, // behind LLVM 22
} as const;

/** Bits of the flags of functions, by the names that llvm-dis prints. */
export const FUNCTION_FLAGS = {
  readNone: 0x1,
  readOnly: 0x2,
  noRecurse: 0x4,
  returnDoesNotAlias: 0x8,
  noInline: 0x10,
  alwaysInline: 0x20,
  noUnwind: 0x40, // this and the following since LLVM 14
  mayThrow: 0x80,
  hasUnknownCall: 0x100,
  mustBeUnreachable: 0x200,
} as const;

/** Fields of the flags of variables. */
export const VARIABLE_FLAGS = {
  readOnly: 0x1,
  writeOnly: 0x2,
  constant: 0x4,
  virtualCallVisibilityShift: 3, // two bits
  virtualCallVisibilityMask: 0x3,
} as const;

/** Who can call the virtual functions of a table, by number. */
export const VIRTUAL_CALL_VISIBILITIES = ['public', 'linkage-unit', 'translation-unit'] as const;

/** How often a call runs, by number. */
export const HOTNESSES = ['unknown', 'cold', 'none', 'hot', 'critical'] as const;

/** Fields of the operand that says how a call runs. */
export const HOTNESS_MASK = 0x7;
export const HOTNESS_TAIL_CALL = 0x8;
/** Of calls with a frequency relative to the entry of the function, in units of 1/256. */
export const FREQUENCY_MASK = 0xfffffff;
export const FREQUENCY_TAIL_CALL = 0x10000000;

/** What a profile says of an allocation, by number. */
export const ALLOCATION_TYPES: ReadonlyMap<number, 'none' | 'not-cold' | 'cold' | 'hot' | 'all'> =
  /* @__PURE__ */ new Map([
    [0, 'none'],
    [1, 'not-cold'],
    [2, 'cold'],
    [4, 'hot'],
    [7, 'all'],
  ]);

/** How a type test is to be done, by number. */
export const TYPE_TEST_KINDS = ['unsat', 'byte-array', 'inline', 'single', 'all-ones', 'unknown'] as const;

/** What becomes of the virtual calls at one offset of a type, by number. */
export const DEVIRTUALIZATION_KINDS = ['indirect', 'single-implementation', 'branch-funnel'] as const;

/** What becomes of those with constant arguments, by number. */
export const DEVIRTUALIZATION_BY_ARGUMENT_KINDS = [
  'indirect',
  'uniform-return-value',
  'unique-return-value',
  'virtual-constant-propagation',
] as const;
