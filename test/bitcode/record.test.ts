import { describe, expect, it } from 'vitest';
import { FormatError } from '../../src/bytes/index.ts';
import type { BitWriter } from '../helpers/bit-writer.ts';
import { readerOver } from './bitstream.ts';

/** The first record of a block. */
function record(write: (w: BitWriter) => void) {
  const reader = readerOver(write);
  expect(reader.next()).toBe('record');
  return reader.record();
}

describe('records without abbreviation', () => {
  it('have VBR6 operands', () => {
    const { code, ...rest } = record((w) => w.record(77, [0, 2 ** 40, 2n ** 64n - 1n]));
    expect(code).toBe(77);
    expect(rest).toBeDefined();
    expect(record((w) => w.record(77, [0, 2 ** 40, 2n ** 64n - 1n])).operands()).toEqual([0, 2 ** 40, 2n ** 64n - 1n]);
  });

  it('can be text', () => {
    expect(record((w) => w.text(2, 'aarch64-unknown-linux-gnu')).text()).toBe('aarch64-unknown-linux-gnu');
  });

  it('cannot claim more operands than bits are left for', () => {
    const write = (w: BitWriter) =>
      w
        .id(3)
        .vbr(1, 6)
        .vbr(2 ** 32 - 1, 6);
    expect(() => record(write).operands()).toThrow(/Size is not plausible/);
    expect(() => record(write).text()).toThrow(/Size is not plausible/);
    const reader = readerOver(write);
    reader.next();
    expect(() => reader.next()).toThrow(/Size is not plausible/);
  });
});

describe('abbreviated records', () => {
  it('have operands in the order of the definition, literals among them', () => {
    const read = record((w) =>
      w
        .define([9, { fixed: 3 }, 2n ** 60n, { vbr: 4 }, 'char6', 'array', { fixed: 7 }])
        .id(4)
        .fixed(5, 3)
        .vbr(300, 4)
        .char6('_')
        .vbr(2, 6)
        .fixed(0x68, 7)
        .fixed(0x69, 7),
    );
    expect(read.code).toBe(9);
    expect(read.operands()).toEqual([5, 2n ** 60n, 300, 0x5f, 0x68, 0x69]);
    expect(read.operands(2)).toEqual([5, 2n ** 60n]);
  });

  it('can have their code in a field', () => {
    expect(
      record((w) =>
        w
          .define([{ fixed: 4 }])
          .id(4)
          .fixed(11, 4),
      ).code,
    ).toBe(11);
  });

  it('can be text in any encoding', () => {
    expect(record((w) => w.define([1, 'array', 'char6']).id(4).vbr(4, 6).char6('aZ0.')).text()).toBe('aZ0.');
    expect(
      record((w) =>
        w
          .define([1, 'array', { vbr: 8 }])
          .id(4)
          .vbr(1, 6)
          .vbr(0xe9, 8),
      ).text(),
    ).toBe('\\xe9');
    expect(record((w) => w.define([1, 0x61, 0x362n, 2n ** 60n + 0x63n]).id(4)).text()).toBe('abc');
  });

  it('can have a blob, which is no operand', () => {
    const read = record((w) =>
      w
        .define([1, { vbr: 6 }, 'blob'])
        .id(4)
        .vbr(3, 6)
        .vbr(5, 6)
        .align()
        .bytes(Uint8Array.of(1, 2, 3, 4, 5))
        .align(),
    );
    expect(read.operands()).toEqual([3]);
    expect(read.blob()?.bytes).toEqual(Uint8Array.of(1, 2, 3, 4, 5));
  });

  it('have no blob unless the definition has one', () => {
    expect(record((w) => w.record(1, [1])).blob()).toBeUndefined();
    expect(
      record((w) =>
        w
          .define([1, { fixed: 3 }])
          .id(4)
          .fixed(1, 3),
      ).blob(),
    ).toBeUndefined();
  });

  it('are skipped to the bit, whatever they hold', () => {
    const reader = readerOver((w) => {
      w.define([1, { fixed: 3 }, 4, 'char6', { vbr: 5 }, 'array', 'char6']);
      w.define([2, 'array', { vbr: 6 }]);
      w.define([3, { fixed: 1 }, 'blob']);
      w.id(4).fixed(1, 3).char6('a').vbr(99, 5).vbr(3, 6).char6('abc');
      w.id(5).vbr(9, 6);
      for (let i = 0; i < 9; i += 1) w.vbr(i * 20, 6);
      w.id(6).fixed(1, 1).vbr(6, 6).align().bytes(new Uint8Array(6)).align();
      w.record(9, [1, 2, 3]).record(10, []);
    });
    const codes: number[] = [];
    while (reader.next() === 'record') codes.push(reader.code);
    expect(codes).toEqual([1, 2, 3, 9, 10]);
  });

  it('cannot claim arrays or blobs that reach beyond the block', () => {
    for (const element of [{ fixed: 1 }, { vbr: 6 }, 'char6'] as const) {
      const write = (w: BitWriter) =>
        w
          .define([1, 'array', element])
          .id(4)
          .vbr(2 ** 32 - 1, 6);
      expect(() => record(write).operands()).toThrow(FormatError);
      const reader = readerOver(write);
      reader.next();
      expect(() => reader.next()).toThrow(FormatError);
    }
    const blob = (w: BitWriter) =>
      w
        .define([1, 'blob'])
        .id(4)
        .vbr(2 ** 32 - 1, 6);
    expect(() => record(blob).blob()).toThrow(FormatError);
  });
});

describe('definitions of abbreviations', () => {
  const define = (write: (w: BitWriter) => void) => () => readerOver(write).next();

  it('make fields without width the literal 0', () => {
    expect(
      record((w) =>
        w
          .define([1, { fixed: 0 }, { vbr: 0 }, { fixed: 1 }])
          .id(4)
          .fixed(1, 1),
      ).operands(),
    ).toEqual([0, 0, 1]);
  });

  it.each<[string, Parameters<BitWriter['define']>[0]]>([
    ['without operands', []],
    ['with an array as code', ['array', 'char6']],
    ['with a blob as code', ['blob']],
    ['with an array without element', [1, 'array']],
    ['with an array that is not second to last', [1, 'array', 'char6', 'char6']],
    ['with an array of literals', [1, 'array', 5]],
    ['with an array of fields without width', [1, 'array', { fixed: 0 }]],
    ['with an array of arrays', [1, 'array', 'array']],
    ['with an array of blobs', [1, 'array', 'blob']],
    ['with a blob in the middle', [1, 'blob', 'char6']],
    ['with fields of 33 bits', [1, { fixed: 33 }]],
    ['with chunks of 2^40 bits', [1, { vbr: 2 ** 40 }]],
  ])('%s are refused', (_, fields) => {
    expect(define((w) => w.define(fields))).toThrow(expect.objectContaining({ code: 'bad-value' }) as Error);
  });

  it.each([0, 6, 7])('with the encoding %d are refused', (encoding) => {
    expect(define((w) => w.id(2).vbr(2, 5).fixed(1, 1).vbr(1, 8).fixed(0, 1).fixed(encoding, 3))).toThrow(/encoding/);
  });

  it('are bounded by the limit', () => {
    const write = (w: BitWriter) => {
      for (let i = 0; i < 4; i += 1) w.define([1, { fixed: 1 }]);
    };
    expect(readerOver(write, { limits: { abbreviations: 4 } }).next()).toBe('end');
    expect(() => readerOver(write, { limits: { abbreviations: 3 } }).next()).toThrow(
      expect.objectContaining({ code: 'limit-exceeded' }) as Error,
    );
  });
});
