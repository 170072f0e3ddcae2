// What linker scripts say, of texts that need no linker.

import { describe, expect, it } from 'vitest';
import { describeAt, parseDefsym, readLinkScript, readSymbolList } from '../../../../src/link/index.ts';
import type { LinkScript } from '../../../../src/link/index.ts';

function read(text: string, version = '22'): LinkScript {
  return readLinkScript(text, { name: 'x.lds', linker: { family: 'lld', version } });
}

/** The commands without the places, which other tests look at. */
function commandsOf(text: string): unknown[] {
  return read(text).commands.map((command) => {
    if (command.kind !== 'input' && command.kind !== 'assign') return command;
    const { place, ...rest } = command;
    expect(place).toBeDefined();
    return rest;
  });
}

describe('a linker script', () => {
  it('names inputs, in groups and as needed', () => {
    const text = 'GROUP ( /lib/libc.so.6 AS_NEEDED ( "/lib/a b.so" -lm ) ) INPUT(=c.o)';
    expect(commandsOf(text)).toEqual([
      { kind: 'input', name: '/lib/libc.so.6', asNeeded: false, group: 0 },
      { kind: 'input', name: '/lib/a b.so', asNeeded: true, group: 0 },
      { kind: 'input', name: '-lm', asNeeded: true, group: 0 },
      { kind: 'input', name: '=c.o', asNeeded: false, group: -1 },
    ]);
  });

  it('tells where an input stands, so that its absence can be reported', () => {
    const [input] = read('/* */\nINPUT(a.o\n  b.o)').commands.slice(1);
    expect(input?.kind === 'input' && describeAt(input.place, 'unable to find b.o')).toBe(
      'x.lds:3: unable to find b.o\n>>>   b.o)\n>>>   ^',
    );
  });

  it('keeps what stands before its first error', () => {
    const { commands, errors } = read('ENTRY(main)\nx = 5;\ny = ;\nENTRY(z)');
    expect(commands.map(({ kind }) => kind)).toEqual(['entry', 'assign']);
    expect(errors).toEqual(['x.lds:3: malformed number: ;\n>>> y = ;\n>>>     ^']);
  });

  it('has the symbols that expressions name, those of PROVIDE by version', () => {
    const text = 'PROVIDE(a = b + c);\nd = DEFINED(e) ? f : 1;\nSECTIONS { .t ADDR(.u) + g : { h = .; QUAD(i) } }';
    const names = (version: string): string[] => read(text, version).references.map(({ name }) => name);
    expect(names('22')).toEqual(['f', 'g', 'i']);
    expect(names('16')).toEqual(['b', 'c', 'f', 'g', 'i']);
    expect(read(text).references[0]).toEqual({ name: 'f', place: 'x.lds:2' });
  });

  it('computes constants as unsigned words of 64 bits', () => {
    const values = (text: string): unknown[] =>
      read(text).commands.map((command) => command.kind === 'assign' && command.value);
    const text = 'a = 1 + 2 * 3; b = -1; c = 10K; d = 1 << 65; e = ~0 >> 60; f = x; g = ALIGN(5, 8);';
    expect(values(text)).toEqual([7n, 0xffff_ffff_ffff_ffffn, 10240n, 2n, 15n, undefined, 8n]);
  });

  it('tells of output sections and of what they keep', () => {
    const text = 'SECTIONS { .text : { *(.text .text.*) KEEP(*(EXCLUDE_FILE(a.o) .init)) b.o } /DISCARD/ : { *(.x) } }';
    expect(read(text)).toMatchObject({
      hasSections: true,
      commands: [
        {
          kind: 'section',
          name: '.text',
          inputs: [
            { file: '*', keep: false, patterns: ['.text', '.text.*'] },
            { file: '*', keep: true, patterns: ['.init'] },
            { file: 'b.o', keep: false, patterns: ['*'] },
          ],
        },
        { kind: 'section', name: '/DISCARD/' },
      ],
    });
  });

  it('may be any file, whose first word is unknown then', () => {
    expect(read('Hello, world!').errors[0]).toMatch(/^x\.lds:1: unknown directive: Hello\n/);
    expect(read('').errors).toEqual([]);
  });
});

describe('a --defsym', () => {
  it('has a value or the symbols it depends on', () => {
    expect(parseDefsym('a', '0x10 + 1')).toMatchObject({ name: 'a', value: 17n, references: [], errors: [] });
    expect(parseDefsym('a', 'b+4')).toMatchObject({ value: undefined, references: [{ name: 'b' }] });
  });
});

describe('a list of symbols', () => {
  it('has one a line', () => expect(readSymbolList(' a \r\n#b\n\nc d\n')).toEqual(['a', 'c d']));
});
