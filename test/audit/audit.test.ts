import { describe, expect, it } from 'vitest';
import { audit, DEFAULT_LINKER, parseLinker, reportText, RULES, SEVERITIES } from '../../src/audit/index.ts';
import type { Rule } from '../../src/audit/index.ts';
import type { InputFault } from '../../src/link/index.ts';
import { linkSet } from '../helpers/link-set.ts';

function malformed(offset: number, section?: string): InputFault {
  const place = { offset, ...(section === undefined ? {} : { section }) };
  return { kind: 'malformed', code: 'bad-value', reason: 'damaged', ...place };
}

function badIndex(offset: number): InputFault {
  const entries = [{ entry: 0, offset, symbolIndex: 9 }];
  return {
    kind: 'symbol-index',
    holder: 'relocation',
    section: '.rela.text',
    symbolIndex: 9,
    symbolCount: 3,
    entries,
    count: 1,
    offset,
  };
}

describe('findings are in order', () => {
  it('of the inputs and failures, then of offsets, then of rules', () => {
    const set = linkSet([
      { path: 'b.o', faults: [malformed(50), badIndex(50), malformed(10)] },
      { path: 'lib.a > gone.o', failure: { kind: 'missing', reason: 'not there' } },
      { path: 'a.o', faults: [malformed(5)] },
    ]);
    const order = audit([set]).findings.map(({ rule, locations }) => [
      rule,
      locations[0]?.path[0],
      locations[0]?.offset,
    ]);
    expect(order).toEqual([
      ['malformed-input', 'b.o', 10],
      ['invalid-symbol-index', 'b.o', 50],
      ['malformed-input', 'b.o', 50],
      ['missing-member', 'lib.a', undefined],
      ['malformed-input', 'a.o', 5],
    ]);
  });

  it('of the sets', () => {
    const sets = ['z.o', 'a.o'].map((path) => linkSet([{ path, faults: [malformed(0)] }]));
    expect(audit(sets).findings.map(({ locations }) => locations[0]?.file)).toEqual(['z.o', 'a.o']);
  });

  it('of their headers for members of one name', () => {
    const set = linkSet([
      { path: 'lib.a > a.o', faults: [malformed(900)] },
      { path: 'lib.a > a.o', faults: [malformed(300)] },
    ]);
    expect(audit([set]).findings.map(({ locations }) => locations[0]?.offset)).toEqual([900, 300]);
  });
});

describe('what sets have in common', () => {
  const thin = { isThin: true, hasSymbolIndex: false };

  it('is found once', () => {
    const sets = ['one.a', 'two.a'].map((archive) =>
      linkSet([{ path: `${archive} > a.o`, archive: thin, faults: [malformed(7)] }]),
    );
    expect(audit(sets).findings).toHaveLength(1);
  });

  it('is found for each member where the same damage is in two members of one archive', () => {
    const set = linkSet([
      { path: 'lib.a > a.o', failure: { kind: 'unreadable', reason: 'why' } },
      { path: 'lib.a > b.o', failure: { kind: 'unreadable', reason: 'why' } },
    ]);
    expect(audit([set]).findings).toHaveLength(2);
  });

  it('is found for each member of a regular archive that a thin one names', () => {
    const set = linkSet(
      ['a.txt', 'b.txt'].map((name) => ({
        path: `outer.a > inner.a > ${name}`,
        file: 'inner.a',
        format: 'text' as const,
      })),
    );
    expect(audit([set]).findings).toHaveLength(2);
  });

  it('is compared within a set only: two sets that define one name have no duplicate', () => {
    const sets = ['a.o', 'b.o'].map((path) => linkSet([{ path, defines: ['name'] }]));
    expect(audit(sets).findings).toEqual([]);
  });
});

describe('options', () => {
  it('only the rules that are asked for run, with the linker that is asked for', () => {
    const seen: unknown[] = [];
    const rule: Rule = {
      id: 'mine',
      severity: 'note',
      summary: 'Sees.',
      check: (set, context) => {
        seen.push([set.inputs.length, context]);
        return [];
      },
    };
    const set = linkSet([{ path: 'a.o', faults: [malformed(0)] }]);
    expect(audit([set], { rules: [rule] }).findings).toEqual([]);
    audit([set], { rules: [rule], linker: { family: 'mold' } });
    expect(seen).toEqual([
      [1, { linker: DEFAULT_LINKER }],
      [1, { linker: { family: 'mold' } }],
    ]);
  });
});

