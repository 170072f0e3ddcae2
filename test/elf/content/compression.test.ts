import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../../../src/bytes/index.ts';
import { readCompressionHeader, readUncompressed } from '../../../src/elf/content/index.ts';
import { openElf, SECTION_FLAGS } from '../../../src/elf/index.ts';
import type { ElfFile } from '../../../src/elf/index.ts';
import { bounded } from '../../helpers/bounded.ts';
import { buildElf, ElfWriter } from '../../helpers/elf-builder.ts';
import { formatErrorOf } from '../../helpers/errors.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { describeWithTools } from '../../helpers/tools.ts';

const { SHF_COMPRESSED } = SECTION_FLAGS.values;
const CONTENT = new TextEncoder().encode('a linker is about to choke, '.repeat(40));
const FORMATS = [32, 64].flatMap((bits) =>
  [true, false].map((littleEndian) => ({ bits: bits as 32 | 64, littleEndian })),
);

interface Compressed {
  bits?: 32 | 64;
  littleEndian?: boolean;
  type?: number;
  size?: number | bigint;
  align?: number | bigint;
  data: Uint8Array;
}

/** A file whose section 1 is compressed. */
function compressedElf({ type = 1, size = CONTENT.length, align = 1, data, ...format }: Compressed): Uint8Array {
  const out = new ElfWriter(format).word(type);
  if (out.bits === 64) out.word(0);
  out.address(size).address(align).raw(data);
  return buildElf({ ...format, sections: [{ name: '.debug_str', type: 1, flags: SHF_COMPRESSED, data: out.bytes }] })
    .bytes;
}

function gnuElf(data: Uint8Array): ElfFile {
  const sections = [{ name: '.zdebug_str', type: 1, data }];
  return openElf(buildElf({ sections }).bytes);
}

describe('a section compressed with zlib', () => {
  it.each(FORMATS)('is read in a file of $bits bits, little endian $littleEndian', (format) => {
    const elf = openElf(compressedElf({ ...format, align: 3, data: deflateSync(CONTENT) }));
    expect(readCompressionHeader(elf, 1)).toMatchObject({
      type: 1,
      size: CONTENT.length,
      alignment: 3n,
      raw: { ch_type: 1, ch_size: BigInt(CONTENT.length), ch_addralign: 3n },
    });
    const view = readUncompressed(elf, 1);
    expect([...view.bytes]).toEqual([...CONTENT]);
    expect(view.locationOf(2)).toEqual({ path: ['<memory>', '.debug_str'], offset: 2 });
  });

  it('may be empty', () => {
    const elf = openElf(compressedElf({ size: 0, data: deflateSync(new Uint8Array(0)) }));
    expect(readUncompressed(elf, 1).length).toBe(0);
  });

  it.each([CONTENT.length - 1, CONTENT.length + 1, 0])('is refused if it states %i bytes', (size) => {
    const elf = openElf(compressedElf({ size, data: deflateSync(CONTENT) }));
    expect(formatErrorOf(() => readUncompressed(elf, 1)).code).toBe('bad-value');
  });

  it('is refused if its checksum is wrong', () => {
    const data = deflateSync(CONTENT);
    data[data.length - 1] = (data[data.length - 1] as number) ^ 1;
    expect(formatErrorOf(() => readUncompressed(openElf(compressedElf({ data })), 1)).reason).toContain('checksum');
  });

  it('is refused wherever it is cut, and wherever a byte of it is another', () => {
    const data = deflateSync(CONTENT);
    for (let length = 0; length < data.length; length += 1) {
      const elf = openElf(compressedElf({ data: data.subarray(0, length) }));
      expect(() => readUncompressed(elf, 1)).toThrow(FormatError);
    }
    for (let i = 0; i < data.length; i += 1) {
      for (const value of [0, 0xff, (data[i] as number) ^ 0x10]) {
        if (value === data[i]) continue;
        expect(isRefusedOrRight(compressedElf({ data: Uint8Array.from(data).fill(value, i, i + 1) }))).toBe(true);
      }
    }
  });

  it('keeps the error of the package as the cause', () => {
    const data = Uint8Array.of(0x78, 0x9c, 7, 0, 0, 0, 0);
    expect(formatErrorOf(() => readUncompressed(openElf(compressedElf({ data })), 1)).cause).toBeInstanceOf(Error);
  });

  it('cannot claim more than zlib can hold', () => {
    const elf = openElf(compressedElf({ size: 1 << 29, data: deflateSync(CONTENT) }));
    expect(formatErrorOf(() => readUncompressed(elf, 1)).reason).toContain('cannot hold');
  });

  it('stops a bomb that states a small size before it went off', () => {
    const elf = openElf(compressedElf({ size: 10, data: deflateSync(new Uint8Array(1 << 27)) }));
    const before = process.memoryUsage().arrayBuffers;
    expect(formatErrorOf(() => readUncompressed(elf, 1)).code).toBe('bad-value');
    // A slice of the input holds 17 MB of zeros at most; the bomb has 134.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100e6);
  });
});

