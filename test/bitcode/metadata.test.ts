// Metadata in every layout since LLVM 3.0, right and wrong.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  describeMetadata,
  ltoFlagsOf,
  openBitcode,
  readCommandLines,
  readDependentLibraries,
  readIdents,
  readLinkerOptions,
  readMetadata,
  readMetadataKinds,
  readModuleFlags,
  readUsedGlobals,
} from '../../src/bitcode/index.ts';
import type { BitcodeAnomaly, BitcodeModule, BitcodeOptions } from '../../src/bitcode/index.ts';
import type { BitWriter } from '../helpers/bit-writer.ts';
import { bitcode, moduleBlock } from '../helpers/bit-writer.ts';
import { formatErrorOf } from '../helpers/errors.ts';
import { bytesOf, indexedRecords, metadataStrings, named } from './metadata-writer.ts';
import type { IndexLie } from './metadata-writer.ts';

function fileOf(items: (w: BitWriter) => void, version = 1): Uint8Array {
  return bitcode((w) => moduleBlock(w, { version, items }));
}

function moduleOf(items: (w: BitWriter) => void, options?: BitcodeOptions): BitcodeModule {
  return openBitcode(fileOf(items), options).modules[0] as BitcodeModule;
}

/** Types 0 i32, 1 metadata, 2 void, 3 i1, 4 i32*; constants 0 to 9 of i32 with the numbers 0 to 9, then true and -1. */
function preamble(w: BitWriter): void {
  w.block(17, 4, () => w.record(7, [32]).record(16, []).record(2, []).record(7, [1]).record(8, [0, 0]));
  w.block(11, 4, () => {
    w.record(1, [0]).record(2, []);
    for (let i = 1; i < 10; i += 1) w.record(4, [2 * i]);
    w.record(1, [3]).record(4, [3]).record(1, [0]).record(4, [3]);
  });
}

const TRUE = 10;
const MINUS_ONE = 11;

/** A module with one METADATA block. */
function withMetadata(write: (w: BitWriter) => void, options?: BitcodeOptions): BitcodeModule {
  return moduleOf((w) => {
    preamble(w);
    w.block(15, 4, () => write(w));
  }, options);
}

const shown = (module: BitcodeModule) =>
  readModuleFlags(module).map(({ behavior, key, value }) => [behavior, key, value]);

