// GCC's sections for link-time optimisation, beside what gcc-nm says of the same objects.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  gccLtoSections,
  readGccLtoHeader,
  readGccLtoSymbols,
  readGccLtoUnits,
} from '../../../src/elf/content/index.ts';
import type { GccLtoSymbolTable } from '../../../src/elf/content/index.ts';
import { openElf } from '../../../src/elf/index.ts';
import type { ElfFile } from '../../../src/elf/index.ts';
import { buildElf, ElfWriter } from '../../helpers/elf-builder.ts';
import type { SectionSpec } from '../../helpers/elf-builder.ts';
import { formatErrorOf } from '../../helpers/errors.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { describeWithTools, run } from '../../helpers/tools.ts';

const SOURCES = {
  'a.c': `int common_one; int common_array[100]; static int local = 3; int zeroed __attribute__((nocommon));
    extern int outside; __attribute__((weak)) int weak_variable = 4; __attribute__((weak)) extern int weak_outside;
    __attribute__((visibility("hidden"))) int hidden = 2; __attribute__((visibility("protected"))) int guarded = 2;
    __attribute__((weak)) int weak_function(int x) { return x + outside + weak_outside; }
    int main(void) { return weak_function(local) + common_one + common_array[3]++ + zeroed; }`,
  'b.cc': `inline int shared(int x) { static int counter; return counter += x; }
    template <class T> T twice(T t) { return t + shared(1); }
    int use() { return twice(3) + twice(3.0); }
    thread_local int in_thread;`,
};

function symbolsOf(elf: ElfFile): GccLtoSymbolTable[] {
  return readGccLtoUnits(elf).flatMap((unit) => readGccLtoSymbols(elf, unit) ?? []);
}

function rows(table: GccLtoSymbolTable): string[] {
  return Array.from({ length: table.length }, (_, i) => `${table.letter(i)} ${table.name(i)}`);
}

/** Letter and name of each symbol. */
function namesListedBy(nm: string, path: string): string[] {
  return [...run(nm, [path]).stdout.matchAll(/^\S*\s+(\S \S+)$/gm)].map(([, symbol]) => symbol ?? '');
}

describe.each([
  ['gcc', 'gcc-nm', 'ld'],
  ['aarch64-linux-gnu-gcc', 'aarch64-linux-gnu-gcc-nm', 'aarch64-linux-gnu-ld'],
])('objects of %s', (...names) => {
  describeWithTools('beside gcc-nm', names, (tools) => {
    const [gcc, nm, ld] = tools;
    const compile = (source: string, ...args: string[]): { elf: ElfFile; folder: string } => {
      const folder = temporaryFolder(SOURCES);
      const made = run(gcc, ['-c', '-flto', '-O1', '-fcommon', ...args, source, '-o', 'out.o'], { cwd: folder });
      expect(made).toMatchObject({ status: 0, stderr: '' });
      return { elf: openElf(readFileSync(join(folder, 'out.o'))), folder };
    };

    it('have the same symbols, slim', () => {
      const { elf, folder } = compile('a.c');
      const theirs = namesListedBy(nm, join(folder, 'out.o'));
      const [symbols] = symbolsOf(elf);
      expect(symbols && rows(symbols).toSorted()).toEqual(theirs.toSorted());
    });

    it('tell kind, visibility and size, slim or fat, in the byte order of the computer that GCC ran on', () => {
      const options = [[], ['-ffat-lto-objects'], ...(gcc.includes('aarch64') ? [['-mbig-endian']] : [])];
      for (const args of options) {
        const { elf } = compile('a.c', ...args);
        const [unit, ...others] = readGccLtoUnits(elf);
        expect(others).toEqual([]);
        const header = readGccLtoHeader(elf, unit?.header ?? 0);
        expect(header).toMatchObject({
          isSlim: args[0] !== '-ffat-lto-objects',
          compression: 'zstd',
          littleEndian: true,
        });
        const [table] = symbolsOf(elf);
        if (table === undefined) throw new Error('no symbols');
        const facts = new Map(
          Array.from({ length: table.length }, (_, i) => [
            table.name(i),
            [table.kind(i), table.visibility(i), Number(table.size(i))],
          ]),
        );
        expect(Object.fromEntries(facts)).toMatchObject({
          main: [0, 0, 0],
          guarded: [0, 1, 0],
          hidden: [0, 3, 0],
          weak_variable: [1, 0, 0],
          outside: [2, 0, 0],
          weak_outside: [3, 0, 0],
          common_array: [4, 0, 400],
        });
        const slots = Array.from({ length: table.length }, (_, i) => table.slot(i));
        expect(Math.max(...slots)).toBeLessThan(1 << 20);
      }
    });

    it('have their sections told by kind, function and unit', () => {
      const { elf } = compile('a.c', '-g');
      const sections = [...gccLtoSections(elf)];
      const kinds = new Set(sections.filter(({ purpose }) => purpose === 'lto').map(({ kind }) => kind));
      for (const kind of ['symtab', 'ext_symtab', 'decls', 'refs', 'symbol_nodes', 'lto', 'opts', 'function_body']) {
        expect(kinds).toContain(kind);
      }
      const bodies = sections.filter(({ kind }) => kind === 'function_body');
      expect(bodies.map(({ functionName }) => functionName)).toContain('main');
      expect(bodies.every(({ order, unit }) => order !== undefined && /^[0-9a-f]+$/.test(unit ?? ''))).toBe(true);
      expect(sections.filter(({ purpose }) => purpose === 'debuglto').map(({ kind }) => kind)).toContain('.debug_info');
    });

    it('keep their units apart after ld -r', () => {
      const folder = temporaryFolder({ 'one.c': 'int one;', 'two.c': 'int two;' });
      for (const name of ['one', 'two']) {
        const made = run(gcc, ['-c', '-flto', '-ffat-lto-objects', `${name}.c`], { cwd: folder });
        expect(made).toMatchObject({ status: 0 });
      }
      expect(run(ld, ['-r', 'one.o', 'two.o', '-o', 'both.o'], { cwd: folder })).toMatchObject({ status: 0 });
      const both = symbolsOf(openElf(readFileSync(join(folder, 'both.o'))));
      expect(both.map((table) => table.name(0))).toEqual(['one', 'two']);
    });
  });
});