/** Damage that zlib's own checksum cannot see does not exist; a byte that says nothing may change. */
function isRefusedOrRight(bytes: Uint8Array): boolean {
  try {
    return Buffer.compare(readUncompressed(openElf(bytes), 1).bytes, CONTENT) === 0;
  } catch (error) {
    if (error instanceof FormatError) return true;
    throw error;
  }
}

describe('the limit on decompressed bytes', () => {
  it('is compared before anything is allocated', () => {
    const elf = openElf(compressedElf({ bits: 64, size: (1n << 64n) - 1n, data: deflateSync(CONTENT) }));
    expect(formatErrorOf(() => readUncompressed(elf, 1)).code).toBe('limit-exceeded');
  });

  it('can be set', () => {
    const elf = openElf(compressedElf({ data: deflateSync(CONTENT) }), { limits: { uncompressedBytes: 100 } });
    expect(formatErrorOf(() => readUncompressed(elf, 1)).code).toBe('limit-exceeded');
  });
});

describe('other sections', () => {
  it('keep an unknown method readable as bytes', () => {
    const elf = openElf(compressedElf({ type: 0x60000001, data: CONTENT }));
    expect(readCompressionHeader(elf, 1)?.type).toBe(0x60000001);
    const error = formatErrorOf(() => readUncompressed(elf, 1));
    expect([error.code, error.reason]).toEqual(['unsupported', 'unsupported compression type (1610612737)']);
  });

  it('that are shorter than the header are damaged', () => {
    const sections = [{ type: 1, flags: SHF_COMPRESSED, data: new Uint8Array(23) }];
    const error = formatErrorOf(() => readCompressionHeader(openElf(buildElf({ sections }).bytes), 1));
    expect([error.code, error.reason]).toEqual([
      'truncated',
      'corrupted compressed section header: section [index 1] has 23 bytes',
    ]);
  });

  it('that are not compressed are windows of the file', () => {
    const elf = gnuElf(CONTENT);
    expect(readCompressionHeader(elf, 1)).toBeUndefined();
    expect(readUncompressed(elf, 1).base).toBe(elf.sectionView(1).base);
  });

  it('named .zdebug are read if they say ZLIB', () => {
    const size = [0, 0, 0, 0, 0, 0, CONTENT.length >> 8, CONTENT.length & 0xff];
    const elf = gnuElf(Uint8Array.from([0x5a, 0x4c, 0x49, 0x42, ...size, ...deflateSync(CONTENT)]));
    expect(readCompressionHeader(elf, 1)).toMatchObject({ type: 1, size: CONTENT.length, alignment: undefined });
    expect([...readUncompressed(elf, 1).bytes]).toEqual([...CONTENT]);
  });
});

/** A frame of one segment. */
function zstdFrame(size: number, ...blocks: number[][]): Uint8Array {
  return Uint8Array.from([
    0x28,
    0xb5,
    0x2f,
    0xfd,
    0xa0,
    ...[0, 8, 16, 24].map((at) => (size >>> at) & 0xff),
    ...blocks.flat(),
  ]);
}

function zstdBlock(isLast: boolean, type: number, body: readonly number[], size = body.length): number[] {
  const header = (size << 3) | (type << 1) | (isLast ? 1 : 0);
  return [header & 0xff, (header >> 8) & 0xff, header >> 16, ...body];
}

function readZstd(data: Uint8Array, size: number): Uint8Array {
  return readUncompressed(openElf(compressedElf({ type: 2, size, data })), 1).bytes;
}

