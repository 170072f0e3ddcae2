// A bound on the names of one input. Names may share the bytes of a string table, as tails of each other; a hostile file
// can make a million names of one long run of bytes, whose hashing would take the square of its size.

import type { ByteView } from './byte-view.ts';

// Linkers merge tails, which makes the names together longer than their table, never many times as long.
const SHARING_MAX = 16;
const SMALL_TABLE = 1 << 20;

/** Counts the bytes of the names that are taken out of one string table. */
export class NameBudget {
  private readonly strings: ByteView;
  private left: number;

  constructor(strings: ByteView) {
    this.strings = strings;
    this.left = strings.length * SHARING_MAX + SMALL_TABLE;
  }

  /** Whether nothing is left. */
  get isSpent(): boolean {
    return this.left < 0;
  }

  /**
   * Counts a name.
   *
   * @throws {@link FormatError} `limit-exceeded` if the names together are 16 times as long as their table.
   */
  spend(length: number): void {
    this.left -= length;
    if (this.left >= 0) return;
    const reason = `the names in this string table of ${this.strings.length} bytes overlap so much that they are not read`;
    throw this.strings.error('limit-exceeded', reason, 0);
  }
}
