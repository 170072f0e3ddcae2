// String tables: gABI "String Table". Names are runs of bytes up to a NUL; tables may share tails. A table is read when
// its first name is asked for; a damaged one costs names and nothing else.

import { asciiText, decodeName, endOfString } from '../bytes/index.ts';
import type { ByteView } from '../bytes/index.ts';
import { LazyPart } from './lazy-part.ts';

/** The table becomes one text when names of a total length of one part in so many were decoded. */
const WHOLE_SHARE = 64;

/** A string table that is read at the first use of a name. */
export class ElfStringTable {
  private readonly part: LazyPart<ByteView>;
  /** Bytes of names that were decoded one by one. */
  private decoded = 0;
  /** The whole table as text, `undefined` as long as it is not worth it, and for good where it is not plain ASCII. */
  private wholeText: string | undefined;

  /** @param read - Reads and checks the section: it ends with a NUL. */
  constructor(read: () => ByteView) {
    this.part = new LazyPart(read);
  }

  /**
   * The bytes of the table; the last one is NUL.
   *
   * @throws {@link FormatError} if the table is damaged, the same error each time.
   */
  get view(): ByteView {
    return this.part.value;
  }

  /** Whether a name starts at `offset`: the table is sound and long enough. Never throws because of the input. */
  has(offset: number): boolean {
    return this.part.isSound && offset < this.part.value.length;
  }

  /** The name at `offset`, which lies within the table, as text. It may share the memory of other names of the table. */
  text(offset: number): string {
    const { bytes } = this.view;
    // The table ends with a NUL.
    if (this.wholeText !== undefined) return this.wholeText.slice(offset, this.wholeText.indexOf('\0', offset));
    const end = endOfString(bytes, offset);
    // Who asks for many names asks for most, and cutting them out of one text costs a fraction of decoding each. Decided
    // once: the sum passes the mark with one name.
    const before = this.decoded;
    this.decoded += end - offset;
    const mark = bytes.length / WHOLE_SHARE;
    if (before <= mark && this.decoded > mark) this.wholeText = asciiText(bytes);
    return decodeName(bytes, offset, end);
  }

  /** The name at `offset`, which lies within the table, up to a number of bytes; what is behind them is not looked at. */
  head(offset: number, maxBytes: number): string {
    const { bytes } = this.view;
    const end = Math.min(bytes.length, offset + maxBytes + 1);
    const nul = bytes.subarray(offset, end).indexOf(0);
    return nul === -1 ? `${decodeName(bytes, offset, end - 1)}…` : decodeName(bytes, offset, offset + nul);
  }

  /** Whether there is a name at `offset` and it starts with these ASCII characters. */
  startsWith(offset: number, prefix: string): boolean {
    if (!this.has(offset)) return false;
    const { bytes } = this.view;
    for (let i = 0; i < prefix.length; i += 1) if (bytes[offset + i] !== prefix.charCodeAt(i)) return false;
    return true;
  }

  /** Whether there is a name at `offset` and it is this one. Makes no string. */
  equals(offset: number, name: Uint8Array): boolean {
    if (!this.has(offset)) return false;
    const { bytes } = this.view;
    // The NUL behind the name is in the table, because its last byte is one.
    for (let i = 0; i < name.length; i += 1) if (bytes[offset + i] !== name[i]) return false;
    return bytes[offset + name.length] === 0;
  }
}