describe('a section compressed with Zstandard', () => {
  it('may have raw and repeated blocks, several frames and skippable ones', () => {
    const first = zstdFrame(5, zstdBlock(false, 0, [1, 2]), zstdBlock(true, 1, [7], 3));
    const skippable = [0x5a, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9];
    const second = zstdFrame(2, zstdBlock(true, 0, [3, 4]));
    expect([...readZstd(Uint8Array.from([...first, ...skippable, ...second]), 7)]).toEqual([1, 2, 7, 7, 7, 3, 4]);
  });

  it('is refused if it states another size than it has, in either header', () => {
    const blocks = zstdBlock(true, 0, [1, 2]);
    expect(formatErrorOf(() => readZstd(zstdFrame(2, blocks), 3)).reason).toContain('expected 3 bytes, but got 2');
    expect(formatErrorOf(() => readZstd(zstdFrame(3, blocks), 2)).code).toBe('bad-value');
    expect(formatErrorOf(() => readZstd(zstdFrame(2, blocks), 1)).code).toBe('bad-value');
  });

  it('is refused where sequences that take no bits would copy for a minute', () => {
    // Literals: one, repeated. 98,303 sequences, each of the longest match, with one code each.
    const body = [0b1001, 65, 0xff, 0xff, 0xff, 0b01010100, 0, 0, 52, 1];
    const error = bounded(() => formatErrorOf(() => readZstd(zstdFrame(1 << 20, zstdBlock(true, 2, body)), 1 << 20)));
    expect(error.code).toBe('bad-value');
  });

  it('is refused where a Huffman tree has a table with one state that never ends', () => {
    // Weights in a table of 2^5 states which all stand for weight 0: `5 - 5` in four bits, then 33 in six.
    const weights = [0b0001_0000 | 0, 0b10, 0, 0, 1];
    const literals = [0b0010 | (4 << 4), (weights.length + 1) << 6, 0];
    const body = [...literals, weights.length, ...weights, 0];
    expect(formatErrorOf(() => readZstd(zstdFrame(4, zstdBlock(true, 2, body)), 4)).code).toBe('bad-value');
  });

  it('answers any bytes with the content or a FormatError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.integer({ min: 0, max: 300 }), (body, size) => {
        const data = zstdFrame(size, zstdBlock(true, 2, [...body]));
        try {
          expect(readZstd(data, size)).toHaveLength(size);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
      { numRuns: 3000 },
    );
  });
});

const SOURCE = `
#include <stdio.h>
struct pair { int first; long second; struct pair *next; };
static int sum(struct pair *p) { int s = 0; for (; p; p = p->next) s += p->first; return s; }
int main(int argc, char **argv) { struct pair p = { argc, 2, 0 }; return printf("%d\\n", sum(&p)) < 0; }
`;

describeWithTools(
  'what compilers compress',
  ['clang-22', 'llvm-objcopy-22', 'objcopy'],
  ([clang, llvmObjcopy, gnuObjcopy]) => {
    const folder = temporaryFolder();
    const source = join(folder, 'a.c');
    writeFileSync(source, SOURCE);
    const plain = join(folder, 'plain.o');
    execFileSync(clang, ['-g3', '-O1', '-c', source, '-o', plain]);
    const expected = openElf(readFileSync(plain));
    const debug = Array.from({ length: expected.sections.length }, (_, i) => expected.sections.name(i)).filter((name) =>
      name.startsWith('.debug_'),
    );

    it.each([
      ['zlib by LLVM', llvmObjcopy, '--compress-debug-sections=zlib'],
      ['zstd by LLVM', llvmObjcopy, '--compress-debug-sections=zstd'],
      ['zlib by GNU', gnuObjcopy, '--compress-debug-sections=zlib-gabi'],
      ['the older zlib by GNU', gnuObjcopy, '--compress-debug-sections=zlib-gnu'],
    ])('is the same as before: %s', (name, objcopy, option) => {
      const path = join(folder, 'compressed.o');
      execFileSync(objcopy, [option, plain, path]);
      const elf = openElf(readFileSync(path));
      let compressed = 0;
      for (let i = 1; i < elf.sections.length; i += 1) {
        const section = elf.sections.name(i).replace('.zdebug', '.debug');
        if (!debug.includes(section)) continue;
        const header = readCompressionHeader(elf, i);
        if (header !== undefined) compressed += 1;
        const original = Array.from({ length: expected.sections.length }, (_, k) => k).find(
          (k) => expected.sections.name(k) === section,
        );
        const content = readUncompressed(elf, i).bytes;
        expect(Buffer.compare(content, expected.sectionView(original as number).bytes), `${name} ${section}`).toBe(0);
      }
      expect(compressed).toBeGreaterThan(2);
    });

    it.each(['zlib', 'zstd'])('may be cut or changed anywhere: %s', (format) => {
      const path = join(folder, `${format}.o`);
      execFileSync(llvmObjcopy, [`--compress-debug-sections=${format}`, plain, path]);
      const bytes = readFileSync(path);
      const elf = openElf(bytes);
      for (let i = 1; i < elf.sections.length; i += 1) {
        const header = readCompressionHeader(elf, i);
        if (header === undefined) continue;
        const data = elf.sectionView(i).bytes.subarray(header.headerSize);
        const { type, size } = header;
        for (let length = 0; length < data.length; length += Math.max(1, data.length >> 6)) {
          const cut = openElf(compressedElf({ type, size, data: data.subarray(0, length) }));
          expect(() => readUncompressed(cut, 1)).toThrow(FormatError);
        }
        for (let at = 0; at < data.length; at += Math.max(1, data.length >> 7)) {
          const changed = Uint8Array.from(data).fill((data[at] as number) ^ 0x55, at, at + 1);
          try {
            expect(readUncompressed(openElf(compressedElf({ type, size, data: changed })), 1).length).toBe(size);
          } catch (error) {
            expect(error).toBeInstanceOf(FormatError);
          }
        }
      }
    });
  },
);
