import { describe, expect, it } from 'vitest';
import { audit } from '../../src/audit/index.ts';
import { readFixture } from '../helpers/fixtures.ts';
import { linkSetOfFiles } from '../helpers/link-set.ts';

const SYMTAB_BLOCK_ID = 25;
const UNKNOWN_BLOCK_ID = 30;

/** Gives the symbol table block of a bitcode file an id that no reader knows: so the file has none. */
function withoutSymbolTable(bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const data = new DataView(copy.buffer);
  // Blocks at the top: two bits of abbreviation id (1), eight of block id, the width of ids, padding; then the length.
  for (let offset = 4; offset + 8 < copy.length; offset += 8 + data.getUint32(offset + 4, true) * 4) {
    const header = data.getUint32(offset, true);
    if (((header >>> 2) & 0xff) !== SYMTAB_BLOCK_ID) continue;
    data.setUint32(offset, (header & ~(0xff << 2)) | (UNKNOWN_BLOCK_ID << 2), true);
  }
  return copy;
}

function findingsIn(bytes: Uint8Array) {
  return audit([linkSetOfFiles({ 'a.o': bytes })]).findings;
}

describe('no-symbol-table', () => {
  const bytes = readFixture('versions/clang-16/thin.o');

  it('notes bitcode that linkers must parse, and compares its definitions', () => {
    const findings = audit([linkSetOfFiles({ 'a.o': withoutSymbolTable(bytes), 'b.o': bytes })]).findings;
    expect(findings.map(({ rule }) => rule).sort()).toEqual(['duplicate-symbol', 'no-symbol-table']);
  });

  it('tells that the symbols are computed', () => {
    expect(findingsIn(withoutSymbolTable(bytes))).toMatchObject([
      {
        rule: 'no-symbol-table',
        severity: 'note',
        locations: [{ path: ['a.o'] }],
        data: { producer: 'LLVM16.0.6', definitions: 'computed' },
      },
    ]);
  });

  it('says nothing of bitcode that has one', () => {
    expect(findingsIn(bytes)).toEqual([]);
  });

  it('leaves damaged bitcode to malformed-input', () => {
    expect(findingsIn(bytes.slice(0, 1000)).map(({ rule }) => rule)).toEqual(['malformed-input']);
  });
});
