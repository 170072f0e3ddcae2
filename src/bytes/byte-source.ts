// A ByteSource stands for a file: memory, or something that is read by range. Reading is synchronous, because a linker's
// inputs are thousands of small files for which a promise each costs more than the read.

/** A file that is read by range. */
export interface ByteSource {
  /** Bytes in the file, as known when it was opened. */
  readonly size: number;
  /**
   * Reads a range.
   *
   * @param offset - First byte, from the start of the file.
   * @param length - Number of bytes; the range lies within `size`.
   * @returns Exactly `length` bytes, or fewer if the file has become shorter since it was opened. It may be a window of
   *   memory that the source keeps; do not write to it.
   */
  read(offset: number, length: number): Uint8Array;
  /**
   * Reads a range into memory of the caller, which spares thousands of small files an allocation each.
   *
   * @param offset - First byte, from the start of the file.
   * @param target - Memory to fill.
   * @returns Bytes read: `target.length`, or fewer if the file has become shorter.
   */
  readInto?(offset: number, target: Uint8Array): number;
}

/**
 * Makes bytes in memory a source. Nothing is copied: reads are windows of `bytes`, a Node `Buffer` included (whose
 * `slice` would share memory where that of a `Uint8Array` copies; windows of this source are plain `Uint8Array`s).
 *
 * @param bytes - The content of the file; later writes to it show through.
 * @throws TypeError if `bytes` is no `Uint8Array`.
 */
export function memorySource(bytes: Uint8Array): ByteSource {
  if (!(bytes instanceof Uint8Array)) throw new TypeError('memorySource takes a Uint8Array');
  const { buffer, byteOffset, byteLength } = bytes;
  return {
    size: byteLength,
    read: (offset, length) => new Uint8Array(buffer, byteOffset + offset, length),
  };
}