describeWithTools('C++ objects', ['g++', 'gcc-nm'], ([gcc, nm]) => {
  it('have the same symbols, and the keys of their COMDAT groups', () => {
    const folder = temporaryFolder(SOURCES);
    expect(run(gcc, ['-c', '-flto', 'b.cc', '-o', 'b.o'], { cwd: folder })).toMatchObject({ status: 0 });
    const [symbols] = symbolsOf(openElf(readFileSync(join(folder, 'b.o'))));
    if (symbols === undefined) throw new Error('no symbols');
    const theirs = namesListedBy(nm, join(folder, 'b.o'));
    expect(rows(symbols).toSorted()).toEqual(theirs.toSorted());
    const keys = Array.from({ length: symbols.length }, (_, i) => [symbols.name(i), symbols.comdatKey(i)]);
    expect(Object.fromEntries(keys)).toMatchObject({ _Z6sharedi: '_Z6sharedi', _Z3usev: '' });
  });
});

interface Entry {
  name: string;
  key?: string;
  kind?: number;
  visibility?: number;
  size?: bigint;
  slot?: number;
}

function symtab(entries: readonly Entry[], littleEndian = true): Uint8Array {
  const out = new ElfWriter({ bits: 64, littleEndian });
  for (const { name, key = '', kind = 0, visibility = 0, size = 0n, slot = 200 } of entries) {
    const encoder = new TextEncoder();
    out
      .raw(encoder.encode(`${name}\0${key}\0`))
      .byte(kind)
      .byte(visibility)
      .address(size)
      .word(slot);
  }
  return out.bytes;
}

function open(...sections: SectionSpec[]): ElfFile {
  return openElf(buildElf({ sections }).bytes);
}

const HEADER = { name: '.gnu.lto_.lto.a1', type: 1, data: Uint8Array.of(12, 0, 0, 0, 1, 0, 1, 0) };

describe('names of sections', () => {
  const parse = (name: string) => {
    const [section] = gccLtoSections(open({ name, type: 1 }));
    return section;
  };

  it.each([
    // GCC 4.5, 4.6 to 8, 9 and later.
    ['.gnu.lto_.decls', { purpose: 'lto', kind: 'decls' }],
    ['.gnu.lto_.symtab.5f3a', { purpose: 'lto', kind: 'symtab', unit: '5f3a' }],
    ['.gnu.lto_.opts', { purpose: 'lto', kind: 'opts' }],
    ['.gnu.lto_main.5f3a', { purpose: 'lto', kind: 'function_body', functionName: 'main', unit: '5f3a' }],
    ['.gnu.lto_main.7.5f3a', { purpose: 'lto', kind: 'function_body', functionName: 'main', order: 7, unit: '5f3a' }],
    [
      '.gnu.lto_f.part.0.12.5f3a',
      { purpose: 'lto', kind: 'function_body', functionName: 'f.part.0', order: 12, unit: '5f3a' },
    ],
    ['.gnu.lto_main', { purpose: 'lto', kind: 'function_body', functionName: 'main' }],
    ['.gnu.offload_lto_.decls.1', { purpose: 'offload_lto', kind: 'decls', unit: '1' }],
    ['.gnu.debuglto_.debug_info', { purpose: 'debuglto', kind: '.debug_info' }],
    ['.gnu.hash', undefined],
    ['.gnu.linkonce.this_module', undefined],
  ])('%s', (name, section) => {
    expect(parse(name)).toEqual(section && { index: 1, ...section });
  });
});

