// Thousands of single-field changes of compiled objects: ld.lld's verdict against ours. LTOSCOPE_MUTANTS asks for more of
// them than a run of all tests can bear, LTOSCOPE_MUTATION_SEED for others, LTOSCOPE_MUTATION_REPORT names a file for all
// the differences.

import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { compileObjects } from '../../helpers/compiled-objects.ts';
import { describeWithTools, findTool } from '../../helpers/tools.ts';
import { KNOWN_DISAGREEMENTS, runMutants } from './mutation-run.ts';
import type { MutantLink, MutationTally } from './mutation-run.ts';

const DEFAULT_MUTANTS = 2000;
const VERSIONS = [14, 16, 19, 22] as const;
const LINKS: readonly MutantLink[] = VERSIONS.flatMap((version) => [
  { version, output: 'relocatable' as const },
  { version, output: 'final' as const },
]);
/** Links of each mutant in a run of all tests; the others come with the next mutants. */
const LINKS_EACH = 2;

const mutantCount = Number(process.env['LTOSCOPE_MUTANTS'] ?? DEFAULT_MUTANTS);
const seed = Number(process.env['LTOSCOPE_MUTATION_SEED'] ?? 1);
const reportPath = process.env['LTOSCOPE_MUTATION_REPORT'];
const isLong = mutantCount > DEFAULT_MUTANTS;

/** All links of a mutant if there is time, else two: `-r` and a program, of two versions. */
function linksOf(position: number): readonly MutantLink[] {
  if (isLong) return LINKS;
  return Array.from({ length: LINKS_EACH }, (_, i) => LINKS[(position * 3 + i * 5) % LINKS.length] as MutantLink);
}

const tools = ['clang-22', 'ld.lld-14', 'ld.lld-16', 'ld.lld-19', 'ld.lld-22'] as const;
describeWithTools('validate against ld.lld: mutants', tools, ([clang, ...linkers]) => {
  const linkerOf = (version: number) => linkers[VERSIONS.indexOf(version as 14)] as string;
  const gccs = ['gcc', 'aarch64-linux-gnu-gcc'].flatMap((name) => {
    const path = findTool(name);
    return path === undefined ? [] : [[name, path] as const];
  });
  const objects = compileObjects(clang, Object.fromEntries(gccs));
  const count = Math.ceil(mutantCount / objects.length);
  const tally: MutationTally = { links: 0, refused: 0, inOurWords: 0, open: 0, disagreements: [] };

  objects.forEach((object, i) => {
    it(
      `agrees on ${count} mutants of ${object.name}, but for differences that are explained`,
      { timeout: 60_000 + count * LINKS.length * 500 },
      async () => {
        const before = tally.disagreements.length;
        await runMutants(tally, object, seed * 1000 + i, count, linksOf, linkerOf);
        const unexplained = tally.disagreements.slice(before).filter(({ known }) => known === undefined);
        expect(unexplained).toEqual([]);
      },
    );
  });

  it('differs from the linker as seldom as the list of known differences says', () => {
    if (reportPath !== undefined) writeFileSync(reportPath, JSON.stringify(tally, null, 1));
    KNOWN_DISAGREEMENTS.forEach(({ about, perThousand }, index) => {
      const found = tally.disagreements.filter(({ known }) => known === index).length;
      expect(found, about).toBeLessThanOrEqual(Math.ceil((tally.links * perThousand) / 1000));
    });
  });

  it('predicts the words of most refusals', () => {
    expect(tally.inOurWords / tally.refused).toBeGreaterThan(0.75);
  });
});
