// What is known of an archive itself, beside its members: whether its symbol index tells what they define, which of them it
// has twice, and what else of it hurts. Plain data that outlives the bytes.

import type { ArchiveDialect } from '../archive/index.ts';
import type { LinkArchive } from './link-input.ts';

/** What is known of an archive. */
export interface ArchiveFacts {
  /** `undefined` where the members that tell it are damaged. */
  readonly dialect: ArchiveDialect | undefined;
  /** Ordinary members that were met. */
  readonly memberCount: number;
  /** Members that define something for others. */
  readonly definingCount: number;
  /** Whether all members were met: none behind damage. */
  readonly isComplete: boolean;
  readonly index: IndexFacts;
  /** Members that the archive has again: one name, one content. */
  readonly repeated: readonly RepeatedMember[];
  /** External members whose header tells another size or time than their file has. */
  readonly changed: readonly ChangedMember[];
  readonly stamps: StampFacts | undefined;
}

/** What the symbol index is worth. */
export interface IndexFacts {
  /** There are more facts of one that was read only; `unread` is there, and nobody wanted to know more. */
  readonly state: 'absent' | 'unread' | 'read' | 'damaged';
  /** Rows. */
  readonly entryCount: number;
  /** Names that members define and the index does not have at all. */
  readonly missing: readonly IndexedName[];
  /** Rows whose member does not define the name. */
  readonly stale: readonly IndexedName[];
  /** Rows whose offset is that of no member. Only told of complete archives. */
  readonly dangling: readonly DanglingEntry[];
}

/** A name and the member that defines it, or ought to. */
export interface IndexedName {
  readonly name: string;
  readonly member: MemberPlace;
}

/** A row of an index that leads nowhere. */
export interface DanglingEntry {
  readonly name: string;
  /** The offset that it has, from the start of the archive. */
  readonly memberOffset: number;
}

/** Which member. */
export interface MemberPlace {
  readonly name: string;
  /** Of its header, from the start of the file that holds the archive. */
  readonly offset: number;
}

/** A member that an archive has more than once. */
export interface RepeatedMember {
  /** In the order of the archive, at least two. */
  readonly members: readonly MemberPlace[];
  /** Bytes of each. */
  readonly size: number;
  /** Whether it defines something strongly and outside of COMDATs, so that it cannot be linked twice. */
  readonly definesStrongly: boolean;
}

/** A member of a thin archive that is not what its header says. */
export interface ChangedMember {
  readonly member: MemberPlace;
  /** `ar_size`, and the bytes of the file. */
  readonly size: { readonly header: number; readonly file: number };
  /** `ar_date`, and the time of the file, in seconds since 1970; only where the header has one and the file another. */
  readonly mtime: { readonly header: number; readonly file: number } | undefined;
}

/** Times and owners in member headers, which differ from build to build. */
export interface StampFacts {
  /** Members that have one. */
  readonly count: number;
  readonly first: MemberPlace;
  /** The earliest and the latest time, in seconds since 1970; absent where only owners are told. */
  readonly times: { readonly earliest: number; readonly latest: number } | undefined;
  /** Whether a user or group is told. */
  readonly hasOwners: boolean;
}

/** An archive of a link set. */
export interface LinkSetArchive {
  readonly archive: LinkArchive;
  /** Offset of its header where it is a member of another archive. */
  readonly memberOffset: number | undefined;
  /** That of its first member: position among all inputs and failures of the set. */
  readonly order: number;
  readonly identity: string;
  /** Whether the linker takes its members only on demand. */
  readonly isLazy: boolean;
  readonly facts: ArchiveFacts;
}
