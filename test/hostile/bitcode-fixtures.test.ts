// Bitcode of compilers, cut and with bits turned: every reader gives an answer or a FormatError, in bounded time. All files, all
// cuts and all bits take an hour; LTOSCOPE_EXHAUSTIVE=1 asks for them. Else a seeded sample is taken of each file.

import { describe, expect, it } from 'vitest';
import { bounded } from '../helpers/bounded.ts';
import { fixturesOfKind, readFixture } from '../helpers/fixtures.ts';
import { randomFrom } from '../helpers/object-mutator.ts';
import { readAllBitcode } from '../helpers/read-all-bitcode.ts';

const IS_EXHAUSTIVE = process.env['LTOSCOPE_EXHAUSTIVE'] === '1';
/** Of each file, unless all are asked for. */
const SAMPLES = 24;
const SMALL = 8192;
const TURNED_BYTES = 1024;

/** Numbers below a limit: all, or a seeded sample of them. */
function sampleOf(limit: number, seed: number): number[] {
  if (IS_EXHAUSTIVE) return Array.from({ length: limit }, (_, i) => i);
  const random = randomFrom(seed);
  return Array.from({ length: SAMPLES }, () => Math.floor(random() * limit));
}

const fixtures = fixturesOfKind('bitcode').filter((name) => readFixture(name).length <= SMALL);

describe('bitcode fixtures', () => {
  it('are many', () => {
    expect(fixtures.length).toBeGreaterThan(50);
  });

  it.each(fixtures)('%s may be cut anywhere', { timeout: 600_000 }, (name) => {
    const bytes = readFixture(name);
    // Another length than a multiple of four is refused when the file is opened.
    for (const words of sampleOf(bytes.length / 4, bytes.length)) {
      const cut = bytes.slice(0, words * 4);
      bounded(() => readAllBitcode(cut));
    }
    for (const extra of [1, 2, 3]) readAllBitcode(bytes.subarray(0, bytes.length - extra));
  });

  it.each(fixtures)('%s may have any bit of its first kilobyte turned', { timeout: 600_000 }, (name) => {
    const bytes = readFixture(name);
    for (const bit of sampleOf(Math.min(bytes.length, TURNED_BYTES) * 8, bytes.length + 1)) {
      const turned = bytes.slice();
      turned[bit >> 3] = (turned[bit >> 3] as number) ^ (1 << (bit & 7));
      bounded(() => readAllBitcode(turned));
    }
  });
});
