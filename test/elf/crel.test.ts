import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openElf } from '../../src/elf/index.ts';
import type { ElfRelocationTable } from '../../src/elf/index.ts';
import type { FormatError } from '../../src/bytes/index.ts';
import { formatErrorOf } from '../helpers/errors.ts';
import { crelData, uleb128 } from '../helpers/relocation-encoder.ts';
import type { PackedEntry } from '../helpers/relocation-encoder.ts';
import { buildSample, SAMPLE } from './sample.ts';

const SHT_CREL = 0x40000014;

interface Format {
  readonly bits?: 32 | 64;
  readonly littleEndian?: boolean;
}

function sampleOf(data: Uint8Array, format: Format = {}) {
  return buildSample(format, { '.rela.text': { type: SHT_CREL, entrySize: 1, data } });
}

function tableOf(data: Uint8Array, format: Format = {}): ElfRelocationTable {
  return openElf(sampleOf(data, format).bytes).relocationTable(SAMPLE.rela);
}

function rowsOf(table: ElfRelocationTable): unknown[] {
  return Array.from({ length: table.length }, (_, i) => ({
    offset: table.offset(i),
    symbol: table.symbolIndex(i),
    type: table.type(i),
    addend: table.addend(i),
  }));
}

const word32 = fc.integer({ min: 0, max: 0xffffffff });

function entriesOf(bits: 32 | 64, shift = 0): fc.Arbitrary<PackedEntry[]> {
  const step = 2n ** BigInt(shift);
  const offset = fc.oneof(fc.bigInt({ min: 0n, max: 4096n }), fc.bigInt({ min: 0n, max: 2n ** BigInt(bits) - 1n }));
  const half = 2n ** BigInt(bits - 1);
  const addend = fc.oneof(fc.bigInt({ min: -8n, max: 8n }), fc.bigInt({ min: -half, max: half - 1n }));
  return fc.array(
    fc.record({
      offset: offset.map((value) => (value / step) * step),
      symbol: fc.oneof(fc.nat(9), word32),
      type: fc.oneof(fc.nat(3), word32),
      addend,
    }),
  );
}

