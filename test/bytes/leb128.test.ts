import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteView, FormatError, Leb128Cursor } from '../../src/bytes/index.ts';

function encode(value: bigint, padding = 0): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    const last = rest < 0x80n;
    bytes.push(Number(rest & 0x7fn) | (last && padding === 0 ? 0 : 0x80));
    if (last) break;
  }
  for (let i = 1; i <= padding; i += 1) bytes.push(i === padding ? 0 : 0x80);
  return bytes;
}

function cursorOver(bytes: readonly number[]): Leb128Cursor {
  return new Leb128Cursor(new ByteView(Uint8Array.from(bytes), 100, ['a.o']));
}

function codeOf(bytes: readonly number[]): string {
  try {
    cursorOver(bytes).unsigned('a number');
  } catch (error) {
    if (error instanceof FormatError) return `${error.code} at ${error.location.offset}`;
    throw error;
  }
  return 'none';
}

describe('Leb128Cursor', () => {
  it('reads what was written, one number after the other', () => {
    const numbers = fc.array(fc.maxSafeNat(), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(numbers, (values) => {
        const cursor = cursorOver(values.flatMap((value) => encode(BigInt(value))));
        expect(values.map(() => cursor.unsigned('a number'))).toEqual(values);
        expect(cursor.atEnd).toBe(true);
      }),
    );
  });

  it('accepts padding up to ten bytes, as LLVM does', () => {
    expect(cursorOver(encode(5n, 3)).unsigned('a number')).toBe(5);
    expect(cursorOver(encode(5n, 9)).unsigned('a number')).toBe(5);
  });

  it.each([
    ['no byte', [], 'truncated at 100'],
    ['a number that is cut off', [0x80, 0x80], 'truncated at 100'],
    ['an eleventh byte', encode(5n, 10), 'bad-value at 100'],
    ['a bit above 64', [...new Array<number>(9).fill(0xff), 0x02], 'bad-value at 100'],
    ['a number above 2^53', encode(2n ** 53n), 'bad-value at 100'],
    ['bytes that never end', new Array<number>(1000).fill(0x80), 'bad-value at 100'],
  ])('refuses %s', (_, bytes, expected) => {
    expect(codeOf(bytes)).toBe(expected);
  });
});
