// The whole report of every link in fixtures/expected.json, finding by finding.

import { describe, expect, it } from 'vitest';
import type { Finding, FindingLocation } from '../../src/audit/index.ts';
import { RULES } from '../../src/audit/index.ts';
import { ByteView, Leb128Cursor } from '../../src/bytes/index.ts';
import { auditFixtures, auditLink, describePlace } from '../helpers/audit-fixtures.ts';
import { manifest, readFixture, recordedLink, recordedLinks } from '../helpers/fixtures.ts';

type Row = readonly [severity: Finding['severity'], rule: string, data: Finding['data'], ...places: string[]];

const TEN = ['last', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'].map(
  (name) => `probe_${name}`,
);
const TWIN = { cause: 'lto-native-twin' } as const;

function symbolIndex(kind: string, symbolIndex: number, symbolCount: number, ...places: string[]): Row {
  return ['error', 'invalid-symbol-index', { kind, symbolIndex, symbolCount, count: 1 }, ...places];
}

function malformed(code: string, format: string, place: string): Row {
  return ['error', 'malformed-input', { code, format }, place];
}

function duplicates(data: Finding['data'], ...places: string[]): Row {
  return ['error', 'duplicate-symbol', data, ...places];
}

/** Two loose files, bitcode a and native code b, as twins and as duplicates. */
function twins(a: string, b: string, by: string, shared: readonly string[], smaller: number): Row[] {
  const data = { bitcode: [a], native: [b], by, shared: shared.length, smaller };
  return [duplicates({ symbols: shared, ...TWIN }, a, b), ['error', 'lto-native-twin', data, a, b]];
}

const DRIVER = { symbols: ['driver_probe', 'driver_count'] };
const INDEX = 'broken/symbol-index';
const LINK = 'broken/section-link';
const QRTR = 'twins/kbuild/qrtr.o';

const CHECKS = 'broken/archive-checks';
const REPEATED = `${CHECKS}/repeated.a > strong.o`;
const TWICE = { count: 1, members: [{ name: 'strong.o', offsets: [8, 4880], size: 1184, definesStrongly: true }] };
const NONE = { count: 0, names: [] };

