// Bitcode of several clang versions and targets, against what LLVM's own tools read in it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hasFormatSpecificFlag, openBitcode } from '../../src/bitcode/index.ts';
import { nmByObject } from '../helpers/nm.ts';
import { temporaryFolder } from '../helpers/temporary.ts';
import { describeWithTools, run } from '../helpers/tools.ts';

const SOURCES = {
  'plain.c': `
    extern int outside(int); extern int maybe(void) __attribute__((weak));
    int global = 5, zero; static int local; const int constant = 4; static const int hidden = 5; __thread int tls = 3;
    __attribute__((weak)) int weak(void) { return local++; }
    __attribute__((section("SEG,sec"))) int placed = 3;
    const int *address(void) { return &hidden; }
    const char *text(void) { return "literal"; }
    int (*pointer)(void) = maybe;
    int function(int x) { return outside(x) + weak() + global; }`,
  'assembly.c': `
    __asm__(".globl defined\\ndefined:\\n .long foo - .\\n.weak weak\\nweak:\\nlocal: .long outside\\n");
    int function(void) { return 1; }`,
  'classes.cpp': `
    struct A { virtual ~A(); virtual int f(); };
    struct B : A { int f() override; };
    A::~A() {} int A::f() { return 1; } int B::f() { return 2; }
    inline int counter(int x) { static int n; return n += x; }
    int use(A *a) { return a->f() + counter(3); }`,
};

const BUILDS: (readonly [target: string, ...options: string[]])[] = [
  ['aarch64-linux-gnu', '-flto'],
  ['aarch64-linux-gnu', '-flto=thin'],
  ['aarch64-linux-gnu', '-emit-llvm'],
  ['aarch64-linux-gnu', '-flto=thin', '-fsplit-lto-unit', '-fwhole-program-vtables', '-fvisibility=hidden'],
  ['aarch64_be-linux-gnu', '-flto=thin'],
  ['armv7a-linux-gnueabi', '-flto=thin'],
  ['x86_64-linux-gnu', '-flto', '-fcommon'],
  ['arm64-apple-macos11', '-flto'],
  ['x86_64-apple-macos11', '-flto=thin'],
];

for (const version of [13, 14, 15, 16, 19, 22] as const) {
  describeWithTools(
    `bitcode of clang ${version}`,
    [`clang-${version}`, 'llvm-nm-22', 'llvm-bcanalyzer-22'],
    ([clang, nm, bcanalyzer]) => {
      const folder = temporaryFolder(SOURCES);
      it.each(BUILDS)('for %s with %s', (target, ...options) => {
        for (const source of Object.keys(SOURCES)) {
          // Mach-O assembly knows no .weak.
          if (source === 'assembly.c' && target.includes('apple')) continue;
          const object = join(folder, 'unit.o');
          const args = [`--target=${target}`, '-O1', '-c', ...options, source, '-o', object];
          expect(run(clang, args, { cwd: folder })).toMatchObject({ status: 0 });
          const file = openBitcode(readFileSync(object));
          expect(symbolsOf(file)).toEqual(nmByObject(run(nm, ['-p', object]).stdout).get('') ?? []);
          expect(modulesOf(file)).toEqual(modulesIn(run(bcanalyzer, ['-dump', object]).stdout));
          expect(file.producer).toMatch(new RegExp(`^LLVM${version}\\.`));
          expect(file.symbolTable()?.sourceFileName).toBe(source);
        }
      });
    },
  );
}

function symbolsOf(file: ReturnType<typeof openBitcode>): string[] {
  const table = file.symbolTable();
  if (table === undefined) throw new Error('no symbol table');
  const indexes = Array.from({ length: table.length }, (_, i) => i).filter(
    (i) => !hasFormatSpecificFlag(table.flags(i)),
  );
  return indexes.map((i) => `${table.letter(i)} ${table.name(i)}`).sort();
}

function modulesOf(file: ReturnType<typeof openBitcode>) {
  return file.modules.map((module) => [
    module.version,
    module.triple,
    module.dataLayout,
    module.sourceFileName,
    module.summaryKind,
    module.summary()?.version,
  ]);
}

/** The same out of a dump of llvm-bcanalyzer, which indents what stands in a MODULE block by two blanks. */
function modulesIn(dump: string) {
  return dump
    .split(/^<MODULE_BLOCK/m)
    .slice(1)
    .map((module) => {
      const text = (name: string) => {
        const operands = new RegExp(`^  <${name} (.*)/>`, 'm').exec(module)?.[1];
        return operands
          ?.replace(/abbrevid=\d+/, '')
          .replace(/\s*op\d+=(\d+)/g, (_, code) => String.fromCharCode(Number(code)));
      };
      const summary = /^ {2}<(FULL_LTO_)?GLOBALVAL_SUMMARY_BLOCK.*\n.*<VERSION.* op0=(\d+)/m.exec(module);
      return [
        Number(/^ {2}<VERSION op0=(\d+)/m.exec(module)?.[1]),
        text('TRIPLE'),
        text('DATALAYOUT'),
        text('SOURCE_FILENAME'),
        summary === null ? 'none' : summary[1] === undefined ? 'thin' : 'full',
        summary === null ? undefined : Number(summary[2]),
      ];
    });
}
