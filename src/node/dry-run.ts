// The dry run over files on disk: a command line as it was typed, or as kbuild left it in a `.cmd` file.

import { readCmdFile } from '../kbuild/index.ts';
import { decodeName, decodeText } from '../bytes/index.ts';
import { dryRun, findLinkCommand, findLinkProgram, readDriverLine, readLinkCommand } from '../link/index.ts';
import type { DriverLink, DryRun, DryRunHost, InputFailure, Linker } from '../link/index.ts';
import { openFile } from './file-source.ts';

/** Options of {@link dryRunLine}. */
export interface DryRunLineOptions {
  /** Whose verdict is asked for; that of the line's program unless given. */
  readonly linker?: Linker;
  /** The folder that the line's paths count from; the current one unless given. */
  readonly directory?: string;
}

/**
 * Says what the linker would say of a command line.
 *
 * @param argv - The program, then its arguments, in the text form of `fromTypedPath`.
 */
export function dryRunLine(argv: readonly string[], { linker, directory }: DryRunLineOptions = {}): DryRun {
  const host = hostIn(directory);
  const asked = linker === undefined ? {} : { linker };
  const command = readLinkCommand(argv, { ...asked, readFile: (file) => textOf(host.readFile(file)) });
  return dryRun(command, host, asked);
}

/** A line that a user typed, as the linker gets it. */
export interface TypedLink {
  readonly argv: readonly string[];
  /** What a compiler's driver would add and this does not know; `undefined`: the line is the linker's own. */
  readonly adds: DriverLink['adds'] | undefined;
}

/**
 * Finds the linker's line in one that names the linker or a compiler's driver, with wrappers such as `ccache` before it or not.
 *
 * @param directory - The folder that the paths of response files count from; the current one unless given.
 * @returns The line, or why it is none.
 */
export function readTypedLink(argv: readonly string[], directory?: string): TypedLink | InputFailure {
  const start = findLinkProgram(argv);
  if (start === undefined) {
    return { kind: 'unreadable', reason: 'no linker that is known, and no compiler: ld.lld, ld, clang, gcc' };
  }
  const own = argv.slice(start.index);
  if (!start.isDriver) return { argv: own, adds: undefined };
  const host = hostIn(directory);
  const driver = readDriverLine(own, { readFile: (file) => textOf(host.readFile(file)) });
  if (driver.kind === 'refused') return { kind: 'unreadable', reason: `it is no link: ${driver.reason}` };
  return { argv: driver.argv, adds: driver.adds };
}

/** A link line that kbuild left, and where its paths count from. */
export interface CmdLink {
  readonly argv: readonly string[];
  readonly directory: string;
  readonly target: string;
}

/**
 * Reads the link line of a `.cmd` file.
 *
 * @returns The line, or why there is none.
 */
export function readCmdLink(file: string): CmdLink | InputFailure {
  const bytes = readFile(file);
  if (!(bytes instanceof Uint8Array)) return bytes;
  const cmd = readCmdFile(decodeText(bytes));
  const found = cmd === undefined ? undefined : findLinkCommand(cmd.command);
  if (cmd === undefined || found === undefined) {
    return { kind: 'unreadable', reason: 'no link line of kbuild stands in it' };
  }
  if (found.unexpanded.length > 0) {
    return {
      kind: 'unreadable',
      reason: `its link line holds what only a shell expands: ${found.unexpanded.join(' ')}`,
    };
  }
  const driver = found.isDriver ? readDriverLine(found.argv) : undefined;
  if (driver?.kind === 'refused') return { kind: 'unreadable', reason: `it holds no link: ${driver.reason}` };
  return { argv: driver?.argv ?? found.argv, directory: topOf(file, cmd.target), target: cmd.target };
}

function textOf(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined ? undefined : decodeName(bytes);
}

/** The top of the build tree: what is left of the path of `DIR/.TARGET.cmd` without `DIR/TARGET`. */
function topOf(file: string, target: string): string {
  const folderEnd = target.lastIndexOf('/') + 1;
  const tail = `${target.slice(0, folderEnd)}.${target.slice(folderEnd)}.cmd`;
  if (file === tail) return '.';
  return file.endsWith(`/${tail}`) ? file.slice(0, file.length - tail.length - 1) || '/' : '.';
}

function hostIn(directory: string | undefined): DryRunHost {
  const resolve = (file: string) =>
    directory === undefined || directory === '.' || file.startsWith('/') ? file : `${directory}/${file}`;
  return {
    open: (file) => openFile(resolve(file)),
    readFile: (file) => {
      const bytes = readFile(resolve(file));
      return bytes instanceof Uint8Array ? bytes : undefined;
    },
  };
}

function readFile(file: string): Uint8Array | InputFailure {
  const opened = openFile(file);
  if ('kind' in opened) return opened;
  try {
    return opened.source.read(0, opened.source.size);
  } finally {
    opened.close();
  }
}