/** What is found, for each link; those that are not here find nothing. */
const EXPECTED: Readonly<Record<string, readonly Row[]>> = {
  'no-symbol-table': [
    ['note', 'no-symbol-table', { producer: 'LLVM16.0.6', definitions: 'computed' }, 'broken/symbol-table/absent.bc'],
  ],
  'foreign-whole': [
    ['warning', 'foreign-member', { format: 'text' }, 'archives/foreign.a > note.txt @1252'],
    ['warning', 'foreign-member', { format: 'empty' }, 'archives/foreign.a > empty.o @1364'],
  ],
  'foreign-lazy': [
    ['note', 'archive-index-missing', { members: 3, defining: 1, dialect: 'gnu' }, 'archives/foreign.a'],
    ['note', 'foreign-member', { format: 'text' }, 'archives/foreign.a > note.txt @1252'],
    ['note', 'foreign-member', { format: 'empty' }, 'archives/foreign.a > empty.o @1364'],
  ],
  'symbol-index': [symbolIndex('relocation', 87, 15, `${INDEX}/vmlinux.a > arch/head.o @94 +496 .rela.head.text #0`)],
  'symbol-index-first': [symbolIndex('relocation', 15, 15, `${INDEX}/first-past-end.o +496 .rela.head.text #0`)],
  'symbol-index-big-endian': [symbolIndex('relocation', 32, 32, `${INDEX}/big-endian.o +1264 .rela.text #0`)],
  'symbol-index-rel32': [symbolIndex('relocation', 29, 29, `${INDEX}/rel32.o +928 .rel.text #0`)],
  'symbol-index-group': [symbolIndex('group', 38, 38, `${INDEX}/group.o +3324 .group`)],
  'addrsig-past-end': [symbolIndex('addrsig', 268435455, 143, 'broken/addrsig/past-end.o +3504 .llvm_addrsig #0')],
  'addrsig-past-end-unused': [
    symbolIndex('addrsig', 268435455, 143, 'broken/addrsig/past-end.o +3504 .llvm_addrsig #0'),
  ],
  'addrsig-unterminated': [malformed('truncated', 'elf', 'broken/addrsig/unterminated.o +3657 .llvm_addrsig')],
  'shndx-short': [
    [
      'error',
      'invalid-symbol-index',
      { kind: 'extended-index-count', entryCount: 3, symbolCount: 4 },
      `${LINK}/shndx-short.o +512 .symtab_shndx`,
    ],
  ],
  'shndx-long': [
    [
      'error',
      'invalid-symbol-index',
      { kind: 'extended-index-count', entryCount: 5, symbolCount: 4 },
      `${LINK}/shndx-long.o +520 .symtab_shndx`,
    ],
  ],
  'shndx-absent': [malformed('bad-value', 'elf', `${LINK}/shndx-absent.o +166 .symtab`)],
  'relocations-of-strings': [
    [
      'error',
      'invalid-symbol-index',
      { kind: 'symbol-table-link', link: 5 },
      `${LINK}/relocations-of-strings.o +456 .rela.text`,
    ],
  ],
  'relocations-of-nothing': [
    [
      'error',
      'invalid-symbol-index',
      { kind: 'symbol-table-link', link: 0 },
      `${LINK}/relocations-of-nothing.o +456 .rela.text`,
    ],
  ],
  'relocations-past-end': [
    [
      'error',
      'invalid-symbol-index',
      { kind: 'symbol-table-link', link: 9999 },
      `${LINK}/relocations-past-end.o +456 .rela.text`,
    ],
  ],
  'cut-head': [malformed('out-of-bounds', 'elf', 'broken/cut/head.o +40')],
  'cut-magic': [malformed('truncated', 'elf', 'broken/cut/magic.o +4')],
  'cut-bitcode': [malformed('truncated', 'bitcode', 'broken/cut/bitcode.o +40')],
  'cut-archive': [malformed('truncated', 'archive', 'broken/cut/archive.a +1342')],
  'archive-terminator': [malformed('bad-value', 'archive', 'broken/archive/terminator.a +1310')],
  'archive-size-negative': [malformed('bad-value', 'archive', 'broken/archive/size-negative.a +1300')],
  'archive-size-hexadecimal': [malformed('bad-value', 'archive', 'broken/archive/size-hexadecimal.a +1300')],
  'archive-size-past-end': [malformed('truncated', 'archive', 'broken/archive/size-past-end.a +1252')],
  'archive-long-name': [malformed('out-of-bounds', 'archive', 'broken/archive/long-name.a +4970')],
  'archive-junk': [malformed('truncated', 'archive', 'broken/archive/junk.a +3016')],
  'archive-missing-member': [
    ['error', 'missing-member', { member: 'gone.o' }, 'broken/archive/missing-member.a > gone.o @102'],
  ],
  'archive-missing-member-lazy': [
    ['error', 'missing-member', { member: 'gone.o' }, 'broken/archive/missing-member.a > gone.o @102'],
  ],
  'archive-itself': [
    ['error', 'unreadable-member', { reason: 'the archive contains itself' }, 'broken/archive/itself.a > itself.a @78'],
  ],
  'repeated-whole': [
    duplicates(DRIVER, `${REPEATED} @8`, `${REPEATED} @4880`),
    ['error', 'repeated-member', TWICE, `${REPEATED} @8 +8`, `${REPEATED} @4880 +4880`],
  ],
  'repeated-lazy': [
    ['note', 'archive-index-missing', { members: 3, defining: 3, dialect: 'gnu' }, `${CHECKS}/repeated.a`],
    ['note', 'duplicate-symbol', DRIVER, `${REPEATED} @8`, `${REPEATED} @4880`],
    ['note', 'repeated-member', TWICE, `${REPEATED} @8 +8`, `${REPEATED} @4880 +4880`],
  ],
  'archive-index-name': [
    [
      'note',
      'archive-index-stale',
      {
        entries: 9,
        missing: { count: 1, names: ['driver_probe'] },
        stale: { count: 1, names: ['driver_prone'] },
        dangling: NONE,
      },
      `${CHECKS}/index-name.a`,
      `${CHECKS}/index-name.a > strong.o @336 +336`,
    ],
  ],
  'archive-index-offset': [
    [
      'note',
      'archive-index-stale',
      { entries: 9, missing: NONE, stale: NONE, dangling: { count: 1, names: ['driver_probe'] } },
      `${CHECKS}/index-offset.a`,
    ],
  ],
  'archive-resized': [
    [
      'note',
      'thin-member-changed',
      {
        count: 1,
        members: [{ name: '../../archives/members/strong.o', offset: 136, size: { header: 1183, file: 1184 } }],
      },
      `${CHECKS}/resized.a`,
    ],
  ],
  'archive-dated': [
    [
      'note',
      'archive-timestamps',
      { count: 1, earliest: 1700000000, latest: 1700000000, owners: false },
      `${CHECKS}/dated.a`,
    ],
  ],
  'twins-kbuild': [
    duplicates(
      {
        symbols: [
          'qrtr_endpoint_register',
          'qrtr_endpoint_unregister',
          'qrtr_endpoint_post',
          'init_module',
          'qrtr_ns_init',
          'qrtr_ns_remove',
          'qrtr_ns_hello',
        ],
        ...TWIN,
      },
      'twins/kbuild/qrtr.lto.o',
      `${QRTR} > net/af_qrtr.o @94`,
      `${QRTR} > net/ns.o @154`,
    ),
    [
      'error',
      'lto-native-twin',
      {
        bitcode: [`${QRTR}(net/af_qrtr.o)`, `${QRTR}(net/ns.o)`],
        native: ['twins/kbuild/qrtr.lto.o'],
        by: 'name',
        shared: 7,
        smaller: 7,
      },
      `${QRTR} > net/af_qrtr.o @94`,
      `${QRTR} > net/ns.o @154`,
      'twins/kbuild/qrtr.lto.o',
    ],
  ],
  'twins-prelink': twins('twins/prelink/foo.o', 'twins/prelink/foo.prelink.o', 'name', TEN, 10),
  'twins-thinlto-native': twins(
    'twins/thinlto-native/foo.o',
    'twins/thinlto-native/foo.thinlto-native.o',
    'name',
    TEN,
    10,
  ),
  'twins-lto': twins('twins/lto/foo.o', 'twins/lto/foo.lto.o', 'name', TEN, 10),
  'twins-unnamed': twins('twins/unnamed/a.o', 'twins/unnamed/b.o', 'definitions', TEN, 10),
  'twins-nine-of-ten': twins('twins/nine-of-ten/a.o', 'twins/nine-of-ten/b.o', 'definitions', TEN.slice(1), 10),
  'twins-three-of-three': twins(
    'twins/three-of-three/a.o',
    'twins/three-of-three/b.o',
    'definitions',
    TEN.slice(0, 3),
    3,
  ),
  'twins-three-of-ten': twins('twins/three-of-ten/a.o', 'twins/three-of-ten/b.o', 'definitions', TEN.slice(0, 3), 3),
  'twins-near-two-of-three': [
    duplicates({ symbols: TEN.slice(1, 3) }, 'twins/near-two-of-three/a.o', 'twins/near-two-of-three/b.o'),
  ],
  'twins-near-two-of-two': [
    duplicates({ symbols: TEN.slice(0, 2) }, 'twins/near-two-of-two/a.o', 'twins/near-two-of-two/b.o'),
  ],
  'twins-near-both-native': [duplicates({ symbols: TEN }, 'twins/near-both-native/a.o', 'twins/near-both-native/b.o')],
  'duplicates-elf-elf': [duplicates(DRIVER, 'duplicates/elf-elf/a.o', 'duplicates/elf-elf/b.o')],
  'duplicates-elf-bitcode': [duplicates(DRIVER, 'duplicates/elf-bitcode/a.o', 'duplicates/elf-bitcode/b.o')],
  'duplicates-bitcode-bitcode': [
    duplicates(DRIVER, 'duplicates/bitcode-bitcode/a.o', 'duplicates/bitcode-bitcode/b.o'),
  ],
  'duplicates-three': [duplicates(DRIVER, 'duplicates/three/a.o', 'duplicates/three/b.o', 'duplicates/three/c.o')],
  'duplicates-module-asm': [
    duplicates({ symbols: ['driver_probe'] }, 'duplicates/module-asm/a.o', 'duplicates/module-asm/b.o'),
  ],
  'duplicates-absolute-other': [
    duplicates({ symbols: ['driver_base'] }, 'duplicates/absolute-other/a.o', 'duplicates/absolute-other/b.o'),
  ],
  'duplicates-lazy': [['note', 'duplicate-symbol', DRIVER, 'duplicates/lazy/a.o', 'duplicates/lazy/lib.a > b.o @106']],
  'duplicates-whole': [duplicates(DRIVER, 'duplicates/lazy/a.o', 'duplicates/lazy/lib.a > b.o @106')],
};

