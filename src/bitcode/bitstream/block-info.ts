// BLOCKINFO: abbreviations that blocks of one id have from their start on (block id 0; llvm/docs/BitCodeFormat.rst,
// "BLOCKINFO Block"). Its names of blocks and records are not read: LLVM does not write them.

import { defineNames } from '../../names/index.ts';
import type { Abbreviation } from './abbreviation.ts';
import type { BlockReader } from './block-reader.ts';

/** Record codes of BLOCKINFO blocks (llvm/Bitstream/BitCodeEnums.h, LLVM 22). */
export const BLOCKINFO_CODES = /* @__PURE__ */ defineNames({
  BLOCKINFO_CODE_SETBID: 1,
  BLOCKINFO_CODE_BLOCKNAME: 2,
  BLOCKINFO_CODE_SETRECORDNAME: 3,
});

const { BLOCKINFO_CODE_SETBID } = BLOCKINFO_CODES.values;

/** The content of one BLOCKINFO block. A later one replaces it; LLVM does not merge them. */
export class BlockInfo {
  private readonly lists: ReadonlyMap<number, readonly Abbreviation[]>;

  constructor(lists: ReadonlyMap<number, readonly Abbreviation[]>) {
    this.lists = lists;
  }

  /** The abbreviations that blocks of an id begin with, in order. */
  abbreviationsOf(blockId: number): readonly Abbreviation[] {
    return this.lists.get(blockId) ?? [];
  }
}

/**
 * Reads a BLOCKINFO block to its end.
 *
 * @throws {@link FormatError} as {@link BlockReader.next}; `bad-value` for a SETBID without block id, or an abbreviation
 *   before any SETBID.
 */
export function readBlockInfo(reader: BlockReader): BlockInfo {
  const lists = new Map<number, Abbreviation[]>();
  reader.definitions = undefined;
  for (let item = reader.next(); item !== 'end'; item = reader.next()) {
    if (item !== 'record' || reader.code !== BLOCKINFO_CODE_SETBID) continue;
    const [blockId] = reader.record().operands(1);
    if (blockId === undefined) throw reader.error('bad-value', 'SETBID names no block id');
    const id = Number(blockId);
    const list = lists.get(id) ?? [];
    lists.set(id, list);
    reader.definitions = list;
  }
  return new BlockInfo(lists);
}
