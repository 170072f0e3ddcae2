import { describe, expect, it } from 'vitest';
import { ByteRange } from '../../src/bytes/index.ts';
import { FAULT_ENTRIES_MAX, NameInterner, readComdatSignatures, readFacts } from '../../src/link/index.ts';
import type { InputFacts } from '../../src/link/index.ts';
import { concat } from '../helpers/archive-builder.ts';
import { bounded } from '../helpers/bounded.ts';
import { buildElf, symbolTableData, wordsData } from '../helpers/elf-builder.ts';
import { androidData, crelData, sleb128 } from '../helpers/relocation-encoder.ts';
import type { BuiltObject, ObjectSpec, ObjectSymbol } from '../helpers/object-builder.ts';
import { BINDING, buildObject, SECTION, SHN, TYPE } from '../helpers/object-builder.ts';

const [SHT_GROUP, SHF_GROUP] = [17, 0x200] as const;
const [SHT_PROGBITS, SHT_NOBITS, SHT_REL, SHT_SYMTAB_SHNDX, SHT_ADDRSIG] = [1, 8, 9, 18, 0x6fff4c03] as const;

interface Read {
  readonly facts: InputFacts;
  readonly names: NameInterner;
}

function read(bytes: Uint8Array): Read {
  const names = new NameInterner();
  return { facts: readFacts(ByteRange.from(bytes), names), names };
}

/** What an object defines: each name with its group and its absolute value. */
function definitionsOf(symbols: readonly ObjectSymbol[], spec: ObjectSpec = {}): unknown[] {
  const { facts, names } = read(buildObject({ symbols, ...spec }).bytes);
  expect(facts.faults).toEqual([]);
  const { definitions } = facts;
  return Array.from(definitions?.names ?? [], (id, i) => {
    const comdat = definitions?.comdats?.[i] ?? -1;
    const absolute = definitions?.absolutes?.get(i);
    if (comdat === -1 && absolute === undefined) return names.text(id);
    return [
      names.text(id),
      ...(comdat === -1 ? [] : [names.text(comdat)]),
      ...(absolute === undefined ? [] : [absolute]),
    ];
  });
}

describe('strong definitions are', () => {
  it.each<readonly [string, ObjectSymbol, unknown[]]>([
    ['global functions', { name: 'f' }, ['f']],
    ['global objects', { name: 'f', type: TYPE.object }, ['f']],
    ['untyped labels', { name: 'f', type: TYPE.none }, ['f']],
    ['unique symbols', { name: 'f', binding: BINDING.unique }, ['f']],
    ['versioned symbols, under the whole name', { name: 'f@@V' }, ['f@@V']],
    ['symbols of a group, with its signature', { name: 'f', group: 'sig' }, [['f', 'sig']]],
    ['absolute symbols, with their value', { name: 'f', section: SHN.absolute, value: 2n ** 63n }, [['f', 2n ** 63n]]],
    ['not weak symbols', { name: 'f', binding: BINDING.weak }, []],
    ['not local symbols', { name: 'f', binding: BINDING.local }, []],
    ['not undefined symbols', { name: 'f', section: SHN.undefined }, []],
    ['not common symbols', { name: 'f', section: SHN.common }, []],
    ['not symbols of type common', { name: 'f', type: TYPE.common }, []],
    ['not section symbols', { name: 'f', type: TYPE.section }, []],
    ['not file symbols', { name: 'f', type: TYPE.file }, []],
    ['not symbols without a name', { name: '' }, []],
    ['not symbols of an unknown binding', { name: 'f', binding: 5 }, []],
  ])('%s', (_, symbol, expected) => {
    expect(definitionsOf([symbol])).toEqual(expected);
  });

  it.each([
    [64, true],
    [64, false],
    [32, true],
    [32, false],
  ] as const)('the same in a %i-bit file, little endian: %s', (bits, littleEndian) => {
    const symbols = [
      { name: 'f', group: 'sig' },
      { name: 'local', binding: BINDING.local },
      { name: 'g' },
      { name: 'a', section: SHN.absolute, value: 0x8000_0000n },
    ];
    expect(definitionsOf(symbols, { bits, littleEndian })).toEqual([['f', 'sig'], 'g', ['a', 0x8000_0000n]]);
  });

  it('not in a group if the group is no COMDAT', () => {
    expect(definitionsOf([{ name: 'f', group: 'sig' }], { groupFlags: 0 })).toEqual(['f']);
  });

  it('none in programs and shared libraries, whose definitions never collide', () => {
    expect(definitionsOf([{ name: 'f' }], { type: 2 })).toEqual([]);
    expect(definitionsOf([{ name: 'f' }], { type: 3 })).toEqual([]);
  });

  it('none where there is no symbol table', () => {
    expect(read(buildObject({}).bytes).facts.definitions?.names).toHaveLength(0);
  });
});

