// Runs the command as people do: the bundle that tsup.config.ts describes, in a process of its own, with a time limit.
// Whatever it is given, the command prints no stack trace and does not fail from within; so every run here is checked.

import { spawn } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'tsup';
import type { Options } from 'tsup';
import type { AuditReport } from '../../src/audit/index.ts';
import type { ListedSymbol } from '../../src/link/index.ts';
import { temporaryFolder } from './temporary.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TIME_LIMIT_MS = 20_000;
const INTERNAL_ERROR = 70;
const STACK_FRAME = /^ {4}at .*[:(]\d+/m;

export interface CommandResult {
  /** Exit status; `null` if a signal ended the command. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly milliseconds: number;
}

export interface CommandOptions {
  /** Working directory; that of the tests if absent. */
  readonly cwd?: string;
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Closes the reader's end of standard output after so many bytes; 0 closes it at once. */
  readonly closeAfter?: number;
  readonly timeLimitMs?: number;
}

/** What `identify --json` tells of one file or member; see schema/identify.json. */
export interface IdentifyLine {
  readonly path: readonly string[];
  readonly file: string;
  readonly memberOffset?: number;
  readonly format: string;
  readonly size: number;
  readonly lto?: string;
  readonly machine?: string;
  readonly bits?: number;
  readonly endian?: string;
  readonly type?: string;
  readonly producer?: string;
  readonly triple?: string;
  readonly wrapped?: boolean;
}

/** What `members --json` tells of one member; see schema/members.json. */
export interface MembersLine {
  readonly path: readonly string[];
  readonly file: string;
  readonly memberOffset: number;
  readonly name: string;
  readonly format: string;
  readonly size: number;
  readonly external: boolean;
  readonly mode?: number;
  readonly indexed?: readonly string[];
}

/** What `symbols --json` tells of one symbol; see schema/symbols.json. */
export interface SymbolsLine extends ListedSymbol {
  readonly path: readonly string[];
  readonly file: string;
  readonly memberOffset?: number;
}

let bundle: Promise<string> | undefined;

/** The path of the command, bundled once for the tests of one file. */
function commandPath(): Promise<string> {
  return (bundle ??= buildCommand());
}

async function buildCommand(): Promise<string> {
  const folder = temporaryFolder();
  // The configuration is no part of the TypeScript project, so its type is told here.
  const configuration = (await import(join(ROOT, 'tsup.config.ts'))) as { default: readonly Options[] };
  const command = configuration.default.find(({ name }) => name === 'command');
  if (command === undefined) throw new Error('tsup.config.ts does not tell how to bundle the command');
  const outDir = join(folder, 'dist');
  await build({ ...command, config: false, outDir, silent: true });
  // The command looks for the pages of the rules beside its folder, as the package has them.
  symlinkSync(join(ROOT, 'docs'), join(folder, 'docs'));
  const file = (await readdir(outDir)).find((name) => /^cli\.[cm]?js$/.test(name));
  if (file === undefined) throw new Error(`no command was bundled into ${outDir}`);
  return join(outDir, file);
}

/** Runs `ltoscope` with arguments. */
export async function ltoscope(args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  return runChecked(process.execPath, [await commandPath(), ...args], options);
}

/**
 * Runs a script of the shell in which `ltoscope` is the command: for pipes, for arguments that are no text, and for
 * resources that only the shell limits. `$1` and so on are `args`.
 */
export async function ltoscopeInShell(
  script: string,
  args: readonly string[] = [],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const prelude = 'ltoscope() { "$NODE" "$LTOSCOPE" "$@"; }';
  const env = { ...options.env, NODE: process.execPath, LTOSCOPE: await commandPath() };
  return runChecked('sh', ['-c', `${prelude}\n${script}`, 'sh', ...args], { ...options, env });
}

async function runChecked(program: string, args: readonly string[], options: CommandOptions): Promise<CommandResult> {
  const result = await runChild(program, args, options);
  const said = `${result.stdout}\n${result.stderr}`;
  if (result.status === INTERNAL_ERROR || STACK_FRAME.test(said) || /internal error/i.test(result.stderr)) {
    throw new Error(`ltoscope failed from within (status ${result.status}):\n${result.stderr.slice(0, 4000)}`);
  }
  return result;
}

function runChild(program: string, args: readonly string[], options: CommandOptions): Promise<CommandResult> {
  const { cwd, env, closeAfter = Infinity, timeLimitMs = TIME_LIMIT_MS } = options;
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1', LC_ALL: 'C', ...env },
      ...(cwd === undefined ? {} : { cwd }),
      // A process group of its own, so that the time limit ends what a shell has started too.
      detached: true,
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let received = 0;
    let isLate = false;
    const limit = setTimeout(() => {
      isLate = true;
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    }, timeLimitMs);
    if (closeAfter === 0) child.stdout.destroy();
    child.stdout.on('data', (chunk: Buffer) => {
      stdout.push(chunk);
      received += chunk.length;
      if (received >= closeAfter) child.stdout.destroy();
    });
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', reject);
    child.on('close', (status) => {
      clearTimeout(limit);
      if (isLate) {
        reject(new Error(`${[program, ...args].join(' ')} did not end within ${timeLimitMs} ms`));
        return;
      }
      resolve({
        status,
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8'),
        milliseconds: performance.now() - start,
      });
    });
  });
}

/** Runs `ltoscope audit --json` and reads its report. */
export async function auditJson(
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult & { readonly report: AuditReport }> {
  const result = await ltoscope(['audit', '--json', ...args], options);
  return { ...result, report: JSON.parse(result.stdout) as AuditReport };
}

/** Reads the lines of a listing. */
export function jsonLines<Line>(stdout: string): Line[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
}
