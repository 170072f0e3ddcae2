import { describe, expect, it } from 'vitest';
import { FormatError } from '../../src/bytes/index.ts';
import { listSymbols } from '../../src/link/index.ts';
import type { ListedSymbol } from '../../src/link/index.ts';
import { concat } from '../helpers/archive-builder.ts';
import { fixturePath, fixturesOfKind, readFixture } from '../helpers/fixtures.ts';
import { nmByObject } from '../helpers/nm.ts';
import { BINDING, buildObject, SHN, TYPE } from '../helpers/object-builder.ts';
import type { ObjectSymbol } from '../helpers/object-builder.ts';
import { describeWithTools, run } from '../helpers/tools.ts';

/** The symbols of a fixture by their names. */
function symbolsOf(fixture: string): Map<string, ListedSymbol> {
  return new Map(Array.from(listSymbols(readFixture(fixture)), (symbol) => [symbol.name, symbol]));
}

/** `letter name` of each, sorted. */
function linesOf(symbols: Iterable<ListedSymbol>): string[] {
  return Array.from(symbols, ({ letter, name }) => `${letter} ${name}`).sort();
}

describe('symbols of ELF', () => {
  const symbols = symbolsOf('symbols/elf.o');

  it.each<readonly [string, Partial<ListedSymbol>]>([
    ['plain', { letter: 'T', defined: true, binding: 'global', type: 'func', section: '.text', value: '0x0' }],
    ['hidden_value', { letter: 'D', visibility: 'hidden', type: 'object', size: '0x4' }],
    ['protected_value', { visibility: 'protected', value: '0x8' }],
    ['weak_value', { letter: 'V', binding: 'weak', visibility: 'default' }],
    ['weak_alias', { letter: 'W', binding: 'weak', type: 'func' }],
    ['weak_undefined', { letter: 'w', defined: false, binding: 'weak' }],
    ['absolute_base', { letter: 'U', defined: false, binding: 'global', type: 'notype' }],
    ['absolute_limit', { letter: 'A', defined: true, value: '0x1000' }],
    ['absolute_local', { letter: 'a', binding: 'local', value: '0x2a' }],
    ['chosen_at_load', { letter: 'i', type: 'gnu_ifunc' }],
    ['common_buffer', { letter: 'C', defined: true, size: '0x40', value: '0x4' }],
    ['local_counter', { letter: 'b', binding: 'local', section: '.bss' }],
    ['tls_zero', { letter: 'B', type: 'tls', section: '.tbss' }],
    ['tls_initialised', { letter: 'D', type: 'tls', section: '.tdata' }],
  ])('%s', (name, expected) => {
    expect(symbols.get(name)).toMatchObject({ name, ...expected, source: 'elf' });
  });

  it.each(['absolute_base', 'absolute_limit', 'common_buffer'])('%s has no section', (name) => {
    expect(symbols.get(name)).not.toHaveProperty('section');
  });

  it('a unique symbol has a binding of its own', () => {
    expect(symbolsOf('symbols/unique.o').get('unique_object')).toMatchObject({ letter: 'u', binding: 'gnu_unique' });
  });

  it('versions are a part of the name', () => {
    expect([...symbolsOf('symbols/unique.o').keys()]).toContain('versioned@VERS_1');
  });

  it('come in the order of the table', () => {
    const names = ['zeta', 'alpha', 'mu'];
    const object = buildObject({ symbols: names.map((name) => ({ name })) });
    expect(Array.from(listSymbols(object.bytes), ({ name }) => name)).toEqual(names);
  });

  it.each<readonly [string, ObjectSymbol, Partial<ListedSymbol>]>([
    ['an unknown binding stays a number', { name: 'f', binding: 7 }, { binding: '7' }],
    ['an unknown type stays a number', { name: 'f', type: 9 }, { type: '9' }],
    ['a section that does not exist is left out', { name: 'f', section: 77 }, { defined: true, letter: '?' }],
    ['an extended section without its table too', { name: 'f', section: SHN.extended }, { defined: true, letter: '?' }],
    ['visibility may be internal', { name: 'f', other: 1 }, { visibility: 'internal' }],
    ['values have 64 bits', { name: 'f', value: 2n ** 64n - 1n }, { value: '0xffffffffffffffff' }],
    ['an empty name is a name', { name: '' }, { name: '', letter: 'T' }],
  ])('%s', (_, symbol, expected) => {
    const [listed, ...others] = listSymbols(buildObject({ symbols: [symbol], machine: 62 }).bytes);
    expect(others).toEqual([]);
    expect(listed).toMatchObject(expected);
    if (expected.letter === '?') expect(listed).not.toHaveProperty('section');
  });

  it('leave out sections, files and mapping symbols', () => {
    const object = buildObject({
      symbols: [
        { name: '', binding: BINDING.local, type: TYPE.section },
        { name: 'unit.c', binding: BINDING.local, type: TYPE.file, section: SHN.absolute },
        { name: '$x', binding: BINDING.local, type: TYPE.none },
        { name: 'kept' },
      ],
    });
    expect(linesOf(listSymbols(object.bytes))).toEqual(['T kept']);
  });
});

