import { describe, expect, it } from 'vitest';
import { findDuplicateDefinitions, NameInterner } from '../../src/link/index.ts';
import { bounded } from '../helpers/bounded.ts';
import type { DefinitionSpec, InputSpec } from '../helpers/link-set.ts';
import { internText, linkSet } from '../helpers/link-set.ts';

/** Inputs a.o, b.o and so on, each by its definitions, or by more than these. */
type Inputs = readonly (readonly DefinitionSpec[] | Omit<InputSpec, 'path'>)[];

function inputs(...list: Inputs): InputSpec[] {
  return list.map((entry, i) => {
    const path = `${String.fromCharCode(97 + i)}.o`;
    return isList(entry) ? { path, defines: entry } : { path, ...entry };
  });
}

function isList(entry: Inputs[number]): entry is readonly DefinitionSpec[] {
  return Array.isArray(entry);
}

function duplicatesOf(...list: Inputs): (readonly [string, ...number[]])[] {
  return findDuplicateDefinitions(linkSet(inputs(...list))).map(({ name, definers }) => [name, ...definers]);
}

describe('strong definitions', () => {
  it('of different names are no duplicates', () => {
    expect(duplicatesOf(['one'], ['two'], ['three'])).toEqual([]);
  });

  it('of one name are, with the inputs in order', () => {
    expect(duplicatesOf(['own', 'both'], ['other'], ['both'])).toEqual([['both', 0, 2]]);
  });

  it('in three inputs are one duplicate', () => {
    expect(duplicatesOf(['name'], ['name'], ['name'])).toEqual([['name', 0, 1, 2]]);
  });

  it('twice in one input are none', () => {
    expect(duplicatesOf(['name', 'name'], ['other'])).toEqual([]);
  });

  it('twice in one input and once in another name each input once', () => {
    expect(duplicatesOf(['name', 'name'], ['name', 'name'])).toEqual([['name', 0, 1]]);
  });

  it('come in the order of the second definitions', () => {
    const found = duplicatesOf(['one', 'two', 'three'], ['three', 'one'], ['two', 'one']);
    expect(found).toEqual([
      ['three', 0, 1],
      ['one', 0, 1, 2],
      ['two', 0, 2],
    ]);
  });

  it('do not depend on which inputs are bitcode', () => {
    const names = ['one', 'two'];
    const set = linkSet([
      { path: 'a.o', format: 'bitcode', defines: names },
      { path: 'b.o', format: 'elf', defines: names },
      { path: 'c.o', format: 'bitcode', defines: names },
    ]);
    expect(findDuplicateDefinitions(set).map(({ definers }) => definers)).toEqual([
      [0, 1, 2],
      [0, 1, 2],
    ]);
  });

  it('of lazy members count like any other', () => {
    const set = linkSet([
      { path: 'a.o', defines: ['name'] },
      { path: 'lib.a > b.o', defines: ['name'], isLazy: true },
    ]);
    expect(findDuplicateDefinitions(set)).toEqual([{ name: 'name', definers: [0, 1] }]);
  });

  it('of inputs that could not be read are unknown, not absent: the others are compared', () => {
    const set = linkSet([
      { path: 'a.o', defines: ['name'] },
      { path: 'b.o', facts: { definitions: undefined } },
      { path: 'c.o', defines: ['name'] },
    ]);
    expect(findDuplicateDefinitions(set)).toEqual([{ name: 'name', definers: [0, 2] }]);
  });

  it('of an empty set are none', () => {
    expect(findDuplicateDefinitions(linkSet([]))).toEqual([]);
  });
});

// A is in COMDAT group `sig`, P is plain.
const A: DefinitionSpec = { name: 'f', comdat: 'sig' };
const OTHER: DefinitionSpec = { name: 'f', comdat: 'other' };
const P: DefinitionSpec = 'f';
const SIG_WITHOUT_STRONG = { groups: ['sig'] };

