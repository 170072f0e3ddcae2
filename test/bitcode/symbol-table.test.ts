import { describe, expect, it } from 'vitest';
import { IRSYMTAB_FLAGS, hasFormatSpecificFlag, openBitcode } from '../../src/bitcode/index.ts';
import type { BitcodeAnomaly } from '../../src/bitcode/index.ts';
import type { ModuleSpec, SymbolTableSpec } from '../helpers/bit-writer.ts';
import { bitcode, bitcodeFile, moduleBlock, symbolTable } from '../helpers/bit-writer.ts';

const F = IRSYMTAB_FLAGS;

function open(symbols: SymbolTableSpec, module: ModuleSpec = { version: 2 }) {
  const table = openBitcode(bitcodeFile({ modules: [module], symbols })).symbolTable();
  if (table === undefined) throw new Error('no symbol table');
  return table;
}

/** Opens a table with one word of it changed. */
function openChanged(spec: SymbolTableSpec, offset: number, value: number) {
  const { blob, strings } = symbolTable(spec);
  new DataView(blob.buffer).setUint32(offset, value, true);
  const anomalies: BitcodeAnomaly[] = [];
  const bytes = bitcode((w) => {
    moduleBlock(w, {});
    w.blobBlock(25, blob).blobBlock(23, strings);
  });
  const table = openBitcode(bytes, { onAnomaly: (anomaly) => anomalies.push(anomaly) }).symbolTable();
  return { table, anomalies };
}

const SPEC: SymbolTableSpec = {
  symbols: [
    { name: 'first', flags: F.FB_global | F.FB_executable },
    { name: 'second', flags: F.FB_global, comdat: 0 },
  ],
  comdats: [{ name: 'group', kind: 3 }],
  libraries: ['m', 'pthread'],
};

describe.each([0, 1, 2, 3, 4])('a table of version %d', (version) => {
  const table = open({ ...SPEC, version });

  it('has names and flags', () => {
    expect(table.version).toBe(version);
    expect([table.name(0), table.name(1)]).toEqual(['first', 'second']);
    expect([table.flags(0), table.flags(1)]).toEqual([0x2400, 0x400]);
    expect(table.irName(1)).toBe('second');
  });

  it('has names as places in the string table', () => {
    const start = table.nameOffset(1);
    const bytes = table.strings.bytes.subarray(start, start + table.nameSize(1));
    expect(new TextDecoder().decode(bytes)).toBe('second');
  });

  it('has COMDATs, of a kind since version 3', () => {
    expect([table.comdatIndex(0), table.comdatIndex(1), table.comdatCount]).toEqual([-1, 0, 1]);
    expect(table.comdatName(0)).toBe('group');
    expect(table.comdatNameSize(0)).toBe(5);
    expect(table.comdatKind(0)).toBe(version >= 3 ? 'nodeduplicate' : 'unknown');
    const start = table.comdatNameOffset(0);
    expect(new TextDecoder().decode(table.strings.bytes.subarray(start, start + 5))).toBe('group');
  });

  it('tells about the file', () => {
    expect([table.producer, table.triple, table.sourceFileName]).toEqual([
      '16.0.6',
      'aarch64-unknown-linux-gnu',
      'a.c',
    ]);
    expect([...table.dependentLibraries()]).toEqual(version >= 2 ? ['m', 'pthread'] : []);
    expect(table.coffLinkerOptions).toBe('');
    expect(table.modules).toEqual([{ begin: 0, end: 2 }]);
  });

  it('has data of uncommon symbols', () => {
    const table = open({
      version,
      symbols: [
        { name: 'plain', flags: F.FB_global },
        { name: 'common', flags: F.FB_common | F.FB_has_uncommon, uncommon: { commonSize: 40, commonAlign: 8 } },
        { name: 'placed', flags: F.FB_has_uncommon, uncommon: { sectionName: '.init.data' } },
      ],
    });
    expect(table.uncommon(0)).toBeUndefined();
    expect(table.uncommon(1)).toMatchObject({ commonSize: 40, commonAlignment: 8, sectionName: '' });
    expect(table.uncommon(2)).toEqual({
      commonSize: 0,
      commonAlignment: 0,
      coffWeakExternalFallback: '',
      sectionName: '.init.data',
    });
  });
});

describe('uncommons', () => {
  it('of LLVM 5 have no section names', () => {
    const uncommon = { commonSize: 4, commonAlign: 4 };
    const symbols = [{ name: 'c', flags: F.FB_common | F.FB_has_uncommon, uncommon }];
    expect(open({ version: 0, symbols, shortUncommons: true }).uncommon(0)).toEqual({
      commonSize: 4,
      commonAlignment: 4,
      coffWeakExternalFallback: '',
      sectionName: '',
    });
  });

  it('are counted module by module', () => {
    const symbol = (name: string, commonSize: number) => ({
      name,
      flags: F.FB_has_uncommon,
      uncommon: { commonSize, commonAlign: 1 },
    });
    const bytes = bitcodeFile({
      modules: [{}, {}],
      symbols: {
        symbols: [symbol('a', 1), { name: 'b', flags: 0 }, symbol('c', 2)],
        modules: [
          [0, 2],
          [2, 3],
        ],
      },
    });
    const table = openBitcode(bytes).symbolTable();
    expect([0, 1, 2].map((i) => table?.uncommon(i)?.commonSize)).toEqual([1, undefined, 2]);
  });

  it('that are missing cost the symbol, not the table', () => {
    const table = open({ symbols: [{ name: 'c', flags: F.FB_has_uncommon | F.FB_global }] });
    expect(() => table.uncommon(0)).toThrow(expect.objectContaining({ code: 'out-of-bounds' }) as Error);
    expect(table.name(0)).toBe('c');
  });
});

