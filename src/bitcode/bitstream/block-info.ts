// BLOCKINFO: abbreviations that blocks of one id have from their start on, and names of blocks and records (block id 0;
// llvm/docs/BitCodeFormat.rst, "BLOCKINFO Block"). LLVM IR has no names there; serialized ASTs and diagnostics of clang do.

import { defineNames } from '../../names/index.ts';
import type { Abbreviation } from './abbreviation.ts';
import type { BlockReader } from './block-reader.ts';
import { RecordBuffer } from './record-buffer.ts';

/** Record codes of BLOCKINFO blocks (llvm/Bitstream/BitCodeEnums.h, LLVM 22). */
export const BLOCKINFO_CODES = /* @__PURE__ */ defineNames({
  BLOCKINFO_CODE_SETBID: 1,
  BLOCKINFO_CODE_BLOCKNAME: 2,
  BLOCKINFO_CODE_SETRECORDNAME: 3,
});

const { BLOCKINFO_CODE_SETBID, BLOCKINFO_CODE_BLOCKNAME, BLOCKINFO_CODE_SETRECORDNAME } = BLOCKINFO_CODES.values;

/** What a BLOCKINFO block says about blocks of one id. */
interface BlockFacts {
  readonly abbreviations: Abbreviation[];
  name: string | undefined;
  readonly recordNames: Map<number, string>;
}

/** The content of one BLOCKINFO block. A later one replaces it; LLVM does not merge them. */
export class BlockInfo {
  private readonly facts: ReadonlyMap<number, BlockFacts>;

  constructor(facts: ReadonlyMap<number, BlockFacts>) {
    this.facts = facts;
  }

  /** The abbreviations that blocks of an id begin with, in order. */
  abbreviationsOf(blockId: number): readonly Abbreviation[] {
    return this.facts.get(blockId)?.abbreviations ?? [];
  }

  /** The name of blocks of an id; `undefined` if the file does not tell. */
  blockName(blockId: number): string | undefined {
    return this.facts.get(blockId)?.name;
  }

  /** The name of records of a code in blocks of an id; `undefined` if the file does not tell. */
  recordName(blockId: number, code: number): string | undefined {
    return this.facts.get(blockId)?.recordNames.get(code);
  }
}

/**
 * Reads a BLOCKINFO block to its end.
 *
 * @param record - What records are decoded into.
 * @throws {@link FormatError} as {@link BlockReader.next}; `bad-value` for a SETBID without block id, or an abbreviation
 *   or name before any SETBID; `limit-exceeded` for more ids, or names of one, than `Limits.bitcodeEntries`.
 */
export function readBlockInfo(reader: BlockReader, record = new RecordBuffer()): BlockInfo {
  const facts = new Map<number, BlockFacts>();
  let current: BlockFacts | undefined;
  reader.definitions = undefined;
  for (let item = reader.next(); item !== 'end'; item = reader.next()) {
    if (item !== 'record') continue;
    switch (reader.code) {
      case BLOCKINFO_CODE_SETBID: {
        reader.read(record);
        const id = record.at(0);
        if (id === undefined) throw reader.error('bad-value', 'SETBID names no block id');
        current = facts.get(id) ?? { abbreviations: [], name: undefined, recordNames: new Map() };
        facts.set(id, current);
        reader.checkEntries(facts.size, 'ids in a BLOCKINFO block');
        reader.definitions = current.abbreviations;
        break;
      }
      case BLOCKINFO_CODE_BLOCKNAME:
        if (current === undefined) throw reader.error('bad-value', 'BLOCKNAME before SETBID in a BLOCKINFO block');
        reader.read(record);
        current.name = record.text();
        break;
      case BLOCKINFO_CODE_SETRECORDNAME: {
        if (current === undefined) throw reader.error('bad-value', 'SETRECORDNAME before SETBID in a BLOCKINFO block');
        reader.read(record);
        const code = record.at(0);
        if (code === undefined) throw reader.error('bad-value', 'SETRECORDNAME names no record code');
        current.recordNames.set(code, record.text(1));
        reader.checkEntries(current.recordNames.size, 'names of records in a BLOCKINFO block');
        break;
      }
      default: // LLVM passes over what it does not know.
    }
  }
  return new BlockInfo(facts);
}
