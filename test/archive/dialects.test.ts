// The conventions of BSD, Darwin, COFF and AIX, as bytes that are made here: what no tool of ours writes is among them.

import { describe, expect, it } from 'vitest';
import { openArchive } from '../../src/archive/index.ts';
import type { ArchiveAnomaly, ArchiveDialect, ArchiveFile } from '../../src/archive/index.ts';
import type { FormatErrorCode } from '../../src/bytes/index.ts';
import {
  REGULAR_MAGIC,
  THIN_MAGIC,
  aixArchive,
  bsdIndexData,
  bsdMember,
  coffIndexData,
  concat,
  ecIndexData,
  extendedNames,
  latin1,
  member,
  symbolIndexData,
} from '../helpers/archive-builder.ts';
import type { Bytes } from '../helpers/archive-builder.ts';
import { formatErrorOf } from '../helpers/errors.ts';

function contents(file: ArchiveFile): [string, string][] {
  return [...file.members()].map(({ name, data }) => {
    if (data === undefined) throw new Error(`${name} is external`);
    return [name, String.fromCharCode(...data.view(0, data.length, 'data').bytes)];
  });
}

function rows(file: ArchiveFile, index = file.symbolIndex()): [string, number][] {
  if (index === undefined) throw new Error('no symbol index');
  return Array.from({ length: index.length }, (_, entry) => [index.name(entry), index.memberOffset(entry)]);
}

const of = (...parts: readonly Bytes[]) => openArchive(concat(REGULAR_MAGIC, ...parts));

describe('the dialect', () => {
  const index = member('/', symbolIndexData([]));
  const index64 = member('/SYM64/', symbolIndexData([], 8));
  const names = extendedNames('long-name-of-a-member.o/\n');

  it.each<[ArchiveDialect, string, readonly Bytes[]]>([
    ['gnu', 'no member', []],
    ['gnu', 'an ordinary member', [member('a.o/')]],
    ['gnu', 'names without an index', [names, member('/0')]],
    ['gnu', 'an index', [index, member('a.o/')]],
    ['gnu64', 'a 64-bit index', [index64, names]],
    ['coff', 'two linker members', [index, index, names]],
    ['coff', 'a second linker member alone', [index, index]],
    ['bsd', 'an index in the header', [member('__.SYMDEF', bsdIndexData([]))]],
    ['bsd', 'a sorted index in the header', [member('__.SYMDEF SORTED', bsdIndexData([]))]],
    ['bsd', 'an index in front of its data', [bsdMember('__.SYMDEF', bsdIndexData([]), 12)]],
    ['bsd', 'a sorted one', [bsdMember('__.SYMDEF SORTED', bsdIndexData([]))]],
    ['bsd', 'a name in front of data', [bsdMember('a.o')]],
    ['darwin64', 'a 64-bit index', [bsdMember('__.SYMDEF_64', bsdIndexData([], { wordSize: 8 }))]],
    ['darwin64', 'a sorted one', [bsdMember('__.SYMDEF_64 SORTED', bsdIndexData([], { wordSize: 8 }), 20)]],
  ])('is %s with %s', (dialect, _, parts) => {
    expect(of(...parts).dialect).toBe(dialect);
  });

  it('of a thin archive is that of GNU', () => {
    expect(openArchive(concat(THIN_MAGIC, index64)).dialect).toBe('gnu64');
  });

  it('of AIX is told by the magic', () => {
    expect(openArchive(aixArchive('<bigaf>\n', [])).dialect).toBe('aix-big');
    expect(openArchive(aixArchive('<aiaff>\n', [])).dialect).toBe('aix-small');
  });
});

