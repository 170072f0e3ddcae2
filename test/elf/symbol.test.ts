import { describe, expect, it } from 'vitest';
import { openElf } from '../../src/elf/index.ts';
import type { ElfSymbolTable } from '../../src/elf/index.ts';
import { buildElf, stringTableData, symbolTableData } from '../helpers/elf-builder.ts';
import { formatErrorOf } from '../helpers/errors.ts';
import { buildSample, SAMPLE } from './sample.ts';

const { symtab } = SAMPLE;

describe('symbol tables', () => {
  it.each([
    { bits: 32, littleEndian: true },
    { bits: 32, littleEndian: false },
    { bits: 64, littleEndian: true },
    { bits: 64, littleEndian: false },
  ] as const)('are columns and objects, class $bits, little endian $littleEndian', (format) => {
    const built = buildSample(format);
    const elf = openElf(built.bytes);
    expect(elf.symbolTableIndex).toBe(symtab);
    const table = elf.symbolTable(symtab);
    expect([table.length, table.localCount]).toEqual([5, 2]);
    expect([table.sizeLow(2), table.sizeHigh(2)]).toEqual([8, 0]);
    expect([table.name(2), table.info(2), table.binding(2), table.type(2), table.visibility(2)]).toEqual([
      'main',
      0x12,
      1,
      2,
      2,
    ]);
    expect([table.value(2), table.size(2), table.valueLow(2), table.valueHigh(2)]).toEqual([4n, 8n, 4, 0]);
    expect([table.sectionIndex(2), table.sectionIndex(3)]).toEqual([SAMPLE.text, 0]);
    expect(table.entryOffset(2)).toBe(built.dataOffset(symtab) + 2 * elf.layout.symbolSize);
    expect(table.at(2)).toMatchObject({
      name: 'main',
      binding: 1,
      sectionIndex: SAMPLE.text,
      value: 4n,
      raw: { st_info: 0x12, st_other: 2, st_shndx: 1, st_size: 8n },
    });
  });

  it('split a value of 64 bits exactly', () => {
    for (const littleEndian of [true, false]) {
      const data = symbolTableData([{ value: 0xffff800012345678n }], { littleEndian });
      const table = openElf(buildSample({ littleEndian }, { '.symtab': { data } }).bytes).symbolTable(symtab);
      expect([table.valueHigh(1), table.valueLow(1)]).toEqual([0xffff8000, 0x12345678]);
    }
  });

  it('resolve section numbers that need more than 16 bits', () => {
    const table = openElf(buildSample().bytes).symbolTable(symtab);
    expect(table.rawSectionIndex(4)).toBe(0xffff);
    expect(table.sectionIndex(4)).toBe(SAMPLE.bss);
  });

  it('give -1 for every reserved section number', () => {
    const data = symbolTableData([{ section: 0xff00 }, { section: 0xfff1 }, { section: 0xfff2 }]);
    const table = openElf(buildSample({}, { '.symtab': { data } }).bytes).symbolTable(symtab);
    expect([1, 2, 3].map((i) => table.sectionIndex(i))).toEqual([-1, -1, -1]);
  });

  it('lose only extended section numbers when SHT_SYMTAB_SHNDX is missing', () => {
    const built = buildSample({}, { '.symtab_shndx': { link: 99 } });
    const table = openElf(built.bytes).symbolTable(symtab);
    const error = formatErrorOf(() => table.sectionIndex(4));
    expect(error.reason).toMatch(
      /^found an extended symbol index \(4\), but unable to locate the extended symbol index/,
    );
    expect(error.location.offset).toBe(built.dataOffset(symtab) + 4 * 24 + 6);
    expect(table.sectionIndex(2)).toBe(SAMPLE.text);
  });

  it('lose only extended section numbers when SHT_SYMTAB_SHNDX has another length', () => {
    const table = openElf(buildSample({}, { '.symtab_shndx': { data: new Uint8Array(8) } }).bytes).symbolTable(symtab);
    const error = formatErrorOf(() => table.sectionIndex(4));
    expect(error.reason).toBe('SHT_SYMTAB_SHNDX has 2 entries, but the symbol table associated has 5');
    expect(formatErrorOf(() => table.sectionIndex(4))).toBe(error);
    expect(table.name(4)).toBe('main');
  });

  it.each([
    [{ data: Uint8Array.of(0, 0x61) }, 'SHT_STRTAB string table section [index 9] is non-null terminated'],
    [{ data: new Uint8Array(0) }, 'SHT_STRTAB string table section [index 9] is empty'],
    [{ type: 1 }, 'invalid sh_type for string table section [index 9]: expected SHT_STRTAB, but got SHT_PROGBITS'],
  ])('lose only names when the string table is damaged: %o', (change, reason) => {
    const table = openElf(buildSample({}, { '.strtab': change }).bytes).symbolTable(symtab);
    expect(formatErrorOf(() => table.name(2)).reason).toBe(reason);
    expect(formatErrorOf(() => table.strings).reason).toBe(reason);
    expect(table.hasName(2)).toBe(false);
    expect(table.value(2)).toBe(4n);
  });

  it('lose only names when sh_link names no section', () => {
    const table = openElf(buildSample({}, { '.symtab': { link: 9999 } }).bytes).symbolTable(symtab);
    expect(formatErrorOf(() => table.name(2)).reason).toMatch(/^invalid section index: 9999/);
    expect(table.binding(2)).toBe(1);
  });

  it('lose one name when one st_name is past the string table', () => {
    const data = symbolTableData([{ nameOffset: 0xffffff }, { nameOffset: 1 }]);
    const built = buildSample({}, { '.symtab': { data } });
    const table = openElf(built.bytes).symbolTable(symtab);
    const error = formatErrorOf(() => table.name(1));
    expect(error).toMatchObject({ code: 'out-of-bounds', location: { offset: built.dataOffset(symtab) + 24 } });
    expect(error.reason).toBe('st_name (0xffffff) is past the end of the string table of size 0x12');
    expect(table.name(2)).toBe('main');
  });

  it('have the same names whether few or all are asked for', () => {
    const { data: strings, offsets } = stringTableData(Array.from({ length: 40 }, (_, i) => `symbol_${i}`));
    const symbols = symbolTableData(offsets.map((nameOffset) => ({ nameOffset, binding: 1 })));
    const { bytes } = buildElf({
      sections: [
        { name: '.symtab', type: 2, link: 2, info: 1, entrySize: 24, data: symbols },
        { name: '.strtab', type: 3, data: strings },
      ],
    });
    const names = (table: ElfSymbolTable) => Array.from({ length: table.length }, (_, i) => table.name(i));
    const table = openElf(bytes).symbolTable(1);
    expect(names(table)).toEqual(['', ...offsets.map((_, i) => `symbol_${i}`)]);
    expect(names(table)).toEqual(names(openElf(bytes).symbolTable(1)));
  });

  it('keep names that are not UTF-8 apart', () => {
    const change = {
      '.strtab': { data: Uint8Array.of(0, 0xff, 0, 0xfe, 0) },
      '.symtab': { data: symbolTableData([{ nameOffset: 1 }, { nameOffset: 3 }]) },
    };
    const table = openElf(buildSample({}, change).bytes).symbolTable(symtab);
    expect([table.name(1), table.name(2)]).toEqual(['\\xff', '\\xfe']);
  });

  it.each([
    [{ entrySize: 23 }, 'section [index 7] has invalid sh_entsize: expected 24, but got 23'],
    [{ data: new Uint8Array(25) }, /^section \[index 7\] has an invalid sh_size \(25\) which is not a multiple/],
    [
      { type: 1 },
      /^invalid sh_type for symbol table \[index 7\]: expected SHT_SYMTAB or SHT_DYNSYM, but got SHT_PROGBITS/,
    ],
  ])('are refused with %o', (change, reason) => {
    const built = buildSample({}, { '.symtab': change });
    const error = formatErrorOf(() => openElf(built.bytes).symbolTable(symtab));
    expect(error).toMatchObject({ code: 'bad-value', location: { offset: built.headerOffset(symtab) } });
    expect(error.reason).toMatch(reason);
  });

  it('may be empty', () => {
    const table = openElf(buildSample({}, { '.symtab': { data: new Uint8Array(0) } }).bytes).symbolTable(symtab);
    expect(table.length).toBe(0);
  });
});
