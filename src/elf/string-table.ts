// String tables: gABI "String Table". Names are runs of bytes up to a NUL; tables may share tails. A table is read when
// its first name is asked for; a damaged one costs names and nothing else.

import { decodeName, endOfString } from '../bytes/index.ts';
import type { ByteView } from '../bytes/index.ts';
import { LazyPart } from './lazy-part.ts';

/** A string table that is read at the first use of a name. */
export class ElfStringTable {
  private readonly part: LazyPart<ByteView>;

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

  /** The name at `offset`, which lies within the table, as text. */
  text(offset: number): string {
    const { bytes } = this.view;
    return decodeName(bytes, offset, endOfString(bytes, offset));
  }

  /** Whether there is a name at `offset` and it starts with these ASCII characters. */
  startsWith(offset: number, prefix: string): boolean {
    if (!this.has(offset)) return false;
    const { bytes } = this.view;
    for (let i = 0; i < prefix.length; i += 1) if (bytes[offset + i] !== prefix.charCodeAt(i)) return false;
    return true;
  }
}
