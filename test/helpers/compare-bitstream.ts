// Compares our statistics and dump of a bitcode file with those of llvm-bcanalyzer.

import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { dumpItems, openBitcode, readStatistics, recordNameOf } from '../../src/bitcode/index.ts';
import type { BlockStatistics } from '../../src/bitcode/index.ts';
import { analyzedBlocks, dumpedItems } from './bcanalyzer.ts';
import type { AnalyzedBlock } from './bcanalyzer.ts';

/** Whether llvm-bcanalyzer calls a record so. It leaves out prefixes, and has no name for the codes of IFUNC and a few more. */
function isNameOf(theirs: string, blockId: number, code: number): boolean {
  const ours = recordNameOf(blockId, code) ?? '';
  return theirs === `UnknownCode${code}` || ours === theirs || ours.endsWith(`_${theirs}`);
}

function namedAs(theirs: AnalyzedBlock, ours: BlockStatistics | undefined): string[] {
  return (ours?.codes ?? []).map(({ code, count, bits }) => {
    const tail = ` ${count} ${bits}`;
    const line = theirs.kinds.find(
      (kind) => kind.endsWith(tail) && isNameOf(kind.split(' ')[0] ?? '', theirs.blockId, code),
    );
    return line ?? `${code}${tail}`;
  });
}

/**
 * Compares the statistics of a file with those of llvm-bcanalyzer.
 *
 * @param tool - Its path.
 */
export function compareStatistics(tool: string, path: string): void {
  const theirs = analyzedBlocks(tool, path);
  const ours = readStatistics(openBitcode(readFileSync(path)).walk());
  const described = theirs.map((block) => {
    const mine = ours.blocks.find(({ blockId }) => blockId === block.blockId);
    const { count, bits, subBlocks, abbreviations, records } = mine ?? {};
    return {
      blockId: block.blockId,
      count,
      bits,
      subBlocks,
      abbreviations,
      records,
      kinds: namedAs(block, mine).sort(),
    };
  });
  expect(described).toEqual(theirs);
  expect(ours.blocks.length).toBe(theirs.length);
}

/** Compares every record of a file with the dump of llvm-bcanalyzer. */
export function compareDump(tool: string, path: string): void {
  const theirs = dumpedItems(tool, path);
  let index = 0;
  for (const item of dumpItems(openBitcode(readFileSync(path)).walk())) {
    if (item.item === 'leave') continue;
    const expected = theirs[index];
    index += 1;
    const fields =
      item.item === 'record'
        ? [item.code, item.abbreviationId, ...item.operands.map((value) => BigInt.asIntN(64, BigInt(value)))].join(' ')
        : `block ${item.blockId}`;
    // Thousands of assertions cost more than the rest of the test.
    if (expected?.depth !== item.depth || expected.fields !== fields) {
      expect({ index, depth: item.depth, name: item.name, fields }).toEqual({ index, ...expected });
    }
    if (item.item === 'record' && !isNameOf(expected?.name ?? '', item.blockId, item.code)) {
      expect(item.name).toBe(expected?.name);
    }
  }
  expect(index).toBe(theirs.length);
}