describe('COMDAT signatures', () => {
  function signaturesOf(spec: ObjectSpec): string[] {
    const names = new NameInterner();
    const range = ByteRange.from(buildObject(spec).bytes);
    return readComdatSignatures(range, names).map((id) => names.text(id));
  }

  it('are those of all groups, weak ones and empty ones too', () => {
    const weak = { name: 'w', binding: BINDING.weak, group: 'weak' };
    expect(signaturesOf({ symbols: [weak, { name: 'f', group: 'strong' }], groups: ['bare'] })).toEqual([
      'bare',
      'weak',
      'strong',
    ]);
  });

  it('leave groups out that are no COMDAT', () => {
    expect(signaturesOf({ groups: ['plain'], groupFlags: 0 })).toEqual([]);
  });

  it('leave groups out whose signature is outside of the symbol table, and keep the others', () => {
    const object = buildObject({ groups: ['one', 'two'] });
    const view = new DataView(object.bytes.buffer);
    view.setUint32(object.headerOffset(SECTION.first) + 44, 99, true);
    const names = new NameInterner();
    const ids = readComdatSignatures(ByteRange.from(object.bytes), names);
    expect(ids.map((id) => names.text(id))).toEqual(['two']);
  });

  it('are none for what cannot be read', () => {
    expect(readComdatSignatures(ByteRange.from(new Uint8Array([0x7f, 0x45, 0x4c, 0x46])), new NameInterner())).toEqual(
      [],
    );
  });
});

/** The symbol index that stands at a place of the file. */
function wordAt(object: BuiltObject, offset: number, littleEndian = true): number {
  return new DataView(object.bytes.buffer).getUint32(offset, littleEndian);
}

