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
    const first = words.findIndex((word, index) => {
      const isAssignment = index > 0 && /^[A-Za-z_][A-Za-z0-9_]*=/.test(word);
      return !WRAPPERS.has(word) && !isAssignment;
    });
    const program = words[first];
    if (program === undefined) continue;
    const argv = words.slice(first);
    if (linkerOfProgram(program) !== undefined) return { argv, unexpanded, isDriver: false };
    if (isDriver(program)) driver ??= { argv, unexpanded, isDriver: true };
  }
  return driver;
}
