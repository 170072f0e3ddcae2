// Module flags, named metadata and llvm.used of bitcode, against what llvm-dis prints: that of the writer's version, and that
// of LLVM 22, which reads flags of older versions as newer ones.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  openBitcode,
  readCommandLines,
  readDependentLibraries,
  readIdents,
  readLinkerOptions,
  readMetadata,
  readModuleFlags,
  readUsedGlobals,
} from '../../src/bitcode/index.ts';
import type { BitcodeAnomaly, BitcodeModule, BitcodeModuleFlag } from '../../src/bitcode/index.ts';
import { printedList, printedMetadata, printedString } from '../helpers/llvm-dis.ts';
import type { PrintedMetadata } from '../helpers/llvm-dis.ts';
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

/** A flag as llvm-dis prints it, without the types of numbers. */
function flagText({ behavior, key, value }: BitcodeModuleFlag): string {
  return `${behavior}, ${key}, ${value ?? 'node'}`;
}

function printedFlags(printed: PrintedMetadata): string[] {
  return printed.named('llvm.module.flags').map((text) => {
    const [, behavior = '', key = '', value = ''] = /^i32 (-?\d+), !"([^"]*)", (.*)$/.exec(text) ?? [];
    const number = /^i\d+ (-?\d+|true|false)$/.exec(value)?.[1];
    const string = /^!"([^"]*)"$/.exec(value)?.[1];
    const shown = number?.replace('true', '1').replace('false', '0') ?? string ?? 'node';
    return `${behavior}, ${printedString(key)}, ${shown}`;
  });
}

/** The strings in a node, as they are. */
const stringsIn = (text: string) => [...text.matchAll(/!"([^"]*)"/g)].map(([, string = '']) => printedString(string));

function compareModule(module: BitcodeModule, text: string, upgraded: boolean): void {
  const printed = printedMetadata(text);
  const metadata = readMetadata(module);
  const flags = readModuleFlags(module, metadata).map(flagText);
  expect(upgraded ? flags.map(upgradedFlag) : flags).toEqual(printedFlags(printed));
  const list = (name: string) => printed.named(name).flatMap(stringsIn);
  expect(readIdents(module, metadata)).toEqual(list('llvm.ident'));
  expect(readCommandLines(module, metadata)).toEqual(list('llvm.commandline'));
  expect(readDependentLibraries(module, metadata)).toEqual(list('llvm.dependent-libraries'));
  expect(readLinkerOptions(module, metadata)).toEqual(printed.named('llvm.linker.options').map(stringsIn));
  const { used, compilerUsed } = readUsedGlobals(module);
  expect(used.map(({ name }) => name)).toEqual(printedList(text, 'llvm.used'));
  expect(compilerUsed.map(({ name }) => name)).toEqual(printedList(text, 'llvm.compiler.used'));
  if (upgraded) return;
  expect([...metadata.named.keys()].sort()).toEqual([...printed.names].sort());
  for (const [name, ids] of metadata.named) expect([name, ids.length]).toEqual([name, printed.named(name).length]);
}

/** What LLVM 22 makes of flags of older versions (UpgradeModuleFlags in llvm/lib/IR/AutoUpgrade.cpp). */
function upgradedFlag(flag: string): string {
  return flag
    .replace(/^7, PIC Level/, '8, PIC Level')
    .replace(/^[18], (branch-target-enforcement|sign-return-address.*|guarded-control-stack), /, '8, $1, ')
    .replace(/^(8, (?:branch-target-enforcement|sign-return-address.*|guarded-control-stack)), 1$/, '$1, 2');
}

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
        modules.forEach((module, n) => compareModule(module, printed[n] ?? '', false));
        expect(anomalies).toEqual([]);
        if (version === 22 || modules.length > 1) return;
        const upgraded = run(newest, [object, '-o', '-']).stdout;
        modules.forEach((module) => compareModule(module, upgraded, true));
      });
    },
  );
}