describe('module flags', () => {
  const flags = [
    [1, 'wchar_size', 4n],
    [7, 'PIC Level', 2n],
    [6, 'kcfi-hash', 'xxHash64'],
  ];

  it('of LLVM 3.1 to 3.5 are nodes of types and values', () => {
    const module = withMetadata((w) => {
      w.record(6, [0, ...bytesOf('dbg')]).record(6, [1, ...bytesOf('tbaa')]);
      w.text(1, 'wchar_size').text(1, 'PIC Level').text(1, 'kcfi-hash').text(1, 'xxHash64');
      w.record(8, [0, 1, 1, 0, 0, 4]).record(8, [0, 7, 1, 1, 0, 2]).record(8, [0, 6, 1, 2, 1, 3, 2, 0]);
      named(w, 'llvm.module.flags', [4, 5, 6]);
      // Nodes of functions: of one value that value, of more or of metadata a node.
      w.record(9, [0, 5]).record(9, [1, 0]).record(9, [0, 5, 0, 6]).record(8, [0]);
    });
    expect(shown(module)).toEqual(flags);
    const metadata = readMetadata(module);
    expect(metadata.item(6)).toMatchObject({ operands: [{ valueId: 6 }, 2, 3, undefined] });
    expect([7, 8, 9, 10].map((id) => metadata.item(id)?.kind)).toEqual(['value', 'node', 'node', 'node']);
    expect(metadata.integer(7)).toBe(5n);
    expect([...readMetadataKinds(module)]).toEqual([
      [0, 'dbg'],
      [1, 'tbaa'],
    ]);
  });

  it('of LLVM 3.6 to 3.8 are nodes of ids, and each string is a record', () => {
    const module = withMetadata((w) => {
      w.text(1, 'wchar_size').record(2, [0, 1]).record(2, [0, 4]).record(3, [2, 1, 3]);
      // Nodes may stand before what they refer to.
      named(w, 'llvm.module.flags', [3, 4, 9]).record(3, [6, 7, 8]).record(2, [0, 7]).text(1, 'PIC Level');
      w.record(2, [0, 2]).record(2, [0, 6]).record(3, [9, 11, 12]).text(1, 'kcfi-hash').text(1, 'xxHash64');
    });
    expect(shown(module)).toEqual(flags);
  });

  const current = (w: BitWriter) => metadataStrings(w, ['wchar_size', 'PIC Level', 'kcfi-hash', 'xxHash64']);
  const records: (readonly [number, readonly number[]])[] = [
    [2, [0, 1]],
    [2, [0, 4]],
    [3, [5, 1, 6]],
    [2, [0, 7]],
    [2, [0, 2]],
    [3, [8, 2, 9]],
    [2, [0, 6]],
    [5, [11, 3, 4]],
  ];

  it('since LLVM 3.9 have their strings in one blob', () => {
    const module = withMetadata((w) => {
      current(w);
      for (const [code, operands] of records) w.record(code, operands);
      named(w, 'llvm.module.flags', [6, 9, 11]);
    });
    expect(shown(module)).toEqual(flags);
    expect(readMetadata(module).item(11)).toMatchObject({ isDistinct: true });
  });

  /** The flags of a module with an index, and what was reported. */
  const indexed = (lie: IndexLie, nodes = records, listed?: (index: number) => boolean) => {
    const anomalies: BitcodeAnomaly[] = [];
    const module = withMetadata(
      (w) => {
        current(w);
        indexedRecords(w, nodes, lie, listed);
        named(w, 'llvm.module.flags', [6, 9, 11]);
      },
      { onAnomaly: (anomaly) => anomalies.push(anomaly) },
    );
    return { flags: shown(module), codes: [...new Set(anomalies.map(({ code }) => code))] };
  };

  it('are found beside an index', () => {
    expect(indexed({})).toEqual({ flags, codes: [] });
  });

  it.each<[string, IndexLie]>([
    ['leaves out a record', { deltas: ([a = 0, b = 0, c = 0, ...rest]) => [a, b + c, ...rest] }],
    ['leaves out the first', { deltas: ([, ...rest]) => rest }],
    ['leaves out the last', { deltas: (deltas) => deltas.slice(0, -1) }],
    ['is empty', { deltas: () => [] }],
    ['lists a record more', { deltas: (deltas) => [...deltas, 40] }],
    ['lists a record twice', { deltas: (deltas) => [0, ...deltas] }],
    ['points into records', { deltas: (deltas) => deltas.map((delta, i) => (i === 3 ? delta + 1 : delta)) }],
    ['points behind the block', { deltas: (deltas) => deltas.map((delta) => delta + 2 ** 40) }],
    ['stands elsewhere', { offset: 1 }],
    ['stands outside', { offset: 2 ** 31 }],
    ['is not there', { isMissing: true }],
  ])('are right beside an index that %s, which is reported', (_, lie) => {
    expect(indexed(lie)).toEqual({ flags, codes: ['metadata-index'] });
  });

  it('are found behind records of unknown codes, which the index may tell to be none', () => {
    const [first, ...rest] = records;
    const unknown = [500, [1, 2, 3]] as const;
    // Taken for nodes, they are those that ids count.
    const asNodes = [unknown, ...records.slice(1)];
    const { flags: others } = indexed({}, asNodes);
    expect(others.map(([, key]) => key)).toEqual(['PIC Level', 'kcfi-hash']);
    const between = [first ?? unknown, unknown, unknown, ...rest, unknown];
    expect(indexed({}, between, (i) => ![1, 2, 10].includes(i))).toEqual({ flags, codes: [] });
  });

  it('keep behaviors and keys that nobody knows, numbers with a sign, true and nodes', () => {
    const module = withMetadata((w) => {
      metadataStrings(w, ['new', 'CG Profile']);
      w.record(2, [0, 9]).record(2, [3, TRUE]).record(2, [0, MINUS_ONE]).record(2, [0, 5]);
      w.record(3, [3, 1, 4]).record(3, [3, 1, 5]).record(3, [6, 2, 8, 9]).record(3, [0, 8]);
      named(w, 'llvm.module.flags', [6, 7, 8]);
    });
    const [first, second, third] = readModuleFlags(module);
    expect(first).toMatchObject({ behavior: 9, behaviorName: undefined, key: 'new', value: 1n });
    expect(second).toMatchObject({ behavior: 9, value: -1n });
    expect(third).toMatchObject({ behaviorName: 'Append', key: 'CG Profile', value: undefined, operand: 7 });
    expect(describeMetadata(readMetadata(module), third?.operand)).toBe('!{9, "new", -1}');
  });

  it('are left out and reported where they are none', () => {
    const anomalies: BitcodeAnomaly[] = [];
    const module = withMetadata(
      (w) => {
        metadataStrings(w, ['key']);
        w.record(2, [0, 1]).record(3, [2, 1]).record(3, [1, 1, 2]).record(3, [2, 2, 2]).record(3, [0, 0, 0]);
        w.record(3, [2, 1, 2]).record(17, [1, 2, 3, 4]).record(2, [0, 99]).record(3, [9, 1, 2]);
        named(w, 'llvm.module.flags', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2 ** 40]);
      },
      { onAnomaly: (anomaly) => anomalies.push(anomaly) },
    );
    expect(shown(module)).toEqual([[1, 'key', 1n]]);
    expect(anomalies.map(({ code }) => code)).toEqual(Array(10).fill('module-flag'));
  });

  it('that linkers look at have properties', () => {
    const keys = ['EnableSplitLTOUnit', 'ThinLTO', 'kcfi-hash', 'xxHash64', 'PIC Level', 'Code Model', 'kcfi'];
    const module = withMetadata((w) => {
      metadataStrings(w, keys);
      w.record(2, [0, 1]).record(2, [0, 0]).record(2, [0, 2]);
      w.record(3, [8, 1, 10]).record(3, [8, 2, 9]).record(3, [8, 3, 4]).record(3, [8, 5, 10]).record(3, [8, 6, 4]);
      named(w, 'llvm.module.flags', [10, 11, 12, 13, 14]);
    });
    const known = Object.entries(ltoFlagsOf(readModuleFlags(module))).filter(([, value]) => value !== undefined);
    expect(Object.fromEntries(known)).toEqual({
      enableSplitLtoUnit: true,
      thinLto: false,
      kcfiHash: 'xxHash64',
      picLevel: 2,
    });
  });
});

