// Global values, types and attributes of bitcode, against what llvm-dis of the writer's version prints.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openBitcode, readAttributes, readGlobals, readTypes, TYPE_CODES } from '../../src/bitcode/index.ts';
import type { BitcodeAttributes, BitcodeGlobalValue, BitcodeModule, BitcodeTypes } from '../../src/bitcode/index.ts';
import { temporaryFolder } from '../helpers/temporary.ts';
import { describeWithTools, run } from '../helpers/tools.ts';

const SOURCES = {
  'globals.c': `
    __asm__(".globl defined\\ndefined:\\n .long 4\\n");
    struct node { double x; long long big; struct node *next; char text[3]; };
    struct node first = { 1, 2, 0, "ab" }; struct node none; static int counter; extern int outside; __thread int tls;
    static __thread int local_tls = 3; const int constant = 5; extern int maybe __attribute__((weak));
    __attribute__((visibility("hidden"), section("placed"), aligned(64))) int hidden = 1;
    __attribute__((visibility("protected"))) int protect = 2;
    __attribute__((weak, noinline)) int weak(void) { return counter++ + local_tls; }
    int another(void) __attribute__((alias("weak"))); extern int hidden_alias __attribute__((alias("hidden"), visibility("hidden")));
    __attribute__((noinline, cold, section("code"), aligned(32))) static int cold(struct node *q, ...) { return outside + q->x; }
    int use(struct node *n, float f) { return cold(n, 2.0) + (&maybe ? 1 : 0) + f; }
    static int (*choose(void))(void) { return weak; } int chosen(void) __attribute__((ifunc("choose")));
    void *address(void) { return &another; }
    const char *text(void) { return "a string"; }`,
  'globals.cpp': `
    struct Base { virtual ~Base(); virtual int f() { return 1; } };
    struct Derived final : Base { int f() override { throw 3; } };
    template <class T> struct Box { T value; static int count; T get() const { return value; } };
    template <class T> int Box<T>::count = 3;
    int use(Base *b) { try { return b->f() + Box<int>::count; } catch (int x) { return x; } }
    Base *make() { return new Derived; } inline int once() { static int n = make() != 0; return n; }
    namespace { int hidden() { return once(); } } int call(Box<double> b) { return hidden() + b.get(); }
    thread_local int dynamic = call(Box<double>());`,
};

const BUILDS: (readonly [target: string, ...options: string[]])[] = [
  ['x86_64-linux-gnu', '-O0', '-g', '-emit-llvm'],
  ['x86_64-linux-gnu', '-O2', '-flto', '-fPIC'],
  ['x86_64-linux-gnu', '-O1', '-flto=thin', '-fcommon', '-ffunction-sections'],
  ['aarch64-linux-gnu', '-O2', '-flto=thin', '-fsanitize=address', '-fpatchable-function-entry=2'],
  ['i686-linux-gnu', '-Os', '-emit-llvm', '-fsplit-stack'],
];

/** Words of a line of assembly, those that are empty left out. */
function words(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter((part) => part !== false && part !== undefined && part !== '').join(' ');
}

/** A name as it stands behind `@` and `%`. */
function quoted(name: string): string {
  return /^[-a-zA-Z$._][-a-zA-Z$._0-9]*$/.test(name) ? name : `"${name.replace('\\x01', '\\01')}"`;
}

const TLS_TEXTS = {
  none: '',
  'general-dynamic': 'thread_local',
  'local-dynamic': 'thread_local(localdynamic)',
  'initial-exec': 'thread_local(initialexec)',
  'local-exec': 'thread_local(localexec)',
};

/** What stands behind the parameters of a function. */
function behindParameters(line: string): string {
  const own = line.replace(/ (personality|prefix|prologue) .*/, '').replace(/ comdat\([^)]*\)/, '');
  return own.slice(own.lastIndexOf(')'));
}

/** What stands before the type, or of a function before its calling convention. */
function headOf(value: BitcodeGlobalValue): string {
  const { linkage, visibility, dllStorage } = value;
  const isImplied = value.isLocal || (visibility !== 'default' && linkage !== 'extern_weak');
  return words(
    value.kind === 'variable' && value.isDeclaration && linkage === 'external' && 'external',
    value.kind === 'function' && (value.isDeclaration ? 'declare' : 'define'),
    linkage !== 'external' && linkage,
    value.isDsoLocal && !isImplied && 'dso_local',
    visibility !== 'default' && visibility,
    dllStorage !== 'default' && `dll${dllStorage}`,
  );
}

function tailsOf(value: BitcodeGlobalValue): string[] {
  const { section, alignment, comdat, name } = value;
  return [
    section === undefined ? '' : ` section "${section}"`,
    alignment === undefined ? '' : ` align ${alignment}`,
    comdat === undefined ? '' : comdat.name === name ? ' comdat' : ` comdat($${quoted(comdat.name)})`,
  ];
}

