import { describe, expect, it } from 'vitest';
import { isArchiveMagic, openArchive } from '../../src/archive/index.ts';
import type { ArchiveAnomaly, ArchiveMember, ArchiveOptions } from '../../src/archive/index.ts';
import { ByteRange, memorySource } from '../../src/bytes/index.ts';
import type { FormatError } from '../../src/bytes/index.ts';
import type { FormatErrorCode } from '../../src/bytes/index.ts';
import { formatErrorOf } from '../helpers/errors.ts';
import {
  REGULAR_MAGIC,
  THIN_MAGIC,
  archive,
  concat,
  extendedNames,
  header,
  latin1,
  member,
  symbolIndexData,
} from '../helpers/archive-builder.ts';

const HEADER_LENGTH = 60;

function namesOf(bytes: Uint8Array, options?: ArchiveOptions): string[] {
  return [...openArchive(bytes, options).members()].map(({ name }) => name);
}

function onlyMember(bytes: Uint8Array): ArchiveMember {
  const members = [...openArchive(bytes).members()];
  expect(members).toHaveLength(1);
  return members[0] as ArchiveMember;
}

function contentOf(part: ArchiveMember): string {
  const { data } = part;
  if (data === undefined) throw new Error(`${part.name} is external`);
  return String.fromCharCode(...data.view(0, data.length, 'data').bytes);
}

/** What a walk delivers in front of the damage, and the damage. */
function walkDamaged(bytes: Uint8Array, options?: ArchiveOptions): { delivered: string[]; error: FormatError } {
  const delivered: string[] = [];
  const members = openArchive(bytes, options).members();
  const error = formatErrorOf(() => {
    for (const { name } of members) delivered.push(name);
  });
  expect(members.next().done).toBe(true);
  return { delivered, error };
}

describe('isArchiveMagic', () => {
  it.each([
    ['!<arch>\n', 'archive'],
    ['!<thin>\nand more', 'thin-archive'],
    ['<bigaf>\n', 'archive'],
    ['<aiaff>\n', 'archive'],
    ['!<arch>', undefined],
    ['!<arch>\r', undefined],
    ['', undefined],
  ])('tells that %j is %s', (text, expected) => {
    expect(isArchiveMagic(latin1(text))).toBe(expected);
  });
});

describe('openArchive', () => {
  it('takes the magic alone as an empty archive', () => {
    for (const magic of [REGULAR_MAGIC, THIN_MAGIC]) {
      const file = openArchive(latin1(magic));
      expect([...file.members()]).toEqual([]);
      expect(file.hasSymbolIndex).toBe(false);
      expect(file.symbolIndex()).toBeUndefined();
    }
  });

  it('tells regular and thin archives apart', () => {
    expect(openArchive(latin1(REGULAR_MAGIC)).isThin).toBe(false);
    expect(openArchive(latin1(THIN_MAGIC)).isThin).toBe(true);
  });

  it('reads no more than the magic', () => {
    const source = memorySource(archive([{ name: 'a.o', data: 'aa' }]));
    const reads: [number, number][] = [];
    openArchive({
      size: source.size,
      read(offset, length) {
        reads.push([offset, length]);
        return source.read(offset, length);
      },
    });
    expect(reads).toEqual([[0, 8]]);
  });

  it.each(['', '!<arch>', '\x7fELF\x02\x01\x01\x00'])('refuses %j, which is no archive', (text) => {
    expect(formatErrorOf(() => openArchive(latin1(text))).code).toBe('bad-magic');
  });

  it('blames the caller for an input that is none', () => {
    expect(() => openArchive('a.a' as unknown as Uint8Array)).toThrow(TypeError);
  });
});