describe('names of BSD', () => {
  it('stand in front of the data, and their padding is no part of them', () => {
    const file = of(bsdMember('a name.o', 'odd', 12), bsdMember('b.o', 'even'));
    expect(contents(file)).toEqual([
      ['a name.o', 'odd'],
      ['b.o', 'even'],
    ]);
    const [first, second] = [...file.members()];
    expect(first).toMatchObject({ headerOffset: 8, size: 3 });
    expect(first?.data?.base).toBe(8 + 60 + 12);
    expect(second?.headerOffset).toBe(8 + 60 + 16);
    expect(file.memberAt(second?.headerOffset ?? 0)).toEqual(second);
  });

  it('may be in any archive, beside those of GNU', () => {
    const file = of(extendedNames('a-name-of-gnu.o/\n'), member('/0', '1'), bsdMember('b.o', '2'), member('c.o/', '3'));
    expect(file.dialect).toBe('gnu');
    expect(contents(file)).toEqual([
      ['a-name-of-gnu.o', '1'],
      ['b.o', '2'],
      ['c.o', '3'],
    ]);
  });

  it('in the header end with a blank, where GNU has a slash', () => {
    const index = member('__.SYMDEF', bsdIndexData([]));
    expect(
      contents(of(index, member('dir/a.o'), member('b.o/'), member('sixteen-bytes--o'))).map(([name]) => name),
    ).toEqual(['dir/a.o', 'b.o', 'sixteen-bytes--o']);
  });

  it('may be empty', () => {
    expect(contents(of(bsdMember('', 'x', 0)))).toEqual([['', 'x']]);
    expect(contents(of(bsdMember('', 'x', 4)))).toEqual([['', 'x']]);
  });

  it.each<[string, Bytes, FormatErrorCode]>([
    ['longer than the member', member('#1/9', 'short'), 'out-of-bounds'],
    ['longer than any path', bsdMember('x', '', 5000), 'limit-exceeded'],
    ['without a length', member('#1/', 'data'), 'bad-value'],
    ['with a length that is no number', member('#1/x', 'data'), 'bad-value'],
    ['of a member that is longer than the archive', member('#1/2', 'data', { size: 500 }), 'truncated'],
  ])('are damaged: %s', (_, part, code) => {
    expect(formatErrorOf(() => contents(of(member('a.o/'), part))).code).toBe(code);
    expect(formatErrorOf(() => contents(of(part))).code).toBe(code);
  });

  it('cannot be in thin archives, which have no data', () => {
    const thin = openArchive(concat(THIN_MAGIC, bsdMember('a.o')));
    expect(formatErrorOf(() => [...thin.members()]).code).toBe('bad-value');
  });

  it('of an index are ordinary names behind the first member', () => {
    const file = of(member('a/'), member('__.SYMDEF/'), bsdMember('__.SYMDEF', 'x'));
    expect(file.hasSymbolIndex).toBe(false);
    expect(contents(file).map(([name]) => name)).toEqual(['a', '__.SYMDEF', '__.SYMDEF']);
  });
});

const SYMBOLS: readonly (readonly [string, number])[] = [
  ['beta', 200],
  ['alpha', 100],
  ['', 300],
  ['n\xe4me', 200],
];
const ROWS = [
  ['beta', 200],
  ['alpha', 100],
  ['', 300],
  ['n\\xe4me', 200],
];

describe('the index of BSD', () => {
  it.each([true, false])('has rows in either byte order (little endian: %s)', (littleEndian) => {
    const file = of(member('__.SYMDEF', bsdIndexData(SYMBOLS, { littleEndian })));
    expect(file.hasSymbolIndex).toBe(true);
    expect(rows(file)).toEqual(ROWS);
  });

  it('of 64 bits is that of Darwin', () => {
    const file = of(bsdMember('__.SYMDEF_64', bsdIndexData(SYMBOLS, { wordSize: 8 })));
    expect(file.hasSymbolIndex).toBe(true);
    expect(rows(file)).toEqual(ROWS);
  });

  it('may share names, and have bytes behind them', () => {
    const data = concat('\x10\0\0\0', '\x02\0\0\0\x64\0\0\0', '\0\0\0\0\xc8\0\0\0', '\x05\0\0\0', 'aabc\0', '\0\0\0');
    expect(rows(of(member('__.SYMDEF', data)))).toEqual([
      ['bc', 100],
      ['aabc', 200],
    ]);
  });

  it.each<[string, Bytes, FormatErrorCode]>([
    ['is empty', '', 'truncated'],
    ['has no size of its names', '\0\0\0\0', 'truncated'],
    ['has more pairs than bytes', '\x40\0\0\0\0\0\0\0', 'truncated'],
    ['has more names than bytes', '\0\0\0\0\x40\0\0\0', 'truncated'],
    ['has sizes of all ones', '\xff'.repeat(16), 'truncated'],
    ['has a name behind the names', '\x08\0\0\0\x02\0\0\0\x64\0\0\0\x02\0\0\0a\0', 'out-of-bounds'],
    ['has a name without an end', '\x08\0\0\0\0\0\0\0\x64\0\0\0\x02\0\0\0ab', 'truncated'],
  ])('is damaged if it %s', (_, data, code) => {
    const file = of(member('__.SYMDEF', data), member('a.o'));
    expect(formatErrorOf(() => file.symbolIndex()).code).toBe(code);
    expect([...file.members()]).toHaveLength(1);
  });

  it('is refused if its names overlap beyond measure', () => {
    const count = 50_000;
    const name = 'x'.repeat(1 << 16);
    const pairs = new Uint8Array(8 * count);
    const size = (value: number) => Uint8Array.of(value, value >> 8, value >> 16, value >> 24);
    const file = of(member('__.SYMDEF', concat(size(pairs.length), pairs, size(name.length + 1), `${name}\0`)));
    expect(formatErrorOf(() => file.symbolIndex()).code).toBe('limit-exceeded');
  });
});

