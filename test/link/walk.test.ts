import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/bytes/index.ts';
import { walkInputs } from '../../src/link/index.ts';
import type { InputHost, Walked, WalkOptions } from '../../src/link/index.ts';
import {
  REGULAR_MAGIC,
  THIN_MAGIC,
  aixArchive,
  archive,
  bsdIndexData,
  bsdMember,
  coffIndexData,
  concat,
  extendedNames,
  header,
  latin1,
  member,
  symbolIndexData,
} from '../helpers/archive-builder.ts';
import { memoryHost } from '../helpers/memory-host.ts';
import { buildObject } from '../helpers/object-builder.ts';

const OBJECT = buildObject({ symbols: [{ name: 'function' }] }).bytes;

/** What a walk met, a line for each: kind, path, and what matters of it. */
function walk(host: InputHost, file: string, options?: WalkOptions): string[] {
  return Array.from(walkInputs(host, file, options), describeWalked);
}

function describeWalked(walked: Walked): string {
  const name = walked.path.join(' > ');
  switch (walked.kind) {
    case 'archive':
      return `${walked.opened.isThin ? 'thin archive' : 'archive'} ${name}`;
    case 'input':
      return `${walked.format ?? 'known'} ${name}`;
    case 'failure':
      return `${walked.failure.kind} ${name}: ${walked.failure.reason}`;
  }
}

/** A thin archive that names files. */
function thin(...names: readonly string[]): Uint8Array {
  return archive(
    names.map((name) => ({ name, data: OBJECT })),
    { thin: true },
  );
}

function regular(...members: readonly (readonly [name: string, data: Uint8Array | string])[]): Uint8Array {
  return archive(members.map(([name, data]) => ({ name, data })));
}

/** Fails when a walk goes on and on. */
function walkAtMost(limit: number, host: InputHost, file: string): string[] {
  const lines: string[] = [];
  for (const walked of walkInputs(host, file)) {
    lines.push(describeWalked(walked));
    if (lines.length > limit) throw new Error(`the walk met more than ${limit} things`);
  }
  return lines;
}

describe('a file', () => {
  it('that is an object is an input of its own', () => {
    const [walked, ...others] = walkInputs(memoryHost({ 'a.o': OBJECT }), 'a.o');
    expect(others).toEqual([]);
    expect(walked).toMatchObject({
      kind: 'input',
      path: ['a.o'],
      file: 'a.o',
      memberOffset: undefined,
      archive: undefined,
      identity: 'a.o',
      format: 'elf',
    });
  });

  it('that is empty is an input', () => {
    expect(walk(memoryHost({ 'a.o': '' }), 'a.o')).toEqual(['empty a.o']);
  });

  it('that is not there is a failure', () => {
    expect(walk(memoryHost({}), 'a.o')).toEqual(['missing a.o: No such file or directory']);
  });

  it('that the host refuses is a failure in the words of the host', () => {
    const host = memoryHost({ 'a.o': { kind: 'unreadable', reason: 'Permission denied' } });
    expect(walk(host, 'a.o')).toEqual(['unreadable a.o: Permission denied']);
  });

  it('that became shorter after it was opened is malformed', () => {
    const host: InputHost = {
      open: () => ({
        identity: 'a.o',
        source: { size: 64, read: () => OBJECT.subarray(0, 5) },
        close: () => undefined,
      }),
    };
    expect(Array.from(walkInputs(host, 'a.o'))).toMatchObject([
      { kind: 'failure', failure: { kind: 'malformed', code: 'truncated', offset: 0 } },
    ]);
  });
});

