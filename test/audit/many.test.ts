// Costs that must grow with the input and no faster; the limits are far above what is needed.

import { describe, expect, it } from 'vitest';
import { audit } from '../../src/audit/index.ts';
import { findDuplicateDefinitions, NameInterner } from '../../src/link/index.ts';
import { bounded } from '../helpers/bounded.ts';
import { linkSet } from '../helpers/link-set.ts';

describe('many default versions', () => {
  it('of one name in one input', () => {
    const defines = ['f', ...Array.from({ length: 200_000 }, (_, i) => `f@@V${i}`)];
    const set = linkSet([{ path: 'a.o', defines }]);
    expect(bounded(() => findDuplicateDefinitions(set))).toEqual([]);
  });

  it('in many sets that share their names', () => {
    const names = new NameInterner();
    const sets = Array.from({ length: 2000 }, (_, set) =>
      linkSet([{ path: `${set}.o`, defines: Array.from({ length: 50 }, (__, i) => `n${set}_${i}@@V`) }], names),
    );
    expect(bounded(() => audit(sets)).findings).toEqual([]);
  });
});

describe('twins that share a name with all others', () => {
  it('are all found', () => {
    const specs = Array.from({ length: 14 }, (_, i) => {
      const defines = ['init_module', 'cleanup_module', `a${i}`, `b${i}`, `c${i}`];
      return [
        { path: `x${i}.o`, format: 'bitcode' as const, defines },
        { path: `y${i}.o`, format: 'elf' as const, defines },
      ];
    }).flat();
    const twins = audit([linkSet(specs)]).findings.filter(({ rule }) => rule === 'lto-native-twin');
    expect(twins).toHaveLength(14);
    expect(twins.map(({ data }) => data['shared'])).toEqual(new Array(14).fill(5));
  });
});

describe('twins by name alone', () => {
  it('that define nothing in common are only possible', () => {
    const set = linkSet([
      { path: 'foo.o', format: 'bitcode', defines: ['p'] },
      { path: 'foo.lto.o', format: 'elf', defines: ['r'] },
    ]);
    expect(audit([set]).findings).toMatchObject([
      { rule: 'lto-native-twin', severity: 'warning', certainty: 'possible', data: { shared: 0 } },
    ]);
  });
});
