// Scripts that are made to hurt: deep, long, endless, or no scripts at all. Nothing but an error may come of them, at a cost that
// grows with the script.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compileGlobs,
  parseDefsym,
  readDynamicList,
  readLinkScript,
  readSymbolList,
  readVersionScript,
} from '../../../../src/link/index.ts';
import type { LinkScript } from '../../../../src/link/index.ts';
import { bounded } from '../../../helpers/bounded.ts';
import { SCRIPT_CASES } from './script-cases.ts';

const VERSIONS = ['14', '16', '19', '22'] as const;
const LONG = 100_000;

function read(text: string | Uint8Array, version = '22', includes: Readonly<Record<string, string>> = {}): LinkScript {
  return readLinkScript(text, {
    name: 'x.lds',
    linker: { family: 'lld', version },
    readInclude(name) {
      const content = includes[name];
      return content === undefined ? undefined : { path: `found/${name}`, content };
    },
  });
}

describe.each(VERSIONS)('for lld %s, the cost grows with the script', (version) => {
  it.each([
    ['parentheses in one another', `x = ${'('.repeat(LONG)}`],
    ['signs', `x = ${'-'.repeat(LONG)}1;`],
    ['signs apart', `x = ${'- '.repeat(LONG)}1;`],
    ['choices', `x = ${'1 ? 2 : '.repeat(LONG)}3;`],
    ['conditions of choices', `x = ${'1 ? '.repeat(LONG)}3;`],
    ['sums', `x = ${'a + '.repeat(LONG)}1;`],
    ['sums without spaces', `x = ${'a+'.repeat(LONG)}1;`],
    [
      'operators that bind tighter and tighter',
      `x = ${'1 || 2 && 3 | 4 & 5 == 6 < 7 << 8 + 9 * '.repeat(LONG / 40)}1;`,
    ],
    ['functions in one another', `x = ${'ALIGN('.repeat(LONG)}`],
    ['assertions in one another', `x = ${'ASSERT('.repeat(LONG)}`],
    ['assignments', 'a = 1;'.repeat(LONG)],
    ['symbols', Array.from({ length: LONG }, (_, i) => `s${i} = t${i};`).join('\n')],
    ['inputs in one line', `INPUT(${'a '.repeat(LONG)})`],
    ['inputs as needed', `GROUP(${'AS_NEEDED(a) '.repeat(LONG)})`],
    ['sections', `SECTIONS { ${'.a : { *(.b) } '.repeat(LONG / 10)} }`],
    ['patterns', `SECTIONS { .a : { *(${'.b '.repeat(LONG)}) } }`],
    ['excluded files', `SECTIONS { .a : { *(EXCLUDE_FILE(${'a* '.repeat(LONG)}) .b) } }`],
    ['files', `SECTIONS { .a : { ${'a.o '.repeat(LONG)} } }`],
    ['brackets without an end', `SECTIONS { .a : { *(${'['.repeat(LONG)}) } }`],
    ['braces', '{'.repeat(LONG)],
    ['comments', '/* */'.repeat(LONG)],
    ['lines', '\n'.repeat(LONG)],
    ['carriage returns', `\r${'a=1;'.repeat(LONG / 4)}\r b`],
    ['one word', 'a'.repeat(LONG)],
    ['one operator', '='.repeat(LONG)],
    ['one operator in an expression', `x = ${'+'.repeat(LONG)};`],
    ['quotes', '"a" '.repeat(LONG)],
    ['one quote with many lines', `x = "${'\n'.repeat(LONG)}";`],
    ['digits', `x = ${'9'.repeat(LONG)};`],
    ['zeros', `x = ${'0'.repeat(LONG)}1;`],
    ['program headers', `PHDRS { ${'a PT_LOAD; '.repeat(LONG / 10)} }`],
    ['regions', `MEMORY { ${Array.from({ length: LONG / 10 }, (_, i) => `r${i} : o = 0, l = 1`).join(' ')} }`],
    ['version nodes', `VERSION { ${'V { a; }; '.repeat(LONG / 10)} }`],
    ['zero bytes', '\0'.repeat(LONG)],
  ])('of %s', (_, text) => {
    const { commands, errors } = bounded(() => read(text, version));
    expect(errors.length).toBeLessThan(2);
    expect(commands.length).toBeLessThanOrEqual(LONG);
  });

  it('of a version script and its patterns', () => {
    const text = `{ ${'a*b*c*; '.repeat(LONG / 10)} ${'?'.repeat(1000)}; };`;
    const { nodes } = bounded(() => readVersionScript(text, { name: 'x', linker: { family: 'lld', version } }));
    expect(nodes[0]?.global.length).toBe(LONG / 10 + 1);
  });
});