describe('a regular archive', () => {
  const bytes = regular(['a.o', OBJECT], ['b.txt', 'text'], ['c.o', OBJECT]);

  it('comes first, then its members in order', () => {
    expect(walk(memoryHost({ 'lib.a': bytes }), 'lib.a')).toEqual([
      'archive lib.a',
      'elf lib.a > a.o',
      'text lib.a > b.txt',
      'elf lib.a > c.o',
    ]);
  });

  it('gives each member its header offset, an identity and its bytes', () => {
    const members = Array.from(walkInputs(memoryHost({ 'lib.a': bytes }), 'lib.a')).slice(1);
    let offset = 8;
    for (const [index, size] of [OBJECT.length, 4, OBJECT.length].entries()) {
      expect(members[index]).toMatchObject({
        file: 'lib.a',
        memberOffset: offset,
        identity: `lib.a@${offset}`,
        range: { base: offset + 60, length: size },
        archive: { path: ['lib.a'], file: 'lib.a', isThin: false, hasSymbolIndex: false, parent: undefined },
      });
      offset += 60 + size + (size % 2);
    }
  });

  it('may have two members of one name', () => {
    const twice = regular(['a.o', OBJECT], ['a.o', OBJECT]);
    const identities = Array.from(walkInputs(memoryHost({ 'lib.a': twice }), 'lib.a'), (walked) =>
      walked.kind === 'input' ? walked.identity : undefined,
    );
    expect(new Set(identities).size).toBe(3);
  });

  it.each([
    ['regular', REGULAR_MAGIC, 'archive'],
    ['thin', THIN_MAGIC, 'thin archive'],
  ])('may be empty, %s', (_, magic, what) => {
    expect(walk(memoryHost({ 'lib.a': magic }), 'lib.a')).toEqual([`${what} lib.a`]);
  });

  it('says whether it has a symbol index', () => {
    const indexed = concat(REGULAR_MAGIC, member('/', '\0\0\0\0'), member('a.o/', OBJECT));
    expect([...walkInputs(memoryHost({ 'lib.a': indexed }), 'lib.a')][0]).toMatchObject({
      opened: { hasSymbolIndex: true },
    });
  });

  it('may lie in a regular archive, any number of bytes in', () => {
    const inner = regular(['a.o', OBJECT]);
    const outer = regular(['first.o', OBJECT], ['inner.a', inner]);
    const [, , archiveInside, innermost] = [...walkInputs(memoryHost({ 'outer.a': outer }), 'outer.a')];
    const innerHeader = 8 + 60 + OBJECT.length + (OBJECT.length % 2);
    expect(archiveInside).toMatchObject({ kind: 'archive', path: ['outer.a', 'inner.a'], memberOffset: innerHeader });
    expect(innermost).toMatchObject({
      path: ['outer.a', 'inner.a', 'a.o'],
      file: 'outer.a',
      memberOffset: innerHeader + 60 + 8,
      archive: { path: ['outer.a', 'inner.a'], parent: { path: ['outer.a'] } },
    });
  });
});

