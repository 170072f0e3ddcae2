// Parts of a module that are stored once and referred to often: what is read costs as the file is long, not that times the
// number of references, and no text becomes longer than engines allow.

import { describe, expect, it } from 'vitest';
import {
  computeSymbolTable,
  describeMetadata,
  openBitcode,
  readAttributes,
  readConstants,
  readMetadata,
  readModuleFlags,
  readStatistics,
  readTypes,
  readUsedGlobals,
} from '../../src/bitcode/index.ts';
import type { BitcodeModule } from '../../src/bitcode/index.ts';
import type { BitWriter } from '../helpers/bit-writer.ts';
import { bitcode, moduleBlock } from '../helpers/bit-writer.ts';
import { bounded } from '../helpers/bounded.ts';
import { formatErrorOf } from '../helpers/errors.ts';
import { metadataStrings, named } from './metadata-writer.ts';

/** Above this many characters V8 refuses a string. */
const STRING_MAX = 2 ** 29 - 24;
/** What a text for people may have at most. */
const TEXT_MAX = 1 << 20;

const fileOf = (items: (w: BitWriter) => void) => bitcode((w) => moduleBlock(w, { version: 1, items }));
const moduleOf = (items: (w: BitWriter) => void) => openBitcode(fileOf(items)).modules[0] as BitcodeModule;
const repeated = <T>(count: number, ...values: T[]) => Array.from({ length: count }, () => values).flat();

describe('types', () => {
  it('cut short what a long name is part of too often, and show it where it stands alone', () => {
    const name = 'n'.repeat(200_000);
    const count = 4000;
    expect(name.length * count).toBeGreaterThan(STRING_MAX);
    const types = readTypes(
      moduleOf((w) => {
        w.block(17, 4, () =>
          w
            .text(19, name)
            .record(20, [0])
            .record(18, [0, ...repeated(count, 0)]),
        );
      }),
    );
    expect(types.describe(0)).toBe(`%${name}`);
    expect(types.describe(1).slice(0, 8)).toBe('{ %…, %…');
    expect(types.describe(1).length).toBeLessThan(TEXT_MAX);
  });

  it('of the target show as many parameters as other types have parts', () => {
    const types = readTypes(
      moduleOf((w) => {
        w.block(17, 4, () => {
          w.text(19, 'spirv.Image').record(26, [1, 2, ...repeated(50_000, 7)]);
          w.record(18, [0, ...repeated(4000, 0)]).record(7, [32]);
        });
      }),
    );
    expect(types.describe(0)).toMatch(/^target\("spirv.Image", i32, 7, 7, .*…\)$/);
    bounded(() => expect(types.describe(1).length).toBeLessThan(TEXT_MAX));
  });
});

describe('metadata', () => {
  it('cuts short what a long string is part of too often, and shows it where it stands alone', () => {
    const metadata = readMetadata(
      moduleOf((w) => {
        w.block(15, 4, () => {
          w.record(1, repeated(600_000, 0xff));
          w.record(3, repeated(250, 1));
        });
      }),
    );
    expect(describeMetadata(metadata, 0)).toBe(`"${'\udcff'.repeat(600_000)}"`);
    expect(describeMetadata(metadata, 1).slice(0, 10)).toBe('!{"…", "…"');
  });

  it('has an integer of a million digits that each of many flags has as value', () => {
    const flagCount = 3000;
    const module = moduleOf((w) => {
      w.block(17, 4, () => w.record(7, [32]));
      w.block(11, 4, () => w.record(1, [0]).record(4, [2]).record(5, repeated(60_000, 3)));
      w.block(15, 4, () => {
        metadataStrings(w, ['key']);
        w.record(2, [0, 0]).record(2, [0, 1]).record(3, [2, 1, 3]);
        named(w, 'llvm.module.flags', repeated(flagCount, 3));
      });
    });
    const metadata = readMetadata(module);
    const flags = bounded(() => readModuleFlags(module, metadata));
    expect(flags).toHaveLength(flagCount);
    expect(flags[0]?.value).toBe(flags.at(-1)?.value);
    expect(describeMetadata(metadata, flags[0]?.operand)).toBe('…');
  });
});

