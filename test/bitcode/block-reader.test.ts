import { describe, expect, it } from 'vitest';
import { readBlockInfo } from '../../src/bitcode/bitstream/index.ts';
import type { BitcodeAnomaly } from '../../src/bitcode/bitstream/index.ts';
import type { BitWriter } from '../helpers/bit-writer.ts';
import { readerOver } from './bitstream.ts';

describe('a block', () => {
  it('without END_BLOCK is truncated', () => {
    expect(() => readerOver(() => undefined, { end: false }).next()).toThrow(
      expect.objectContaining({ code: 'truncated' }) as Error,
    );
  });

  it('that ends before its declared end is reported', () => {
    const anomalies: BitcodeAnomaly[] = [];
    const reader = readerOver((w) => w.id(0).align().fixed(0, 32), { anomalies });
    expect(reader.next()).toBe('end');
    expect(anomalies).toMatchObject([{ code: 'block-length', location: { bitOffset: 96 } }]);
  });

  it('skips the blocks in it by their length', () => {
    const reader = readerOver((w) => {
      w.block(99, 7, (inner) => inner.fixed(0xffffffff, 32).fixed(0xffffffff, 32));
      w.record(5, [1]);
    });
    expect(reader.next()).toBe('block');
    expect(reader.header()).toEqual({ id: 99, abbreviationWidth: 7, bitOffset: 64, idEnd: 76, start: 4, wordCount: 3 });
    expect(reader.next()).toBe('record');
    expect(reader.code).toBe(5);
    expect(reader.next()).toBe('end');
  });

  it('cannot hold a block that is longer than what is left of it', () => {
    for (const words of [3, 0x7fffffff, 0xffffffff]) {
      const reader = readerOver((w) => w.block(99, 4, () => undefined, { words }), { words: 4 });
      expect(() => reader.next()).toThrow(expect.objectContaining({ code: 'truncated' }) as Error);
    }
  });

  it.each([0, 33])('cannot hold a block with abbreviation ids of %d bits', (width) => {
    const reader = readerOver((w) => w.id(1).vbr(9, 8).vbr(width, 4).align().fixed(1, 32).fixed(0, 32));
    expect(() => reader.next()).toThrow(expect.objectContaining({ code: 'bad-value' }) as Error);
  });

  it('knows no abbreviation that it did not define', () => {
    const reader = readerOver((w) => w.define([1]).id(4).id(5));
    expect(reader.next()).toBe('record');
    expect(() => reader.next()).toThrow(/Invalid abbrev number 5/);
  });

  it('can be entered as deep as the limit says', () => {
    const nest = (w: BitWriter): BitWriter => w.block(1, 4, (w) => w.block(1, 4, () => undefined));
    const outer = readerOver(nest, { limits: { bitcodeDepth: 2 } });
    outer.next();
    const inner = outer.enter(outer.header(), undefined);
    inner.next();
    expect(() => inner.enter(inner.header(), undefined)).toThrow(
      expect.objectContaining({ code: 'limit-exceeded' }) as Error,
    );
  });
});

describe('BLOCKINFO', () => {
  /** The codes of the records in the second block, whose abbreviations the first one, a BLOCKINFO, gives. */
  function codesWith(info: (w: BitWriter) => void, content: (w: BitWriter) => void, id = 20): number[] {
    const reader = readerOver((w) => {
      w.block(0, 2, info);
      w.block(id, 4, content);
    });
    reader.next();
    const blockInfo = readBlockInfo(reader.enter(reader.header(), undefined));
    reader.next();
    const inner = reader.enter(reader.header(), blockInfo);
    const codes: number[] = [];
    while (inner.next() === 'record') codes.push(inner.code);
    return codes;
  }

  it('gives abbreviations to the blocks of an id, before their own', () => {
    const codes = codesWith(
      (w) => w.record(1, [20]).define([50]).define([51]),
      (w) => w.define([52]).id(4).id(5).id(6),
    );
    expect(codes).toEqual([50, 51, 52]);
  });

  it('may come back to an id', () => {
    const codes = codesWith(
      (w) => w.record(1, [20]).define([50]).record(1, [21]).define([60]).record(1, [20]).define([51]),
      (w) => w.id(4).id(5),
    );
    expect(codes).toEqual([50, 51]);
  });

  it('gives nothing to blocks of other ids', () => {
    expect(() =>
      codesWith(
        (w) => w.record(1, [21]).define([50]),
        (w) => w.id(4),
      ),
    ).toThrow(/Invalid abbrev number 4/);
  });

  it('may hold names and records that are not known', () => {
    const info = (w: BitWriter) =>
      w
        .record(1, [20])
        .text(2, 'NAME')
        .record(3, [1, 65])
        .record(99, [])
        .block(7, 3, () => undefined)
        .define([50]);
    expect(codesWith(info, (w) => w.id(4))).toEqual([50]);
  });

  it('is bad if an abbreviation comes before a block id, or the id is missing', () => {
    expect(() =>
      codesWith(
        (w) => w.define([50]),
        () => undefined,
      ),
    ).toThrow(/before SETBID/);
    expect(() =>
      codesWith(
        (w) => w.record(1, []),
        () => undefined,
      ),
    ).toThrow(/names no block id/);
  });
});