describe('a thin archive', () => {
  it('has the files that it names as members', () => {
    const host = memoryHost({ 'lib.a': thin('a.o', 'b.o'), 'a.o': OBJECT, 'b.o': 'text' });
    expect(walk(host, 'lib.a')).toEqual(['thin archive lib.a', 'elf lib.a > a.o', 'text lib.a > b.o']);
  });

  it('gives each member the file and identity of its own, and offsets from the start of that', () => {
    const host = memoryHost({ 'dir/lib.a': thin('sub/a.o'), 'dir/sub/a.o': OBJECT });
    const [, input] = [...walkInputs(host, 'dir/lib.a')];
    expect(input).toMatchObject({
      path: ['dir/lib.a', 'sub/a.o'],
      file: 'dir/sub/a.o',
      identity: 'dir/sub/a.o',
      memberOffset: 8 + 60 + 'sub/a.o/\n'.length + 1,
      range: { base: 0, length: OBJECT.length },
      archive: { file: 'dir/lib.a', isThin: true },
    });
  });

  it.each([
    ['lib.a', 'a.o', 'a.o'],
    ['lib.a', 'sub/a.o', 'sub/a.o'],
    ['dir/lib.a', 'a.o', 'dir/a.o'],
    ['dir/lib.a', '../a.o', 'dir/../a.o'],
    ['../lib.a', '../../a.o', '../../../a.o'],
    ['/abs/lib.a', 'a.o', '/abs/a.o'],
    ['/lib.a', 'a.o', '/a.o'],
    ['dir/lib.a', '/abs/a.o', '/abs/a.o'],
  ])('%s names %s: the file %s', (file, name, opened) => {
    const host = memoryHost({ [file]: thin(name), [opened]: OBJECT });
    expect(walk(host, file)).toEqual([`thin archive ${file}`, `elf ${file} > ${name}`]);
    expect(host.opened).toEqual([file, opened]);
  });

  it('goes on behind a member that is missing or cannot be read', () => {
    const host = memoryHost({
      'lib.a': thin('a.o', 'gone.o', 'locked.o', 'b.o'),
      'a.o': OBJECT,
      'locked.o': { kind: 'unreadable', reason: 'Permission denied' },
      'b.o': OBJECT,
    });
    expect(walk(host, 'lib.a')).toEqual([
      'thin archive lib.a',
      'elf lib.a > a.o',
      'missing lib.a > gone.o: No such file or directory',
      'unreadable lib.a > locked.o: Permission denied',
      'elf lib.a > b.o',
    ]);
  });

  it('takes the size of the file, not the stale one of the header', () => {
    const stale = concat(THIN_MAGIC, extendedNames('a.o/\n'), header({ name: '/0', size: 1 }));
    const [, input] = [...walkInputs(memoryHost({ 'lib.a': stale, 'a.o': OBJECT }), 'lib.a')];
    expect(input).toMatchObject({ range: { length: OBJECT.length } });
  });

  it('may name another thin archive, whose names count from its own folder', () => {
    const host = memoryHost({ 'lib.a': thin('dir/inner.a'), 'dir/inner.a': thin('a.o'), 'dir/a.o': OBJECT });
    expect(walk(host, 'lib.a')).toEqual([
      'thin archive lib.a',
      'thin archive lib.a > dir/inner.a',
      'elf lib.a > dir/inner.a > a.o',
    ]);
  });

  it('may name a regular archive', () => {
    const host = memoryHost({ 'lib.a': thin('inner.a'), 'inner.a': regular(['a.o', OBJECT]) });
    const [, , input] = [...walkInputs(host, 'lib.a')];
    expect(input).toMatchObject({ path: ['lib.a', 'inner.a', 'a.o'], file: 'inner.a', identity: 'inner.a@8' });
  });

  it('is told by its magic when it lies in a regular archive; names count from the file', () => {
    const host = memoryHost({ 'dir/outer.a': regular(['inner.a', thin('a.o')]), 'dir/a.o': OBJECT });
    expect(walk(host, 'dir/outer.a')).toEqual([
      'archive dir/outer.a',
      'thin archive dir/outer.a > inner.a',
      'elf dir/outer.a > inner.a > a.o',
    ]);
  });
});

describe('a member of a regular archive that GNU ar names in a thin one', () => {
  const inner = regular(['a.o', OBJECT], ['b.o', 'text']);
  const offsets = [8, 8 + 60 + OBJECT.length + (OBJECT.length % 2)];

  const nested = (...headerOffsets: readonly number[]) => nestedIn('inner.a', ...headerOffsets);

  function nestedIn(archive: string, ...headerOffsets: readonly number[]): Uint8Array {
    const headers = headerOffsets.map((offset) => header({ name: `/0:${offset}`, size: 5 }));
    return concat(THIN_MAGIC, extendedNames(`${archive}/\n`), ...headers);
  }

  it('is read at its header, with the size that stands there', () => {
    const host = memoryHost({ 'lib.a': nested(...offsets), 'inner.a': inner });
    const [, first, second] = [...walkInputs(host, 'lib.a')];
    expect(first).toMatchObject({ format: 'elf', file: 'inner.a', identity: 'inner.a@8', range: { base: 68 } });
    expect(second).toMatchObject({ format: 'text', file: 'inner.a', range: { length: 4 } });
  });

  it('has a path that goes through the archive to its own name', () => {
    const host = memoryHost({ 'lib.a': nested(...offsets), 'inner.a': inner });
    expect(walk(host, 'lib.a')).toEqual([
      'thin archive lib.a',
      'elf lib.a > inner.a > a.o',
      'text lib.a > inner.a > b.o',
    ]);
  });

  it.each([
    ['behind the end of the archive', 100_000, 'out-of-bounds'],
    ['in the middle of a member', (offsets[0] as number) + 20, 'bad-value'],
    ['odd', 9, 'bad-value'],
    ['0', 0, 'out-of-bounds'],
  ])('is a failure if the offset is %s', (_, offset, code) => {
    const host = memoryHost({ 'lib.a': nested(offset), 'inner.a': inner });
    expect([...walkInputs(host, 'lib.a')][1]).toMatchObject({ kind: 'failure', failure: { kind: 'malformed', code } });
  });

  it('is a failure if the file is no archive', () => {
    const host = memoryHost({ 'lib.a': nested(8), 'inner.a': OBJECT });
    expect([...walkInputs(host, 'lib.a')][1]).toMatchObject({ failure: { kind: 'malformed', code: 'bad-magic' } });
  });

  const inThin = 8 + 60 + 6;

  it('is a file beside the archive if that is thin itself', () => {
    const host = memoryHost({
      'lib.a': nestedIn('dir/inner.a', inThin),
      'dir/inner.a': thin('a.o'),
      'dir/a.o': OBJECT,
    });
    const [, first] = [...walkInputs(host, 'lib.a')];
    expect(first).toMatchObject({
      format: 'elf',
      path: ['lib.a', 'dir/inner.a', 'a.o'],
      file: 'dir/a.o',
      identity: 'dir/a.o',
      memberOffset: inThin,
    });
    expect(host.openCount()).toBe(0);
  });

  it('is missing if the file of a thin archive is', () => {
    const host = memoryHost({ 'lib.a': nestedIn('dir/inner.a', inThin), 'dir/inner.a': thin('a.o') });
    expect([...walkInputs(host, 'lib.a')][1]).toMatchObject({ file: 'dir/a.o', failure: { kind: 'missing' } });
    expect(host.openCount()).toBe(0);
  });

  it('may be named through several thin archives, by way of each', () => {
    const files = {
      'lib.a': nestedIn('b/middle.a', 8 + 60 + 10),
      'b/middle.a': nestedIn('inner.a', ...offsets),
      'b/inner.a': inner,
    };
    const host = memoryHost(files);
    expect(walk(host, 'lib.a')).toEqual(['thin archive lib.a', 'elf lib.a > b/middle.a > inner.a > a.o']);
    expect([...walkInputs(host, 'lib.a')][1]).toMatchObject({ file: 'b/inner.a', identity: 'b/inner.a@8' });
    expect(host.openCount()).toBe(0);
  });

  it('is a failure if thin archives name each other', () => {
    const host = memoryHost({ 'lib.a': nestedIn('lib.a', 8 + 60 + 8) });
    expect(walkAtMost(10, host, 'lib.a').at(-1)).toContain('nested more than 8 deep');
    expect(host.openCount()).toBe(0);
  });
});

