// What the two families of archives, those of ar.h everywhere and those of AIX, have in common for their users.

import { DEFAULT_LIMITS } from '../bytes/index.ts';
import type { ByteRange, Limits, Location } from '../bytes/index.ts';
import type { ArchiveMember } from './member.ts';
import type { ArchiveSymbolIndex } from './symbol-index.ts';

/**
 * Whose conventions an archive follows, told by its magic and first members as LLVM tells it. An archive that shows none is
 * `gnu`. The conventions of names are told member by member all the same.
 *
 * - `gnu`, `gnu64`: of GNU and System V, with a symbol index of 32 or of 64 bits.
 * - `bsd`, `darwin64`: of BSD and Darwin, with an index of 32 or of 64 bits.
 * - `coff`: of Windows, with a second linker member.
 * - `aix-big`, `aix-small`: of AIX.
 */
export type ArchiveDialect = 'gnu' | 'gnu64' | 'bsd' | 'darwin64' | 'coff' | 'aix-big' | 'aix-small';

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

/** Options of `openArchive`. */
export interface ArchiveOptions {
  /** Bounds that differ from the default ones: `members` and `blockBytes` (name table, symbol index) apply. */
  readonly limits?: Partial<Limits>;
  /** Told of each oddity, whenever a member that has it is decoded. */
  readonly onAnomaly?: (anomaly: ArchiveAnomaly) => void;
}

/** Reads one family of archives; `ArchiveFile` says what each part does. */
export interface ArchiveReader {
  readonly dialect: ArchiveDialect;
  readonly hasSymbolIndex: boolean;
  symbolIndex(): ArchiveSymbolIndex | undefined;
  ecSymbolIndex(): ArchiveSymbolIndex | undefined;
  members(): Generator<ArchiveMember, void, undefined>;
  memberAt(headerOffset: number): ArchiveMember;
}

/** The archive and the wishes of the caller, as the readers share them. */
export class ArchiveContext {
  readonly input: ByteRange;
  readonly limits: Limits;
  readonly onAnomaly: ((anomaly: ArchiveAnomaly) => void) | undefined;

  constructor(input: ByteRange, options: ArchiveOptions) {
    this.input = input;
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.onAnomaly = options.onAnomaly;
  }

  /** @throws FormatError `limit-exceeded` if no more members may be read. */
  checkMemberCount(count: number, offset: number): void {
    const { members } = this.limits;
    if (count < members) return;
    throw this.input.error('limit-exceeded', `the archive has more than ${members} members`, offset);
  }

  /** @throws FormatError `limit-exceeded` if a table is too large to be read as one block. */
  checkBlock(size: number, what: string, offset: number): void {
    const { blockBytes } = this.limits;
    if (size <= blockBytes) return;
    const reason = `the ${what} has ${size} bytes, more than the limit of ${blockBytes}`;
    throw this.input.error('limit-exceeded', reason, offset);
  }

  /** @throws FormatError `out-of-bounds` if a member header cannot be at an offset that someone gave. */
  checkHeaderOffset(headerOffset: number, first: number): void {
    if (headerOffset >= first && headerOffset < this.input.length) return;
    throw this.input.error(
      'out-of-bounds',
      `a member header at offset ${headerOffset} does not lie in the archive of ${this.input.length} bytes`,
      0,
    );
  }

  /** Tells of the number fields of a member that are none. */
  reportFields(member: ArchiveMember): void {
    const report = this.onAnomaly;
    if (report === undefined) return;
    const { mtime, uid, gid, mode } = member;
    for (const [field, value] of Object.entries({ ar_date: mtime, ar_uid: uid, ar_gid: gid, ar_mode: mode })) {
      if (value !== undefined) continue;
      const reason = `${field} of member '${member.name}' is not a number`;
      report({ code: 'unreadable-field', reason, location: this.input.locationOf(member.headerOffset) });
    }
  }
}
