export { BitCursor } from './bit-cursor.ts';
export { readBlockInfo } from './block-info.ts';
export { BlockReader, readTopLevelHeader, wantedItems } from './block-reader.ts';
export type { BlockHeader } from './block-reader.ts';
export type { BitcodeAnomaly, BitcodeAnomalyCode, BitstreamContext } from './context.ts';
export type { BitstreamRecord } from './record.ts';
