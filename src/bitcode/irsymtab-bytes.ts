// The two kinds of references in an irsymtab: ranges of elements in the blob, and strings in the string table.

import { decodeName } from '../bytes/index.ts';
import type { ByteView, FormatError, FormatErrorCode } from '../bytes/index.ts';

/** A range of elements, checked to lie in the blob. */
export interface Elements {
  /** Bytes from the start of the blob. */
  readonly offset: number;
  readonly count: number;
}

/** The blob of a symbol table with its strings. Offsets count from the start of the blob. */
export class IrsymtabBytes {
  private readonly blob: ByteView;
  private readonly strings: ByteView;

  constructor(blob: ByteView, strings: ByteView) {
    this.blob = blob;
    this.strings = strings;
  }

  /** Bytes in the blob. */
  get length(): number {
    return this.blob.length;
  }

  /**
   * Reads a range.
   *
   * @param field - Where it stands in the header.
   * @param size - Bytes of an element.
   * @param what - Name of the elements for the message.
   * @throws {@link FormatError} `out-of-bounds` if it does not lie in the blob.
   */
  elements(field: number, size: number, what: string): Elements {
    const offset = this.blob.uint32(field, true, what);
    const count = this.blob.uint32(field + 4, true, what);
    if (offset > this.length || count * size > this.length - offset) {
      const reason = `${count} ${what} of ${size} bytes at ${offset} of the symbol table, which has ${this.length} bytes`;
      throw this.error('out-of-bounds', reason, field);
    }
    return { offset, count };
  }

  /** Reads a string; `at` is where its reference stands. Throws `out-of-bounds` as {@link checkString}. */
  text(at: number, what: string): string {
    this.checkString(at, what);
    const offset = this.blob.data.getUint32(at, true);
    const size = this.blob.data.getUint32(at + 4, true);
    return size === 0 ? '' : decodeName(this.strings.bytes, offset, offset + size);
  }

  /** Refuses a string that leaves the string table. Without bytes it may be anywhere. */
  checkString(at: number, what: string): void {
    const offset = this.blob.data.getUint32(at, true);
    const size = this.blob.data.getUint32(at + 4, true);
    if (size === 0 || (size <= this.strings.length && offset <= this.strings.length - size)) return;
    const reason = `${what} is ${size} bytes at ${offset} of the string table, which has ${this.strings.length} bytes`;
    throw this.error('out-of-bounds', reason, at);
  }

  /** Makes an error about a byte of the blob. */
  error(code: FormatErrorCode, reason: string, offset: number): FormatError {
    return this.blob.error(code, reason, offset);
  }
}
