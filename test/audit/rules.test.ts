// Rules over link sets made by hand: severities, predictions, and what belongs to one finding.

import { describe, expect, it } from 'vitest';
import type { Finding, Linker } from '../../src/audit/index.ts';
import { audit } from '../../src/audit/index.ts';
import type { InputFault } from '../../src/link/index.ts';
import type { InputSpec } from '../helpers/link-set.ts';
import { linkSet } from '../helpers/link-set.ts';

function findingsOf(specs: readonly InputSpec[], linker?: Linker): readonly Finding[] {
  return audit([linkSet(specs)], linker === undefined ? {} : { linker }).findings;
}

/** The only finding of a rule. */
function findingOf(rule: string, specs: readonly InputSpec[], linker?: Linker): Finding {
  const found = findingsOf(specs, linker).filter((finding) => finding.rule === rule);
  expect(found).toHaveLength(1);
  return found[0] as Finding;
}

const KBUILD = { isThin: true, hasSymbolIndex: false };

describe('duplicate-symbol', () => {
  const rule = 'duplicate-symbol';
  const lazy = { path: 'lib.a > b.o', defines: ['name'], isLazy: true };

  it('is an error for two inputs that are linked for certain', () => {
    const finding = findingOf(rule, [
      { path: 'a.o', defines: ['name'] },
      { path: 'dir/lib.a > b.o', defines: ['name'], archive: KBUILD },
    ]);
    expect(finding).toMatchObject({
      severity: 'error',
      certainty: 'certain',
      data: { symbols: ['name'] },
      predicts: 'ld.lld: error: duplicate symbol: name\n>>> defined in a.o\n>>> defined in dir/lib.a(b.o)',
      locations: [
        { path: ['a.o'], file: 'a.o' },
        { path: ['dir/lib.a', 'b.o'], file: 'dir/b.o' },
      ],
    });
  });

  it('is a note without a prediction if one of two is lazy', () => {
    const finding = findingOf(rule, [{ path: 'a.o', defines: ['name'] }, lazy]);
    expect(finding).toMatchObject({ severity: 'note', certainty: 'possible' });
    expect(finding).not.toHaveProperty('predicts');
  });

  it('is an error if two of three are not lazy, and names all three', () => {
    const finding = findingOf(rule, [{ path: 'a.o', defines: ['name'] }, lazy, { path: 'c.o', defines: ['name'] }]);
    expect(finding.severity).toBe('error');
    expect(finding.locations).toHaveLength(3);
  });

  it('predicts the two definitions that are linked, not a lazy one between them', () => {
    const finding = findingOf(rule, [
      { ...lazy, path: 'lib.a > lazy.o' },
      { path: 'a.o', defines: ['name'] },
      { path: 'b.o', defines: ['name'] },
    ]);
    expect(finding.predicts).toBe('ld.lld: error: duplicate symbol: name\n>>> defined in a.o\n>>> defined in b.o');
  });

  it('is one finding for all names that the same inputs define', () => {
    const defines = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'];
    const finding = findingOf(rule, [
      { path: 'a.o', defines },
      { path: 'b.o', defines },
    ]);
    expect(finding.data).toEqual({ symbols: defines });
    expect(finding.message).toBe('7 symbols defined by a.o and b.o: one, two, three, four, five and 2 more');
  });

  it('is a finding of its own for each set of inputs', () => {
    const found = findingsOf([
      { path: 'a.o', defines: ['one', 'two'] },
      { path: 'b.o', defines: ['one'] },
      { path: 'c.o', defines: ['two'] },
    ]);
    expect(found.map(({ data }) => data)).toEqual([{ symbols: ['one'] }, { symbols: ['two'] }]);
  });

  it('names its cause where the inputs are twins, as one finding for all parts', () => {
    const finding = findingOf(rule, [
      { path: 'qrtr.lto.o', defines: ['one', 'two', 'three', 'four'] },
      { path: 'qrtr.o > a.o', format: 'bitcode', defines: ['one', 'two'], archive: KBUILD },
      { path: 'qrtr.o > b.o', format: 'bitcode', defines: ['three', 'four'], archive: KBUILD },
    ]);
    expect(finding).toMatchObject({
      severity: 'error',
      data: { symbols: ['one', 'two', 'three', 'four'], cause: 'lto-native-twin' },
    });
    expect(finding.locations).toHaveLength(3);
  });

  it('of twins is a note where each name has one definition that is linked for certain', () => {
    const finding = findingOf(rule, [
      { path: 'foo.o > a.o', format: 'bitcode', defines: ['one', 'two'], archive: KBUILD },
      { path: 'foo.o > b.o', format: 'bitcode', defines: ['three', 'four'], archive: KBUILD },
      {
        path: 'lib.a > foo.lto.o',
        file: 'foo.lto.o',
        defines: ['one', 'two', 'three', 'four'],
        archive: { isThin: true, hasSymbolIndex: true },
        isLazy: true,
      },
    ]);
    expect(finding).toMatchObject({ severity: 'note', certainty: 'possible' });
  });

  it('speaks as GNU ld on demand', () => {
    const specs = [
      { path: 'a.o', defines: ['name'] },
      { path: 'b.o', defines: ['name'] },
    ];
    expect(findingOf(rule, specs, { family: 'bfd', version: '2.40' }).predicts).toBe(
      "ld.bfd: b.o: multiple definition of `name'; a.o: first defined here",
    );
  });
});

