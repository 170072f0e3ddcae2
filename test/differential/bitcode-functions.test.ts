// Bodies of functions in bitcode, against what llvm-dis prints and what the summary of the same file says.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BLOCK_IDS, openBitcode, readFunctionBodies } from '../../src/bitcode/index.ts';
import type { BitcodeFunctionBody, BitcodeModule } from '../../src/bitcode/index.ts';
import { calleesOf, compareFunctions } from '../helpers/compare-functions.ts';
import { readDisassembly } from '../helpers/disassembled-functions.ts';
import type { DisassembledFunction } from '../helpers/disassembled-functions.ts';
import { temporaryFolder } from '../helpers/temporary.ts';
import { describeWithTools, run } from '../helpers/tools.ts';

const SOURCES = {
  'functions.c': `
    typedef float vec __attribute__((ext_vector_type(4))); typedef __builtin_va_list list;
    extern void sink(unsigned long); extern int printf(const char *, ...); extern int (*pointer)(int);
    int interpret(const unsigned char *p) {
      static void *const table[] = { &&add, &&sub, &&end }; int sum = 0;
      goto *table[*p]; add: sum += *++p; goto *table[*++p]; sub: sum -= *++p; goto *table[*++p]; end: return sum; }
    static __attribute__((noinline)) void use(unsigned long ip) { sink(ip); sink(ip + 1); }
    void here(void) { use(({ __label__ h; h: (unsigned long)&&h; })); }
    void twice(int n) { if (n) here(); }
    int jump(int x) { __asm__ goto("# %0 %l1" : : "r"(x) : "memory" : out); return 1; out: return x; }
    int assembly(int x) { int y; __asm__("mov %1, %0\\n\\tnop" : "=r"(y) : "r"(x) : "cc"); __asm__ volatile("# \\"q\\"" ::: "memory"); return y; }
    int sum(int n, ...) { list l; __builtin_va_start(l, n); int s = 0; while (n--) s += __builtin_va_arg(l, int); __builtin_va_end(l); return s; }
    vec vectors(vec a, vec b, int i) { a[i] = b.x; return __builtin_shufflevector(a, b, 0, 5, 2, 7) * a; }
    int atomics(int *p) { __atomic_thread_fence(5); int e = 1; __atomic_compare_exchange_n(p, &e, 2, 0, 5, 5);
      __atomic_store_n(p, 3, 3); return __atomic_fetch_add(p, 1, 5) + __atomic_load_n(p, 2) + e; }
    int choose(int x) { switch (x) { case 1: return pointer(2); case 2: return sum(3, 1, 2, 3); case 3: return printf("%d", x); case 9: return 4; default: return 0; } }
    int target(int x) { return x; } int other(int) __attribute__((alias("target"))); int calls_alias(void) { return other(3); }
    struct big { int words[40]; }; struct big copy(struct big *b) { struct big c = *b; c.words[1] = 2; return c; }
    double fast(double x, double y) { double z = x * y; return __builtin_fabs(__builtin_sqrt(z)) < 2 ? -z : z / x; }
    long long wide(__int128 x) { return x >> 3; } void nothing(void) {} void forever(void) { for (;;) sink(1); }
    int no_prototype(); int calls_it(void) { return no_prototype(1) + no_prototype(2, 3); }`,
  'functions.cpp': `
    struct Error { int code; virtual ~Error(); }; struct Guard { ~Guard() noexcept; }; int fail(int);
    struct Base { virtual int f(int) = 0; }; int caught(int x) {
      Guard g; try { return fail(x) + fail(x + 1); } catch (const Error &e) { return e.code; } catch (int i) { return i; } catch (...) { throw; } }
    int dispatch(Base *b, int (Base::*m)(int)) { Guard g; return b->f(1) + (b->*m)(2); }
    int tail(int x); int forward(int x) { [[clang::musttail]] return tail(x); }
    template <class T> T generic(T a) { Guard g; return a + fail(3); } template int generic(int); template long generic(long);
    int initial(); static int lazy() { static int value = initial(); return value; } int global = lazy();
    int nothrow(int x) noexcept { return fail(x); } auto lambda = [](int x) { return fail(x); }; int uses() { return lambda(2); }
    int *allocate(int n) { return new int[n]; } void release(int *p) { delete[] p; }`,
};

