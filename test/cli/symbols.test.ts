// The symbols of an input are those of llvm-nm without options: as multisets of names and letters, names that are empty
// included.

import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { jsonLines, ltoscope } from '../helpers/cli.ts';
import type { SymbolsLine } from '../helpers/cli.ts';
import { buildElf, stringTableData, symbolTableData } from '../helpers/elf-builder.ts';
import { FIXTURES_ROOT, fixturesOfKind } from '../helpers/fixtures.ts';
import { nmByObject } from '../helpers/nm.ts';
import { temporaryFolder } from '../helpers/temporary.ts';
import { describeWithTools, run } from '../helpers/tools.ts';

/** Objects of GCC without native code: llvm-nm lists nothing of what they define. */
const isSlim = (file: string): boolean => /^gcc\/.*-slim\.o$/.test(file);
const OBJECTS = [...fixturesOfKind('elf'), ...fixturesOfKind('bitcode')].filter((file) => !isSlim(file));
const SLIM_OBJECTS = fixturesOfKind('elf').filter(isSlim);
const ARCHIVES = [
  'archives/gnu.a',
  'archives/gnu64.a',
  'archives/no-index.a',
  'archives/thin-no-index.a',
  'kernel/vmlinux.a',
];

async function symbolsOf(...paths: string[]): Promise<SymbolsLine[]> {
  const { status, stdout, stderr } = await ltoscope(['symbols', '--json', ...paths], { cwd: FIXTURES_ROOT });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return jsonLines<SymbolsLine>(stdout);
}

/** `letter name` of the symbols of each path, sorted. */
function byPath(lines: readonly SymbolsLine[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { path, letter, name } of lines) {
    const key = path.join('(');
    groups.set(key, [...(groups.get(key) ?? []), `${letter} ${name}`]);
  }
  for (const group of groups.values()) group.sort();
  return groups;
}

describeWithTools('symbols --json beside llvm-nm', ['llvm-nm-22'], ([nm]) => {
  let ours: Map<string, string[]>;

  beforeAll(async () => {
    ours = byPath(await symbolsOf(...OBJECTS, ...ARCHIVES));
  });

  it.each(OBJECTS)('agrees on %s', (file) => {
    const [theirs = []] = nmByObject(run(nm, [file], { cwd: FIXTURES_ROOT }).stdout).values();
    expect(ours.get(file) ?? []).toEqual(theirs);
  });

  it.each(ARCHIVES)('agrees on each member of %s', (archive) => {
    const theirs = nmByObject(run(nm, [archive], { cwd: FIXTURES_ROOT }).stdout);
    expect(theirs.size).toBeGreaterThan(0);
    for (const [member, symbols] of theirs) expect(ours.get(`${archive}(${member}`)).toEqual(symbols);
  });
});

describeWithTools('symbols --json of objects of GCC beside gcc-nm', ['gcc', 'gcc-nm'], ([gcc, nm]) => {
  const SOURCE = `int common_array[100]; int zeroed __attribute__((nocommon)); extern int outside;
    __attribute__((weak)) int weak_variable = 4; __attribute__((weak)) extern int weak_outside;
    __attribute__((visibility("hidden"))) int hidden = 2;
    int main(void) { return outside + weak_outside + common_array[3]++ + zeroed; }`;

  async function listed(...options: string[]): Promise<{ ours: SymbolsLine[]; theirs: string[] }> {
    const folder = temporaryFolder({ 'a.c': SOURCE });
    const path = join(folder, 'a.o');
    expect(run(gcc, ['-c', '-O1', '-fcommon', ...options, join(folder, 'a.c'), '-o', path]).status).toBe(0);
    const [theirs = []] = nmByObject(run(nm, [path]).stdout).values();
    return { ours: await symbolsOf(path), theirs };
  }

  it.each(SLIM_OBJECTS)('agrees on %s', async (file) => {
    const [theirs = []] = nmByObject(run(nm, [file], { cwd: FIXTURES_ROOT }).stdout).values();
    expect(theirs.length).toBeGreaterThan(0);
    expect([...byPath(await symbolsOf(file)).values()]).toEqual([theirs]);
  });

  it('lists the intermediate code of slim objects', async () => {
    const { ours, theirs } = await listed('-flto', '-fno-fat-lto-objects');
    expect([...byPath(ours).values()]).toEqual([theirs]);
    expect(new Set(ours.map(({ source }) => source))).toEqual(new Set(['gimple']));
    const facts = new Map(ours.map((line) => [line.name, line]));
    expect(facts.get('main')).toMatchObject({ letter: 'T', defined: true, binding: 'global', type: 'func' });
    expect(facts.get('hidden')).toMatchObject({ letter: 'D', type: 'object', visibility: 'hidden' });
    expect(facts.get('common_array')).toMatchObject({ letter: 'C', defined: true, size: '0x190' });
    expect(facts.get('weak_outside')).toMatchObject({ letter: 'w', defined: false, binding: 'weak' });
    expect(facts.get('outside')).toMatchObject({ letter: 'U', defined: false, binding: 'global' });
  });

  it('lists the native code of fat objects', async () => {
    const { ours } = await listed('-flto', '-ffat-lto-objects');
    expect(new Set(ours.map(({ source }) => source))).toEqual(new Set(['elf']));
    expect(ours.find(({ name }) => name === 'main')).toHaveProperty('section', expect.stringMatching(/^\.text/));
  });
});

