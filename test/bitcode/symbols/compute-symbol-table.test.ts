import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  compareSymbolTables,
  computeSymbolTable,
  describeDifference,
  detectBitcode,
  hasFormatSpecificFlag,
  IRSYMTAB_FLAGS,
  openBitcode,
  readFunctionBodies,
} from '../../../src/bitcode/index.ts';
import type { BitcodeFile, BitcodeModule, BitcodeSymbols } from '../../../src/bitcode/index.ts';
import { findWriterLibcalls } from '../../../src/bitcode/runtime-calls/index.ts';
import { manifest, readFixture } from '../../helpers/fixtures.ts';
import { nmByObject } from '../../helpers/nm.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { describeWithTools, run } from '../../helpers/tools.ts';

const F = IRSYMTAB_FLAGS;
const TABLE_OF_CONTENTS = '_GLOBAL_OFFSET_TABLE_';

/** Everything that a table says of its symbols, as a sorted list. */
function rowsOf(symbols: BitcodeSymbols | undefined, comparedFlags = -1): string[] {
  if (symbols === undefined) throw new Error('no symbols');
  const rows: string[] = [];
  for (let i = 0; i < symbols.length; i += 1) {
    const comdat = symbols.comdatIndex(i);
    const group = comdat < 0 ? '-' : `${symbols.comdatName(comdat)} ${symbols.comdatKind(comdat)}`;
    // Tables up to LLVM 16 do not have it.
    if (symbols.name(i) === TABLE_OF_CONTENTS && symbols.irName(i) === '') continue;
    const uncommon = JSON.stringify(symbols.uncommon(i) ?? {});
    const flags = (symbols.flags(i) & comparedFlags).toString(16);
    rows.push([flags, symbols.letter(i), symbols.name(i), symbols.irName(i), group, uncommon].join(' | '));
  }
  return rows.sort();
}

function expectComputed(file: BitcodeFile): void {
  const libcalls = findWriterLibcalls(file);
  const computed = computeSymbolTable(file, { libcalls });
  // Which functions of run-time libraries a table has as used depends on the LLVM that wrote it.
  const comparedFlags = libcalls === undefined ? ~F.FB_used : -1;
  expect(rowsOf(computed, comparedFlags)).toEqual(rowsOf(file.symbolTable(), comparedFlags));
  expect(computed?.modules.length).toBe(file.modules.length);
  expect(computed?.triple).toBe(file.symbolTable()?.triple);
  expect(computed?.sourceFileName).toBe(file.symbolTable()?.sourceFileName);
  expect([...(computed?.dependentLibraries() ?? [])]).toEqual([...(file.symbolTable()?.dependentLibraries() ?? [])]);
  expect([...compareSymbolTables(file)]).toEqual([]);
}

/** Fixtures that are bitcode with a symbol table. */
const BITCODE_FIXTURES = manifest.files
  .map(({ path }) => path)
  .filter((path) => !path.startsWith('broken/') && detectBitcode(readFixture(path)) !== undefined);

describe('a computed symbol table', () => {
  it.each(BITCODE_FIXTURES)('is the one in %s', (path) => {
    expectComputed(openBitcode(readFixture(path)));
  });

  it('is there where a file has none', () => {
    const file = openBitcode(readFixture('broken/symbol-table/absent.bc'));
    expect(file.symbolTable()).toBeUndefined();
    expect(computeSymbolTable(file)?.length).toBeGreaterThan(0);
    expect([...compareSymbolTables(file)]).toEqual([]);
  });

  it('differs from a table that says something else, and says where', () => {
    const path = 'versions/clang-16/thin.o';
    const whole = openBitcode(readFixture(path));
    const table = whole.symbolTable();
    if (table === undefined) throw new Error('no table');
    // The flags of the first symbol, wherever they stand: the only place with its name, COMDAT and flags in a row.
    const row = new Uint8Array(16);
    const fields = new DataView(row.buffer);
    fields.setInt32(8, table.comdatIndex(0), true);
    fields.setUint32(12, table.flags(0), true);
    const bytes = Uint8Array.from(readFixture(path));
    const data = new DataView(bytes.buffer);
    let place = -1;
    for (let at = 0; at + 24 <= bytes.length; at += 4) {
      const isHere =
        data.getUint32(at, true) === table.nameOffset(0) &&
        data.getUint32(at + 4, true) === table.nameSize(0) &&
        data.getInt32(at + 16, true) === table.comdatIndex(0) &&
        data.getUint32(at + 20, true) === table.flags(0);
      if (isHere) place = at + 20;
    }
    expect(place).toBeGreaterThan(0);
    data.setUint32(place, table.flags(0) ^ F.FB_weak, true);
    expect([...compareSymbolTables(openBitcode(bytes))]).toMatchObject([
      { module: 0, name: table.name(0), what: 'flags' },
    ]);
    data.setUint32(place - 16, table.nameSize(0) - 1, true);
    const anomalies: string[] = [];
    const file = openBitcode(bytes, { onAnomaly: ({ code }) => anomalies.push(code) });
    expect(anomalies).toEqual([]);
    const differences = [...compareSymbolTables(file)];
    expect(differences.map(({ what }) => what).sort()).toEqual(['only-in-module', 'only-in-table']);
    expect(anomalies).toEqual(['symbol-table-differs', 'symbol-table-differs']);
    expect(differences.map(describeDifference).sort()).toEqual([
      expect.stringMatching(/^the module has '\w+' \(.*\), the symbol table does not$/),
      expect.stringMatching(/^the symbol table has '\w+' \(.*\), the module does not$/),
    ]);
  });
});

