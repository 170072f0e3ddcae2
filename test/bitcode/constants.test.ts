// Constants by value id, in every layout since LLVM 3.0.

import { describe, expect, it } from 'vitest';
import {
  CONSTANTS_CODES,
  openBitcode,
  readConstants,
  readConstantsBlock,
  readGlobals,
} from '../../src/bitcode/index.ts';
import type { BitcodeConstants, BitcodeModule } from '../../src/bitcode/index.ts';
import type { BitWriter } from '../helpers/bit-writer.ts';
import { bitcode, moduleBlock } from '../helpers/bit-writer.ts';
import { formatErrorOf } from '../helpers/errors.ts';
import { readerOver } from './bitstream.ts';

const C = CONSTANTS_CODES.values;
const bytesOf = (text: string) => [...new TextEncoder().encode(text)];

function moduleOf(items: (w: BitWriter) => void): BitcodeModule {
  const file = bitcode((w) => moduleBlock(w, { version: 1, items }));
  return openBitcode(file).modules[0] as BitcodeModule;
}

/** Constants behind two functions; `write` writes records 2, 3, … */
function constantsOf(write: (w: BitWriter) => void): BitcodeConstants {
  return readConstants(
    moduleOf((w) => {
      w.record(8, [0, 0, 1, 0]).record(8, [0, 0, 1, 0]);
      w.block(11, 4, () => write(w));
    }),
  );
}

/** Behind two functions an alias (value 2), a variable (3), then constants. */
function withAlias(aliasee: number, write: (w: BitWriter) => void): BitcodeConstants {
  return readConstants(
    moduleOf((w) => {
      w.record(8, [0, 0, 1, 0]).record(8, [0, 0, 1, 0]).record(14, [0, 0, aliasee, 0]).record(7, [0, 2, 0, 0]);
      w.block(11, 4, () => write(w));
    }),
  );
}

