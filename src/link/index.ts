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
export { listSymbols } from './list-symbols.ts';
export type { ListedSymbol, ListSymbolsOptions } from './list-symbols.ts';
export { machineOfElf, targetOfDataLayout, targetOfTriple } from './machine.ts';
export type { TripleTarget } from './machine.ts';
export { NameInterner } from './name-interner.ts';
export { formatOf, readComdatSignatures, readFacts } from './read-facts.ts';
export { walkInputs } from './walk.ts';
export type { InputHost, OpenedFile, Walked, WalkedArchive, WalkedFailure, WalkedInput, WalkOptions } from './walk.ts';
