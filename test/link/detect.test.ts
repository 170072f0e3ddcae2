import { describe, expect, it } from 'vitest';
import { DETECT_BYTES, detectFormat } from '../../src/link/index.ts';
import { concat, latin1 } from '../helpers/archive-builder.ts';
import { buildObject } from '../helpers/object-builder.ts';
import { fixturesOfKind, readFixture } from '../helpers/fixtures.ts';

/** Bytes in hexadecimal, filled with zeros up to a length. */
function head(hex: string, length = 32): Uint8Array {
  const bytes = hex.split(' ').map((byte) => Number.parseInt(byte, 16));
  return Uint8Array.from({ length }, (_, i) => bytes[i] ?? 0);
}

describe('a format is told by the first bytes', () => {
  it.each([
    ['elf', 'ELF', head('7f 45 4c 46 02 01 01')],
    ['bitcode', 'bitcode', head('42 43 c0 de 35 14 00 00')],
    ['bitcode', 'bitcode in a wrapper', head('de c0 17 0b 00 00 00 00 14')],
    ['archive', 'an empty archive', latin1('!<arch>\n')],
    ['thin-archive', 'an empty thin archive', latin1('!<thin>\n')],
    ['archive', 'an AIX archive', latin1('<bigaf>\n')],
    ['mach-o', '32-bit Mach-O, big endian', head('fe ed fa ce')],
    ['mach-o', '64-bit Mach-O, big endian', head('fe ed fa cf')],
    ['mach-o', '32-bit Mach-O, little endian', head('ce fa ed fe')],
    ['mach-o', '64-bit Mach-O, little endian', head('cf fa ed fe')],
    ['mach-o', 'a fat Mach-O of two architectures', head('ca fe ba be 00 00 00 02')],
    ['mach-o', 'a fat Mach-O with 64-bit offsets', head('ca fe ba bf 00 00 00 02')],
    ['unknown', 'a Java class of version 45.3, the oldest', head('ca fe ba be 00 03 00 2d')],
    ['unknown', 'a Java class of version 52', head('ca fe ba be 00 00 00 34')],
    ['coff', 'COFF for x86-64', head('64 86 03 00')],
    ['coff', 'COFF for i386', head('4c 01 03 00')],
    ['coff', 'COFF for ARM64', head('64 aa 03 00')],
    ['coff', 'a COFF import header', head('00 00 ff ff 00 00 64 86')],
    ['coff', 'a program with an MS-DOS header', head('4d 5a 90 00')],
    ['wasm', 'WebAssembly', head('00 61 73 6d 01 00 00 00')],
    ['text', 'text', latin1('GROUP ( libc.so.6 )\n')],
    ['text', 'text with bytes above ASCII', latin1('na\xc3\xafve\n')],
    ['empty', 'nothing', new Uint8Array(0)],
    ['unknown', 'zeros', new Uint8Array(32)],
    ['unknown', 'text with a NUL', latin1('text\0')],
    ['unknown', 'text with DEL', latin1('text\x7f')],
    ['unknown', 'a gzip file', head('1f 8b 08 00')],
  ])('%s: %s', (format, _, bytes) => {
    expect(detectFormat(bytes)).toBe(format);
  });

  it('does not need more than the announced number of bytes', () => {
    const long = concat('!<arch>\n', new Uint8Array(DETECT_BYTES));
    expect(detectFormat(long.subarray(0, DETECT_BYTES))).toBe('archive');
  });

  it.each(['elf', 'bitcode', 'archive', 'thin-archive'] as const)('every fixture that is %s', (kind) => {
    const names = fixturesOfKind(kind);
    expect(names.length).toBeGreaterThan(1);
    expect(names.filter((name) => detectFormat(readFixture(name).subarray(0, DETECT_BYTES)) !== kind)).toEqual([]);
  });
});

describe('heads of 0 to 8 bytes', () => {
  // From so many bytes on a format is known.
  const KNOWN_FROM: readonly (readonly [string, Uint8Array, number])[] = [
    ['elf', buildObject({}).bytes, 4],
    ['bitcode', head('42 43 c0 de 35 14 00 00'), 4],
    ['bitcode', head('de c0 17 0b 00 00 00 00'), 4],
    ['archive', latin1('!<arch>\n'), 8],
    ['thin-archive', latin1('!<thin>\n'), 8],
    ['mach-o', head('cf fa ed fe 0c 00 00 01'), 8],
    ['mach-o', head('ca fe ba be 00 00 00 02'), 8],
    ['wasm', head('00 61 73 6d 01 00 00 00'), 8],
    ['coff', head('00 00 ff ff 00 00 64 86'), 8],
  ];

  it.each(KNOWN_FROM)('%s is known from its magic on and not before', (format, bytes, knownFrom) => {
    for (let length = 0; length <= 8; length += 1) {
      const found = detectFormat(bytes.subarray(0, length));
      if (length === 0) expect(found).toBe('empty');
      else if (length >= knownFrom) expect(found, `${length} bytes`).toBe(format);
      else expect(['text', 'unknown'], `${length} bytes`).toContain(found);
    }
  });

  it('of COFF are too short for its header', () => {
    expect(detectFormat(head('64 86 03 00', 8))).toBe('unknown');
    expect(detectFormat(head('64 86 03 00', 19))).toBe('unknown');
    expect(detectFormat(head('64 86 03 00', 20))).toBe('coff');
  });
});
