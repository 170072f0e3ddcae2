// GUIDs, against numbers that llvm-lto and llvm-dis print.

import { expect, describe, it } from 'vitest';
import { globalIdentifier, guidOf, readSummary } from '../../../src/bitcode/index.ts';
import type { BitcodeModuleSummary } from '../../../src/bitcode/index.ts';
import { moduleIn, summaryFile, summaryOf } from './summary-builder.ts';

describe('a GUID', () => {
  it.each([
    ['main', 15822663052811949562n],
    ['printf', 7383291119112528047n],
    ['_ZdlPv', 950067649961216671n],
    ['', 0x04b2008fd98c1dd4n],
  ])('of %j is that of LLVM', (name, guid) => {
    expect(guidOf(name)).toBe(guid);
  });

  it('is made of the bytes of a name', () => {
    // A byte that is no UTF-8, as names of this library escape it, and a backslash.
    expect(guidOf('\\xff')).not.toBe(guidOf('\\\\xff'));
    expect(() => guidOf('\\')).toThrow(RangeError);
  });
});

describe('an identifier', () => {
  it('has the source file in front of a local name', () => {
    expect(globalIdentifier('f', false, 'a.c')).toBe('f');
    expect(globalIdentifier('f', true, 'a.c')).toBe('a.c;f');
    expect(globalIdentifier('f', true, 'a.c', ':')).toBe('a.c:f');
    expect(globalIdentifier('f', true, undefined)).toBe('<unknown>;f');
    expect(globalIdentifier('f', true, '')).toBe('<unknown>;f');
  });

  it('has no byte 1 in front', () => {
    expect(globalIdentifier('\u0001f', false, 'a.c')).toBe('f');
    expect(globalIdentifier('\u0001f', true, 'a.c')).toBe('a.c;f');
  });
});

describe('values of a module', () => {
  const names = ['main', 'helper', 'main'];
  const records = [[1, 1, 7, 3, 0, 0, 0, 0]] as const;

  it('are found by GUID, several where GUIDs are the same', () => {
    const summary = summaryOf({ version: 12, names, records });
    expect(summary.valuesOf(guidOf('main'))).toEqual([0, 2]);
    expect(summary.valuesOf(guidOf('helper'))).toEqual([1]);
    expect(summary.valuesOf(1n)).toEqual([]);
    expect([summary.guidOf(3), summary.nameOf(3), summary.guidOf(-1), summary.nameOf(0.5)]).toEqual(
      new Array(4).fill(undefined),
    );
  });

  it('have GUIDs of their file where they are local', () => {
    const file = summaryFile({ version: 12, names, records, linkage: 3, sourceFileName: 'a.c' });
    expect(readSummary(moduleIn(file))?.at(0)?.guid).toBe(guidOf('a.c;helper'));
    expect(readSummary(moduleIn(file), { delimiter: ':' })?.at(0)?.guid).toBe(guidOf('a.c:helper'));
  });

  it('have GUIDs that the module states', () => {
    const summary = summaryOf({
      version: 12,
      names,
      records: [
        [16, 1, 0, 9],
        [16, 77, 1, 0],
      ],
    });
    expect([summary.guidOf(1), summary.guidOf(77), summary.valuesOf(0x100000000n)]).toEqual([9n, 0x100000000n, [77]]);
  });

  it('in a module without summary have none', () => {
    const none: BitcodeModuleSummary | undefined = readSummary(
      moduleIn(summaryFile({ version: 12, records, block: 26 })),
    );
    expect(none).toBeUndefined();
  });
});
