// Checks of an archive itself, made while it is walked: its symbol index (index-check.ts), members that it has twice, members
// of thin archives that have changed since, times and owners.

import type { ArchiveDialect, ArchiveFile, ArchiveMember } from '../archive/index.ts';
import { FormatError } from '../bytes/index.ts';
import type { ByteRange } from '../bytes/index.ts';
import type { ArchiveFacts, ChangedMember, MemberPlace, RepeatedMember, StampFacts } from './archive-facts.ts';
import { IndexCheck } from './index-check.ts';
import type { InputFacts } from './input-facts.ts';
import { NameInterner } from './name-interner.ts';
import { readFacts } from './read-facts.ts';

/** What is known of a member beside its header. */
export interface MemberContent {
  /** Tells its bytes from those of all others: the same file is the same member, however it is named. */
  readonly identity: string;
  /** Its bytes; only looked at if {@link ArchiveCheck.needsContent}. */
  readonly range: ByteRange | undefined;
  readonly facts: InputFacts;
  /** Of an external member: the time of the file in seconds since 1970, where it is known. */
  readonly mtime?: number | undefined;
}

/** The copies of a member that were met. */
interface Copies {
  readonly members: MemberPlace[];
  readonly first: ArchiveMember;
  readonly definesStrongly: boolean;
}

/** Members that may be copies of each other: external ones of one file, others of one name and size. */
interface LikeMembers {
  readonly first: Copies;
  /** By the hash of their content, as soon as there are two. */
  byHash: Map<number, Copies> | undefined;
}

/** Times below are no times: Darwin's archivers number members of one name where they tell no time. */
const FIRST_TIME = 365 * 24 * 60 * 60;

/** Checks one archive. */
export class ArchiveCheck {
  private readonly archive: ArchiveFile;
  private readonly index: IndexCheck;
  private memberCount = 0;
  private definingCount = 0;
  private readonly changed: ChangedMember[] = [];
  private readonly likeMembers = new Map<string, LikeMembers>();
  private readonly stamps = new StampCheck();

  /**
   * Reads the symbol index of the archive; damage of it is a fact.
   *
   * @param names - That of the facts of its members.
   * @param options - `withIndex`: whether the index is compared with the members, which costs a pass over the symbols of those
   *   that have weak ones or common ones; it is unless told otherwise.
   */
  constructor(archive: ArchiveFile, names: NameInterner, { withIndex = true }: { readonly withIndex?: boolean } = {}) {
    this.archive = archive;
    this.index = new IndexCheck(archive, names, withIndex);
  }

  /** Whether the bytes of members are needed: the archive has an index, which is compared with them. */
  get needsContent(): boolean {
    return this.index.needsContent;
  }

  /**
   * Takes the next member of the walk.
   *
   * @param content - `undefined` where its bytes are not to be had, or are an archive.
   */
  add(member: ArchiveMember, content: MemberContent | undefined): void {
    this.memberCount += 1;
    this.stamps.add(member);
    if (content === undefined) {
      this.index.add(member, undefined);
      return;
    }
    const { range, facts } = content;
    if ((facts.definitions?.names.length ?? 0) > 0) this.definingCount += 1;
    this.index.add(member, range === undefined ? undefined : { range, facts });
    if (member.external) this.compareWithFile(member, content);
    this.lookForCopy(member, content);
  }

  /**
   * Ends the check.
   *
   * @param isComplete - Whether the walk came to the end of the archive.
   */
  finish(isComplete: boolean): ArchiveFacts {
    const repeated: RepeatedMember[] = [];
    for (const { first: only, byHash } of this.likeMembers.values()) {
      for (const { members, first, definesStrongly } of byHash?.values() ?? [only]) {
        if (members.length > 1) repeated.push({ members, size: first.size, definesStrongly });
      }
    }
    return {
      dialect: dialectOf(this.archive),
      memberCount: this.memberCount,
      definingCount: this.definingCount,
      isComplete,
      index: this.index.finish(isComplete),
      repeated,
      changed: this.changed,
      stamps: this.stamps.facts,
    };
  }

  /** A member of an archive that a thin one names by position is not the file, so nothing is said of it. */
  private compareWithFile(member: ArchiveMember, { facts, mtime }: MemberContent): void {
    if (member.nestedOffset !== undefined) return;
    const hasTime = mtime !== undefined && member.mtime !== undefined && member.mtime >= FIRST_TIME;
    const time = hasTime && mtime !== member.mtime ? { header: member.mtime, file: mtime } : undefined;
    // An archiver that looked at no file tells a size of 0.
    const isResized = member.size !== 0 && member.size !== facts.size;
    if (!isResized && time === undefined) return;
    this.changed.push({ member: placeOf(member), size: { header: member.size, file: facts.size }, mtime: time });
  }