describe('members of a regular archive', () => {
  it('come in file order with name, place, size and data', () => {
    const bytes = archive([
      { name: 'odd.o', data: 'abc' },
      { name: 'even.o', data: 'defg' },
    ]);
    const members = [...openArchive(ByteRange.ofSource(memorySource(bytes), ['lib.a'])).members()];
    expect(members.map(({ name, headerOffset, size, external }) => [name, headerOffset, size, external])).toEqual([
      ['odd.o', 8, 3, false],
      ['even.o', 72, 4, false],
    ]);
    expect(members.map(contentOf)).toEqual(['abc', 'defg']);
    expect(members[1]?.data?.base).toBe(72 + HEADER_LENGTH);
    expect(members[1]?.data?.path).toEqual(['lib.a', 'even.o']);
  });

  it('may share a name, and may be called like anything', () => {
    expect(
      namesOf(
        archive([
          { name: 'a.o', data: '1' },
          { name: '__proto__', data: '2' },
          { name: 'a.o', data: '3' },
        ]),
      ),
    ).toEqual(['a.o', '__proto__', 'a.o']);
  });

  it('have the numbers of the header', () => {
    const { mtime, uid, gid, mode } = onlyMember(
      concat(REGULAR_MAGIC, member('a.o/', '', { mtime: 1700000000, uid: 1000, gid: 100, mode: '100755' })),
    );
    expect({ mtime, uid, gid, mode }).toEqual({ mtime: 1700000000, uid: 1000, gid: 100, mode: 0o100755 });
  });

  it('have 0 for blank numbers', () => {
    const blank = member('a.o/', '', { mtime: '', uid: '', gid: '', mode: '' });
    const { mtime, uid, gid, mode } = onlyMember(concat(REGULAR_MAGIC, blank));
    expect({ mtime, uid, gid, mode }).toEqual({ mtime: 0, uid: 0, gid: 0, mode: 0 });
  });

  it('report numbers that cannot be read, and are delivered without them', () => {
    const anomalies: ArchiveAnomaly[] = [];
    const bytes = concat(REGULAR_MAGIC, member('a.o/', '', { mtime: '-1', mode: '8' }));
    const [only] = [...openArchive(bytes, { onAnomaly: (anomaly) => anomalies.push(anomaly) }).members()];
    expect(only).toMatchObject({ mtime: undefined, uid: 0, mode: undefined });
    expect(anomalies.map(({ code }) => code)).toEqual(['unreadable-field', 'unreadable-field']);
    expect(anomalies[0]?.reason).toBe("ar_date of member 'a.o' is not a number");
    expect(anomalies[0]?.location.offset).toBe(8);
  });

  it('tell offsets in the file when the archive is a member itself', () => {
    const inner = archive([{ name: 'x.o', data: 'xx' }]);
    const outer = onlyMember(archive([{ name: 'inner.a', data: inner }]));
    if (outer.data === undefined) throw new Error('inner.a is external');
    const [nested] = [...openArchive(outer.data).members()];
    expect(nested).toMatchObject({ headerOffset: 8, offset: 8 + HEADER_LENGTH + 8 });
    expect(nested?.data?.path).toEqual(['<memory>', 'inner.a', 'x.o']);
  });
});

describe('names', () => {
  it.each([
    ['a.o/', 'a.o'],
    ['fifteen-bytes.o/', 'fifteen-bytes.o'],
    ['a b.o/', 'a b.o'],
    ['old style.o', 'old style.o'],
    ['sixteen-bytes--o', 'sixteen-bytes--o'],
    ['d/a.o/', 'd'],
    ['', ''],
  ])('in the header: %j is %j', (raw, expected) => {
    expect(onlyMember(concat(REGULAR_MAGIC, member(raw))).name).toBe(expected);
  });

  it('that are no UTF-8 stay different and can be had as bytes', () => {
    const bytes = concat(REGULAR_MAGIC, member('\xfe.o/'), member('\xff.o/'));
    const members = [...openArchive(bytes).members()];
    expect(members.map(({ name }) => name)).toEqual(['\\xfe.o', '\\xff.o']);
    expect(members[1]?.nameBytes).toEqual(latin1('\xff.o'));
  });

  it('in the extended name table may hold slashes, blanks and newline-free anything', () => {
    const names = ['a-name-of-more-than-15-bytes.o', 'dir/file.o', 'with a blank and more.o'];
    expect(namesOf(archive(names.map((name) => ({ name, data: 'x' }))))).toEqual(names);
  });

  it('in the extended name table may end with NUL, as COFF has it', () => {
    const bytes = concat(REGULAR_MAGIC, extendedNames('a\\long\\windows\\path.obj\0', 'b.obj\0'), member('/24'));
    expect(namesOf(bytes)).toEqual(['b.obj']);
  });

  it('may begin in the middle of an entry', () => {
    expect(namesOf(concat(REGULAR_MAGIC, extendedNames('prefix-name.o/\n'), member('/7')))).toEqual(['name.o']);
  });

  it.each<[string, Uint8Array, FormatErrorCode]>([
    ['behind the table', concat(extendedNames('a.o/\n'), member('/9999')), 'out-of-bounds'],
    ['at the end of the table', concat(extendedNames('a.o/\n'), member('/6')), 'out-of-bounds'],
    ['without a table', member('/0'), 'out-of-bounds'],
    ['that is no number', concat(extendedNames('a.o/\n'), member('/0x1')), 'bad-value'],
    ['that is nested in a regular archive', concat(extendedNames('a.o/\n'), member('/0:8')), 'bad-value'],
    ['without a slash in front of its newline', concat(extendedNames('a.o\n'), member('/0')), 'bad-value'],
    ['without an end', concat(extendedNames('abcd'), member('/0')), 'truncated'],
    ['of 5000 bytes', concat(extendedNames(`${'a'.repeat(5000)}/\n`), member('/0')), 'limit-exceeded'],
  ])('refuses a name %s', (_, parts, code) => {
    const { delivered, error } = walkDamaged(concat(REGULAR_MAGIC, parts, member('next.o/')));
    expect(delivered).toEqual([]);
    expect(error.code).toBe(code);
  });

  it('takes names as long as a path may be', () => {
    const name = 'a'.repeat(4096);
    expect(namesOf(archive([{ name, data: '' }]))).toEqual([name]);
  });
});

