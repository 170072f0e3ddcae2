// Runs generated lines with real linkers, all in one folder that holds the files of the pool.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { runAll, runTool } from '../../helpers/linker-runs.ts';
import type { LinkLine } from './line-draft.ts';
import { readLinkerOutput } from './lld-output.ts';
import type { LinkerOutput } from './lld-output.ts';
import { Pool, PoolBuilder } from './recipes.ts';
import { generateLines } from './generator.ts';

/** Versions of LLVM: each is a linker that every line is run with, and a compiler of bitcode. */
export const VERSIONS = [14, 16, 19, 22] as const;
export type Version = (typeof VERSIONS)[number];

/** The tools that lines need, in the order that {@link toolsFrom} takes their paths in. */
export const LINE_TOOLS = [
  ...VERSIONS.map((version) => `ld.lld-${version}`),
  ...VERSIONS.map((version) => `clang-${version}`),
  'llvm-ar-22',
] as const;

export interface LineTools {
  readonly linkers: ReadonlyMap<Version, string>;
  readonly clang: ReadonlyMap<number, string>;
  readonly ar: string;
}

/** Names the paths of {@link LINE_TOOLS}. */
export function toolsFrom(paths: readonly string[]): LineTools {
  const at = (index: number) => paths[index] as string;
  return {
    linkers: new Map(VERSIONS.map((version, index) => [version, at(index)])),
    clang: new Map(VERSIONS.map((version, index) => [version, at(VERSIONS.length + index)])),
    ar: at(2 * VERSIONS.length),
  };
}

/** Every line has these: nothing is written, nothing is left unsaid, and names are those of the symbol tables. */
const ALWAYS = ['-o', '/dev/null', '--threads=1', '--error-limit=0', '--no-demangle'];

/** The arguments of a line as linkers get them. */
export function argumentsOf(line: LinkLine): string[] {
  return [...ALWAYS, ...line.args];
}

/** What a linker said of a line. */
export interface Outcome {
  readonly line: LinkLine;
  readonly version: Version;
  readonly text: string;
  readonly output: LinkerOutput;
}

/** Makes lines of a seed and their files in a folder. */
export async function makeLines(
  tools: LineTools,
  folder: string,
  { seed, count }: { seed: number; count: number },
): Promise<LinkLine[]> {
  const pool = new Pool();
  const lines = generateLines(seed, count, pool);
  const linker = tools.linkers.get(22) as string;
  const builder = new PoolBuilder(folder, pool, { clang: tools.clang, ar: tools.ar, linker });
  await builder.make(new Set(lines.flatMap(({ files }) => files)));
  return lines;
}

/** What a linker printed, as it is kept from one run to the next. */
type KeptAnswers = Record<string, { readonly text: string; readonly status: number | null }>;

/**
 * Runs each line with each linker.
 *
 * @param kept - A file that keeps answers: lines that it has are not run again.
 */
export async function runLines(
  tools: LineTools,
  folder: string,
  lines: readonly LinkLine[],
  kept?: string,
): Promise<Outcome[]> {
  const answers = kept !== undefined && existsSync(kept) ? (JSON.parse(readFileSync(kept, 'utf8')) as KeptAnswers) : {};
  const jobs = lines.flatMap((line) =>
    VERSIONS.map((version) => async (): Promise<Outcome> => {
      const args = argumentsOf(line);
      const key = `${version} ${args.join(' ')}`;
      const answer = answers[key] ?? (await runTool(tools.linkers.get(version) as string, args, folder));
      answers[key] = answer;
      return { line, version, text: answer.text, output: readLinkerOutput(answer.text, answer.status) };
    }),
  );
  const outcomes = await runAll(jobs);
  if (kept !== undefined) writeFileSync(kept, JSON.stringify(answers));
  return outcomes;
}

/** All that the linkers said of the lines, equal answers of one line together, for people. */
export function describeOutcomes(outcomes: readonly Outcome[]): string {
  const lines = new Map<LinkLine, Map<string, number[]>>();
  for (const { line, version, text, output } of outcomes) {
    const said = `${output.links ? 'links' : output.crashed ? 'crashes' : 'fails'}\n${text.replaceAll(/^\S*ld\.lld\S*: /gm, '')}`;
    const answers = lines.get(line) ?? new Map<string, number[]>();
    answers.set(said, [...(answers.get(said) ?? []), version]);
    lines.set(line, answers);
  }
  return [...lines]
    .map(([line, answers]) => {
      const said = [...answers].map(([text, versions]) => `[${versions.join(', ')}] ${text}`).join('');
      return `line ${line.id} (${line.mistakes.join(', ')})\n$ ld.lld ${line.args.join(' ')}\n${said}`;
    })
    .join('\n');
}
