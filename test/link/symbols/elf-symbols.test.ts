import { describe, expect, it } from 'vitest';
import { concat } from '../../helpers/archive-builder.ts';
import { buildElf, symbolTableData, wordsData } from '../../helpers/elf-builder.ts';
import { compileObjects } from '../../helpers/compiled-objects.ts';
import { BINDING, buildObject, SECTION, SHN, TYPE } from '../../helpers/object-builder.ts';
import type { ObjectSpec, ObjectSymbol } from '../../helpers/object-builder.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { describeWithTools, findTool, run } from '../../helpers/tools.ts';
import { groupsOf, readSymbols, rowsOf } from './input-symbols.ts';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SHF_EXCLUDE = 0x8000_0000;

function rows(symbols: readonly ObjectSymbol[], spec: ObjectSpec = {}): string[] {
  const read = readSymbols(buildObject({ symbols, ...spec }).bytes);
  expect(read.faults).toEqual([]);
  expect(read.kind).toBe('object');
  return rowsOf(read);
}

describe('a symbol of an object is', () => {
  it.each<readonly [string, ObjectSymbol, string]>([
    ['a function', { name: 'f' }, 'f DEFINED FUNCTION'],
    ['an object', { name: 'f', type: TYPE.object }, 'f DEFINED'],
    ['a label', { name: 'f', type: TYPE.none }, 'f DEFINED NO_TYPE'],
    ['thread-local', { name: 'f', type: 6 }, 'f DEFINED TLS'],
    ['an ifunc', { name: 'f', type: 10 }, 'f DEFINED IFUNC'],
    ['weak', { name: 'f', binding: BINDING.weak }, 'f DEFINED WEAK FUNCTION'],
    ['unique', { name: 'f', binding: BINDING.unique, type: TYPE.object }, 'f DEFINED UNIQUE'],
    ['undefined', { name: 'f', section: SHN.undefined, type: TYPE.none }, 'f NO_TYPE'],
    ['weakly undefined', { name: 'f', section: 0, type: TYPE.none, binding: BINDING.weak }, 'f WEAK NO_TYPE'],
    ['hidden', { name: 'f', other: 2 }, 'f DEFINED FUNCTION HIDDEN'],
    ['protected', { name: 'f', other: 0xf3 }, 'f DEFINED FUNCTION PROTECTED'],
    ['absolute', { name: 'f', section: SHN.absolute, value: 7n }, 'f DEFINED ABSOLUTE FUNCTION = 7'],
    ['absolute without a value', { name: 'f', section: SHN.absolute }, 'f DEFINED ABSOLUTE FUNCTION'],
    ['absolute by a section number that is reserved', { name: 'f', section: 0xff03 }, 'f DEFINED ABSOLUTE FUNCTION'],
    ['in a group', { name: 'f', group: 'sig' }, 'f DEFINED FUNCTION in sig'],
    ['of an unknown binding', { name: 'f', binding: 5 }, 'f DEFINED FUNCTION'],
    ['without characters', { name: '' }, ' DEFINED FUNCTION'],
    ['of a version, under the whole name', { name: 'f@@V' }, 'f@@V DEFINED FUNCTION'],
  ])('%s', (_, symbol, expected) => {
    for (const bits of [32, 64] as const) {
      for (const littleEndian of [true, false]) expect(rows([symbol], { bits, littleEndian })).toEqual([expected]);
    }
  });

  it('common, with size and alignment', () => {
    const common = { name: 'c', section: SHN.common, type: TYPE.object, value: 16n };
    expect(rows([common])).toEqual(['c DEFINED COMMON 0 at 16']);
  });

  it('in the order of the table, from the first that is not local', () => {
    const read = readSymbols(
      buildObject({ symbols: [{ name: 'b' }, { name: 'local', binding: BINDING.local }, { name: 'a' }] }).bytes,
    );
    expect(read.symbols.first).toBe(2);
    expect(read.symbols.tableRows).toBeUndefined();
    expect(rowsOf(read)).toEqual(['b DEFINED FUNCTION', 'a DEFINED FUNCTION']);
  });

  it('in a section that linkers leave out', () => {
    const section = { name: '.left.out', type: 1, flags: SHF_EXCLUDE, data: new Uint8Array(4) };
    const symbol = { name: 'f', section: SECTION.first };
    expect(rows([symbol], { sections: [section] })).toEqual(['f DEFINED FUNCTION EXCLUDED']);
  });

  it('of a section whose number stands in SHT_SYMTAB_SHNDX', () => {
    const shndx = { name: '.symtab_shndx', type: 18, entrySize: 4, data: wordsData([0, 0, SECTION.first + 1]) };
    const symbols = [
      { name: 'sig', section: SHN.text },
      { name: 'f', section: SHN.extended },
    ];
    expect(rows(symbols, { groups: ['sig'], sections: [shndx] })).toEqual([
      'sig DEFINED FUNCTION',
      'f DEFINED FUNCTION in sig',
    ]);
  });
});

