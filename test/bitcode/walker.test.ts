import { describe, expect, it } from 'vitest';
import { dumpItems, openBitcode, readStatistics } from '../../src/bitcode/index.ts';
import { bitcode, bitcodeFile, identificationBlock, moduleBlock } from '../helpers/bit-writer.ts';
import type { BitWriter } from '../helpers/bit-writer.ts';
import { formatErrorOf } from '../helpers/errors.ts';

function walkerOver(items: (w: BitWriter) => void) {
  return openBitcode(bitcode((w) => moduleBlock(w, { items }))).walk();
}

/** What a walker meets, as short text. */
function itemsOf(walker: ReturnType<typeof walkerOver>): string[] {
  const items: string[] = [];
  for (let item = walker.next(); item !== 'end'; item = walker.next()) {
    const what = item === 'record' ? `${walker.record.code}(${walker.record.operands().join(' ')})` : walker.block.id;
    items.push(`${item} ${what}`);
  }
  return items;
}

describe('a walker', () => {
  it('goes through blocks and records in file order, into all blocks', () => {
    const walker = walkerOver((w) => {
      w.record(1, [2]);
      w.block(99, 4, () => w.block(100, 2, () => w.record(7, [2 ** 20])).record(3, []));
      w.record(5, [1, 2]);
    });
    expect(itemsOf(walker)).toEqual([
      'enter 8',
      'record 1(2)',
      'enter 99',
      'enter 100',
      `record 7(${2 ** 20})`,
      'leave 100',
      'record 3()',
      'leave 99',
      'record 5(1 2)',
      'leave 8',
    ]);
  });

  it('knows how deep it is, and what is around it', () => {
    const walker = walkerOver((w) => w.block(99, 4, () => w.record(1, [])));
    const seen: unknown[] = [];
    while (walker.next() !== 'end') seen.push([walker.depth, walker.block.id, walker.outerBlock?.id]);
    expect(seen).toEqual([
      [1, 8, undefined],
      [2, 99, 8],
      [2, 99, 8],
      [2, 99, 8],
      [1, 8, undefined],
    ]);
    expect(walker.depth).toBe(0);
  });

  it('can leave a block out', () => {
    const walker = walkerOver((w) => w.block(99, 4, () => w.record(1, [])).record(2, []));
    walker.next();
    expect([walker.next(), walker.block.id]).toEqual(['enter', 99]);
    walker.skipBlock();
    expect([walker.next(), walker.record.code, walker.block.id]).toEqual(['record', 2, 8]);
  });

  it('uses the abbreviations of BLOCKINFO, and those of a later one instead', () => {
    const walker = walkerOver((w) => {
      w.block(0, 2, () => w.record(1, [99]).define([5, { fixed: 7 }]));
      w.block(99, 3, () => w.id(4).fixed(100, 7));
      w.block(0, 2, () => w.record(1, [99]).define([6, { fixed: 3 }]));
      w.block(99, 3, () => w.id(4).fixed(5, 3));
    });
    expect(itemsOf(walker).filter((item) => /record [56]/.test(item))).toEqual(['record 5(100)', 'record 6(5)']);
  });

  it('keeps the BLOCKINFO of a module to the module', () => {
    const file = bitcode((w) => {
      moduleBlock(w, { items: () => w.block(0, 2, () => w.record(1, [99]).define([5, { fixed: 7 }])) });
      moduleBlock(w, { items: () => w.block(99, 3, () => w.id(4).fixed(100, 7)) });
    });
    const error = formatErrorOf(() => itemsOf(openBitcode(file).walk()));
    expect([error.code, error.reason]).toEqual(['bad-value', 'Invalid abbrev number 4']);
    expect(error.location.bitOffset).toBeGreaterThan(0);
  });

  it('gives the names of BLOCKINFO', () => {
    const text = (value: string) => [...new TextEncoder().encode(value)];
    const walker = walkerOver((w) => {
      w.block(0, 2, () =>
        w
          .record(1, [99])
          .record(2, text('THINGS'))
          .record(3, [7, ...text('ONE_THING')])
          .record(9, [1]),
      );
      w.block(99, 3, () => w.record(7, []).record(8, []));
    });
    const names = [...dumpItems(walker)].filter((item) => item.blockId === 99).map(({ name }) => name);
    expect(names).toEqual(['THINGS', 'ONE_THING', undefined, 'THINGS']);
  });

  it('reads the modules of a file one by one', () => {
    const file = openBitcode(bitcodeFile({ modules: [{ version: 1 }, { version: 2, triple: 'x' }] }));
    const [, second] = file.modules;
    expect(second === undefined ? [] : itemsOf(second.walk())).toEqual([
      'enter 8',
      'record 1(2)',
      'record 2(120)',
      'leave 8',
    ]);
  });

  it('says so when it is asked for what is not there', () => {
    const walker = walkerOver((w) => w.record(1, []));
    expect(() => walker.block).toThrow(RangeError);
    expect(() => walker.skipBlock()).toThrow(RangeError);
    walker.next();
    expect(() => walker.record).toThrow(RangeError);
  });
});