const SOURCES = {
  'plain.c': `
    #pragma comment(lib, "needed")
    extern int outside(int); extern int maybe(void) __attribute__((weak));
    int global = 5, zero; static int local; const int constant = 4; static const int hidden = 5; __thread int tls = 3;
    __attribute__((weak)) int weak(void) { return local++; }
    struct S { char a; double d; long double ld; _Bool b; int x[3]; void *p; } structure; char character; short shorts[7];
    typedef float v4 __attribute__((vector_size(16))); v4 vector; _Complex double complex;
    __attribute__((used)) static int keep; __attribute__((used)) static int keepToo(void) { return 1; }
    const int *address(void) { return &hidden; } const char *text(void) { return "literal"; } int (*pointer)(void) = maybe;
    __attribute__((visibility("hidden"))) int hid = 1; __attribute__((visibility("protected"))) int prot(void) { return 3; }
    extern inline __attribute__((gnu_inline)) int available(int x) { return x + 1; }
    int labelled(void) __asm__("other_name"); int labelled(void) { return 4; }
    int function(int x) { return outside(x) + weak() + global + available(x) + labelled(); }`,
  'elf.c': `
    int base = 3; extern int al __attribute__((alias("base"))); int f(int x) { return x; }
    extern int fa(int) __attribute__((alias("f"))); extern int wfa(int) __attribute__((weak, alias("f")));
    __attribute__((section("SEG_sec"))) int placed = 3; extern int sp __attribute__((alias("placed")));
    static int (*resolve(void))(int) { return f; } int chosen(int) __attribute__((ifunc("resolve")));
    __attribute__((section("llvm.metadata"))) static int meta = 3;
    __asm__(".globl defined\\ndefined: .long outside - .\\n.symver f, f@@V1\\n.symver wfa, wfa@V2\\n.symver none, none@@@V3");`,
  'windows.c': `
    int base = 3; int f(int x) { return x; } extern int wfa(int) __attribute__((weak, alias("f")));
    __declspec(dllimport) int imp(int); __declspec(dllexport) int ex(int a) { return imp(a); }
    __declspec(dllimport) extern int variable; int *g(void) { return &variable; } struct B { int x[5]; };
    int __stdcall st(int a, char b, double c) { return a; } int __fastcall fc(int a, short b) { return a; }
    int __stdcall sb(struct B b, struct B *p) { return b.x[0]; } int __stdcall s0(void) { return 0; }
    struct B __stdcall sr(int a) { struct B b = {{a}}; return b; } int __stdcall sv(int a, ...) { return a; }
    typedef float v4 __attribute__((vector_size(16))); v4 __vectorcall vc(v4 a, int b) { return a; }
    __declspec(selectany) int any = 4;`,
  'classes.cpp': `
    struct A { virtual ~A(); virtual int f(); }; struct B : A { int f() override; };
    A::~A() {} int A::f() { return 1; } int B::f() { return 2; }
    inline int counter(int x) { static int n; return n += x; } template <class T> T generic(T a) { return a + 1; }
    int use(A *a) { return a->f() + counter(3) + generic(4); } static int start = use(nullptr);`,
};

const BUILDS: readonly (readonly [triple: string, ...sources: (keyof typeof SOURCES)[]])[] = [
  ['x86_64-linux-gnu', 'plain.c', 'elf.c', 'classes.cpp'],
  ['i686-linux-gnu', 'plain.c', 'elf.c'],
  ['aarch64-linux-gnu', 'plain.c', 'elf.c', 'classes.cpp'],
  ['armv7a-linux-gnueabi', 'plain.c', 'elf.c'],
  ['riscv64-linux-gnu', 'plain.c'],
  ['powerpc64le-linux-gnu', 'plain.c', 'elf.c'],
  ['s390x-linux-gnu', 'plain.c'],
  ['mips-linux-gnu', 'plain.c'],
  ['x86_64-apple-macos11', 'plain.c', 'classes.cpp'],
  ['arm64-apple-macos11', 'plain.c'],
  ['x86_64-pc-windows-msvc', 'plain.c', 'windows.c', 'classes.cpp'],
  ['i686-pc-windows-msvc', 'windows.c', 'classes.cpp'],
  ['i686-pc-windows-gnu', 'windows.c'],
  ['wasm32-unknown-unknown', 'plain.c'],
  ['powerpc-ibm-aix', 'plain.c'],
];

