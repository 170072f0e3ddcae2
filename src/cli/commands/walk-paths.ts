// What all listings do: walk over everything behind the paths, and tell what could not be read.

import { printable } from '../../bytes/index.ts';
import { linkerName, walkInputs } from '../../link/index.ts';
import type { Walked, WalkedFailure } from '../../link/index.ts';
import { fileHost, findInputs } from '../../node/index.ts';
import { exitCodeOfListing } from '../exit-code.ts';
import { warn } from '../output.ts';

// What one input is read into: used again for the next.
const SCRATCH_BYTES = 2 << 20;

/**
 * Calls back for everything that the paths lead to, failures inside archives included; those are told on standard error
 * as well.
 *
 * @param visit - Takes also the directory argument that it was found in, if it was. Returns what is wrong with it, where
 *   something is; each is told, and makes the exit status 1.
 * @returns The exit status.
 */
export function walkPaths(
  paths: readonly string[],
  visit: (walked: Walked, foundIn: string | undefined) => readonly string[],
): number {
  const { files, unreadable } = findInputs(paths);
  for (const { path, reason } of unreadable) warn(`${printable(path)}: ${reason}`);
  const scratch = new Uint8Array(SCRATCH_BYTES);
  let problems = 0;
  let unreadablePaths = unreadable.length;
  for (const { file, foundIn } of files) {
    for (const walked of walkInputs(fileHost, file, { scratch })) {
      const reasons = [...(walked.kind === 'failure' ? [failureText(walked)] : []), ...visit(walked, foundIn)];
      for (const reason of reasons) warn(`${printable(linkerName(walked.path))}: ${printable(reason)}`);
      const isArgument = walked.archive === undefined && foundIn === undefined;
      if (walked.kind === 'failure' && isArgument && walked.failure.kind !== 'malformed') unreadablePaths += 1;
      else problems += reasons.length;
    }
  }
  return exitCodeOfListing(problems, unreadablePaths);
}

function failureText({ failure, file, path }: WalkedFailure): string {
  const at = failure.offset === undefined ? '' : ` (at 0x${failure.offset.toString(16)} of ${file})`;
  return path.length > 1 && failure.kind !== 'malformed' ? `${file}: ${failure.reason}` : `${failure.reason}${at}`;
}
