import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteView, Leb128Halves } from '../../src/bytes/index.ts';
import { formatErrorOf } from '../helpers/errors.ts';
import { sleb128, uleb128 } from '../helpers/relocation-encoder.ts';

function cursorOver(bytes: readonly number[]): Leb128Halves {
  return new Leb128Halves(new ByteView(Uint8Array.from(bytes), 100, ['a.o']));
}

function valueOf({ low, high }: Leb128Halves): bigint {
  return (BigInt(high) << 32n) | BigInt(low >>> 0);
}

const padding = fc.nat(20);

describe('Leb128Halves', () => {
  it('reads unsigned numbers of 64 bits, padded or not', () => {
    const numbers = fc.array(fc.tuple(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), padding), { minLength: 1 });
    fc.assert(
      fc.property(numbers, (values) => {
        const cursor = cursorOver(values.flatMap(([value, zeros]) => uleb128(value, zeros)));
        for (const [value] of values) {
          cursor.unsigned();
          expect(BigInt.asUintN(64, valueOf(cursor))).toBe(value);
        }
        expect(formatErrorOf(() => cursor.byte()).code).toBe('truncated');
      }),
    );
  });

  it('reads signed numbers of 64 bits, padded or not', () => {
    const numbers = fc.array(fc.tuple(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), padding), {
      minLength: 1,
    });
    fc.assert(
      fc.property(numbers, (values) => {
        const cursor = cursorOver(values.flatMap(([value, groups]) => sleb128(value, groups)));
        for (const [value] of values) {
          cursor.signed();
          expect(valueOf(cursor)).toBe(value);
        }
      }),
    );
  });

  it.each([0, 6, 7, 13, 14, 27, 28, 31, 32, 34, 35, 55, 56, 62])(
    'reads powers of two on either side of bit %i',
    (bit) => {
      for (const value of [
        2n ** BigInt(bit),
        2n ** BigInt(bit) - 1n,
        -(2n ** BigInt(bit)),
        -(2n ** BigInt(bit)) - 1n,
      ]) {
        const cursor = cursorOver(sleb128(value));
        cursor.signed();
        expect(valueOf(cursor)).toBe(value);
      }
    },
  );

  it('says in the words of LLVM what is wrong, and stays at the number', () => {
    const cases = [
      ['unsigned', [0, 0x80, 0x80], 'truncated', 'malformed uleb128, extends past end'],
      ['signed', [0, 0xff], 'truncated', 'malformed sleb128, extends past end'],
      ['unsigned', [0, ...uleb128(2n ** 64n)], 'bad-value', 'uleb128 too big for uint64'],
      ['unsigned', [0, ...uleb128(2n ** 70n)], 'bad-value', 'uleb128 too big for uint64'],
      ['signed', [0, ...sleb128(2n ** 63n)], 'bad-value', 'sleb128 too big for int64'],
      ['signed', [0, ...sleb128(-(2n ** 63n) - 1n)], 'bad-value', 'sleb128 too big for int64'],
      ['signed', [0, ...sleb128(-(2n ** 70n))], 'bad-value', 'sleb128 too big for int64'],
    ] as const;
    for (const [kind, bytes, code, words] of cases) {
      const cursor = cursorOver(bytes);
      cursor.byte();
      const error = formatErrorOf(() => {
        cursor[kind]();
      });
      expect(error).toMatchObject({ code, location: { offset: 101 } });
      expect(error.reason).toBe(`unable to decode LEB128 at offset 0x00000001: ${words}`);
      expect(cursor.offset).toBe(1);
    }
  });

  it('says which byte is missing', () => {
    const error = formatErrorOf(() => cursorOver([]).byte());
    expect(error.reason).toBe('unexpected end of data at offset 0x0 while reading [0x0, 0x1)');
  });

  it('ends with bytes that never end', () => {
    const bytes = [...new Array<number>(100_000).fill(0x80)];
    expect(formatErrorOf(() => cursorOver(bytes).unsigned()).code).toBe('truncated');
  });
});
