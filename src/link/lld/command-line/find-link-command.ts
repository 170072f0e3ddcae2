// Where the linker is called in a shell line: in what kbuild leaves (`.cmd` files), in what `clang -###` and `gcc -v` print,
// in a line of a build's log.

import { linkerOfProgram } from './linker-of-program.ts';
import { isDriver } from './driver-options.ts';
import { splitShellLine } from './shell-line.ts';

/** A call of a linker, or of a compiler that may call one. */
export interface FoundLinkCommand {
  /** The program and its arguments. */
  readonly argv: readonly string[];
  /** Arguments that the shell would have expanded, and that are not what the linker got. */
  readonly unexpanded: readonly string[];
  /** Whether the program is a compiler's driver, whose line `readDriverLine` reads. */
  readonly isDriver: boolean;
}

/** Programs that run the one that follows. */
const WRAPPERS = new Set(['env', 'exec', 'time', 'nice', 'ccache', 'sccache', 'distcc', 'command', 'nohup']);

/**
 * Finds the first call of a linker in a shell line, else the first of a compiler's driver.
 *
 * Cost: linear in the text.
 */
export function findLinkCommand(text: string): FoundLinkCommand | undefined {
  let driver: FoundLinkCommand | undefined;
  for (const { words, unexpanded } of splitShellLine(text)) {
    const found = findLinkProgram(words);
    if (found === undefined) continue;
    const argv = words.slice(found.index);
    if (!found.isDriver) return { argv, unexpanded, isDriver: false };
    driver ??= { argv, unexpanded, isDriver: true };
  }
  return driver;
}

/**
 * Finds the linker or the compiler's driver that the words of one command call, behind wrappers and assignments.
 *
 * @returns Its position among the words; `undefined` if another program is called.
 */
export function findLinkProgram(
  words: readonly string[],
): { readonly index: number; readonly isDriver: boolean } | undefined {
  const index = words.findIndex((word, at) => {
    const isAssignment = at > 0 && /^[A-Za-z_][A-Za-z0-9_]*=/.test(word);
    return !WRAPPERS.has(word) && !isAssignment;
  });
  const program = words[index];
  if (program === undefined) return undefined;
  if (linkerOfProgram(program) !== undefined) return { index, isDriver: false };
  return isDriver(program) ? { index, isDriver: true } : undefined;
}
