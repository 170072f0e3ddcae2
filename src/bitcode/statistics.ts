// What blocks and records a bitstream consists of, in numbers: those that llvm-bcanalyzer prints
// (llvm/lib/Bitcode/Reader/BitcodeAnalyzer.cpp, LLVM 22). Records are not decoded for it.

import type { BitstreamWalker, BlockHeader } from './bitstream/index.ts';

/** Records of one code in blocks of one id. */
export interface RecordStatistics {
  readonly code: number;
  readonly count: number;
  /** Bits of these records, their abbreviation ids included. */
  readonly bits: number;
  /** How many of them are laid out by an abbreviation. */
  readonly abbreviated: number;
}

/** Blocks of one id. */
export interface BlockStatistics {
  readonly blockId: number;
  readonly count: number;
  /** Bits of these blocks, from behind their block id to behind their padding; without those of blocks in them. */
  readonly bits: number;
  /** Blocks that stand directly in them. */
  readonly subBlocks: number;
  /** DEFINE_ABBREV items that stand in them. */
  readonly abbreviations: number;
  readonly records: number;
  /** How many of these records are laid out by an abbreviation. */
  readonly abbreviated: number;
  /** The records by code, ascending; codes that do not occur are left out. */
  readonly codes: readonly RecordStatistics[];
}

/** What a bitstream consists of. */
export interface BitstreamStatistics {
  /** Blocks that stand in no other. */
  readonly topLevelBlocks: number;
  /** The blocks by id, ascending; ids that do not occur are left out. */
  readonly blocks: readonly BlockStatistics[];
}

class RecordCounts {
  count = 0;
  bits = 0;
  abbreviated = 0;

  add(bits: number, isAbbreviated: boolean): void {
    this.count += 1;
    this.bits += bits;
    if (isAbbreviated) this.abbreviated += 1;
  }
}

class BlockCounts {
  count = 0;
  bits = 0;
  subBlocks = 0;
  abbreviations = 0;
  private readonly byCode = new Map<number, RecordCounts>();

  of(code: number): RecordCounts {
    let counts = this.byCode.get(code);
    if (counts === undefined) {
      counts = new RecordCounts();
      this.byCode.set(code, counts);
    }
    return counts;
  }

  /** How many codes there are. */
  get codeCount(): number {
    return this.byCode.size;
  }

  statistics(blockId: number): BlockStatistics {
    const codes = [...this.byCode]
      .map(([code, counts]) => ({ code, count: counts.count, bits: counts.bits, abbreviated: counts.abbreviated }))
      .sort((a, b) => a.code - b.code);
    const { count, bits, subBlocks, abbreviations } = this;
    const records = codes.reduce((sum, entry) => sum + entry.count, 0);
    const abbreviated = codes.reduce((sum, entry) => sum + entry.abbreviated, 0);
    return { blockId, count, bits, subBlocks, abbreviations, records, abbreviated, codes };
  }
}

/**
 * Counts what a walker meets, to the end of the stream.
 *
 * @throws {@link FormatError} as {@link BitstreamWalker.next}; `limit-exceeded` for more codes in blocks of one id than
 *   `Limits.bitcodeEntries`.
 */
export function readStatistics(walker: BitstreamWalker): BitstreamStatistics {
  const byId = new Map<number, BlockCounts>();
  /** Of the blocks around the current one, and of itself: bits of the blocks in it. */
  const inner: number[] = [];
  let topLevelBlocks = 0;
  let counts = new BlockCounts();
  for (let item = walker.next(); item !== 'end'; item = walker.next()) {
    const { reader, block } = walker;
    if (item === 'record') {
      const start = reader.itemBitOffset;
      const { code, isAbbreviated } = reader;
      reader.skip();
      reader.checkEntries(counts.codeCount, 'codes of records');
      counts.of(code).add(reader.bitOffset - start, isAbbreviated);
      continue;
    }
    if (item === 'enter') {
      if (walker.depth === 1) topLevelBlocks += 1;
      else counts.subBlocks += 1;
      inner.push(0);
      counts = countsOf(byId, block);
      counts.count += 1;
      continue;
    }
    const bits = reader.bitOffset - block.idEnd;
    counts.bits += bits - (inner.pop() ?? 0);
    counts.abbreviations += reader.definedAbbreviations;
    const outer = walker.outerBlock;
    if (outer === undefined) continue;
    inner.push((inner.pop() ?? 0) + bits);
    counts = countsOf(byId, outer);
  }
  const ids = [...byId.keys()].sort((a, b) => a - b);
  return { topLevelBlocks, blocks: ids.map((id) => countsOf(byId, { id }).statistics(id)) };
}

function countsOf(byId: Map<number, BlockCounts>, { id }: Pick<BlockHeader, 'id'>): BlockCounts {
  let counts = byId.get(id);
  if (counts === undefined) {
    counts = new BlockCounts();
    byId.set(id, counts);
  }
  return counts;
}