describe('a script that is included', () => {
  it('by itself, or by what it includes, has no end', () => {
    const words = /there is a cycle in linker script INCLUDEs/;
    expect(read('INCLUDE a', '22', { a: 'INCLUDE a' }).errors[0]).toMatch(words);
    expect(read('INCLUDE a', '16', { a: 'INCLUDE b', b: 'INCLUDE a' }).errors[0]).toMatch(words);
  });

  it('twice by each of many that include each other costs a bounded number of reads', () => {
    const includes: Record<string, string> = {};
    for (let i = 0; i < 64; i += 1) includes[`found/${i}`] = `INCLUDE found/${i + 1}\nINCLUDE found/${i + 1}\n`;
    const { errors } = bounded(() =>
      readLinkScript('INCLUDE found/0', {
        name: 'x.lds',
        readInclude: (name) => ({ path: name, content: includes[name] ?? '' }),
      }),
    );
    expect(errors[0]).toMatch(/INCLUDE brings in more than 64 MiB/);
  });

  it('in a long chain is read', () => {
    const includes = Object.fromEntries(
      Array.from({ length: 5000 }, (_, i) => [`${i}`, `a${i} = 1; INCLUDE ${i + 1}`]),
    );
    expect(bounded(() => read('INCLUDE 0', '22', includes)).commands).toHaveLength(5000);
  });
});

describe('what a script may bring', () => {
  it('is bounded, as it takes memory', () => {
    const { commands, errors } = bounded(() => read(`INPUT(${'a '.repeat(1_200_000)})`));
    expect(commands).toHaveLength(1 << 20);
    expect(errors[0]).toBe('x.lds:1: more than 1048576 names and commands');
  });

  it('long lines and words are not repeated in errors as a whole', () => {
    const { errors } = read(`${'a'.repeat(1 << 20)} b`);
    expect(errors[0]?.length).toBeLessThan(1 << 14);
  });
});

describe('any bytes', () => {
  const bytes = fc.uint8Array({ maxLength: 60 });
  const words = fc.array(
    fc.oneof(
      fc.constantFrom(
        'SECTIONS',
        '{',
        '}',
        '(',
        ')',
        ';',
        '=',
        '+=',
        ':',
        ',',
        'x',
        '.text',
        '*',
        '"a"',
        '?',
        'INCLUDE',
        'i',
      ),
      fc.constantFrom(
        'PROVIDE',
        'KEEP',
        'SORT',
        'OVERLAY',
        'AT',
        '>',
        'MEMORY',
        'PHDRS',
        'VERSION',
        'local:',
        'extern',
        '5',
      ),
      fc.constantFrom(
        'ASSERT',
        'ALIGN',
        'DEFINED',
        'INPUT',
        'AS_NEEDED',
        'INSERT',
        'CLASS',
        '"C++"',
        '-',
        '<<',
        '&&',
        '/',
      ),
    ),
    { maxLength: 40 },
  );
  const texts = fc.oneof(
    bytes,
    words.map((list) => list.join(' ')),
    words.map((list) => list.join('')),
  );

  it('are read without an exception, by all readers', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom(...VERSIONS), (text, version) => {
        const options = { name: 'x', linker: { family: 'lld', version } } as const;
        expect(read(text, version, { i: 'x = 1;' }).errors.length).toBeLessThan(2);
        expect(readVersionScript(text, options).errors.length).toBeLessThan(2);
        expect(readDynamicList(text, options).errors.length).toBeLessThan(2);
        readSymbolList(text);
        if (typeof text === 'string') parseDefsym('x', text, options);
      }),
      { numRuns: 2000 },
    );
  });

  it('cut from a script leave what was read before the cut', () => {
    for (const text of SCRIPT_CASES.filter((_, i) => i % 5 === 0)) {
      const whole = read(text).commands;
      for (let end = 0; end < Math.min(text.length, 200); end += 1) {
        const { commands } = read(text.slice(0, end));
        const kinds = (some: LinkScript['commands']): string[] => some.map(({ kind }) => kind);
        // The last one may have become another by the cut.
        expect(kinds(whole).slice(0, Math.max(0, commands.length - 1))).toEqual(kinds(commands).slice(0, -1));
      }
    }
  });

  it('at an odd place in memory are the same script', () => {
    const text = new TextEncoder().encode('x = é;\nINPUT("ä b" c)');
    const moved = new Uint8Array(text.length + 3).subarray(3);
    moved.set(text);
    expect(read(moved)).toEqual(read(text));
    expect(read(text)).toEqual(read('x = é;\nINPUT("ä b" c)'));
  });
});

describe('patterns', () => {
  it('of many stars cost at most the lengths multiplied', () => {
    const matcher = compileGlobs([{ pattern: `${'a*'.repeat(500)}b`, isGlob: true }]);
    expect(bounded(() => matcher.matches('a'.repeat(20_000)))).toBe(false);
  });

  it('match what they match as regular expressions', () => {
    const pattern = fc.array(fc.constantFrom('a', 'b', '*', '?', '[ab]', '[!a]', '\\*', '.'), { maxLength: 8 });
    const name = fc.array(fc.constantFrom('a', 'b', 'c', '*', '.'), { maxLength: 10 }).map((parts) => parts.join(''));
    const expressions: Readonly<Record<string, string>> = { '*': '.*', '?': '.', '[!a]': '[^a]', '.': '\\.' };
    fc.assert(
      fc.property(pattern, name, (parts, text) => {
        const expression = new RegExp(`^${parts.map((part) => expressions[part] ?? part).join('')}$`);
        const matcher = compileGlobs([{ pattern: parts.join(''), isGlob: true }]);
        expect(matcher.matches(text)).toBe(expression.test(text));
      }),
      { numRuns: 5000 },
    );
  });

  it('that are names match nothing else', () => {
    const matcher = compileGlobs([{ pattern: 'a*', isGlob: false }]);
    expect([matcher.matches('a*'), matcher.matches('ab')]).toEqual([true, false]);
  });
});
