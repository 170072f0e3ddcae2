import { describe, expect, it } from 'vitest';
import { relocationNames } from '../../src/elf/constants/index.ts';
import { MACHINES, openElf } from '../../src/elf/index.ts';
import { ElfWriter, relocationData } from '../helpers/elf-builder.ts';
import { formatErrorOf } from '../helpers/errors.ts';
import { buildSample, SAMPLE } from './sample.ts';

describe('relocation tables', () => {
  it.each([
    { bits: 32, littleEndian: true },
    { bits: 32, littleEndian: false },
    { bits: 64, littleEndian: true },
    { bits: 64, littleEndian: false },
  ] as const)('are columns and objects, class $bits, little endian $littleEndian', (format) => {
    const built = buildSample(format);
    const elf = openElf(built.bytes);
    const table = elf.relocationTable(SAMPLE.rela);
    expect(table).toMatchObject({ length: 2, symbolTableIndex: 7, targetSection: 1, hasAddends: true });
    expect([table.symbolIndex(0), table.type(0), table.offset(0), table.addend(0)]).toEqual([2, 21, 4n, -3n]);
    expect(table.entryOffset(1)).toBe(built.dataOffset(SAMPLE.rela) + elf.layout.relaSize);
    expect(table.infoOffset(1)).toBe(table.entryOffset(1) + format.bits / 8);
    expect(table.at(0)).toMatchObject({
      symbolIndex: 2,
      type: 21,
      raw: { r_offset: 4n, r_info: format.bits === 64 ? (2n << 32n) | 21n : (2n << 8n) | 21n, r_addend: -3n },
    });
  });

  it('have no addends in SHT_REL', () => {
    const table = openElf(buildSample().bytes).relocationTable(SAMPLE.rel);
    expect(table).toMatchObject({ length: 2, hasAddends: false });
    expect([table.symbolIndex(1), table.type(1), table.addend(1)]).toEqual([3, 1, undefined]);
  });

  it('split the r_info of little endian MIPS64 as LLVM does', () => {
    // A symbol index of 32 bits, r_ssym, r_type3, r_type2, r_type.
    const data = new ElfWriter().address(0).word(0x12345).raw([0, 3, 2, 1]).address(0).bytes;
    const machine = MACHINES.values.EM_MIPS;
    const table = openElf(buildSample({ machine }, { '.rela.text': { data } }).bytes).relocationTable(SAMPLE.rela);
    expect([table.symbolIndex(0), table.type(0)]).toEqual([0x12345, 0x030201]);
    expect(table.nextOutside(0x12345, 0)).toBe(0);
    expect(table.nextOutside(0x12346, 0)).toBe(-1);
  });

  it.each([
    { bits: 32, littleEndian: true },
    { bits: 32, littleEndian: false },
    { bits: 64, littleEndian: true },
    { bits: 64, littleEndian: false },
  ] as const)('find the next entry outside a symbol table, class $bits, little endian $littleEndian', (format) => {
    const entries = [0, 4, 5, 3, 0xffffff, 5].map((symbol) => ({ symbol, type: 0xff, addend: -1n }));
    const built = buildSample(format, { '.rela.text': { data: relocationData(entries, format) } });
    for (const shift of [0, 1, 4]) {
      const moved = new Uint8Array(built.bytes.length + shift);
      moved.set(built.bytes, shift);
      const table = openElf(moved.subarray(shift)).relocationTable(SAMPLE.rela);
      const found: number[] = [];
      for (let i = table.nextOutside(5, 0); i !== -1; i = table.nextOutside(5, i + 1)) found.push(i);
      expect(found).toEqual([2, 4, 5]);
      expect(table.nextOutside(0, 0)).toBe(0);
      expect(table.nextOutside(0x1000000, 0)).toBe(-1);
      expect(table.nextOutside(0, 6)).toBe(-1);
    }
  });

  it('have columns of halves, and give no entries of the sections behind', () => {
    const entries = [{ offset: 2n ** 32n + 5n, symbol: 1, type: 2, addend: -3n }];
    for (const format of [
      { bits: 64, littleEndian: true },
      { bits: 64, littleEndian: false },
      { bits: 32, littleEndian: true },
      { bits: 32, littleEndian: false },
    ] as const) {
      const built = buildSample(format, { '.rela.text': { data: relocationData(entries, format) } });
      const elf = openElf(built.bytes);
      const high = format.bits === 64 ? 1 : 0;
      for (const sections of [[], [SAMPLE.rela, SAMPLE.rel]]) {
        elf.load(sections);
        const table = elf.relocationTable(SAMPLE.rela);
        expect([table.offsetLow(0), table.offsetHigh(0)]).toEqual([5, high]);
        expect([table.addendLow(0), table.addendHigh(0)]).toEqual([0xfffffffd, -1]);
        expect(table.entryOffset(0)).toBe(built.dataOffset(SAMPLE.rela));
        for (const index of [1, -1, 2 ** 32, NaN]) {
          expect(() => table.symbolIndex(index)).toThrow(RangeError);
          expect(() => table.addendHigh(index)).toThrow(RangeError);
        }
        const rel = elf.relocationTable(SAMPLE.rel);
        expect([rel.symbolIndex(1), rel.addendLow(1), rel.addendHigh(1)]).toEqual([3, 0, 0]);
      }
    }
  });

  it('ignore sh_entsize', () => {
    const elf = openElf(buildSample({}, { '.rela.text': { entrySize: 0 } }).bytes);
    expect(elf.relocationTable(SAMPLE.rela).length).toBe(2);
  });

  it('are refused when they end within an entry, and symbols stay readable', () => {
    const built = buildSample({}, { '.rela.text': { data: new Uint8Array(25) } });
    const elf = openElf(built.bytes);
    const error = formatErrorOf(() => elf.relocationTable(SAMPLE.rela));
    expect(error).toMatchObject({ code: 'bad-value', location: { offset: built.headerOffset(SAMPLE.rela) } });
    expect(elf.symbolTable(SAMPLE.symtab).name(2)).toBe('main');
  });

  it('are not read from other kinds of sections', () => {
    const elf = openElf(buildSample({}, { '.rela.text': { type: 19 } }).bytes);
    const error = formatErrorOf(() => elf.relocationTable(SAMPLE.rela));
    expect(error.code).toBe('unsupported');
    expect(error.reason).toBe('section [index 2] is SHT_RELR, which is no relocation table');
  });
});

describe('relocation names', () => {
  it('cover AArch64 of both classes', () => {
    const names = relocationNames(MACHINES.values.EM_AARCH64);
    expect([0, 1, 283, 580, 1041].map((type) => names?.nameOf(type))).toEqual([
      'R_AARCH64_NONE',
      'R_AARCH64_P32_ABS32',
      'R_AARCH64_CALL26',
      'R_AARCH64_AUTH_ABS64',
      'R_AARCH64_AUTH_RELATIVE',
    ]);
    expect(names?.describe(256)).toBe('unknown (0x100)');
  });

  it('are absent for machines without a table', () => {
    expect(relocationNames(MACHINES.values.EM_VAX)).toBeUndefined();
  });
});
