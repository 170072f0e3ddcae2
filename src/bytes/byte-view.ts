// ByteView is the only door to the bytes of an input: a bounded window that knows where it lies in its file, so that
// every error names the offset that a hex dump of the file confirms.

import { FormatError } from './format-error.ts';
import type { FormatErrorCode, Location } from './format-error.ts';

/** A bounded window over bytes in memory, with its place in the file. Opening one copies nothing. */
export class ByteView {
  /** The bytes of the window, not copied. */
  readonly bytes: Uint8Array;
  /**
   * The same bytes for typed reads. Only for loops over a table whose bounds were checked as a whole; everything else
   * uses the checked readers below.
   */
  readonly data: DataView;
  /** Offset of the first byte of the window in the file that holds it. */
  readonly base: number;
  /** The file as the caller named it, then each container entry. */
  readonly path: readonly string[];

  constructor(bytes: Uint8Array, base: number, path: readonly string[]) {
    this.bytes = bytes;
    this.data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.base = base;
    this.path = path;
  }

  /** Bytes in the window. */
  get length(): number {
    return this.bytes.length;
  }

  /**
   * Narrows the window.
   *
   * @param start - First byte, from the start of this window.
   * @param length - Bytes.
   * @param what - Name of the part for the message, such as `section 3 (.text)`.
   * @throws {@link FormatError} `out-of-bounds` if the part does not lie within this window.
   */
  part(start: number, length: number, what: string): ByteView {
    this.check(start, length, what);
    return new ByteView(this.bytes.subarray(start, start + length), this.base + start, this.path);
  }

  /** Reads a byte. Offsets of this and the next readers count from the start of the window. */
  uint8(offset: number, what: string): number {
    this.check(offset, 1, what);
    return this.data.getUint8(offset);
  }

  /** Reads two bytes as an unsigned number. */
  uint16(offset: number, littleEndian: boolean, what: string): number {
    this.check(offset, 2, what);
    return this.data.getUint16(offset, littleEndian);
  }

  /** Reads four bytes as an unsigned number. */
  uint32(offset: number, littleEndian: boolean, what: string): number {
    this.check(offset, 4, what);
    return this.data.getUint32(offset, littleEndian);
  }

  /** Reads eight bytes as an unsigned number. */
  uint64(offset: number, littleEndian: boolean, what: string): bigint {
    this.check(offset, 8, what);
    return this.data.getBigUint64(offset, littleEndian);
  }

  /** The place of a byte of this window. */
  locationOf(offset: number): Location {
    return { path: this.path, offset: this.base + offset };
  }

  /** Makes an error about a byte of this window. */
  error(code: FormatErrorCode, reason: string, offset: number, options?: ErrorOptions): FormatError {
    return new FormatError(code, reason, this.locationOf(offset), options);
  }

  private check(start: number, length: number, what: string): void {
    // Without a sum, so that nothing rounds or overflows; NaN fails.
    if (start >= 0 && length >= 0 && start <= this.length && length <= this.length - start) return;
    throw this.error(
      'out-of-bounds',
      `${what} needs ${length} bytes at 0x${start.toString(16)} but ${Math.max(0, this.length - start)} remain`,
      Math.min(start, this.length),
    );
  }
}
