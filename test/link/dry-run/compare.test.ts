// The comparison itself: what counts as a difference, and how the linker's words are read.

import { describe, expect, it } from 'vitest';
import type { LinkVerdict } from '../../../src/link/lld/verdict.ts';
import { compareAnswers, findKnown, readKnownDifferences } from './compare.ts';
import { readLinkerOutput } from './lld-output.ts';

const DUPLICATE = `ld.lld: error: duplicate symbol: foo
>>> defined at foo.c
>>>            foo.o:(foo)
>>> defined at foo2.c
>>>            foo2.o:(.text.foo+0x0)

`;

function verdict(fields: Partial<LinkVerdict>): LinkVerdict {
  return {
    kind: 'duplicate-symbol',
    severity: 'error',
    certainty: 'certain',
    isReached: true,
    message: 'duplicate symbol: foo',
    symbol: 'foo',
    files: ['foo.o', 'foo2.o'],
    ...fields,
  };
}

describe('what the linker prints', () => {
  it('is read with the lines that belong to a statement', () => {
    const { statements, links } = readLinkerOutput(`${DUPLICATE}ld.lld: warning: unknown -z value: x\n`, 1);
    expect(links).toBe(false);
    expect(statements.map(({ severity, kind, subject }) => [severity, kind, subject])).toEqual([
      ['error', 'duplicate-symbol', 'foo'],
      ['warning', 'bad-argument', 'unknown -z value: x'],
    ]);
    expect(statements[0]?.message.split('\n')).toHaveLength(5);
  });

  it.each([
    ['libfoobar.so: undefined reference to bar [--no-allow-shlib-undefined]', 'undefined-in-shared-library', 'bar'],
    ['undefined reference due to --no-allow-shlib-undefined: bar', 'undefined-in-shared-library', 'bar'],
    ['undefined reference: bar', 'undefined-in-shared-library', 'bar'],
    ['undefined hidden symbol: foo', 'undefined-symbol', 'foo'],
    ['foo.o is incompatible', 'incompatible', 'foo.o'],
    ['foo.o is incompatible with bar.o', 'incompatible', 'foo.o'],
    ['x.a(m.o): section header table goes past the end of the file: e_shoff = 0x1', 'damaged-input', 'x.a(m.o)'],
    ["x.a: archive member 'x.o' is neither ET_REL nor LLVM bitcode", 'unknown-file-type', 'x.a'],
    ['x.lds:3: unexpected EOF', 'script-error', 'x.lds'],
    ['x.lds:1: unable to find nofile.o', 'missing-input', 'nofile.o'],
    ['something of the future', 'other', 'something of the future'],
  ])('%s', (line, kind, subject) => {
    expect(readLinkerOutput(`/usr/bin/ld.lld-16: error: ${line}\n`, 1).statements).toMatchObject([{ kind, subject }]);
  });

  it('is a crash after a signal', () => {
    expect(readLinkerOutput('', null)).toMatchObject({ crashed: true, links: false });
  });
});

describe('the comparison', () => {
  const output = readLinkerOutput(DUPLICATE, 1);
  const compare = (verdicts: LinkVerdict[], links = false) =>
    compareAnswers({ verdicts, links }, output).differences.map(({ by, kind, subject }) => [by, kind, subject]);

  it('finds none where both say the same, certainly or possibly', () => {
    expect(compare([verdict({})])).toEqual([]);
    expect(compare([verdict({ certainty: 'possible' })])).toEqual([]);
  });

  it('finds what only one of them says', () => {
    expect(compare([])).toEqual([['linker', 'duplicate-symbol', 'foo']]);
    expect(
      compare([verdict({}), verdict({ symbol: 'bar', files: ['bar.o'], message: 'duplicate symbol: bar' })]),
    ).toEqual([['dry run', 'duplicate-symbol', 'bar']]);
    expect(compare([verdict({ severity: 'warning' })])).toHaveLength(2);
  });

  it('leaves out verdicts that the linker does not come to, possible ones and notes', () => {
    const others = [
      { symbol: 'bar', files: [], message: 'duplicate symbol: bar', isReached: false },
      { symbol: 'bar', files: [], message: 'duplicate symbol: bar', certainty: 'possible' },
      { symbol: 'bar', files: [], message: 'duplicate symbol: bar', severity: 'note' },
    ] as const;
    for (const other of others) expect(compare([verdict({}), verdict(other)])).toEqual([]);
  });

  it('finds an exit status of the other kind', () => {
    expect(compare([verdict({})], true)).toEqual([['exit', 'exit', '']]);
  });
});

describe('the list of known differences', () => {
  const known = readKnownDifferences();

  it('gives a reason for each', () => {
    for (const { reason, linkers } of known) {
      expect(reason.length).toBeGreaterThan(20);
      expect(linkers.length).toBeGreaterThan(0);
    }
  });

  it('is asked by linker, side, kind and message', () => {
    const entry = { reason: '', linkers: [16], by: 'linker', kind: 'other', message: '^odd' } as const;
    const difference = { by: 'linker', kind: 'other', severity: 'error', subject: '', message: 'odd\nmore' } as const;
    expect(findKnown([entry], 16, difference)).toBe(entry);
    expect(findKnown([entry], 14, difference)).toBeUndefined();
  });
});
