import { describe, expect, it } from 'vitest';
import { FormatError } from '../../src/bytes/index.ts';
import { cursorOver } from './bitstream.ts';

describe('fixed-width fields', () => {
  it('cross words', () => {
    const cursor = cursorOver((w) => w.fixed(5, 3).fixed(0x9abcdef0, 32).fixed(0x7fffffff, 31));
    expect([cursor.fixed(3), cursor.fixed(32), cursor.fixed(31)]).toEqual([5, 0x9abcdef0, 0x7fffffff]);
  });

  it('of 32 bits are unsigned at the start of a word too', () => {
    expect(cursorOver((w) => w.fixed(0xffffffff, 32)).fixed(32)).toBe(0xffffffff);
  });

  it('of no bits are 0, at the end too', () => {
    const cursor = cursorOver((w) => w.fixed(0, 32));
    cursor.skip(32);
    expect(cursor.fixed(0)).toBe(0);
  });

  it('behind the last word are truncated, with the place in bits', () => {
    const cursor = cursorOver((w) => w.fixed(0, 32));
    cursor.skip(30);
    expect(() => cursor.fixed(3)).toThrow(
      expect.objectContaining({ code: 'truncated', location: { path: ['bits'], offset: 3, bitOffset: 30 } }) as Error,
    );
  });
});

describe('variable-width fields', () => {
  it.each([0, 1, 31, 32, 1023, 2 ** 31, 2 ** 32, 2 ** 53 - 1])('hold %d in chunks of every width', (value) => {
    for (let width = 2; width <= 32; width += 1) {
      const cursor = cursorOver((w) => w.fixed(0, 5).vbr(value, width));
      cursor.skip(5);
      expect(cursor.vbr(width)).toBe(value);
    }
  });

  it.each([2n ** 53n, 2n ** 63n, 2n ** 64n - 1n])('above 2^53 are bigints: %d', (value) => {
    for (const width of [2, 5, 6, 8, 32]) expect(cursorOver((w) => w.vbr(value, width)).vbr(width)).toBe(value);
  });

  it('keep what is padded with empty chunks a number', () => {
    const cursor = cursorOver((w) => {
      for (let i = 0; i < 11; i += 1) w.fixed(i === 0 ? 0x27 : 0x20, 6);
      w.fixed(0, 6);
    });
    expect(cursor.vbr(6)).toBe(7);
  });

  it('drop bits above 64 that the last chunk holds, as LLVM does', () => {
    expect(cursorOver((w) => w.vbr((31n << 60n) | 1n, 6)).vbr(6)).toBe((15n << 60n) | 1n);
  });

  it('that go on above bit 64 are bad', () => {
    const cursor = cursorOver((w) => w.vbr(2n ** 65n, 6));
    expect(() => cursor.vbr(6)).toThrow(expect.objectContaining({ code: 'bad-value' }) as Error);
  });

  it('that count something are bad above bit 32', () => {
    expect(cursorOver((w) => w.vbr(2 ** 32 - 1, 6)).vbr32(6)).toBe(2 ** 32 - 1);
    expect(() => cursorOver((w) => w.vbr(2 ** 36, 6)).vbr32(6)).toThrow(FormatError);
  });

  it('of chunks of one bit end, though they hold nothing', () => {
    expect(cursorOver((w) => w.fixed(7, 3)).vbr(1)).toBe(0);
  });
});

describe('skipping', () => {
  it('finds the end of any run of VBR6 fields from any bit on', () => {
    // Lengths and places from a fixed generator.
    let seed = 1;
    const random = (below: number) => (seed = (seed * 48271) % 0x7fffffff) % below;
    for (let round = 0; round < 300; round += 1) {
      const start = random(32);
      const count = random(60);
      let end = 0;
      const cursor = cursorOver((w) => {
        w.fixed(random(2 ** 30), start);
        for (let i = 0; i < count; i += 1) w.vbr(random(3) === 0 ? random(2 ** 30) : random(32), 6);
        end = w.bitOffset;
        w.fixed(0x3fffffff, random(31));
      });
      cursor.skip(start);
      cursor.skipVbr(6, count);
      expect(cursor.bitOffset).toBe(end);
    }
  });

  it('over more fields than there are is truncated', () => {
    const cursor = cursorOver((w) => w.fixed(0, 32).fixed(0, 32));
    expect(() => cursor.skipVbr(6, 11)).toThrow(expect.objectContaining({ code: 'truncated' }) as Error);
  });

  it('over more bits than there are is truncated, however many', () => {
    for (const bits of [33, 2 ** 31, 2 ** 32, 2 ** 53]) {
      expect(() => cursorOver((w) => w.fixed(0, 32)).skip(bits)).toThrow(FormatError);
    }
  });
});

describe('bytes of VBR6 fields', () => {
  it('are the lowest eight bits of each', () => {
    const cursor = cursorOver((w) =>
      w
        .vbr(0x41, 6)
        .vbr(0xff, 6)
        .vbr(7, 6)
        .vbr(2n ** 40n + 0x142n, 6),
    );
    expect([...cursor.vbr6Bytes(4)]).toEqual([0x41, 0xff, 7, 0x42]);
  });

  it('behind the end are truncated', () => {
    expect(() => cursorOver((w) => w.fixed(0, 32)).vbr6Bytes(6)).toThrow(FormatError);
  });
});
