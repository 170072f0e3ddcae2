// Strings that entries point at, in bytes that hold nothing else, or do.

import { decodeName, endOfString } from '../../bytes/index.ts';
import type { ByteView } from '../../bytes/index.ts';
import { ReadBudget } from './read-budget.ts';

/** Reads strings out of bytes that hold them, each ended by a NUL, within a bound on all of them together. */
export class PointedStrings {
  private readonly view: ByteView;
  private readonly budget: ReadBudget;

  /** @param budget - Bounds these strings and what else is read of their file; without it, these alone. */
  constructor(view: ByteView, budget = new ReadBudget(view)) {
    this.view = view;
    this.budget = budget;
  }

  /**
   * The string at an offset, as {@link decodeName} makes it text.
   *
   * @param offset - From the start of the view.
   * @param what - Name of the string for the message.
   * @throws {@link FormatError} `out-of-bounds` if it does not start within the view, `truncated` if no NUL ends it,
   *   `limit-exceeded` if the strings read are together eight times as long as the bytes that the budget is for.
   */
  at(offset: number, what: string): string {
    const { view, budget } = this;
    // To look for the end of a string costs time as well.
    budget.spend(0, what);
    if (!(offset >= 0 && offset < view.length)) {
      const reason = `${what} at 0x${offset.toString(16)} is outside of the ${view.length} bytes that hold it`;
      throw view.error('out-of-bounds', reason, 0);
    }
    const end = endOfString(view.bytes, offset);
    budget.spend(end - offset + 1, what);
    if (end === view.length) throw view.error('truncated', `${what} is not terminated`, offset);
    return decodeName(view.bytes, offset, end);
  }
}