describe('symbol indices of relocations', () => {
  const symbols = [{ name: 'f' }, { name: 'g' }];

  it('below the number of symbols are right, 0 and the last one included', () => {
    const object = buildObject({ symbols, relocations: [{ symbol: 0 }, { symbol: 1 }, { symbol: 2 }] });
    expect(read(object.bytes).facts.faults).toEqual([]);
  });

  it.each([
    [64, true],
    [64, false],
    [32, true],
    [32, false],
  ] as const)('from the number of symbols on are faults: %i bits, little endian %s', (bits, littleEndian) => {
    const object = buildObject({
      symbols,
      bits,
      littleEndian,
      relocations: [{ symbol: 1 }, { symbol: 3 }, { symbol: 2 }],
    });
    const [fault, ...others] = read(object.bytes).facts.faults;
    expect(others).toEqual([]);
    const infoSize = bits === 64 ? 24 : 12;
    const offset = object.dataOffset(SECTION.first) + infoSize + bits / 8;
    expect(fault).toEqual({
      kind: 'symbol-index',
      holder: 'relocation',
      section: '.rela.text',
      symbolIndex: 3,
      symbolCount: 3,
      entries: [{ entry: 1, offset, symbolIndex: 3 }],
      count: 1,
      offset,
    });
    // r_info stands there: in 64 bits the index is its upper half.
    const half = bits === 64 && littleEndian ? 4 : 0;
    expect(wordAt(object, offset + half, littleEndian) >>> (bits === 64 ? 0 : 8)).toBe(3);
  });

  it('are listed up to a number of entries, and counted beyond it', () => {
    const relocations = Array.from({ length: 100 }, () => ({ symbol: 7 }));
    const [fault] = read(buildObject({ symbols, relocations }).bytes).facts.faults;
    expect(fault).toMatchObject({ kind: 'symbol-index', count: 100 });
    expect(fault?.kind === 'symbol-index' && fault.entries.map(({ entry }) => entry)).toEqual(
      Array.from({ length: FAULT_ENTRIES_MAX }, (_, i) => i),
    );
  });

  it('are looked up in the table that the sh_link of the very section names', () => {
    // A second symbol table of one symbol: an index that is right for the first is wrong for it.
    const small = new Uint8Array(24);
    const object = buildObject({
      symbols,
      sections: [
        { name: '.dynsym', type: 11, link: SECTION.strtab, entrySize: 24, data: small },
        { name: '.rela.second', type: 4, link: SECTION.first, entrySize: 24, data: relocationTo(2) },
      ],
    });
    expect(read(object.bytes).facts.faults).toMatchObject([
      { kind: 'symbol-index', section: '.rela.second', symbolIndex: 2, symbolCount: 1 },
    ]);
  });

  it('in SHT_REL are checked alike', () => {
    const rel = relocationTo(9).subarray(0, 16);
    const object = buildObject({ symbols, sections: [{ name: '.rel.text', type: SHT_REL, entrySize: 16, data: rel }] });
    expect(read(object.bytes).facts.faults).toMatchObject([
      { section: '.rel.text', symbolIndex: 9, offset: object.dataOffset(SECTION.first) + 8 },
    ]);
  });

  it('do not matter in a linked file without symbols', () => {
    const sections = [{ name: '.rela.plt', type: 4, link: 0, entrySize: 24, data: relocationTo(0) }];
    expect(read(buildObject({ type: 2, sections }).bytes).facts.faults).toEqual([]);
  });

  it('of a linked file without symbols are faults if they name one', () => {
    const sections = [{ name: '.rela.plt', type: 4, link: 0, entrySize: 24, data: relocationTo(1) }];
    expect(read(buildObject({ type: 2, sections }).bytes).facts.faults).toMatchObject([{ kind: 'symbol-table-link' }]);
  });

  it('are counted by the real size of an entry, whatever sh_entsize says', () => {
    const sections = [{ name: '.rela.x', type: 4, entrySize: 1, data: relocationTo(9) }];
    expect(read(buildObject({ symbols, sections }).bytes).facts.faults).toMatchObject([{ symbolIndex: 9, count: 1 }]);
  });
});

