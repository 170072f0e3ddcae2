// Summaries against llvm-dis, fact by fact: of files that clang 13 to 22 write here, and of the indexes that ld.lld makes of
// them.

import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { openBitcode, readIndexFile } from '../../../src/bitcode/index.ts';
import { disassembledSummaries, expectSummary, summariesOf } from '../../helpers/compare-summary.ts';
import { fixturePath, fixturesOfKind } from '../../helpers/fixtures.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { describeWithTools, run } from '../../helpers/tools.ts';

const CXX_SOURCE = `
extern "C" int printf(const char *, ...);
struct Shape { virtual int area(int); virtual int sides(); virtual ~Shape(); };
struct Square : Shape { int area(int) override; };
int Shape::area(int x) { return x; }
int Shape::sides() { return 0; }
Shape::~Shape() {}
int Square::area(int x) { return x * x; }
int call(Shape *s, int n) { return s->area(n) + s->area(3) + s->sides(); }
static int written, read_only = 3, both;
int *pointer = &both;
const int table[2] = {1, 2};
int reads() { return read_only; }
void writes(int x) { written = x; both += x; }
extern "C" int renamed() __attribute__((alias("_Z5readsv")));
__attribute__((used)) static int kept() { return 7; }
__attribute__((noinline)) static int helper(int *q) { return q[1] + reads() + table[*q & 1]; }
int (*function)(int *) = helper;
template <class T> T inlined(T x) { return x + 1; }
int apply(int (*f)(int *), int *x) { return f(x); }
int main(int argc, char **) {
  int numbers[4] = {argc};
  writes(helper(numbers));
  printf("%d", inlined(argc));
  Square s;
  return call(&s, argc) + apply(function, numbers);
}
`;
const C_SOURCE = `
static int quiet(int x) { return x * 3; }
extern int elsewhere(int) __attribute__((cold));
extern int maybe(int) __attribute__((weak));
int common;
static const char text[] = "text";
__attribute__((weak)) int loud(int x) { return x ? quiet(x) + elsewhere(x) : maybe ? maybe(x) : text[common]; }
int tail(int x) { return loud(x + 1); }
__attribute__((visibility("hidden"))) int hidden_one = 4;
int (*pick(void))(int) { return quiet; }
`;

interface Variant {
  readonly name: string;
  readonly source: 'cc' | 'c';
  readonly options: readonly string[];
}

const DEVIRTUALIZED = ['-fwhole-program-vtables', '-fvisibility=hidden'];
const CFI = ['-fsanitize=cfi-vcall,cfi-icall', '-fno-sanitize-ignorelist', '-fvisibility=hidden'];
const VARIANTS: readonly Variant[] = [
  { name: 'thin-c', source: 'c', options: ['-flto=thin', '-O2'] },
  { name: 'thin-O0', source: 'cc', options: ['-flto=thin', '-O0'] },
  { name: 'full-g', source: 'cc', options: ['-flto', '-O2', '-g', '--target=x86_64-linux-gnu'] },
  { name: 'aarch64', source: 'c', options: ['-flto=thin', '-O1', '-fPIC', '--target=aarch64-linux-gnu'] },
  { name: 'whole', source: 'cc', options: ['-flto=thin', '-O2', '-fno-split-lto-unit', ...DEVIRTUALIZED] },
  { name: 'split', source: 'cc', options: ['-flto=thin', '-O2', '-fsplit-lto-unit', ...DEVIRTUALIZED] },
  { name: 'cfi', source: 'cc', options: ['-flto=thin', '-O1', ...CFI] },
  { name: 'cfi-full', source: 'cc', options: ['-flto', '-O1', ...CFI] },
];

const CLANGS = [13, 14, 15, 16, 19, 22] as const;
/** Those that an index is made of, and all that versions between two of the same layout compile. */
const INDEXED = ['thin-c', 'whole', 'split', 'cfi'];

for (const version of CLANGS) {
  describeWithTools(
    `summaries of clang ${version}`,
    [`clang-${version}`, `ld.lld-${version}`, 'llvm-dis-22'] as const,
    ([clang, lld, dis]) => {
      const folder = temporaryFolder({ 'source.cc': CXX_SOURCE, 'source.c': C_SOURCE });

      const inputs = VARIANTS.filter(({ name }) => INDEXED.includes(name));
      const variants = version === 14 || version === 15 ? inputs : VARIANTS;

      it.each(variants.map((variant) => [variant.name, variant] as const))('%s', (name, { source, options }) => {
        const object = `${name}.o`;
        const compiled = run(clang, ['-c', `source.${source}`, '-o', object, ...options], { cwd: folder });
        expect(compiled).toMatchObject({ status: 0, stderr: '' });
        const summaries = summariesOf(join(folder, object));
        const references = disassembledSummaries(dis, folder, object, summaries.length);
        const rows = summaries.map((summary, i) => expectSummary(summary, references[i], object));
        expect(rows.reduce((sum, count) => sum + count)).toBeGreaterThan(5);
      });

      it('indexes of its linker', () => {
        for (const { name } of inputs) {
          const object = `${name}.o`;
          const linked = run(
            lld,
            ['-shared', '--thinlto-index-only', '--lto-whole-program-visibility', object, '-o', 'out.so'],
            { cwd: folder },
          );
          expect(linked).toMatchObject({ status: 0, stderr: '' });
          const path = join(folder, `${object}.thinlto.bc`);
          expect(existsSync(path)).toBe(true);
          const index = readIndexFile(openBitcode(readFileSync(path)));
          const [reference] = disassembledSummaries(dis, folder, basename(path), 1);
          expect(index?.isIndex).toBe(true);
          expect([...(index?.modules.values() ?? [])].map((module) => module.path)).toEqual(reference?.modules);
          expect(expectSummary(index, reference, '')).toBeGreaterThan(3);
        }
      });
    },
  );
}

describeWithTools('summaries of fixtures', ['llvm-dis-22'] as const, ([dis]) => {
  it('are those that llvm-dis prints', () => {
    const folder = temporaryFolder();
    let rows = 0;
    for (const name of fixturesOfKind('bitcode')) {
      const path = fixturePath(name);
      const summaries = summariesOf(path);
      const references = disassembledSummaries(dis, folder, path, summaries.length);
      for (const [i, summary] of summaries.entries()) rows += expectSummary(summary, references[i], path);
    }
    expect(rows).toBeGreaterThan(100);
  });
});