describe('COMDAT groups of an object', () => {
  it('are all of them in the order of the file, those without symbols too', () => {
    const symbols = [
      { name: 'w', binding: BINDING.weak, group: 'two' },
      { name: 'f', group: 'three' },
    ];
    const read = readSymbols(buildObject({ symbols, groups: ['one'] }).bytes);
    expect(groupsOf(read)).toEqual(['one', 'two', 'three']);
    expect(rowsOf(read)).toEqual(['w DEFINED WEAK FUNCTION in two', 'f DEFINED FUNCTION in three']);
  });

  it('are not those without GRP_COMDAT', () => {
    const read = readSymbols(buildObject({ symbols: [{ name: 'f', group: 'sig' }], groupFlags: 0 }).bytes);
    expect(groupsOf(read)).toEqual([]);
    expect(read.symbols.groupOf).toBeUndefined();
  });
});

describe('damage of an object', () => {
  it('leaves a symbol whose name cannot be read without one', () => {
    const object = buildObject({ symbols: [{ name: 'f' }, { name: 'g' }] });
    const at = object.dataOffset(SECTION.symtab) + 24;
    new DataView(object.bytes.buffer).setUint32(at, 0xffff, true);
    expect(rowsOf(readSymbols(object.bytes))).toEqual(['- DEFINED FUNCTION', 'g DEFINED FUNCTION']);
  });

  it('leaves local symbols behind sh_info without a name', () => {
    const object = buildObject({ symbols: [{ name: 'l', binding: BINDING.local }, { name: 'g' }] });
    new DataView(object.bytes.buffer).setUint32(object.headerOffset(SECTION.symtab) + 44, 1, true);
    expect(rowsOf(readSymbols(object.bytes))).toEqual(['- DEFINED FUNCTION', 'g DEFINED FUNCTION']);
  });

  it('of the string table is a fault, and leaves no symbols', () => {
    const object = buildObject({ symbols: [{ name: 'f' }] });
    object.bytes[object.dataOffset(SECTION.strtab) + 2] = 0x41;
    const read = readSymbols(object.bytes);
    expect(read.symbols.length).toBe(0);
    expect(read.faults).toHaveLength(1);
  });

  it('of the table of extended section numbers is told once', () => {
    const symbols = ['f', 'g', 'h'].map((name) => ({ name, section: SHN.extended }));
    const read = readSymbols(buildObject({ symbols }).bytes);
    expect(rowsOf(read)).toEqual(['f DEFINED FUNCTION', 'g DEFINED FUNCTION', 'h DEFINED FUNCTION']);
    expect(read.faults).toHaveLength(1);
  });

  it('by which very many symbols share a long name takes time in proportion to the file', () => {
    const count = 20_000;
    const strings = concat(new Uint8Array(1), new Uint8Array(500_000).fill(0x61), new Uint8Array(1));
    const table = symbolTableData(
      Array.from({ length: count }, (_, i) => ({ nameOffset: 1 + i, binding: 1, section: 1 })),
    );
    const { bytes } = buildElf({
      sections: [
        { name: '.text', type: 1 },
        { name: '.symtab', type: 2, link: 3, info: 1, entrySize: 24, data: table },
        { name: '.strtab', type: 3, data: strings },
      ],
    });
    const start = performance.now();
    const read = readSymbols(bytes);
    expect(performance.now() - start).toBeLessThan(2000);
    expect(read.symbols.length).toBe(0);
    expect(read.faults).toMatchObject([{ code: 'limit-exceeded' }]);
  });

  it('anywhere is a fault and never an error: cut at any length, with any byte changed', () => {
    const { bytes } = buildObject({
      symbols: [
        { name: 'f', group: 'sig' },
        { name: 'g', section: SHN.extended },
        { name: 'c', section: SHN.common },
      ],
    });
    for (let length = 0; length <= bytes.length; length += 1) readSymbols(bytes.subarray(0, length));
    for (let at = 0; at < bytes.length; at += 1) {
      for (const value of [0, 1, 0x7f, 0xff]) {
        const changed = bytes.slice();
        changed[at] = value;
        readSymbols(changed);
      }
    }
  });
});