describe('symbol indices in packed relocations', () => {
  const symbols = [{ name: 'f' }];
  const entries = [1, 2, 0, 9].map((symbol, i) => ({ offset: BigInt(8 * i), symbol, type: 1, addend: 0n }));
  const packed = (type: number, data: Uint8Array) => [{ name: '.packed', type, link: SECTION.symtab, data }];

  it.each([
    ['SHT_CREL', 0x40000014, crelData(entries)],
    ['SHT_ANDROID_REL', 0x60000001, androidData([{ entries }])],
    ['SHT_ANDROID_RELA', 0x60000002, androidData([{ entries }])],
  ])('are checked: %s', (_, type, data) => {
    const object = buildObject({ symbols, sections: packed(type, data) });
    const [fault, ...others] = read(object.bytes).facts.faults;
    expect(others).toEqual([]);
    expect(fault).toMatchObject({
      kind: 'symbol-index',
      holder: 'packed-relocation',
      section: '.packed',
      symbolCount: 2,
      count: 2,
    });
    expect(fault?.kind === 'symbol-index' && fault.entries.map((entry) => [entry.entry, entry.symbolIndex])).toEqual([
      [1, 2],
      [3, 9],
    ]);
  });

  it('are checked as far as the section can be read', () => {
    const object = buildObject({ symbols, sections: packed(0x40000014, crelData(entries).subarray(0, -1)) });
    const { faults } = read(object.bytes).facts;
    expect(faults).toMatchObject([
      { kind: 'malformed', code: 'truncated', section: '.packed' },
      { kind: 'symbol-index', count: 1 },
    ]);
  });

  it('do not matter where there are none, and are not faults where they are right', () => {
    expect(read(buildObject({ symbols, sections: packed(0x40000014, new Uint8Array(0)) }).bytes).facts.faults).toEqual(
      [],
    );
    const sound = crelData(entries.map((entry) => ({ ...entry, symbol: 1 })));
    expect(read(buildObject({ symbols, sections: packed(0x40000014, sound) }).bytes).facts.faults).toEqual([]);
  });

  it('cost no more than Limits.relocations and one section, however few bytes claim them', () => {
    // Ten million entries that take no bytes, in each of many sections.
    const count = sleb128(10_000_000n);
    const data = Uint8Array.from([0x41, 0x50, 0x53, 0x32, ...count, 0, ...count, 3, 8, 0]);
    const sections = Array.from({ length: 200 }, () => packed(0x60000001, data)).flat();
    const { faults } = read(buildObject({ symbols, sections }).bytes).facts;
    expect(faults).toMatchObject([{ kind: 'malformed', code: 'limit-exceeded', section: '.packed' }]);
  });
});

/** One entry of RELA in a 64-bit little-endian file. */
function relocationTo(symbol: number): Uint8Array {
  return concat(new Uint8Array(12), wordsData([symbol]), new Uint8Array(8));
}

describe('the sh_link of a relocation section', () => {
  it.each([
    [0, 'SHT_NULL'],
    [SECTION.text, 'SHT_PROGBITS'],
    [SECTION.strtab, 'SHT_STRTAB'],
    [99, 'only 6 sections'],
    [0xffff_ffff, 'only 6 sections'],
  ])('%i is no symbol table', (link, found) => {
    const object = buildObject({
      sections: [{ name: '.rela.text', type: 4, link, entrySize: 24, data: relocationTo(1) }],
    });
    const [fault, ...others] = read(object.bytes).facts.faults;
    expect(others).toEqual([]);
    expect(fault).toMatchObject({ kind: 'symbol-table-link', section: '.rela.text', link, found });
    expect(wordAt(object, fault?.offset ?? 0)).toBe(link);
  });

  it('does not matter where there is no relocation', () => {
    const sections = [{ name: '.rela.text', type: 4, link: 0, entrySize: 24, data: new Uint8Array(0) }];
    expect(read(buildObject({ sections }).bytes).facts.faults).toEqual([]);
  });
});

describe('the signature of a group', () => {
  function withSignature(index: number, bits: 32 | 64 = 64): BuiltObject {
    const object = buildObject({ bits, symbols: [{ name: 'f', group: 'sig' }] });
    const at = object.headerOffset(SECTION.first) + (bits === 64 ? 44 : 28);
    new DataView(object.bytes.buffer).setUint32(at, index, true);
    return object;
  }

  it('may be the last symbol', () => {
    expect(read(withSignature(2).bytes).facts.faults).toEqual([]);
  });

  it.each([32, 64] as const)('is a fault past the end, at the place of sh_info (%i bits)', (bits) => {
    const object = withSignature(3, bits);
    const [fault] = read(object.bytes).facts.faults;
    expect(fault).toMatchObject({ holder: 'group', section: '.group', symbolIndex: 3, symbolCount: 3, count: 1 });
    expect(wordAt(object, fault?.offset ?? 0)).toBe(3);
  });

  it('past the end leaves the definitions known, without their group', () => {
    const { facts, names } = read(withSignature(99).bytes);
    expect(Array.from(facts.definitions?.names ?? [], (id) => names.text(id))).toEqual(['f']);
  });
});