describe('the summary', () => {
  it('counts inputs and bytes by what they are, most first', () => {
    const bitcode = { lto: 'llvm-thin', machine: 'aarch64', endian: 'little' } as const;
    const set = linkSet([
      { path: 'a.o', facts: { size: 10, lto: 'none', machine: 'x86_64', endian: 'little' } },
      { path: 'b.o', format: 'bitcode', facts: { ...bitcode, size: 5, producer: 'LLVM16.0.6' } },
      { path: 'c.o', format: 'bitcode', facts: { ...bitcode, size: 7, producer: 'LLVM22.1.8' } },
    ]);
    const { summary } = audit([set]);
    expect(summary).toEqual({
      inputs: 3,
      byFormat: { bitcode: 2, elf: 1 },
      byLto: { 'llvm-thin': 2, none: 1 },
      byProducer: { 'LLVM16.0.6': 1, 'LLVM22.1.8': 1 },
      byMachine: { aarch64: 2, x86_64: 1 },
      byEndian: { little: 3 },
      bytes: {
        total: 22,
        byFormat: { bitcode: 12, elf: 10 },
        byLto: { 'llvm-thin': 12, none: 10 },
        byProducer: { 'LLVM16.0.6': 5, 'LLVM22.1.8': 7 },
        byMachine: { aarch64: 12, x86_64: 10 },
        byEndian: { little: 22 },
      },
      errors: 0,
      warnings: 0,
      notes: 0,
    });
    expect(Object.keys(summary.byFormat)).toEqual(['bitcode', 'elf']);
  });

  it('counts an input of two sets once', () => {
    const set = linkSet([{ path: 'a.o', facts: { size: 10 } }]);
    expect(audit([set, set]).summary).toMatchObject({ inputs: 1, bytes: { total: 10 } });
  });

  it('counts members that are missing or unreadable', () => {
    const set = linkSet([
      { path: 'lib.a > a.o', failure: { kind: 'missing', reason: 'x' } },
      { path: 'lib.a > b.o', failure: { kind: 'unreadable', reason: 'x' } },
      { path: 'lib.a', failure: { kind: 'malformed', reason: 'x' } },
    ]);
    expect(audit([set]).summary).toMatchObject({ inputs: 2, byFormat: { missing: 1, unknown: 1 }, errors: 3 });
  });

  it('of nothing is zeros', () => {
    expect(audit([]).summary).toMatchObject({ inputs: 0, byFormat: {}, bytes: { total: 0 }, errors: 0 });
  });
});

describe('the name of a linker', () => {
  it.each([
    ['lld', { family: 'lld' }],
    ['lld-16', { family: 'lld', version: '16' }],
    ['lld-16.0.6', { family: 'lld', version: '16.0.6' }],
    ['bfd-2.40', { family: 'bfd', version: '2.40' }],
    ['gold', { family: 'gold' }],
    ['mold-2.30.0', { family: 'mold', version: '2.30.0' }],
  ])('%s', (text, linker) => {
    expect(parseLinker(text)).toEqual(linker);
  });

  it.each(['', 'ld', 'lld-', 'lld16', 'LLD', 'lld-16.', 'lld-x', ' lld', 'lld\n', '__proto__'])(
    '%j is none',
    (text) => {
      expect(parseLinker(text)).toBeUndefined();
    },
  );
});

describe('rules', () => {
  it('have ids in kebab case, each once, and a summary of one sentence', () => {
    const ids = RULES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, severity, summary } of RULES) {
      expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(SEVERITIES).toContain(severity);
      expect(summary).toMatch(/^[A-Z][^\n]*\.$/);
    }
  });
});

describe('the report as text', () => {
  const set = linkSet([
    { path: 'dir/lib.a > a.o', faults: [badIndex(496)], facts: { size: 1234, lto: 'none' } },
    { path: 'foo.o', format: 'bitcode', facts: { size: 2_500_000, lto: 'llvm-thin' }, defines: ['one'] },
    { path: 'bar.o', defines: ['one'] },
  ]);

  it('has the findings with their places, the words of the linker, and the inventory', () => {
    expect(reportText(audit([set])).split('\n')).toEqual([
      expect.stringMatching(
        /^error: dir\/lib\.a\(a\.o\): relocation 0 of \.rela\.text .* \[invalid-symbol-index\]$/,
      ) as string,
      '  at      dir/lib.a, member a.o, offset 0x1f0 (496), .rela.text, entry 0',
      '  linker  ld.lld: error: dir/lib.a(a.o): invalid symbol index',
      expect.stringMatching(/^ {2}to do {3}\S/) as string,
      '',
      'error: 1 symbol defined by foo.o and bar.o: one [duplicate-symbol]',
      '  at      foo.o',
      '  at      bar.o',
      '  linker  ld.lld: error: duplicate symbol: one',
      '          >>> defined in foo.o',
      '          >>> defined in bar.o',
      expect.stringMatching(/^ {2}to do {3}\S/) as string,
      '',
      '3 inputs, 2.5 MB',
      '  format      2 elf (1.3 kB), 1 bitcode (2.5 MB)',
      '  LTO         1 llvm-thin (2.5 MB), 1 none (1.2 kB)',
      '2 errors, 0 warnings, 0 notes',
      '',
    ]);
  });

  it('of nothing is the counts alone', () => {
    expect(reportText(audit([]))).toBe('0 inputs, 0 bytes\n0 errors, 0 warnings, 0 notes\n');
  });

  it('colours the severity by it and nothing else', () => {
    const text = reportText(audit([set]), { colour: (severity, words) => `<${severity}|${words}>` });
    expect(text.match(/<[^>|]+\|[^>]*>/g)).toEqual(['<error|error:>', '<error|error:>']);
  });

  it('lists a few of many places', () => {
    const specs = Array.from({ length: 20 }, (_, i) => ({ path: `${i}.o`, defines: ['name'] }));
    const lines = reportText(audit([linkSet(specs)])).split('\n');
    expect(lines.filter((line) => line.startsWith('  at '))).toHaveLength(6);
    expect(lines).toContain('          and 14 places more');
  });

  it('prints no control character that a file names', () => {
    const evil = 'a\u001b[31m\n\u202eb.o';
    const hostile = linkSet([
      { path: evil, faults: [malformed(1, '.te\u0007xt')], defines: ['na\rme'], facts: { producer: '\u009b1m' } },
      { path: `lib.a > ${evil}`, failure: { kind: 'missing', reason: 'x' } },
      { path: 'c.o', defines: ['na\rme'] },
    ]);
    // eslint-disable-next-line no-control-regex
    expect(reportText(audit([hostile]))).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(
      reportText(audit([hostile]))
        .split('\n')
        .filter((line) => line.startsWith('b.o')),
    ).toEqual([]);
  });
});
