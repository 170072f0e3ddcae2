// The parts that readers of relocated sections have in common.

import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { ByteView } from '../../../src/bytes/index.ts';
import { SectionRelocations } from '../../../src/elf/content/index.ts';
import { PointedStrings } from '../../../src/elf/content/pointed-strings.ts';
import { RelocationOffsets } from '../../../src/elf/content/relocation-offsets.ts';
import { SymbolPlaces } from '../../../src/elf/content/symbol-places.ts';
import { openElf } from '../../../src/elf/index.ts';
import type { ElfRelocationTable, ElfSymbolTable } from '../../../src/elf/index.ts';
import type { SymbolSpec } from '../../helpers/elf-builder.ts';
import { buildElf, relocationData, stringTableData, symbolTableData } from '../../helpers/elf-builder.ts';
import { formatErrorOf } from '../../helpers/errors.ts';

const [SHT_SYMTAB, SHT_STRTAB, SHT_RELA, SHT_REL, SHT_SYMTAB_SHNDX] = [2, 3, 4, 9, 18] as const;

function tableOf(offsets: readonly bigint[]): ElfRelocationTable {
  const data = relocationData(offsets.map((offset) => ({ offset, addend: 0n })));
  return openElf(buildElf({ sections: [{ type: SHT_RELA, data }] }).bytes).relocationTable(1);
}

describe('relocations by offset', () => {
  it('are the first and the last of the table, in whatever order it is', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { maxLength: 12 }), (numbers) => {
        const offsets = new RelocationOffsets(tableOf(numbers.map(BigInt)));
        expect(offsets.length).toBe(numbers.length);
        for (let offset = 0; offset < 11; offset += 1) {
          expect(offsets.first(offset)).toBe(numbers.indexOf(offset));
          expect(offsets.last(offset)).toBe(numbers.lastIndexOf(offset));
        }
      }),
    );
  });

  it('may be past the end of any section', () => {
    const offsets = new RelocationOffsets(tableOf([2n ** 64n - 1n, 8n, 2n ** 53n + 1n, 0n]));
    expect([offsets.first(0), offsets.first(8), offsets.first(16), offsets.last(8)]).toEqual([3, 1, -1, 1]);
    expect(new RelocationOffsets(undefined).first(0)).toBe(-1);
  });

  it('may be more than a Map takes', () => {
    const length = 2 ** 24 + 2;
    const table: Pick<ElfRelocationTable, 'length' | 'offsetLow' | 'offsetHigh'> = {
      length,
      offsetLow: (index) => index,
      offsetHigh: () => 0,
    };
    const offsets = new RelocationOffsets(table as ElfRelocationTable);
    expect([offsets.first(length - 1), offsets.last(length)]).toEqual([length - 1, -1]);
  });
});

describe('symbols by place', () => {
  const names = stringTableData(['a', '$x']);
  const symbolsOf = (specs: readonly SymbolSpec[]): ElfSymbolTable => {
    const sections = [
      { type: SHT_SYMTAB, entrySize: 24, link: 2, data: symbolTableData(specs) },
      { type: SHT_STRTAB, data: names.data },
    ];
    return openElf(buildElf({ sections }).bytes).symbolTable(1);
  };

  it.each([true, false])('are those that a search of the whole table finds; sections count: %s', (hasSections) => {
    const spec = fc.record({
      nameOffset: fc.constantFrom(1, 1, 1, 3, 1000),
      binding: fc.constantFrom(0, 1, 2),
      type: fc.constantFrom(0, 1, 2, 3, 4),
      section: fc.constantFrom(0, 1, 2, 0xfff1, 0xffff),
      value: fc.constantFrom(0n, 1n, 2n ** 64n - 1n, 2n ** 32n),
    });
    fc.assert(
      fc.property(fc.array(spec, { maxLength: 10 }), (specs) => {
        const places = new SymbolPlaces(symbolsOf(specs), hasSections);
        for (const section of [-1, 0, 1, 2, 3]) {
          for (const value of [0n, 1n, 2n, 2n ** 32n, 2n ** 64n - 1n, -1n, 2n ** 64n]) {
            const ranked = specs
              .map((symbol, i) => ({
                ...symbol,
                index: i + 1,
                rank: (symbol.binding === 0 ? 0 : 2) + (symbol.type === 0 ? 0 : 1),
                place: symbol.section === 0xfff1 ? -1 : symbol.section,
              }))
              .filter(({ type, nameOffset }) => type < 3 && nameOffset === 1)
              .filter((symbol) => symbol.section !== 0 && symbol.section !== 0xffff && symbol.value === value)
              .filter(({ place }) => !hasSections || place === section)
              .sort((a, b) => b.rank - a.rank);
            expect(places.find(section, value)).toBe(ranked[0]?.index);
          }
        }
      }),
    );
  });
});

describe('relocation sections by section', () => {
  it('ascend, and those of a section that does not exist are none', () => {
    const infos = [2, 7, 1, 2, 99, 0xffffffff, 2, 0];
    const sections = infos.map((info, i) => ({ type: i % 2 === 0 ? SHT_RELA : SHT_REL, info }));
    const relocations = new SectionRelocations(openElf(buildElf({ sections }).bytes));
    expect(relocations.indicesOf(2)).toEqual([1, 4, 7]);
    expect([relocations.indicesOf(1), relocations.indicesOf(0), relocations.indicesOf(3)]).toEqual([[3], [8], []]);
    expect([relocations.indicesOf(99), relocations.indicesOf(0xffffffff), relocations.indicesOf(-1)]).toEqual([
      [],
      [],
      [],
    ]);
    expect(relocations.tableOf(2)?.targetSection).toBe(2);
  });
});

describe('strings that are pointed at', () => {
  it('are not looked for any more when nothing is left of the budget', () => {
    const view = new ByteView(new Uint8Array(1 << 16).fill(0x61, 0, -1), 0, ['strings']);
    const strings = new PointedStrings(view);
    const searches = vi.spyOn(view.bytes, 'indexOf');
    const codes = Array.from({ length: 1000 }, (_, i) => {
      try {
        return strings.at(i, 'a string').length > 0;
      } catch {
        return formatErrorOf(() => strings.at(i, 'a string')).code;
      }
    });
    expect(codes.filter((code) => code === true).length).toBe(9);
    expect(codes.at(-1)).toBe('limit-exceeded');
    expect(searches.mock.calls.length).toBe(10);
  });
});

describe('extended section numbers', () => {
  it('are not looked for in all sections by each of many symbol tables', () => {
    const count = 300;
    const table = { type: SHT_SYMTAB, entrySize: 24, data: symbolTableData([{ section: 0xffff }]) };
    const numbers = (link: number) => ({
      type: SHT_SYMTAB_SHNDX,
      entrySize: 4,
      link,
      data: Uint8Array.of(0, 0, 0, 0, 5, 0, 1, 0),
    });
    const elf = openElf(
      buildElf({
        sections: [...Array.from({ length: count }, () => table), numbers(7), numbers(7), numbers(0xffffffff)],
      }).bytes,
    );
    const looks = vi.spyOn(elf.sections, 'type');
    for (let i = 1; i <= count; i += 1) {
      const symbols = elf.symbolTable(i);
      if (i === 7) expect(symbols.sectionIndex(1)).toBe(0x10005);
      else expect(formatErrorOf(() => symbols.sectionIndex(1)).code).toBe('bad-value');
    }
    expect(looks.mock.calls.length).toBeLessThan(5 * count);
  });
});