describe('.llvm_addrsig', () => {
  function withIndices(bytes: readonly number[], link: number = SECTION.symtab): BuiltObject {
    return buildObject({
      symbols: [{ name: 'f' }],
      sections: [{ name: '.llvm_addrsig', type: SHT_ADDRSIG, link, data: Uint8Array.from(bytes) }],
    });
  }

  it.each([
    ['no index', []],
    ['all symbols', [0, 1]],
    ['an index with padding', [0x81, 0x00]],
  ])('%s is right', (_, bytes) => {
    expect(read(withIndices(bytes).bytes).facts.faults).toEqual([]);
  });

  it('an index past the end is a fault at its first byte', () => {
    const object = withIndices([1, 0x80, 0x01, 2, 1]);
    const start = object.dataOffset(SECTION.first);
    expect(read(object.bytes).facts.faults).toMatchObject([
      {
        holder: 'addrsig',
        symbolIndex: 128,
        symbolCount: 2,
        count: 2,
        offset: start + 1,
        entries: [
          { entry: 1, offset: start + 1, symbolIndex: 128 },
          { entry: 2, offset: start + 3, symbolIndex: 2 },
        ],
      },
    ]);
  });

  it('with sh_link 0 is stale and not read', () => {
    expect(read(withIndices([99, 0x80], 0).bytes).facts.faults).toEqual([]);
  });

  it('that ends within an index is malformed; bad indices in front of it are told', () => {
    const { faults } = read(withIndices([99, 0x80]).bytes).facts;
    expect(faults.map(({ kind }) => kind)).toEqual(['symbol-index', 'malformed']);
    expect(faults[1]).toMatchObject({ code: 'truncated', section: '.llvm_addrsig' });
  });

  it('with an sh_link that is no symbol table is a fault', () => {
    expect(read(withIndices([1], SECTION.strtab).bytes).facts.faults).toMatchObject([{ kind: 'symbol-table-link' }]);
  });
});

describe('SHT_SYMTAB_SHNDX', () => {
  function withEntries(
    count: number,
    link: number = SECTION.symtab,
    symbol: ObjectSymbol = { name: 'f' },
  ): BuiltObject {
    const data = wordsData(Array.from({ length: count }, (_, i) => (i === 1 ? SECTION.text : 0)));
    return buildObject({
      symbols: [symbol],
      sections: [{ name: '.symtab_shndx', type: SHT_SYMTAB_SHNDX, link, entrySize: 4, data }],
    });
  }

  it('with an entry for each symbol is right', () => {
    expect(read(withEntries(2).bytes).facts.faults).toEqual([]);
  });

  it.each([0, 1, 3, 100])('with %i entries for 2 symbols is a fault at sh_size', (entryCount) => {
    const object = withEntries(entryCount);
    const [fault, ...others] = read(object.bytes).facts.faults;
    expect(others).toEqual([]);
    expect(fault).toMatchObject({ kind: 'extended-index-count', section: '.symtab_shndx', entryCount, symbolCount: 2 });
    expect(wordAt(object, fault?.offset ?? 0)).toBe(entryCount * 4);
  });

  it('with another number of entries is told once, though a symbol needs the table', () => {
    const { faults } = read(withEntries(3, SECTION.symtab, { name: 'f', section: SHN.extended }).bytes).facts;
    expect(faults.map(({ kind }) => kind)).toEqual(['extended-index-count']);
  });

  it('with an sh_link that is no symbol table is a fault', () => {
    expect(read(withEntries(2, SECTION.strtab).bytes).facts.faults).toMatchObject([{ kind: 'symbol-table-link' }]);
  });

  it('gives a symbol the section that it is defined in', () => {
    expect(read(withEntries(2, SECTION.symtab, { name: 'f', section: SHN.extended }).bytes).facts).toMatchObject({
      faults: [],
      definitions: { names: { length: 1 } },
    });
  });

  it('that is absent where a symbol needs it is a fault at st_shndx; the symbol is a definition all the same', () => {
    const object = buildObject({ symbols: [{ name: 'f', section: SHN.extended }] });
    const { facts } = read(object.bytes);
    expect(facts.definitions?.names).toHaveLength(1);
    expect(facts.faults).toMatchObject([
      {
        kind: 'malformed',
        code: 'bad-value',
        reason: expect.stringContaining('found an extended symbol index (1)') as string,
        section: '.symtab',
        offset: object.dataOffset(SECTION.symtab) + 24 + 6,
      },
    ]);
  });

  it('that is absent is one fault, however many symbols need it', () => {
    const symbols = Array.from({ length: 5000 }, (_, i) => ({ name: `f${i}`, section: SHN.extended }));
    expect(read(buildObject({ symbols }).bytes).facts.faults).toHaveLength(1);
  });
});

