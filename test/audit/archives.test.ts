// Rules about archives themselves, over archives that are made here: what each finds, its near miss, and what the linkers make
// of it by family and version.

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openArchive } from '../../src/archive/index.ts';
import type { Finding, Linker } from '../../src/audit/index.ts';
import { parseLinker } from '../../src/audit/index.ts';
import { checkArchive } from '../../src/link/index.ts';
import { auditPaths } from '../../src/node/index.ts';
import {
  archive,
  bsdIndexData,
  coffIndexData,
  concat,
  header,
  member,
  REGULAR_MAGIC,
  symbolIndexData,
  THIN_MAGIC,
} from '../helpers/archive-builder.ts';
import type { HeaderFields } from '../helpers/archive-builder.ts';
import { readFixture } from '../helpers/fixtures.ts';
import { temporaryFolder } from '../helpers/temporary.ts';

const STRONG = readFixture('archives/members/strong.o');
const BITCODE = readFixture('archives/members/bitcode.o');
const DEFINED = ['driver_probe', 'driver_count'];

function auditOf(
  files: Readonly<Record<string, Uint8Array>>,
  options: { linker?: string; wholeArchive?: boolean } = {},
): readonly Finding[] {
  const folder = temporaryFolder(files);
  const linker = options.linker === undefined ? {} : { linker: parseLinker(options.linker) as Linker };
  const { report } = auditPaths([join(folder, 'lib.a')], { ...linker, wholeArchive: options.wholeArchive ?? false });
  return report.findings.filter(({ rule }) => /archive-|repeated|thin-member/.test(rule));
}

/** An archive with one member of two symbols, whose index is as told. */
function indexed(names: readonly string[], offset?: number, fields: Partial<HeaderFields> = {}): Uint8Array {
  const build = (at: number) => member('/', symbolIndexData(names.map((name) => [name, at])));
  const at = 8 + build(0).length;
  return concat(REGULAR_MAGIC, build(offset ?? at), member('strong.o/', STRONG, fields));
}

