import { describe, expect, it } from 'vitest';
import { openArchive } from '../../src/archive/index.ts';
import type { ArchiveSymbolIndex } from '../../src/archive/index.ts';
import { FormatError } from '../../src/bytes/index.ts';
import {
  REGULAR_MAGIC,
  THIN_MAGIC,
  concat,
  header,
  latin1,
  member,
  symbolIndexData,
} from '../helpers/archive-builder.ts';
import type { Bytes } from '../helpers/archive-builder.ts';

function indexOf(data: Bytes, name = '/', magic = REGULAR_MAGIC): ArchiveSymbolIndex {
  const file = openArchive(concat(magic, member(name, data)));
  expect(file.hasSymbolIndex).toBe(true);
  const index = file.symbolIndex();
  if (index === undefined) throw new Error('no symbol index');
  return index;
}

function rowsOf(index: ArchiveSymbolIndex): [string, number][] {
  return Array.from({ length: index.length }, (_, entry) => [index.name(entry), index.memberOffset(entry)]);
}

const SYMBOLS: readonly (readonly [string, number])[] = [
  ['main', 100],
  ['', 100],
  ['b\xe4d', 4294967295],
];
const ROWS = [
  ['main', 100],
  ['', 100],
  ['b\\xe4d', 4294967295],
];

describe('the symbol index', () => {
  it.each([REGULAR_MAGIC, THIN_MAGIC])('has names and member offsets in the order of the file (%j)', (magic) => {
    expect(rowsOf(indexOf(symbolIndexData(SYMBOLS), '/', magic))).toEqual(ROWS);
  });

  it('of 64 bits has the same', () => {
    expect(rowsOf(indexOf(symbolIndexData(SYMBOLS, 8), '/SYM64/'))).toEqual(ROWS);
  });

  it('of 64 bits has offsets above 4 GiB', () => {
    const data = concat('\0\0\0\0\0\0\0\x01', '\0\0\0\x03\0\0\0\x04', 'f\0');
    expect(indexOf(data, '/SYM64/').memberOffset(0)).toBe(3 * 2 ** 32 + 4);
  });

  it('gives names as places in its strings', () => {
    const index = indexOf(symbolIndexData(SYMBOLS));
    expect(index.strings.bytes.subarray(index.nameStart(0), index.nameEnd(0))).toEqual(latin1('main'));
    expect(index.nameEnd(1) - index.nameStart(1)).toBe(0);
    expect(index.strings.base).toBe(8 + 60 + 4 + 3 * 4);
  });

  it('may be empty, with the pad that LLVM writes', () => {
    expect(indexOf('\0\0\0\0\0\0\0').length).toBe(0);
  });

  it('is absent where the first member is another', () => {
    const file = openArchive(concat(REGULAR_MAGIC, member('a.o/'), member('/', symbolIndexData(SYMBOLS))));
    expect(file.hasSymbolIndex).toBe(false);
    expect(file.symbolIndex()).toBeUndefined();
  });

  it('leads to its members', () => {
    const start = 8 + 60 + 10;
    const data = symbolIndexData([['f', start]]);
    const file = openArchive(concat(REGULAR_MAGIC, member('/', data), member('f.o/', 'code')));
    expect(file.memberAt(file.symbolIndex()?.memberOffset(0) ?? 0).name).toBe('f.o');
  });

  it('tells the caller of a wrong entry number', () => {
    const index = indexOf(symbolIndexData(SYMBOLS));
    for (const entry of [-1, 3, Number.NaN]) {
      expect(() => index.name(entry)).toThrow(RangeError);
      expect(() => index.memberOffset(entry)).toThrow(RangeError);
    }
  });

  it.each<[string, string, Bytes]>([
    ['is empty', '/', ''],
    ['ends within its count', '/', '\0\0\0'],
    ['ends within its count of 64 bits', '/SYM64/', '\0\0\0\0'],
    ['counts more offsets than it has bytes', '/', '\0\0\0\x02\0\0\0\x08f\0'],
    ['counts all ones', '/', '\xff\xff\xff\xff\0\0\0\0'],
    ['counts all ones in 64 bits', '/SYM64/', '\xff'.repeat(16)],
    ['has no end of its last name', '/', '\0\0\0\x01\0\0\0\x08name'],
    ['has fewer names than offsets', '/', '\0\0\0\x02\0\0\0\x08\0\0\0\x08first\0'],
  ])('is damaged if it %s', (_, name, data) => {
    const file = openArchive(concat(REGULAR_MAGIC, member(name, data), member('a.o/')));
    let caught: unknown;
    try {
      file.symbolIndex();
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(FormatError);
    expect((caught as FormatError).code).toBe('truncated');
    // A linker that does not look at the index does not miss it.
    expect([...file.members()]).toHaveLength(1);
  });

  it('is damaged if it is longer than the archive', () => {
    const file = openArchive(concat(REGULAR_MAGIC, header({ name: '/', size: 1000 }), symbolIndexData(SYMBOLS)));
    expect(() => file.symbolIndex()).toThrow(FormatError);
  });
});
