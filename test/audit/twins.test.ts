import { describe, expect, it } from 'vitest';
import { findTwins } from '../../src/audit/twins.ts';
import { findDuplicateDefinitions } from '../../src/link/index.ts';
import { bounded } from '../helpers/bounded.ts';
import type { InputSpec } from '../helpers/link-set.ts';
import { linkSet } from '../helpers/link-set.ts';

type Spec = Omit<InputSpec, 'path' | 'format'>;

function bitcode(path: string, spec: Spec = {}): InputSpec {
  return { path, format: 'bitcode', ...spec };
}

function native(path: string, spec: Spec = {}): InputSpec {
  return { path, format: 'elf', ...spec };
}

function twinsOf(...specs: readonly InputSpec[]) {
  const set = linkSet(specs);
  return findTwins(set, findDuplicateDefinitions(set));
}

/** Names `name_0` and so on. */
function names(count: number, prefix = 'name'): string[] {
  return Array.from({ length: count }, (_, i) => `${prefix}_${i}`);
}

describe('twins by name', () => {
  it.each(['lto', 'prelink', 'thinlto-native'])('foo.o and foo.%s.o', (suffix) => {
    expect(twinsOf(bitcode('foo.o'), native(`foo.${suffix}.o`))).toEqual([
      { bitcode: [0], native: [1], by: 'name', shared: 0, smaller: 0 },
    ]);
  });

  it('in either order', () => {
    expect(twinsOf(native('foo.lto.o'), bitcode('foo.o'))).toMatchObject([{ bitcode: [1], native: [0] }]);
  });

  it('with the bitcode under the longer name', () => {
    expect(twinsOf(native('foo.o'), bitcode('foo.lto.o'))).toMatchObject([{ bitcode: [1], native: [0] }]);
  });

  it('with what they share counted', () => {
    const [twin] = twinsOf(
      bitcode('foo.o', { defines: ['one', 'two', 'three'] }),
      native('foo.lto.o', { defines: ['two', 'three'] }),
    );
    expect(twin).toMatchObject({ shared: 2, smaller: 2 });
  });

  it.each([
    ['of two folders', 'a/foo.o', 'b/foo.lto.o'],
    ['of two stems', 'foo.o', 'bar.lto.o'],
    ['with another suffix', 'foo.o', 'foo.native.o'],
    ['where the suffix is the whole name', 'foo.o', '.lto.o'],
    ['where the suffix is a part of a word', 'foo.o', 'fooxlto.o'],
    ['that have no .o', 'foo', 'foo.lto'],
  ])('not for files %s', (_, one, other) => {
    expect(twinsOf(bitcode(one), native(other))).toEqual([]);
  });

  it.each(['bitcode', 'elf', 'text', 'empty'] as const)('not where the partner is %s too', (format) => {
    const kind = format === 'elf' ? 'elf' : 'bitcode';
    expect(twinsOf({ path: 'foo.o', format: kind }, { path: 'foo.lto.o', format })).toEqual([]);
  });

  it('one for each of the native copies', () => {
    const twins = twinsOf(bitcode('foo.o'), native('foo.lto.o'), native('foo.prelink.o'));
    expect(twins.map((twin) => twin.native)).toEqual([[1], [2]]);
  });

  it('in the folder of the members of a thin archive', () => {
    const archive = { isThin: true, hasSymbolIndex: false };
    const twins = twinsOf(
      bitcode('net/built-in.a > qrtr.o', { archive }),
      native('net/built-in.a > qrtr.lto.o', { archive }),
    );
    expect(twins).toMatchObject([{ bitcode: [0], native: [1], by: 'name' }]);
  });

  it('of a thin archive named like an object, with all its parts', () => {
    const archive = { isThin: true, hasSymbolIndex: false };
    const twins = twinsOf(
      native('qrtr.lto.o', { defines: ['one', 'two', 'own'] }),
      bitcode('qrtr.o > af_qrtr.o', { archive, defines: ['one'] }),
      bitcode('qrtr.o > ns.o', { archive, defines: ['two'] }),
    );
    expect(twins).toEqual([{ bitcode: [1, 2], native: [0], by: 'name', shared: 2, smaller: 2 }]);
  });

  it('of the parts of a thin archive only those of the other kind', () => {
    const archive = { isThin: true, hasSymbolIndex: false };
    const twins = twinsOf(
      bitcode('qrtr.o > c.o', { archive }),
      native('qrtr.o > asm.o', { archive }),
      native('qrtr.lto.o'),
    );
    expect(twins).toMatchObject([{ bitcode: [0], native: [2] }]);
  });

  it('of two members of one regular archive', () => {
    expect(twinsOf(bitcode('lib.a > foo.o'), native('lib.a > foo.lto.o'))).toMatchObject([
      { bitcode: [0], native: [1], by: 'name' },
    ]);
  });

  it('not of members of two regular archives', () => {
    expect(twinsOf(bitcode('a.a > foo.o'), native('b.a > foo.lto.o'))).toEqual([]);
  });

  it('not of a member and a loose file', () => {
    expect(twinsOf(bitcode('lib.a > foo.o'), native('foo.lto.o'))).toEqual([]);
  });
});

