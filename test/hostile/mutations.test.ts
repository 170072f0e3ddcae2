// The whole way from bytes to a report, over fixtures with a few bytes overwritten: seeded, so that a failure comes back.
// The readers have such tests of their own; this one looks at what is made of their answers.

import { describe, expect, it } from 'vitest';
import { audit, reportText } from '../../src/audit/index.ts';
import { FormatError, memorySource } from '../../src/bytes/index.ts';
import { isLazyMember, listSymbols, NameInterner, readFacts, walkInputs } from '../../src/link/index.ts';
import type { InputHost, LinkInput, LinkSetFailure } from '../../src/link/index.ts';
import { bounded } from '../helpers/bounded.ts';
import { fixturesOfKind, readFixture } from '../helpers/fixtures.ts';

const ROUNDS = 25;
const HEADER_BYTES = 256;

/** Numbers below a bound, the same for a seed every time (mulberry32). */
function randomOf(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound);
  };
}

/** Overwrites one to four places; headers, at either end of the file, are hit more often than the rest. */
function mutate(bytes: Uint8Array, random: (bound: number) => number): Uint8Array {
  const mutated = Uint8Array.from(bytes);
  for (let places = 1 + random(4); places > 0; places -= 1) {
    const span = Math.min(HEADER_BYTES, bytes.length);
    const region = random(3);
    const start =
      region === 0 ? random(span) : region === 1 ? bytes.length - span + random(span) : random(bytes.length);
    const value = [0, 1, 0x7f, 0x80, 0xff, random(256)][random(6)] as number;
    mutated.fill(value, start, start + ([1, 1, 2, 4, 8][random(5)] as number));
  }
  return random(4) === 0 ? mutated.subarray(0, random(bytes.length)) : mutated;
}

/** Does all that the command does with one file; nothing may be thrown. */
function auditBytes(bytes: Uint8Array): string {
  const host: InputHost = {
    open: (file) =>
      file === 'file'
        ? { identity: 'file', source: memorySource(bytes), close: () => undefined }
        : { kind: 'missing', reason: 'not on this disk' },
  };
  const names = new NameInterner();
  const inputs: LinkInput[] = [];
  const failures: LinkSetFailure[] = [];
  let order = 0;
  for (const walked of walkInputs(host, 'file')) {
    if (walked.kind === 'archive') continue;
    order += 1;
    const { path, file, memberOffset, archive } = walked;
    const place = { path, file, memberOffset, archive, order, isLazy: isLazyMember(archive, true) };
    if (walked.kind === 'failure') failures.push({ ...place, failure: walked.failure });
    else if (walked.range !== undefined) {
      const facts = readFacts(walked.range, names, walked.format);
      inputs.push({ ...place, identity: walked.identity, facts, readComdatSignatures: () => [] });
      try {
        for (const { letter } of listSymbols(walked.range)) expect(letter).toHaveLength(1);
      } catch (error) {
        if (!(error instanceof FormatError)) throw error;
      }
    }
  }
  const report = audit([{ inputs, failures, names }]);
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  return reportText(report);
}

const KINDS = ['elf', 'bitcode', 'archive', 'thin-archive'] as const;

describe.each(KINDS)('fixtures of the kind %s with bytes overwritten', (kind) => {
  it('make a report and nothing else', { timeout: 120_000 }, () => {
    for (const [number, fixture] of fixturesOfKind(kind).entries()) {
      const bytes = readFixture(fixture);
      for (let round = 0; round < ROUNDS; round += 1) {
        try {
          const mutant = mutate(bytes, randomOf(number * 65_536 + round));
          expect(bounded(() => auditBytes(mutant))).toMatch(/notes?\n$/);
        } catch (error) {
          throw new Error(`${fixture}, round ${round}`, { cause: error });
        }
      }
    }
  });
});
