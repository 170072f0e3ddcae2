// Every reader of ltoscope/elf and ltoscope/elf/content over objects and a library with a few bytes overwritten, seeded.
// LTOSCOPE_READER_MUTANTS sets how many mutants of each file are tried, LTOSCOPE_READER_FILE a file to take besides.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildLinked } from '../elf/linked-sample.ts';
import { fixturesOfKind, readFixture } from '../helpers/fixtures.ts';
import { readAll } from '../helpers/read-all.ts';

const MUTANTS = Number(process.env['LTOSCOPE_READER_MUTANTS'] ?? '20');
const BESIDES = process.env['LTOSCOPE_READER_FILE'];

/** Numbers below a bound, the same for a seed every time. */
function randomOf(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

/** Overwrites one to four places by what breaks fields: 0, 1, all ones, a sign bit, a few bits. */
function mutate(bytes: Uint8Array, random: (bound: number) => number): Uint8Array {
  const mutated = Uint8Array.from(bytes);
  for (let places = 1 + random(4); places > 0; places -= 1) {
    const start = random(2) === 0 ? random(bytes.length) : bytes.length - 1 - random(Math.min(bytes.length, 1_500));
    const value = [0, 1, 0x7f, 0x80, 0xff, random(256)][random(6)] ?? 0;
    mutated.fill(value, start, start + ([1, 1, 2, 4, 8][random(5)] ?? 1));
  }
  return mutated;
}

const files: readonly (readonly [string, () => Uint8Array])[] = [
  ...fixturesOfKind('elf').map((name) => [name, () => readFixture(name)] as const),
  ...([32, 64] as const).flatMap((bits) =>
    [true, false].map(
      (littleEndian) =>
        [
          `a library, class ${bits}, little endian ${littleEndian}`,
          () => buildLinked({ bits, littleEndian }).bytes,
        ] as const,
    ),
  ),
  ...(BESIDES === undefined ? [] : [[BESIDES, () => new Uint8Array(readFileSync(BESIDES))] as const]),
];

describe('mutants give answers or a FormatError', () => {
  it.each(files)(
    'of %s',
    (_, read) => {
      const bytes = read();
      expect(readAll(bytes)).toBeGreaterThan(0);
      const random = randomOf(bytes.length);
      for (let mutant = 0; mutant < MUTANTS; mutant += 1) readAll(mutate(bytes, random));
    },
    600_000,
  );
});
