import { afterEach, describe, expect, it, vi } from 'vitest';
import { NameInterner } from '../../src/link/index.ts';
import { latin1 } from '../helpers/archive-builder.ts';
import { bounded } from '../helpers/bounded.ts';
import { internText } from '../helpers/link-set.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/** Makes every name hash to one value: the mixing is made of this multiplication. */
function collideAllNames(): void {
  vi.spyOn(Math, 'imul').mockReturnValue(0);
}

describe('numbers of names', () => {
  it('count from 0 in the order in which names come', () => {
    const names = new NameInterner();
    expect(['b', 'a', 'b', 'c', 'a'].map((name) => internText(names, name))).toEqual([0, 1, 0, 2, 1]);
    expect(names.size).toBe(3);
  });

  it('depend on the bytes alone, wherever they lie', () => {
    const names = new NameInterner();
    const [id, padded] = [names.intern(latin1('name'), 0, 4), latin1('xxxnamexx')];
    expect(names.intern(padded, 3, 7)).toBe(id);
    expect(names.intern(padded.subarray(1), 2, 6)).toBe(id);
  });

  it.each([
    ['a', 'b'],
    ['abcd', 'abce'],
    ['abcd', 'abcd\0'],
    ['', '\0'],
    ['\0', '\0\0'],
    ['\xff', '\xfe'],
    ['\xc3\xa9', '\xe9'],
    ['a\0b', 'b\0a'],
    ['constructor', '__proto__'],
  ])('differ for %j and %j', (one, other) => {
    const names = new NameInterner();
    const ids = [one, other].map((name) => names.intern(latin1(name), 0, name.length));
    expect(ids).toEqual([0, 1]);
  });

  it('are given to the empty name too', () => {
    const names = new NameInterner();
    expect(names.intern(latin1('abc'), 1, 1)).toBe(0);
    expect(names.intern(new Uint8Array(0), 0, 0)).toBe(0);
    expect(names.text(0)).toBe('');
  });
});

describe('the text of a name', () => {
  it('is what the bytes decode to', () => {
    const names = new NameInterner();
    const id = names.intern(latin1('\xc3\xa9\\\xff'), 0, 4);
    expect(names.text(id)).toBe('é\\\\\\xff');
  });

  it('is a copy: later writes to the table do not show', () => {
    const names = new NameInterner();
    const table = latin1('name');
    const id = names.intern(table, 0, 4);
    table.fill(0x78);
    expect(names.text(id)).toBe('name');
  });
});

describe('a name in a string table', () => {
  it.each([
    ['ends at the NUL', '\0one\0two\0', 1, 'one'],
    ['may be the tail of another name', '\0one\0', 3, 'e'],
    ['is empty at a NUL', '\0one\0', 0, ''],
    ['ends with the table where there is no NUL', '\0one', 1, 'one'],
    ['is empty at the end of the table', '\0one', 4, ''],
  ])('%s', (_, table, start, text) => {
    const names = new NameInterner();
    expect(names.text(names.internString(latin1(table), start))).toBe(text);
  });

  it('has the number of the same name that was given by its bounds', () => {
    const names = new NameInterner();
    expect(names.internString(latin1('x\0name\0'), 2)).toBe(names.intern(latin1('name'), 0, 4));
  });
});

describe('growth', () => {
  it('keeps the numbers and texts of a hundred thousand names', () => {
    const names = new NameInterner();
    const nameOf = (i: number) => `some_symbol_of_a_kernel_${i}`;
    for (let i = 0; i < 100_000; i += 1) expect(internText(names, nameOf(i)) === i).toBe(true);
    for (let i = 0; i < 100_000; i += 997) {
      expect(internText(names, nameOf(i))).toBe(i);
      expect(names.text(i)).toBe(nameOf(i));
    }
    expect(names.size).toBe(100_000);
  });

  it('takes a name that is longer than everything before', () => {
    const names = new NameInterner();
    const long = 'x'.repeat(3_000_000);
    expect([internText(names, 'short'), internText(names, long), internText(names, 'other')]).toEqual([0, 1, 2]);
    expect(names.text(1).length).toBe(long.length);
    expect([names.text(0), names.text(2)]).toEqual(['short', 'other']);
  });
});

describe('names that were made to collide', () => {
  it('stay apart and keep their numbers', () => {
    collideAllNames();
    const names = new NameInterner();
    for (let i = 0; i < 3000; i += 1) expect(internText(names, `collision ${i}`)).toBe(i);
    for (let i = 0; i < 3000; i += 1) expect(internText(names, `collision ${i}`)).toBe(i);
    expect(names.text(2999)).toBe('collision 2999');
  });

  it('are told apart where they are no UTF-8', () => {
    collideAllNames();
    const names = new NameInterner();
    for (let i = 0; i < 300; i += 1) internText(names, `filler ${i}`);
    const ids = ['\xff', '\xfe', '\\xff'].map((name) => names.intern(latin1(name), 0, name.length));
    expect(ids).toEqual([300, 301, 302]);
  });

  it('are still known after other names made the table grow', () => {
    collideAllNames();
    const names = new NameInterner();
    for (let i = 0; i < 1000; i += 1) internText(names, `collision ${i}`);
    vi.restoreAllMocks();
    for (let i = 0; i < 40_000; i += 1) internText(names, `ordinary ${i}`);
    collideAllNames();
    for (let i = 0; i < 1000; i += 1) expect(internText(names, `collision ${i}`)).toBe(i);
    vi.restoreAllMocks();
    for (let i = 0; i < 40_000; i += 997) expect(internText(names, `ordinary ${i}`)).toBe(1000 + i);
    expect(names.size).toBe(41_000);
  });

  it('cost a bounded number of steps each', () => {
    collideAllNames();
    const names = new NameInterner();
    // Without a bound two thousand million comparisons.
    bounded(() => {
      for (let i = 0; i < 60_000; i += 1) internText(names, `collision ${i}`);
    });
    expect(names.size).toBe(60_000);
  });
});

describe('default versions', () => {
  /** The pairs as text. */
  function versionsOf(...texts: readonly string[]): (readonly [string, string])[] {
    const names = new NameInterner();
    for (const text of texts) internText(names, text);
    return [...names.plainNames()].map(([versioned, plain]) => [names.text(versioned), names.text(plain)]);
  }

  it.each([
    ['name@@VERSION', 'name'],
    ['name@@', 'name'],
    ['name@@@VERSION', 'name'],
    ['a@@b@@c', 'a'],
  ])('%s defines %s', (versioned, plain) => {
    expect(versionsOf(versioned)).toEqual([[versioned, plain]]);
  });

  // lld looks at the first @ only (SymbolTable::insert, LLVM 16 to 22).
  it.each(['name', 'name@VERSION', 'name@', '@', '', 'name@OLD@@NEW'])('%j defines itself alone', (name) => {
    expect(versionsOf(name)).toEqual([]);
  });

  it('give the plain name the number that it has already', () => {
    const names = new NameInterner();
    const plain = internText(names, 'name');
    const versioned = internText(names, 'name@@V');
    expect([...names.plainNames()]).toEqual([[versioned, plain]]);
  });

  it('are listed once, however often the name comes', () => {
    expect(versionsOf('name@@V', 'name@@V', 'name@@W')).toEqual([
      ['name@@V', 'name'],
      ['name@@W', 'name'],
    ]);
  });

  it('of many names are found after growth', () => {
    const names = new NameInterner();
    for (let i = 0; i < 20_000; i += 1) internText(names, `name_${i}@@V`);
    expect([...names.plainNames()]).toHaveLength(20_000);
  });
});
