// Words of flags: single bits with names, and fields of several bits whose values have names.

/** What can put a number in words; a {@link NameTable} is one. */
export interface NumberNames {
  /** The name of a number, or text that keeps the number, for people. */
  describe(value: number): string;
}

/** A field of several bits in a word of flags. */
export interface FlagField {
  /** Its bits in the word. */
  readonly mask: number;
  /** Names of its values, at the place where they stand in the word. */
  readonly names: NumberNames;
}

/**
 * The names of what is set in a word of flags, by position from the lowest bit up. A field counts as one thing, which
 * is named unless its bits are all 0. What has no name becomes text that keeps the number.
 *
 * @param flags - The word, 32 bits.
 * @param bits - Names of the bits outside of fields.
 * @param fields - The fields; no two share a bit.
 */
export function describeFlags(flags: number, bits: NumberNames, fields: readonly FlagField[] = []): string[] {
  const names: string[] = [];
  let told = 0;
  for (let position = 0; position < 32; position += 1) {
    const bit = (1 << position) >>> 0;
    if ((flags & ~told & bit) === 0) continue;
    const field = fields.find(({ mask }) => (mask & bit) !== 0);
    names.push(field === undefined ? bits.describe(bit) : field.names.describe((flags & field.mask) >>> 0));
    told |= field === undefined ? bit : field.mask;
  }
  return names;
}
