// What archivers index is what checks of an archive expect in its index: every kind of symbol, in ELF, bitcode and GCC's
// intermediate code.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openArchive } from '../../src/archive/index.ts';
import { checkArchive } from '../../src/link/index.ts';
import { temporaryFolder } from '../helpers/temporary.ts';
import { describeWithTools, run } from '../helpers/tools.ts';

const C = `
int strong(void) { return 1; }
__attribute__((weak)) int weak(void) { return 2; }
__attribute__((visibility("hidden"))) int hidden(void) { return 3; }
int common;
static int local;
int *use(void) { extern int elsewhere; return elsewhere ? &local : 0; }
static int target(void) { return 4; }
static void *resolve(void) { return (void *)target; }
int ifunc(void) __attribute__((ifunc("resolve")));
__thread int tls;
extern int alias(void) __attribute__((alias("strong")));
`;
const CXX =
  'template <class T> struct S { static T t; T f() { return t; } }; template <class T> T S<T>::t; template struct S<int>; inline int g() { static int n; return n++; } int h() { return g(); }';
const ASSEMBLY = `
.globl absolute, versioned, unique
absolute = 42
.text
versioned: ret
.symver versioned, versioned@V1
.type unique, @gnu_unique_object
unique: .byte 0
.weak undefined_weak
`;
const CLANG = ['clang-16', 'ar', 'llvm-ar-16', 'llvm-ar-22'] as const;

describeWithTools('the index of members of every kind', CLANG, ([clang, ...archivers]) => {
  const cwd = temporaryFolder({ 'c.c': C, 'x.cc': CXX, 's.s': ASSEMBLY });

  function compile(...args: readonly string[]): void {
    const { status, stderr } = run(clang, ['-fcommon', '-c', ...args], { cwd });
    if (status !== 0) throw new Error(stderr);
  }

  it('is neither incomplete nor stale, whichever archiver made it', () => {
    compile('c.c', '-o', 'c.o');
    compile('x.cc', '-o', 'x.o');
    compile('s.s', '-o', 's.o');
    compile('c.c', '-flto=thin', '-o', 'c.thin.o');
    compile('x.cc', '-flto', '-o', 'x.full.o');
    const native = ['c.o', 'x.o', 's.o'];
    for (const [i, archiver] of archivers.entries()) {
      // GNU ar reads bitcode by a plugin alone.
      const members = i === 0 ? native : [...native, 'c.thin.o', 'x.full.o'];
      for (const format of i === 0 ? [[]] : [['--format=gnu'], ['--format=bsd'], ['--format=darwin']]) {
        const file = `lib-${i}-${format.join('')}.a`;
        expect(run(archiver, [...format, '-rcsD', file, ...members], { cwd }).status).toBe(0);
        const { index, memberCount } = checkArchive(openArchive(readFileSync(join(cwd, file))));
        expect(memberCount).toBe(members.length);
        expect(index.entryCount).toBeGreaterThan(15);
        expect({ ...index, entryCount: 0 }).toEqual({
          state: 'read',
          entryCount: 0,
          missing: [],
          stale: [],
          dangling: [],
        });
      }
    }
  });
});

describeWithTools("the index of GCC's slim objects", ['gcc', 'gcc-ar', 'llvm-ar-22'], ([gcc, gccAr, llvmAr]) => {
  it('is complete by gcc-ar and incomplete by an archiver without the plugin', () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'c.c'), C);
    expect(run(gcc, ['-flto', '-fno-fat-lto-objects', '-c', 'c.c'], { cwd }).status).toBe(0);
    run(gccAr, ['rcsD', 'good.a', 'c.o'], { cwd });
    run(llvmAr, ['rcsD', 'bad.a', 'c.o'], { cwd });
    const indexOf = (file: string) => checkArchive(openArchive(readFileSync(join(cwd, file)))).index;
    expect(indexOf('good.a')).toMatchObject({ missing: [], stale: [], dangling: [] });
    const { missing, stale } = indexOf('bad.a');
    expect(missing.map(({ name }) => name)).toContain('strong');
    expect(stale).toEqual([]);
  });
});
