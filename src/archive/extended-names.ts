// The extended name table: member `//` of GNU and COFF archives, which holds the names that do not fit `ar_name`, and
// those of all members of thin archives, as paths.
//
// GNU ends an entry with the two bytes `/` and newline together, as paths contain single slashes; COFF ends it with
// NUL.

import { FormatError } from '../bytes/index.ts';
import type { ByteView, Location } from '../bytes/index.ts';
import { LONGEST_NAME } from './layout.ts';

const NEWLINE = 0x0a;
const SLASH = 0x2f;

/** The extended name table of an archive. */
export class ExtendedNames {
  private readonly table: ByteView;

  /** @param table - Data of member `//`, pad included. */
  constructor(table: ByteView) {
    this.table = table;
  }

  /**
   * Finds the name that begins at an offset. Offsets into the middle of an entry are legal.
   *
   * @param offset - Bytes from the start of the table.
   * @param referrer - Place of the reference, for errors about it.
   * @returns A window of the table, without the terminator.
   * @throws FormatError `out-of-bounds` if the offset is not below the size of the table, `truncated` if the name has
   *   no end, `bad-value` if it ends with a newline alone, `limit-exceeded` if it is longer than any path.
   */
  at(offset: number, referrer: Location): Uint8Array {
    const { bytes, length } = this.table;
    if (offset >= length) {
      throw new FormatError(
        'out-of-bounds',
        `the name is at offset ${offset} of the extended name table, which has ${length} bytes`,
        referrer,
      );
    }
    const limit = Math.min(length, offset + LONGEST_NAME + 2);
    let end = offset;
    while (end < limit && bytes[end] !== NEWLINE && bytes[end] !== 0) end += 1;
    if (end === limit) {
      throw limit === length
        ? this.table.error('truncated', `the name at offset ${offset} of the extended name table has no end`, offset)
        : this.table.error('limit-exceeded', `a member name is longer than ${LONGEST_NAME} bytes`, offset);
    }
    if (end > offset && bytes[end - 1] === SLASH) return bytes.subarray(offset, end - 1);
    if (bytes[end] === 0) return bytes.subarray(offset, end);
    // BFD takes such names of old SVR4 archivers; every LLVM refuses the archive.
    throw this.table.error(
      'bad-value',
      `the name at offset ${offset} of the extended name table ends with a newline that has no slash in front of it`,
      end,
    );
  }
}