describe('symbols of bitcode', () => {
  const symbols = symbolsOf('symbols/thin.o');

  it.each<readonly [string, Partial<ListedSymbol>]>([
    ['plain', { letter: 'T', defined: true, binding: 'global', type: 'func', visibility: 'default' }],
    ['hidden_value', { letter: 'D', type: 'object', visibility: 'hidden' }],
    ['protected_value', { visibility: 'protected' }],
    ['weak_value', { letter: 'W', binding: 'weak' }],
    ['weak_undefined', { letter: 'w', defined: false, binding: 'weak' }],
    ['absolute_base', { letter: 'U', defined: false }],
    ['absolute_local', { letter: 't', binding: 'local' }],
    ['common_buffer', { letter: 'C', defined: true, size: '0x40' }],
    ['kept_static', { letter: 'd', binding: 'local' }],
    ['tls_zero', { letter: 'D', type: 'tls' }],
  ])('%s', (name, expected) => {
    expect(symbols.get(name)).toMatchObject({ name, ...expected, source: 'bitcode' });
  });

  it('have no value, and a size only if they are common', () => {
    const others = [...symbols.values()].filter(({ letter }) => letter !== 'C');
    expect(others.filter((symbol) => 'value' in symbol || 'size' in symbol)).toEqual([]);
  });

  it('have the section that the source names', () => {
    expect(symbolsOf('versions/clang-22/thin.o').get('clock_setup')).toMatchObject({ section: '.init.text' });
    expect(symbolsOf('versions/clang-22/thin.o').get('clock_read')).not.toHaveProperty('section');
  });

  it('are those of module-level assembly too, with empty names', () => {
    const listed = linesOf(listSymbols(readFixture('versions/clang-16/module-asm.o')));
    expect(listed).toEqual(expect.arrayContaining(['T asm_global', 'W asm_weak', 'U asm_undefined']));
    expect(listed.filter((line) => line.endsWith(' '))).not.toEqual([]);
  });

  it('in ELF are listed in place of those of ELF', () => {
    const sources = Array.from(listSymbols(readFixture('embedded/fat-clang-22.o')), ({ source }) => source);
    expect(new Set(sources)).toEqual(new Set(['bitcode']));
  });

  it('that is embedded for other ends is not looked at', () => {
    const sources = Array.from(listSymbols(readFixture('embedded/llvmbc.o')), ({ source }) => source);
    expect(new Set(sources)).toEqual(new Set(['elf']));
  });
});

describe('what has no symbols', () => {
  it.each([
    ['text', new TextEncoder().encode('text\n')],
    ['nothing', new Uint8Array(0)],
    ['an archive', readFixture('archives/gnu.a')],
    ['an object without a symbol table', buildObject({}).bytes.subarray(0)],
  ])('%s', (_, bytes) => {
    expect([...listSymbols(bytes)]).toEqual([]);
  });
});

describe('damage', () => {
  it.each(['symbols/elf.o', 'symbols/thin.o', 'embedded/fat-clang-22.o'])(
    '%s cut anywhere lists or refuses',
    (name) => {
      const bytes = readFixture(name);
      for (let length = 0; length < bytes.length; length += 13) {
        try {
          for (const symbol of listSymbols(bytes.subarray(0, length))) expect(symbol.letter).toHaveLength(1);
        } catch (error) {
          expect(error, `${length} bytes`).toBeInstanceOf(FormatError);
        }
      }
    },
  );
});

it('is the same at an odd place of a larger buffer', () => {
  for (const name of ['symbols/elf.o', 'symbols/thin.o', 'embedded/fat-clang-22.o']) {
    const bytes = readFixture(name);
    expect([...listSymbols(concat('x', bytes).subarray(1))]).toEqual([...listSymbols(bytes)]);
  }
});

describeWithTools('names and letters are those of llvm-nm 22', ['llvm-nm-22'], ([nm]) => {
  // Of GCC's objects without native code llvm-nm lists nothing that they define; gcc-nm does, see test/cli/symbols.test.ts.
  const objects = fixturesOfKind('elf').filter((name) => !/^gcc\/.*-slim\.o$/.test(name));
  it.each([...objects, ...fixturesOfKind('bitcode')])('%s', (name) => {
    const { status, stdout } = run(nm, ['-p', fixturePath(name)]);
    expect(status).toBe(0);
    const theirs = [...nmByObject(stdout).values()].flat();
    expect(linesOf(listSymbols(readFixture(name)))).toEqual(theirs.sort());
  });
});
