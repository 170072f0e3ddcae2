// Links small libraries for many machines with ld.lld and GNU ld, and takes libraries of the system, and holds what the
// reader says of program headers, dynamic tables, versions and hash tables against llvm-readobj 22 and GNU readelf.

import { existsSync, mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  openElf,
  readDynamicSymbols,
  readDynamicTable,
  readGnuHashTable,
  readHashTable,
  readInterpreter,
} from '../../src/elf/index.ts';
import { compareLinkedWithReadelf, compareLinkedWithReadobj, compareSymbolsWithGnu } from '../elf/linked-reference.ts';
import { temporaryFolder } from '../helpers/temporary.ts';
import { describeWithTools, run } from '../helpers/tools.ts';

const SOURCE = `
int foo_v1(void) { return 1; }
int foo_v2(void) { return 2; }
__asm__(".symver foo_v1,foo@V1");
__asm__(".symver foo_v2,foo@@V2");
extern int bar(void), unversioned(void);
__attribute__((weak)) extern int absent(void);
int baz(void) { return bar() + unversioned() + (absent ? absent() : 0); }
int data = 3;
int *pointer = &data, *pointers[4] = {&data, &data, &data, &data};
__thread int thread_local_zero;
__thread int thread_local_data = 4;
`;
const FILES = {
  'a.c': SOURCE,
  'b.c': 'int bar(void) { return 4; }\nint bar_other(void) { return 5; }\n',
  'c.c': 'int unversioned(void) { return 6; }\n',
  'main.c': 'extern int foo(void), baz(void);\nvoid _start(void) { foo(); baz(); for (;;); }\n',
  'a.map': 'V1 { global: foo; local: *; };\nV2 { global: foo; baz; data; pointer*; thread_local*; } V1;\n',
  'b.map': 'LIB_1 { global: bar; };\nLIB_2 { global: bar_other; } LIB_1;\n',
};

/** Target of the compiler, emulation of the linker, hash styles that it writes for the machine. */
const MACHINES = [
  ['x86_64-linux-gnu', 'elf_x86_64', 'both'],
  ['i386-linux-gnu', 'elf_i386', 'sysv'],
  ['aarch64-linux-gnu', 'aarch64linux', 'gnu'],
  ['aarch64_be-linux-gnu', 'aarch64linuxb', 'both'],
  ['armv7-linux-gnueabi', 'armelf_linux_eabi', 'both'],
  ['riscv64-linux-gnu', 'elf64lriscv', 'both'],
  ['powerpc64-linux-gnu', 'elf64ppc', 'both'],
  ['powerpc-linux-gnu', 'elf32ppclinux', 'both'],
  ['s390x-linux-gnu', 'elf64_s390', 'both'],
  ['mips-linux-gnu', 'elf32btsmip', 'sysv'],
  ['mips64el-linux-gnuabi64', 'elf64ltsmip', 'sysv'],
] as const;

/** Links the libraries and the program in a folder; gives their paths. */
function link(clang: string, linker: string, folder: string, target: string, options: readonly string[]): string[] {
  const step = (tool: string, args: readonly string[]): void => {
    const { status, stderr } = run(tool, args, { cwd: folder });
    if (status !== 0) throw new Error(`${tool} ${args.join(' ')}: ${stderr}`);
  };
  for (const name of ['a', 'b', 'c', 'main']) {
    step(clang, [`--target=${target}`, '-O1', '-fPIC', '-c', `../${name}.c`, '-o', `${name}.o`]);
  }
  step(linker, [...options, '-shared', '-soname', 'libb.so.1', '--version-script=../b.map', 'b.o', '-o', 'libb.so']);
  step(linker, [...options, '-shared', '-soname', 'libc.so.1', 'c.o', '-o', 'libc.so']);
  const paths = ['-rpath', '/some/where', '--enable-new-dtags'];
  const inputs = ['a.o', 'libb.so', 'libc.so', '-o', 'liba.so'];
  step(linker, [...options, '-shared', '-soname', 'liba.so.1', '--version-script=../a.map', ...paths, ...inputs]);
  const program = ['-pie', '--dynamic-linker', '/lib/ld.so', '--allow-shlib-undefined', 'main.o', 'liba.so'];
  step(linker, [...options, ...program, '-o', 'program']);
  return ['liba.so', 'libb.so', 'libc.so', 'program'].map((name) => join(folder, name));
}

const TOOLS = ['clang-22', 'llvm-readobj-22', 'llvm-readelf-22', 'readelf', 'llvm-objcopy-22', 'ld.lld-22'] as const;