describe('damage in an object', () => {
  it('a section past the end of the file is told once, in the words of LLVM', () => {
    const data = relocationTo(0);
    const object = buildObject({ sections: [{ name: '.rela.text', type: 4, entrySize: 24, data, size: 1_000_000 }] });
    const { faults } = read(object.bytes).facts;
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({
      kind: 'malformed',
      code: 'out-of-bounds',
      section: '.rela.text',
      offset: object.headerOffset(SECTION.first),
      reason:
        `section [index 4] has a sh_offset (0x${object.dataOffset(SECTION.first).toString(16)}) + sh_size (0xf4240) ` +
        `that is greater than the file size (0x${object.bytes.length.toString(16)})`,
    });
  });

  it('SHT_NOBITS may be larger than the file', () => {
    const sections = [{ name: '.bss', type: SHT_NOBITS, size: 2n ** 40n }];
    expect(read(buildObject({ sections }).bytes).facts.faults).toEqual([]);
  });

  it('in one section does not hide what is wrong in the next', () => {
    const object = buildObject({
      symbols: [{ name: 'f' }],
      sections: [
        { name: '.rela.a', type: 4, entrySize: 24, data: new Uint8Array(23) },
        { name: '.rela.b', type: 4, entrySize: 24, data: relocationTo(9) },
      ],
    });
    const { facts } = read(object.bytes);
    expect(facts.faults).toMatchObject([
      { kind: 'malformed', section: '.rela.a' },
      { kind: 'symbol-index', section: '.rela.b' },
    ]);
    expect(facts.definitions?.names).toHaveLength(1);
  });

  it('in the string table leaves the definitions unknown and the indices checked', () => {
    const object = buildObject({ symbols: [{ name: 'f' }], relocations: [{ symbol: 9 }] });
    new DataView(object.bytes.buffer).setUint32(object.headerOffset(SECTION.strtab) + 4, SHT_PROGBITS, true);
    const { facts } = read(object.bytes);
    expect(facts.definitions).toBeUndefined();
    expect(facts.faults.map(({ kind }) => kind).sort()).toEqual(['malformed', 'symbol-index']);
  });

  it('in very many sections takes time in proportion to them', () => {
    const broken = { name: '.r', type: 4, entrySize: 24, data: new Uint8Array(1) };
    const { bytes } = buildObject({ sections: new Array<typeof broken>(60_000).fill(broken) });
    expect(bounded(() => read(bytes)).facts.faults.length).toBeGreaterThan(0);
  });

  it('by which very many groups share their bytes takes time in proportion to the file', () => {
    const members = new Uint8Array(240_000);
    members[0] = 1;
    const start = buildObject({ symbols: [{ name: 'g' }], sections: [{ type: SHT_PROGBITS, data: members }] });
    const shared = {
      type: SHT_GROUP,
      info: 1,
      entrySize: 4,
      offset: start.dataOffset(SECTION.first),
      size: members.length,
    };
    const { bytes } = buildObject({
      symbols: [{ name: 'g', section: SECTION.first + 1 }],
      sections: [
        { type: SHT_PROGBITS, data: members },
        { type: SHT_PROGBITS, flags: SHF_GROUP },
        ...new Array<typeof shared>(50_000).fill(shared),
      ],
    });
    const { faults } = bounded(() => read(bytes)).facts;
    expect(
      faults.some((fault) => fault.kind === 'malformed' && fault.reason.startsWith('the groups of the file overlap')),
    ).toBe(true);
  });

  it.each([
    ['malformed', { type: SHT_PROGBITS, offset: 2 ** 40, size: 1 }],
    ['symbol-index', { type: SHT_GROUP, entrySize: 4, link: 2, info: 77, data: wordsData([1, 1]) }],
    ['symbol-index', { type: SHT_REL, entrySize: 16, link: 2, data: new Uint8Array(16).fill(0xff) }],
    ['symbol-table-link', { type: SHT_REL, entrySize: 16, link: 1, data: new Uint8Array(16) }],
  ] as const)('of kind %s in very many sections that share a long name takes no text for each', (kind, section) => {
    // Not ASCII, so that each name is decoded by itself.
    const strings = new Uint8Array(2 ** 20).fill(0xff);
    strings[0] = strings[strings.length - 1] = 0;
    const count = 5000;
    const built = buildElf({
      header: { e_shstrndx: 1 },
      sections: [
        { type: 3, data: strings },
        { type: 2, entrySize: 24, link: 1, info: 1, data: symbolTableData([{}]) },
        ...Array.from({ length: count }, () => section),
      ],
    });
    const { bytes } = built;
    const view = new DataView(bytes.buffer);
    for (let i = 1; i <= 2 + count; i += 1) view.setUint32(built.headerOffset(i), 1, true);
    const { faults } = bounded(() => read(bytes).facts);
    expect(faults[0]).toMatchObject({ kind, section: `${'\\xff'.repeat(4096)}…` });
  });

  it('a name past the end of the string table: the symbol is left out', () => {
    const object = buildObject({ symbols: [{ name: 'f' }, { name: 'g' }] });
    new DataView(object.bytes.buffer).setUint32(object.dataOffset(SECTION.symtab) + 24, 0xffff_ffff, true);
    const { facts, names } = read(object.bytes);
    expect(Array.from(facts.definitions?.names ?? [], (id) => names.text(id))).toEqual(['g']);
  });

  it('anywhere, cut at any length or with any field extreme, is a fault and never an error', () => {
    const { bytes } = buildObject({
      symbols: [
        { name: 'f', group: 'sig' },
        { name: 'a', section: SHN.absolute },
        { name: 'l', binding: BINDING.local },
      ],
      relocations: [{ symbol: 1 }],
      sections: [
        { name: '.llvm_addrsig', type: SHT_ADDRSIG, data: Uint8Array.of(1, 2) },
        { name: '.symtab_shndx', type: SHT_SYMTAB_SHNDX, entrySize: 4, data: new Uint8Array(20) },
      ],
    });
    for (let length = 4; length < bytes.length; length += 1) {
      const { facts } = read(bytes.slice(0, length));
      expect(facts.faults.length, `${length} bytes`).toBeGreaterThan(0);
    }
    for (let at = 16; at + 4 <= bytes.length; at += 2) {
      for (const word of [0, 1, 0xffff_ffff, 0x7fff_ffff]) {
        const changed = bytes.slice();
        new DataView(changed.buffer).setUint32(at, word, true);
        expect(
          () => {
            read(changed);
            readComdatSignatures(ByteRange.from(changed), new NameInterner());
          },
          `0x${word.toString(16)} at ${at}`,
        ).not.toThrow();
      }
    }
  });
});

it('facts are those of the same bytes at an odd place of a larger buffer', () => {
  const { bytes } = buildObject({ symbols: [{ name: 'f', group: 'sig' }], relocations: [{ symbol: 9 }] });
  const shifted = concat('x', bytes).subarray(1);
  expect(read(shifted).facts).toEqual(read(bytes).facts);
});