function compareValue(value: BitcodeGlobalValue, line: string, types: BitcodeTypes): void {
  const type = types.describe(value.typeId);
  const unnamed = value.unnamedAddress === 'none' ? '' : value.unnamedAddress;
  if (value.kind === 'function') {
    expect(line.startsWith(`${headOf(value)} `), `${headOf(value)} | ${line}`).toBe(true);
    const tail = behindParameters(line);
    expect(tail.includes('unnamed_addr') ? (/\S*unnamed_addr/.exec(tail)?.[0] ?? '') : '').toBe(unnamed);
  } else {
    const pointee = value.hasPointerType ? types.describe(types.pointee(value.typeId) ?? -1) : type;
    const what =
      value.kind === 'variable'
        ? words(value.isExternallyInitialized && 'externally_initialized', value.isConstant ? 'constant' : 'global')
        : value.kind;
    const start = words(headOf(value), TLS_TEXTS[value.threadLocalMode], unnamed, what, pointee);
    const expected = `@${quoted(value.name)} = ${start}`;
    expect(line.slice(0, expected.length)).toBe(expected);
  }
  if (value.kind === 'alias' || value.kind === 'ifunc') return;
  for (const tail of tailsOf(value)) expect(line).toContain(tail);
  for (const word of [' section "', ' comdat']) {
    expect(line.includes(word), line).toBe(tailsOf(value).some((tail) => tail.startsWith(word)));
  }
}

// Attributes of which the word in LLVM's assembly is another than that of LLVMBitCodes.h without underscores.
const WORDS: Readonly<Record<string, string>> = {
  optimizeforsize: 'optsize',
  optimizenone: 'optnone',
  stackprotect: 'ssp',
  stackprotectreq: 'sspreq',
  stackprotectstrong: 'sspstrong',
  stackalignment: 'alignstack',
};

/** The attributes of a function, as text. */
function attributesOf(attributes: BitcodeAttributes, position: number): string[] {
  const own = attributes.list(position).find(({ place }) => place === 'function')?.attributes ?? [];
  return own
    .map(({ kind, name = '', value }) => {
      if (kind === undefined) return value === '' ? `"${name}"` : `"${name}"="${String(value)}"`;
      const word = name.replace('ATTR_KIND_', '').toLowerCase().replaceAll('_', '');
      return WORDS[word] ?? word;
    })
    .sort();
}

/** The attributes of the groups that llvm-dis prints, by number. */
function printedGroups(text: string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [, number = '', body = ''] of text.matchAll(/^attributes #(\d+) = \{ (.*) \}$/gm)) {
    const found = [...body.matchAll(/("[^"]*"(?:="[^"]*")?)|(\w+)(?:\([^)]*\)|=\d+)?/g)];
    const texts = found.map(([, string, word = '']) => string ?? word.replaceAll('_', ''));
    groups.set(number, texts.sort());
  }
  return groups;
}

function compareModule(module: BitcodeModule, text: string): void {
  const globals = readGlobals(module);
  const types = readTypes(module);
  const attributes = readAttributes(module);
  const lines = text.split('\n');
  const isObject = (line: string) => /^@.* = /.test(line);
  const objects = lines.filter(isObject);
  const functions = lines.filter((line) => /^(define|declare) /.test(line));
  const nameOfLine = (line: string) => /@("[^"]*"|[-a-zA-Z$._0-9]+)(?= =|\()/.exec(line)?.[1] ?? '';
  const byName = new Map([...objects, ...functions].map((line) => [nameOfLine(line), line]));
  const named = globals.values.filter(({ name }) => name !== '');
  expect(named.map(({ name }) => quoted(name)).sort()).toEqual([...byName.keys()].sort());
  const groups = printedGroups(text);
  for (const value of named) {
    const line = byName.get(quoted(value.name)) ?? '';
    compareValue(value, line, types);
    // Whatever a file says about an intrinsic, LLVM gives it the attributes that it knows.
    if (value.kind !== 'function' || value.name.startsWith('llvm.')) continue;
    const number = / #(\d+)/.exec(behindParameters(line))?.[1];
    const printed = number === undefined ? [] : (groups.get(number) ?? []);
    expect(attributesOf(attributes, value.attributeList)).toEqual(printed);
  }
  const printedTypes = new Map(
    [...text.matchAll(/^(%\S+|%"[^"]*") = type (.*)$/gm)].map(([, name = '', body = '']) => [name, body]),
  );
  const { TYPE_CODE_STRUCT_NAMED, TYPE_CODE_OPAQUE } = TYPE_CODES.values;
  for (let id = 0; id < types.length; id += 1) {
    const code = types.at(id)?.code;
    if (code !== TYPE_CODE_STRUCT_NAMED && code !== TYPE_CODE_OPAQUE) continue;
    const printed = printedTypes.get(types.describe(id));
    // A type that nothing uses any more is not printed.
    if (printed !== undefined) expect(types.describeBody(id)).toBe(printed);
  }
  const asm = [...text.matchAll(/^module asm "(.*)"$/gm)].map(([, line = '']) => line.replaceAll('\\09', '\t'));
  expect((module.assembly ?? '').split('\n').filter((line) => line !== '')).toEqual(asm.filter((line) => line !== ''));
}

for (const version of [13, 14, 15, 16, 19, 22] as const) {
  describeWithTools(
    `global values of clang ${version}, against llvm-dis ${version}`,
    [`clang-${version}`, `llvm-dis-${version}`],
    ([clang, dis]) => {
      const folder = temporaryFolder(SOURCES);
      it.each(BUILDS)('for %s with %s %s %s %s', (target, ...options) => {
        for (const source of Object.keys(SOURCES)) {
          const object = join(folder, 'unit.bc');
          const flags = options.filter((option) => typeof option === 'string');
          const args = [`--target=${target}`, '-w', '-c', ...flags, source, '-o', object];
          expect(run(clang, args, { cwd: folder })).toMatchObject({ status: 0 });
          const text = run(dis, [object, '-o', '-']).stdout;
          const { modules } = openBitcode(readFileSync(object));
          expect(modules.length).toBe(1);
          for (const module of modules) compareModule(module, text);
        }
      });
    },
  );
}