for (const version of [13, 14, 15, 16, 19, 22] as const) {
  describeWithTools(`computed symbols of clang ${version}`, [`clang-${version}`], ([clang]) => {
    const folder = temporaryFolder(SOURCES);
    it.each(BUILDS)('are those in its table, for %s', (triple, ...sources) => {
      for (const source of sources) {
        const object = join(folder, `${source}.o`);
        const options = ['-flto', '-fcommon', '-ffreestanding', '-w', '-c'];
        const result = run(clang, [`--target=${triple}`, ...options, source, '-o', object], { cwd: folder });
        expect(result).toMatchObject({ status: 0 });
        expectComputed(openBitcode(readFileSync(object)));
      }
    });
  });
}

describeWithTools('computed symbols without a table', ['clang-16', 'llvm-nm-22', 'llvm-modextract-22'], (tools) => {
  const [clang, nm, modextract] = tools;

  it.each([['x86_64-linux-gnu'], ['x86_64-apple-macos11']])('have the letters of llvm-nm, for %s', (triple) => {
    const folder = temporaryFolder(SOURCES);
    for (const source of ['plain.c', 'classes.cpp']) {
      const args = [`--target=${triple}`, '-flto', '-fcommon', '-c', source, '-o', 'whole.o'];
      expect(run(clang, args, { cwd: folder })).toMatchObject({ status: 0 });
      expect(run(modextract, ['-b', '-n', '0', 'whole.o', '-o', 'bare.o'], { cwd: folder })).toMatchObject({
        status: 0,
      });
      const file = openBitcode(readFileSync(join(folder, 'bare.o')));
      expect(file.symbolTable()).toBeUndefined();
      const symbols = computeSymbolTable(file);
      const rows: string[] = [];
      for (let i = 0; i < (symbols?.length ?? 0); i += 1) {
        if (hasFormatSpecificFlag(symbols?.flags(i) ?? 0)) continue;
        rows.push(`${symbols?.letter(i)} ${symbols?.name(i)}`);
      }
      expect(rows.sort()).toEqual(nmByObject(run(nm, ['-p', 'bare.o'], { cwd: folder }).stdout).get(''));
    }
  });

  it('are not told by a thin-link file', () => {
    const folder = temporaryFolder(SOURCES);
    const args = ['--target=x86_64-linux-gnu', '-flto=thin', '-Xclang', '-fthin-link-bitcode=thin.bc', '-c', 'plain.c'];
    expect(run(clang, [...args, '-o', 'whole.o'], { cwd: folder })).toMatchObject({ status: 0 });
    expect(computeSymbolTable(openBitcode(readFileSync(join(folder, 'thin.bc'))))).toBeUndefined();
  });
});

for (const version of [13, 16, 19, 22] as const) {
  describeWithTools(`unusual bytes in assembly of clang ${version}`, [`clang-${version}`], ([clang]) => {
    const source = String.raw`
      __asm__(".globl \"a\\\\b\"\n\"a\\\\b\": .long \"\xf0\x9f\x92\x80\", \"\xff\"");
      int f(void) { __asm__ volatile(".ascii \"\\n\xfe\""); return 1; }`;

    it('stay as they are in texts, and are escaped in names', () => {
      const folder = temporaryFolder({ 'names.c': source });
      const args = ['--target=x86_64-linux-gnu', '-flto', '-w', '-c', 'names.c', '-o', 'names.o'];
      expect(run(clang, args, { cwd: folder })).toMatchObject({ status: 0 });
      const file = openBitcode(readFileSync(join(folder, 'names.o')));
      const module = file.modules[0] as BitcodeModule;
      const lines = ['.globl "a\\\\b"', '"a\\\\b": .long "\u{1f480}", "\udcff"'];
      expect(module.assembly?.trimEnd().split('\n')).toEqual(lines);
      const texts = [...readFunctionBodies(module)].flatMap((body) => [...body.inlineAssembly()]);
      expect(texts).toMatchObject([{ text: '.ascii "\\n\udcfe"' }]);
      const table = rowsOf(file.symbolTable());
      expect(table.join('\n')).toContain('\\xff');
      expect(rowsOf(computeSymbolTable(file))).toEqual(table);
    });
  });
}
