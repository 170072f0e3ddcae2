// Module flags, named metadata and llvm.used of bitcode, against what llvm-dis prints: that of the writer's version, and that
// of LLVM 22, which reads flags of older versions as newer ones.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openBitcode } from '../../src/bitcode/index.ts';
import type { BitcodeAnomaly } from '../../src/bitcode/index.ts';
import { compareMetadata } from '../bitcode/metadata-reference.ts';
import { fixturePath, fixturesOfKind } from '../helpers/fixtures.ts';
import { temporaryFolder } from '../helpers/temporary.ts';
import { describeWithTools, findTool, run } from '../helpers/tools.ts';

const SOURCES = {
  'unit.c': `
    struct node { struct node *next; int value; } *head; typedef int (*hook)(struct node *);
    __attribute__((used)) static int kept = 1; __attribute__((used)) static int function(struct node *n) { return n->value; }
    __attribute__((used)) hook hooks[] = { function }; _Thread_local int tls;
    int call_it(hook h);
    int jump(int x) { asm goto("# %0" : : "r"(x) : : out); return call_it(function); out: return tls; }
    int call_it(hook h) { return h(head); }`,
  'unit.cpp': `
    struct Base { virtual ~Base(); virtual int f() { return 1; } };
    struct Derived final : Base { int f() override { throw 3; } };
    template <class T> struct Box { T value; T get() const { return value; } };
    int use(Base *b) { try { return b->f(); } catch (int x) { return x + Box<int>{3}.get(); } }
    Base *make() { return new Derived; } namespace { [[gnu::used]] int hidden() { return sizeof(wchar_t); } }`,
  'libraries.c': `
    #pragma comment(lib, "m")
    #pragma comment(lib, "a name with \\"quotes\\"")
    int f(void) { return 0; }`,
  'options.c': `
    #pragma comment(linker, "/include:f")
    #pragma comment(lib, "kernel32")
    int f(void) { return 0; }`,
};

type Build = readonly [target: string, source: keyof typeof SOURCES, since: number, ...options: string[]];

const X86 = 'x86_64-linux-gnu';
const ARM64 = 'aarch64-linux-gnu';

const BUILDS: readonly Build[] = [
  [X86, 'unit.c', 13, '-O0', '-g', '-emit-llvm'],
  [X86, 'unit.c', 13, '-O2', '-flto', '-fPIC', '-fcf-protection=full', '-frecord-gcc-switches'],
  [X86, 'unit.c', 16, '-O2', '-flto=thin', '-fsanitize=kcfi', '-mcmodel=kernel', '-fno-pic'],
  [X86, 'unit.c', 13, '-O2', '-flto', '-fsanitize=cfi', '-fvisibility=hidden', '-fsanitize-cfi-cross-dso'],
  [X86, 'unit.c', 13, '-O1', '-flto', '-mstack-protector-guard=tls', '-mstack-protector-guard-reg=gs', '-fno-plt'],
  [X86, 'unit.c', 17, '-O1', '-flto=thin', '-funified-lto'],
  [X86, 'unit.cpp', 13, '-O2', '-g', '-flto=thin'],
  [X86, 'unit.cpp', 13, '-O2', '-flto=thin', '-fsanitize=cfi', '-fvisibility=hidden', '-fsplit-lto-unit'],
  [
    X86,
    'unit.cpp',
    13,
    '-O2',
    '-flto',
    '-fwhole-program-vtables',
    '-fvisibility=hidden',
    '-fvirtual-function-elimination',
  ],
  [ARM64, 'unit.c', 13, '-O2', '-flto=thin', '-mbranch-protection=standard', '-fshort-wchar'],
  [ARM64, 'unit.c', 13, '-O2', '-flto', '-mbranch-protection=pac-ret+leaf+b-key', '-mcmodel=tiny'],
  [ARM64, 'unit.c', 19, '-O2', '-flto', '-mbranch-protection=gcs', '-fno-omit-frame-pointer'],
  ['armv7a-linux-gnueabihf', 'unit.c', 13, '-O1', '-flto', '-fshort-enums'],
  ['riscv64-linux-gnu', 'unit.c', 13, '-O1', '-flto', '-mabi=lp64d', '-march=rv64gc'],
  [X86, 'libraries.c', 13, '-O1', '-flto'],
  ['x86_64-windows-msvc', 'options.c', 13, '-O1', '-flto'],
];

const compile = ([target, source, , ...options]: Build, folder: string) => {
  const object = join(folder, 'unit.bc');
  // Debian has the ignore list of CFI in a package of its own.
  const args = [`--target=${target}`, '-w', '-c', '-fno-sanitize-ignorelist', ...options, source, '-o', object];
  return { object, args };
};

/** The modules of a file as llvm-dis prints them; it takes files of one module only. */
function printedModules(object: string, count: number, version: number, dis: string, folder: string): string[] {
  if (count === 1) return [run(dis, [object, '-o', '-']).stdout];
  const extract = findTool('llvm-modextract', version) ?? '';
  return Array.from({ length: count }, (_, n) => {
    const part = join(folder, `part${n}.bc`);
    expect(run(extract, ['-b', '-n', String(n), object, '-o', part])).toMatchObject({ status: 0 });
    return run(dis, [part, '-o', '-']).stdout;
  });
}

for (const version of [13, 14, 15, 16, 19, 22] as const) {
  describeWithTools(
    `metadata of clang ${version}`,
    [`clang-${version}`, `llvm-dis-${version}`, `llvm-modextract-${version}`, 'llvm-dis-22'],
    ([clang, dis, , newest]) => {
      const folder = temporaryFolder(SOURCES);
      const builds = BUILDS.filter(([, , since]) => since <= version);
      it.each(builds.map((build) => [build.join(' '), build] as const))('for %s', (_, build) => {
        const { object, args } = compile(build, folder);
        expect(run(clang, args, { cwd: folder })).toMatchObject({ status: 0 });
        const anomalies: BitcodeAnomaly[] = [];
        const { modules } = openBitcode(readFileSync(object), { onAnomaly: (anomaly) => anomalies.push(anomaly) });
        const printed = printedModules(object, modules.length, version, dis, folder);
        modules.forEach((module, n) => compareMetadata(module, printed[n] ?? '', false));
        expect(anomalies).toEqual([]);
        if (![13, 16, 19].includes(version) || build[1] !== 'unit.c') return;
        const upgraded = run(newest, [object, '-o', '-']).stdout;
        modules.forEach((module) => compareMetadata(module, upgraded, true));
      });
    },
  );
}

describeWithTools('metadata of the fixtures', ['llvm-dis-22', 'llvm-modextract-22'], ([dis]) => {
  const folder = temporaryFolder();
  it('is what LLVM 22 reads', () => {
    const fixtures = fixturesOfKind('bitcode');
    expect(fixtures.length).toBeGreaterThan(10);
    for (const fixture of fixtures) {
      const { modules } = openBitcode(readFileSync(fixturePath(fixture)));
      const printed = printedModules(fixturePath(fixture), modules.length, 22, dis, folder);
      modules.forEach((module, n) => compareMetadata(module, printed[n] ?? '', true));
    }
  });
});