describe('symbols --json', () => {
  it('tells the facts of a function in ELF', async () => {
    const symbol = (await symbolsOf('symbols/elf.o')).find(({ letter }) => letter === 'T');
    expect(symbol).toMatchObject({ defined: true, binding: 'global', type: 'func', source: 'elf' });
    expect(symbol?.section).toMatch(/^\.text/);
    expect(symbol?.value).toMatch(/^0x[0-9a-f]+$/);
    expect(symbol?.size).toMatch(/^0x[0-9a-f]+$/);
  });

  it('tells what bitcode knows, and no addresses', async () => {
    const symbols = await symbolsOf('kernel/init/main.o');
    const start = symbols.find(({ name }) => name === 'start_kernel');
    expect(start).toMatchObject({ letter: 'T', defined: true, binding: 'global', type: 'func', source: 'bitcode' });
    expect(start).not.toHaveProperty('value');
  });

  it('keeps symbols whose name is empty', async () => {
    const names = (await symbolsOf('versions/clang-16/module-asm.o')).map(({ name }) => name);
    expect(names).toContain('');
  });

  it('of an ELF object with bitcode for LTO lists the bitcode', async () => {
    const symbols = await symbolsOf('embedded/fat-clang-22.o');
    expect(new Set(symbols.map(({ source }) => source))).toEqual(new Set(['bitcode']));
  });

  it('of an archive names the member and where its bytes are', async () => {
    const [thick] = await symbolsOf('archives/gnu.a');
    expect(thick).toMatchObject({ file: 'archives/gnu.a' });
    expect(thick?.path[0]).toBe('archives/gnu.a');
    expect(thick?.memberOffset).toBeGreaterThan(0);
    const [thin] = await symbolsOf('kernel/vmlinux.a');
    expect(thin?.file).toBe(`kernel/${thin?.path[1] ?? ''}`);
  });
});

describe('symbols', () => {
  it('prints columns as llvm-nm does', async () => {
    const { status, stdout } = await ltoscope(['symbols', 'kernel/arch/head.o', 'kernel/init/main.o'], {
      cwd: FIXTURES_ROOT,
    });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^\nkernel\/arch\/head\.o:\n/);
    expect(stdout).toMatch(/^[0-9a-f]{16} T _head$/m);
    expect(stdout).toMatch(/^ {16} U start_kernel$/m);
    expect(stdout).toMatch(/^-{16} T start_kernel$/m);
  });
});

describe('symbols of a damaged file', () => {
  const { data, offsets } = stringTableData(['first', 'last']);
  const [first = 0, last = 0] = offsets;
  /** An object whose symbols have these names. */
  const object = (names: readonly number[], strings = data): string => {
    const symbols = symbolTableData(names.map((nameOffset) => ({ nameOffset, binding: 1 })));
    const sections = [
      { type: 3, data: strings },
      { type: 2, entrySize: 24, link: 1, info: 1, data: symbols },
    ];
    return join(temporaryFolder({ 'x.o': buildElf({ machine: 62, sections }).bytes }), 'x.o');
  };

  it('are listed with an empty name where it cannot be read, as by llvm-nm, and so are those behind', async () => {
    const { status, stdout, stderr } = await ltoscope(['symbols', '--json', object([first, 0x3e7, last])]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/st_name \(0x3e7\) is past the end of the string table of size 0x\w+ \(at 0x\w+\)\n$/);
    expect(jsonLines<SymbolsLine>(stdout).map(({ name }) => name)).toEqual(['first', '', 'last']);
  });

  it('are told by the first of them and their number', async () => {
    const unterminated = Uint8Array.of(0, 97);
    const { status, stdout, stderr } = await ltoscope(['symbols', '--json', object([1, 1, 1], unterminated)]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/is non-null terminated \(at 0x\w+\), and 2 more names or versions that cannot be read\n$/);
    expect(jsonLines<SymbolsLine>(stdout).map(({ name }) => name)).toEqual(['', '', '']);
  });
});
