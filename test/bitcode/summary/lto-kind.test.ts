// Which LTO a module is for, as command lines of clang tell.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeLtoKind, ltoFlagsOf, ltoKindOf, openBitcode, readModuleFlags } from '../../../src/bitcode/index.ts';
import type { BitcodeModule, LtoEvidence } from '../../../src/bitcode/index.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { describeWithTools, run } from '../../helpers/tools.ts';

const NO_FLAGS = { thinLto: undefined, enableSplitLtoUnit: undefined, unifiedLto: undefined };

describe('the kind of LTO', () => {
  it.each<[LtoEvidence, string, string]>([
    [{ summaryKind: 'thin' }, 'thin', 'ThinLTO'],
    [{ summaryKind: 'thin', summaryFlags: 0x208 }, 'thin', 'ThinLTO, split unit, unified'],
    // What the linker does not look at does not count.
    [
      { summaryKind: 'thin', moduleFlags: { ...NO_FLAGS, thinLto: false, enableSplitLtoUnit: true } },
      'thin',
      'ThinLTO',
    ],
    [{ summaryKind: 'full', summaryFlags: 8 }, 'full', 'full LTO with a summary, split unit'],
    [{ summaryKind: 'none', summaryFlags: 8 }, 'none', 'no LTO'],
    [{ summaryKind: 'none', moduleFlags: NO_FLAGS }, 'none', 'no LTO'],
    [{ summaryKind: 'none', moduleFlags: { ...NO_FLAGS, thinLto: false } }, 'regular', 'full LTO without a summary'],
    [
      { summaryKind: 'none', moduleFlags: { thinLto: false, enableSplitLtoUnit: true, unifiedLto: true } },
      'regular',
      'full LTO without a summary, split unit, unified',
    ],
  ])('of %j is %s', (evidence, kind, text) => {
    expect([ltoKindOf(evidence), describeLtoKind(evidence)]).toEqual([kind, text]);
  });
});

function kindsIn(path: string): string[] {
  return openBitcode(readFileSync(path)).modules.map((module: BitcodeModule) =>
    describeLtoKind({
      summaryKind: module.summaryKind,
      summaryFlags: module.summary()?.flags ?? 0,
      moduleFlags: ltoFlagsOf(readModuleFlags(module)),
    }),
  );
}

describeWithTools('the kind of LTO of clang 22', ['clang-22'] as const, ([clang]) => {
  const folder = temporaryFolder({ 'a.cc': 'struct A { virtual int f(); }; int A::f() { return 1; }' });
  it.each([
    ['-flto=thin', ['ThinLTO']],
    ['-flto', ['full LTO with a summary, split unit']],
    [
      '-flto=thin -fsplit-lto-unit -fwhole-program-vtables -fvisibility=hidden',
      ['ThinLTO, split unit', 'full LTO with a summary, split unit'],
    ],
    ['-flto=thin -funified-lto -fno-split-lto-unit', ['ThinLTO, unified']],
    ['-emit-llvm', ['no LTO']],
    ['-flto --target=x86_64-apple-macos11', ['no LTO']],
  ])('%s', (options, kinds) => {
    const compiled = run(clang, [...options.split(' '), '-c', 'a.cc', '-o', 'a.o'], { cwd: folder });
    expect(compiled.status).toBe(0);
    expect(kindsIn(join(folder, 'a.o'))).toEqual(kinds);
  });
});