describe('archives of other dialects', () => {
  const members = [
    { name: 'a.o', data: OBJECT },
    { name: 'b.txt', data: 'text' },
  ];
  const bsd = concat(
    REGULAR_MAGIC,
    member('__.SYMDEF', bsdIndexData([])),
    bsdMember('a.o', OBJECT),
    bsdMember('b.txt', 'text'),
  );
  const coff = concat(
    REGULAR_MAGIC,
    member('/', symbolIndexData([])),
    member('/', coffIndexData([], [])),
    member('a.o/', OBJECT),
    member('b.txt/', 'text'),
  );

  it.each([
    ['BSD', bsd],
    ['COFF', coff],
    ['AIX', aixArchive('<bigaf>\n', members, [[]])],
    ['small AIX', aixArchive('<aiaff>\n', members, [[]])],
  ])('are walked as those of GNU: %s', (_, bytes) => {
    const host = memoryHost({ 'lib.a': bytes });
    expect(walk(host, 'lib.a')).toEqual(['archive lib.a', 'elf lib.a > a.o', 'text lib.a > b.txt']);
    const [archive, object] = [...walkInputs(host, 'lib.a')];
    expect(archive).toMatchObject({ kind: 'archive', opened: { isThin: false, hasSymbolIndex: true } });
    expect(object).toMatchObject({ file: 'lib.a', range: { length: OBJECT.length } });
  });

  it('may be in each other', () => {
    const inner = concat(REGULAR_MAGIC, bsdMember('inner.a', aixArchive('<bigaf>\n', members)));
    expect(walk(memoryHost({ 'lib.a': inner }), 'lib.a')).toEqual([
      'archive lib.a',
      'archive lib.a > inner.a',
      'elf lib.a > inner.a > a.o',
      'text lib.a > inner.a > b.txt',
    ]);
  });
});

