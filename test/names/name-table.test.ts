import { describe, expect, it } from 'vitest';
import { defineNames } from '../../src/names/index.ts';

const table = defineNames({ R_NONE: 0, R_ABS64: 257, R_ALIAS: 257, __proto__x: 5 });

describe('defineNames', () => {
  it('goes from names to numbers and back; of two names for a number the first counts', () => {
    expect(table.values.R_ALIAS).toBe(257);
    expect(table.nameOf(257)).toBe('R_ABS64');
  });

  it('keeps numbers without a name', () => {
    expect(table.nameOf(1)).toBeUndefined();
    expect(table.describe(0x1234)).toBe('unknown (0x1234)');
    expect(table.describe(0)).toBe('R_NONE');
  });
});
