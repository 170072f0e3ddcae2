// One line, run by the linker and judged by the dry run.

import { dryRunLine } from '../../../src/node/dry-run.ts';
import { runTool } from '../../helpers/linker-runs.ts';
import { compareAnswers } from './compare.ts';
import type { Difference } from './compare.ts';
import { readLinkerOutput } from './lld-output.ts';
import type { LinkerOutput } from './lld-output.ts';

/** Nothing is left unsaid, and names are those of the symbol tables. */
const ALWAYS = ['--threads=1', '--error-limit=0', '--no-demangle'];

export interface Judgement {
  /** What the linker said. */
  readonly output: LinkerOutput;
  readonly answer: ReturnType<typeof dryRunLine>;
  readonly differences: readonly Difference[];
}

/**
 * Runs a line and judges it.
 *
 * @param linker - The path of ld.lld, and its major version.
 * @param folder - Where the paths of the line count from.
 */
export async function judge(
  [path, version]: readonly [path: string, version: number],
  args: readonly string[],
  folder: string,
): Promise<Judgement> {
  const all = [...args, ...ALWAYS];
  const { text, status } = await runTool(path, all, folder);
  const output = readLinkerOutput(text, status);
  const linker = { family: 'lld', version: String(version) } as const;
  const answer = dryRunLine([path, ...all], { linker, directory: folder });
  const { differences } = compareAnswers({ verdicts: answer.verdicts, links: !answer.fails }, output);
  return { output, answer, differences };
}
