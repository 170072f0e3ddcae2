import fc from 'fast-check';
import { expect, it } from 'vitest';
import { defineNames, describeFlags } from '../../src/names/index.ts';

const BITS = defineNames({ LOW: 0x1, HIGH: 0x80000000 });
const FIELD = { mask: 0x70000, names: defineNames({ ZERO: 0, FOUR: 0x40000, FIVE: 0x50000 }) };

it('names bits and fields from the lowest bit up', () => {
  expect(describeFlags(0x80050001, BITS, [FIELD])).toEqual(['LOW', 'FIVE', 'HIGH']);
});

it('a field whose bits are all 0 is not named, though its 0 has a name', () => {
  expect(describeFlags(0, BITS, [FIELD])).toEqual([]);
});

it('what has no name keeps its number', () => {
  expect(describeFlags(0x30002, BITS, [FIELD])).toEqual(['unknown (0x2)', 'unknown (0x30000)']);
});

it('a field in two parts is one thing', () => {
  const field = { mask: 0x80000001, names: defineNames({ BOTH: 0x80000001 }) };
  expect(describeFlags(0x80000001, BITS, [field])).toEqual(['BOTH']);
});

it('no bit is lost or told twice, for any word and any field', () => {
  const number = { describe: (value: number) => String(value) };
  fc.assert(
    fc.property(fc.nat(0xffffffff), fc.nat(0xffffffff), (flags, mask) => {
      const parts = describeFlags(flags, number, [{ mask, names: number }]).map(Number);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(flags);
    }),
  );
});