describe('what is found in the inputs of a recorded link', () => {
  it.each(recordedLinks.map((link) => [link.name, link] as const))('%s', (name, link) => {
    const { findings, summary } = auditLink(link);
    const rows = findings.map(({ severity, rule, data, locations }): Row => [
      severity,
      rule,
      data,
      ...locations.map(describePlace),
    ]);
    expect(rows).toEqual(EXPECTED[name] ?? []);
    for (const severity of ['error', 'warning', 'note'] as const) {
      expect(summary[`${severity}s`]).toBe(rows.filter((row) => row[0] === severity).length);
    }
    for (const { message, advice, locations } of findings) {
      expect(message).not.toBe('');
      expect(advice).toMatch(/[.?]$/);
      for (const { file } of locations) expect(file).not.toContain(' > ');
    }
  });

  it('is expected for recorded links only', () => {
    const names = new Set(recordedLinks.map(({ name }) => name));
    expect(Object.keys(EXPECTED).filter((name) => !names.has(name))).toEqual([]);
  });

  it('is nothing for each near miss but duplicates of its own kind', () => {
    const nearMisses = recordedLinks.filter(({ purpose, answers }) => {
      return purpose.startsWith('near miss') && answers['ld.lld-22'].outcome === 'links';
    });
    expect(nearMisses.length).toBeGreaterThan(8);
    const errors = nearMisses.flatMap((link) => auditLink(link).findings.filter(({ severity }) => severity !== 'note'));
    expect(errors).toEqual([]);
  });
});

