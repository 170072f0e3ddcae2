// What a validation costs where a file has very many sections of a kind.

import { describe, expect, it, vi } from 'vitest';
import { openElf } from '../../../src/elf/index.ts';
import { AscendingOffsets } from '../../../src/elf/validate/ascending-offsets.ts';
import { FINDING_NAME_MAX, validate } from '../../../src/elf/validate/index.ts';
import { bounded } from '../../helpers/bounded.ts';
import { buildElf, relocationData, symbolTableData } from '../../helpers/elf-builder.ts';

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

  it('makes no text of a long name for each of the thousands of sections, symbols and entries that share it', () => {
    const count = 3000;
    // Not ASCII, so that each name is decoded by itself.
    const names = new Uint8Array(2 ** 21).fill(0xff);
    names[0] = names[names.length - 1] = 0;
    const symbols = Array.from({ length: count }, () => ({ nameOffset: 1, binding: 1, section: 0xfff2, value: 3n }));
    const relocations = relocationData([{ offset: 100n, symbol: 1, type: 200, addend: 0n }]);
    const word = (value: number): number[] => [value, 0, 0, 0];
    const built = buildElf({
      machine: 62,
      header: { e_shstrndx: 1 },
      sections: [
        { type: 3, data: names },
        { type: 2, entrySize: 24, link: 1, info: 1, data: symbolTableData(symbols) },
        { type: 1, flags: 6, data: new Uint8Array(16) },
        ...Array.from({ length: count }, () => [
          { type: 4, entrySize: 24, link: 2, info: 3, flags: 0x40, data: relocations },
          { type: 1, flags: 0x82, link: 2, align: 3 },
          { type: 17, entrySize: 4, link: 2, info: 1, data: Uint8Array.from([...word(1), ...word(3), ...word(2)]) },
        ]).flat(),
      ],
    });
    const { bytes } = built;
    const view = new DataView(bytes.buffer);
    for (let i = 1; i <= 3 + 3 * count; i += 1) view.setUint32(built.headerOffset(i), 1, true);
    for (const output of ['final', 'relocatable'] as const) {
      const findings = bounded(() => validate(openElf(bytes), { output }));
      const conditions = new Set(findings.map(({ condition }) => condition));
      for (const condition of [
        'section-alignment',
        'relocation-type',
        'relocation-offset',
        'relocation-sections',
        'link-order-target',
        'group-member-flag',
        'group-member-index',
        'common-alignment',
      ] as const) {
        expect(conditions).toContain(condition);
      }
      // Each byte of the name is an escape of four characters.
      const longest = Math.max(...findings.map(({ message }) => message.length));
      expect(longest).toBeLessThan(3 * 4 * FINDING_NAME_MAX);
      expect(findings[0]?.section).toBe(`${'\\xff'.repeat(FINDING_NAME_MAX)}…`);
    }
  });

  it('shows a name whole up to the bound', () => {
    const sectionOf = (length: number): string | undefined => {
      const name = 'n'.repeat(length);
      return validate(openElf(buildElf({ sections: [{ name, type: 1, align: 3 }], machine: 62 }).bytes))[0]?.section;
    };
    expect(sectionOf(FINDING_NAME_MAX)).toBe('n'.repeat(FINDING_NAME_MAX));
    expect(sectionOf(FINDING_NAME_MAX + 1)).toBe(`${'n'.repeat(FINDING_NAME_MAX)}…`);
  });
});