describe('lto-native-twin', () => {
  const rule = 'lto-native-twin';

  it('is an error that names both sides and counts what they share', () => {
    const finding = findingOf(rule, [
      { path: 'foo.o', format: 'bitcode', defines: ['one', 'two'] },
      { path: 'foo.lto.o', defines: ['one', 'two', 'three'] },
    ]);
    expect(finding).toMatchObject({
      severity: 'error',
      data: { bitcode: ['foo.o'], native: ['foo.lto.o'], by: 'name', shared: 2, smaller: 2 },
      locations: [{ path: ['foo.o'] }, { path: ['foo.lto.o'] }],
    });
    expect(finding.message).toContain('2 of 2 strong definitions');
  });

  it('is a warning if one side is taken on demand', () => {
    const [a, b] = ['foo.o', 'foo.lto.o'].map((name) => `lib.a > ${name}`) as [string, string];
    const finding = findingOf(rule, [
      { path: a, format: 'bitcode', isLazy: true },
      { path: b, isLazy: true },
    ]);
    expect(finding.severity).toBe('warning');
  });

  it('calls the parts of a thin archive by the archive', () => {
    const finding = findingOf(rule, [
      { path: 'foo.o > a.o', format: 'bitcode', archive: KBUILD },
      { path: 'foo.o > b.o', format: 'bitcode', archive: KBUILD },
      { path: 'foo.lto.o' },
    ]);
    expect(finding.message).toMatch(/^foo\.o \(bitcode\) and foo\.lto\.o \(native code\)/);
    expect(finding.data).toMatchObject({ bitcode: ['foo.o(a.o)', 'foo.o(b.o)'] });
  });
});

describe('foreign-member', () => {
  const rule = 'foreign-member';

  it.each([
    ['text', 'text'],
    ['empty', 'empty'],
    ['mach-o', 'a Mach-O file'],
    ['coff', 'a COFF file'],
    ['wasm', 'a WebAssembly file'],
    ['unknown', 'of an unknown format'],
  ] as const)('%s: a warning in a whole archive, a note in a lazy one', (format, words) => {
    const archive = { isThin: false, hasSymbolIndex: true };
    const whole = findingOf(rule, [{ path: 'lib.a > x', format, archive }]);
    expect(whole).toMatchObject({
      severity: 'warning',
      data: { format },
      predicts: 'ld.lld: error: lib.a(x): not an ELF file',
    });
    expect(whole.message).toContain(words);
    expect(findingOf(rule, [{ path: 'lib.a > x', format, archive, isLazy: true }])).toMatchObject({
      severity: 'note',
      predicts: "ld.lld: warning: lib.a: archive member 'x' is neither ET_REL nor LLVM bitcode",
    });
  });

  it.each(['elf', 'bitcode'] as const)('is not found for %s', (format) => {
    expect(findingsOf([{ path: 'lib.a > x', format }])).toEqual([]);
  });

  it('a loose linker script is a note, though it is named like a library', () => {
    const finding = findingOf(rule, [{ path: 'libc.so', format: 'text', facts: { linkerScript: true } }]);
    expect(finding).toMatchObject({ severity: 'note' });
    expect(finding).not.toHaveProperty('predicts');
  });
});

