import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordBuffer } from '../../src/bitcode/bitstream/index.ts';
import type { BitWriter } from '../helpers/bit-writer.ts';
import { formatErrorOf } from '../helpers/errors.ts';
import { readerOver } from './bitstream.ts';

/** The first record of a block, decoded. */
function decoded(write: (w: BitWriter) => void): RecordBuffer {
  const reader = readerOver(write);
  expect(reader.next()).toBe('record');
  const buffer = new RecordBuffer();
  reader.read(buffer);
  return buffer;
}

const CHAR6 = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._';

/** Values of every length that a VBR field can have. */
const value64 = fc.integer({ min: 0, max: 64 }).chain((bits) => fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n }));

/** A scalar field, a value for it, and how to write that. */
const scalar = fc.oneof(
  value64.map((value) => ({ field: value, value, write: (w: BitWriter) => w })),
  fc.integer({ min: 1, max: 32 }).chain((width) =>
    fc.bigInt({ min: 0n, max: (1n << BigInt(width)) - 1n }).map((value) => ({
      field: { fixed: width },
      value,
      write: (w: BitWriter) => w.fixed(value, width),
    })),
  ),
  fc.integer({ min: 2, max: 32 }).chain((width) =>
    value64.map((value) => ({
      field: { vbr: width },
      value,
      write: (w: BitWriter) => w.vbr(value, width),
    })),
  ),
  fc.constantFrom(...CHAR6.split('')).map((character) => ({
    field: 'char6' as const,
    value: BigInt(character.charCodeAt(0)),
    write: (w: BitWriter) => w.char6(character),
  })),
);

/** An element of arrays, and values for it. */
const array = fc.oneof(
  fc.integer({ min: 1, max: 32 }).chain((width) =>
    fc.array(fc.bigInt({ min: 0n, max: (1n << BigInt(width)) - 1n }), { maxLength: 80 }).map((values) => ({
      field: { fixed: width },
      values,
      write: (w: BitWriter) => values.forEach((value) => w.fixed(value, width)),
    })),
  ),
  fc.integer({ min: 2, max: 32 }).chain((width) =>
    fc.array(value64, { maxLength: 80 }).map((values) => ({
      field: { vbr: width },
      values,
      write: (w: BitWriter) => values.forEach((value) => w.vbr(value, width)),
    })),
  ),
  fc.array(fc.constantFrom(...CHAR6.split('')), { maxLength: 80 }).map((characters) => ({
    field: 'char6' as const,
    values: characters.map((character) => BigInt(character.charCodeAt(0))),
    write: (w: BitWriter) => w.char6(characters.join('')),
  })),
);

describe('a record buffer', () => {
  it('holds the operands of any record without abbreviation, exactly', () => {
    fc.assert(
      fc.property(fc.array(value64, { maxLength: 200 }), fc.integer({ min: 0, max: 2 ** 31 }), (operands, code) => {
        const buffer = decoded((w) => w.record(code, operands).record(1, [1]));
        expect(buffer.code).toBe(code);
        expect(buffer.abbreviationId).toBe(3);
        expect(buffer.operands().map(BigInt)).toEqual(operands);
        operands.forEach((operand, i) => {
          expect(BigInt(buffer.operand(i) ?? -1)).toBe(operand);
          expect(buffer.at(i)).toBe(Number(operand));
        });
        expect(buffer.at(operands.length)).toBeUndefined();
        expect(buffer.operand(operands.length)).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });

  it('holds the operands of any record with an abbreviation, exactly, and the next record begins behind it', () => {
    const tail = fc.option(array, { nil: undefined });
    fc.assert(
      fc.property(fc.array(scalar, { maxLength: 12 }), tail, (scalars, elements) => {
        const fields = scalars.map(({ field }) => field);
        const values = scalars.map(({ value }) => value);
        const reader = readerOver((w) => {
          w.define([9, ...fields, ...(elements === undefined ? [] : ['array' as const, elements.field])]);
          w.id(4);
          for (const { write } of scalars) write(w);
          if (elements !== undefined) {
            w.vbr(elements.values.length, 6);
            elements.write(w);
          }
          w.record(77, [5]);
        });
        const buffer = new RecordBuffer();
        expect(reader.next()).toBe('record');
        const lazy = reader.record();
        reader.read(buffer);
        expect(buffer.operands().map(BigInt)).toEqual([...values, ...(elements?.values ?? [])]);
        expect(buffer.operands()).toEqual(lazy.operands());
        expect([reader.next(), reader.code]).toEqual(['record', 77]);
        reader.read(buffer);
        expect(buffer.operands()).toEqual([5]);
        expect(reader.next()).toBe('end');
      }),
      { numRuns: 300 },
    );
  });

  it('finds blobs, not copied, behind other operands', () => {
    const reader = readerOver((w) => {
      w.define([1, { vbr: 6 }, 'blob']);
      w.id(4).vbr(7, 6).vbr(5, 6).align();
      w.bytes(Uint8Array.of(1, 2, 3, 4, 5)).align();
      w.record(2, []);
    });
    const buffer = new RecordBuffer();
    reader.next();
    reader.read(buffer);
    expect(buffer.operands()).toEqual([7]);
    expect([...(buffer.blob?.bytes ?? [])]).toEqual([1, 2, 3, 4, 5]);
    reader.next();
    reader.read(buffer);
    expect(buffer.blob).toBeUndefined();
    expect(buffer.length).toBe(0);
  });

  it('makes text of operands, of which the lowest eight bits count', () => {
    const buffer = decoded((w) => w.record(2, [1, 0x61, 0x162, 2n ** 63n + 0x63n, 0x64]));
    expect(buffer.text(1)).toBe('abcd');
    expect(buffer.text(1, 3)).toBe('ab');
    expect(buffer.text(4, 4)).toBe('');
    expect(buffer.text(9)).toBe('');
  });

  it('tells where the record stands', () => {
    const reader = readerOver((w) => w.record(1, [1, 2]).record(2, []));
    const buffer = new RecordBuffer();
    reader.next();
    reader.read(buffer);
    // Behind the header of the block, which has two words.
    expect(buffer.bitOffset).toBe(64);
    reader.next();
    reader.read(buffer);
    expect(buffer.bitOffset).toBe(64 + 4 + 4 * 6);
  });

  it('refuses counts that the block cannot hold, before it makes room', () => {
    const reader = readerOver((w) =>
      w
        .id(3)
        .vbr(1, 6)
        .vbr(2 ** 31, 6),
    );
    reader.next();
    expect(formatErrorOf(() => reader.read(new RecordBuffer())).code).toBe('truncated');
  });

  it('refuses fields of more than 64 bits', () => {
    const reader = readerOver((w) => {
      w.id(3).vbr(1, 6).vbr(1, 6);
      for (let i = 0; i < 14; i += 1) w.fixed(0x3f, 6);
      w.record(1, []);
    });
    reader.next();
    expect(formatErrorOf(() => reader.read(new RecordBuffer()))).toMatchObject({ code: 'bad-value' });
  });

  it('refuses a block that consists of operands which take no bits', () => {
    const reader = readerOver((w) => {
      w.define([1, ...new Array<number>(4000).fill(7)]);
      for (let i = 0; i < 20_000; i += 1) w.id(4);
    });
    const buffer = new RecordBuffer();
    const error = formatErrorOf(() => {
      while (reader.next() === 'record') reader.read(buffer);
    });
    expect(error.code).toBe('limit-exceeded');
  });
});