describe('a reader of a block', () => {
  it('goes to a place that is known', () => {
    const walker = walkerOver((w) => w.record(1, [1]).record(2, [2]).record(3, [3]));
    walker.next();
    walker.next();
    walker.next();
    const { bitOffset, code } = walker.record;
    walker.next();
    walker.reader.seek(bitOffset);
    expect(code).toBe(2);
    expect([walker.next(), walker.record.operands()]).toEqual(['record', [2]]);
  });

  it('finds a block at a place that is known, and refuses other places', () => {
    const walker = walkerOver((w) => w.record(1, [1]).block(99, 4, () => w.record(6, [6])));
    walker.next();
    const module = walker.reader;
    walker.next();
    walker.next();
    const header = module.headerAt(walker.block.bitOffset);
    expect(header).toEqual(walker.block);
    const reader = module.enter(header, undefined);
    expect([reader.next(), reader.code]).toEqual(['record', 6]);
    expect(formatErrorOf(() => module.headerAt(header.bitOffset + 32)).code).toBe('bad-value');
    expect(formatErrorOf(() => module.headerAt(0)).code).toBe('out-of-bounds');
    expect(formatErrorOf(() => module.headerAt(2 ** 40)).code).toBe('out-of-bounds');
    expect(formatErrorOf(() => module.headerAt(Number.NaN)).code).toBe('out-of-bounds');
  });
});

describe('statistics', () => {
  it('count no more codes than the limit', () => {
    const bytes = bitcode((w) =>
      moduleBlock(w, {
        items: () => {
          for (let code = 0; code < 30; code += 1) w.record(code, []);
        },
      }),
    );
    const statisticsWith = (bitcodeEntries: number) =>
      readStatistics(openBitcode(bytes, { limits: { bitcodeEntries } }).walk());
    expect(statisticsWith(100).blocks[0]?.codes).toHaveLength(30);
    expect(formatErrorOf(() => statisticsWith(20)).code).toBe('limit-exceeded');
  });

  it('count blocks, abbreviations, records and their bits', () => {
    const file = bitcode((w) => {
      identificationBlock(w, 'LLVM22.1.0');
      moduleBlock(w, {
        version: 2,
        items: () =>
          w
            .define([7, { fixed: 9 }])
            .id(4)
            .fixed(1, 9)
            .block(200, 4, () => w.record(300, [1])),
      });
    });
    expect(readStatistics(openBitcode(file).walk())).toEqual({
      topLevelBlocks: 2,
      blocks: [
        {
          blockId: 8,
          count: 1,
          // Without those of the block inside, but with its abbreviation id and block id.
          bits: 164,
          subBlocks: 1,
          abbreviations: 1,
          records: 2,
          abbreviated: 1,
          codes: [
            { code: 1, count: 1, bits: 3 + 18, abbreviated: 0 },
            { code: 7, count: 1, bits: 3 + 9, abbreviated: 1 },
          ],
        },
        expect.objectContaining({ blockId: 13, count: 1, abbreviations: 2, records: 2, abbreviated: 2 }),
        expect.objectContaining({
          blockId: 200,
          records: 1,
          codes: [{ code: 300, count: 1, bits: 4 + 12 + 6 + 6, abbreviated: 0 }],
        }),
      ],
    });
  });
});

describe('a dump', () => {
  it('has names, operands and text', () => {
    const file = bitcodeFile({ modules: [{ version: 2, triple: 'aarch64' }] });
    const records = [...dumpItems(openBitcode(file).walk())].filter((item) => item.item === 'record');
    expect(records.map(({ name, text }) => [name, text])).toEqual([
      ['IDENTIFICATION_CODE_STRING', 'LLVM16.0.6'],
      ['IDENTIFICATION_CODE_EPOCH', undefined],
      ['MODULE_CODE_VERSION', undefined],
      ['MODULE_CODE_TRIPLE', 'aarch64'],
    ]);
  });
});
