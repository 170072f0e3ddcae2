// ar archives as GNU ar and llvm-ar write them for ELF: regular and thin, with the symbol index `/` or `/SYM64/` and
// the extended name table `//` in front of the ordinary members.
//
//   magic, then for each member: header (60 bytes), data, one byte of pad if the next header's offset would be odd
//
// In a thin archive only the special members have data; the others are files that their names tell. The format has no
// standard; what is damage and what is taken follows LLVM (lib/Object/Archive.cpp, 13 to 22), whose lld refuses a whole
// archive for it. Here the members in front of the damage are delivered first. COFF archives are read as far as they
// are GNU ones. Left out, and refused as unsupported: BSD and Darwin (`__.SYMDEF`, `#1/`), AIX.

import { ByteRange, DEFAULT_LIMITS, decodeName } from '../bytes/index.ts';
import type { ByteInput, ByteView, Limits, Location } from '../bytes/index.ts';
import { ExtendedNames } from './extended-names.ts';
import { HeaderReader } from './header-reader.ts';
import {
  BSD_INDEX_NAMES,
  BSD_NAME_PREFIX,
  HEADER_LENGTH,
  MAGICS,
  MAGIC_LENGTH,
  NUMBER_FIELDS,
  SPECIAL_NAMES,
} from './layout.ts';
import type { MemberHeader } from './member-header.ts';
import { ArchiveMember } from './member.ts';
import { ArchiveSymbolIndex } from './symbol-index.ts';

/**
 * Oddities of archives that cost nothing.
 *
 * - `misplaced-special-member`: a member called like the symbol index or the extended name table, but not where that
 *   may stand. It is delivered as an ordinary member of that name, as LLVM does.
 * - `unreadable-field`: a time, owner or mode that is no number; the member has `undefined` there. llvm-ar refuses to
 *   list such a member, linkers don't look.
 */
export type ArchiveAnomalyCode = 'misplaced-special-member' | 'unreadable-field';

/** An oddity that was tolerated. */
export interface ArchiveAnomaly {
  readonly code: ArchiveAnomalyCode;
  /** What was expected and what was found. */
  readonly reason: string;
  readonly location: Location;
}

/** Options of {@link openArchive}. */
export interface ArchiveOptions {
  /** Bounds that differ from the default ones: `members` and `blockBytes` (name table, symbol index) apply. */
  readonly limits?: Partial<Limits>;
  /** Told of each oddity, whenever a member that has it is decoded. */
  readonly onAnomaly?: (anomaly: ArchiveAnomaly) => void;
}

/**
 * Tells by the magic whether bytes are an archive, of whatever dialect: {@link openArchive} says which it does not
 * read.
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
 * Opens an archive; reads its magic only. A file of the magic alone is a valid, empty archive.
 *
 * @param input - The archive, from its magic to its end. It may be a member of another one.
 * @throws FormatError `bad-magic` if it is no archive, `unsupported` for those of AIX.
 * @throws TypeError if `input` is nothing that can be read.
 * @example
 * for (const member of openArchive(bytes).members()) console.log(member.name, member.size);
 */
export function openArchive(input: ByteInput, options: ArchiveOptions = {}): ArchiveFile {
  const range = ByteRange.from(input);
  const magic = magicOf(range.view(0, Math.min(MAGIC_LENGTH, range.length), 'archive magic').bytes);
  if (magic === MAGICS.aixBig || magic === MAGICS.aixSmall) {
    throw range.error('unsupported', 'archives of AIX are not supported', 0);
  }
  if (magic !== MAGICS.regular && magic !== MAGICS.thin) {
    throw range.error('bad-magic', "expected an archive, which begins with '!<arch>' or '!<thin>' and a newline", 0);
  }
  return new ArchiveFile(range, magic === MAGICS.thin, options);
}

/** The special members in front of the ordinary ones. */
interface SpecialMembers {
  readonly symbolIndex: MemberHeader | undefined;
  readonly extendedNames: MemberHeader | undefined;
  /** Of the first ordinary header, or the end of the archive. */
  readonly end: number;
}

/** An ar archive. Made by {@link openArchive}. */
export class ArchiveFile {
  /** The archive, from its magic to its end. */
  readonly input: ByteRange;
  /** Whether the members are files beside the archive. */
  readonly isThin: boolean;
  private readonly limits: Limits;
  private readonly onAnomaly: ((anomaly: ArchiveAnomaly) => void) | undefined;
  private readonly headers: HeaderReader;
  private special: SpecialMembers | undefined;
  private extendedNames: ExtendedNames | undefined;

  /** @internal */
  constructor(input: ByteRange, isThin: boolean, options: ArchiveOptions) {
    this.input = input;
    this.isThin = isThin;
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.onAnomaly = options.onAnomaly;
    this.headers = new HeaderReader(input, isThin);
  }