  private lookForCopy(member: ArchiveMember, { identity, facts }: MemberContent): void {
    const key = member.external ? identity : `${member.size} ${member.name}`;
    const like = this.likeMembers.get(key);
    const copies = { members: [placeOf(member)], first: member, definesStrongly: definesStrongly(facts) };
    if (like === undefined) this.likeMembers.set(key, { first: copies, byHash: undefined });
    else if (member.external) like.first.members.push(placeOf(member));
    else addByContent(like, copies);
  }
}

/** Reads a member whose like came before, once, and once more the one that has the same hash. */
function addByContent(like: LikeMembers, copies: Copies): void {
  const content = contentOf(copies.first);
  if (content === undefined) return;
  const byHash = (like.byHash ??= new Map([[hashOf(contentOf(like.first.first) ?? content), like.first]]));
  const hash = hashOf(content);
  const same = byHash.get(hash);
  if (same === undefined) {
    byHash.set(hash, copies);
    return;
  }
  const other = contentOf(same.first);
  if (other !== undefined && equalBytes(other, content)) same.members.push(...copies.members);
}

/** `undefined` where the special members are damaged. */
function dialectOf(archive: ArchiveFile): ArchiveDialect | undefined {
  try {
    return archive.dialect;
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

/** Collects times and owners. */
class StampCheck {
  private count = 0;
  private first: MemberPlace | undefined;
  private earliest = Infinity;
  private latest = -Infinity;
  private hasOwners = false;
  /** Of members without owner and with the same time: as SOURCE_DATE_EPOCH makes them. */
  private plain = 0;

  add(member: ArchiveMember): void {
    const { mtime = 0, uid = 0, gid = 0 } = member;
    const hasTime = mtime >= FIRST_TIME;
    const hasOwner = uid !== 0 || gid !== 0;
    if (!hasTime && !hasOwner) return;
    this.count += 1;
    this.first ??= placeOf(member);
    if (!hasOwner) this.plain += 1;
    this.hasOwners ||= hasOwner;
    if (!hasTime) return;
    this.earliest = Math.min(this.earliest, mtime);
    this.latest = Math.max(this.latest, mtime);
  }

  get facts(): StampFacts | undefined {
    const { count, first, earliest, latest, hasOwners, plain } = this;
    if (first === undefined) return undefined;
    if (count > 1 && plain === count && earliest === latest) return undefined;
    return { count, first, times: earliest <= latest ? { earliest, latest } : undefined, hasOwners };
  }
}

function placeOf({ name, offset }: ArchiveMember): MemberPlace {
  return { name, offset };
}

function definesStrongly({ definitions }: InputFacts): boolean {
  if (definitions === undefined) return false;
  const { names, comdats } = definitions;
  return comdats === undefined ? names.length > 0 : comdats.includes(-1);
}

/** `undefined` if the file became shorter. */
function contentOf({ data }: ArchiveMember): Uint8Array | undefined {
  try {
    return data?.view(0, data.length, 'member data').bytes;
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

/** FNV-1a. Members made to collide are compared with one of them, and pass for different. */
function hashOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i += 1) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  return hash;
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** Options of {@link checkArchive}. */
export interface CheckArchiveOptions {
  /** Finds the file of an external member; without it nothing is said of their content. */
  readonly open?: (member: ArchiveMember) => MemberFile | undefined;
}

/** The file of an external member. */
export interface MemberFile {
  readonly range: ByteRange;
  /** Tells this file from others. */
  readonly identity: string;
  /** Its time in seconds since 1970, where that is known. */
  readonly mtime?: number;
}

/**
 * Checks an archive by itself: whether its symbol index has what its members define, and leads to them; members that it has
 * twice; of thin archives members that have changed since; times and owners, which keep builds from being reproducible.
 *
 * Costs a pass over the symbols of all members. Members in members are not looked into.
 *
 * @returns Facts. Damage is among them: an index that is damaged, and an archive that is not complete.
 */
export function checkArchive(archive: ArchiveFile, options: CheckArchiveOptions = {}): ArchiveFacts {
  const names = new NameInterner();
  const check = new ArchiveCheck(archive, names);
  let isComplete = true;
  try {
    for (const member of archive.members()) {
      const file = member.data === undefined ? options.open?.(member) : { range: member.data, identity: '' };
      if (file === undefined) check.add(member, undefined);
      else check.add(member, { ...file, facts: readFacts(file.range, names) });
    }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    isComplete = false;
  }
  return check.finish(isComplete);
}
