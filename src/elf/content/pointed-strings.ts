// Strings that entries point at, in bytes that hold nothing else, or do.

import { decodeName, endOfString } from '../../bytes/index.ts';
import type { ByteView } from '../../bytes/index.ts';
import { ReadBudget } from './read-budget.ts';

/** Reads strings out of bytes that hold them, each ended by a NUL, within a bound on all of them together. */
export class PointedStrings {
  private readonly view: ByteView;
  private readonly budget: ReadBudget;

  constructor(view: ByteView) {
    this.view = view;
    this.budget = new ReadBudget(view);
  }

  /**
   * The string at an offset, as {@link decodeName} makes it text.
   *
   * @param offset - From the start of the view.
   * @param what - Name of the string for the message.
   * @throws {@link FormatError} `out-of-bounds` if it does not start within the view, `truncated` if no NUL ends it,
   *   `limit-exceeded` if the strings read are together eight times as long as the bytes that hold them.
   */
  at(offset: number, what: string): string {
    const { view } = this;
    if (!(offset >= 0 && offset < view.length)) {
      const reason = `${what} at 0x${offset.toString(16)} is outside of the ${view.length} bytes that hold it`;
      throw view.error('out-of-bounds', reason, 0);
    }
    const end = endOfString(view.bytes, offset);
    this.budget.spend(end - offset + 1, what);
    if (end === view.length) throw view.error('truncated', `${what} is not terminated`, offset);
    return decodeName(view.bytes, offset, end);
  }
}
