import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  asciiText,
  byteText,
  decodeName,
  decodeText,
  encodeName,
  encodeText,
  endOfString,
  printable,
} from '../../src/bytes/index.ts';

const bytesOf = (...bytes: number[]) => Uint8Array.from(bytes);

describe('asciiText', () => {
  it('is a text out of which names can be cut by their byte offsets', () => {
    const bytes = new TextEncoder().encode('\0main\0helper.1\0');
    for (let start = 0; start < 9; start += 1) {
      expect(asciiText(bytes.subarray(start))).toBe(decodeName(bytes, start));
    }
  });

  it('takes few bytes at any place in memory', () => {
    const memory = new Uint8Array(16).fill(0x61);
    for (let start = 0; start < 8; start += 1) {
      for (let length = 0; length < 8; length += 1) {
        expect(asciiText(memory.subarray(start, start + length))).toBe('a'.repeat(length));
      }
    }
  });

  it.each([
    ['a backslash', 0x5c],
    ['a byte that is no ASCII', 0x80],
  ])('is refused for %s at any place', (_, byte) => {
    for (let length = 1; length < 12; length += 1) {
      for (let at = 0; at < length; at += 1)
        expect(asciiText(new Uint8Array(length).fill(byte, at, at + 1))).toBeUndefined();
    }
  });
});

describe('decodeName', () => {
  it.each([
    ['ASCII as it is', bytesOf(0x61, 0x2e, 0x6f), 'a.o'],
    ['no bytes as no text', bytesOf(), ''],
    ['valid UTF-8 as it is', new TextEncoder().encode('größe_π_𝛑'), 'größe_π_𝛑'],
    ['a backslash doubled', bytesOf(0x61, 0x5c, 0x62), 'a\\\\b'],
    ['a lone continuation byte', bytesOf(0x80), '\\x80'],
    ['a sequence that is cut off', bytesOf(0xe2, 0x82), '\\xe2\\x82'],
    ['an overlong sequence', bytesOf(0xc0, 0xaf), '\\xc0\\xaf'],
    ['half of a surrogate pair', bytesOf(0xed, 0xa0, 0x80), '\\xed\\xa0\\x80'],
    ['a code above U+10FFFF', bytesOf(0xf4, 0x90, 0x80, 0x80), '\\xf4\\x90\\x80\\x80'],
    ['control characters as they are', bytesOf(0x0a, 0x1b), '\n\u001b'],
  ])('gives %s', (_, bytes, text) => {
    expect(decodeName(bytes)).toBe(text);
  });

  it('takes the part that it is asked for', () => {
    expect(decodeName(new TextEncoder().encode('xxnamexx'), 2, 6)).toBe('name');
  });

  it('takes names longer than the arguments a call may have', () => {
    expect(decodeName(new Uint8Array(1_000_000).fill(0x61))).toBe('a'.repeat(1_000_000));
  });

  it.each([
    ['valid', [0xc3, 0xa9], 'é'],
    ['outside of the first plane', [0xf0, 0x9d, 0x9b, 0x91], '𝛑'],
    ['no UTF-8', [0xff], '\\xff'],
    ['a backslash', [0x5c], '\\\\'],
  ])('takes little more memory than the text of a long name (%s)', (_, sequence, text) => {
    const count = 3_000_000;
    const name = Uint8Array.from({ length: count * sequence.length }, (__, i) => sequence[i % sequence.length] ?? 0);
    const expected = text.repeat(count);
    const before = process.memoryUsage().heapUsed;
    const decoded = decodeName(name);
    // Two bytes for each code unit at most; a string for each character would take 30 bytes and more.
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(2 * expected.length + 20e6);
    expect(decoded === expected).toBe(true);
  });

  it('gives the same text wherever a piece ends', () => {
    for (let length = 4090; length < 4100; length += 1) {
      const lead = 'a'.repeat(length);
      const bytes = [...new TextEncoder().encode(`${lead}𝛑é`), 0xff, 0x5c];
      expect(decodeName(Uint8Array.from(bytes))).toBe(`${lead}𝛑é\\xff\\\\`);
    }
  });

  it('keeps what any bytes were: encodeName gives them back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(encodeName(decodeName(bytes))).toEqual(bytes);
      }),
    );
  });

  it('never makes two names one', () => {
    // Bytes that meet the rules of UTF-8 and of the escape, more often than chance would.
    const byte = fc.constantFrom(0x5c, 0x78, 0x38, 0x30, 0x80, 0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xff);
    const name = fc.array(byte, { maxLength: 6 }).map((bytes) => Uint8Array.from(bytes));
    fc.assert(
      fc.property(name, name, (one, other) => {
        expect(decodeName(one) === decodeName(other)).toBe(Buffer.compare(one, other) === 0);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('encodeName', () => {
  it('takes names of any length', () => {
    const bytes = new Uint8Array(300_000).fill(0x61);
    bytes[0] = 0x5c;
    expect(encodeName(decodeName(bytes))).toEqual(bytes);
  });

  it.each(['a\\b', '\\', '\\xZZ', '\\x4', '\\x41'])('refuses %j, which decodeName never writes', (text) => {
    expect(() => encodeName(text)).toThrow(RangeError);
  });
});

describe('printable', () => {
  it('escapes what drives a terminal, breaks lines or reorders text, and nothing else', () => {
    expect(printable('a\n\u001b[31m\u007f\u009b\u202e\u2028é "x"')).toBe(
      'a\\x0a\\x1b[31m\\x7f\\x9b\\u{202e}\\u{2028}é "x"',
    );
  });
});

describe('endOfString', () => {
  it('finds the NUL, or the end where there is none', () => {
    const bytes = bytesOf(0x61, 0, 0x62);
    expect([endOfString(bytes, 0), endOfString(bytes, 1), endOfString(bytes, 2), endOfString(bytes, 3)]).toEqual([
      1, 1, 3, 3,
    ]);
  });
});

describe('decodeText', () => {
  it.each([
    ['a backslash as it is', bytesOf(0x61, 0x5c, 0x6e), 'a\\n'],
    ['valid UTF-8 as it is', new TextEncoder().encode('größe_\u{1f480}\\'), 'größe_\u{1f480}\\'],
    ['a byte that is no UTF-8 as half of a pair', bytesOf(0x61, 0xff, 0x62), 'a\udcffb'],
    ['half of a surrogate pair by its bytes', bytesOf(0xed, 0xb3, 0xbf), '\udced\udcb3\udcbf'],
    ['a sequence that is cut off', bytesOf(0xe2, 0x82), '\udce2\udc82'],
    ['no bytes as no text', bytesOf(), ''],
  ])('gives %s', (_, bytes, text) => {
    expect(decodeText(bytes)).toBe(text);
    expect(encodeText(text)).toEqual(bytes);
  });

  it('loses no byte', () => {
    const byte = fc.oneof(fc.nat(255), fc.constantFrom(0x5c, 0xed, 0xb3, 0xbf, 0xf0, 0x9f, 0x92, 0x80));
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 5000 }), (values) => {
        const bytes = Uint8Array.from(values);
        expect(encodeText(decodeText(bytes))).toEqual(bytes);
      }),
    );
  });

  it('takes the place of what no bytes give', () => {
    expect(encodeText('\ud800a')).toEqual(new TextEncoder().encode('\ufffda'));
  });
});

describe('byteText', () => {
  it('has one character for each byte', () => {
    const bytes = Uint8Array.from({ length: 10_000 }, (_, i) => i);
    expect(Uint8Array.from(byteText(bytes), (character) => character.charCodeAt(0))).toEqual(bytes);
  });
});
