import { describe, expect, it } from 'vitest';
import { ENCODINGS } from '../../src/bitcode/bitstream/abbreviation.ts';
import { BLOCKINFO_CODES } from '../../src/bitcode/bitstream/block-info.ts';
import { BLOCK_IDS } from '../../src/bitcode/codes/block-ids.ts';
import { IDENTIFICATION_CODES } from '../../src/bitcode/codes/identification.ts';
import { IRSYMTAB_FLAGS } from '../../src/bitcode/codes/irsymtab.ts';
import { MODULE_CODES } from '../../src/bitcode/codes/module.ts';
import { STRTAB_CODES, SYMTAB_CODES } from '../../src/bitcode/codes/string-table.ts';
import { SUMMARY_CODES } from '../../src/bitcode/codes/summary.ts';

describe.each([
  ['encodings', ENCODINGS, 6],
  ['BLOCKINFO', BLOCKINFO_CODES, 3],
  ['block ids', BLOCK_IDS, 20],
  ['IDENTIFICATION', IDENTIFICATION_CODES, 2],
  ['MODULE', MODULE_CODES, 17],
  ['STRTAB', STRTAB_CODES, 1],
  ['SYMTAB', SYMTAB_CODES, 1],
  ['summary', SUMMARY_CODES, 33],
] as const)('the table of %s', (_, table, count) => {
  const entries = Object.entries<number>(table.values);

  it('has its entries, ascending and once each', () => {
    expect(entries.length).toBe(count);
    const values = entries.map(([, value]) => value);
    expect(values).toEqual([...new Set(values)].sort((a, b) => a - b));
  });

  it('leads from each value back to its name', () => {
    for (const [name, value] of entries) expect(table.nameOf(value)).toBe(name);
  });
});

describe('the flags of symbols', () => {
  it('are bits of their own, without a gap', () => {
    const masks = Object.values(IRSYMTAB_FLAGS);
    expect(masks.reduce((all, mask) => all + mask, 0)).toBe(0x3fff);
    expect(masks).toEqual([...masks].sort((a, b) => a - b));
  });
});
