import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openElf, readRelativeRelocations } from '../../src/elf/index.ts';
import { buildElf, ElfWriter } from '../helpers/elf-builder.ts';
import type { SectionSpec } from '../helpers/elf-builder.ts';
import { formatErrorOf } from '../helpers/errors.ts';
import { relrWords } from '../helpers/relocation-encoder.ts';

const [SHT_RELR, SHT_ANDROID_RELR, SHT_AARCH64_AUTH_RELR] = [19, 0x6fffff00, 0x70000004] as const;
const [EM_X86_64, EM_AARCH64] = [62, 183] as const;

interface Format {
  readonly bits?: 32 | 64;
  readonly littleEndian?: boolean;
  readonly machine?: number;
}

function fileOf(words: readonly bigint[], format: Format = {}, change: Partial<SectionSpec> = {}): Uint8Array {
  const { bits = 64, littleEndian = true, machine = EM_AARCH64 } = format;
  const out = new ElfWriter({ bits, littleEndian });
  for (const word of words) out.address(word);
  const section = { name: '.relr.dyn', type: SHT_RELR, entrySize: bits / 8, data: out.bytes, ...change };
  return buildElf({ bits, littleEndian, machine, type: 3, sections: [section] }).bytes;
}

function offsetsOf(words: readonly bigint[], format: Format = {}, change: Partial<SectionSpec> = {}): bigint[] {
  return [...readRelativeRelocations(openElf(fileOf(words, format, change)), 1).offsets()];
}

/** Ascending addresses of words, close together and far apart. */
function addressesOf(bits: 32 | 64): fc.Arbitrary<bigint[]> {
  const gaps = fc.array(fc.oneof(fc.bigInt({ min: 1n, max: 4n }), fc.bigInt({ min: 1n, max: 200n })), {
    maxLength: 200,
  });
  const width = BigInt(bits / 8);
  return fc.tuple(fc.bigInt({ min: 0n, max: 2n ** BigInt(bits - 2) / width }), gaps).map(([start, steps]) => {
    let address = start * width;
    return steps.map((step) => (address += step * width));
  });
}

describe('relative relocations', () => {
  it.each([
    { bits: 32, littleEndian: true },
    { bits: 32, littleEndian: false },
    { bits: 64, littleEndian: true },
    { bits: 64, littleEndian: false },
  ] as const)('give back what was packed, class $bits, little endian $littleEndian', (format) => {
    fc.assert(
      fc.property(addressesOf(format.bits), (addresses) => {
        expect(offsetsOf(relrWords(addresses, format.bits), format)).toEqual(addresses);
      }),
    );
  });

  it('expand a bitmap to 63 entries, and to 31 in 32-bit files', () => {
    const following = (count: number, width: bigint) =>
      Array.from({ length: count }, (_, i) => 16n + width * BigInt(i));
    expect(offsetsOf([16n, 2n ** 64n - 1n, 3n])).toEqual(following(65, 8n));
    expect(offsetsOf([16n, 0xffffffffn, 3n], { bits: 32 })).toEqual(following(33, 4n));
    expect(offsetsOf([16n, 1n, 2n ** 63n + 1n])).toEqual([16n, 24n + 8n * (63n + 62n)]);
  });

  it('take an odd address for a bitmap, also the first', () => {
    expect(offsetsOf([7n])).toEqual([0n, 8n]);
    expect(offsetsOf([])).toEqual([]);
  });

  it('wrap at the width of the class, as LLVM does', () => {
    expect(offsetsOf([2n ** 64n - 8n, 5n, 3n])).toEqual([2n ** 64n - 8n, 8n, 63n * 8n]);
    expect(offsetsOf([2n ** 32n - 4n, 5n, 3n], { bits: 32 })).toEqual([2n ** 32n - 4n, 4n, 31n * 4n]);
    expect(offsetsOf([2n ** 32n - 8n, 7n])).toEqual([2n ** 32n - 8n, 2n ** 32n, 2n ** 32n + 8n]);
  });

  it('are columns of halves too', () => {
    const table = readRelativeRelocations(openElf(fileOf([2n ** 32n + 16n, 3n])), 1);
    expect([table.length, table.offset(1), table.offsetLow(1), table.offsetHigh(1)]).toEqual([
      2,
      2n ** 32n + 24n,
      24,
      1,
    ]);
  });

  it('are read from Android sections, and from those with signing schemas of AArch64 alone', () => {
    expect(offsetsOf([8n], {}, { type: SHT_ANDROID_RELR })).toEqual([8n]);
    expect(offsetsOf([8n], {}, { type: SHT_AARCH64_AUTH_RELR })).toEqual([8n]);
    const elf = openElf(fileOf([8n], { machine: EM_X86_64 }, { type: SHT_AARCH64_AUTH_RELR }));
    expect(formatErrorOf(() => readRelativeRelocations(elf, 1)).code).toBe('unsupported');
    expect(formatErrorOf(() => readRelativeRelocations(elf, 2)).code).toBe('unsupported');
  });

  it('say in the words of LLVM which size does not fit', () => {
    const sized = openElf(fileOf([8n], {}, { entrySize: 4 }));
    expect(formatErrorOf(() => readRelativeRelocations(sized, 1)).reason).toBe(
      'section [index 1] has invalid sh_entsize: expected 8, but got 4',
    );
    const ragged = openElf(fileOf([8n], {}, { data: new Uint8Array(12) }));
    expect(formatErrorOf(() => readRelativeRelocations(ragged, 1)).code).toBe('bad-value');
  });

  it('obey Limits.relocations', () => {
    const bytes = fileOf([16n, 2n ** 64n - 1n]);
    expect(readRelativeRelocations(openElf(bytes, { limits: { relocations: 64 } }), 1).length).toBe(64);
    const elf = openElf(bytes, { limits: { relocations: 63 } });
    expect(formatErrorOf(() => readRelativeRelocations(elf, 1)).code).toBe('limit-exceeded');
  });
});
