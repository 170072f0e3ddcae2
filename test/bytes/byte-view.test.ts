import { describe, expect, it } from 'vitest';
import { ByteView } from '../../src/bytes/index.ts';
import { formatErrorOf } from '../helpers/errors.ts';

const view = new ByteView(Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), 1000, ['lib.a', 'a.o']);

describe('ByteView', () => {
  it('reads numbers in both byte orders', () => {
    expect([view.uint8(3, 'x'), view.uint16(1, true, 'x'), view.uint16(1, false, 'x')]).toEqual([3, 0x0201, 0x0102]);
    expect([view.uint32(1, true, 'x'), view.uint32(1, false, 'x')]).toEqual([0x04030201, 0x01020304]);
    expect([view.uint64(1, true, 'x'), view.uint64(1, false, 'x')]).toEqual([0x0807060504030201n, 0x0102030405060708n]);
  });

  it('narrows without a copy and keeps its place in the file', () => {
    const part = view.part(2, 4, 'a part');
    expect(part.bytes.buffer).toBe(view.bytes.buffer);
    expect(part.uint8(0, 'x')).toBe(2);
    expect(part.locationOf(1)).toEqual({ path: ['lib.a', 'a.o'], offset: 1003 });
  });

  it('says in an error which part, where, and how many bytes there are', () => {
    const error = formatErrorOf(() => view.part(8, 5, 'section 3 (.text)'));
    expect(error.code).toBe('out-of-bounds');
    expect(error.message).toBe('lib.a > a.o at 0x3f0: section 3 (.text) needs 5 bytes at 0x8 but 2 remain');
  });

  it.each([
    ['a start behind the end', 11, 0],
    ['a length behind the end', 0, 11],
    ['a negative start', -1, 2],
    ['a negative length', 2, -1],
    ['numbers whose sum would round', 2 ** 53, 2 ** 53],
    ['no number', Number.NaN, 1],
    ['no length', 0, Number.NaN],
  ])('refuses %s', (_, start, length) => {
    expect(formatErrorOf(() => view.part(start, length, 'a part')).code).toBe('out-of-bounds');
  });

  it('gives an empty part at its very end', () => {
    expect(view.part(10, 0, 'nothing').length).toBe(0);
  });
});