describe('constants', () => {
  it('may all refer to one very wide integer', () => {
    const indexCount = 20_000;
    const module = moduleOf((w) => {
      w.block(17, 4, () => w.record(7, [32]));
      w.record(7, [0, 2, 0, 0, 0, 0]);
      w.block(11, 4, () => {
        w.record(1, [0]).record(5, repeated(100_000, 0));
        // An element type and no flags, then pairs of type and value.
        w.record(20, [0, 0, 0, ...repeated(indexCount, 0, 1)]);
        for (let i = 0; i < 1000; i += 1) w.record(10, [0, 0, 1]);
      });
    });
    const constants = readConstants(module);
    bounded(() => {
      expect(constants.globalOf(2)?.valueId).toBe(0);
      for (let i = 0; i < 1000; i += 1) expect(constants.objectOf(3 + i)?.valueId).toBe(0);
    });
  });
});

describe('attributes', () => {
  it('may consist of numbers above 2^53', () => {
    const numbers = repeated(60_000, 0n, 2n ** 63n + 1n);
    const attributes = bounded(() =>
      readAttributes(
        moduleOf((w) => {
          w.block(10, 4, () => w.record(3, [1, 0xffffffff, ...numbers]));
          w.block(9, 4, () => w.record(2, [1]));
        }),
      ),
    );
    expect(attributes.list(1)[0]?.attributes).toHaveLength(numbers.length / 2);
  });
});

describe('abbreviations', () => {
  it('of BLOCKINFO may be in force in many small blocks', () => {
    const [abbreviationCount, blockCount] = [60_000, 100_000];
    const bytes = fileOf((w) => {
      w.block(0, 2, () => {
        w.record(1, [40]);
        for (let i = 0; i < abbreviationCount; i += 1) w.define([1]);
      });
      for (let i = 0; i < blockCount; i += 1) w.block(40, 20, () => undefined);
    });
    const { blocks } = bounded(() => readStatistics(openBitcode(bytes).walk()));
    expect(blocks.find(({ blockId }) => blockId === 40)?.count).toBe(blockCount);
  });
});

describe('records of a few bits with thousands of literals', () => {
  it('are refused before anybody asks for their operands', () => {
    const module = moduleOf((w) => {
      w.block(17, 4, () => w.record(7, [32]));
      w.block(11, 4, () => {
        w.define([7, ...repeated(4000, 0)]);
        for (let i = 0; i < 1_000_000; i += 1) w.id(4);
      });
    });
    const error = formatErrorOf(() => readConstants(module));
    expect(error.code).toBe('limit-exceeded');
    expect(error.reason).toContain('take no bits');
  });

  it('are read as often as one wants where they are few', () => {
    const constants = readConstants(
      moduleOf((w) => {
        w.block(11, 4, () => w.define([7, ...repeated(4000, 0)]).id(4));
      }),
    );
    for (let i = 0; i < 1000; i += 1) expect(constants.operands(0, 2)).toEqual([0, 0]);
  });
});

describe('variables', () => {
  it('of one name and one initializer are gone through once to find what is used', () => {
    const count = 20_000;
    const bytes = fileOf((w) => {
      w.block(17, 4, () => w.record(7, [32]));
      // Type, flags, initializer, linkage `appending`.
      for (let i = 0; i < count; i += 1) w.record(7, [0, 2, count + 1, 2, 0, 0]);
      w.block(11, 4, () => w.record(1, [0]).record(7, repeated(count, 0)));
      w.block(14, 4, () => {
        for (let i = 0; i < count; i += 1) w.record(1, [i, ...new TextEncoder().encode('llvm.used')]);
      });
    });
    expect(bounded(() => computeSymbolTable(openBitcode(bytes)))?.length).toBe(count);
    const module = openBitcode(bytes).modules[0] as BitcodeModule;
    expect(bounded(() => readUsedGlobals(module)).used).toHaveLength(count);
  });
});