describe('every rule', () => {
  const found = recordedLinks.flatMap((link) => auditLink(link).findings.map(({ rule }) => rule));

  it.each(RULES.map(({ id }) => id))('%s is triggered by a fixture', (id) => {
    expect(found).toContain(id);
  });

  it.each(RULES.map(({ id, severity }) => [id, severity] as const))('%s is at worst of severity %s', (id, severity) => {
    const worst = ['error', 'warning', 'note'].indexOf(severity);
    // Some are grave for other linkers only.
    const reports = recordedLinks.flatMap((link) => [auditLink(link), auditLink(link, { family: 'bfd' })]);
    const given = reports.flatMap(({ findings }) => findings).filter(({ rule }) => rule === id);
    const ranks = given.map((finding) => ['error', 'warning', 'note'].indexOf(finding.severity));
    expect(Math.min(...ranks)).toBe(worst);
  });
});

describe('an offset leads to the field that is wrong', () => {
  /** The file that holds the bytes of the first finding of a link, and the place in it. */
  function placeOf(link: string) {
    const finding = auditLink(recordedLink(link)).findings.find(({ rule }) => rule === EXPECTED[link]?.[0]?.[1]);
    const [location] = finding?.locations ?? [];
    if (finding === undefined || location?.offset === undefined) throw new Error(`${link} has no finding with a place`);
    const bytes = readFixture(location.file);
    return { bytes, data: new DataView(bytes.buffer), offset: location.offset, finding };
  }

  it.each([
    ['symbol-index', true, 64],
    ['symbol-index-first', true, 64],
    ['symbol-index-big-endian', false, 64],
    ['symbol-index-rel32', true, 32],
  ] as const)('the r_info of %s', (link, littleEndian, bits) => {
    const { data, offset, finding } = placeOf(link);
    const index =
      bits === 64 ? Number(data.getBigUint64(offset, littleEndian) >> 32n) : data.getUint32(offset, littleEndian) >>> 8;
    expect(index).toBe(finding.data['symbolIndex']);
  });

  it.each([
    ['symbol-index-group', 'symbolIndex', 1],
    ['relocations-of-strings', 'link', 1],
    ['relocations-past-end', 'link', 1],
    ['shndx-short', 'entryCount', 4],
    ['shndx-long', 'entryCount', 4],
  ])('the word of %s holds its %s', (link, key, unit) => {
    const { data, offset, finding } = placeOf(link);
    expect(data.getUint32(offset, true) / unit).toBe(finding.data[key]);
  });

  it('the index of .llvm_addrsig', () => {
    const { bytes, offset, finding } = placeOf('addrsig-past-end');
    const cursor = new Leb128Cursor(new ByteView(bytes, 0, []), offset);
    expect(cursor.unsigned('index')).toBe(finding.data['symbolIndex']);
  });

  it.each([
    ['archive-terminator', 'xx'],
    ['archive-size-negative', '-4'],
    ['archive-size-hexadecimal', '0x3'],
    ['archive-junk', 'junk'],
    ['archive-long-name', '/9999'],
  ])('the bytes of %s begin with %j', (link, text) => {
    const { bytes, offset } = placeOf(link);
    expect(String.fromCharCode(...bytes.subarray(offset, offset + text.length))).toBe(text);
  });
});

