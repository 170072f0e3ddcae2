export { readAttributes } from './attributes.ts';
export type { BitcodeAttribute, BitcodeAttributeGroup, BitcodeAttributes } from './attributes.ts';
export { BitcodeFile, openBitcode } from './bitcode-file.ts';
export type { BitcodeOptions } from './bitcode-file.ts';
export { RecordBuffer, wantedItems } from './bitstream/index.ts';
export type {
  Abbreviation,
  AbbreviationOperand,
  BitcodeAnomaly,
  BitcodeAnomalyCode,
  BitstreamRecord,
  BitstreamWalker,
  BlockHeader,
  BlockInfo,
  BlockReader,
  Operand,
  WantedItems,
  WalkerItem,
} from './bitstream/index.ts';
export { ATTRIBUTE_FORMS, ATTRIBUTE_KINDS } from './codes/attribute.ts';
export { BLOCK_IDS } from './codes/block-ids.ts';
export { COMDAT_SELECTION_KINDS } from './codes/comdat.ts';
export { BINARY_OPCODES, CAST_OPCODES, CONSTANTS_CODES } from './codes/constants.ts';
export { FUNCTION_CODES } from './codes/function.ts';
export { IRSYMTAB_FLAGS } from './codes/irsymtab.ts';
export { SANITIZER_FLAGS } from './codes/linkage.ts';
export type { BitcodeLinkage } from './codes/linkage.ts';
export { METADATA_CODES } from './codes/metadata.ts';
export { FLAG_BEHAVIORS, LTO_FLAGS } from './codes/module-flags.ts';
export { MODULE_CODES } from './codes/module.ts';
export { TYPE_CODES } from './codes/type.ts';
export { SUMMARY_FLAGS } from './codes/summary.ts';
export { readConstantsBlock } from './constants/constants.ts';
export type { BitcodeBlockAddress, BitcodeConstants } from './constants/constants.ts';
export type { BitcodeInlineAssembly } from './constants/inline-assembly.ts';
export { readConstants } from './constants/read-constants.ts';
export { dumpItems } from './dump.ts';
export type { DumpedBlock, DumpedItem, DumpedRecord } from './dump.ts';
export { readBlockAddresses } from './functions/block-addresses.ts';
export type { BitcodeBlockAddressUse } from './functions/block-addresses.ts';
export type { BitcodeCalls } from './functions/calls.ts';
export { readFunctionBodies } from './functions/function-body.ts';
export type { BitcodeFunctionBody } from './functions/function-body.ts';
export { readFunctionHeads } from './functions/function-head.ts';
export type { BitcodeBlockAddressRecord, BitcodeFunctionHead } from './functions/function-head.ts';
export { BitcodeAlias } from './globals/alias.ts';
export type { BitcodeComdat } from './globals/comdat.ts';
export { BitcodeFunction } from './globals/function.ts';
export type {
  BitcodeDllStorage,
  BitcodeGlobal,
  BitcodeThreadLocalMode,
  BitcodeUnnamedAddress,
  BitcodeVisibility,
} from './globals/global.ts';
export { BitcodeIfunc } from './globals/ifunc.ts';
export { readGlobals } from './globals/read-globals.ts';
export type { BitcodeGlobals, BitcodeGlobalValue } from './globals/read-globals.ts';
export { BitcodeVariable } from './globals/variable.ts';
export type { BitcodeCodeModel } from './globals/variable.ts';
export type { BitcodeIdentification } from './identification.ts';
export { describeMetadata } from './metadata/describe-metadata.ts';
export { ltoFlagsOf } from './metadata/lto-flags.ts';
export type { BitcodeLtoFlags } from './metadata/lto-flags.ts';
export { readMetadata } from './metadata/metadata.ts';
export type {
  BitcodeMetadata,
  BitcodeMetadataItem,
  BitcodeMetadataNode,
  BitcodeMetadataOperand,
  BitcodeMetadataRecord,
  BitcodeMetadataString,
  BitcodeMetadataValue,
} from './metadata/metadata.ts';
export { readMetadataKinds } from './metadata/metadata-kinds.ts';
export { readModuleFlags } from './metadata/module-flags.ts';
export type { BitcodeFlagBehavior, BitcodeModuleFlag } from './metadata/module-flags.ts';
export { readCommandLines, readDependentLibraries, readIdents, readLinkerOptions } from './metadata/named-texts.ts';
export { readUsedGlobals } from './metadata/used-globals.ts';
export type { BitcodeUsedGlobals } from './metadata/used-globals.ts';
export type { BitcodeModule, BitcodeSummary, BitcodeSummaryKind } from './module.ts';
export type { ModuleBlock, StoredRecord } from './module-content.ts';
export { readTypes } from './read-types.ts';
export { blockNameOf, recordNameOf } from './record-names.ts';
export { readStatistics } from './statistics.ts';
export type { BitstreamStatistics, BlockStatistics, RecordStatistics } from './statistics.ts';
export { BitcodeAliasSummary } from './summary/alias-summary.ts';
export { BitcodeFunctionSummary } from './summary/function-summary.ts';
export type { FunctionFlag, SummaryCall } from './summary/function-summary.ts';
export { BitcodeGlobalSummary } from './summary/global-summary.ts';
export type { ReferenceAccess, SummaryReference } from './summary/global-summary.ts';
export { globalIdentifier, guidOf } from './summary/guid.ts';
export type { IdentifierDelimiter } from './summary/guid.ts';
export { readIndexFile } from './summary/index-file.ts';
export { describeLtoKind, ltoKindOf } from './summary/lto-kind.ts';
export type { LtoEvidence, BitcodeLtoKind } from './summary/lto-kind.ts';
export type { AllocationContext, MemoryProfile, ProfiledAllocation, ProfiledCall } from './summary/memory-profile.ts';
export type { IndexedModule } from './summary/module-paths.ts';
export type { KeptRecord } from './summary/operand-list.ts';
export type { AccessRange, ParameterAccess } from './summary/parameter-access.ts';
export { BitcodeModuleSummary, readSummary } from './summary/read-summary.ts';
export type { BitcodeGlobalSummaryRow, SummaryFlag, SummaryOptions } from './summary/read-summary.ts';
export type { SummaryRowKind } from './summary/summary-rows.ts';
export type {
  ArgumentResolution,
  CfiFunction,
  CompatibleTables,
  SlotResolution,
  TypeIdSummary,
} from './summary/type-id.ts';
export { BitcodeVariableSummary } from './summary/variable-summary.ts';
export type { VirtualFunction } from './summary/variable-summary.ts';
export type { ConstantVirtualCall, VirtualCalls, VirtualSlot } from './summary/virtual-call.ts';
export type { BitcodeComdatKind, BitcodeSymbolRange, BitcodeSymbolTable, BitcodeUncommon } from './symbol-table.ts';
export { hasFormatSpecificFlag } from './symbol-table.ts';
export type { AssemblyNote } from './symbols/assembly-reader.ts';
export type { ModuleDefinition } from './symbols/assembly-recorder.ts';
export { compareSymbolTables, describeDifference } from './symbols/compare-tables.ts';
export type { SymbolDifference } from './symbols/compare-tables.ts';
export { computeSymbolTable } from './symbols/compute-symbol-table.ts';
export type { ComputedSymbolOptions } from './symbols/compute-symbol-table.ts';
export { ComputedSymbolTable } from './symbols/computed-table.ts';
export type { BitcodeSymbols } from './symbols/computed-table.ts';
export { readModuleAssembly } from './symbols/module-assembly.ts';
export type { AssemblySymbol, ModuleAssembly, ModuleAssemblyOptions } from './symbols/module-assembly.ts';
export type { BitcodeTypes, StoredType } from './types.ts';
export { readValueNames } from './value-names.ts';
export type { BitcodeValueNames } from './value-names.ts';
export { detectBitcode } from './wrapper.ts';
export type { BitcodeWrapper } from './wrapper.ts';