describe('the symbol table', () => {
  it('is read by a guess of its byte order where no header tells it', () => {
    for (const littleEndian of [true, false]) {
      const data = symtab(
        [
          { name: 'a', slot: 0 },
          { name: 'b', slot: 300, size: 5n },
        ],
        littleEndian,
      );
      const [table] = symbolsOf(open({ name: '.gnu.lto_.symtab.a1', type: 1, data }));
      expect([table?.slot(1), table?.size(1), table?.symbolType(1), table?.letter(1)]).toEqual([
        300,
        5n,
        undefined,
        'T',
      ]);
    }
  });

  it('has its extension told by its format', () => {
    const data = symtab([{ name: 'a' }, { name: 'b' }]);
    const table = (extension: number[]) =>
      symbolsOf(
        open(
          HEADER,
          { name: '.gnu.lto_.symtab.a1', type: 1, data },
          { name: '.gnu.lto_.ext_symtab.a1', type: 1, data: Uint8Array.from(extension) },
        ),
      ).flatMap((symbols) => [symbols.letter(0), symbols.letter(1)]);
    expect(table([1, 2, 1, 2, 0])).toEqual(['B', 'D']);
    expect(table([1, 2, 1])).toEqual(['B', 'T']);
    expect(table([2, 2, 1, 2, 0])).toEqual(['T', 'T']);
    expect(table([])).toEqual(['T', 'T']);
  });

  it('is refused where its last symbol is cut', () => {
    const data = symtab([{ name: 'ab', key: 'c' }]);
    const tableOf = (bytes: Uint8Array) =>
      symbolsOf(open(HEADER, { name: '.gnu.lto_.symtab.a1', type: 1, data: bytes }));
    expect(tableOf(new Uint8Array(0))).toHaveLength(1);
    for (let length = 1; length < data.length; length += 1) {
      expect(formatErrorOf(() => tableOf(data.subarray(0, length))).code).toBe('truncated');
    }
  });

  it('gives back what was written', () => {
    const name = fc.string({ unit: fc.constantFrom('a', '_', 'é', '.', '$') });
    const entry = fc.record({
      name,
      key: name,
      kind: fc.integer({ min: 0, max: 255 }),
      visibility: fc.integer({ min: 0, max: 255 }),
      size: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      slot: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    });
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        const data = symtab(entries);
        const [table] = symbolsOf(open(HEADER, { name: '.gnu.lto_.symtab.a1', type: 1, data }));
        const read = Array.from({ length: table?.length ?? 0 }, (_, i) => ({
          name: table?.name(i),
          key: table?.comdatKey(i),
          kind: table?.kind(i),
          visibility: table?.visibility(i),
          size: table?.size(i),
          slot: table?.slot(i),
        }));
        expect(read).toEqual(entries);
      }),
    );
  });

  it('is absent where the unit has none', () => {
    const elf = open(HEADER);
    expect(readGccLtoUnits(elf)).toEqual([{ unit: 'a1', header: 1, functionBodies: [] }]);
    expect(symbolsOf(elf)).toEqual([]);
    expect(readGccLtoUnits(open({ type: 1 }))).toEqual([]);
  });
});

describe('the header', () => {
  it('keeps numbers that GCC 15 does not know', () => {
    const elf = open({ ...HEADER, data: Uint8Array.of(16, 0, 1, 0, 0, 0, 7, 0) });
    expect(readGccLtoHeader(elf, 1)).toEqual({
      raw: { major_version: 16, minor_version: 1, slim_object: 0, flags: 7 },
      isSlim: false,
      compression: undefined,
      littleEndian: true,
    });
  });

  it('is refused where it is cut', () => {
    for (let length = 0; length < 8; length += 1) {
      const elf = open({ ...HEADER, data: HEADER.data.subarray(0, length) });
      expect(formatErrorOf(() => readGccLtoHeader(elf, 1)).code).toBe('out-of-bounds');
    }
  });
});

it('sections that share one long name do not cost a copy of it each', () => {
  const name = `.gnu.lto_${'a'.repeat(1 << 16)}`;
  const shared = { type: 1, nameOffset: 2 };
  const elf = open({ name, type: 1 }, ...Array.from({ length: 200 }, () => shared));
  expect(formatErrorOf(() => [...gccLtoSections(elf)]).code).toBe('limit-exceeded');
});
