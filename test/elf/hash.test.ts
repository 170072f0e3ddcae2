import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openElf, readDynamicSymbolTable, readGnuHashTable, readHashTable } from '../../src/elf/index.ts';
import type { ElfFile, ElfSymbolTable } from '../../src/elf/index.ts';
import { buildElf, ElfWriter, entrySizes, stringTableData, symbolTableData } from '../helpers/elf-builder.ts';
import { formatErrorOf } from '../helpers/errors.ts';
import { buildLinked, gnuHashOf, hashData, SYMBOL_NAMES, sysvHashOf } from './linked-sample.ts';
import type { LinkedChange } from './linked-sample.ts';

const FORMATS = [
  { bits: 32, littleEndian: true },
  { bits: 32, littleEndian: false },
  { bits: 64, littleEndian: true },
  { bits: 64, littleEndian: false },
] as const;

const open = (change: LinkedChange = {}): ElfFile => openElf(buildLinked({}, change).bytes);

function symbolsOf(elf: ElfFile): ElfSymbolTable {
  const table = readDynamicSymbolTable(elf);
  if (table === undefined) throw new Error('there are no dynamic symbols');
  return table;
}

function hashOf(elf: ElfFile) {
  const hash = readHashTable(elf);
  if (hash === undefined) throw new Error('there is no hash table');
  return hash;
}

function gnuHashTableOf(elf: ElfFile) {
  const hash = readGnuHashTable(elf);
  if (hash === undefined) throw new Error('there is no GNU hash table');
  return hash;
}

describe('SysV hash tables', () => {
  it.each(FORMATS)('find names, class $bits, little endian $littleEndian', (format) => {
    const elf = openElf(buildLinked(format).bytes);
    const hash = hashOf(elf);
    const symbols = symbolsOf(elf);
    expect([hash.bucketCount, hash.chainCount, hash.wordSize]).toEqual([2, 5, 4]);
    expect([...hash.matches('foo', symbols)].sort()).toEqual([2, 3]);
    expect([hash.find('bar', symbols), hash.find('imp', symbols)]).toEqual([4, 1]);
    expect(['fo', 'fooo', '', 'baz'].map((name) => hash.find(name, symbols))).toEqual(Array(4).fill(undefined));
    expect(hash.find(Uint8Array.of(0x62, 0x61, 0x72), symbols)).toBe(4);
    const counts = [0, 1].map((bucket) => SYMBOL_NAMES.filter((name) => sysvHashOf(name) % 2 === bucket).length);
    const bucketsByLength = Array.from(
      { length: Math.max(...counts) + 1 },
      (_, i) => counts.filter((n) => n === i).length,
    );
    expect(hash.histogram()).toEqual({ symbolCount: 4, bucketsByLength });
  });

  it('are those of the section, where DT_HASH is absent; without either there is none', () => {
    expect(hashOf(open({ dynamic: { 4: undefined } })).chainCount).toBe(5);
    expect(readHashTable(open({ dynamic: { 4: undefined }, sections: { '.hash': { type: 1 } } }))).toBeUndefined();
    expect(() => readHashTable(open({ dynamic: { 4: 3n } }))).toThrow(
      'unable to parse DT_HASH: virtual address is not in any segment: 0x3',
    );
  });

  it.each([
    [[0xffffffff, 0xffffffff], ', nbucket = 4294967295, nchain = 4294967295'],
    [[2, 0xffffffff], ', nbucket = 2, nchain = 4294967295'],
  ])('are refused with the counts %o', (counts, end) => {
    const data = new ElfWriter().word(counts[0] as number).word(counts[1] as number).bytes;
    const elf = openElf(buildElf({ sections: [{ name: '.hash', type: 5, data }] }).bytes);
    const error = formatErrorOf(() => readHashTable(elf));
    expect(error).toMatchObject({ code: 'out-of-bounds', location: { offset: 64 } });
    expect(error.reason).toBe(
      `the hash table at offset 0x40 goes past the end of the file (0x${elf.input.length.toString(16)})${end}`,
    );
  });

  it('are refused where the file ends in their header', () => {
    const elf = openElf(buildElf({ sections: [{ name: '.hash', type: 5, offset: 0x7fffffff }] }).bytes);
    expect(() => readHashTable(elf)).toThrow(
      /the hash table at offset 0x7fffffff goes past the end of the file \(0x\w+\)$/,
    );
  });

  it('are bounded', () => {
    const data = hashData(Array<number>(100).fill(0), [0], {});
    const { bytes } = buildElf({ sections: [{ name: '.hash', type: 5, data }] });
    const elf = openElf(bytes, { limits: { blockBytes: 300 } });
    expect(() => readHashTable(elf)).toThrow('more than the limits allow');
  });

  it('with a cycle in a chain end a lookup', () => {
    const data = hashData([1, 1], [0, 2, 3, 1, 0], {});
    const elf = open({ sections: { '.hash': { data } } });
    const reason = '.hash section is invalid: bucket 0: a cycle was detected in the linked chain';
    expect(formatErrorOf(() => [...hashOf(elf).symbolsIn(0)])).toMatchObject({ code: 'bad-value', reason });
    expect(() => hashOf(elf).find('none', symbolsOf(elf))).toThrow('a cycle was detected');
    expect(() => hashOf(elf).histogram()).toThrow('a cycle was detected');
  });

  it('with a symbol that has no place end a lookup', () => {
    const elf = open({ sections: { '.hash': { data: hashData([0xffffffff, 2], [0, 0, 7, 0, 0], {}) } } });
    expect(() => [...hashOf(elf).symbolsIn(0)]).toThrow('symbol 4294967295 is not below nchain (5)');
    expect(() => [...hashOf(elf).symbolsIn(1)]).toThrow('symbol 7 is not below nchain (5)');
  });

  // Counting each chain to its end would take a hundred thousand million steps, hours beside the time limit of a test.
  it('of which a million buckets share a long chain are counted once', () => {
    const chains = Array.from({ length: 100_000 }, (_, i) => (i + 1) % 100_000);
    const data = hashData(Array<number>(1_000_000).fill(1), chains, {});
    const elf = openElf(buildElf({ sections: [{ name: '.hash', type: 5, data }] }).bytes);
    expect(() => hashOf(elf).histogram()).toThrow('buckets of the hash table share symbols');
  });

  it('without buckets find nothing', () => {
    const elf = open({ sections: { '.hash': { data: hashData([], [0, 0, 0, 0, 0], {}) } } });
    expect(hashOf(elf).find('foo', symbolsOf(elf))).toBeUndefined();
    expect(hashOf(elf).histogram()).toEqual({ symbolCount: 0, bucketsByLength: [0] });
  });

  describe.each([
    ['s390x', 22],
    ['Alpha', 0x9026],
  ])('of %s', (_, machine) => {
    const format = { bits: 64, littleEndian: machine !== 22 } as const;
    const wide = new ElfWriter(format);
    for (const word of [1, 3, 2, 0, 0, 1]) wide.address(word);
    const build = (data: Uint8Array, entrySize: number) =>
      hashOf(openElf(buildElf({ ...format, machine, sections: [{ name: '.hash', type: 5, entrySize, data }] }).bytes));

    it('have words of the size that the section tells', () => {
      expect([...build(wide.bytes, 8).symbolsIn(0)]).toEqual([2, 1]);
      expect([...build(hashData([2], [0, 0, 1], format), 4).symbolsIn(0)]).toEqual([2, 1]);
    });

    it('have wide words where nothing tells, if those make sense', () => {
      expect(build(wide.bytes, 0).wordSize).toBe(8);
      expect(build(hashData([2], [0, 0, 1], format), 0).wordSize).toBe(4);
    });
  });
});

