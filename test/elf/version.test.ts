import { describe, expect, it } from 'vitest';
import {
  openElf,
  readDynamicSymbols,
  readSymbolVersions,
  versionDefinitions,
  versionNeeds,
} from '../../src/elf/index.ts';
import type { ElfDynamicSymbols, ElfFile } from '../../src/elf/index.ts';
import { buildElf, ElfWriter, stringTableData } from '../helpers/elf-builder.ts';
import { formatErrorOf } from '../helpers/errors.ts';
import { buildLinked, LINKED, sysvHashOf } from './linked-sample.ts';
import type { LinkedChange } from './linked-sample.ts';

const FORMATS = [
  { bits: 32, littleEndian: true },
  { bits: 32, littleEndian: false },
  { bits: 64, littleEndian: true },
  { bits: 64, littleEndian: false },
] as const;
const STRIPPED = { header: { e_shoff: 0n, e_shnum: 0, e_shstrndx: 0 } };

const open = (change: LinkedChange = {}): ElfFile => openElf(buildLinked({}, change).bytes);

function symbolsOf(elf: ElfFile): ElfDynamicSymbols {
  const symbols = readDynamicSymbols(elf);
  if (symbols === undefined) throw new Error('there are no dynamic symbols');
  return symbols;
}

/** A file with a section of definitions or needs alone. */
function openChains(type: number, info: number, data: Uint8Array): ElfFile {
  const names = stringTableData(['V1', 'V2']).data;
  const sections = [
    { name: '.v', type, info, link: 2, data },
    { name: '.dynstr', type: 3, data: names },
  ];
  return openElf(buildElf({ sections }).bytes);
}

const VERDEF = 0x6ffffffd;
const VERNEED = 0x6ffffffe;

const verdef = (next: number, { count = 0, aux = 20, version = 1 } = {}): Uint8Array =>
  new ElfWriter().half(version).half(0).half(2).half(count).word(7).word(aux).word(next).bytes;
const verneed = (next: number, { count = 0, aux = 16, version = 1 } = {}): Uint8Array =>
  new ElfWriter().half(version).half(count).word(1).word(aux).word(next).bytes;

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

