// The loops that move over records without decoding them meet what plain reading meets, whatever the layout.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordBuffer, wantedItems } from '../../src/bitcode/bitstream/index.ts';
import type { BlockReader, RecordList } from '../../src/bitcode/bitstream/index.ts';
import type { AbbreviationField, BitWriter } from '../helpers/bit-writer.ts';
import { readerOver } from './bitstream.ts';

const FIRST_ABBREVIATION = 4;
/** Record codes of the tests: those that loops look for, and one that they leave to plain reading. */
const CODES = [1, 2, 7, 30, 40];
const WANTED = [2, 30];

type Item = (w: BitWriter) => void;

const code = fc.constantFrom(...CODES);
const width = fc.integer({ min: 1, max: 32 });
const value = fc.oneof(fc.nat(40), fc.nat(), fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }));
/** Short texts of two chunks a character, and long lists. */
const operands = fc.oneof(fc.array(value, { maxLength: 9 }), fc.array(fc.nat(200), { maxLength: 80 }));

/** A layout, with one record of it for each seed. */
interface Layout {
  readonly fields: readonly AbbreviationField[];
  readonly write: (w: BitWriter, seed: number) => void;
}

const fixedField = (bits: number): AbbreviationField => ({ fixed: bits });

const scalar: fc.Arbitrary<Layout> = fc.oneof(
  width.map((bits) => ({
    fields: [{ fixed: bits }],
    write: (w: BitWriter, seed: number) => void w.fixed(seed % 2 ** bits, bits),
  })),
  fc.integer({ min: 2, max: 32 }).map((bits) => ({
    fields: [{ vbr: bits }],
    write: (w: BitWriter, seed: number) => void w.vbr(seed, bits),
  })),
  fc.constant({ fields: [5], write: () => undefined }),
  fc.constant({ fields: ['char6' as const], write: (w: BitWriter, seed: number) => void w.fixed(seed % 64, 6) }),
);
const tail: fc.Arbitrary<Layout> = fc.oneof(
  fc.constant({ fields: [], write: () => undefined }),
  width.map((bits) => ({
    fields: ['array' as const, fixedField(bits)],
    write: (w: BitWriter, seed: number) => {
      const count = seed % 1100;
      w.vbr(count, 6);
      for (let i = 0; i < count; i += 1) w.fixed((seed + i) % 2 ** bits, bits);
    },
  })),
  fc.constant({
    fields: ['blob' as const],
    write: (w: BitWriter, seed: number) =>
      void w
        .vbr(seed % 9, 6)
        .align()
        .bytes(new Uint8Array(seed % 9))
        .align(),
  }),
);
const layout = fc.tuple(code, fc.array(scalar, { maxLength: 3 }), tail).map(([number, scalars, last]): Layout => {
  const parts = [...scalars, last];
  return {
    fields: [number, ...parts.flatMap(({ fields }) => fields)],
    write: (w, seed) => {
      for (const part of parts) part.write(w, seed);
    },
  };
});

/** Records of some layouts, records without abbreviation, and blocks, in any order. */
const items: fc.Arbitrary<Item> = fc.array(layout, { minLength: 1, maxLength: 4 }).chain((layouts) => {
  const abbreviated = fc.tuple(fc.nat(layouts.length - 1), fc.nat(1 << 20)).map(([index, seed]): Item => {
    return (w) => layouts[index]?.write(w.id(FIRST_ABBREVIATION + index), seed);
  });
  const plain = fc.tuple(code, operands).map(
    ([number, list]): Item =>
      (w) =>
        w.record(number, list),
  );
  const block = fc.nat(9).map(
    (words): Item =>
      (w) =>
        w.block(20, 3, () => w.bytes(new Uint8Array(words * 4))),
  );
  const body = fc.array(fc.oneof(abbreviated, plain, block), { maxLength: 30 });
  return body.map((list): Item => (w) => {
    for (const { fields } of layouts) w.define(fields);
    for (const item of list) item(w);
  });
});

/** What is met of the wanted codes, read to the last operand. */
function met(reader: BlockReader, next: () => 'record' | 'block' | 'end'): unknown[] {
  const record = new RecordBuffer();
  const found: unknown[] = [];
  for (let item = next(); item !== 'end'; item = next()) {
    if (item === 'block' || !WANTED.includes(reader.code)) continue;
    reader.read(record);
    found.push([reader.itemBitOffset, record.code, record.operands()]);
  }
  return found;
}

describe('moving over what nobody wants', () => {
  it('meets the records that plain reading meets', () => {
    fc.assert(
      fc.property(items, (write) => {
        const [plain, loop] = [readerOver(write), readerOver(write)];
        const wanted = wantedItems(WANTED, []);
        expect(met(loop, () => loop.nextOf(wanted))).toEqual(met(plain, () => plain.next()));
      }),
      { numRuns: 300 },
    );
  });

  it('finds the same fault where a block ends too early', () => {
    fc.assert(
      fc.property(items, fc.nat(40), (write, words) => {
        const outcome = (wanted: boolean) => {
          try {
            const reader = readerOver(write, { words, end: false });
            return met(reader, () => (wanted ? reader.nextOf(wantedItems(WANTED, [])) : reader.next()));
          } catch (error) {
            return String(error).replace(/ at 0x.*/, '');
          }
        };
        expect(outcome(true)).toEqual(outcome(false));
      }),
      { numRuns: 300 },
    );
  });
});

describe('listing records', () => {
  it('notes those without abbreviation that plain reading meets, with one operand of each', () => {
    fc.assert(
      fc.property(items, fc.nat(5), (write, position) => {
        const list: RecordList = { codes: [], bitOffsets: [], isZero: [] };
        const reader = readerOver(write);
        const bits = WANTED.reduce((sum, number) => sum | (1 << number), 0);
        do reader.listRecords(bits, position, list);
        while (reader.next() !== 'end');
        const plain = readerOver(write);
        const known = new Map<number, { code: number; isZero: boolean }>();
        for (let item = plain.next(); item !== 'end'; item = plain.next()) {
          if (item === 'block' || plain.isAbbreviated) continue;
          known.set(plain.itemBitOffset, { code: plain.code, isZero: plain.operandAt(position) === 0 });
        }
        const noted = list.bitOffsets.map((bitOffset, i) => [
          bitOffset,
          { code: list.codes[i], isZero: list.isZero[i] },
        ]);
        expect(noted).toEqual(noted.map(([bitOffset]) => [bitOffset, known.get(Number(bitOffset))]));
        for (const [, { code: number }] of known)
          if (!WANTED.includes(number)) expect(list.codes).not.toContain(number);
      }),
      { numRuns: 300 },
    );
  });
});
