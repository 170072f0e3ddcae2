// Whatever the bytes are, only FormatError comes out, and the same bytes give the same answers wherever they lie.

import { describe, expect, it } from 'vitest';
import { ByteRange, FormatError, memorySource } from '../../src/bytes/index.ts';
import { readAddressSignificance, readLtoContent } from '../../src/elf/content/index.ts';
import { isFormatSpecific, nmLetter, openElf, readGroup } from '../../src/elf/index.ts';
import type { ElfFile } from '../../src/elf/index.ts';
import { buildSample } from './sample.ts';

/** Asks for everything, each thing for itself. What is answered goes into the transcript, and so do errors. */
function walk(open: () => ElfFile): string[] {
  const transcript: string[] = [];
  const base = { of: 0 };
  const ask = (what: string, question: () => unknown): void => {
    try {
      transcript.push(`${what}: ${JSON.stringify(question(), (_, value: unknown) => plain(value))}`);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      transcript.push(`${what}: ${error.code} at ${error.location.offset - base.of}: ${error.reason}`);
    }
  };
  let file: ElfFile | undefined;
  ask('open', () => (file = open()).header.raw);
  if (file === undefined) return transcript;
  const elf: ElfFile = file;
  base.of = elf.input.base;
  let count = 0;
  ask('sections', () => (count = elf.sections.length));
  ask('load', () => {
    elf.load(Array.from({ length: count }, (_, i) => i));
  });
  ask('lto', () => readLtoContent(elf));
  for (let i = 0; i < count; i += 1) {
    ask(`section ${i}`, () => elf.sections.at(i).raw);
    ask(`name ${i}`, () => [elf.sections.describe(i), elf.sections.name(i)]);
    ask(`view ${i}`, () => elf.sectionView(i).length);
    ask(`symbols ${i}`, () => {
      const table = elf.symbolTable(i);
      for (let k = 0; k < table.length; k += 1) {
        ask(`symbol ${i}/${k}`, () => table.at(k).raw);
        ask(`section of symbol ${i}/${k}`, () => table.sectionIndex(k));
        ask(`name of symbol ${i}/${k}`, () => table.name(k));
        ask(`letter of symbol ${i}/${k}`, () => [nmLetter(elf, table, k), isFormatSpecific(elf, table, k)]);
      }
      return table.length;
    });
    ask(`relocations ${i}`, () => {
      const table = elf.relocationTable(i);
      const entries = Array.from({ length: table.length }, (_, k) => table.at(k));
      return [entries, table.nextOutside(3, 0)];
    });
    ask(`group ${i}`, () => {
      const group = readGroup(elf, i);
      return [group.flags, group.signatureSymbol, Array.from({ length: group.length }, (_, k) => group.member(k))];
    });
    ask(`addrsig ${i}`, () => {
      const significant = readAddressSignificance(elf, i);
      const indices: number[] = [];
      while (!significant.atEnd) indices.push(significant.next());
      return indices;
    });
  }
  return transcript;
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  return value instanceof Uint8Array ? [...value] : value;
}

const FORMATS = [
  { bits: 32, littleEndian: false },
  { bits: 64, littleEndian: true },
] as const;

describe.each(FORMATS)('a file of class $bits, little endian $littleEndian', (format) => {
  const { bytes, sectionHeaderOffset } = buildSample(format);
  const intact = walk(() => openElf(bytes));

  it('may be cut at every length', () => {
    for (let length = 0; length < bytes.length; length += 1) {
      expect(walk(() => openElf(bytes.subarray(0, length))).length).toBeGreaterThan(0);
    }
  });

  it('may have every field of its headers set to 0, 1 and all ones', () => {
    const headerFields = Array.from({ length: format.bits === 64 ? 64 : 52 }, (_, i) => i);
    const sectionFields = Array.from({ length: bytes.length - sectionHeaderOffset }, (_, i) => sectionHeaderOffset + i);
    for (const offset of [...headerFields, ...sectionFields]) {
      for (const width of [1, 2, 4, 8]) {
        if (offset % width !== 0 || offset + width > bytes.length) continue;
        for (const fill of [0, 1, 0xff]) {
          const broken = bytes.slice();
          broken.fill(fill === 1 ? 0 : fill, offset, offset + width);
          if (fill === 1) broken[format.littleEndian ? offset : offset + width - 1] = 1;
          expect(walk(() => openElf(broken)).length).toBeGreaterThan(0);
        }
      }
    }
  }, 60_000);

  it('gives the same answers at an odd place in memory and as a part of a larger file', () => {
    const moved = new Uint8Array(bytes.length + 7);
    moved.set(bytes, 3);
    expect(walk(() => openElf(moved.subarray(3, 3 + bytes.length)))).toEqual(intact);
    const range = ByteRange.ofSource(memorySource(moved), ['lib.a']).part(3, bytes.length, 'member', 'a.o');
    const member = openElf(range);
    expect(member.symbolTable(7).entryOffset(1)).toBe(3 + openElf(bytes).symbolTable(7).entryOffset(1));
    expect(walk(() => member)).toEqual(intact);
    expect(walk(() => openElf(Buffer.from(bytes)))).toEqual(intact);
  });
});

it('a million symbols ask in vain for extended section numbers only once', () => {
  const data = new Uint8Array(24 * 1_000_000).fill(0xff);
  const elf = openElf(buildSample({}, { '.symtab': { data }, '.symtab_shndx': { data: new Uint8Array(8) } }).bytes);
  const table = elf.symbolTable(7);
  const errors = new Set<unknown>();
  for (let i = 0; i < 100_000; i += 1) {
    try {
      table.sectionIndex(i);
    } catch (error) {
      errors.add(error);
    }
  }
  expect(errors.size).toBe(1);
});
