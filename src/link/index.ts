export { ArchiveCheck, checkArchive } from './archive-check.ts';
export type { CheckArchiveOptions, MemberContent, MemberFile } from './archive-check.ts';
export type {
  ArchiveFacts,
  ChangedMember,
  DanglingEntry,
  IndexedName,
  IndexFacts,
  LinkSetArchive,
  MemberPlace,
  RepeatedMember,
  StampFacts,
} from './archive-facts.ts';
export { DETECT_BYTES, detectFormat } from './detect.ts';
export type { InputFormat } from './detect.ts';
export { findDuplicateDefinitions } from './duplicates.ts';
export type { DuplicateDefinition } from './duplicates.ts';
export { FaultList } from './fault-list.ts';
export { describeBitcode, factsOfBitcode } from './from-bitcode.ts';
export { describeElf, factsOfElf } from './from-elf.ts';
export { FAULT_ENTRIES_MAX, NO_DEFINITIONS } from './input-facts.ts';
export type {
  BadEntry,
  ExtendedIndexCountFault,
  InputFacts,
  InputFault,
  LtoKind,
  MalformedFault,
  StrongDefinitions,
  SymbolIndexFault,
  SymbolTableLinkFault,
} from './input-facts.ts';
export { isLazyMember, linkerName } from './link-input.ts';
export type { InputFailure, InputPlace, LinkArchive, LinkInput, LinkSetFailure } from './link-input.ts';
export type { LinkSet } from './link-set.ts';
export { DEFAULT_LINKER, lldMajorOf, NEWEST_LLD, parseLinker } from './linker.ts';
export type { Linker } from './linker.ts';
export { readDriverLine } from './lld/command-line/driver-line.ts';
export type { DriverLine, DriverLink, DriverRefusal, ReadDriverLineOptions } from './lld/command-line/driver-line.ts';
export { findEmulation } from './lld/command-line/emulations.ts';
export type { Emulation } from './lld/command-line/emulations.ts';
export { findLinkCommand, findLinkProgram } from './lld/command-line/find-link-command.ts';
export type { FoundLinkCommand } from './lld/command-line/find-link-command.ts';
export { linkerOfProgram } from './lld/command-line/linker-of-program.ts';
export type {
  CommandComplaint,
  InputState,
  LinkCommand,
  LinkItem,
  LinkOptions,
  TargetDemand,
  UnresolvedPolicy,
} from './lld/command-line/link-command.ts';
export type { ReadLinkCommandOptions } from './lld/command-line/read-link-command.ts';
export { readLinkCommand } from './lld/command-line/read-link-command.ts';
export { dryRun } from './lld/dry-run.ts';
export type { DryRun, DryRunHost, DryRunOptions, SymbolTrace } from './lld/dry-run.ts';
export type { LoadedArchive } from './lld/load-inputs.ts';
export type { LoadedInput } from './lld/loaded-input.ts';
export { compileGlobs, findGlobProblem } from './lld/script/glob.ts';
export type { GlobSet, NamePattern } from './lld/script/glob.ts';
export type {
  LinkScript,
  OutputTarget,
  ScriptAssertion,
  ScriptAssignment,
  ScriptCommand,
  ScriptInput,
  ScriptOutputFormat,
  ScriptReference,
  ScriptRegion,
  ScriptSection,
  SectionInput,
  VersionNode,
  VersionPattern,
} from './lld/script/link-script.ts';
export {
  parseDefsym,
  readDynamicList,
  readLinkScript,
  readSymbolList,
  readVersionScript,
} from './lld/script/read-script.ts';
export type {
  DefinedSymbol,
  DynamicList,
  ReadLinkScriptOptions,
  ReadScriptOptions,
  VersionScript,
} from './lld/script/read-script.ts';
export { describeAt } from './lld/script/script-place.ts';
export type { ScriptPlace } from './lld/script/script-place.ts';
export { hasWildcard } from './lld/script/version-script.ts';
export { extractedLibcalls } from './lld/libcalls.ts';
export type { LazyIndex } from './resolution/resolver.ts';
export { STAGES as LINK_STAGES } from './lld/verdict-list.ts';
export type { LinkStage, VerdictDraft } from './lld/verdict-list.ts';
export type { LinkVerdict, LinkVerdictKind } from './lld/verdict.ts';
export { markLive } from './liveness/mark-live.ts';
export type { LivenessLink } from './liveness/mark-live.ts';
export { GRAPH_FLAGS, readSectionGraph } from './liveness/section-graph.ts';
export type { SectionGraph, SectionGraphOptions } from './liveness/section-graph.ts';
export { listSymbols } from './list-symbols.ts';
export type { ListedSymbol, ListSymbolsOptions } from './list-symbols.ts';
export { machineOfElf, targetOfDataLayout, targetOfTriple } from './machine.ts';
export type { TripleTarget } from './machine.ts';
export { NameInterner } from './name-interner.ts';
export { formatOf, readComdatSignatures, readFacts } from './read-facts.ts';
export { walkInputs } from './walk.ts';
export type { InputHost, OpenedFile, Walked, WalkedArchive, WalkedFailure, WalkedInput, WalkOptions } from './walk.ts';
export { symbolsOfBitcode } from './symbols/bitcode-symbols.ts';
export { readComdatGroups } from './symbols/elf-groups.ts';
export type { ElfComdatGroups } from './symbols/elf-groups.ts';
export { symbolsOfElf } from './symbols/elf-symbols.ts';
export { NO_SYMBOLS, SYMBOL_FLAGS, VISIBILITY_SHIFT } from './symbols/input-symbols.ts';
export type { CommonSymbol, InputSymbols, SharedLibraryFacts } from './symbols/input-symbols.ts';
export { readInputSymbols } from './symbols/read-input-symbols.ts';
export type { ReadSymbols, ReadSymbolsOptions } from './symbols/read-input-symbols.ts';
export { symbolsOfSharedLibrary } from './symbols/shared-library.ts';
export type { SharedLibrarySymbols } from './symbols/shared-library.ts';
export { findBitcodeCallers } from './references/bitcode-references.ts';
export type { SymbolCallers } from './references/bitcode-references.ts';
export { describeDiscardedReference } from './references/discarded.ts';
export type { DiscardedContext } from './references/discarded.ts';
export {
  findDiscardedReferences,
  findReferences,
  REFERENCES_SHOWN,
  usedSymbols,
} from './references/find-references.ts';
export type { DiscardedReference, ReferencePlace, SymbolReferences } from './references/find-references.ts';
export {
  describeDefinition,
  describeMoreReferences,
  describeReferences,
  inputName,
  ObjectLocations,
} from './references/locations.ts';
export type { InputLabel, LocationText } from './references/locations.ts';
export { visitReferences } from './references/reference-walk.ts';
export type { ReferenceScope, ReferenceVisitor } from './references/reference-walk.ts';
