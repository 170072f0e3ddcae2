// ltoscope bitcode --blocks: which blocks and records a file consists of, in the numbers of llvm-bcanalyzer.

import { blockNameOf, readStatistics, recordNameOf } from '../../../bitcode/index.ts';
import type { BitcodeFile } from '../../../bitcode/index.ts';
import type { BitcodeListing } from './listing.ts';

interface RecordRow {
  readonly code: number;
  /** Absent for codes that have no name. */
  readonly name?: string;
  readonly count: number;
  readonly bits: number;
  readonly abbreviated: number;
}

interface BlockRow {
  readonly kind: 'block';
  readonly id: number;
  /** Absent for ids that have no name. */
  readonly name?: string;
  readonly count: number;
  readonly bits: number;
  /** Of the whole file, from 0 to 1. */
  readonly share: number;
  readonly subBlocks: number;
  readonly abbreviations: number;
  readonly records: number;
  readonly abbreviated: number;
  readonly codes: readonly RecordRow[];
}

export const BLOCKS: BitcodeListing<BlockRow> = {
  heading: '     Count        Bits      % Abbrev. Block and records',
  *rows(file: BitcodeFile) {
    const fileBits = file.input.length * 8;
    for (const block of readStatistics(file.walk()).blocks) {
      const { blockId: id, count, bits, subBlocks, abbreviations, records, abbreviated } = block;
      const codes = block.codes.map((record) => withName(recordNameOf(id, record.code), record));
      const row = { kind: 'block', id, count, bits, share: bits / fileBits, subBlocks, abbreviations } as const;
      yield { ...withName(blockNameOf(id), row), records, abbreviated, codes };
    }
  },
  lines({ id, name, count, bits, share, subBlocks, abbreviations, codes }) {
    const title = name ?? `block ${id}`;
    const head = columns(count, bits, (share * 100).toFixed(2), String(abbreviations), title);
    const inner = subBlocks === 0 ? '' : `, ${subBlocks} blocks in it`;
    const lines = codes.map((record) => {
      const share = `${Math.round((record.abbreviated / record.count) * 100)} %`;
      return columns(record.count, record.bits, '', share, `  ${record.name ?? `code ${record.code}`}`);
    });
    return [head + inner, ...lines];
  },
};

function withName<T extends object>(name: string | undefined, row: T): T & { readonly name?: string } {
  return name === undefined ? row : { ...row, name };
}

/** Under "Abbrev." stands how many a block defines, and which part of the records has one. */
function columns(count: number, bits: number, share: string, abbreviated: string, title: string): string {
  const cells = [String(count).padStart(10), String(bits).padStart(11), share.padStart(6), abbreviated.padStart(7)];
  return `${cells.join(' ')} ${title}`;
}
