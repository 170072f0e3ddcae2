import { describe, expect, it } from 'vitest';
import { openBitcode } from '../../src/bitcode/index.ts';
import type { BitWriter, ModuleSpec } from '../helpers/bit-writer.ts';
import { bitcodeFile } from '../helpers/bit-writer.ts';

function open(module: ModuleSpec) {
  const [opened] = openBitcode(bitcodeFile({ modules: [module] })).modules;
  if (opened === undefined) throw new Error('no module');
  return opened;
}

describe('a module', () => {
  it('tells its version, triple, data layout and source file', () => {
    const { version, triple, dataLayout, sourceFileName } = open({
      version: 2,
      triple: 'armv7-unknown-linux-gnueabi',
      dataLayout: 'e-m:e-p:32:32',
      sourceFileName: 'init/main.c',
    });
    expect([version, triple, dataLayout, sourceFileName]).toEqual([
      2,
      'armv7-unknown-linux-gnueabi',
      'e-m:e-p:32:32',
      'init/main.c',
    ]);
  });

  it('may tell nothing, as an index of ThinLTO', () => {
    const { version, triple, dataLayout, sourceFileName, summaryKind } = open({});
    expect([version, triple, dataLayout, sourceFileName, summaryKind]).toEqual([
      0,
      undefined,
      undefined,
      undefined,
      'none',
    ]);
  });

  it('keeps bytes of a name that are not UTF-8', () => {
    expect(open({ items: (w) => w.record(16, [0x61, 0xff, 0x5c]) }).sourceFileName).toBe('a\\xff\\\\');
  });

  it('tells the last of several triples, as LLVM does', () => {
    expect(open({ triple: 'first', items: (w) => w.text(2, 'second') }).triple).toBe('second');
  });

  it('is read through blocks and records that are not known', () => {
    const items = (w: BitWriter) => {
      w.record(900, [1, 2, 3]);
      w.block(70, 4, (inner) => inner.fixed(0xffffffff, 32));
      w.text(3, 'E-m:e');
    };
    expect(open({ items, summary: 'thin' })).toMatchObject({ dataLayout: 'E-m:e', summaryKind: 'thin' });
  });

  it('may have its records in any order', () => {
    expect(open({ items: (w) => w.block(20, 4, () => undefined).text(2, 'late') })).toMatchObject({
      triple: 'late',
      summaryKind: 'thin',
    });
  });
});

describe('the summary', () => {
  it.each(['thin', 'full'] as const)('of block kind %s tells the kind, its version and flags', (summary) => {
    const module = open({ summary });
    expect(module.summaryKind).toBe(summary);
    expect(module.summary()).toEqual({ version: 9, flags: 8 });
  });

  it('is the first one in the module', () => {
    expect(open({ items: (w) => w.block(24, 4, () => undefined), summary: 'thin' }).summaryKind).toBe('full');
  });

  it('may be absent', () => {
    expect(open({}).summary()).toBeUndefined();
  });

  it('may use abbreviations of the BLOCKINFO before it', () => {
    const items = (w: BitWriter) => {
      w.block(0, 2, () =>
        w
          .record(1, [20])
          .define([10, { fixed: 4 }])
          .define([20, { vbr: 6 }]),
      );
      w.block(20, 4, () => w.id(4).fixed(12, 4).id(5).vbr(0x208, 6));
      w.block(0, 2, () => undefined);
    };
    expect(open({ items }).summary()).toEqual({ version: 12, flags: 0x208 });
  });

  it('that is damaged leaves the module readable', () => {
    const module = open({ triple: 't', items: (w) => w.block(20, 4, () => w.id(9)) });
    expect(() => module.summary()).toThrow(/Invalid abbrev number 9/);
    expect([module.triple, module.summaryKind]).toEqual(['t', 'thin']);
  });
});