describe('the linker members of COFF', () => {
  const first = member('/', symbolIndexData([['first', 1]]));
  const second = (data: Bytes) => member('/', data);

  it('are read by the second one', () => {
    const data = coffIndexData(
      [100, 70_000],
      [
        ['alpha', 1],
        ['beta', 2],
        ['gamma', 1],
      ],
    );
    expect(rows(of(first, second(data)))).toEqual([
      ['alpha', 100],
      ['beta', 70_000],
      ['gamma', 100],
    ]);
  });

  it('lead nowhere by a number that is no member', () => {
    const file = of(
      first,
      second(
        coffIndexData(
          [100],
          [
            ['zero', 0],
            ['two', 2],
            ['one', 1],
          ],
        ),
      ),
      member('a/'),
    );
    expect(rows(file).map(([, offset]) => offset)).toEqual([0, 0, 100]);
    expect(formatErrorOf(() => file.memberAt(0)).code).toBe('out-of-bounds');
  });

  it('have a list for ARM64EC beside them', () => {
    const ec = member('/<ECSYMBOLS>/', ecIndexData([['#f', 2]]));
    const file = of(first, second(coffIndexData([100, 200], [])), extendedNames('a.obj\0'), ec, member('/0', 'x'));
    expect(rows(file, file.ecSymbolIndex())).toEqual([['#f', 200]]);
    expect(rows(file)).toEqual([]);
    expect(contents(file)).toEqual([['a.obj', 'x']]);
    expect(of(first, second(coffIndexData([], []))).ecSymbolIndex()).toBeUndefined();
  });

  it.each<[string, Bytes]>([
    ['is empty', ''],
    ['counts more members than it has bytes', '\x02\0\0\0\0\0\0\0'],
    ['ends in front of the count of names', '\0\0\0\0'],
    ['counts more names than it has bytes', '\0\0\0\0\x02\0\0\0\x01\0a\0'],
    ['has a name without an end', '\0\0\0\0\x01\0\0\0\x01\0a'],
    ['counts all ones', '\xff'.repeat(12)],
  ])('are damaged if the second one %s', (_, data) => {
    const file = of(first, second(data), member('a.o/'));
    expect(formatErrorOf(() => file.symbolIndex()).code).toBe('truncated');
    expect([...file.members()]).toHaveLength(1);
  });
});