describe('members of a thin archive', () => {
  const thin = archive(
    [
      { name: 'init/main.o', data: 'not stored' },
      { name: '../up.o', data: 'nor this' },
      { name: '/abs.o', data: '' },
    ],
    { thin: true },
  );

  it('are external, and their headers follow each other', () => {
    const members = [...openArchive(thin).members()];
    expect(members.map(({ name, size, external, data }) => [name, size, external, data])).toEqual([
      ['init/main.o', 10, true, undefined],
      ['../up.o', 8, true, undefined],
      ['/abs.o', 0, true, undefined],
    ]);
    const offsets = members.map(({ headerOffset }) => headerOffset);
    expect(offsets.map((offset) => offset - (offsets[0] as number))).toEqual([0, HEADER_LENGTH, 2 * HEADER_LENGTH]);
  });

  it('may state a size above that of the archive', () => {
    const bytes = concat(THIN_MAGIC, extendedNames('a.o/\n'), header({ name: '/0', size: 9999999999 }));
    expect(onlyMember(bytes).size).toBe(9999999999);
  });

  it('may be nested in an archive, as GNU ar writes it', () => {
    const bytes = concat(THIN_MAGIC, extendedNames('x.o/\n', 'reg.a/\n'), header({ name: '/5:4100', size: 4 }));
    expect(onlyMember(bytes)).toMatchObject({ name: 'reg.a', nestedOffset: 4100, external: true, size: 4 });
    expect([...openArchive(thin).members()][0]?.nestedOffset).toBeUndefined();
  });

  it('may have a slash behind the reference, which GNU ar leaves there for names of 15 bytes', () => {
    for (const name of ['/0             /', '/0:8           /']) {
      expect(onlyMember(concat(THIN_MAGIC, extendedNames('fifteen-bytes.o/\n'), header({ name, size: 0 }))).name).toBe(
        'fifteen-bytes.o',
      );
    }
  });

  it.each(['/0:', '/0:x', '/0:8x', '/:8', '/0:8:9'])('refuses the name %j', (name) => {
    const { error } = walkDamaged(concat(THIN_MAGIC, extendedNames('a.o/\n'), header({ name, size: 0 })));
    expect(error.code).toBe('bad-value');
  });

  it('are read at once', () => {
    const source = memorySource(thin);
    let reads = 0;
    const file = openArchive({
      size: source.size,
      read(offset, length) {
        reads += 1;
        return source.read(offset, length);
      },
    });
    expect([...file.members()]).toHaveLength(3);
    expect(reads).toBe(2);
  });

  it('are found behind the first window of a large archive', () => {
    const count = 80_000;
    const bytes = concat(THIN_MAGIC, extendedNames('a.o/\n'), header({ name: '/0', size: 1 }).repeat(count));
    let last = 0;
    let seen = 0;
    for (const { name, headerOffset } of openArchive(bytes).members()) {
      if (name === 'a.o') seen += 1;
      last = headerOffset;
    }
    expect(seen).toBe(count);
    expect(last).toBe(bytes.length - HEADER_LENGTH);
  });
});

