// Whatever the bytes of a linked file are, only FormatError comes out, in no time, and the same bytes give the same answers
// wherever they lie.

import { describe, expect, it } from 'vitest';
import { ByteRange, FormatError, memorySource } from '../../src/bytes/index.ts';
import {
  dynamicRelocations,
  openElf,
  readAtAddress,
  readDynamicRelativeRelocations,
  readDynamicRelocations,
  readDynamicSymbols,
  readDynamicTable,
  readGnuHashTable,
  readHashTable,
  readInterpreter,
  readSegment,
  sectionsInSegment,
  versionDefinitions,
  versionNeeds,
} from '../../src/elf/index.ts';
import type { ElfFile } from '../../src/elf/index.ts';
import { buildLinked, LINKED } from './linked-sample.ts';

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** Asks for everything, each thing for itself. What is answered goes into the transcript, and so do errors. */
function walk(open: () => ElfFile): string[] {
  const transcript: string[] = [];
  let base = 0;
  const ask = (what: string, question: () => unknown): void => {
    try {
      transcript.push(`${what}: ${JSON.stringify(question(), (_, value: unknown) => plain(value))}`);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      transcript.push(`${what}: ${error.code} at ${error.location.offset - base}: ${error.reason}`);
    }
  };
  let file: ElfFile | undefined;
  ask('open', () => (file = open()).header.type);
  if (file === undefined) return transcript;
  const elf: ElfFile = file;
  base = elf.input.base;
  ask('segments', () => upTo(elf.segments.length).map((i) => elf.segments.rawAt(i)));
  ask('interpreter', () => readInterpreter(elf));
  ask('first segment', () => {
    if (elf.segments.length === 0) return undefined;
    return [readSegment(elf, 0).length, [...sectionsInSegment(elf, 0)]];
  });
  ask('address', () => readAtAddress(elf, 0x10010n, 8, 'a part').bytes);
  ask('dynamic', () => {
    const table = readDynamicTable(elf);
    if (table === undefined) return undefined;
    ask('needed', () => [...table.neededLibraries(), table.soname]);
    for (const relocations of dynamicRelocations(elf, table)) {
      ask('relocations', () => {
        const entries = readDynamicRelocations(elf, relocations);
        return upTo(Math.min(entries.length, 100)).map((i) => entries.at(i));
      });
      ask('relative relocations', () => readDynamicRelativeRelocations(elf, relocations).length);
    }
    return upTo(table.length).map((i) => [table.tag(i), table.value(i)]);
  });
  ask('definitions', () => Array.from(versionDefinitions(elf), ({ name, parents, hash }) => [name, parents, hash]));
  ask('needs', () => Array.from(versionNeeds(elf), ({ file: from, versions }) => [from, versions.map((v) => v.name)]));
  ask('symbols', () => {
    const symbols = readDynamicSymbols(elf);
    if (symbols === undefined) return undefined;
    for (const i of upTo(Math.min(symbols.table.length, 20))) {
      ask(`symbol ${i}`, () => symbols.fullName(i));
      ask(`version of symbol ${i}`, () => symbols.version(i));
    }
    for (const read of [readHashTable, readGnuHashTable]) {
      ask('lookup', () => ['foo', 'none'].map((name) => [...(read(elf)?.matches(name, symbols.table) ?? [])]));
    }
    return [symbols.table.length, symbols.table.localCount, [...symbols.exported()], [...symbols.imported()]];
  });
  ask('hash', () => readHashTable(elf)?.histogram());
  ask('GNU hash', () => [readGnuHashTable(elf)?.histogram(), readGnuHashTable(elf)?.symbolCount()]);
  return transcript;
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  return value instanceof Uint8Array ? [...value] : value;
}

describe.each([
  { bits: 32, littleEndian: false, hasSections: true },
  { bits: 64, littleEndian: true, hasSections: true },
  { bits: 64, littleEndian: false, hasSections: false },
] as const)('a library of class $bits, little endian $littleEndian, with sections $hasSections', (format) => {
  const spec = format.hasSections ? {} : { header: { e_shoff: 0n, e_shnum: 0, e_shstrndx: 0 } };
  const { bits, littleEndian } = format;
  const built = buildLinked({ bits, littleEndian }, { spec });
  const { bytes } = built;
  const intact = walk(() => openElf(bytes));

  it('is sound before it is broken', () => {
    expect(intact.filter((line) => /: (?:bad|out|trunc|limit)/.test(line))).toEqual([]);
  });

  it('may be cut at every length', () => {
    // One of them at each, the others here and there.
    const step = bits === 64 && littleEndian ? 1 : 5;
    for (let length = 0; length < bytes.length; length += step) {
      expect(walk(() => openElf(bytes.subarray(0, length))).length).toBeGreaterThan(0);
    }
  });

  it('may have every word of its tables and headers set to 0, 1 and all ones', () => {
    const start = built.dataOffset(LINKED.hash);
    const parts: [number, number][] = [
      [0, bits === 64 ? 64 : 52],
      [start, built.sectionHeaderOffset],
      [built.segmentHeaderOffset, bytes.length],
    ];
    for (const [from, to] of parts) {
      for (let offset = from; offset < to; offset += 2) {
        for (const width of from === 0 ? [2, 4] : bits === 64 ? [4, 8] : [4]) {
          if (offset % width !== 0 || offset + width > bytes.length) continue;
          for (const fill of [0, 1, 0xff]) {
            const broken = bytes.slice();
            broken.fill(fill === 1 ? 0 : fill, offset, offset + width);
            if (fill === 1) broken[littleEndian ? offset : offset + width - 1] = 1;
            expect(walk(() => openElf(broken)).length).toBeGreaterThan(0);
          }
        }
      }
    }
  }, 60_000);

  it('gives the same answers at an odd place in memory and as a part of a larger file', () => {
    const moved = new Uint8Array(bytes.length + 7);
    moved.set(bytes, 3);
    expect(walk(() => openElf(moved.subarray(3, 3 + bytes.length)))).toEqual(intact);
    const range = ByteRange.ofSource(memorySource(moved), ['lib.a']).part(3, bytes.length, 'member', 'a.so');
    expect(walk(() => openElf(range))).toEqual(intact);
  });
});
