import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FormatError } from '../../src/bytes/index.ts';
import { openElf } from '../../src/elf/index.ts';
import type { ElfRelocationTable } from '../../src/elf/index.ts';
import { formatErrorOf } from '../helpers/errors.ts';
import { androidData, sleb128 } from '../helpers/relocation-encoder.ts';
import type { AndroidGroup, PackedEntry } from '../helpers/relocation-encoder.ts';
import { buildSample, SAMPLE } from './sample.ts';

const [SHT_ANDROID_REL, SHT_ANDROID_RELA] = [0x60000001, 0x60000002] as const;
const APS2 = [0x41, 0x50, 0x53, 0x32];

interface Format {
  readonly bits?: 32 | 64;
  readonly littleEndian?: boolean;
  readonly machine?: number;
}

function sampleOf(data: Uint8Array, format: Format = {}, type: number = SHT_ANDROID_RELA) {
  return buildSample(format, { '.rela.text': { type, entrySize: 1, data } });
}

function rowsOf(table: ElfRelocationTable): PackedEntry[] {
  return Array.from({ length: table.length }, (_, i) => ({
    offset: table.offset(i),
    symbol: table.symbolIndex(i),
    type: table.type(i),
    addend: table.addend(i) ?? 0n,
  }));
}

function readRows(data: Uint8Array, format: Format = {}, type?: number): PackedEntry[] {
  return rowsOf(openElf(sampleOf(data, format, type).bytes).relocationTable(SAMPLE.rela));
}

/** Groups whose entries have in common what their flags say. */
function groupsOf(bits: 32 | 64): fc.Arbitrary<AndroidGroup[]> {
  const limit = 2n ** BigInt(bits);
  const entry = fc.record({
    offset: fc.bigInt({ min: 0n, max: limit - 1n }),
    symbol: fc.nat(bits === 64 ? 0x7fffffff : 0xffffff),
    type: fc.nat(bits === 64 ? 0x7fffffff : 0xff),
    addend: fc.bigInt({ min: -limit / 2n, max: limit / 2n - 1n }),
  });
  const flags = fc.record({
    byInfo: fc.boolean(),
    byDelta: fc.boolean(),
    byAddend: fc.boolean(),
    hasAddend: fc.boolean(),
  });
  const group = fc.tuple(flags, fc.array(entry, { minLength: 1, maxLength: 5 }), fc.bigInt({ min: 1n, max: 64n }));
  return fc.array(group, { maxLength: 5 }).map((groups) => {
    let before = 0n;
    return groups.map(([kind, entries, step]) => {
      const [first] = entries as [PackedEntry];
      const made = entries.map((each, i) => ({
        offset: kind.byDelta ? (before + step * BigInt(i + 1)) % limit : each.offset,
        symbol: kind.byInfo ? first.symbol : each.symbol,
        type: kind.byInfo ? first.type : each.type,
        addend: kind.hasAddend ? (kind.byAddend ? first.addend : each.addend) : 0n,
      }));
      before = made.at(-1)?.offset ?? 0n;
      return { ...kind, entries: made };
    });
  });
}