describe('COMDAT groups', () => {
  it.each<readonly [string, Inputs, number[][]]>([
    ['of one signature: the first stays', [[A], [A]], []],
    ['of one signature, three times', [[A], [A], [A]], []],
    ['of two signatures collide', [[A], [OTHER]], [[0, 1]]],
    ['a group and a plain definition collide', [[A], [P]], [[0, 1]]],
    ['a plain definition and a group collide', [[P], [A]], [[0, 1]]],
    ['two groups and a plain definition: the second group vanishes', [[A], [A], [P]], [[0, 2]]],
    ['group, plain, group: the last group vanishes', [[A], [P], [A]], [[0, 1]]],
    ['plain, group, group: the last group vanishes', [[P], [A], [A]], [[0, 1]]],
    ['a group of weak definitions claims the signature first', [SIG_WITHOUT_STRONG, [A], [P]], []],
    ['a group of weak definitions between: the first keeps it', [[A], SIG_WITHOUT_STRONG, [P]], [[0, 2]]],
    ['a claim of another signature does not matter', [{ groups: ['else'] }, [A], [P]], [[1, 2]]],
    ['all vanish but one', [SIG_WITHOUT_STRONG, [A], [A], [P]], []],
    ['all vanish', [SIG_WITHOUT_STRONG, [A], [A]], []],
  ])('%s', (_, list, expected) => {
    expect(duplicatesOf(...list)).toEqual(expected.map((definers) => ['f', ...definers]));
  });

  it('their signature may be the name of another symbol', () => {
    expect(duplicatesOf([{ name: 'f', comdat: 'g' }, 'g'], [{ name: 'f', comdat: 'g' }])).toEqual([]);
  });

  it('are read only if a name in one is defined twice', () => {
    const set = linkSet(inputs([A, 'own'], ['other'], ['f2']));
    const unread = set.inputs.map((input) => ({
      ...input,
      readComdatSignatures: () => {
        throw new Error('was read');
      },
    }));
    expect(findDuplicateDefinitions({ ...set, inputs: unread })).toEqual([]);
  });

  // The linker reads the group of a lazy member when it takes the member (ld.lld 16 and 22).
  it('of a lazy member that nothing asks for do not claim the signature', () => {
    const set = linkSet([
      { path: 'lib.a > a.o', defines: [A], isLazy: true },
      { path: 'b.o', defines: [A] },
      { path: 'c.o', defines: [P] },
    ]);
    const [duplicate] = findDuplicateDefinitions(set);
    expect(duplicate?.definers).toEqual(expect.arrayContaining([1, 2]));
  });
});

function absolute(value: bigint): DefinitionSpec {
  return { name: 'f', absolute: value };
}

describe('absolute symbols', () => {
  it.each<readonly [string, Inputs, number[][]]>([
    ['of one value are no duplicate', [[absolute(16n)], [absolute(16n)]], []],
    ['of one large value are none', [[absolute(2n ** 64n - 1n)], [absolute(2n ** 64n - 1n)]], []],
    ['of two values are', [[absolute(16n)], [absolute(32n)]], [[0, 1]]],
    ['that differ above 2^53 are', [[absolute(2n ** 60n)], [absolute(2n ** 60n + 1n)]], [[0, 1]]],
    ['of one value and a third of another', [[absolute(16n)], [absolute(16n)], [absolute(32n)]], [[0, 2]]],
    ['collide with a plain definition', [[absolute(16n)], [P]], [[0, 1]]],
    ['a plain definition collides with them', [[P], [absolute(16n)]], [[0, 1]]],
    // reportDuplicate of ld.lld 16 to 22 takes value 0 for "no value".
    ['of value 0 are duplicates', [[absolute(0n)], [absolute(0n)]], [[0, 1]]],
  ])('%s', (_, list, expected) => {
    expect(duplicatesOf(...list)).toEqual(expected.map((definers) => ['f', ...definers]));
  });
});

describe('versions', () => {
  it.each<readonly [string, Inputs, number[][]]>([
    ['the default version and the plain name collide', [['f@@V'], ['f']], [[0, 1]]],
    ['the plain name and the default version collide', [['f'], ['f@@V']], [[0, 1]]],
    ['two default versions of one name collide', [['f@@V1'], ['f@@V2']], [[0, 1]]],
    ['three collide as one', [['f'], ['f@@V1'], ['f@@V2']], [[0, 1, 2]]],
    ['the same default version twice', [['f@@V'], ['f@@V']], [[0, 1]]],
    ['both in one input are none', [['f', 'f@@V'], ['g']], []],
    ['both in one input and the plain name in another', [['f', 'f@@V'], ['f']], [[0, 1]]],
    ['a default version alone is none', [['f@@V'], ['g@@V']], []],
    ['other versions are names of their own', [['f@V1'], ['f@V2'], ['f']], []],
    ['a second version in the name is no default version', [['f@OLD@@NEW'], ['f@OLD']], []],
  ])('%s', (_, list, expected) => {
    expect(duplicatesOf(...list)).toEqual(expected.map((definers) => ['f', ...definers]));
  });

  it('another version twice collides under its own name', () => {
    expect(duplicatesOf(['f@V'], ['f@V'])).toEqual([['f@V', 0, 1]]);
  });

  it('of names that other sets have do not matter', () => {
    const names = new NameInterner();
    internText(names, 'f@@V');
    internText(names, 'f');
    expect(findDuplicateDefinitions(linkSet(inputs(['f'], ['g']), names))).toEqual([]);
  });
});

it('takes time in proportion to the definitions', () => {
  const definitions = Array.from({ length: 200_000 }, (_, i) => `name_${i}`);
  const set = linkSet(inputs(definitions, definitions, definitions));
  expect(bounded(() => findDuplicateDefinitions(set))).toHaveLength(200_000);
});