describe.each(['<bigaf>\n', '<aiaff>\n'] as const)('an archive of AIX, %j', (magic) => {
  const members = [
    { name: 'odd.o', data: 'abc', fields: { date: 1700000000, uid: 1000, gid: 100, mode: '100755' } },
    { name: 'even', data: 'defg' },
    { name: 'odd.o', data: '' },
  ];
  const good = aixArchive(magic, members, [
    [
      ['f', 0],
      ['g', 1],
    ],
  ]);

  it('has members with names, data and numbers', () => {
    const file = openArchive(good);
    expect(file.isThin).toBe(false);
    expect(contents(file)).toEqual([
      ['odd.o', 'abc'],
      ['even', 'defg'],
      ['odd.o', ''],
    ]);
    const [first] = [...file.members()];
    expect(first).toMatchObject({ size: 3, mtime: 1700000000, uid: 1000, gid: 100, mode: 0o100755, external: false });
    for (const each of file.members()) expect(file.memberAt(each.headerOffset)).toEqual(each);
  });

  it('has a symbol table whose entries lead to members', () => {
    const file = openArchive(good);
    expect(file.hasSymbolIndex).toBe(true);
    expect(rows(file).map(([name, offset]) => [name, file.memberAt(offset).name])).toEqual([
      ['f', 'odd.o'],
      ['g', 'even'],
    ]);
    expect(file.ecSymbolIndex()).toBeUndefined();
  });

  it('may be empty, and without a symbol table', () => {
    const file = openArchive(aixArchive(magic, []));
    expect([...file.members()]).toEqual([]);
    expect(file.hasSymbolIndex).toBe(false);
    expect(file.symbolIndex()).toBeUndefined();
  });

  it('may have its members in any order', () => {
    const file = openArchive(good);
    const [first, second, third] = [...file.members()].map(({ headerOffset }) => headerOffset) as [
      number,
      number,
      number,
    ];
    const bytes = aixArchive(
      magic,
      members.map((each, i) => ({ ...each, fields: { ...each.fields, nxtmem: [third, first, second][i] as number } })),
      [],
      { fstmoff: first, lstmoff: second },
    );
    expect(contents(openArchive(bytes)).map(([, data]) => data)).toEqual(['abc', '', 'defg']);
  });

  it('reports numbers that cannot be read', () => {
    const anomalies: ArchiveAnomaly[] = [];
    const bytes = aixArchive(magic, [{ name: 'a', data: '', fields: { uid: '-1' } }]);
    const [only] = [...openArchive(bytes, { onAnomaly: (anomaly) => anomalies.push(anomaly) }).members()];
    expect(only?.uid).toBeUndefined();
    expect(anomalies.map(({ code }) => code)).toEqual(['unreadable-field']);
  });

  const first = 8 + (magic === '<bigaf>\n' ? 120 : 60);

  it.each<[string, Uint8Array, FormatErrorCode, number]>([
    [
      'turns in a circle',
      aixArchive(magic, [members[0] as never, { name: 'b', data: '', fields: { nxtmem: first } }], [], { lstmoff: 4 }),
      'bad-value',
      2,
    ],
    [
      'names itself',
      aixArchive(magic, [{ name: 'b', data: '', fields: { nxtmem: first } }], [], { lstmoff: 4 }),
      'bad-value',
      1,
    ],
    [
      'ends in front of the last one',
      aixArchive(magic, [{ name: 'b', data: '', fields: { nxtmem: 0 } }], [], { lstmoff: 4 }),
      'bad-value',
      1,
    ],
    [
      'leads behind the end',
      aixArchive(magic, [{ name: 'b', data: '', fields: { nxtmem: 99999999 } }], [], { lstmoff: 4 }),
      'bad-value',
      1,
    ],
    [
      'is no number',
      aixArchive(magic, [{ name: 'b', data: '', fields: { nxtmem: 'x' } }], [], { lstmoff: 4 }),
      'bad-value',
      1,
    ],
    ['begins behind the end', aixArchive(magic, members, [], { fstmoff: 99999999 }), 'truncated', 0],
    [
      'meets a header without its terminator',
      aixArchive(magic, [{ name: 'b', data: '', fields: { fmag: 'xx' } }]),
      'bad-value',
      0,
    ],
    [
      'meets a size that is no number',
      aixArchive(magic, [{ name: 'b', data: '', fields: { size: '0x1' } }]),
      'bad-value',
      0,
    ],
    [
      'meets a size behind the end',
      aixArchive(magic, [{ name: 'b', data: '', fields: { size: 99999999 } }]),
      'truncated',
      0,
    ],
    [
      'meets a name whose length is no number',
      aixArchive(magic, [{ name: 'b', data: '', fields: { namlen: '' } }]),
      'bad-value',
      0,
    ],
    [
      'meets a name behind the end',
      aixArchive(magic, [{ name: 'b', data: '', fields: { namlen: 9999 } }]),
      'truncated',
      0,
    ],
  ])('is damaged if its chain %s', (_, bytes, code, before) => {
    const delivered: string[] = [];
    const walk = openArchive(bytes).members();
    const error = formatErrorOf(() => {
      for (const { name } of walk) delivered.push(name);
    });
    expect([error.code, delivered.length]).toEqual([code, before]);
    expect(walk.next().done).toBe(true);
  });

  it('is damaged if its members overlap, which would make work without end', () => {
    // Each header lies in the data of the one in front of it.
    const inner = aixArchive(magic, [{ name: 'b', data: 'x'.repeat(1000), fields: { nxtmem: 0 } }]).subarray(first);
    const count = 40;
    const parts: AixParts[] = Array.from({ length: count }, (_, i) => ({
      name: 'a',
      data: inner,
      fields: { size: inner.length * (count - i) },
    }));
    const error = formatErrorOf(() => [...openArchive(aixArchive(magic, parts)).members()]);
    expect(error.code).toBe('bad-value');
    expect(error.reason).toContain('overlap');
  });

  it('is not read if its file header is cut off or has no numbers', () => {
    expect(formatErrorOf(() => openArchive(latin1(magic))).code).toBe('truncated');
    expect(formatErrorOf(() => openArchive(good.subarray(0, first - 1))).code).toBe('truncated');
    for (const field of ['gst0', 'fstmoff', 'lstmoff']) {
      expect(formatErrorOf(() => openArchive(aixArchive(magic, members, [], { [field]: 'x' }))).code).toBe('bad-value');
    }
  });

  it('has no member in its file header, at an odd place or in its symbol table', () => {
    const file = openArchive(good);
    expect(formatErrorOf(() => file.memberAt(8)).code).toBe('out-of-bounds');
    expect(formatErrorOf(() => file.memberAt(first + 1)).code).toBe('bad-value');
    expect(formatErrorOf(() => file.memberAt(good.length)).code).toBe('out-of-bounds');
  });

  it('is held to the limits', () => {
    expect(formatErrorOf(() => [...openArchive(good, { limits: { members: 2 } }).members()]).code).toBe(
      'limit-exceeded',
    );
    expect(formatErrorOf(() => openArchive(good, { limits: { blockBytes: 4 } }).symbolIndex()).code).toBe(
      'limit-exceeded',
    );
  });
});