describe('an audit of folders of fixtures', () => {
  const healthy = [...new Set(manifest.files.map(({ path }) => path.split('/')[0] as string))].filter(
    (group) => !['broken', 'twins', 'duplicates', 'src', 'tools'].includes(group),
  );

  // An object that is empty on purpose.
  const REFUSED: Readonly<Record<string, readonly string[]>> = { archives: ['archives/members/empty.o'] };

  it.each(healthy)('%s has no error', (group) => {
    const errors = auditFixtures([group]).findings.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ locations }) => locations[0]?.file)).toEqual(REFUSED[group] ?? []);
  });

  it('finds the same members in the archives of BSD, Darwin and COFF as in those of GNU', () => {
    const { summary } = auditFixtures(['archives/gnu.a']);
    const inventory = { byFormat: { elf: 2, bitcode: 1 }, byProducer: summary.byProducer };
    expect(summary).toMatchObject(inventory);
    expect(auditFixtures(['archives/coff.a']).summary).toMatchObject(inventory);
    for (const archive of ['archives/bsd.a', 'archives/darwin.a', 'archives/darwin64.a']) {
      expect(auditFixtures([archive]).summary.byFormat).toEqual({ elf: 2, bitcode: 1, text: 1 });
    }
  });

  it('takes each archive and each loose object for itself: no twins, no duplicates of loose objects', () => {
    for (const group of ['twins', 'duplicates']) expect(auditFixtures([group]).findings).toEqual([]);
  });

  it('finds in the kernel what it is made of', () => {
    expect(auditFixtures(['kernel/vmlinux.a']).summary).toMatchObject({
      inputs: 8,
      byFormat: { bitcode: 6, elf: 2 },
      byLto: { 'llvm-thin': 6, none: 2 },
      byProducer: { 'LLVM16.0.6': 6 },
      byMachine: { aarch64: 8 },
      byEndian: { little: 8 },
    });
  });

  it('has each defect of the broken ones exactly once, however it is reached', () => {
    const { findings } = auditFixtures(['broken']);
    const keys = findings.map(({ rule, locations }) => {
      const [{ file, offset, section, path }] = locations as [FindingLocation];
      return JSON.stringify([rule, file, offset ?? path, section]);
    });
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
  });
});
