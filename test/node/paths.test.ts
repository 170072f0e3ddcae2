import { describe, expect, it } from 'vitest';
import { decodeName } from '../../src/bytes/index.ts';
import { fromTypedPath, toSystemPath } from '../../src/node/index.ts';

function bytesOf(path: string): number[] {
  return [...Buffer.from(toSystemPath(path))];
}

describe('paths as text', () => {
  it('lead back to the bytes they were made of', () => {
    for (const name of ['plain.o', 'caf\u00e9.o', 'a\\b', '\\x41', '\\\\', '\u{1f427}.o']) {
      const bytes = [...Buffer.from(name)];
      expect(bytesOf(decodeName(Uint8Array.from(bytes)))).toEqual(bytes);
      expect(bytesOf(fromTypedPath(name))).toEqual(bytes);
    }
    const invalid = [0xff, 0x2f, 0xc3, 0x28, 0x5c, 0x80];
    expect(bytesOf(decodeName(Uint8Array.from(invalid)))).toEqual(invalid);
  });

  it('are taken as they are where they hold nothing special', () => {
    expect(toSystemPath('dir/plain.o')).toBe('dir/plain.o');
    expect(fromTypedPath('dir/plain.o')).toBe('dir/plain.o');
  });

  it('of callers that do not know of the escapes are taken as they are', () => {
    expect(bytesOf('a\\b')).toEqual([...Buffer.from('a\\b')]);
  });
});