describe('named metadata', () => {
  it('has compilers, command lines, libraries and options', () => {
    const module = moduleOf((w) => {
      w.text(6, 'deplib');
      w.block(15, 4, () => {
        metadataStrings(w, ['clang', 'lld', 'cc -c', 'm', '-framework', 'Cocoa']);
        w.record(3, [1]).record(3, [2]).record(3, [3]).record(3, [4]).record(3, [5, 6, 0]).record(3, [4, 7]);
        named(named(w, 'llvm.ident', [6, 7]), 'llvm.commandline', [8]);
        named(named(w, 'llvm.dependent-libraries', [9]), 'llvm.linker.options', [10, 11, 0, 99]);
        named(w, 'llvm.ident', [6]);
      });
    });
    const metadata = readMetadata(module);
    expect(readIdents(module, metadata)).toEqual(['clang', 'lld', 'clang']);
    expect(readCommandLines(module, metadata)).toEqual(['cc -c']);
    expect(readDependentLibraries(module, metadata)).toEqual(['deplib', 'm']);
    expect(readLinkerOptions(module, metadata)).toEqual([['-framework', 'Cocoa'], ['m'], [], []]);
    expect(metadata.named.get('llvm.ident')).toEqual([6, 7, 6]);
  });

  it('had its linker options in a flag up to LLVM 4', () => {
    const module = withMetadata((w) => {
      metadataStrings(w, ['Linker Options', '-lz', '-lm']);
      w.record(2, [0, 6]).record(3, [2]).record(3, [3, 2]).record(3, [5, 6]).record(3, [4, 1, 7]);
      named(w, 'llvm.module.flags', [7]);
    });
    expect(readLinkerOptions(module)).toEqual([['-lz'], ['-lm', '-lz']]);
  });

  it('is empty without metadata', () => {
    const module = moduleOf(() => undefined);
    expect(readMetadata(module).length).toBe(0);
    expect([shown(module), readIdents(module), readLinkerOptions(module), readDependentLibraries(module)]).toEqual([
      [],
      [],
      [],
      [],
    ]);
    expect(readMetadataKinds(module).size).toBe(0);
    expect(readUsedGlobals(module)).toEqual({ used: [], compilerUsed: [] });
  });

  it('goes on in a second block, with ids that go on', () => {
    const module = moduleOf((w) => {
      w.block(15, 4, () => named(metadataStrings(w, ['a', 'b']).record(3, [4]), 'llvm.ident', [2]));
      w.block(15, 4, () => named(metadataStrings(w, ['c']).record(3, [1]).text(1, 'd'), 'llvm.ident', [4]));
    });
    const metadata = readMetadata(module);
    expect(metadata.length).toBe(6);
    expect([0, 1, 2, 3, 4, 5].map((id) => metadata.text(id))).toEqual(['a', 'b', undefined, 'c', undefined, 'd']);
    expect(readIdents(module, metadata)).toEqual(['c', 'a']);
  });

  it('is refused where nothing follows a name', () => {
    for (const write of [
      (w: BitWriter) => w.text(4, 'llvm.ident'),
      (w: BitWriter) => w.text(4, 'llvm.ident').record(3, []).record(10, [0]),
    ]) {
      expect(formatErrorOf(() => readMetadata(withMetadata(write))).code).toBe('bad-value');
    }
    // A list without name is nothing to LLVM.
    expect(readMetadata(withMetadata((w) => w.record(10, [0]))).named.size).toBe(0);
  });
});

