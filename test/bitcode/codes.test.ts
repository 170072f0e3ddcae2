import { describe, expect, it } from 'vitest';
import { ENCODINGS } from '../../src/bitcode/bitstream/abbreviation.ts';
import { BLOCKINFO_CODES } from '../../src/bitcode/bitstream/block-info.ts';
import { ATTRIBUTE_KINDS, PARAMATTR_CODES } from '../../src/bitcode/codes/attribute.ts';
import { BLOCK_IDS } from '../../src/bitcode/codes/block-ids.ts';
import { COMDAT_SELECTION_KINDS } from '../../src/bitcode/codes/comdat.ts';
import { BINARY_OPCODES, CAST_OPCODES, CONSTANTS_CODES } from '../../src/bitcode/codes/constants.ts';
import { FUNCTION_CODES } from '../../src/bitcode/codes/function.ts';
import { IDENTIFICATION_CODES } from '../../src/bitcode/codes/identification.ts';
import { IRSYMTAB_FLAGS } from '../../src/bitcode/codes/irsymtab.ts';
import { METADATA_CODES } from '../../src/bitcode/codes/metadata.ts';
import { MODULE_STRTAB_CODES } from '../../src/bitcode/codes/module-strtab.ts';
import { MODULE_CODES } from '../../src/bitcode/codes/module.ts';
import { STRTAB_CODES, SYMTAB_CODES } from '../../src/bitcode/codes/string-table.ts';
import { SUMMARY_CODES } from '../../src/bitcode/codes/summary.ts';
import { OPERAND_BUNDLE_TAG_CODES, SYNC_SCOPE_NAME_CODES } from '../../src/bitcode/codes/tags.ts';
import { TYPE_CODES } from '../../src/bitcode/codes/type.ts';
import { USELIST_CODES } from '../../src/bitcode/codes/uselist.ts';
import { VALUE_SYMTAB_CODES } from '../../src/bitcode/codes/value-symtab.ts';

describe.each([
  ['encodings', ENCODINGS, 6],
  ['BLOCKINFO', BLOCKINFO_CODES, 3],
  ['block ids', BLOCK_IDS, 20],
  ['IDENTIFICATION', IDENTIFICATION_CODES, 2],
  ['MODULE', MODULE_CODES, 17],
  ['STRTAB', STRTAB_CODES, 1],
  ['SYMTAB', SYMTAB_CODES, 1],
  ['summary', SUMMARY_CODES, 33],
  ['PARAMATTR', PARAMATTR_CODES, 3],
  ['attributes', ATTRIBUTE_KINDS, 105],
  ['TYPE', TYPE_CODES, 26],
  ['CONSTANTS', CONSTANTS_CODES, 34],
  ['casts', CAST_OPCODES, 14],
  ['binary operations', BINARY_OPCODES, 13],
  ['FUNCTION', FUNCTION_CODES, 57],
  ['METADATA', METADATA_CODES, 47],
  ['VALUE_SYMTAB', VALUE_SYMTAB_CODES, 4],
  ['MODULE_STRTAB', MODULE_STRTAB_CODES, 2],
  ['USELIST', USELIST_CODES, 2],
  ['operand bundle tags', OPERAND_BUNDLE_TAG_CODES, 1],
  ['sync scopes', SYNC_SCOPE_NAME_CODES, 1],
  ['COMDAT kinds', COMDAT_SELECTION_KINDS, 5],
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