  /**
   * Whether the archive has a symbol index; reads the first header only, of a thin archive the first window (see
   * {@link members}). An archive of no members has none.
   *
   * @throws FormatError if that header is damaged, `unsupported` if it is one of BSD or Darwin.
   */
  get hasSymbolIndex(): boolean {
    if (this.input.length === MAGIC_LENGTH) return false;
    const name = specialNameOf(this.headerAt(MAGIC_LENGTH));
    return name === SPECIAL_NAMES.symbolIndex || name === SPECIAL_NAMES.symbolIndex64;
  }

  /**
   * Reads the symbol index: one block, again at each call, and one pass over it.
   *
   * @returns `undefined` if the archive has none.
   * @throws FormatError `truncated` if it is shorter than its count needs, `limit-exceeded` if it is larger than
   *   `Limits.blockBytes`; and what {@link members} throws about headers.
   */
  symbolIndex(): ArchiveSymbolIndex | undefined {
    const header = this.specialMembers().symbolIndex;
    if (header === undefined) return undefined;
    const wordSize = header.specialName === SPECIAL_NAMES.symbolIndex64 ? 8 : 4;
    return new ArchiveSymbolIndex(this.specialData(header, 'symbol index'), wordSize);
  }

  /**
   * Iterates over the ordinary members in the order of the file. Costs one read of 60 bytes for a header; a thin
   * archive is read in windows of 4 MiB, so mostly at once. The extended name table is read when the first name needs
   * it, and kept.
   *
   * @throws FormatError while iterating, after the members in front of the damage were delivered; then the iterator is
   *   done, as LLVM refuses the whole archive then. `truncated` if the archive ends within a header, within the data of
   *   a member (which is not delivered) or in front of the pad byte of its last member (which is), or if a name has no
   *   end; `bad-value` for a header without its terminator, a size that is not digits, a reference to a name that is
   *   not digits and a name that ends without its slash; `out-of-bounds` for a reference behind the name table;
   *   `unsupported` for members of BSD and Darwin archives; `limit-exceeded` past `Limits.members`,
   *   `Limits.blockBytes`, or for a name that is longer than any path.
   */
  *members(): Generator<ArchiveMember, void, undefined> {
    let offset = this.specialMembers().end;
    for (let count = 0; offset < this.input.length; count += 1) {
      if (count >= this.limits.members) {
        throw this.input.error('limit-exceeded', `the archive has more than ${this.limits.members} members`, offset);
      }
      const member = this.decode(this.headerAt(offset));
      yield member;
      offset = this.behind(member.headerOffset, member.external ? 0 : member.size, member.name);
    }
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
    if (!(headerOffset >= MAGIC_LENGTH && headerOffset < this.input.length)) {
      throw this.input.error(
        'out-of-bounds',
        `a member header at offset ${headerOffset} does not lie in the archive of ${this.input.length} bytes`,
        0,
      );
    }
    if (headerOffset % 2 !== 0 || headerOffset < this.specialMembers().end) {
      throw this.input.error('bad-value', 'expected the header of an ordinary member', headerOffset);
    }
    return this.decode(this.headerAt(headerOffset));
  }

  private headerAt(offset: number): MemberHeader {
    const header = this.headers.read(offset);
    const isBsd =
      header.nameStartsWith(BSD_NAME_PREFIX) ||
      (offset === MAGIC_LENGTH && BSD_INDEX_NAMES.includes(header.inlineName));
    if (isBsd) throw this.input.error('unsupported', 'archives of BSD and Darwin are not supported', offset);
    return header;
  }

  private decode(header: MemberHeader): ArchiveMember {
    const special = specialNameOf(header);
    const { name, nestedOffset } =
      special === undefined ? this.nameOf(header) : { name: special, nestedOffset: undefined };
    const external = this.isThin && special === undefined;
    const size = external ? this.sizeOf(header, name) : this.dataSizeOf(header, name);
    const data = external ? undefined : this.input.part(header.offset + HEADER_LENGTH, size, 'member data', name);
    const offset = this.input.base + header.offset;
    const member = new ArchiveMember(header, { name, offset, size, nestedOffset, data });
    if (this.onAnomaly !== undefined) this.reportAnomalies(member, special !== undefined, this.onAnomaly);
    return member;
  }

  private nameOf(header: MemberHeader): { readonly name: string; readonly nestedOffset: number | undefined } {
    if (!header.beginsWithSlash) return { name: header.inlineName, nestedOffset: undefined };
    const reference = header.nameReference;
    // BFD takes the second number in thin archives alone; no version of LLVM takes it.
    if (reference === undefined || (reference.nestedOffset !== undefined && !this.isThin)) {
      throw this.input.error(
        'bad-value',
        `expected digits behind the slash of a member name, not '${header.rawName}'`,
        header.offset,
      );
    }
    const referrer = this.input.locationOf(header.offset);
    const name = decodeName(this.readExtendedNames(header).at(reference.nameOffset, referrer));
    return { name, nestedOffset: reference.nestedOffset };
  }

