import { describe, expect, it } from 'vitest';
import { ByteRange, FormatError, memorySource } from '../../src/bytes/index.ts';
import type { ByteSource } from '../../src/bytes/index.ts';

const BYTES = Uint8Array.from({ length: 300_000 }, (_, i) => i % 251);

/** A source that counts its reads and can become shorter. */
function fileOf(bytes: Uint8Array, realSize = bytes.length): ByteSource & { reads: number } {
  return {
    size: bytes.length,
    reads: 0,
    read(offset, length) {
      this.reads += 1;
      return bytes.slice(offset, Math.min(realSize, offset + length));
    },
    readInto(offset, target) {
      this.reads += 1;
      const part = bytes.subarray(offset, Math.min(realSize, offset + target.length));
      target.set(part);
      return part.length;
    },
  };
}

describe('ByteRange', () => {
  it('takes bytes, a Buffer, a source and a range', () => {
    const range = ByteRange.from(BYTES, 'x');
    expect(ByteRange.from(range)).toBe(range);
    expect(ByteRange.from(memorySource(BYTES)).length).toBe(BYTES.length);
    expect(ByteRange.from(Buffer.from('abc')).view(1, 2, 'x').bytes).toEqual(Uint8Array.of(0x62, 0x63));
  });

  it.each([[undefined], [null], ['text'], [new ArrayBuffer(8)], [{ size: 3 }]])('refuses %j', (input) => {
    expect(() => ByteRange.from(input as unknown as Uint8Array)).toThrow(TypeError);
  });

  it('keeps offsets of the file and the path through parts', () => {
    const part = ByteRange.from(BYTES, 'lib.a').part(100, 50, 'a member', 'a.o');
    const view = part.view(10, 4, 'x');
    expect(view.base).toBe(110);
    expect(view.path).toEqual(['lib.a', 'a.o']);
    expect([...view.bytes]).toEqual([110, 111, 112, 113]);
  });

  it('refuses parts that leave it, though the file goes on', () => {
    const part = ByteRange.from(BYTES).part(100, 50, 'a member');
    expect(() => part.view(49, 2, 'x')).toThrow(FormatError);
    expect(() => part.part(0, 51, 'x')).toThrow(FormatError);
  });

  it('tells a file that became shorter', () => {
    const range = ByteRange.ofSource(fileOf(BYTES, 1000), ['a.o']);
    expect(() => range.view(990, 20, 'x')).toThrow(/20 bytes were expected but 10 could be read/);
    expect(() => range.part(990, 20, 'x').loadInto(new Uint8Array(64))).toThrow(FormatError);
  });
});

describe('loadInto', () => {
  it('reads a small range whole, once', () => {
    const file = fileOf(BYTES);
    const range = ByteRange.ofSource(file, ['a.o']).part(500, 1000, 'x').loadInto(new Uint8Array(4096));
    expect([...range.view(0, 3, 'x').bytes, ...range.view(997, 3, 'x').bytes]).toEqual([
      ...BYTES.subarray(500, 503),
      ...BYTES.subarray(1497, 1500),
    ]);
    expect(range.view(7, 1, 'x').base).toBe(507);
    expect(file.reads).toBe(1);
  });

  it('reads parts of a large range beside each other, and into memory of their own when the given is used up', () => {
    const scratch = new Uint8Array(1000);
    const range = ByteRange.ofSource(fileOf(BYTES), ['a.o']).loadInto(scratch);
    const views = [range.view(0, 600, 'x'), range.view(1000, 400, 'x'), range.view(5000, 10, 'x')];
    expect(views.map(({ bytes }) => bytes.buffer === scratch.buffer)).toEqual([true, true, false]);
    for (const { bytes, base } of views) expect(bytes).toEqual(BYTES.slice(base, base + bytes.length));
  });

  it('leaves a source that cannot read into memory as it is', () => {
    const range = ByteRange.from(BYTES);
    expect(range.loadInto(new Uint8Array(10))).toBe(range);
  });
});