describe('archives that would go on for ever', () => {
  it('a thin archive that contains itself is a failure, and its other members are walked', () => {
    const host = memoryHost({ 'lib.a': thin('a.o', 'lib.a', 'b.o'), 'a.o': OBJECT, 'b.o': OBJECT });
    expect(walkAtMost(10, host, 'lib.a')).toEqual([
      'thin archive lib.a',
      'elf lib.a > a.o',
      'unreadable lib.a > lib.a: the archive contains itself',
      'elf lib.a > b.o',
    ]);
  });

  it('two thin archives that contain each other', () => {
    const host = memoryHost({ 'one.a': thin('two.a', 'a.o'), 'two.a': thin('one.a', 'a.o'), 'a.o': OBJECT });
    expect(walkAtMost(10, host, 'one.a')).toEqual([
      'thin archive one.a',
      'thin archive one.a > two.a',
      'unreadable one.a > two.a > one.a: the archive contains itself',
      'elf one.a > two.a > a.o',
      'elf one.a > a.o',
    ]);
    expect(host.openCount()).toBe(0);
  });

  it('a thin archive that is reached by another name', () => {
    const host = memoryHost({ 'lib.a': thin('link.a') });
    const alias: InputHost = { open: () => host.open('lib.a') };
    expect(walkAtMost(5, alias, 'lib.a')).toEqual([
      'thin archive lib.a',
      'unreadable lib.a > link.a: the archive contains itself',
    ]);
  });

  it('nested deeper than the limit', () => {
    const files = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`${i}.a`, thin(`${i + 1}.a`)]));
    const lines = walkAtMost(20, memoryHost(files), '0.a');
    expect(lines).toHaveLength(9);
    expect(lines.at(-1)).toMatch(/^unreadable 0\.a > .* > 8\.a: archives are nested more than 8 deep$/);
  });

  it('one in the other inside a regular archive, deeper than the limit', () => {
    let bytes = regular(['a.o', OBJECT]);
    for (let i = 0; i < 12; i += 1) bytes = regular(['inner.a', bytes]);
    expect(walkAtMost(20, memoryHost({ 'lib.a': bytes }), 'lib.a').at(-1)).toContain('nested more than 8 deep');
  });

  it('are not walked again and again where each names the next many times', () => {
    const files = Object.fromEntries(
      Array.from({ length: 7 }, (_, i) => [`${i}.a`, thin(...new Array<string>(10).fill(`${i + 1}.a`))]),
    );
    walkAtMost(1000, memoryHost({ ...files, '7.a': thin('a.o'), 'a.o': OBJECT }), '0.a');
  });
});

describe('damage', () => {
  it('in the middle: members in front of it are delivered, then a failure with its place', () => {
    const good = concat(REGULAR_MAGIC, member('a.o/', OBJECT), member('b.o/', OBJECT));
    const bytes = concat(good, header({ name: 'c.o/', size: 4, terminator: 'xx' }), 'text', member('d.o/', OBJECT));
    const walked = [...walkInputs(memoryHost({ 'lib.a': bytes }), 'lib.a')];
    expect(walked.map(({ kind }) => kind)).toEqual(['archive', 'input', 'input', 'failure']);
    expect(walked[3]).toMatchObject({
      path: ['lib.a'],
      file: 'lib.a',
      failure: { kind: 'malformed', code: 'bad-value', offset: good.length + 58 },
    });
  });

  it('in an archive inside an archive: the outer one goes on behind it', () => {
    const broken = concat(REGULAR_MAGIC, member('a.o/', OBJECT), 'junk');
    const outer = regular(['broken.a', broken], ['b.o', OBJECT]);
    const walked = [...walkInputs(memoryHost({ 'outer.a': outer }), 'outer.a')];
    expect(walked.map(describeWalked)).toEqual([
      'archive outer.a',
      'archive outer.a > broken.a',
      'elf outer.a > broken.a > a.o',
      expect.stringMatching(/^malformed outer\.a > broken\.a: /) as string,
      'elf outer.a > b.o',
    ]);
    // From the start of the file, as a hex dump of it has it.
    expect(walked[3]).toMatchObject({ failure: { offset: 8 + 60 + broken.length - 4 } });
  });

  it('in the first header: the archive itself is the failure', () => {
    const walked = [...walkInputs(memoryHost({ 'lib.a': concat(REGULAR_MAGIC, 'junk') }), 'lib.a')];
    expect(walked).toMatchObject([{ kind: 'failure', path: ['lib.a'], failure: { kind: 'malformed', offset: 8 } }]);
  });

  it.each(['<bigaf>\n', '<aiaff>\n'])('of an archive of AIX (%j) is told', (magic) => {
    expect([...walkInputs(memoryHost({ 'lib.a': `${magic}${' '.repeat(120)}` }), 'lib.a')]).toMatchObject([
      { kind: 'failure', failure: { kind: 'malformed', code: 'bad-value' } },
    ]);
  });

  it('anywhere: an archive cut at any length gives members, failures and nothing else', () => {
    const bytes = concat(
      REGULAR_MAGIC,
      extendedNames('a_name_that_is_longer.o/\n'),
      member('/0', OBJECT.subarray(0, 100)),
      member('b.o/', 'odd'),
    );
    for (let length = 0; length <= bytes.length; length += 1) {
      const host = memoryHost({ 'lib.a': bytes.subarray(0, length) });
      const walked = [...walkInputs(host, 'lib.a')];
      expect(walked.length, `${length} bytes`).toBeGreaterThan(0);
      expect(host.openCount()).toBe(0);
    }
  });
});