describe('GNU hash tables', () => {
  it.each(FORMATS)('find names, class $bits, little endian $littleEndian', (format) => {
    const elf = openElf(buildLinked(format).bytes);
    const hash = gnuHashTableOf(elf);
    const symbols = symbolsOf(elf);
    expect([hash.bucketCount, hash.firstSymbol, hash.maskWordCount, hash.shift]).toEqual([1, 2, 1, 6]);
    expect([...hash.matches('foo', symbols)]).toEqual([2, 3]);
    expect([hash.find('bar', symbols), hash.find('imp', symbols)]).toEqual([4, undefined]);
    expect(['fo', 'fooo', '', 'baz'].map((name) => hash.find(name, symbols))).toEqual(Array(4).fill(undefined));
    expect([hash.symbolCount(), hash.histogram()]).toEqual([5, { symbolCount: 3, bucketsByLength: [0, 0, 0, 1] }]);
    expect(hash.value(2) | 1).toBe(((gnuHashOf('foo') | 1) >>> 0) | 0);
  });

  it('have no symbol count where nothing is hashed', () => {
    const data = new ElfWriter().word(1).word(1).word(1).word(0).address(0).word(0).bytes;
    const hash = gnuHashTableOf(open({ sections: { '.gnu.hash': { data } }, dynamic: { 0x6ffffef5: undefined } }));
    expect([hash.symbolCount(), hash.histogram()]).toEqual([undefined, { symbolCount: 0, bucketsByLength: [1] }]);
  });

  it('that hash nothing leave the number of symbols to relocations', () => {
    const data = new ElfWriter().word(1).word(1).word(1).word(0).address(0).word(0).word(0).word(0).word(0).bytes;
    const elf = open({
      sections: { '.gnu.hash': { data } },
      dynamic: { 4: undefined },
      spec: { header: { e_shoff: 0n, e_shnum: 0, e_shstrndx: 0 } },
    });
    expect(symbolsOf(elf).length).toBe(2);
  });

  it.each([[[0xffffffff, 1, 1, 0]], [[1, 1, 0xffffffff, 0]], [[0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff]]])(
    'are refused with the header %o',
    (words) => {
      const out = new ElfWriter();
      for (const word of words) out.word(word);
      const elf = openElf(buildElf({ sections: [{ name: '.gnu.hash', type: 0x6ffffff6, data: out.bytes }] }).bytes);
      expect(formatErrorOf(() => readGnuHashTable(elf))).toMatchObject({
        code: 'out-of-bounds',
        reason: 'unable to dump the SHT_GNU_HASH section at 0x40: it goes past the end of the file',
      });
    },
  );

  it('whose last chain does not end are refused by what walks it', () => {
    const words = [1, 1, 0, 0, 1, 2, 2, 2];
    const out = new ElfWriter();
    for (const word of words) out.word(word);
    const elf = openElf(buildElf({ sections: [{ name: '.gnu.hash', type: 0x6ffffff6, data: out.bytes }] }).bytes);
    const hash = gnuHashTableOf(elf);
    for (const walk of [() => hash.symbolCount(), () => hash.histogram(), () => [...hash.symbolsIn(0)]]) {
      expect(walk).toThrow('no terminator found for GNU hash section before buffer end');
    }
  });

  it('whose bucket names a symbol that is not hashed are refused by what walks it', () => {
    const out = new ElfWriter();
    for (const word of [1, 9, 0, 0, 3, 1]) out.word(word);
    const elf = openElf(buildElf({ sections: [{ name: '.gnu.hash', type: 0x6ffffff6, data: out.bytes }] }).bytes);
    expect(() => [...gnuHashTableOf(elf).symbolsIn(0)]).toThrow(
      'symbol 3 is below the first one of the GNU hash table (9)',
    );
  });

  // Counting each chain to its end would take a hundred thousand million steps, hours beside the time limit of a test.
  it('of which a million buckets share a long chain are counted once', () => {
    const out = new Uint32Array(4 + 1_000_000 + 100_000);
    out.set([1_000_000, 1, 0, 0]);
    out.fill(1, 4, 4 + 1_000_000);
    out[out.length - 1] = 1;
    const data = new Uint8Array(out.buffer);
    const elf = openElf(buildElf({ sections: [{ name: '.gnu.hash', type: 0x6ffffff6, data }] }).bytes);
    expect(() => gnuHashTableOf(elf).histogram()).toThrow('buckets of the hash table share symbols');
  });
});

