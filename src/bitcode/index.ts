export { BitcodeFile, openBitcode } from './bitcode-file.ts';
export type { BitcodeOptions } from './bitcode-file.ts';
export type {
  BitcodeAnomaly,
  BitcodeAnomalyCode,
  BitstreamWalker,
  BlockHeader,
  BlockInfo,
  BlockReader,
  Operand,
  RecordBuffer,
  WalkerItem,
} from './bitstream/index.ts';
export { BLOCK_IDS } from './codes/block-ids.ts';
export { IRSYMTAB_FLAGS } from './codes/irsymtab.ts';
export { SUMMARY_FLAGS } from './codes/summary.ts';
export { dumpItems } from './dump.ts';
export type { DumpedBlock, DumpedItem, DumpedRecord } from './dump.ts';
export type { BitcodeIdentification } from './identification.ts';
export type { BitcodeModule, BitcodeSummary, BitcodeSummaryKind } from './module.ts';
export { blockNameOf, recordNameOf } from './record-names.ts';
export { readStatistics } from './statistics.ts';
export type { BitstreamStatistics, BlockStatistics, RecordStatistics } from './statistics.ts';
export type { BitcodeComdatKind, BitcodeSymbolRange, BitcodeSymbolTable, BitcodeUncommon } from './symbol-table.ts';
export { hasFormatSpecificFlag } from './symbol-table.ts';
export { detectBitcode } from './wrapper.ts';
export type { BitcodeWrapper } from './wrapper.ts';
