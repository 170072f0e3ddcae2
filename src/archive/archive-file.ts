// ar archives of every dialect. Which bytes make them is the matter of unix-archive.ts (GNU, BSD, Darwin, COFF, thin ones) and
// aix-archive.ts; here is what they are to their users.

import { ByteRange, decodeName } from '../bytes/index.ts';
import type { ByteInput } from '../bytes/index.ts';
import { AixArchive } from './aix-archive.ts';
import { AIX_BIG, AIX_SMALL } from './aix-layout.ts';
import { ArchiveContext } from './archive-reader.ts';
import type { ArchiveDialect, ArchiveOptions, ArchiveReader } from './archive-reader.ts';
import { MAGICS, MAGIC_LENGTH } from './layout.ts';
import type { ArchiveMember } from './member.ts';
import type { ArchiveSymbolIndex } from './symbol-index.ts';
import { UnixArchive } from './unix-archive.ts';

/**
 * Tells by the magic whether bytes are an archive, of whatever dialect.
 *
 * @param bytes - The start of a file; 8 bytes are looked at.
 */
export function isArchiveMagic(bytes: Uint8Array): 'archive' | 'thin-archive' | undefined {
  switch (magicOf(bytes)) {
    case MAGICS.thin:
      return 'thin-archive';
    case MAGICS.regular:
    case MAGICS.aixBig:
    case MAGICS.aixSmall:
      return 'archive';
    default:
      return undefined;
  }
}

function magicOf(bytes: Uint8Array): string {
  return decodeName(bytes, 0, Math.min(MAGIC_LENGTH, bytes.length));
}

/**
 * Opens an archive; reads its magic only, of those of AIX the file header. A file of the magic alone is a valid, empty
 * archive.
 *
 * @param input - The archive, from its magic to its end. It may be a member of another one.
 * @throws FormatError `bad-magic` if it is no archive; of AIX `truncated` if the file header is cut off, `bad-value` if an
 *   offset in it is no number.
 * @throws TypeError if `input` is nothing that can be read.
 * @example
 * for (const member of openArchive(bytes).members()) console.log(member.name, member.size);
 */
export function openArchive(input: ByteInput, options: ArchiveOptions = {}): ArchiveFile {
  const range = ByteRange.from(input);
  const context = new ArchiveContext(range, options);
  switch (magicOf(range.view(0, Math.min(MAGIC_LENGTH, range.length), 'archive magic').bytes)) {
    case MAGICS.regular:
      return new ArchiveFile(range, false, new UnixArchive(context, false));
    case MAGICS.thin:
      return new ArchiveFile(range, true, new UnixArchive(context, true));
    case MAGICS.aixBig:
      return new ArchiveFile(range, false, new AixArchive(context, 'aix-big', AIX_BIG));
    case MAGICS.aixSmall:
      return new ArchiveFile(range, false, new AixArchive(context, 'aix-small', AIX_SMALL));
    default:
      throw range.error('bad-magic', "expected an archive, which begins with '!<arch>' or '!<thin>' and a newline", 0);
  }
}

/** An ar archive. Made by {@link openArchive}. */
export class ArchiveFile {
  /** The archive, from its magic to its end. */
  readonly input: ByteRange;
  /** Whether the members are files beside the archive. */
  readonly isThin: boolean;
  private readonly reader: ArchiveReader;

  /** @internal */
  constructor(input: ByteRange, isThin: boolean, reader: ArchiveReader) {
    this.input = input;
    this.isThin = isThin;
    this.reader = reader;
  }

  /**
   * Whose conventions the archive follows. Reads the headers of the special members, once.
   *
   * @throws FormatError as {@link members} about headers.
   */
  get dialect(): ArchiveDialect {
    return this.reader.dialect;
  }

  /**
   * Whether the archive has a symbol index; reads the first header only, of a thin archive the first window (see
   * {@link members}). An archive of no members has none.
   *
   * @throws FormatError if that header is damaged.
   */
  get hasSymbolIndex(): boolean {
    return this.reader.hasSymbolIndex;
  }

  /**
   * Reads the symbol index: one block, again at each call, and one pass over it. Of COFF archives it is the second linker
   * member; the two of AIX, of 32-bit and of 64-bit members, are one behind the other.
   *
   * @returns `undefined` if the archive has none.
   * @throws FormatError `truncated` if it is shorter than its counts need, `out-of-bounds` if a name of a BSD index begins
   *   behind the names, `limit-exceeded` if it is larger than `Limits.blockBytes` or its names overlap too much; and what
   *   {@link members} throws about headers.
   */
  symbolIndex(): ArchiveSymbolIndex | undefined {
    return this.reader.symbolIndex();
  }

  /**
   * Reads the index of a COFF archive for ARM64EC, `/<ECSYMBOLS>/`, which stands beside the other.
   *
   * @returns `undefined` if the archive has none.
   * @throws FormatError as {@link symbolIndex}.
   */
  ecSymbolIndex(): ArchiveSymbolIndex | undefined {
    return this.reader.ecSymbolIndex();
  }

  /**
   * Iterates over the ordinary members: in the order of the file, of AIX archives in that of their chain. Costs one read of
   * 60 bytes for a header, and another one for a name in front of the data (BSD, Darwin); a thin archive is read in windows
   * of 4 MiB, so mostly at once. The extended name table is read when the first name needs it, and kept.
   *
   * @throws FormatError while iterating, after the members in front of the damage were delivered; then the iterator is
   *   done, as LLVM refuses the whole archive then. `truncated` if the archive ends within a header, within the data of
   *   a member (which is not delivered) or in front of the pad byte of its last member (which is), or if a name has no
   *   end; `bad-value` for a header without its terminator, a size that is not digits, a reference to a name that is
   *   not digits, a name that ends without its slash, and members of an AIX archive that overlap or do not lead to the last
   *   one; `out-of-bounds` for a reference behind the name table and a name that is longer than its member;
   *   `limit-exceeded` past `Limits.members`, `Limits.blockBytes`, or for a name that is longer than any path.
   */
  members(): Generator<ArchiveMember, void, undefined> {
    return this.reader.members();
  }

  /**
   * Decodes the member whose header is at an offset that the symbol index or a nested thin member gave. Whether the
   * members in front of it lead to this header is not checked: that would cost a walk.
   *
   * @param headerOffset - Bytes from the start of the archive.
   * @throws FormatError `out-of-bounds` if the offset lies outside the archive, `bad-value` if it is odd or that of a
   *   special member; and what {@link members} throws about a header.
   */
  memberAt(headerOffset: number): ArchiveMember {
    return this.reader.memberAt(headerOffset);
  }
}
