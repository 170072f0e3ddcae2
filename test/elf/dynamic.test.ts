import { describe, expect, it } from 'vitest';
import {
  dynamicRelocations,
  openElf,
  readDynamicRelativeRelocations,
  readDynamicRelocations,
  readDynamicSymbols,
  readDynamicSymbolTable,
  readDynamicTable,
  readInterpreter,
} from '../../src/elf/index.ts';
import type { ElfDynamicTable, ElfFile } from '../../src/elf/index.ts';
import { buildElf } from '../helpers/elf-builder.ts';
import { formatErrorOf } from '../helpers/errors.ts';
import { buildLinked, LINKED } from './linked-sample.ts';
import type { LinkedChange } from './linked-sample.ts';

const FORMATS = [
  { bits: 32, littleEndian: true },
  { bits: 32, littleEndian: false },
  { bits: 64, littleEndian: true },
  { bits: 64, littleEndian: false },
] as const;

const DT_HASH = 4;
const DT_STRTAB = 5;
const DT_SYMTAB = 6;
const DT_GNU_HASH = 0x6ffffef5;

const open = (change: LinkedChange = {}): ElfFile => openElf(buildLinked({}, change).bytes);

/** The sample without section headers. */
const openStripped = (change: LinkedChange = {}): ElfFile =>
  open({ ...change, spec: { ...change.spec, header: { e_shoff: 0n, e_shnum: 0, e_shstrndx: 0 } } });

function tableOf(elf: ElfFile): ElfDynamicTable {
  const table = readDynamicTable(elf);
  if (table === undefined) throw new Error('there is no dynamic table');
  return table;
}

const namesOf = (elf: ElfFile): string[] => {
  const symbols = readDynamicSymbols(elf);
  return Array.from({ length: symbols?.table.length ?? 0 }, (_, i) => symbols?.fullName(i) ?? '');
};

const NAMES = ['', 'imp@X1', 'foo@V1', 'foo@@V2', 'bar'];

