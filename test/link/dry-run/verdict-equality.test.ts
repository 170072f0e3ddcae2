// Generated link lines, run by the linkers themselves. For long runs: LTOSCOPE_LINK_LINES and LTOSCOPE_LINK_SEED make more
// lines and others, LTOSCOPE_LINK_FOLDER keeps the files and what the linkers said, LTOSCOPE_LINK_REPORT writes all that they said into a file,
// LTOSCOPE_LINK_DIFFERENCES what differs.

import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dryRunLine } from '../../../src/node/dry-run.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { describeWithTools } from '../../helpers/tools.ts';
import { compareAnswers, findKnown, readKnownDifferences } from './compare.ts';
import type { Comparison, Difference } from './compare.ts';
import type { LinkLine } from './line-draft.ts';
import { LINE_TOOLS, argumentsOf, describeOutcomes, makeLines, runLines, toolsFrom } from './line-runs.ts';
import type { Outcome } from './line-runs.ts';

const TIME_LIMIT_MS = 600_000;
const count = Number(process.env['LTOSCOPE_LINK_LINES'] ?? 400);
const seed = Number(process.env['LTOSCOPE_LINK_SEED'] ?? 1);

/** A difference, with what is needed to see it again. */
function describeDifference({ line, version, text }: Outcome, { by, kind, subject, message }: Difference): string {
  const said = by === 'linker' ? '' : `\nthe linker: ${text}`;
  const shown = `line ${line.id} (${line.mistakes.join(', ')}), ${by}: ${kind} ${subject}: ${message}${said}`;
  return `${shown}\n$ ld.lld-${version} ${argumentsOf(line).join(' ')}\n`;
}

function totalsOf(comparisons: readonly Comparison[]) {
  const sum = (count: (comparison: Comparison) => number) =>
    comparisons.reduce((total, comparison) => total + count(comparison), 0);
  return {
    certain: sum(({ certainCount }) => certainCount),
    equalWords: sum(({ equalWords }) => equalWords),
    possible: sum(({ possibleCount }) => possibleCount),
    possibleSaid: sum(({ possibleSaid }) => possibleSaid),
  };
}

describeWithTools('generated link lines', LINE_TOOLS, (paths) => {
  let lines: LinkLine[];
  let outcomes: Outcome[];
  let folder: string;
  beforeAll(async () => {
    const tools = toolsFrom(paths);
    const keptFolder = process.env['LTOSCOPE_LINK_FOLDER'];
    folder = keptFolder ?? temporaryFolder();
    mkdirSync(folder, { recursive: true });
    lines = await makeLines(tools, folder, { seed, count });
    outcomes = await runLines(tools, folder, lines, keptFolder && `${keptFolder}/answers.json`);
    const report = process.env['LTOSCOPE_LINK_REPORT'];
    if (report !== undefined) writeFileSync(report, describeOutcomes(outcomes));
  }, TIME_LIMIT_MS);

  const known = readKnownDifferences();
  let comparisons: (Comparison & { readonly outcome: Outcome })[] = [];
  let knownDifferences: Difference[] = [];
  let newDifferences: string[] = [];

  it(
    'the dry run says what the linker says',
    () => {
      comparisons = outcomes.map((outcome) => {
        const { line, version } = outcome;
        const argv = [`ld.lld-${version}`, ...argumentsOf(line)];
        const linker = { family: 'lld', version: String(version) } as const;
        const { verdicts, fails } = dryRunLine(argv, { linker, directory: folder });
        return { ...compareAnswers({ verdicts, links: !fails }, outcome.output), outcome };
      });
      knownDifferences = [];
      newDifferences = comparisons.flatMap(({ differences, outcome }) => {
        const fresh = differences.filter((difference) => {
          if (findKnown(known, outcome.version, difference) === undefined) return true;
          knownDifferences.push(difference);
          return false;
        });
        return fresh.map((difference) => describeDifference(outcome, difference));
      });
      const report = process.env['LTOSCOPE_LINK_DIFFERENCES'];
      if (report !== undefined) writeFileSync(report, newDifferences.join('\n'));
      expect(newDifferences).toEqual([]);
    },
    TIME_LIMIT_MS,
  );

  it('known differences are fewer than one in a hundred links', () => {
    expect(knownDifferences.length).toBeLessThan(0.01 * outcomes.length);
  });

  it('few verdicts are only possible', () => {
    const { certain, possible } = totalsOf(comparisons);
    expect(possible).toBeLessThan(0.1 * (certain + possible));
  });

  afterAll(() => {
    const { certain, equalWords, possible, possibleSaid } = totalsOf(comparisons);
    const failed = outcomes.filter(({ output }) => !output.links).length;
    console.log(
      [
        `${lines.length} lines, ${outcomes.length} links, ${failed} fail`,
        `${certain} certain verdicts, ${equalWords} of them in the linker's words`,
        `${possible} possible ones, ${possibleSaid} of them came true`,
        `${newDifferences.length} differences, ${knownDifferences.length} known ones`,
      ].join('\n'),
    );
  });

  it('two of five or more fail, with each linker', () => {
    const failed = outcomes.filter(({ output }) => !output.links);
    expect(failed.length).toBeGreaterThan(0.4 * outcomes.length);
    const failedLines = new Set(failed.map(({ line }) => line));
    expect(failedLines.size).toBeGreaterThan(0.4 * lines.length);
  });

  it('all that linkers say of them is understood', () => {
    const strange = outcomes.flatMap(({ line, version, text, output }) => {
      const errors = output.statements.filter(({ severity }) => severity === 'error');
      const isExplained = output.links || output.crashed || errors.length > 0;
      const unknown = output.statements.filter(({ kind, subject, message }) => kind === 'other' && subject === message);
      return isExplained && unknown.length === 0 ? [] : [`line ${line.id}, lld ${version}: ${text}`];
    });
    expect(strange).toEqual([]);
  });
});