describe('malformed-input', () => {
  const rule = 'malformed-input';
  const fault: InputFault = {
    kind: 'malformed',
    code: 'bad-value',
    reason: 'the reason',
    offset: 12,
    section: '.text',
  };

  it('has the place and the reason of the damage', () => {
    expect(findingOf(rule, [{ path: 'lib.a > a.o', faults: [fault] }])).toMatchObject({
      severity: 'error',
      message: 'lib.a(a.o): .text: the reason',
      data: { code: 'bad-value', format: 'elf' },
      locations: [{ path: ['lib.a', 'a.o'], offset: 12, section: '.text' }],
    });
  });

  it('does not predict words that are only ours', () => {
    expect(findingOf(rule, [{ path: 'a.o', faults: [fault] }])).not.toHaveProperty('predicts');
  });

  it.each([
    ['text', 'is text'],
    ['empty', 'is empty'],
    ['unknown', 'has an unknown format'],
  ] as const)('a loose file named like an object that is %s', (format, words) => {
    const finding = findingOf(rule, [{ path: 'a.o', format }]);
    expect(finding).toMatchObject({
      severity: 'error',
      data: { code: 'bad-magic', format },
      locations: [{ offset: 0 }],
    });
    expect(finding.message).toContain(words);
  });

  it.each(['x.txt', 'Makefile', 'o', 'x.o.d'])('a loose file named %s is no damage whatever it is', (path) => {
    expect(findingsOf([{ path, format: 'text' }]).filter((finding) => finding.rule === rule)).toEqual([]);
  });

  it('a damaged archive, with the place in it', () => {
    const failure = { kind: 'malformed', code: 'truncated', reason: 'the reason', offset: 99 } as const;
    expect(findingOf(rule, [{ path: 'lib.a', failure }])).toMatchObject({
      severity: 'error',
      data: { code: 'truncated', format: 'archive' },
      locations: [{ path: ['lib.a'], offset: 99 }],
    });
  });
});

describe('missing-member', () => {
  it('names the member as the archive does, and the file that was looked for', () => {
    const failure = { kind: 'missing', reason: 'No such file or directory' } as const;
    const finding = findingOf('missing-member', [{ path: 'dir/lib.a > ../a.o', archive: KBUILD, failure }]);
    expect(finding).toMatchObject({
      severity: 'error',
      data: { member: '../a.o' },
      locations: [{ file: 'dir/../a.o' }],
      predicts:
        "ld.lld: error: dir/lib.a: could not get the buffer for a child of the archive: '../a.o': No such file or directory",
    });
    expect(finding.message).toContain('dir/../a.o');
  });

  it('is an error in a lazy archive too', () => {
    const failure = { kind: 'missing', reason: 'No such file or directory' } as const;
    expect(findingOf('missing-member', [{ path: 'lib.a > a.o', failure, isLazy: true }]).severity).toBe('error');
  });
});

describe('unreadable-member', () => {
  it('has the reason of the system', () => {
    const failure = { kind: 'unreadable', reason: 'Permission denied' } as const;
    expect(findingOf('unreadable-member', [{ path: 'lib.a > a.o', archive: KBUILD, failure }])).toMatchObject({
      severity: 'error',
      data: { reason: 'Permission denied' },
      locations: [{ path: ['lib.a', 'a.o'], file: 'a.o' }],
    });
  });
});

describe('invalid-symbol-index', () => {
  it.each([
    [undefined, 'ld.lld: error: a.o: invalid symbol index'],
    [{ family: 'lld', version: '19' }, 'ld.lld: error: a.o: invalid symbol index'],
    [{ family: 'lld', version: '18.1.8' }, undefined],
    [{ family: 'bfd' }, undefined],
  ] as const)('knows that CREL is read by lld from 19 on: %o', (linker, predicts) => {
    const fault: InputFault = {
      kind: 'symbol-index',
      holder: 'packed-relocation',
      section: '.crel.text',
      symbolIndex: 9,
      symbolCount: 2,
      entries: [{ entry: 0, offset: 64, symbolIndex: 9 }],
      count: 1,
      offset: 64,
    };
    const finding = findingOf('invalid-symbol-index', [{ path: 'a.o', faults: [fault] }], linker);
    expect([finding.predicts, finding.data]).toEqual([
      predicts,
      { kind: 'packed-relocation', symbolIndex: 9, symbolCount: 2, count: 1 },
    ]);
  });

  const entries = [3, 5].map((entry) => ({ entry, offset: 100 + entry, symbolIndex: 90 + entry }));

  it('is one finding for one section, with all its entries as places', () => {
    const fault: InputFault = {
      kind: 'symbol-index',
      holder: 'relocation',
      section: '.rela.text',
      symbolIndex: 93,
      symbolCount: 82,
      entries,
      count: 2,
      offset: 103,
    };
    const finding = findingOf('invalid-symbol-index', [{ path: 'lib.a > a.o', faults: [fault] }]);
    expect(finding).toMatchObject({
      severity: 'error',
      certainty: 'certain',
      predicts: 'ld.lld: error: lib.a(a.o): invalid symbol index',
      data: { kind: 'relocation', symbolIndex: 93, symbolCount: 82, count: 2 },
      locations: [
        { offset: 103, section: '.rela.text', entry: 3 },
        { offset: 105, section: '.rela.text', entry: 5 },
      ],
    });
    expect(finding.message).toBe(
      'lib.a(a.o): relocation 3 of .rela.text names symbol 93, but the symbol table has 82 symbols, and 1 more entry of the section likewise',
    );
  });
});