describe('dynamic tables', () => {
  it.each(FORMATS)('are columns and objects, class $bits, little endian $littleEndian', (format) => {
    const built = buildLinked(format);
    const elf = openElf(built.bytes);
    const table = tableOf(elf);
    // What stands behind DT_NULL does not count.
    expect(table.length).toBe(24);
    expect([table.tag(23), table.tag(1), table.text(1)]).toEqual([0, 14, 'lib.so']);
    expect([...table.neededLibraries(), table.soname]).toEqual(['libx.so', 'lib.so']);
    expect([...table.texts(1), table.textOf(29), table.textOf(15)]).toEqual(['libx.so', '/run/path', undefined]);
    expect(table.find(DT_SYMTAB)).toBe(0x10000n + BigInt(built.dataOffset(LINKED.dynsym)));
    expect([table.findNumber(10), table.find(99)]).toEqual([elf.sections.size(LINKED.dynstr), undefined]);
    expect(table.entryOffset(1)).toBe(built.dataOffset(LINKED.dynamic) + format.bits / 4);
    expect(table.at(1)).toEqual({
      index: 1,
      tag: 14,
      value: table.value(1),
      raw: { d_tag: 14n, d_val: table.value(1) },
    });
    expect(readInterpreter(elf)).toBe('/lib/ld.so');
    expect(namesOf(elf)).toEqual(NAMES);
  });

  it('are absent in files that are not linked dynamically', () => {
    const elf = openElf(buildElf({ sections: [] }).bytes);
    expect([readDynamicTable(elf), readDynamicSymbolTable(elf), readDynamicSymbols(elf)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('are those of the segment, where segment and section disagree', () => {
    const table = tableOf(open({ sections: { '.dynamic': { size: 16 } } }));
    expect(table.length).toBe(24);
  });

  it.each([
    ['leaves the file', { offset: 0xffffff }],
    ['is empty', { fileSize: 0 }],
    ['is no multiple of an entry', { fileSize: 17 }],
  ])('are those of the section, where the segment %s', (_, dynamicSegment) => {
    const spec = {
      segments: [
        { type: 1, offset: 0, address: 0x10000n },
        { type: 2, ...dynamicSegment },
      ],
    };
    expect(tableOf(open({ spec })).length).toBe(24);
    const header = { e_shoff: 0n, e_shnum: 0, e_shstrndx: 0 };
    const error = formatErrorOf(() => readDynamicTable(open({ spec: { ...spec, header } })));
    expect(error.reason).toMatch(
      /^PT_DYNAMIC segment offset \(0xffffff\) \+ file size \(0x\w+\) exceeds|^no valid dynamic table was found/,
    );
  });

  it('are absent where their bytes were split off with the code', () => {
    const segments = [{ type: 2, offset: 0xffffff, fileSize: 0, memorySize: 0x180 }];
    const elf = openElf(buildElf({ segments, sections: [{ name: '.dynamic', type: 8 }] }).bytes);
    expect([readDynamicTable(elf), readDynamicSymbols(elf)]).toEqual([undefined, undefined]);
  });

  it('are those of the section, where the program headers are damaged', () => {
    const elf = open({ spec: { header: { e_phentsize: 1 } } });
    expect(tableOf(elf).length).toBe(24);
    // Addresses mean nothing then; the sections tell all the same.
    expect(namesOf(elf)).toEqual(NAMES);
    expect(() => readDynamicTable(open({ spec: { header: { e_phentsize: 1, e_shentsize: 1 } } }))).toThrow(
      'e_phentsize',
    );
  });

  it('may lack DT_NULL', () => {
    const spec = { sections: [{ name: '.dynamic', type: 6, data: new Uint8Array(32).fill(1) }] };
    expect(tableOf(openElf(buildElf(spec).bytes)).length).toBe(2);
  });

  it('are bounded', () => {
    const { bytes } = buildLinked();
    expect(() => readDynamicTable(openElf(bytes, { limits: { blockBytes: 100 } }))).toThrow(
      'more than the limits allow',
    );
  });
});

describe('strings of dynamic tables', () => {
  it('come from the section of the symbols, where DT_STRTAB is absent or in no segment', () => {
    expect(tableOf(open({ dynamic: { [DT_STRTAB]: undefined } })).text(1)).toBe('lib.so');
    expect(tableOf(open({ dynamic: { [DT_STRTAB]: 5n } })).text(1)).toBe('lib.so');
    expect(tableOf(open({ dynamic: { 10: 0xffffff } })).text(1)).toBe('lib.so');
  });

  it.each([
    [{ [DT_STRTAB]: undefined }, 'bad-value', 'string table was not found'],
    [{ [DT_STRTAB]: 5n }, 'out-of-bounds', 'unable to parse DT_STRTAB: virtual address is not in any segment: 0x5'],
    [
      { 10: 0xffffff },
      'out-of-bounds',
      /^the dynamic string table at 0x\w+ goes past the end of the file \(0x\w+\) with DT_STRSZ = 0xffffff$/,
    ],
    [{ 10: 3 }, 'bad-value', /^string table at offset 0x\w+: the string table is not null-terminated$/],
    [{ 10: undefined }, 'bad-value', /^string table at offset 0x\w+ is empty$/],
  ])('are lost with %o in files without section headers; nothing else is', (dynamic, code, reason) => {
    const elf = openStripped({ dynamic });
    const table = tableOf(elf);
    const error = formatErrorOf(() => table.text(1));
    expect(error.code).toBe(code);
    expect(error.reason).toMatch(reason);
    expect(readDynamicSymbolTable(elf)?.value(3)).toBe(0x10004n);
  });

  it('lose one string when one value is past their end', () => {
    const table = tableOf(open({ dynamic: { 14: 2n ** 64n - 1n } }));
    const error = formatErrorOf(() => table.text(1));
    expect(error.code).toBe('out-of-bounds');
    expect(error.reason).toMatch(
      /^string table at offset 0x(\w+): unable to read the string at 0x1000000000000\w+: it goes past the end of the table/,
    );
    expect(table.text(0)).toBe('libx.so');
  });
});

describe('dynamic symbols', () => {
  it.each(FORMATS)('need no section headers, class $bits, little endian $littleEndian', (format) => {
    for (const dynamic of [{}, { [DT_HASH]: undefined }, { [DT_GNU_HASH]: undefined }]) {
      const header = { e_shoff: 0n, e_shnum: 0, e_shstrndx: 0 };
      const elf = openElf(buildLinked(format, { dynamic, spec: { header } }).bytes);
      expect(namesOf(elf)).toEqual(NAMES);
      expect(readDynamicSymbolTable(elf)?.localCount).toBe(1);
    }
  });

  it('survive damaged section headers', () => {
    expect(namesOf(open({ spec: { header: { e_shentsize: 1 } } }))).toEqual(NAMES);
  });

  it('are those of DT_SYMTAB, where section and table disagree', () => {
    const built = buildLinked();
    const change = {
      dynamic: { [DT_SYMTAB]: 0x10000n + BigInt(built.dataOffset(LINKED.dynsym) + 24), [DT_HASH]: undefined },
    };
    const table = readDynamicSymbolTable(open({ ...change, sections: { '.dynsym': { size: 96 } } }));
    expect([table?.length, table?.name(1)]).toEqual([4, 'foo']);
    // The number is that of DT_HASH, if there is room for so many.
    expect(readDynamicSymbolTable(open({ sections: { '.dynsym': { size: 48 } } }))?.length).toBe(5);
  });

  it('are those of the section, where DT_SYMTAB lies in no segment', () => {
    expect(readDynamicSymbolTable(open({ dynamic: { [DT_SYMTAB]: 1n } }))?.length).toBe(5);
    expect(() => readDynamicSymbolTable(openStripped({ dynamic: { [DT_SYMTAB]: 1n } }))).toThrow(
      'unable to parse DT_SYMTAB: virtual address is not in any segment: 0x1',
    );
  });

  it('without a hash table have no number', () => {
    const elf = openStripped({ dynamic: { [DT_HASH]: undefined, [DT_GNU_HASH]: undefined } });
    expect(() => readDynamicSymbolTable(elf)).toThrow('no hash table tells how many dynamic symbols there are');
  });

  it('of MIPS are counted by DT_MIPS_SYMTABNO', () => {
    // In place of DT_RUNPATH.
    const elf = openStripped({ dynamic: { [DT_HASH]: undefined }, spec: { machine: 8 } });
    const bytes = elf.input.view(0, elf.input.length, 'all').bytes.slice();
    const data = new DataView(bytes.buffer);
    const offset = tableOf(elf).entryOffset(2);
    data.setBigUint64(offset, 0x70000011n, true);
    data.setBigUint64(offset + 8, 3n, true);
    expect(readDynamicSymbolTable(openElf(bytes))?.length).toBe(3);
    data.setBigUint64(offset + 8, 2n ** 64n - 1n, true);
    expect(() => readDynamicSymbolTable(openElf(bytes))).toThrow(
      /the size \(0x\w+\) of the dynamic symbol table at 0x\w+, derived from the hash table, goes past the end of the file/,
    );
  });

  it('tell which are exported and imported', () => {
    const symbols = readDynamicSymbols(open());
    expect([...(symbols?.exported() ?? [])]).toEqual([2, 3, 4]);
    expect([...(symbols?.imported() ?? [])]).toEqual([1]);
    expect([2, 3, 4].map((i) => symbols?.isDefault(i))).toEqual([false, true, true]);
    expect(symbols?.version(1)).toMatchObject({ need: { file: 'libx.so' }, version: { name: 'X1' } });
    expect(symbols?.version(3)).toMatchObject({ definition: { name: 'V2', parents: ['V1'] } });
    expect(symbols?.version(4)).toBeUndefined();
  });
});

describe('dynamic relocations', () => {
  it.each(FORMATS)('are found, class $bits, little endian $littleEndian', (format) => {
    const elf = openElf(buildLinked(format).bytes);
    const [rela, relr, plt, ...rest] = dynamicRelocations(elf, tableOf(elf));
    if (rela === undefined || relr === undefined || plt === undefined) throw new Error('a table is missing');
    expect(rest).toEqual([]);
    expect([rela, relr, plt].map(({ tag, type, entrySize }) => [tag, type, entrySize])).toEqual([
      [7, 4, format.bits === 64 ? 24 : 12],
      [36, 19, format.bits / 8],
      [23, 9, undefined],
    ]);
    expect(readDynamicRelocations(elf, rela).at(0)).toMatchObject({
      symbolIndex: 1,
      type: 6,
      offset: 0x10000n,
      addend: 0n,
    });
    expect(readDynamicRelocations(elf, plt).at(0)).toMatchObject({ symbolIndex: 1, type: 7, addend: undefined });
    const step = BigInt(format.bits / 8);
    expect([...readDynamicRelativeRelocations(elf, relr).offsets()]).toEqual([0x10000n, 0x10000n + step]);
    expect(() => readDynamicRelocations(elf, relr)).toThrow('relative relocations are no relocation table');
    expect(() => readDynamicRelativeRelocations(elf, rela)).toThrow('these dynamic relocations are not relative');
  });

  it.each([
    [
      { 8: 0xffffff },
      /^unable to read data at 0x\w+ of size 0xffffff \(DT_RELASZ value\): it goes past the end of the file/,
    ],
    [{ 7: 1n }, /^virtual address is not in any segment: 0x1$/],
    [{ 8: 25 }, /^invalid DT_RELASZ value \(0x19\)$/],
    [{ 2: 17, 20: 7 }, /^invalid DT_PLTRELSZ value \(0x11\)$/],
    [{ 35: 9 }, /^invalid DT_RELRSZ value \(0x9\)$/],
  ])('are lost with %o; the others are not', (dynamic, reason) => {
    const elf = open({ dynamic });
    let sound = 0;
    for (const relocations of dynamicRelocations(elf, tableOf(elf))) {
      const read = () =>
        relocations.type === 19
          ? readDynamicRelativeRelocations(elf, relocations)
          : readDynamicRelocations(elf, relocations);
      try {
        read();
        sound += 1;
      } catch {
        expect(formatErrorOf(read).reason).toMatch(reason);
      }
    }
    expect(sound).toBe(2);
  });

  it('without a size are left out', () => {
    const elf = open({ dynamic: { 8: undefined, 2: 0 } });
    expect(Array.from(dynamicRelocations(elf, tableOf(elf)), ({ tag }) => tag)).toEqual([36]);
  });
});