const LINUX = ['--target=x86_64-linux-gnu'];
/** Of a target whose exceptions are funclets, with bundles of operands at calls. */
const WINDOWS = ['--target=x86_64-pc-windows-msvc', '-fexceptions', '-fcxx-exceptions'];

const BUILDS: (readonly [source: keyof typeof SOURCES, ...options: string[]])[] = [
  ['functions.c', ...LINUX, '-O0', '-g', '-emit-llvm', '-fno-discard-value-names'],
  ['functions.c', ...LINUX, '-O2', '-flto=thin', '-ffast-math'],
  ['functions.c', '--target=aarch64-linux-gnu', '-O2', '-g', '-flto'],
  ['functions.cpp', ...LINUX, '-O1', '-g', '-flto=thin'],
  ['functions.cpp', ...LINUX, '-O0', '-emit-llvm'],
  ['functions.cpp', ...WINDOWS, '-O0', '-emit-llvm'],
];

/** Debug records are calls before this version. */
const FIRST_WITH_DEBUG_RECORDS = 19;
const NEWEST = 22;

function moduleOf(path: string): BitcodeModule {
  return openBitcode(readFileSync(path)).modules[0] as BitcodeModule;
}

/** Compares with another llvm-dis, which turns calls of debug intrinsics into records and gives intrinsics new names. */
function compareUpgraded(body: BitcodeFunctionBody, printed: DisassembledFunction, version: number): void {
  const records = version < FIRST_WITH_DEBUG_RECORDS ? printed.debugRecordCount : 0;
  expect(body.basicBlockCount).toBe(printed.blocks.length);
  expect(body.instructionCount).toBe(printed.instructionCount + records);
  const named = (names: string[]) => names.filter((name) => !name.startsWith('llvm.'));
  expect(named(calleesOf(body))).toEqual(named(printed.callees));
}

/** What the records of a summary say: instructions by value id. */
function summaryCounts(module: BitcodeModule): Map<number, number> {
  const { GLOBALVAL_SUMMARY_BLOCK_ID, FULL_LTO_GLOBALVAL_SUMMARY_BLOCK_ID } = BLOCK_IDS.values;
  const counts = new Map<number, number>();
  const walker = module.walk();
  for (let item = walker.next(); item !== 'end'; item = walker.next()) {
    const { id } = walker.block;
    if (item !== 'record' || (id !== GLOBALVAL_SUMMARY_BLOCK_ID && id !== FULL_LTO_GLOBALVAL_SUMMARY_BLOCK_ID))
      continue;
    // PERMODULE, PERMODULE_PROFILE, PERMODULE_RELBF.
    if ([1, 2, 19].includes(walker.record.code)) counts.set(walker.record.at(0) ?? 0, walker.record.at(2) ?? 0);
  }
  return counts;
}

describe.each([13, 14, 15, 16, 19, 22])('function bodies of clang %i', (version) => {
  describeWithTools('against llvm-dis', [`clang-${version}`, `llvm-dis-${version}`, `llvm-dis-${NEWEST}`], (tools) => {
    const [clang, ownDis, newestDis] = tools;
    const folder = temporaryFolder(SOURCES);
    const builds = BUILDS.map(([source, ...options], i) => [options.join(' '), source, options, `${i}.bc`] as const);

    it.each(builds)('%s %s', (_, source, options, name) => {
      const path = join(folder, name);
      expect(run(clang, [...options, '-w', '-c', join(folder, source), '-o', path])).toMatchObject({ status: 0 });
      const module = moduleOf(path);
      compareFunctions(module, run(ownDis, [path, '-o', '-']).stdout);
      const counts = summaryCounts(module);
      for (const body of counts.size === 0 ? [] : readFunctionBodies(module)) {
        expect(body.summaryInstructionCount).toBe(counts.get(body.function.valueId));
      }
    });

    it('is what the newest llvm-dis makes of the first one', () => {
      const path = join(folder, '0.bc');
      const newest = readDisassembly(run(newestDis, [path, '-o', '-']).stdout);
      for (const body of readFunctionBodies(moduleOf(path))) {
        compareUpgraded(body, newest.functions.get(body.function.name) as DisassembledFunction, version);
      }
    });
  });
});
