// The symbol index of GNU archives: member `/`, or `/SYM64/` where member offsets need 64 bits. COFF archives have one
// of the same layout in front of their second linker member.
//
//   count, count offsets of member headers (all big endian, of 4 or of 8 bytes each), count names that end with NUL
//
// It is what the archiver wrote, not what the members define: it may be absent, incomplete or stale. Linkers differ in
// whether they follow it (lld from 16 on does not). Left out: `__.SYMDEF` of BSD and Darwin, AIX.

import { decodeName } from '../bytes/index.ts';
import type { ByteView } from '../bytes/index.ts';

/** The symbol index of an archive, as columns over one block. Rows keep the order of the file. */
export class ArchiveSymbolIndex {
  /** Number of entries. */
  readonly length: number;
  /** The bytes that {@link nameStart} and {@link nameEnd} count in. */
  readonly strings: ByteView;
  private readonly block: ByteView;
  private readonly wordSize: 4 | 8;
  /** Where each name begins in `strings`, and one entry more. */
  private readonly starts: Uint32Array;

  /**
   * Checks the sizes and finds the names: one pass over the bytes.
   *
   * @param block - Data of the index member.
   * @param wordSize - Bytes of the count and of an offset.
   * @throws FormatError `truncated` if there are fewer bytes or names than the count needs.
   * @internal
   */
  constructor(block: ByteView, wordSize: 4 | 8) {
    this.block = block;
    this.wordSize = wordSize;
    if (block.length < wordSize) {
      throw block.error('truncated', `the symbol index has ${block.length} bytes, too few for its count`, 0);
    }
    this.length = this.word(0);
    // A name takes at least its NUL.
    const rowsAtMost = Math.floor((block.length - wordSize) / (wordSize + 1));
    if (this.length > rowsAtMost) {
      throw block.error(
        'truncated',
        `the symbol index has ${block.length} bytes, enough for ${rowsAtMost} symbols, but counts ${this.length}`,
        0,
      );
    }
    const stringsOffset = wordSize * (1 + this.length);
    this.strings = block.part(stringsOffset, block.length - stringsOffset, 'names of the symbol index');
    this.starts = startsOfNames(this.strings, this.length);
  }

  /** Name of an entry as text that differs where the bytes differ. */
  name(entry: number): string {
    return decodeName(this.strings.bytes, this.nameStart(entry), this.nameEnd(entry));
  }

  /** First byte of an entry's name, from the start of {@link strings}. */
  nameStart(entry: number): number {
    this.check(entry);
    return this.starts[entry] as number;
  }

  /** Byte after the last one of an entry's name, its NUL, from the start of {@link strings}. */
  nameEnd(entry: number): number {
    this.check(entry);
    return (this.starts[entry + 1] as number) - 1;
  }

  /**
   * Header offset of the member that an entry names, from the start of the archive, as stored: whether a member is
   * there `ArchiveFile.memberAt` finds out.
   */
  memberOffset(entry: number): number {
    this.check(entry);
    return this.word(this.wordSize * (1 + entry));
  }

  // Above 2^53 the number is rounded, and still far behind the end of any file.
  private word(offset: number): number {
    const { data } = this.block;
    if (this.wordSize === 4) return data.getUint32(offset);
    return data.getUint32(offset) * 2 ** 32 + data.getUint32(offset + 4);
  }

  private check(entry: number): void {
    if (entry >= 0 && entry < this.length) return;
    throw new RangeError(`entry ${entry} of a symbol index of ${this.length}`);
  }
}

function startsOfNames(strings: ByteView, count: number): Uint32Array {
  const starts = new Uint32Array(count + 1);
  let start = 0;
  for (let entry = 0; entry < count; entry += 1) {
    const nul = strings.bytes.indexOf(0, start);
    if (nul === -1) {
      throw strings.error('truncated', `the name of entry ${entry} of the symbol index has no end`, start);
    }
    start = nul + 1;
    starts[entry + 1] = start;
  }
  return starts;
}
