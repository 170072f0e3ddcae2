import { expect, it } from 'vitest';
import { RowNames } from '../../src/cli/commands/bitcode/row-names.ts';

it('names that share their bytes make no row longer than its limit, and no more rows than the file is worth', () => {
  const long = 'x'.repeat(1 << 20);
  const names = new RowNames();
  let total = 0;
  let decoded = 0;
  for (let row = 0; row < 100; row += 1) {
    names.startRow();
    let length = 0;
    for (let id = 0; id < 100; id += 1) {
      const name = names.of(id, () => {
        decoded += 1;
        return long;
      });
      length += name.length;
      if (name !== long) expect(name).toBe(`value ${id}`);
    }
    expect(length).toBeLessThan(20 << 20);
    total += length;
  }
  expect(total).toBeLessThan(300 << 20);
  expect(decoded).toBeLessThan(300);
});
