import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { computeSymbolTable, openBitcode } from '../../../src/bitcode/index.ts';
import { readRuntimeCalls } from '../../../src/bitcode/runtime-calls/index.ts';
import { openElf } from '../../../src/elf/index.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { describeWithTools, run } from '../../helpers/tools.ts';

const SOURCES = {
  'memory.c': `
    struct Large { char bytes[4096]; }; void take(struct Large); extern struct Large a, b;
    void copy(void) { a = b; } void clear(void) { __builtin_memset(&a, 0, sizeof a); } void pass(void) { take(a); }
    void move(char *p, char *q, __SIZE_TYPE__ n) { __builtin_memmove(p, q, n); }`,
  'own.c': `
    void *memcpy(void *to, const void *from, __SIZE_TYPE__ n) {
      char *t = to; const char *f = from; while (n--) *t++ = *f++; return to; }
    struct Large { char bytes[4096]; }; void copy(struct Large *a, struct Large *b) { *a = *b; }`,
  'guard.c': `int fill(char *); __attribute__((noinline)) int guarded(int n) { char buffer[64]; return fill(buffer) + n; }`,
  'numbers.c': `
    long long divide(long long a, long long b) { return a / b + a % b; } unsigned small(unsigned a, unsigned b) { return a / b; }
    unsigned long long convert(double x) { return x; } float back(unsigned long long x) { return x; }
    double remainder_of(double x, double y) { return __builtin_fmod(x, y); } long double wide(long double x) { return x * x; }
    double powers(double x, int n) { return __builtin_powi(x, n) + __builtin_exp2(x) + __builtin_floor(x); }
    float sine(float x) { return __builtin_sinf(x) + __builtin_fmaf(x, x, x) + __builtin_roundf(x); }
    double add(double a, double b) { return a + b > 3 ? a : b; }
    int overflow(long long a, long long b, long long *c) { return __builtin_mul_overflow(a, b, c); }
    int bits(unsigned long long x) { return __builtin_popcountll(x) + __builtin_clzll(x); }
    _Noreturn void stop(void) { __builtin_trap(); }`,
  'atomics.c': `
    int i; long long l; int add(void) { return __atomic_add_fetch(&i, 3, 5); }
    long long swap(long long v) { return __atomic_exchange_n(&l, v, 5); } long long load(void) { return __atomic_load_n(&l, 5); }
    int compare(int *e, int d) { return __atomic_compare_exchange_n(&i, e, d, 0, 5, 5); }`,
  'threads.c': `extern __thread int outside; static __thread int own; int *both(int i) { return i ? &own : &outside; }`,
  'cleanup.cpp': `struct A { ~A(); }; void call(); void f() { A a; call(); }`,
  'wide.c': `
    #ifdef __SIZEOF_INT128__
    __int128 divide(__int128 a, __int128 b) { return a / b; } double convert(__int128 a) { return a; }
    __int128 multiply(__int128 a, __int128 b) { return a * b; } __int128 shift(__int128 a, int n) { return a << n; }
    int overflow(__int128 a, __int128 b, __int128 *c) { return __builtin_mul_overflow(a, b, c); }
    #endif
    int none;`,
};

const TRIPLES = [
  'x86_64-linux-gnu',
  'i686-linux-gnu',
  'aarch64-linux-gnu',
  'armv7a-linux-gnueabihf',
  'armv6-linux-gnueabi',
  'riscv64-linux-gnu',
  'powerpc64le-linux-gnu',
] as const;

const OLD_TRIPLES = ['x86_64-linux-gnu', 'armv6-linux-gnueabi'] as const;

for (const version of [13, 14, 15, 16, 19, 22] as const) {
  describeWithTools(`run-time calls of modules of clang ${version}`, [`clang-${version}`], ([clang]) => {
    const folder = temporaryFolder(SOURCES);
    // Each triple with the newest; what older ones have of their own is little, and compiling takes its time.
    const triples = version === 22 ? TRIPLES : version === 13 || version === 19 ? OLD_TRIPLES : OLD_TRIPLES.slice(0, 1);
    it.each(triples)(
      'are all that the code for %s refers to',
      (triple) => {
        const missed: string[] = [];
        for (const source of Object.keys(SOURCES)) {
          const target = [`--target=${triple}`, '-O1', '-fPIC', '-fstack-protector-strong', '-w', '-c'];
          if (triple.startsWith('aarch64')) target.push('-moutline-atomics');
          const compiled = run(clang, [...target, '-flto', source, '-o', 'bitcode.o'], { cwd: folder });
          expect(compiled).toMatchObject({ status: 0 });
          const generate = [
            `--target=${triple}`,
            '-O1',
            '-fPIC',
            '-w',
            '-c',
            '-x',
            'ir',
            'bitcode.o',
            '-o',
            'native.o',
          ];
          expect(run(clang, generate, { cwd: folder })).toMatchObject({ status: 0 });
          const file = openBitcode(readFileSync(join(folder, 'bitcode.o')));
          const module = file.modules[0];
          const named = new Set<string>();
          const table = computeSymbolTable(file);
          for (let i = 0; i < (table?.length ?? 0); i += 1) named.add(table?.name(i) ?? '');
          const calls = new Map(
            module === undefined ? [] : readRuntimeCalls(module).map((call) => [call.symbol, call]),
          );
          const elf = openElf(readFileSync(join(folder, 'native.o')));
          const symbols = elf.symbolTable(elf.symbolTableIndex ?? 0);
          const present = new Set<string>();
          for (let i = 1; i < symbols.length; i += 1) present.add(symbols.name(i));
          for (let i = symbols.localCount; i < symbols.length; i += 1) {
            const name = symbols.name(i);
            if (symbols.sectionIndex(i) === 0 && !named.has(name) && !calls.has(name))
              missed.push(`${source}: ${name}`);
          }
          for (const call of calls.values()) {
            if (call.certainty !== 'certain') continue;
            if (!present.has(call.symbol)) missed.push(`${source}: certain ${call.symbol}`);
          }
          if (source === 'own.c') expect(calls.get('memcpy')).toMatchObject({ isDefined: true, because: 'intrinsic' });
        }
        expect(missed).toEqual([]);
      },
      60_000,
    );
  });
}