describe('SHT_CREL', () => {
  it.each([
    { bits: 32, littleEndian: true },
    { bits: 32, littleEndian: false },
    { bits: 64, littleEndian: true },
    { bits: 64, littleEndian: false },
  ] as const)('gives back what was packed, class $bits, little endian $littleEndian', (format) => {
    const { bits } = format;
    const cases = fc
      .record({ shift: fc.nat(3), hasAddends: fc.boolean() })
      .chain((options) => fc.tuple(fc.constant(options), entriesOf(bits, options.shift)));
    fc.assert(
      fc.property(cases, ([options, entries]) => {
        const table = tableOf(crelData(entries, { bits, ...options }), format);
        const { hasAddends } = options;
        expect(table.hasAddends).toBe(hasAddends);
        expect(rowsOf(table)).toEqual(
          entries.map((entry) => ({ ...entry, addend: hasAddends ? entry.addend : undefined })),
        );
      }),
    );
  });

  it('has the columns of other relocation tables', () => {
    const entries = [
      { offset: 0n, symbol: 3, type: 1, addend: -1n },
      { offset: 2n ** 40n + 5n, symbol: 4, type: 1, addend: -(2n ** 63n) },
      { offset: 8n, symbol: 0xffffffff, type: 1, addend: 2n ** 33n + 1n },
    ];
    const built = sampleOf(crelData(entries));
    const table = openElf(built.bytes).relocationTable(SAMPLE.rela);
    expect(table).toMatchObject({ length: 3, symbolTableIndex: 7, targetSection: 1, hasAddends: true });
    // The header takes a byte; the first entry states its flags, symbol, type and addend.
    const start = built.dataOffset(SAMPLE.rela);
    expect([table.entryOffset(0), table.entryOffset(1)]).toEqual([start + 1, start + 5]);
    expect(table.infoOffset(1)).toBe(table.entryOffset(1));
    expect([table.nextOutside(4, 0), table.nextOutside(4, 2), table.nextOutside(5, 2)]).toEqual([1, 2, 2]);
    expect([table.offsetLow(1), table.offsetHigh(1)]).toEqual([5, 256]);
    expect([0, 1, 2].map((i) => table.addendLow(i))).toEqual([0xffffffff, 0, 1]);
    expect([0, 1, 2].map((i) => table.addendHigh(i))).toEqual([-1, -(2 ** 31), 2]);
    expect(table.at(0)).toMatchObject({ symbolIndex: 3, type: 1, offset: 0n, addend: -1n, raw: undefined });
  });

  it('takes an offset and flags of more than 64 bits', () => {
    const offset = 2n ** 64n - 1n;
    const data = crelData([{ offset, symbol: 0, type: 0, addend: 0n }]);
    // 67 bits in ten groups.
    expect(data.length).toBe(11);
    expect(rowsOf(tableOf(data))).toEqual([{ offset, symbol: 0, type: 0, addend: 0n }]);
  });

  it('ignores what stands behind the last entry, as LLVM does', () => {
    expect(tableOf(Uint8Array.of(...uleb128(8n), 0x04, 0xff, 0xff)).length).toBe(1);
    expect(tableOf(Uint8Array.of(0)).length).toBe(0);
  });

  it('says in the words of LLVM where it is cut off, and gives the entries before', () => {
    const entries = [
      { offset: 300n, symbol: 200, type: 300, addend: -300n },
      { offset: 600n, symbol: 300, type: 200, addend: 300n },
    ];
    const whole = crelData(entries);
    const second = tableOf(whole).entryOffset(1) - sampleOf(whole).dataOffset(SAMPLE.rela);
    for (let length = 0; length < whole.length; length += 1) {
      const elf = openElf(sampleOf(whole.subarray(0, length)).bytes);
      const thrown = formatErrorOf(() => elf.relocationTable(SAMPLE.rela));
      const faults: FormatError[] = [];
      const table = elf.relocationTable(SAMPLE.rela, (fault) => faults.push(fault));
      expect(faults).toEqual([thrown]);
      expect(thrown.code).toBe('truncated');
      expect(thrown.reason).toMatch(
        /^(unable to decode LEB128 at offset 0x[0-9a-f]{8}: malformed [us]leb128, extends past end|unexpected end of data at offset 0x[0-9a-f]+ while reading \[0x[0-9a-f]+, 0x[0-9a-f]+\))$/,
      );
      expect(table.length).toBe(length < second ? 0 : 1);
      expect(elf.symbolTable(SAMPLE.symtab).name(2)).toBe('main');
    }
  });

  it('claims of entries that the section cannot hold cost nothing', () => {
    for (const count of [3n, 2n ** 32n, 2n ** 61n - 1n]) {
      const elf = openElf(sampleOf(Uint8Array.of(...uleb128(count * 8n), 0, 0)).bytes);
      const faults: string[] = [];
      expect(elf.relocationTable(SAMPLE.rela, ({ code }) => faults.push(code)).length).toBe(2);
      expect(faults).toEqual(['truncated']);
    }
  });

  it('obeys Limits.relocations', () => {
    const { bytes } = sampleOf(Uint8Array.of(...uleb128(24n), 0, 0, 0));
    expect(openElf(bytes, { limits: { relocations: 3 } }).relocationTable(SAMPLE.rela).length).toBe(3);
    const elf = openElf(bytes, { limits: { relocations: 2 } });
    const error = formatErrorOf(() => elf.relocationTable(SAMPLE.rela, () => undefined));
    expect([error.code, error.reason]).toEqual(['limit-exceeded', '3 relocations are more than the limits allow (2)']);
  });

  it('never throws anything but FormatError, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.constantFrom(32 as const, 64 as const), (data, bits) => {
        const elf = openElf(sampleOf(data, { bits }).bytes);
        let fault: FormatError | undefined;
        const table = elf.relocationTable(SAMPLE.rela, (error) => (fault = error));
        expect(table.length).toBeLessThanOrEqual(data.length);
        if (fault === undefined) expect(data.length).toBeGreaterThan(0);
      }),
    );
  });
});
