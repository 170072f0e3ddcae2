// The symbols of an input are those of llvm-nm without options: as multisets of names and letters, names that are empty
// included.

import { beforeAll, describe, expect, it } from 'vitest';
import { jsonLines, ltoscope } from '../helpers/cli.ts';
import type { SymbolsLine } from '../helpers/cli.ts';
import { FIXTURES_ROOT, fixturesOfKind } from '../helpers/fixtures.ts';
import { nmByObject } from '../helpers/nm.ts';
import { describeWithTools, run } from '../helpers/tools.ts';

const OBJECTS = [...fixturesOfKind('elf'), ...fixturesOfKind('bitcode')];
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