describe('special members', () => {
  const index = member('/', symbolIndexData([['f', 1]]));
  const index64 = member('/SYM64/', symbolIndexData([['f', 1]], 8));
  const table = extendedNames('long-name-of-a-member.o/\n');

  it.each<[string, Uint8Array, string[]]>([
    ['index, names', concat(index, table, member('/0')), ['long-name-of-a-member.o']],
    ['64-bit index, names', concat(index64, table, member('/0')), ['long-name-of-a-member.o']],
    ['index alone', index, []],
    ['index, linker member of COFF, names', concat(index, index, table, member('a/')), ['a']],
    ['COFF maps', concat(index, index, table, member('/<ECSYMBOLS>/'), member('/<XFGHASHMAP>/'), member('a/')), ['a']],
  ])('are no ordinary members: %s', (_, parts, expected) => {
    const anomalies: ArchiveAnomaly[] = [];
    const bytes = concat(REGULAR_MAGIC, parts);
    expect(namesOf(bytes, { onAnomaly: (anomaly) => anomalies.push(anomaly) })).toEqual(expected);
    expect(anomalies).toEqual([]);
  });

  it.each<[string, Uint8Array, string[]]>([
    ['names behind a member', concat(member('a/'), table), ['a', '//']],
    ['index behind a member', concat(member('a/'), index), ['a', '/']],
    ['index behind names', concat(table, index), ['/']],
    ['names again', concat(table, table), ['//']],
    ['a third linker member', concat(index, index, index), ['/']],
  ])('that stand elsewhere are reported and delivered: %s', (_, parts, expected) => {
    const anomalies: ArchiveAnomaly[] = [];
    const bytes = concat(REGULAR_MAGIC, parts);
    expect(namesOf(bytes, { onAnomaly: (anomaly) => anomalies.push(anomaly) })).toEqual(expected);
    expect(anomalies.map(({ code }) => code)).toEqual(['misplaced-special-member']);
  });

  it('have data in thin archives, wherever they stand', () => {
    const parts = concat(THIN_MAGIC, index, table, header({ name: '/0', size: 5 }), member('/', 'abc'));
    const members = [...openArchive(parts).members()];
    expect(members.map(({ name, external }) => [name, external])).toEqual([
      ['long-name-of-a-member.o', true],
      ['/', false],
    ]);
  });

  it('of BSD are files elsewhere', () => {
    expect(namesOf(concat(REGULAR_MAGIC, member('a/'), member('__.SYMDEF/')))).toEqual(['a', '__.SYMDEF']);
  });

  it('that are larger than a block may be are refused', () => {
    const options = { limits: { blockBytes: 8 } };
    expect(walkDamaged(concat(REGULAR_MAGIC, table, member('/0')), options).error.code).toBe('limit-exceeded');
    const file = openArchive(concat(REGULAR_MAGIC, index), options);
    expect(formatErrorOf(() => file.symbolIndex()).code).toBe('limit-exceeded');
  });
});