describe('letters', () => {
  const { FB_undefined, FB_weak, FB_common, FB_global, FB_executable, FB_tls, FB_used } = F;
  it.each([
    ['U', FB_undefined | FB_global],
    ['U', FB_undefined | FB_used | FB_global | FB_executable],
    ['w', FB_undefined | FB_weak],
    ['W', FB_weak | FB_global | FB_executable],
    ['W', FB_weak | FB_global],
    ['C', FB_common | FB_global],
    ['T', FB_global | FB_executable],
    ['t', FB_executable],
    ['D', FB_global],
    ['D', FB_global | FB_tls],
    ['d', 0],
  ])('%s for the flags %d', (letter, flags) => {
    expect(open({ symbols: [{ name: 's', flags }] }).letter(0)).toBe(letter);
  });

  it('tell constants on Darwin, by the records of the variables', () => {
    const module: ModuleSpec = {
      version: 2,
      // Function; variables: constant, not constant. Names first, then type and flags.
      items: (w) => w.record(7, [0, 1, 0, 3, 1, 0]).record(8, [1, 1, 0, 0]).record(7, [2, 1, 0, 2, 1, 0]),
    };
    const symbols = [
      { name: '_f', flags: FB_global | FB_executable },
      { name: '_c', flags: FB_global },
      { name: '_v', flags: 0 },
    ];
    const letters = (triple: string) => {
      const table = open({ symbols, triple }, module);
      return [0, 1, 2].map((i) => table.letter(i)).join('');
    };
    expect(letters('arm64-apple-macosx11.0.0')).toBe('TSd');
    expect(letters('arm64-apple-ios14.0.0')).toBe('TSd');
    expect(letters('aarch64-unknown-linux-gnu')).toBe('TDd');
  });

  it('are printed for all but the symbols of the compiler', () => {
    expect(hasFormatSpecificFlag(F.FB_format_specific | F.FB_global)).toBe(true);
    expect(hasFormatSpecificFlag(0x3fff & ~F.FB_format_specific)).toBe(false);
  });
});

describe('a table that LLVM leaves aside', () => {
  it.each([
    ['of a later version', 0, 5],
    ['of a version of all ones', 0, 0xffffffff],
    ['for another number of modules', 16, 2],
  ])('%s is reported and not given', (_, offset, value) => {
    const { table, anomalies } = openChanged(SPEC, offset, value);
    expect(table).toBeUndefined();
    expect(anomalies).toMatchObject([{ code: 'unused-symbol-table' }]);
  });

  it('shorter than its header is reported and not given', () => {
    const { blob, strings } = symbolTable(SPEC);
    for (const length of [0, 4, 67, 75]) {
      const anomalies: BitcodeAnomaly[] = [];
      const bytes = bitcode((w) => {
        moduleBlock(w, {});
        w.blobBlock(25, blob.subarray(0, length)).blobBlock(23, strings);
      });
      expect(openBitcode(bytes, { onAnomaly: (a) => anomalies.push(a) }).symbolTable()).toBeUndefined();
      expect(anomalies).toMatchObject([{ code: 'unused-symbol-table' }]);
    }
  });
});

describe('a damaged table', () => {
  // The header has 76 bytes, the module 12, the COMDAT 12.
  const SYMBOL = 100;
  it.each([
    ['symbols outside of it', 28, 0xffffffff],
    ['too many symbols', 32, 0x0fffffff],
    ['COMDATs outside of it', 20, 0xfffffff0],
    ['uncommons outside of it', 40, 0xffffffff],
    ['modules outside of it', 12, 0xffffffff],
    ['a module of more symbols than there are', 80, 3],
    ['a module that ends before it begins', 76, 3],
    ['a name outside of the strings', SYMBOL, 0xffffffff],
    ['a name longer than the strings', SYMBOL + 4, 0xffffffff],
    ['a COMDAT index that is too high', SYMBOL + 16, 1],
    ['a COMDAT index below -1', SYMBOL + 16, 0xfffffffe],
    ['a COMDAT name outside of the strings', 88, 0xffffffff],
  ])('with %s is refused', (_, offset, value) => {
    expect(() => openChanged(SPEC, offset, value)).toThrow(expect.objectContaining({ code: 'out-of-bounds' }) as Error);
  });

  it('with a bad producer is refused only where that is asked', () => {
    const { table } = openChanged(SPEC, 4, 0xffffffff);
    expect(() => table?.producer).toThrow(expect.objectContaining({ code: 'out-of-bounds' }) as Error);
    expect(table?.name(0)).toBe('first');
  });

  it('may have an arbitrary offset where the size is 0', () => {
    const spec = { symbols: [{ name: '', flags: F.FB_executable }] };
    const { table } = openChanged(spec, 88, 0xffffffff);
    expect(table?.name(0)).toBe('');
  });
});
