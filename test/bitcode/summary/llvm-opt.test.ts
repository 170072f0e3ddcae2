// Summaries of profiled code, of stack safety and of whole links, which plain compilations do not have, against llvm-dis and
// llvm-lto.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openBitcode, readIndexFile, readSummary } from '../../../src/bitcode/index.ts';
import type { BitcodeModule } from '../../../src/bitcode/index.ts';
import { disassembledSummaries, expectSummary, summariesOf } from '../../helpers/compare-summary.ts';
import { fixturePath, fixturesOfKind } from '../../helpers/fixtures.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { describeWithTools, run } from '../../helpers/tools.ts';

const HEAP = `
source_filename = "heap.c"
define i32 @main() {
  %c = call ptr @foo(), !callsite !0
  %d = call ptr @foo(), !callsite !1
  ret i32 0
}
define internal ptr @foo() {
  %c = call ptr @_Znam(i64 0) #1, !memprof !2, !callsite !7
  ret ptr %c
}
declare ptr @_Znam(i64)
attributes #1 = { builtin }
!0 = !{i64 8632435727821051414}
!1 = !{i64 -3421689549917153178}
!2 = !{!3, !5}
!3 = !{!4, !"notcold"}
!4 = !{i64 9086428284934609951, i64 8632435727821051414}
!5 = !{!6, !"cold"}
!6 = !{i64 9086428284934609951, i64 -3421689549917153178, i64 8632435727821051414}
!7 = !{i64 9086428284934609951}
`;
const CALLS = `
source_filename = "calls.c"
@v = global ptr @cold
define void @root(i1 %x, ptr %f) PROFILED {
  call void @hot()
  br i1 %x, label %a, label %b, !prof !1
a:
  tail call void @cold()
  br label %b
b:
  call void @none()
  call void %f(), !prof !2
  ret void
}
declare void @hot()
declare void @cold()
declare void @none()
!1 = !{!"branch_weights", i32 1, i32 100}
!2 = !{!"VP", i32 0, i64 80, i64 12345678901234567, i64 80}
`;
const PROFILE = `
!llvm.module.flags = !{!3}
!0 = !{!"function_entry_count", i64 110}
!3 = !{i32 1, !"ProfileSummary", !4}
!4 = !{!5, !6, !7, !8, !9, !10, !11, !12}
!5 = !{!"ProfileFormat", !"InstrProf"}
!6 = !{!"TotalCount", i64 10000}
!7 = !{!"MaxCount", i64 10}
!8 = !{!"MaxInternalCount", i64 1}
!9 = !{!"MaxFunctionCount", i64 1000}
!10 = !{!"NumCounts", i64 3}
!11 = !{!"NumFunctions", i64 3}
!12 = !{!"DetailedSummary", !13}
!13 = !{!14, !15, !16}
!14 = !{i32 10000, i64 100, i32 1}
!15 = !{i32 999000, i64 100, i32 1}
!16 = !{i32 999999, i64 1, i32 2}
`;
const STACK = `
static __attribute__((noinline)) int inner(int *p) { return p[1]; }
int outer(int *q) { return inner(q + 1) + q[0]; }
int below(int *q) { return inner(q - 3); }
int local(void) { int a[8]; a[0] = 1; return outer(a) + inner(a); }
`;

const SOURCES = {
  'heap.ll': HEAP,
  'plain.ll': CALLS.replace('PROFILED', ''),
  'profiled.ll': CALLS.replace('PROFILED', '!prof !0') + PROFILE,
};

for (const version of [16, 19, 22]) {
  describeWithTools(`summaries of opt ${version}`, [`opt-${version}`, 'llvm-dis-22'] as const, ([opt, dis]) => {
    const folder = temporaryFolder(SOURCES);
    it.each(['heap', 'plain', 'profiled'])('of %s code', (name) => {
      expect(run(opt, ['-module-summary', `${name}.ll`, '-o', `${name}.bc`], { cwd: folder })).toMatchObject({
        status: 0,
      });
      const [summary] = summariesOf(join(folder, `${name}.bc`));
      const [reference] = disassembledSummaries(dis, folder, `${name}.bc`, 1);
      expect(expectSummary(summary, reference, `${name}.bc`)).toBe(2);
      if (name === 'profiled') {
        const calls = [...(summary?.functions() ?? [])][0]?.calls();
        expect(calls?.map(({ hotness }) => hotness)).toEqual(['hot', 'cold', 'hot', 'none']);
        // A callee that only the profile knows has a GUID and no name.
        const unknown = calls?.at(-1)?.valueId ?? 0;
        expect([summary?.guidOf(unknown), summary?.nameOf(unknown)]).toEqual([12345678901234567n, undefined]);
      }
      if (name === 'heap') {
        const rows = [...(summary?.functions() ?? [])];
        expect(rows.map((row) => row.memoryProfile().allocations.length)).toEqual([0, 1]);
      }
    });
  });
}