describe('files are closed', () => {
  const files = {
    'lib.a': thin('dir/inner.a'),
    'dir/inner.a': thin('a.o', 'b.o'),
    'dir/a.o': OBJECT,
    'dir/b.o': OBJECT,
  };

  it('when the walk is over; open at one time are one file and the archives around it', () => {
    const host = memoryHost(files);
    walk(host, 'lib.a');
    expect(host.openCount()).toBe(0);
    expect(host.openMaximum()).toBe(3);
  });

  it('when the caller stops early', () => {
    const host = memoryHost(files);
    for (const walked of walkInputs(host, 'lib.a')) if (walked.kind === 'input') break;
    expect(host.openCount()).toBe(0);
  });

  it('when the caller throws', () => {
    const host = memoryHost(files);
    expect(() => {
      for (const walked of walkInputs(host, 'lib.a')) if (walked.kind === 'input') throw new Error('of the caller');
    }).toThrow('of the caller');
    expect(host.openCount()).toBe(0);
  });
});

describe('options', () => {
  it('an input that is known already comes without its bytes', () => {
    const host = memoryHost({ 'lib.a': regular(['a.o', OBJECT], ['b.o', OBJECT]) });
    const known = walk(host, 'lib.a', { isKnown: (identity) => identity === 'lib.a@8' });
    expect(known).toEqual(['archive lib.a', 'known lib.a > a.o', 'elf lib.a > b.o']);
  });

  it('scratch memory takes what fits, and offsets stay those of the file', () => {
    const small = buildObject({ symbols: [{ name: 'small' }] }).bytes;
    const large = new Uint8Array(5000).fill(1);
    const bytes = regular(['small.o', small], ['large.bin', large]);
    let reads = 0;
    const host: InputHost = {
      open: () => ({
        identity: 'lib.a',
        source: {
          ...memorySource(bytes),
          readInto: (offset, target) => {
            reads += 1;
            target.set(bytes.subarray(offset, offset + target.length));
            return target.length;
          },
        },
        close: () => undefined,
      }),
    };
    const ranges = [...walkInputs(host, 'lib.a', { scratch: new Uint8Array(2000) })].flatMap((walked) =>
      walked.kind === 'input' && walked.range !== undefined ? [walked.range] : [],
    );
    expect(ranges.map(({ base, length }) => [base, length])).toEqual([
      [68, small.length],
      [68 + small.length + (small.length % 2) + 60, 5000],
    ]);
    // The first bytes of the archive, the small member whole, the first bytes of the large one.
    expect(reads).toBe(3);
  });
});

it('names with control characters, and names that are no UTF-8, stay apart and can be opened', () => {
  const names = ['a\nb.o', 'c\xff.o'];
  const host = memoryHost({ 'lib.a': thin(...names), 'a\nb.o': OBJECT, 'c\\xff.o': OBJECT });
  // A newline ends a name in the table unless the slash in front of it does: such a name cannot be stored.
  expect(walk(host, 'lib.a')).toEqual(['thin archive lib.a', expect.stringMatching(/^malformed lib\.a: /) as string]);
  const other = memoryHost({ 'lib.a': thin('c\xff.o', 'd\\.o'), 'c\\xff.o': OBJECT, 'd\\\\.o': latin1('text') });
  expect(walk(other, 'lib.a')).toEqual(['thin archive lib.a', 'elf lib.a > c\\xff.o', 'text lib.a > d\\\\.o']);
});