describe('symbol versions', () => {
  it.each(FORMATS)('are a column with names, class $bits, little endian $littleEndian', (format) => {
    for (const spec of [{}, STRIPPED]) {
      const elf = openElf(buildLinked(format, { spec }).bytes);
      const { versions, table } = symbolsOf(elf);
      if (versions === undefined) throw new Error('there are no versions');
      const all = Array.from({ length: versions.length }, (_, i) => i);
      expect(all.map((i) => versions.raw(i))).toEqual([0, 3, 0x8002, 4, 1]);
      expect(all.map((i) => versions.versionIndex(i))).toEqual([0, 3, 2, 4, 1]);
      expect(all.map((i) => versions.isHidden(i))).toEqual([false, false, true, false, false]);
      expect(all.map((i) => versions.suffix(table, i))).toEqual(['', '@X1', '@V1', '@@V2', '']);
      const definitions = Array.from(versionDefinitions(elf), ({ name, parents, flags, hash, versionIndex }) => [
        name,
        parents,
        flags,
        hash,
        versionIndex,
      ]);
      expect(definitions).toEqual([
        ['lib.so', [], 1, sysvHashOf('lib.so'), 1],
        ['V1', [], 0, sysvHashOf('V1'), 2],
        ['V2', ['V1'], 0, sysvHashOf('V2'), 4],
      ]);
      const needs = Array.from(versionNeeds(elf), ({ file, versions: wanted, offset }) => [
        file,
        wanted.map(({ name, flags, hash, versionIndex, offset: at }) => [name, flags, hash, versionIndex, at]),
        offset,
      ]);
      expect(needs).toEqual([['libx.so', [['X1', 2, sysvHashOf('X1'), 3, 16]], 0]]);
    }
  });

  it('are absent in files without', () => {
    const elf = openElf(buildElf({ sections: [] }).bytes);
    expect([...versionDefinitions(elf), ...versionNeeds(elf)]).toEqual([]);
    const sections = { '.gnu.version': { type: 1 } };
    expect(symbolsOf(open({ sections, dynamic: { 0x6ffffff0: undefined } })).versions).toBeUndefined();
  });

  it('that a chain lacks cost the symbols that refer to them', () => {
    const data = new ElfWriter().half(0).half(9).half(0x8002).half(4).half(1).bytes;
    const symbols = symbolsOf(open({ sections: { '.gnu.version': { data } } }));
    expect(formatErrorOf(() => symbols.fullName(1))).toMatchObject({
      code: 'bad-value',
      reason: 'SHT_GNU_versym section refers to a version index 9 which is missing',
    });
    expect([2, 3, 4].map((i) => symbols.fullName(i))).toEqual(['foo@V1', 'foo@@V2', 'bar']);
  });

  it('in a damaged chain cost the symbols behind the damage', () => {
    // The third definition is of another format.
    const built = buildLinked();
    built.bytes[built.dataOffset(LINKED.verdef) + 56] = 2;
    const symbols = symbolsOf(openElf(built.bytes));
    expect(formatErrorOf(() => symbols.fullName(3))).toMatchObject({
      code: 'unsupported',
      reason: 'unable to dump SHT_GNU_verdef section with index 7: version 2 is not yet supported',
      location: { offset: built.dataOffset(LINKED.verdef) + 56 },
    });
    expect([1, 2, 4].map((i) => symbols.fullName(i))).toEqual(['imp@X1', 'foo@V1', 'bar']);
  });

  it('that end before the symbols do cost the last symbols', () => {
    const symbols = symbolsOf(open({ sections: { '.gnu.version': { size: 6 } } }));
    expect(formatErrorOf(() => symbols.fullName(3))).toMatchObject({
      code: 'out-of-bounds',
      reason: "can't read an entry at 0x6: it goes past the end of the section (0x6)",
    });
    expect(symbols.fullName(2)).toBe('foo@V1');
    expect([...symbols.exported()]).toEqual([2, 3, 4]);
  });

  it('of an odd size are refused', () => {
    const elf = open({ sections: { '.gnu.version': { size: 7 } } });
    const { table } = symbolsOf(open());
    expect(() => readSymbolVersions(elf, table)).toThrow('invalid sh_size (7) which is not a multiple');
  });

  it('whose names are damaged stay readable but for those', () => {
    const elf = open({ sections: { '.gnu.version_d': { link: 99 } } });
    const symbols = symbolsOf(elf);
    expect(() => symbols.fullName(3)).toThrow('invalid section index: 99');
    expect(symbols.fullName(1)).toBe('imp@X1');
    expect(Array.from(versionDefinitions(elf), ({ versionIndex }) => versionIndex)).toEqual([1, 2, 4]);
  });

  it('whose name is past the string table lose that', () => {
    const data = joined(verdef(0, { count: 1 }), new ElfWriter().word(0xffffff).word(0).bytes);
    const [definition] = versionDefinitions(openChains(VERDEF, 1, data));
    expect(() => definition?.name).toThrow('invalid vda_name: 16777215');
    expect(definition?.parents).toEqual([]);
  });
});