describe('damage', () => {
  const good = concat(REGULAR_MAGIC, member('a.o/', 'aa'), member('b.o/', 'bb'));

  it.each<[string, Uint8Array | string, string[], FormatErrorCode, string]>([
    ['a wrong terminator', member('c.o/', 'cc', { terminator: 'xx' }), [], 'bad-value', "member 'c.o/'"],
    ['a negative size', member('c.o/', 'cc', { size: '-4' }), [], 'bad-value', "member 'c.o'"],
    ['a size in hexadecimal', member('c.o/', 'cc', { size: '0x2' }), [], 'bad-value', "member 'c.o'"],
    ['a blank size', member('c.o/', 'cc', { size: '' }), [], 'bad-value', "member 'c.o'"],
    ['a size with a blank in front', member('c.o/', 'cc', { size: ' 2' }), [], 'bad-value', "member 'c.o'"],
    ['a size behind the end', member('c.o/', 'cc', { size: 9999999999 }), [], 'truncated', "member 'c.o'"],
    ['a missing pad byte', `${header({ name: 'c.o/', size: 1 })}c`, ['c.o'], 'truncated', "member 'c.o'"],
    ['bytes behind the last member', '\n', [], 'truncated', 'needs 60 bytes but 1 remain'],
    ['junk behind the last member', '\0'.repeat(64), [], 'bad-value', 'backquote'],
  ])('is found after the members in front of it: %s', (_, part, before, code, words) => {
    const { delivered, error } = walkDamaged(concat(good, part));
    expect(delivered).toEqual(['a.o', 'b.o', ...before]);
    expect(error.code).toBe(code);
    expect(error.reason).toContain(words);
  });

  it('names the place in the file', () => {
    const inner = concat(REGULAR_MAGIC, member('c.o/', '', { size: 'x' }));
    const { data } = onlyMember(archive([{ name: 'inner.a', data: inner }]));
    if (data === undefined) throw new Error('inner.a is external');
    const { location } = formatErrorOf(() => [...openArchive(data).members()]);
    expect(location).toEqual({ path: ['<memory>', 'inner.a'], offset: 8 + HEADER_LENGTH + 8 + 48 });
  });

  it('in a special member precedes all members', () => {
    expect(walkDamaged(concat(REGULAR_MAGIC, header({ name: '//', size: 99 }), 'a.o/\n\n')).delivered).toEqual([]);
  });

  it('is more members than the limit', () => {
    expect(namesOf(good, { limits: { members: 2 } })).toEqual(['a.o', 'b.o']);
    const { delivered, error } = walkDamaged(good, { limits: { members: 1 } });
    expect(delivered).toEqual(['a.o']);
    expect(error.code).toBe('limit-exceeded');
  });

  it('is a file that became shorter while it was read', () => {
    const shrunk = openArchive({
      size: good.length,
      read: (offset, length) => good.subarray(offset, Math.min(offset + length, 70)),
    });
    expect(formatErrorOf(() => [...shrunk.members()]).code).toBe('truncated');
  });
});

describe('an archive of more than 4 GiB', () => {
  // The bytes between the headers are never asked for.
  const firstSize = 2 ** 32 + 1;
  const second = 8 + HEADER_LENGTH + firstSize + 1;
  const source = {
    size: second + HEADER_LENGTH + 2,
    read(offset: number, length: number): Uint8Array {
      const start = concat(REGULAR_MAGIC, header({ name: 'large.o/', size: firstSize }));
      const end = member('small.o/', 'ab');
      return offset < second
        ? start.subarray(offset, offset + length)
        : end.subarray(offset - second, offset - second + length);
    },
  };

  it('is walked by its headers', () => {
    const members = [...openArchive(source).members()];
    expect(members.map(({ name, headerOffset, size }) => [name, headerOffset, size])).toEqual([
      ['large.o', 8, firstSize],
      ['small.o', second, 2],
    ]);
    expect(members.map(({ data }) => data?.base)).toEqual([68, second + HEADER_LENGTH]);
  });
});

describe('memberAt', () => {
  const bytes = concat(
    REGULAR_MAGIC,
    member('/', symbolIndexData([])),
    extendedNames('a-long-member-name.o/\n'),
    member('/0', 'data'),
    member('b.o/', 'b'),
  );

  it('decodes each member as the walk does', () => {
    const file = openArchive(bytes);
    for (const expected of file.members()) {
      expect(file.memberAt(expected.headerOffset)).toEqual(expected);
    }
  });

  it.each<[number, FormatErrorCode]>([
    [0, 'out-of-bounds'],
    [-2, 'out-of-bounds'],
    [Number.NaN, 'out-of-bounds'],
    [2 ** 64, 'out-of-bounds'],
    [bytes.length, 'out-of-bounds'],
    [bytes.length - 2, 'truncated'],
    [8, 'bad-value'],
    [72, 'bad-value'],
    [bytes.length - 61, 'bad-value'],
    [bytes.length - 60, 'bad-value'],
  ])('refuses offset %d', (offset, code) => {
    expect(formatErrorOf(() => openArchive(bytes).memberAt(offset)).code).toBe(code);
  });
});
