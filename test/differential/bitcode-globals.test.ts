// Global values, types and attributes of bitcode, against what llvm-dis of the writer's version prints.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openBitcode } from '../../src/bitcode/index.ts';
import { compareGlobals } from '../helpers/compare-globals.ts';
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
          for (const module of modules) compareGlobals(module, text);
        }
      });
    },
  );
}
