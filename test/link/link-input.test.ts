import { describe, expect, it } from 'vitest';
import { isLazyMember, linkerName } from '../../src/link/index.ts';
import type { LinkArchive } from '../../src/link/index.ts';

function archive(isThin: boolean, hasSymbolIndex: boolean, parent?: LinkArchive): LinkArchive {
  return { path: ['lib.a'], file: 'lib.a', isThin, hasSymbolIndex, parent };
}

const kbuild = archive(true, false);
const thinWithIndex = archive(true, true);
const regular = archive(false, true);
const regularWithoutIndex = archive(false, false);

describe('a member is taken on demand', () => {
  it.each([
    ['a loose file', undefined, false],
    ['a member of a regular archive', regular, true],
    ['a member of a regular archive without index', regularWithoutIndex, true],
    ['a member of a thin archive with index', thinWithIndex, true],
    ['a member of a thin archive without index, as kbuild makes it', kbuild, false],
    ['a member of a regular archive in one of kbuild', archive(false, true, kbuild), false],
    ['a member of one of kbuild in a regular archive', archive(true, false, regular), true],
    ['three deep, the outermost decides', archive(true, false, archive(false, true, kbuild)), false],
  ])('%s', (_, around, isLazy) => {
    expect(isLazyMember(around, false)).toBe(isLazy);
  });

  it.each([
    ['a regular archive', regular],
    ['a thin archive with index', thinWithIndex],
    ['an archive in an archive', archive(false, true, regular)],
  ])('never of %s under --whole-archive', (_, around) => {
    expect(isLazyMember(around, true)).toBe(false);
  });
});

describe('the name that linkers write', () => {
  it.each([
    [['a.o'], 'a.o'],
    [['dir/lib.a', 'a.o'], 'dir/lib.a(a.o)'],
    [['lib.a', '../a.o'], 'lib.a(../a.o)'],
    [['lib.a', 'inner.a', 'a.o'], 'lib.a(inner.a)(a.o)'],
  ])('of %j is %s', (path, name) => {
    expect(linkerName(path)).toBe(name);
  });
});