function rulesOf(findings: readonly Finding[]): (string | undefined)[][] {
  return findings.map(({ severity, rule, predicts }) => [severity, rule, predicts?.replace(/\/\S*\//, '')]);
}

describe('archive-index-missing', () => {
  const lib = { 'lib.a': archive([{ name: 'strong.o', data: STRONG }]) };

  it.each([
    ['lld', 'note', undefined],
    ['lld-14', 'note', undefined],
    ['lld-13', 'error', 'ld.lld: error: lib.a: archive has no index; run ranlib to add one'],
    ['bfd', 'error', 'ld.bfd: lib.a: error adding symbols: archive has no index; run ranlib to add one'],
    ['gold', 'error', 'ld.gold: error: lib.a: no archive symbol table (run ranlib)'],
    ['mold', 'note', undefined],
  ])('for %s is of severity %s', (linker, severity, words) => {
    expect(rulesOf(auditOf(lib, { linker }))).toEqual([[severity, 'archive-index-missing', words]]);
  });

  it('is nothing for whole archives, thin ones without an index, and members that define nothing', () => {
    expect(auditOf(lib, { linker: 'bfd', wholeArchive: true })).toEqual([]);
    const thin = archive([{ name: 'strong.o', data: STRONG }], { thin: true });
    expect(auditOf({ 'lib.a': thin, 'strong.o': STRONG }, { linker: 'bfd' })).toEqual([]);
    expect(auditOf({ 'lib.a': archive([{ name: 'a.txt', data: 'text' }]) }, { linker: 'bfd' })).toEqual([]);
  });
});

describe('archive-index-stale', () => {
  const ID = 'archive-index-stale';

  it('is nothing for an index that has what members define, in any order and dialect', () => {
    for (const names of [DEFINED, DEFINED.toReversed(), [...DEFINED, ...DEFINED]]) {
      expect(auditOf({ 'lib.a': indexed(names) }, { linker: 'bfd' })).toEqual([]);
    }
    const sorted = DEFINED.toSorted();
    const bsd = (at: number) => member('__.SYMDEF', bsdIndexData(sorted.map((name) => [name, at])));
    const coff = (at: number) =>
      concat(
        member('/', symbolIndexData([])),
        member(
          '/',
          coffIndexData(
            [at],
            sorted.map((name) => [name, 1]),
          ),
        ),
      );
    for (const index of [bsd, coff]) {
      const lib = concat(REGULAR_MAGIC, index(8 + index(0).length), member('strong.o/', STRONG));
      expect(auditOf({ 'lib.a': lib }, { linker: 'bfd' })).toEqual([]);
    }
  });

  it.each([
    ['lld', 'note'],
    ['lld-15', 'note'],
    ['lld-14', 'warning'],
    ['bfd', 'warning'],
    ['gold', 'warning'],
    ['mold', 'note'],
  ])('for %s is of severity %s', (linker, severity) => {
    const [finding] = auditOf({ 'lib.a': indexed(['driver_probe']) }, { linker });
    expect(finding).toMatchObject({
      rule: ID,
      severity,
      data: {
        entries: 1,
        missing: { count: 1, names: ['driver_count'] },
        stale: { count: 0 },
        dangling: { count: 0 },
      },
    });
  });

  it('tells names that members do not define, and entries that lead nowhere', () => {
    const [stale] = auditOf({ 'lib.a': indexed([...DEFINED, 'gone']) });
    expect(stale?.data).toMatchObject({ missing: { count: 0 }, stale: { count: 1, names: ['gone'] } });
    const [dangling] = auditOf({ 'lib.a': indexed(DEFINED, 10) });
    expect(dangling?.data).toMatchObject({ missing: { count: 0 }, dangling: { count: 2, names: DEFINED } });
  });

  it('finds what an archiver leaves out that cannot read bitcode', () => {
    const index = (at: number) => member('/', symbolIndexData(DEFINED.map((name) => [name, at])));
    const lib = concat(
      REGULAR_MAGIC,
      index(8 + index(0).length),
      member('strong.o/', STRONG),
      member('bitcode.o/', BITCODE),
    );
    const [finding] = auditOf({ 'lib.a': lib }, { linker: 'lld-14' });
    expect(finding).toMatchObject({ rule: ID, predicts: 'ld.lld: error: undefined symbol: qrtr_endpoint_register' });
    expect(finding?.data['missing']).toMatchObject({ count: 4 });
    expect(finding?.locations.map(({ path }) => path.at(-1))).toContain('bitcode.o');
  });

  it('tells of an index that is damaged', () => {
    const lib = concat(REGULAR_MAGIC, member('/', '\0\0\0\x09'), member('strong.o/', STRONG));
    expect(rulesOf(auditOf({ 'lib.a': lib }))).toEqual([['note', ID, undefined]]);
  });

  it('is nothing for whole archives, and for members that are not read', () => {
    expect(auditOf({ 'lib.a': indexed(['gone']) }, { wholeArchive: true })).toEqual([]);
    const index = (at: number) => member('/', symbolIndexData([['f', at]]));
    const macho = '\xcf\xfa\xed\xfe\x0c\0\0\x01\0\0\0\0\x01\0\0\0';
    const lib = concat(REGULAR_MAGIC, index(8 + index(0).length), member('a.o/', macho));
    expect(auditOf({ 'lib.a': lib }, { linker: 'bfd' })).toEqual([]);
  });

  it('says nothing of entries behind damage', () => {
    const cut = concat(indexed(DEFINED), 'x');
    expect(auditOf({ 'lib.a': cut }, { linker: 'bfd' })).toEqual([]);
  });
});

describe('repeated-member', () => {
  const twice = [
    { name: 'strong.o', data: STRONG },
    { name: 'b.o', data: BITCODE },
    { name: 'strong.o', data: STRONG },
  ];
  const thin = { 'lib.a': archive(twice, { thin: true }), 'strong.o': STRONG, 'b.o': BITCODE };

  it('is an error where the archive is linked whole', () => {
    const [finding] = auditOf({ 'lib.a': archive(twice) }, { wholeArchive: true });
    expect(finding).toMatchObject({ rule: 'repeated-member', severity: 'error', data: { count: 1 } });
    expect(finding?.locations).toHaveLength(2);
    expect(rulesOf(auditOf(thin)).map(([severity, rule]) => [severity, rule])).toEqual([['error', 'repeated-member']]);
  });

  it('is a note where members are taken on demand, or define nothing', () => {
    const findings = auditOf({ 'lib.a': archive(twice) }).filter(({ rule }) => rule === 'repeated-member');
    expect(findings.map(({ severity }) => severity)).toEqual(['note']);
    const texts = [
      { name: 'a', data: 'x' },
      { name: 'a', data: 'x' },
    ];
    const [finding] = auditOf({ 'lib.a': archive(texts) }, { wholeArchive: true });
    expect(finding).toMatchObject({ rule: 'repeated-member', severity: 'note' });
  });

  it('is nothing for members of one name with other bytes', () => {
    const other = STRONG.slice();
    other[other.length - 1] = 0x7f;
    const lib = archive([
      { name: 'strong.o', data: STRONG },
      { name: 'strong.o', data: other },
      { name: 'strong.o', data: BITCODE },
    ]);
    expect(auditOf({ 'lib.a': lib }, { wholeArchive: true })).toEqual([]);
  });

  it('costs what the archive is long, however many members have one name', () => {
    const lib = archive(Array.from({ length: 20_000 }, (_, i) => ({ name: 'a', data: String(i).padStart(8) })));
    const started = performance.now();
    const { repeated } = checkArchive(openArchive(lib));
    expect(repeated).toEqual([]);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('thin-member-changed', () => {
  const thin = (fields: Partial<HeaderFields>) => {
    const names = member('//', 'strong.o/\n');
    const index = (at: number) => member('/', symbolIndexData(DEFINED.map((name) => [name, at])));
    const at = 8 + index(0).length + names.length;
    return concat(THIN_MAGIC, index(at), names, header({ name: '/0', size: STRONG.length, ...fields }));
  };

  it('tells another size or time', () => {
    const [resized] = auditOf({ 'lib.a': thin({ size: 5 }), 'strong.o': STRONG });
    expect(resized).toMatchObject({
      rule: 'thin-member-changed',
      severity: 'note',
      data: { count: 1, members: [{ name: 'strong.o', size: { header: 5, file: STRONG.length } }] },
    });
    const findings = auditOf({ 'lib.a': thin({ mtime: 1_000_000_000 }), 'strong.o': STRONG });
    expect(findings.find(({ rule }) => rule === 'thin-member-changed')?.data['members']).toMatchObject([
      { mtime: { header: 1_000_000_000 } },
    ]);
  });

  it('is nothing where size and time agree, or no time is told', () => {
    expect(auditOf({ 'lib.a': thin({}), 'strong.o': STRONG })).toEqual([]);
  });
});

describe('archive-timestamps', () => {
  it('is one note for an archive', () => {
    const [finding] = auditOf({ 'lib.a': indexed(DEFINED, undefined, { mtime: 1_700_000_000, uid: 1000 }) });
    expect(finding).toMatchObject({
      rule: 'archive-timestamps',
      severity: 'note',
      data: { count: 1, earliest: 1_700_000_000, latest: 1_700_000_000, owners: true },
    });
  });

  it('is nothing for archives of D, and for one time that all members share', () => {
    expect(auditOf({ 'lib.a': indexed(DEFINED) })).toEqual([]);
    const text = (name: string, mtime: number) => member(name, 'text', { mtime });
    const same = concat(REGULAR_MAGIC, text('a/', 1_700_000_000), text('b/', 1_700_000_000));
    const numbered = concat(REGULAR_MAGIC, text('a/', 1), text('a/', 2));
    expect(auditOf({ 'lib.a': same })).toEqual([]);
    expect(auditOf({ 'lib.a': numbered }).filter(({ rule }) => rule === 'archive-timestamps')).toEqual([]);
  });
});

describe('checkArchive', () => {
  it('tells the facts of a sound archive', () => {
    expect(checkArchive(openArchive(indexed(DEFINED)))).toEqual({
      dialect: 'gnu',
      memberCount: 1,
      definingCount: 1,
      isComplete: true,
      index: { state: 'read', entryCount: 2, missing: [], stale: [], dangling: [] },
      repeated: [],
      changed: [],
      stamps: undefined,
    });
  });

  it('tells of damage, and throws nothing because of it', () => {
    const good = indexed(DEFINED);
    for (let length = 8; length < good.length; length += 7) {
      expect(checkArchive(openArchive(good.subarray(0, length))).memberCount).toBeLessThanOrEqual(1);
    }
  });
});