describeWithTools('linked files', TOOLS, ([clang, readobj, llvmReadelf, gnuReadelf, objcopy, lld]) => {
  const root = temporaryFolder(FILES);

  function expectAgreement(paths: readonly string[]): number {
    const comparisons = paths.flatMap((path) => [
      compareLinkedWithReadobj(readobj, path),
      compareLinkedWithReadelf(llvmReadelf, path),
      compareLinkedWithReadelf(gnuReadelf, path),
      compareSymbolsWithGnu(gnuReadelf, path),
    ]);
    expect(comparisons.flatMap(({ differences }) => differences)).toEqual([]);
    return comparisons.reduce((sum, { compared }) => sum + compared, 0);
  }

  /** What is known of symbols must not depend on section headers. */
  function expectSameWithoutSections(paths: readonly string[]): void {
    for (const path of paths) {
      const stripped = `${path}.stripped`;
      run(objcopy, ['--strip-sections', path, stripped]);
      const [before, after] = [path, stripped].map((name) => {
        const elf = openElf(readFileSync(name));
        const symbols = readDynamicSymbols(elf);
        const names = Array.from({ length: symbols?.table.length ?? 0 }, (_, i) => symbols?.fullName(i));
        const hashes = [readHashTable(elf), readGnuHashTable(elf)].map((hash) => hash?.histogram());
        return { count: elf.sections.length, facts: [names, hashes, [...(readDynamicTable(elf)?.texts(1) ?? [])]] };
      });
      expect(before?.count).toBeGreaterThan(0);
      expect(after?.count).toBe(0);
      expect([path, after?.facts]).toEqual([path, before?.facts]);
    }
  }

  it.each(MACHINES)('of ld.lld for %s agree, with and without section headers', (target, emulation, hashStyle) => {
    const folder = join(root, target);
    mkdirSync(folder);
    const paths = link(clang, lld, folder, target, ['-m', emulation, `--hash-style=${hashStyle}`]);
    expect(expectAgreement(paths)).toBeGreaterThan(200);
    expectSameWithoutSections(paths);
  });

  it('have neither dynamic table nor interpreter, where debugging information was split off', () => {
    const folder = join(root, 'split');
    mkdirSync(folder);
    const paths = link(clang, lld, folder, 'x86_64-linux-gnu', ['-m', 'elf_x86_64', '--hash-style=both']);
    for (const path of paths) {
      const split = `${path}.debug`;
      expect(run(objcopy, ['--only-keep-debug', path, split])).toMatchObject({ status: 0 });
      const elf = openElf(readFileSync(split));
      expect(elf.segments.length).toBe(openElf(readFileSync(path)).segments.length);
      const readers = [readDynamicTable, readDynamicSymbols, readHashTable, readGnuHashTable, readInterpreter];
      for (const read of readers) expect([read.name, read(elf)]).toEqual([read.name, undefined]);
      const { differences, compared } = compareLinkedWithReadelf(llvmReadelf, split);
      // The interpreter of llvm-readelf is what happens to stand where the file with the code has it.
      expect(differences.filter((text) => !text.includes(': interpreter: '))).toEqual([]);
      expect(compared).toBeGreaterThan(5);
    }
  });

  it('tell from whom a program wants which version', () => {
    const folder = join(root, 'names');
    mkdirSync(folder);
    const [library = ''] = link(clang, lld, folder, 'x86_64-linux-gnu', ['-m', 'elf_x86_64', '--hash-style=gnu']);
    const symbols = readDynamicSymbols(openElf(readFileSync(library)));
    const exported = Array.from(symbols?.exported() ?? [], (i) => `${symbols?.isDefault(i)} ${symbols?.fullName(i)}`);
    expect(exported.sort()).toEqual([
      'false foo@V1',
      'true baz@@V2',
      'true data@@V2',
      'true foo@@V2',
      'true pointer@@V2',
      'true pointers@@V2',
      'true thread_local_data@@V2',
      'true thread_local_zero@@V2',
    ]);
    const imported = Array.from(symbols?.imported() ?? [], (i) => {
      const version = symbols?.version(i);
      return [symbols?.fullName(i), version && 'need' in version ? version.need.file : undefined];
    });
    expect(imported).toEqual([
      ['bar@LIB_1', 'libb.so.1'],
      ['unversioned', undefined],
      ['absent', undefined],
    ]);
  });

  it('of the system agree', () => {
    const names = ['libc.so.6', 'libm.so.6', 'ld-linux-x86-64.so.2', 'libstdc++.so.6', 'libgcc_s.so.1', 'libz.so.1'];
    names.push('libcrypt.so.1', 'libdl.so.2', 'libpthread.so.0', 'libselinux.so.1', 'libtinfo.so.6', 'libmvec.so.1');
    const paths = names.map((name) => join('/usr/lib/x86_64-linux-gnu', name)).filter(existsSync);
    paths.push(...['/bin/bash', '/bin/ls'].filter(existsSync));
    expectAgreement(paths.map((path) => realpathSync(path)));
  }, 60_000);

  describeWithTools('of GNU ld', ['ld', 'aarch64-linux-gnu-ld'], ([ld, aarch64Ld]) => {
    it.each([
      ['x86_64-linux-gnu', ld, 'both', []],
      ['i386-linux-gnu', ld, 'sysv', ['-m', 'elf_i386']],
      ['aarch64-linux-gnu', aarch64Ld, 'gnu', []],
    ] as const)('agree for %s, with and without section headers', (target, linker, hashStyle, options) => {
      const folder = join(root, `gnu-${target}`);
      mkdirSync(folder);
      const paths = link(clang, linker, folder, target, [...options, `--hash-style=${hashStyle}`]);
      expect(expectAgreement(paths)).toBeGreaterThan(200);
      expectSameWithoutSections(paths);
    });
  });
});