describe('twins by definitions', () => {
  it.each([
    ['3 of 3', 3, 3, 3],
    ['9 of 10', 9, 10, 10],
    ['10 of 10', 10, 10, 10],
    ['3 of 3 and 100', 3, 3, 100],
    ['18 of 20', 18, 20, 20],
  ])('%s shared are twins', (_, shared, one, other) => {
    const both = names(shared);
    const twins = twinsOf(
      bitcode('a.o', { defines: [...both, ...names(one - shared, 'one')] }),
      native('b.o', { defines: [...both, ...names(other - shared, 'other')] }),
    );
    expect(twins).toEqual([{ bitcode: [0], native: [1], by: 'definitions', shared, smaller: Math.min(one, other) }]);
  });

  it.each([
    ['8 of 10', 8, 10, 10],
    ['2 of 2', 2, 2, 2],
    ['1 of 1', 1, 1, 1],
    ['2 of 3', 2, 3, 3],
    ['17 of 19', 17, 19, 19],
    ['none', 0, 5, 5],
  ])('%s shared are not', (_, shared, one, other) => {
    const both = names(shared);
    expect(
      twinsOf(
        bitcode('a.o', { defines: [...both, ...names(one - shared, 'one')] }),
        native('b.o', { defines: [...both, ...names(other - shared, 'other')] }),
      ),
    ).toEqual([]);
  });

  it.each([
    ['bitcode', bitcode],
    ['native', native],
  ] as const)('two inputs that are both %s are duplicates, not twins', (_, kind) => {
    expect(twinsOf(kind('a.o', { defines: names(5) }), kind('b.o', { defines: names(5) }))).toEqual([]);
  });

  it('in any containers', () => {
    const defines = names(4);
    expect(twinsOf(native('lib.a > x.o', { defines }), bitcode('y.bc', { defines }))).toMatchObject([
      { bitcode: [1], native: [0], by: 'definitions', shared: 4 },
    ]);
  });

  it('do not repeat a pair that was found by name', () => {
    const defines = names(5);
    expect(twinsOf(bitcode('foo.o', { defines }), native('foo.lto.o', { defines }))).toMatchObject([{ by: 'name' }]);
  });

  it('come behind those by name', () => {
    const twins = twinsOf(
      bitcode('a.o', { defines: names(3, 'a') }),
      native('b.o', { defines: names(3, 'a') }),
      bitcode('foo.o', { defines: names(3, 'foo') }),
      native('foo.lto.o', { defines: names(3, 'foo') }),
    );
    expect(twins.map(({ by }) => by)).toEqual(['name', 'definitions']);
  });

  it('weigh only definitions that collide: those in one COMDAT do not', () => {
    const defines = names(5).map((name) => ({ name, comdat: name }));
    expect(twinsOf(bitcode('a.o', { defines }), native('b.o', { defines }))).toEqual([]);
  });

  it('of one bitcode and two copies are two pairs', () => {
    const defines = names(3);
    const twins = twinsOf(bitcode('a.o', { defines }), native('b.o', { defines }), native('c.o', { defines }));
    expect(twins.map(({ bitcode: one, native: other }) => [...one, ...other])).toEqual([
      [0, 1],
      [0, 2],
    ]);
  });
});

it('names that very many inputs define do not make every pair of them', () => {
  const defines = names(3);
  const specs = Array.from({ length: 600 }, (_, i) => (i % 2 === 0 ? bitcode : native)(`${i}.o`, { defines }));
  const twins = bounded(() => twinsOf(...specs));
  expect(twins.length).toBeGreaterThan(0);
  expect(twins.length).toBeLessThan(100);
});
