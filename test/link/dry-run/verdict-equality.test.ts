// Generated link lines, run by the linkers themselves. For long runs: LTOSCOPE_LINK_LINES and LTOSCOPE_LINK_SEED make more
// lines and others, LTOSCOPE_LINK_FOLDER keeps the files and what the linkers said, LTOSCOPE_LINK_REPORT writes all that was said into a file.

import { mkdirSync, writeFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { describeWithTools } from '../../helpers/tools.ts';
import type { LinkLine } from './line-draft.ts';
import { LINE_TOOLS, describeOutcomes, makeLines, runLines, toolsFrom } from './line-runs.ts';
import type { Outcome } from './line-runs.ts';

const TIME_LIMIT_MS = 600_000;
const count = Number(process.env['LTOSCOPE_LINK_LINES'] ?? 400);
const seed = Number(process.env['LTOSCOPE_LINK_SEED'] ?? 1);

describeWithTools('generated link lines', LINE_TOOLS, (paths) => {
  let lines: LinkLine[];
  let outcomes: Outcome[];
  beforeAll(async () => {
    const tools = toolsFrom(paths);
    const keptFolder = process.env['LTOSCOPE_LINK_FOLDER'];
    const folder = keptFolder ?? temporaryFolder();
    mkdirSync(folder, { recursive: true });
    lines = await makeLines(tools, folder, { seed, count });
    outcomes = await runLines(tools, folder, lines, keptFolder && `${keptFolder}/answers.json`);
    const report = process.env['LTOSCOPE_LINK_REPORT'];
    if (report !== undefined) writeFileSync(report, describeOutcomes(outcomes));
  }, TIME_LIMIT_MS);

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
