// Every block and record of bitcode, against what llvm-bcanalyzer counts and dumps. The files of a kernel are compared
// where LTOSCOPE_KERNEL names a build tree.

import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareDump, compareStatistics } from '../helpers/compare-bitstream.ts';
import { fixturePath, fixturesOfKind } from '../helpers/fixtures.ts';
import { temporaryFolder } from '../helpers/temporary.ts';
import { describeWithTools, run } from '../helpers/tools.ts';

describeWithTools('the fixtures, against llvm-bcanalyzer 22', ['llvm-bcanalyzer-22'], ([bcanalyzer]) => {
  it.each(fixturesOfKind('bitcode'))('%s', (name) => {
    compareStatistics(bcanalyzer, fixturePath(name));
    compareDump(bcanalyzer, fixturePath(name));
  });
});

const SOURCES = {
  'code.c': `
    __asm__(".globl defined\\ndefined:\\n .long 4\\n");
    struct point { double x, y; long long big; } points[3] = { { 1.5, -2.25, 0x7fffffffffffffff }, { 0, 0, -1 } };
    static int counter; extern int outside(const char *, ...); _Atomic int atomic;
    int jump(int x) { void *t[] = { &&a, &&b }; goto *t[x & 1]; a: return 1; b: return outside("%d\\n", counter++); }
    int again(int x) { switch (x) { case 3: return jump(x); case 900: return 2; default: return atomic++ + points[x].x; } }`,
  'code.cpp': `
    struct Base { virtual ~Base(); virtual int f(); };
    struct Derived : Base { int f() override { throw 3; } };
    int use(Base *b) { try { return b->f(); } catch (int x) { return x; } }
    template <class T> T twice(T x) { return x + x; }
    Base *make() { return new Derived; } double d = twice(2.0) + twice(3);`,
};

const OPTIONS = [
  ['-O0', '-g'],
  ['-O2', '-flto'],
  ['-O2', '-g', '-flto=thin'],
  ['-O1', '-fno-discard-value-names'],
];

for (const version of [13, 14, 15, 16, 19, 22] as const) {
  describeWithTools(
    `bitcode of clang ${version}, against llvm-bcanalyzer 22`,
    [`clang-${version}`, 'llvm-bcanalyzer-22'],
    ([clang, bcanalyzer]) => {
      const folder = temporaryFolder(SOURCES);
      it.each(OPTIONS)('with %s %s %s', (...options) => {
        for (const source of Object.keys(SOURCES)) {
          const object = join(folder, 'unit.bc');
          const flags = options.filter((option) => typeof option === 'string');
          const args = ['--target=aarch64-linux-gnu', '-emit-llvm', '-c', ...flags, source, '-o', object];
          expect(run(clang, args, { cwd: folder })).toMatchObject({ status: 0 });
          compareStatistics(bcanalyzer, object);
          compareDump(bcanalyzer, object);
        }
      });
    },
  );
}

const kernel = process.env['LTOSCOPE_KERNEL'] ?? '';
describe.skipIf(!existsSync(join(kernel, 'vmlinux.a')))('a kernel, against llvm-bcanalyzer 22', () => {
  it('has the same statistics in every member', { timeout: 900_000 }, () => {
    const archive = join(kernel, 'vmlinux.a');
    const members = run('llvm-ar-22', ['t', archive]).stdout.trim().split('\n');
    for (const member of members) {
      const path = resolve(kernel, member);
      const magic = readFileSync(path).subarray(0, 2).toString('latin1');
      if (magic === 'BC') compareStatistics('llvm-bcanalyzer-22', path);
    }
  });
});