describe('chains of versions', () => {
  it('end at their count, and where the next offset is 0', () => {
    const data = joined(verdef(20), verdef(20), verdef(0));
    for (const [count, length] of [
      [0, 0],
      [2, 2],
      [3, 3],
      [0xffffffff, 3],
    ] as const) {
      expect([...versionDefinitions(openChains(VERDEF, count, data))].length).toBe(length);
    }
    const needs = joined(verneed(16), verneed(0));
    expect([...versionNeeds(openChains(VERNEED, 0xffffffff, needs))].length).toBe(2);
  });

  it.each([
    [VERDEF, verdef(0).subarray(0, 19), 'version definition 1 goes past the end of the section'],
    [VERDEF, verdef(0xfffffffc), 'version definition 2 goes past the end of the section'],
    [VERDEF, joined(verdef(21), verdef(0), verdef(0)), 'found a misaligned version definition entry at offset 0x15'],
    [
      VERDEF,
      verdef(0, { count: 1 }),
      'version definition 1 refers to an auxiliary entry that goes past the end of the section',
    ],
    [VERDEF, verdef(0, { count: 1, aux: 3 }), 'found a misaligned auxiliary entry at offset 0x3'],
    [VERNEED, verneed(0).subarray(0, 15), 'version dependency 1 goes past the end of the section'],
    [VERNEED, verneed(0xfffffffc), 'version dependency 2 goes past the end of the section'],
    [
      VERNEED,
      joined(verneed(18), verneed(0), verneed(0)),
      'found a misaligned version dependency entry at offset 0x12',
    ],
    [
      VERNEED,
      verneed(0, { count: 1, aux: 0xffffffff }),
      'version dependency 1 refers to an auxiliary entry that goes past the end of the section',
    ],
    // An entry that is its own auxiliary one, which comes round to itself by no offset that is not 0.
    [VERDEF, joined(verdef(4, { count: 0 }), verdef(0), verdef(0)), /version \d+ is not yet supported|entries overlap/],
  ])('are refused in words of LLVM (%#)', (type, data, reason) => {
    const elf = openChains(type, 9, data);
    const error = formatErrorOf(() => [...(type === VERDEF ? versionDefinitions(elf) : versionNeeds(elf))]);
    expect(error.reason).toMatch(reason);
  });

  it('that overlap a million times end', () => {
    // Each word can be an entry, and each entry has 65535 auxiliary ones that overlap.
    const count = 100_000;
    const data = new Uint8Array(4 * count);
    const view = new DataView(data.buffer);
    for (let i = 0; i < count; i += 1) view.setUint32(4 * i, i % 2 === 0 ? 0x00000001 : 4, true);
    for (const type of [VERDEF, VERNEED]) {
      const elf = openChains(type, 0xffffffff, data);
      try {
        expect([...(type === VERDEF ? versionDefinitions(elf) : versionNeeds(elf))].length).toBeLessThan(count);
      } catch (error) {
        expect(
          formatErrorOf(() => {
            throw error;
          }).reason,
        ).toMatch(/overlap|past|misaligned|supported/);
      }
    }
  });

  it('may share an auxiliary entry, as those of libcudart.so.13 do', () => {
    const shared = new Uint8Array(8);
    const data = joined(verdef(20, { count: 1, aux: 40 }), verdef(0, { count: 1, aux: 20 }), shared);
    const found = Array.from(versionDefinitions(openChains(VERDEF, 2, data)), ({ name, parents }) => [name, parents]);
    expect(found).toEqual([
      ['', []],
      ['', []],
    ]);
  });

  it('whose auxiliary entries are shared by many are refused', () => {
    // A hundred definitions with the same ten thousand auxiliary entries.
    const auxCount = 10_000;
    const definitions = Array.from({ length: 100 }, (_, i) => verdef(20, { count: auxCount, aux: 20 * (100 - i) }));
    const aux = new Uint8Array(8 * auxCount);
    const view = new DataView(aux.buffer);
    for (let i = 0; i < auxCount; i += 1) view.setUint32(8 * i + 4, 8, true);
    const elf = openChains(VERDEF, 100, joined(...definitions, aux));
    const seen: number[] = [];
    expect(() => {
      for (const { versionIndex } of versionDefinitions(elf)) seen.push(versionIndex);
    }).toThrow(/invalid SHT_GNU_verdef section with index 1: entries overlap at offset 0x/);
    expect(seen).toEqual([2]);
  });
});