describeWithTools('relative frequencies of calls', ['opt-16', 'llvm-bcanalyzer-22'] as const, ([opt, analyzer]) => {
  it('are those of the records', () => {
    const folder = temporaryFolder(SOURCES);
    const file = join(folder, 'plain.bc');
    expect(
      run(opt, ['-module-summary', '-write-relbf-to-summary', 'plain.ll', '-o', file], { cwd: folder }).stderr,
    ).toBe('');
    const [, ...operands] =
      /<PERMODULE_RELBF .*/u.exec(run(analyzer, ['-dump', file]).stdout)?.[0].match(/op\d+=(\d+)/gu) ?? [];
    const row = [...(summariesOf(file)[0]?.functions() ?? [])][0];
    const stored = row?.calls().flatMap(({ valueId, relativeFrequency }) => [valueId, relativeFrequency]);
    expect(stored?.length).toBeGreaterThanOrEqual(6);
    expect(operands.map((operand) => Number(operand.split('=')[1])).slice(6)).toEqual(stored);
  });
});

for (const version of [13, 14, 16, 19, 22]) {
  describeWithTools(
    `stack safety of clang ${version}`,
    [`clang-${version}`, 'llvm-dis-22'] as const,
    ([clang, dis]) => {
      it('is what functions do with their parameters', () => {
        const folder = temporaryFolder({ 'stack.c': STACK });
        // Named -fsanitize=memtag before LLVM 15.
        const sanitizer = version < 15 ? 'memtag' : 'memtag-stack';
        const target = ['--target=aarch64-linux-android30', '-march=armv8-a+memtag', `-fsanitize=${sanitizer}`];
        const args = ['-O1', '-flto=thin', ...target, '-c', 'stack.c', '-o', 'stack.o'];
        expect(run(clang, args, { cwd: folder })).toMatchObject({ status: 0 });
        const [summary] = summariesOf(join(folder, 'stack.o'));
        expect(expectSummary(summary, disassembledSummaries(dis, folder, 'stack.o', 1)[0], 'stack.o')).toBe(4);
        const accesses = [...(summary?.functions() ?? [])].flatMap((row) => row.parameterAccesses());
        expect(accesses.length).toBeGreaterThanOrEqual(3);
        expect(accesses.some(({ calls }) => calls.some(({ range }) => range.lower < 0n))).toBe(true);
      });
    },
  );
}

describeWithTools(
  'the index of a whole link',
  ['clang-22', 'llvm-lto-22', 'llvm-dis-22'] as const,
  ([clang, lto, dis]) => {
    it('has the definitions of all modules', () => {
      const folder = temporaryFolder({
        'a.c': 'static int x; int *f(void) { return &x; } int g(void); int main(void) { return g() + *f(); }',
        'b.c': 'static int x = 3; int g(void) { return x++; } __attribute__((weak)) int w(void) { return 1; }',
      });
      for (const name of ['a', 'b']) {
        expect(run(clang, ['-O1', '-flto=thin', '-c', `${name}.c`, '-o', `${name}.o`], { cwd: folder }).status).toBe(0);
      }
      expect(run(lto, ['--thinlto-action=thinlink', 'a.o', 'b.o', '-o', 'all.bc'], { cwd: folder })).toMatchObject({
        status: 0,
      });
      const index = readIndexFile(openBitcode(readFileSync(join(folder, 'all.bc'))));
      expect(expectSummary(index, disassembledSummaries(dis, folder, 'all.bc', 1)[0], '')).toBe(6);
      expect([...(index?.modules.values() ?? [])].map(({ path }) => path).sort()).toEqual(['a.o', 'b.o']);
      // A local value has a GUID of its file, and that of its mere name beside it.
      const locals = [...(index?.variables() ?? [])];
      expect(new Set(locals.map(({ originalGuid }) => originalGuid)).size).toBe(1);
      expect(new Set(locals.map(({ guid }) => guid)).size).toBe(2);
    });
  },
);

describeWithTools('GUIDs of fixtures', ['llvm-lto-22'] as const, ([lto]) => {
  const files = fixturesOfKind('bitcode').filter((name) => {
    const { modules } = openBitcode(readFileSync(fixturePath(name)));
    return modules.length === 1 && readSummary(modules[0] as BitcodeModule)?.summaryKind === 'thin';
  });

  it('are those that llvm-lto prints', () => {
    expect(files.length).toBeGreaterThan(5);
    let compared = 0;
    for (const name of files) {
      const folder = temporaryFolder();
      const args = [
        '--thinlto-action=thinlink',
        '-print-summary-global-ids',
        fixturePath(name),
        '-o',
        join(folder, 'x'),
      ];
      const summary = summariesOf(fixturePath(name))[0];
      for (const [, guid = '', printed = ''] of run(lto, args).stderr.matchAll(/^GUID (\d+)\(\d+\) is (.*)$/gmu)) {
        expect(
          summary?.valuesOf(BigInt(guid)).map((id) => summary.nameOf(id)),
          name,
        ).toEqual([printed]);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(100);
  });
});