describe('other files', () => {
  it('have no symbols', () => {
    for (const bytes of [
      new Uint8Array(0),
      new TextEncoder().encode('GROUP ( a.o )'),
      buildElf({ type: 2, sections: [] }).bytes,
    ]) {
      expect(readSymbols(bytes)).toMatchObject({ kind: 'other', symbols: { length: 0 }, faults: [] });
    }
  });
});

const GCCS = Object.fromEntries(
  ['gcc', 'aarch64-linux-gnu-gcc'].flatMap((name) => {
    const path = findTool(name);
    return path === undefined ? [] : [[name, path]];
  }),
);

describeWithTools('symbols of compiled objects', ['clang-22', 'llvm-readobj-22'], ([clang, readobj]) => {
  it.each(compileObjects(clang, GCCS).map(({ name, bytes }) => [name, bytes] as const))(
    'are those of llvm-readobj: %s',
    (name, bytes) => {
      const file = join(temporaryFolder({}), `${name}.o`);
      writeFileSync(file, bytes);
      const read = readSymbols(bytes);
      expect(read.faults).toEqual([]);
      const { stdout } = run(readobj, ['--elf-output-style=JSON', '--symbols', '--section-groups', file]);
      // The keys of all groups are the same one.
      let groupNumber = 0;
      const text = stdout.replace(/"Group":/g, () => `"${(groupNumber += 1)}":`);
      const [facts] = JSON.parse(text) as [ReadobjFacts];
      const groups = Object.values(facts.Groups);
      expect(rowsOf(read)).toEqual(expectedRows(facts, groups));
      expect(groupsOf(read)).toEqual(groups.map(({ Signature }) => Signature));
    },
  );
});

interface Named {
  readonly Name: string;
  readonly Value: number;
}

interface ReadobjSymbol {
  readonly Name: Named;
  readonly Value: number;
  readonly Size: number;
  readonly Binding: Named;
  readonly Type: Named;
  readonly Other: { readonly Value: number };
  readonly Section: Named;
}

interface ReadobjGroup {
  readonly Signature: string;
  readonly GroupSections: readonly { readonly Index: number }[];
}

interface ReadobjFacts {
  readonly Symbols: readonly { readonly Symbol: ReadobjSymbol }[];
  readonly Groups: Readonly<Record<string, ReadobjGroup>>;
}

const TYPE_WORDS: Readonly<Record<string, string>> = { Function: 'FUNCTION', TLS: 'TLS', GNU_IFunc: 'IFUNC' };
const VISIBILITY_WORDS = ['', 'INTERNAL', 'HIDDEN', 'PROTECTED'] as const;

function expectedRows({ Symbols }: ReadobjFacts, groups: readonly ReadobjGroup[]): string[] {
  return Symbols.map(({ Symbol }) => Symbol)
    .filter(({ Binding }) => Binding.Name !== 'Local')
    .map(({ Name, Binding, Type, Other, Section, Value, Size }) => {
      const group = groups.find(({ GroupSections }) => GroupSections.some(({ Index }) => Index === Section.Value));
      const isCommon = Section.Value === SHN.common;
      const isAbsolute = Section.Value === SHN.absolute;
      return [
        Name.Name,
        Section.Value === SHN.undefined ? '' : 'DEFINED',
        Binding.Name === 'Weak' ? 'WEAK' : '',
        isCommon ? 'COMMON' : '',
        isAbsolute ? 'ABSOLUTE' : '',
        TYPE_WORDS[Type.Name] ?? '',
        Binding.Name === 'Unique' ? 'UNIQUE' : '',
        Type.Name === 'None' ? 'NO_TYPE' : '',
        VISIBILITY_WORDS[Other.Value & 3],
        group === undefined ? '' : `in ${group.Signature}`,
        isAbsolute && Value !== 0 ? `= ${Value}` : '',
        isCommon ? `${Size} at ${Value}` : '',
      ]
        .filter((word) => word !== '')
        .join(' ');
    });
}