describe('names of kinds', () => {
  it('stand in a block of their own since LLVM 3.9', () => {
    const module = moduleOf((w) => w.block(22, 3, () => w.record(6, [40, ...bytesOf('kcfi_type')]).record(7, [1])));
    expect([...readMetadataKinds(module)]).toEqual([[40, 'kcfi_type']]);
  });
});

describe('used global values', () => {
  const used = (initializer: number, constants: (w: BitWriter) => void) =>
    moduleOf((w) => {
      // 0 function, 1 variable, 2 llvm.used, 3 llvm.compiler.used, 4 alias.
      w.record(8, [0, 0, 1, 0]).record(7, [0, 2, 0, 0]);
      w.record(7, [0, 2, initializer, 2]).record(7, [0, 2, 8, 2]).record(14, [0, 0, 0, 0]);
      w.block(11, 4, () => constants(w));
      w.block(14, 4, () => {
        ['f', 'v', 'llvm.used', 'llvm.compiler.used', 'a'].forEach((name, id) => w.record(1, [id, ...bytesOf(name)]));
      });
    });
  const names = (module: BitcodeModule) => {
    const lists = readUsedGlobals(module);
    return [lists.used, lists.compilerUsed].map((list) => list.map(({ name }) => name));
  };

  it('stand in arrays, behind casts up to LLVM 16', () => {
    const module = used(7, (w) => w.record(11, [11, 0, 1]).record(7, [5, 0, 4]).record(7, [1, 99]));
    expect(names(module)).toEqual([['v', 'f', 'a'], ['v']]);
  });

  it('are none in an empty array', () => {
    expect(names(used(6, (w) => w.record(2, []).record(2, []).record(3, [])))).toEqual([[], []]);
    expect(names(used(0, (w) => w.record(2, []).record(2, []).record(3, [])))).toEqual([[], []]);
  });
});

describe('any strings and numbers', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'Z', ' ', '"', '\\', 'ä', '€', '𝄞', '\n') });

  it('come back from both layouts of strings, at an odd place in memory', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 40 }), (strings) => {
        const file = fileOf((w) => {
          w.block(15, 4, () => {
            metadataStrings(w, strings);
            for (const string of strings) w.text(1, string);
            w.record(
              3,
              [...strings.keys()].map((id) => id + 1),
            );
          });
        });
        const shifted = new Uint8Array(file.length + 1);
        shifted.set(file, 1);
        for (const bytes of [file, shifted.subarray(1)]) {
          const metadata = readMetadata(openBitcode(bytes).modules[0] as BitcodeModule);
          const all = Array.from({ length: strings.length * 2 }, (_, id) => metadata.text(id));
          expect(all).toEqual([...strings, ...strings]);
          expect(metadata.item(strings.length * 2)).toMatchObject({ operands: [...strings.keys()] });
          expect(metadata.length).toBe(strings.length * 2 + 1);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('come back as values of flags', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), text, (value, key) => {
        const rotated = value < 0n ? (-value << 1n) | 1n : value << 1n;
        const module = moduleOf((w) => {
          w.block(17, 4, () => w.record(7, [64]));
          w.block(11, 4, () =>
            w
              .record(1, [0])
              .record(4, [2])
              .record(4, [BigInt.asUintN(64, rotated)]),
          );
          w.block(15, 4, () => {
            metadataStrings(w, [key]).record(2, [0, 0]).record(2, [0, 1]).record(3, [2, 1, 3]);
            named(w, 'llvm.module.flags', [3]);
          });
        });
        expect(shown(module)).toEqual([[1, key, value]]);
      }),
      { numRuns: 50 },
    );
  });
});