describe('Android relocations', () => {
  it.each([
    { bits: 32, littleEndian: true },
    { bits: 32, littleEndian: false },
    { bits: 64, littleEndian: true },
    { bits: 64, littleEndian: false },
  ] as const)('give back what was packed, class $bits, little endian $littleEndian', (format) => {
    fc.assert(
      fc.property(groupsOf(format.bits), (groups) => {
        const rows = readRows(androidData(groups, format.bits), format);
        expect(rows).toEqual(groups.flatMap(({ entries }) => entries));
      }),
    );
  });

  it('begin at the offset of the head, and stand where their bytes are', () => {
    const entries = [
      { offset: 0x1008n, symbol: 0, type: 1027, addend: 0n },
      { offset: 0x1010n, symbol: 0, type: 1027, addend: 0n },
    ];
    const own = [{ offset: 0x1018n, symbol: 3, type: 1, addend: -5n }];
    const groups = [
      { entries, byInfo: true, byDelta: true },
      { entries: own, hasAddend: true },
    ];
    const data = androidData(groups, 64, 0x1000n);
    const built = sampleOf(data);
    const table = openElf(built.bytes).relocationTable(SAMPLE.rela);
    expect(rowsOf(table)).toEqual([...entries, ...own]);
    const start = built.dataOffset(SAMPLE.rela);
    // Magic, count, start of two bytes; then the group, whose entries have no bytes of their own.
    expect([table.entryOffset(0), table.entryOffset(1)]).toEqual([start + 7, start + 7]);
    expect(table.infoOffset(2)).toBe(start + data.length - 7);
    expect(table).toMatchObject({ symbolTableIndex: 7, targetSection: 1, hasAddends: true });
    expect(table.nextOutside(3, 0)).toBe(2);
    expect(table.at(2).raw).toBeUndefined();
  });

  it('have no addends in SHT_ANDROID_REL', () => {
    const entries = [{ offset: 8n, symbol: 1, type: 2, addend: 77n }];
    const { bytes } = sampleOf(androidData([{ entries, hasAddend: true }]), {}, SHT_ANDROID_REL);
    const table = openElf(bytes).relocationTable(SAMPLE.rela);
    expect([table.length, table.hasAddends, table.addend(0), table.addendLow(0)]).toEqual([1, false, undefined, 0]);
  });

  it('lose the addend where a group has none', () => {
    const entry = (addend: bigint) => ({ offset: 8n, symbol: 1, type: 2, addend });
    const groups = [
      { entries: [entry(7n)], hasAddend: true },
      { entries: [entry(0n)] },
      { entries: [entry(9n)], hasAddend: true, byAddend: true },
      { entries: [entry(11n)], hasAddend: true, byAddend: true },
    ];
    expect(readRows(androidData(groups)).map(({ addend }) => addend)).toEqual([7n, 0n, 9n, 11n]);
  });

  it('say in the words of LLVM what is wrong, and give the entries before', () => {
    const good = [...sleb128(1n), ...sleb128(0n), 8, 5];
    const cases: readonly (readonly [number[], string, string, number])[] = [
      [[], 'bad-magic', 'invalid packed relocation header', 0],
      [[0x41, 0x50, 0x53, 0x39], 'bad-magic', 'invalid packed relocation header', 0],
      [APS2, 'truncated', 'unable to decode LEB128 at offset 0x00000004: malformed sleb128, extends past end', 0],
      [
        [...APS2, 1],
        'truncated',
        'unable to decode LEB128 at offset 0x00000005: malformed sleb128, extends past end',
        0,
      ],
      [[...APS2, 2, 0, 3], 'bad-value', 'relocation group unexpectedly large', 0],
      [[...APS2, 2, 0, ...good, 2], 'bad-value', 'relocation group unexpectedly large', 1],
      [[...APS2, 2, 0, ...good, 0x7f], 'bad-value', 'relocation group unexpectedly large', 1],
      [
        [...APS2, 2, 0, ...good, 1, 0, 8],
        'truncated',
        'unable to decode LEB128 at offset 0x0000000d: malformed sleb128, extends past end',
        1,
      ],
    ];
    for (const [bytes, code, reason, length] of cases) {
      const elf = openElf(sampleOf(Uint8Array.from(bytes)).bytes);
      const thrown = formatErrorOf(() => elf.relocationTable(SAMPLE.rela));
      expect([thrown.code, thrown.reason]).toEqual([code, reason]);
      const faults: FormatError[] = [];
      expect(elf.relocationTable(SAMPLE.rela, (fault) => faults.push(fault)).length).toBe(length);
      expect(faults).toEqual([thrown]);
    }
  });

  it('that take no bytes are bounded by Limits.relocations, before memory is taken', () => {
    const head = (count: bigint) => [...APS2, ...sleb128(count), 0, ...sleb128(count), 3, 8, 1];
    const { bytes } = sampleOf(Uint8Array.from(head(1000n)));
    expect(openElf(bytes, { limits: { relocations: 1000 } }).relocationTable(SAMPLE.rela).length).toBe(1000);
    const limited = openElf(bytes, { limits: { relocations: 999 } });
    expect(formatErrorOf(() => limited.relocationTable(SAMPLE.rela)).code).toBe('limit-exceeded');
    for (const count of [2n ** 40n, 2n ** 63n - 1n, -1n]) {
      const elf = openElf(sampleOf(Uint8Array.from(head(count))).bytes);
      expect(formatErrorOf(() => elf.relocationTable(SAMPLE.rela, () => undefined)).code).toBe('limit-exceeded');
    }
  });

  it('with empty groups end where the bytes end', () => {
    const data = Uint8Array.from([...APS2, 1, 0, ...new Array<number>(10_000).fill(0)]);
    const elf = openElf(sampleOf(data).bytes);
    expect(formatErrorOf(() => elf.relocationTable(SAMPLE.rela)).code).toBe('truncated');
  });

  it('never throw anything but FormatError, whatever the bytes', () => {
    const bytes = fc.uint8Array({ maxLength: 40 }).map((tail) => Uint8Array.from([...APS2, ...tail]));
    fc.assert(
      fc.property(bytes, fc.constantFrom(32 as const, 64 as const), (data, bits) => {
        const elf = openElf(sampleOf(data, { bits }).bytes, { limits: { relocations: 1000 } });
        try {
          expect(elf.relocationTable(SAMPLE.rela, () => undefined).length).toBeLessThanOrEqual(1000);
        } catch (error) {
          expect(error).toMatchObject({ name: 'FormatError', code: 'limit-exceeded' });
        }
      }),
    );
  });
});
