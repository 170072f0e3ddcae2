// Reference tools that differential tests compare with. Without a tool its tests are skipped, and their titles say so;
// with LTOSCOPE_REQUIRE_TOOLS=1 they fail instead.

import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, it } from 'vitest';

const TIME_LIMIT_MS = 60_000;
const OUTPUT_LIMIT_BYTES = 2 ** 28;

export interface ToolResult {
  /** Exit status; `null` if a signal ended the tool. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Working directory; that of the tests if absent. */
  readonly cwd?: string;
}

/**
 * Runs a tool and waits for it, a minute at most. A status other than 0 is an answer, not an error.
 *
 * @throws Error if the tool cannot be started or does not end in time.
 */
export function run(tool: string, args: readonly string[], options: RunOptions = {}): ToolResult {
  const { status, stdout, stderr, error } = spawnSync(tool, args, {
    ...options,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
    maxBuffer: OUTPUT_LIMIT_BYTES,
    timeout: TIME_LIMIT_MS,
  });
  if (error) throw error;
  return { status, stdout, stderr };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function findOnPath(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function majorVersionOf(path: string): number | undefined {
  const { stdout } = run(path, ['--version']);
  const text = /\b(?:version|LLD) (\d+)\./.exec(stdout)?.[1];
  return text === undefined ? undefined : Number(text);
}

/**
 * Finds a tool on PATH.
 *
 * @param version - Major version of an LLVM tool: `name-version` as Debian calls it, else `name` if that is its version.
 * @returns The path of the tool; `undefined` where there is none.
 */
export function findTool(name: string, version?: number): string | undefined {
  if (version === undefined) return findOnPath(name);
  const suffixed = findOnPath(`${name}-${version}`);
  if (suffixed !== undefined) return suffixed;
  const plain = findOnPath(name);
  return plain !== undefined && majorVersionOf(plain) === version ? plain : undefined;
}

/** Finds a tool by a name that may end in its version, such as `llvm-nm-22`. */
function findNamedTool(fullName: string): string | undefined {
  const [, name, version] = /^(.+)-(\d+)$/.exec(fullName) ?? [];
  return name === undefined ? findTool(fullName) : findTool(name, Number(version));
}

/**
 * A group of tests that need reference tools.
 *
 * @param tools - Their names, with the version where it matters: `llvm-nm-22`, `readelf`.
 * @param define - Defines the tests; it gets the paths of the tools in the order of `tools`.
 */
export function describeWithTools<const Tools extends readonly string[]>(
  name: string,
  tools: Tools,
  define: (paths: { readonly [Index in keyof Tools]: string }) => void,
): void {
  const paths = tools.map(findNamedTool);
  const missing = tools.filter((_, index) => paths[index] === undefined);
  describe(name, () => {
    if (missing.length === 0) {
      define(paths as { readonly [Index in keyof Tools]: string });
      return;
    }
    const title = `needs ${missing.join(', ')}`;
    if (process.env['LTOSCOPE_REQUIRE_TOOLS'] !== '1') {
      it.skip(`${title}, which this machine does not have`);
      return;
    }
    it(title, () => {
      throw new Error(`LTOSCOPE_REQUIRE_TOOLS is set, and ${missing.join(', ')} cannot be found on PATH`);
    });
  });
}