  private readExtendedNames(referrer: MemberHeader): ExtendedNames {
    if (this.extendedNames === undefined) {
      const header = this.specialMembers().extendedNames;
      if (header === undefined) {
        throw this.input.error(
          'out-of-bounds',
          `the member name '${referrer.rawName}' refers to an extended name table, which the archive does not have`,
          referrer.offset,
        );
      }
      this.extendedNames = new ExtendedNames(this.specialData(header, 'extended name table'));
    }
    return this.extendedNames;
  }

  /** Walks over the special members, in the order in which LLVM accepts them; the answer is kept. */
  private specialMembers(): SpecialMembers {
    if (this.special !== undefined) return this.special;
    let end = MAGIC_LENGTH;
    const take = (...names: readonly string[]): MemberHeader | undefined => {
      if (end === this.input.length) return undefined;
      const header = this.headerAt(end);
      const name = header.specialName;
      if (name === undefined || !names.includes(name)) return undefined;
      end = this.behind(end, this.dataSizeOf(header, name), name);
      return header;
    };
    const symbolIndex = take(SPECIAL_NAMES.symbolIndex, SPECIAL_NAMES.symbolIndex64);
    // The second linker member of COFF, which says the same as the first in another layout.
    if (symbolIndex?.specialName === SPECIAL_NAMES.symbolIndex) take(SPECIAL_NAMES.symbolIndex);
    const extendedNames = take(SPECIAL_NAMES.extendedNames);
    take(SPECIAL_NAMES.ecSymbols);
    take(SPECIAL_NAMES.xfgHashMap);
    this.special = { symbolIndex, extendedNames, end };
    return this.special;
  }

  private specialData(header: MemberHeader, what: string): ByteView {
    const offset = header.offset + HEADER_LENGTH;
    const size = this.dataSizeOf(header, header.rawName);
    if (size > this.limits.blockBytes) {
      throw this.input.error(
        'limit-exceeded',
        `the ${what} has ${size} bytes, more than the limit of ${this.limits.blockBytes}`,
        header.offset,
      );
    }
    return this.headers.held(offset, size, what) ?? this.input.view(offset, size, what);
  }

  private sizeOf(header: MemberHeader, name: string): number {
    const { size } = header;
    if (size === undefined) {
      const offset = header.offset + NUMBER_FIELDS.ar_size.offset;
      throw this.input.error('bad-value', `the size of member '${name}' is not a decimal number`, offset);
    }
    return size;
  }

  /** The size of a member whose data is in the archive, held against the bytes that remain. */
  private dataSizeOf(header: MemberHeader, name: string): number {
    const size = this.sizeOf(header, name);
    const remaining = this.input.length - header.offset - HEADER_LENGTH;
    if (size > remaining) {
      throw this.input.error(
        'truncated',
        `member '${name}' has a size of ${size} bytes but ${remaining} remain in the archive`,
        header.offset,
      );
    }
    return size;
  }

  /** Where the next header begins. BFD does not miss the pad behind the last member; every LLVM refuses the archive. */
  private behind(headerOffset: number, dataSize: number, name: string): number {
    const end = headerOffset + HEADER_LENGTH + dataSize;
    const next = end + (end % 2);
    if (next > this.input.length) {
      throw this.input.error(
        'truncated',
        `the archive ends in front of the pad byte of its last member '${name}'`,
        end,
      );
    }
    return next;
  }

  private reportAnomalies(member: ArchiveMember, isSpecial: boolean, report: (anomaly: ArchiveAnomaly) => void): void {
    const location = this.input.locationOf(member.headerOffset);
    if (isSpecial) {
      const reason = `special member '${member.name}' stands where an ordinary member is expected`;
      report({ code: 'misplaced-special-member', reason, location });
    }
    const { mtime, uid, gid, mode } = member;
    for (const [field, value] of Object.entries({ ar_date: mtime, ar_uid: uid, ar_gid: gid, ar_mode: mode })) {
      if (value !== undefined) continue;
      report({ code: 'unreadable-field', reason: `${field} of member '${member.name}' is not a number`, location });
    }
  }
}

/** The name of a special member; `undefined` for ordinary members. */
function specialNameOf(header: MemberHeader): string | undefined {
  const name = header.specialName;
  return name !== undefined && SPECIAL.has(name) ? name : undefined;
}

const SPECIAL: ReadonlySet<string> = new Set(Object.values(SPECIAL_NAMES));