describe('hostile metadata', () => {
  it('may refer to itself', () => {
    const metadata = readMetadata(withMetadata((w) => w.record(3, [1, 2]).record(3, [1, 0, 99]).record(2, [0, 2])));
    expect(describeMetadata(metadata, 0)).toMatch(/^!\{!\{!\{.*…/);
    expect(describeMetadata(metadata, 0).length).toBeLessThan(10_000);
    expect([describeMetadata(metadata, 2), describeMetadata(metadata, 7)]).toEqual([
      '2',
      '<metadata that there is not>',
    ]);
    expect(describeMetadata(metadata, undefined)).toBe('null');
  });

  it('has strings that are refused', () => {
    const codeOf = (write: (w: BitWriter) => void) =>
      formatErrorOf(() => readMetadata(withMetadata(write)).text(0)).code;
    const strings = ['abc', 'd'];
    expect(codeOf((w) => metadataStrings(w, strings, { charactersAt: 100 }))).toBe('bad-value');
    expect(codeOf((w) => metadataStrings(w, strings, { count: 2 ** 31 }))).toBe('bad-value');
    expect(codeOf((w) => metadataStrings(w, strings, { lengths: [3, 2] }))).toBe('out-of-bounds');
    expect(codeOf((w) => metadataStrings(w, strings, { lengths: [2 ** 31, 2] }))).toBe('out-of-bounds');
    expect(codeOf((w) => metadataStrings(w, ['a'], { count: 5, lengths: [0, 0, 0, 0, 2 ** 20] }))).toBe(
      'out-of-bounds',
    );
    expect(codeOf((w) => w.record(35, [1, 4]))).toBe('bad-value');
    // Padding of the lengths to whole words is a habit of writers.
    const odd = readMetadata(
      withMetadata((w) => metadataStrings(w, ['\0\0', 'ab'], { charactersAt: 2, lengths: [2, 2] })),
    );
    expect([odd.text(0), odd.text(1)]).toEqual(['\0\0', '\0\0']);
  });

  it('makes no list longer than the limit', () => {
    const limits = { bitcodeEntries: 20 };
    const words = Array<number>(9).fill(1);
    const module = withMetadata(
      (w) => named(metadataStrings(w, ['word']).record(3, words), 'llvm.linker.options', [1, 1, 1]),
      { limits },
    );
    expect(formatErrorOf(() => readLinkerOptions(module)).code).toBe('limit-exceeded');
    const long = withMetadata((w) => named(w, 'list', Array<number>(21).fill(0)), { limits });
    expect(formatErrorOf(() => readMetadata(long)).code).toBe('limit-exceeded');
    // Records of four bits: more than there are half words.
    const dense = withMetadata(
      (w) => {
        w.define([3]);
        for (let i = 0; i < 200; i += 1) w.id(4);
      },
      { limits },
    );
    expect(formatErrorOf(() => readMetadata(dense)).code).toBe('limit-exceeded');
  });

  it('is a FormatError or an answer, cut at every length and with each bit flipped', () => {
    const file = fileOf((w) => {
      preamble(w);
      w.record(7, [0, 2, 0, 2]);
      w.block(15, 4, () => {
        metadataStrings(w, ['wchar_size', '-lm']);
        indexedRecords(w, [
          [2, [0, 1]],
          [3, [3, 1, 3]],
          [3, [2]],
          [8, [0, 1, 1, 2]],
        ]);
        named(named(w, 'llvm.module.flags', [3, 5]), 'llvm.linker.options', [4]);
      });
    });
    const readAll = (bytes: Uint8Array) => {
      try {
        for (const module of openBitcode(bytes).modules) {
          const metadata = readMetadata(module);
          for (let id = 0; id < Math.min(metadata.length, 100); id += 1) describeMetadata(metadata, id);
          readModuleFlags(module, metadata);
          readLinkerOptions(module, metadata);
          readIdents(module, metadata);
          readUsedGlobals(module);
          readMetadataKinds(module);
        }
        return undefined;
      } catch (error) {
        return (error as Error).name;
      }
    };
    expect(readAll(file)).toBeUndefined();
    for (let size = 0; size < file.length; size += 1) expect(readAll(file.slice(0, size))).toBe('FormatError');
    for (let bit = 32; bit < file.length * 8; bit += 1) {
      const flipped = Uint8Array.from(file);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect([undefined, 'FormatError']).toContain(readAll(flipped));
    }
  });

  it('costs no more than its size', () => {
    // A million references to one long string, and to one node.
    const module = withMetadata((w) => {
      metadataStrings(w, ['x'.repeat(10_000)]).record(3, [1]);
      w.define([10, 'array', { fixed: 1 }])
        .text(4, 'llvm.ident')
        .id(5)
        .vbr(100_000, 6);
      for (let i = 0; i < 100_000; i += 1) w.fixed(1, 1);
    });
    const start = performance.now();
    expect(readIdents(module).length).toBe(100_000);
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});