describe('constants of a module', () => {
  it('are numbered behind its global values, and have the type set last', () => {
    const constants = constantsOf((w) => {
      w.record(2, []).record(1, [7]).record(4, [6]).record(99, [1, 2]).record(1, [9]).record(3, []);
    });
    expect([constants.firstValueId, constants.length]).toEqual([2, 4]);
    const ids = [1, 2, 3, 4, 5, 6];
    expect(ids.map((id) => constants.code(id))).toEqual([undefined, C.CST_CODE_NULL, 4, 99, 3, undefined]);
    expect(ids.map((id) => constants.typeId(id))).toEqual([undefined, undefined, 7, 7, 9, undefined]);
    expect(ids.map((id) => constants.operands(id))).toEqual([[], [], [6], [1, 2], [], []]);
    expect(constants.operands(4, 1)).toEqual([1]);
    expect(constants.bitOffset(3)).toBeGreaterThan(constants.bitOffset(2) ?? 0);
  });

  it('are empty without a block', () => {
    expect(readConstants(moduleOf(() => undefined)).length).toBe(0);
  });

  it('go on from block to block', () => {
    const constants = readConstants(
      moduleOf((w) => {
        for (let i = 0; i < 5; i += 1)
          w.block(
            11,
            4,
            () =>
              i !== 2 &&
              w
                .record(1, [i])
                .record(4, [2 * i])
                .record(4, [3]),
          );
      }),
    );
    expect(constants.length).toBe(8);
    const ids = [...Array(8).keys()];
    expect(ids.map((id) => constants.typeId(id))).toEqual([0, 0, 1, 1, 3, 3, 4, 4]);
    expect(ids.map((id) => constants.integer(id))).toEqual([0n, -1n, 1n, -1n, 3n, -1n, 4n, -1n]);
  });

  it('are integers with a sign, of any width', () => {
    const least = -(1n << 63n);
    const constants = constantsOf((w) => {
      w.record(4, [0])
        .record(4, [7])
        .record(4, [1])
        .record(4, [(1n << 64n) - 2n])
        .record(2, []);
      w.record(5, [2, 1, 3]).record(5, []).record(4, []).record(6, [1]);
    });
    const values = [2, 3, 4, 5, 6, 7, 8, 9, 10].map((id) => constants.integer(id));
    const wide = 1n | (1n << 127n) | (((1n << 64n) - 1n) << 128n);
    expect(values).toEqual([0n, -3n, least, (1n << 63n) - 1n, 0n, wide, undefined, undefined, undefined]);
  });

  it('are texts and aggregates', () => {
    const constants = constantsOf((w) => {
      w.record(8, bytesOf('abc'))
        .record(9, [...bytesOf('d\\'), 0xff])
        .record(7, [2, 9, 0])
        .record(22, [1, 2])
        .record(9, []);
      // An abbreviation of characters of six bits, as writers use for strings.
      w.define([9, 'array', 'char6']).id(4).vbr(4, 6).char6('six6');
    });
    const ids = [2, 3, 4, 5, 6, 7];
    expect(ids.map((id) => constants.text(id))).toEqual(['abc', 'd\\\udcff', undefined, undefined, '', 'six6']);
    expect(ids.map((id) => constants.elements(id))).toEqual([
      undefined,
      undefined,
      [2, 9, 0],
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('are addresses of basic blocks', () => {
    const constants = constantsOf((w) => w.record(21, [0, 1, 3]).record(21, [0, 1]).record(4, [0, 1, 3]));
    expect([2, 3, 4].map((id) => constants.blockAddress(id))).toEqual([
      { function: 1, block: 3 },
      undefined,
      undefined,
    ]);
  });

  it('are refused above the limit of entries', () => {
    const file = bitcode((w) =>
      moduleBlock(w, { items: () => w.block(11, 4, () => w.record(2, []).record(2, []).record(2, [])) }),
    );
    const [module] = openBitcode(file, { limits: { bitcodeEntries: 2 } }).modules;
    expect(formatErrorOf(() => readConstants(module as BitcodeModule)).code).toBe('limit-exceeded');
  });
});

describe('inline assembly', () => {
  const strings = [4, ...bytesOf('nop;'), 3, ...bytesOf('r,m')];
  const common = { text: 'nop;', constraints: 'r,m', functionTypeId: undefined, dialect: 'att', mayUnwind: false };

  it('has four layouts', () => {
    const constants = constantsOf((w) => {
      w.record(C.CST_CODE_INLINEASM_OLD, [3, ...strings]);
      w.record(C.CST_CODE_INLINEASM_OLD2, [5, ...strings]);
      w.record(C.CST_CODE_INLINEASM_OLD3, [8, ...strings]);
      w.record(C.CST_CODE_INLINEASM, [6, 1, ...strings]);
    });
    expect([2, 3, 4, 5, 6].map((id) => constants.inlineAssembly(id))).toEqual([
      { ...common, hasSideEffects: true, alignsStack: true },
      { ...common, hasSideEffects: true, alignsStack: false, dialect: 'intel' },
      { ...common, hasSideEffects: false, alignsStack: false, mayUnwind: true },
      { ...common, hasSideEffects: true, alignsStack: false, functionTypeId: 6 },
      undefined,
    ]);
  });

  it('is refused where a string is longer than the record, and leaves the others readable', () => {
    const constants = constantsOf((w) => {
      w.record(30, [0, 0, 5, 1])
        .record(30, [0, 0, 0, 2 ** 60])
        .record(30, [0, 0, 1, 65])
        .record(30, [])
        .record(4, [2]);
    });
    for (const id of [2, 3]) {
      const { code, location } = formatErrorOf(() => constants.inlineAssembly(id));
      expect([code, location.bitOffset]).toEqual(['truncated', constants.bitOffset(id)]);
    }
    expect(constants.inlineAssembly(4)).toMatchObject({ text: 'A', constraints: '' });
    expect(constants.inlineAssembly(5)).toMatchObject({ text: '', constraints: '' });
    expect(constants.integer(6)).toBe(1n);
  });
});

describe('the global value behind a constant', () => {
  const value = (constants: BitcodeConstants, id: number) => [
    constants.globalOf(id)?.valueId,
    constants.objectOf(id)?.valueId,
  ];

  it('is found through casts and GEPs of every layout', () => {
    const constants = withAlias(1, (w) => {
      w.record(2, []).record(4, [8]); // 4: zero, 5: four
      w.record(11, [11, 9, 3]).record(11, [12, 9, 6, 1]).record(11, [9, 9, 3]).record(11, [10, 9, 8]); // 6 to 9
      w.record(12, [9, 3, 8, 4]).record(12, [0, 9, 3, 8, 4]).record(20, [9, 3, 8, 5]); // 10 to 12: LLVM 3
      w.record(24, [0, 3, 9, 3, 8, 4, 8, 4]).record(32, [0, 1, 9, 3]).record(32, [0, 1, 9, 3, 8, 5]); // 13 to 15
      w.record(31, [0, 1, 64, 0, 16, 9, 3, 8, 4]); // 16: with a range
      w.record(31, [0, 1, 128, (2n << 32n) | 1n, 2, 4, 6, 9, 3, 8, 4]); // 17: with a wide range
      w.record(10, [0, 8, 5]).record(10, [0, 5, 8]).record(10, [1, 8, 5]).record(10, [1, 5, 8]).record(10, [2, 8, 5]); // 18 to 22
      w.record(27, [9, 1]).record(11, [0, 9, 3]).record(11, []).record(32, []).record(99, [3]); // 23 to 27
    });
    const lies = [3, 6, 7, 10, 11, 13, 14, 16, 17];
    for (const id of lies) expect(value(constants, id)).toEqual([3, 3]);
    for (const id of [8, 9, 12, 15, 18, 19, 20]) expect(value(constants, id)).toEqual([undefined, 3]);
    for (const id of [4, 5, 21, 22, 23, 24, 25, 26, 27, 28, 2 ** 40, -1]) {
      expect(value(constants, id)).toEqual([undefined, undefined]);
    }
  });

  it('may be an alias, behind which stands an object', () => {
    const constants = withAlias(4, (w) => w.record(11, [11, 9, 0]).record(11, [11, 9, 2]));
    expect(value(constants, 2)).toEqual([2, 0]);
    expect(value(constants, 5)).toEqual([2, 0]);
  });

  it('is none in a circle', () => {
    const constants = withAlias(5, (w) => w.record(11, [11, 9, 5]).record(11, [11, 9, 2]).record(11, [11, 9, 6]));
    expect(value(constants, 4)).toEqual([2, undefined]);
    expect(value(constants, 2)).toEqual([2, undefined]);
    expect(value(constants, 6)).toEqual([undefined, undefined]);
  });

  it('is found at the end of long chains without walking each again', () => {
    const count = 5_000;
    const constants = withAlias(3, (w) => {
      for (let i = 0; i < count; i += 1) w.record(11, [11, 0, i + 5 < count + 4 ? i + 5 : 1]);
    });
    for (let id = 4; id < count + 4; id += 1) expect(constants.globalOf(id)?.valueId).toBe(1);
  });
});

describe('constants of a function', () => {
  it('stand before those of its module', () => {
    const module = moduleOf((w) => {
      w.record(8, [0, 0, 1, 0]);
      w.block(11, 4, () => w.record(1, [3]).record(4, [4]).record(30, [0, 0, 9]));
    });
    const outer = readConstants(module);
    // Two arguments are between them.
    const reader = readerOver((w) => w.record(1, [5]).record(4, [6]).record(11, [11, 0, 0]));
    const inner = readConstantsBlock(reader, 5, outer, readGlobals(module));
    const ids = [0, 1, 3, 4, 5, 6, 7];
    expect(ids.map((id) => inner.integer(id))).toEqual([undefined, 2n, undefined, undefined, 3n, undefined, undefined]);
    expect(ids.map((id) => inner.typeId(id))).toEqual([undefined, 3, undefined, undefined, 5, 5, undefined]);
    expect(inner.length).toBe(2);
    expect(inner.globalOf(6)?.valueId).toBe(0);
    expect(formatErrorOf(() => inner.inlineAssembly(2)).location.bitOffset).toBe(outer.bitOffset(2));
  });
});

describe('damaged constants', () => {
  it('are a FormatError or an answer, cut at every length', () => {
    const file = bitcode((w) => {
      moduleBlock(w, {
        version: 1,
        items: () => {
          w.record(8, [0, 0, 1, 0]).record(14, [0, 0, 3, 0]);
          w.block(11, 4, () => {
            w.record(1, [0]).record(4, [9]).record(11, [11, 0, 0]).record(30, [0, 1, 1, 65, 0]).record(9, [65, 66]);
          });
        },
      });
    });
    const length = file.length;
    for (let size = 4; size < length; size += 4) {
      const cut = file.slice(0, size);
      expect(() => {
        for (const module of openBitcode(cut).modules) readConstants(module);
      }).toThrow(expect.objectContaining({ name: 'FormatError' }) as Error);
    }
    for (let bit = 32 * 3; bit < length * 8; bit += 1) {
      const flipped = Uint8Array.from(file);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      try {
        for (const module of openBitcode(flipped).modules) {
          const constants = readConstants(module);
          for (let id = 0; id < constants.firstValueId + constants.length; id += 1) {
            constants.globalOf(id);
            constants.objectOf(id);
            constants.text(id);
            constants.inlineAssembly(id);
          }
        }
      } catch (error) {
        expect((error as Error).name).toBe('FormatError');
      }
    }
  });
});
