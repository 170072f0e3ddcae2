// Sections by segment: the sorted mapping finds what a pass over all sections finds, and does not look at all of them for
// each segment. What it finds on real files is compared with llvm-readelf by linked-reference.ts.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openElf, readSectionMapping, sectionsInSegment } from '../../src/elf/index.ts';
import type { ElfFile } from '../../src/elf/index.ts';
import { buildElf } from '../helpers/elf-builder.ts';
import type { SectionSpec, SegmentSpec } from '../helpers/elf-builder.ts';

function open(sections: SectionSpec[], segments: SegmentSpec[], bits: 32 | 64 = 64): ElfFile {
  return openElf(buildElf({ bits, type: 3, sections, segments, withoutNames: true }).bytes);
}

/** The sections of each segment by the mapping, and by a pass for each. */
function bothWays(elf: ElfFile): { readonly mapped: readonly number[][]; readonly passed: readonly number[][] } {
  const mapping = readSectionMapping(elf);
  const segments = Array.from({ length: elf.segments.length }, (_, i) => i);
  return {
    mapped: segments.map((i) => mapping.sectionsIn(i)),
    passed: segments.map((i) => [...sectionsInSegment(elf, i)]),
  };
}

/** Small numbers, so that parts lie in each other, and those at which sums overflow and doubles round. */
const place = fc.oneof(
  fc.bigInt({ min: 0n, max: 12n }),
  fc.bigInt({ min: 0n, max: 6n }).map((near) => 2n ** 53n + near),
  fc.bigInt({ min: 1n, max: 6n }).map((near) => 2n ** 64n - near),
);

describe('the mapping of sections to segments', () => {
  it('is that of a pass over the sections for each segment, in files of any kind', () => {
    const section = fc.record({
      type: fc.constantFrom(0, 1, 8),
      flags: fc.constantFrom(0, 2, 0x400, 0x402),
      address: place,
      offset: place,
      size: place,
    });
    const segment = fc.record({
      type: fc.constantFrom(1, 2, 6, 7, 0x6474e552),
      offset: place,
      address: place,
      fileSize: place,
      memorySize: place,
    });
    fc.assert(
      fc.property(
        fc.array(section, { maxLength: 8 }),
        fc.array(segment, { minLength: 1, maxLength: 4 }),
        (sections, segments) => {
          const { mapped, passed } = bothWays(open(sections, segments));
          expect(mapped).toEqual(passed);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('looks at no more than the sections near a segment, where there are thousands of both as in core files', () => {
    const count = 3000;
    const parts = Array.from({ length: count }, (_, i) => ({
      type: 1,
      offset: 0x1000 * (i + 1),
      address: 0x400000n + 0x2000n * BigInt(i),
    }));
    const elf = open(
      parts.map((part) => ({ ...part, flags: 2, size: 0x1000 })),
      parts.map((part) => ({ ...part, fileSize: 0x1000, memorySize: 0x1000 })),
    );
    const mapping = readSectionMapping(elf);
    const candidates = parts.map((_, i) => mapping.candidateCount(i));
    expect(Math.max(...candidates)).toBe(2);
    expect(parts.map((_, i) => mapping.sectionsIn(i))).toEqual(parts.map((_, i) => [i + 1]));
  });

  it('finds memory without bytes by its address, wherever its offset is', () => {
    const sections = [
      { type: 8, flags: 2, address: 0x2000n, offset: 0, size: 0x10 },
      { type: 8, flags: 2, address: 0x9000n, offset: 0x100, size: 0x10 },
      { type: 8, address: 0n, offset: 0, size: 0x10 },
    ];
    const { mapped, passed } = bothWays(
      open(sections, [{ type: 1, offset: 0x100, address: 0x1000n, fileSize: 0, memorySize: 0x2000 }], 32),
    );
    expect(mapped).toEqual([[1, 3]]);
    expect(passed).toEqual(mapped);
  });
});
