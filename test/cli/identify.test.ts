import { describe, expect, it } from 'vitest';
import { jsonLines, ltoscope } from '../helpers/cli.ts';
import type { IdentifyLine } from '../helpers/cli.ts';
import { FIXTURES_ROOT, fixturesOfKind, manifest } from '../helpers/fixtures.ts';

const IN_FIXTURES = { cwd: FIXTURES_ROOT };

async function identify(paths: readonly string[]): Promise<IdentifyLine[]> {
  const { status, stdout, stderr } = await ltoscope(['identify', '--json', ...paths], IN_FIXTURES);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return jsonLines<IdentifyLine>(stdout);
}

const THIN = { format: 'bitcode', lto: 'llvm-thin' };
const FULL = { format: 'bitcode', lto: 'llvm-full' };
const ELF = { format: 'elf', lto: 'none', type: 'ET_REL' };

// Producers as the clang packages of Debian write them.
const PRODUCERS = { 13: 'LLVM13.0.1', 14: 'LLVM14.0.6', 16: 'LLVM16.0.6', 19: 'LLVM19.1.7', 22: 'LLVM22.1.8' };

const TARGETS: readonly (readonly [string, Partial<IdentifyLine>])[] = [
  ['aarch64_be', { machine: 'aarch64', bits: 64, endian: 'big' }],
  ['aarch64-ilp32', { machine: 'aarch64', bits: 32, endian: 'little' }],
  ['armv7', { machine: 'arm', bits: 32, endian: 'little' }],
  ['armebv7', { machine: 'arm', bits: 32, endian: 'big' }],
  ['i386', { machine: 'i386', bits: 32, endian: 'little' }],
  ['x86_64', { machine: 'x86_64', bits: 64, endian: 'little' }],
  ['riscv64', { machine: 'riscv', bits: 64, endian: 'little' }],
  ['ppc64', { machine: 'ppc64', bits: 64, endian: 'big' }],
  ['s390x', { machine: 's390', bits: 64, endian: 'big' }],
  ['mips64el', { machine: 'mips', bits: 64, endian: 'little' }],
];

describe('identify --json', () => {
  it.each(Object.entries(PRODUCERS))('knows the files of clang %s', async (version, producer) => {
    const folder = `versions/clang-${version}`;
    const [thin, full, elf] = await identify([`${folder}/thin.o`, `${folder}/full.o`, `${folder}/elf.o`]);
    expect(thin).toMatchObject({ ...THIN, producer, machine: 'aarch64', bits: 64, endian: 'little' });
    expect(full).toMatchObject({ ...FULL, producer });
    expect(elf).toMatchObject({ ...ELF, machine: 'aarch64', bits: 64, endian: 'little' });
    expect(thin?.triple).toMatch(/^aarch64-/);
    expect(elf).not.toHaveProperty('triple');
  });

  it.each(TARGETS)('knows the machine, class and byte order of %s in ELF and bitcode', async (target, expected) => {
    const [elf, thin] = await identify([`targets/${target}/elf.o`, `targets/${target}/thin.o`]);
    expect(elf).toMatchObject({ ...ELF, ...expected });
    expect(thin).toMatchObject({ ...THIN, ...expected });
  });

  it('sees through the wrapper', async () => {
    const [wrapped, raw] = await identify(['targets/darwin/arm64-thin.o', 'versions/clang-16/thin.o']);
    expect(wrapped).toMatchObject({ ...THIN, wrapped: true, machine: 'aarch64' });
    expect(raw).not.toHaveProperty('wrapped');
  });

  it.each([
    ['embedded/fat-clang-19.o', 'llvm-fat'],
    ['embedded/fat-clang-22.o', 'llvm-fat'],
    ['embedded/fat-full.o', 'llvm-fat'],
    ['gcc/x86_64-slim.o', 'gcc-slim'],
    ['gcc/x86_64-fat.o', 'gcc-fat'],
    ['gcc/x86_64-plain.o', 'none'],
    ['gcc/aarch64-slim.o', 'gcc-slim'],
    ['gcc/aarch64-fat.o', 'gcc-fat'],
    ['gcc/aarch64-plain.o', 'none'],
  ])('of %s says %s', async (file, lto) => {
    expect((await identify([file]))[0]).toMatchObject({ format: 'elf', lto });
  });

  it('tells an archive and its members, thin ones by their own file', async () => {
    const lines = await identify(['kernel/vmlinux.a']);
    expect(lines[0]).toEqual({
      path: ['kernel/vmlinux.a'],
      file: 'kernel/vmlinux.a',
      format: 'thin-archive',
      size: 658,
    });
    expect(lines.slice(1).map(({ file }) => file)).toEqual(
      expect.arrayContaining(['kernel/init/main.o', 'kernel/arch/head.o']),
    );
    expect(lines).toHaveLength(9);
    for (const line of lines.slice(1))
      expect(line.path).toEqual(['kernel/vmlinux.a', line.file.slice('kernel/'.length)]);
  });

  it('tells two members of one name apart by the offset of their header', async () => {
    const members = (await identify(['archives/same-names.a'])).slice(1);
    expect(members.map(({ path }) => path)).toEqual([
      ['archives/same-names.a', 'strong.o'],
      ['archives/same-names.a', 'strong.o'],
    ]);
    expect(members.every(({ file }) => file === 'archives/same-names.a')).toBe(true);
    expect(new Set(members.map(({ memberOffset }) => memberOffset)).size).toBe(2);
  });

  it('gives each fixture its size and kind', async () => {
    const kinds = ['elf', 'bitcode'] as const;
    const expected = kinds.flatMap((format) => fixturesOfKind(format).map((file) => ({ file, format })));
    const sizes = new Map(manifest.files.map(({ path, size }) => [path, size]));
    const lines = await identify(expected.map(({ file }) => file));
    expect(lines.map(({ file, format, size }) => ({ file, format, size }))).toEqual(
      expected.map(({ file, format }) => ({ file, format, size: sizes.get(file) })),
    );
  });
});

describe('identify', () => {
  it('says the same to people', async () => {
    const { status, stdout } = await ltoscope(['identify', 'kernel/init/main.o', 'archives/foreign.a'], IN_FIXTURES);
    expect(status).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'kernel/init/main.o: bitcode, llvm-thin, aarch64 64-bit, little-endian, LLVM16.0.6, aarch64-unknown-linux-gnu, 3148 bytes',
      'archives/foreign.a: archive, 1424 bytes',
      'archives/foreign.a(strong.o): elf, ET_REL, aarch64 64-bit, little-endian, 1184 bytes',
      'archives/foreign.a(note.txt): text, 51 bytes',
      'archives/foreign.a(empty.o): empty, 0 bytes',
      '',
    ]);
  });
});