it('both tables find every name and no other', () => {
  const name = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }).filter((text) => !/[\0\\]/.test(text));
  const names = fc.uniqueArray(name, { minLength: 1, maxLength: 30 });
  const format = fc.constantFrom(...FORMATS);
  fc.assert(
    fc.property(names, names, format, fc.integer({ min: 1, max: 5 }), (present, other, shape, bucketCount) => {
      // Symbols of one bucket follow each other.
      const bucketOf = (text: string): number => gnuHashOf(text) % bucketCount;
      const sorted = [...present].sort((a, b) => bucketOf(a) - bucketOf(b));
      const strings = stringTableData(sorted);
      const symbols = strings.offsets.map((nameOffset) => ({ nameOffset, binding: 1, section: 1 }));
      const chains = Array<number>(sorted.length + 1).fill(0);
      const buckets = Array<number>(bucketCount).fill(0);
      sorted.forEach((text, i) => {
        const bucket = sysvHashOf(text) % bucketCount;
        chains[i + 1] = buckets[bucket] as number;
        buckets[bucket] = i + 1;
      });
      const gnu = new ElfWriter(shape).word(bucketCount).word(1).word(2).word(5);
      const masks = [0n, 0n];
      const width = shape.bits;
      for (const hash of sorted.map(gnuHashOf)) {
        const word = Math.floor(hash / width) % 2;
        masks[word] = (masks[word] ?? 0n) | (1n << BigInt(hash % width)) | (1n << BigInt((hash >>> 5) % width));
      }
      for (const mask of masks) gnu.address(mask);
      for (let b = 0; b < bucketCount; b += 1) gnu.word(sorted.findIndex((text) => bucketOf(text) === b) + 1);
      sorted.forEach((text, i) => {
        const next = sorted[i + 1];
        const isLast = next === undefined || bucketOf(next) !== bucketOf(text);
        gnu.word(((gnuHashOf(text) & ~1) | Number(isLast)) >>> 0);
      });
      const built = buildElf({
        ...shape,
        sections: [
          { name: '.hash', type: 5, data: hashData(buckets, chains, shape) },
          { name: '.gnu.hash', type: 0x6ffffff6, data: gnu.bytes },
          {
            name: '.dynsym',
            type: 11,
            link: 4,
            entrySize: entrySizes(width).symbol,
            data: symbolTableData(symbols, shape),
          },
          { name: '.dynstr', type: 3, data: strings.data },
        ],
      });
      const elf = openElf(built.bytes);
      const table = symbolsOf(elf);
      for (const hash of [hashOf(elf), gnuHashTableOf(elf)]) {
        sorted.forEach((text, i) => {
          expect(hash.find(text, table)).toBe(i + 1);
        });
        for (const text of other) if (!present.includes(text)) expect(hash.find(text, table)).toBeUndefined();
        expect(hash.histogram().symbolCount).toBe(sorted.length);
      }
      expect(gnuHashTableOf(elf).symbolCount()).toBe(sorted.length + 1);
    }),
    { numRuns: 60 },
  );
});
