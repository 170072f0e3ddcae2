// Runs of real linkers on objects in memory: what they say, whether they refuse or crash. Two at a time, because a run
// takes some twenty milliseconds, most of it for the start of the process.

import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './temporary.ts';

const PARALLEL_RUNS = 2;
const TIME_LIMIT_MS = 60_000;

/** What comes out: `ld -r`, or a program. */
export type LinkOutput = 'relocatable' | 'final';

export interface LinkerAnswer {
  readonly verdict: 'accepts' | 'refuses' | 'crashes';
  /** Its errors, each without the name of the program and that of the object. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  /** All that it printed. */
  readonly text: string;
}

/** Options for a link whose only trouble is what is broken: nothing has to be defined. */
const FINAL_OPTIONS = ['-e', '0', '--unresolved-symbols=ignore-all'];

let folder: string | undefined;
let fileCount = 0;

/** Writes an object into a folder that is gone after the tests of the file. */
export function objectFile(bytes: Uint8Array): string {
  folder ??= temporaryFolder();
  const path = join(folder, `object-${fileCount}.o`);
  fileCount += 1;
  writeFileSync(path, bytes);
  return path;
}

function spawnTool(
  tool: string,
  args: readonly string[],
  folder?: string,
): Promise<{ status: number | null; signal: string | null; text: string }> {
  // A crash shall not look up names for its stack, which takes seconds.
  const env = { ...process.env, LC_ALL: 'C', LLVM_DISABLE_SYMBOLIZATION: '1', LLVM_DISABLE_CRASH_REPORT: '1' };
  return new Promise((resolve, reject) => {
    const child = spawn(tool, args, { cwd: folder, env, timeout: TIME_LIMIT_MS, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    const append = (chunk: Buffer) => {
      text += chunk.toString('utf8');
    };
    child.stdout.on('data', append);
    child.stderr.on('data', append);
    child.on('error', reject);
    child.on('close', (status, signal) => {
      resolve({ status, signal, text });
    });
  });
}

/** The lines of one kind, without the words before the message. */
function messagesOf(text: string, kind: 'error' | 'warning', path: string): string[] {
  return text.split('\n').flatMap((line) => {
    const said = new RegExp(`^[^ ]*: ${kind}: (.*)$`).exec(line)?.[1];
    if (said === undefined) return [];
    for (const end of [': ', ' ']) if (said.startsWith(path + end)) return [said.slice(path.length + end.length)];
    return [said.startsWith(`${path}:`) ? said.slice(path.length + 1) : said];
  });
}

/**
 * Links one object.
 *
 * @param linker - The path of ld.lld, or of GNU ld.
 * @param path - The object.
 * @param options - Beside those of the output.
 */
export async function linkObject(
  linker: string,
  path: string,
  output: LinkOutput,
  options: readonly string[] = [],
): Promise<LinkerAnswer> {
  const outputOptions = output === 'relocatable' ? ['-r'] : FINAL_OPTIONS;
  const out = `${path}.${output}.${fileCount}.out`;
  fileCount += 1;
  const { status, signal, text } = await spawnTool(linker, [...outputOptions, ...options, '-o', out, path]);
  const errors = messagesOf(text, 'error', path);
  const warnings = messagesOf(text, 'warning', path);
  // ld.lld ends with a signal, or tells of its own crash; GNU ld calls its own an internal error.
  const isCrash = signal !== null || (status ?? 0) > 1 || /PLEASE submit a bug report|internal error/.test(text);
  if (isCrash) return { verdict: 'crashes', errors, warnings, text };
  return { verdict: status === 0 ? 'accepts' : 'refuses', errors, warnings, text };
}

/** Runs a tool in a folder, that of the tests if none is named; its status, `null` after a signal, and all that it printed. */
export async function runTool(
  tool: string,
  args: readonly string[],
  folder?: string,
): Promise<{ status: number | null; text: string }> {
  return spawnTool(tool, args, folder);
}

/** Runs jobs, some at a time, and returns their results in the order of the jobs. */
export async function runAll<T>(jobs: readonly (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const work = async () => {
    while (next < jobs.length) {
      const index = next;
      next += 1;
      results[index] = await (jobs[index] as () => Promise<T>)();
    }
  };
  await Promise.all(Array.from({ length: PARALLEL_RUNS }, work));
  return results;
}
