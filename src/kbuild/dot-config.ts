// `.config`, the configuration that a kernel was built with (kernel documentation, kbuild/kconfig): lines `CONFIG_X=value`
// and `# CONFIG_X is not set`. Everything else is a comment.

/** The value of an option: `y`, `m`, a number in its own spelling, or the text of a string without its quotes. */
export type ConfigValue = string;

const ASSIGNMENT = /^(CONFIG_\w+)=(.*)$/;
const UNSET = /^# (CONFIG_\w+) is not set$/;

/**
 * Reads a `.config`.
 *
 * @param text - Its content.
 * @returns The options by their full names; one that is not set has the value `n`, one that is absent has none.
 */
export function readDotConfig(text: string): ReadonlyMap<string, ConfigValue> {
  const options = new Map<string, ConfigValue>();
  for (const line of text.split(/\r?\n/)) {
    const unset = UNSET.exec(line)?.[1];
    if (unset !== undefined) options.set(unset, 'n');
    const [, name, value] = ASSIGNMENT.exec(line) ?? [];
    if (name !== undefined && value !== undefined) options.set(name, unquoted(value));
  }
  return options;
}

/** Kconfig escapes quotes and backslashes in strings, nothing else. */
function unquoted(value: string): string {
  const inner = /^"(.*)"$/.exec(value)?.[1];
  return inner === undefined ? value : inner.replace(/\\(["\\])/g, '$1');
}