interface AixParts {
  readonly name: string;
  readonly data: Uint8Array;
  readonly fields: Readonly<Record<string, number>>;
}

describe('the two symbol tables of a big archive', () => {
  const members = [
    { name: 'x32.o', data: 'a' },
    { name: 'x64.o', data: 'b' },
  ];

  it('are one index: of 32-bit members, then of 64-bit ones', () => {
    const file = openArchive(
      aixArchive('<bigaf>\n', members, [
        [['f', 0]],
        [
          ['f', 1],
          ['g', 1],
        ],
      ]),
    );
    expect(rows(file).map(([name, offset]) => [name, file.memberAt(offset).name])).toEqual([
      ['f', 'x32.o'],
      ['f', 'x64.o'],
      ['g', 'x64.o'],
    ]);
    expect(file.symbolIndex()?.entriesOf('f')).toEqual([0, 1]);
  });

  it('may lack the first', () => {
    const file = openArchive(aixArchive('<bigaf>\n', members, [undefined, [['g', 1]]]));
    expect(rows(file).map(([name]) => name)).toEqual(['g']);
  });
});

describe('entriesOf', () => {
  const index = of(
    member(
      '/',
      symbolIndexData([
        ['b', 1],
        ['a', 2],
        ['b', 3],
        ['', 4],
        ['b\xff', 5],
      ]),
    ),
  ).symbolIndex();

  it('finds all entries of a name, by its text or its bytes', () => {
    expect(index?.entriesOf('b')).toEqual([0, 2]);
    expect(index?.entriesOf('a')).toEqual([1]);
    expect(index?.entriesOf('')).toEqual([3]);
    expect(index?.entriesOf('b\\xff')).toEqual([4]);
    expect(index?.entriesOf(latin1('b\xff'))).toEqual([4]);
  });

  it('finds nothing where nothing is', () => {
    for (const name of ['c', 'bb', '0', '\u{10ffff}']) expect(index?.entriesOf(name)).toEqual([]);
    expect(
      of(member('/', symbolIndexData([])))
        .symbolIndex()
        ?.entriesOf('a'),
    ).toEqual([]);
  });
});

describe('entriesOfMember', () => {
  const build = (...offsets: readonly number[]) =>
    of(member('/', symbolIndexData(offsets.map((offset) => ['x', offset])))).symbolIndex();

  it.each([
    ['in the order of members', [8, 8, 68, 100], 8, [0, 1]],
    ['in another order', [68, 8, 100, 8], 8, [1, 3]],
    ['of no member', [68, 8], 10, []],
    ['of an offset behind all', [68, 8], 70, []],
    ['of an empty index', [], 8, []],
  ])('finds the entries %s', (_, offsets, wanted, expected) => {
    expect([...(build(...offsets)?.entriesOfMember(wanted) ?? [])]).toEqual(expected);
  });
});
