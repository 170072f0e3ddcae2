// What a validation costs where a file has very many sections of a kind.

import { describe, expect, it, vi } from 'vitest';
import { openElf } from '../../../src/elf/index.ts';
import { AscendingOffsets } from '../../../src/elf/validate/ascending-offsets.ts';
import { validate } from '../../../src/elf/validate/index.ts';
import { buildElf, symbolTableData } from '../../helpers/elf-builder.ts';

describe('offsets that ascend', () => {
  it('are found with their marks, and no others', () => {
    const offsets = new AscendingOffsets();
    expect(offsets.find(0)).toBeUndefined();
    for (let i = 0; i < 100; i += 1) offsets.add(3 * i, i);
    for (let i = -1; i < 310; i += 1)
      expect(offsets.find(i)).toBe(i >= 0 && i < 300 && i % 3 === 0 ? i / 3 : undefined);
    expect([offsets.find(NaN), offsets.find(2 ** 53)]).toEqual([undefined, undefined]);
  });

  it('may be more than a Set takes', () => {
    const offsets = new AscendingOffsets();
    const count = 2 ** 24 + 2;
    for (let i = 0; i < count; i += 1) offsets.add(i, 1);
    expect([offsets.find(count - 1), offsets.find(count)]).toEqual([1, undefined]);
  });
});

describe('a validation', () => {
  it('does not look at all tables of extended numbers for each symbol', () => {
    const count = 300;
    const data = symbolTableData(Array.from({ length: count }, () => ({ section: 0xffff })));
    const numbers = { type: 18, entrySize: 4, link: 2, data: new Uint8Array(4) };
    const elf = openElf(
      buildElf({
        sections: [{ type: 2, entrySize: 24, info: 1, data }, ...Array.from({ length: count }, () => numbers)],
      }).bytes,
    );
    const looks = vi.spyOn(elf.sections, 'link');
    validate(elf);
    expect(looks.mock.calls.length).toBeLessThan(40 * count);
  });

  it('makes no text of names that start like those that it looks for', () => {
    const names = ['.eh_frame', '.note.gnu.property', '.note.gnu.build-id'];
    const sections = names.map((name) => ({ name: `${name}${'x'.repeat(100)}`, type: 1, flags: 2 }));
    const elf = openElf(buildElf({ sections }).bytes);
    const made = vi.spyOn(elf.sections, 'name');
    validate(elf);
    expect(made.mock.results.filter(({ value }) => names.some((name) => String(value).startsWith(name)))).toEqual([]);
  });
});
