// `.TARGET.cmd`, what kbuild leaves beside each file that it made (scripts/Kbuild.include, if_changed): the command line,
// so that a changed one makes the target again. Kernels up to 6.1 name the variable `cmd_TARGET`, later ones
// `savedcmd_TARGET`; with dependencies fixdep adds `source_TARGET` and `deps_TARGET`, which are read as far as the source.

/** The content of a `.cmd` file. */
export interface CmdFile {
  /** The file that was made, relative to the top of the build tree. */
  readonly target: string;
  /** The shell command line that made it, with make's escapes undone. */
  readonly command: string;
  /** The source file that fixdep names: how assembly is told from C. */
  readonly source: string | undefined;
}

const COMMAND = /^(?:saved)?cmd_(\S+)\s*:=\s*(.*)$/;
const SOURCE = /^source_\S+\s*:=\s*(\S+)/;

/**
 * Reads a `.cmd` file.
 *
 * @param text - Its content.
 * @returns `undefined` if the text holds no command.
 */
export function readCmdFile(text: string): CmdFile | undefined {
  let found: { target: string; command: string } | undefined;
  let source: string | undefined;
  // A backslash at the end of a line joins it with the next, as in any makefile.
  for (const line of text.replace(/\\\n\s*/g, ' ').split('\n')) {
    const [, target, command] = COMMAND.exec(line) ?? [];
    if (target !== undefined && command !== undefined) found ??= { target, command: unescaped(command.trim()) };
    source ??= SOURCE.exec(line)?.[1];
  }
  return found === undefined ? undefined : { ...found, source };
}

/** kbuild's `make-cmd` writes `$` as `$$` and `#` as `$(pound)`, so that make reads the line back unchanged. */
function unescaped(command: string): string {
  return command.replace(/\$\$|\$\(pound\)/g, (escape) => (escape === '$$' ? '$' : '#'));
}
