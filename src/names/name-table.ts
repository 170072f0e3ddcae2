// A name table: one literal is the source of values and names, the way back is derived from it.

/** Names of numbers of one field, with the way from a number to its name. */
export interface NameTable<Name extends string> {
  /** The number of each name. */
  readonly values: Readonly<Record<Name, number>>;
  /** The name of a number; `undefined` where the table has none, which is not an error. */
  nameOf(value: number): Name | undefined;
  /** The name of a number, or text that keeps the number, for people. */
  describe(value: number): string;
}

/**
 * Makes a table out of its literal. Of two names for one number the first is the one that {@link NameTable.nameOf} gives.
 * The way back is built when it is first asked for.
 */
export function defineNames<const T extends Record<string, number>>(values: T): NameTable<keyof T & string> {
  type Name = keyof T & string;
  let reverse: Map<number, Name> | undefined;
  const nameOf = (value: number): Name | undefined => {
    if (reverse === undefined) {
      reverse = new Map();
      for (const name of Object.keys(values) as Name[]) {
        const entry = values[name];
        if (entry !== undefined && !reverse.has(entry)) reverse.set(entry, name);
      }
    }
    return reverse.get(value);
  };
  return {
    values,
    nameOf,
    describe: (value) => nameOf(value) ?? `unknown (0x${value.toString(16)})`,
  };
}
