// Sections that are sequences of strings, each ended by a NUL.

import { decodeName } from '../../bytes/index.ts';
import type { ByteView } from '../../bytes/index.ts';

/** Goes through the strings of a section. */
export class TerminatedStrings {
  private readonly view: ByteView;
  /** Offset of the next string, from the start of the view. */
  offset: number;

  constructor(view: ByteView, offset = 0) {
    this.view = view;
    this.offset = offset;
  }

  /** Whether all bytes were read. */
  get atEnd(): boolean {
    return this.offset >= this.view.length;
  }

  /**
   * Reads the next string as text, as {@link decodeName} makes it.
   *
   * @param what - Name of the string for the message.
   * @throws {@link FormatError} `truncated` if no NUL ends it; the reader is at its end then.
   */
  next(what: string): string {
    const { view, offset } = this;
    const { bytes } = view;
    const end = bytes.indexOf(0, offset);
    if (end === -1) {
      this.offset = view.length;
      throw view.error('truncated', `${what} is not terminated`, offset);
    }
    this.offset = end + 1;
    return decodeName(bytes, offset, end);
  }

  /** Passes over NULs, with which some writers fill up. */
  skipPadding(): void {
    const { bytes } = this.view;
    while (bytes[this.offset] === 0) this.offset += 1;
  }
}
