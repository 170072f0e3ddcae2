// The checks of the archives of one link set, made while their members are read anyway.

import { ArchiveCheck, isLazyMember } from '../link/index.ts';
import type {
  InputFacts,
  LinkArchive,
  LinkSetArchive,
  NameInterner,
  WalkedArchive,
  WalkedFailure,
  WalkedInput,
} from '../link/index.ts';

interface OpenCheck {
  readonly check: ArchiveCheck;
  readonly archive: Omit<LinkSetArchive, 'facts'>;
  isComplete: boolean;
}

/** Collects what the walks of a set tell of its archives. */
export class ArchiveChecks {
  private readonly names: NameInterner;
  private readonly wholeArchive: boolean;
  private readonly checks = new Map<LinkArchive, OpenCheck>();
  /** By the path through the containers. */
  private readonly byPath = new Map<string, OpenCheck>();
  private readonly entered = new Set<string>();
  private readonly finished: LinkSetArchive[] = [];

  /** @param wholeArchive - Whether every archive is taken whole. */
  constructor(names: NameInterner, wholeArchive: boolean) {
    this.names = names;
    this.wholeArchive = wholeArchive;
  }

  /** Begins the check of an archive. One that is met again is left out, for its members don't come again. */
  enter({ opened, content, identity, memberOffset, member, archive }: WalkedArchive, order: number): void {
    if (member !== undefined && archive !== undefined) this.checks.get(archive)?.check.add(member, undefined);
    if (this.entered.has(identity)) return;
    this.entered.add(identity);
    const isLazy = isLazyMember(opened, this.wholeArchive);
    const open: OpenCheck = {
      // Linkers that take all members do not look at the index.
      check: new ArchiveCheck(content, this.names, { withIndex: isLazy }),
      archive: { archive: opened, memberOffset, order, identity, isLazy },
      isComplete: true,
    };
    this.checks.set(opened, open);
    this.byPath.set(keyOf(opened.path), open);
  }

  /** Whether the bytes of the members of an archive are needed, even of those that were read before. */
  needContent(archive: LinkArchive | undefined): boolean {
    return archive !== undefined && this.checks.get(archive)?.check.needsContent === true;
  }

  /** Takes a member that is an input. */
  add({ archive, member, identity, range, mtime }: WalkedInput, facts: InputFacts): void {
    if (archive === undefined || member === undefined) return;
    this.checks.get(archive)?.check.add(member, { identity, range, facts, mtime });
  }

  /** Takes a member that cannot be read, or the damage of an archive behind its last readable member. */
  fail({ archive, member, path }: WalkedFailure): void {
    const damaged = this.byPath.get(keyOf(path));
    if (damaged !== undefined) damaged.isComplete = false;
    else if (archive !== undefined && member !== undefined) this.checks.get(archive)?.check.add(member, undefined);
  }

  /** Ends the checks of the archives in one file, whose bytes are not to be had any more. */
  leave(): void {
    for (const { check, archive, isComplete } of this.checks.values()) {
      this.finished.push({ ...archive, facts: check.finish(isComplete) });
    }
    this.checks.clear();
    this.byPath.clear();
  }

  /** What was found, in the order of the archives. */
  get facts(): readonly LinkSetArchive[] {
    return this.finished;
  }
}

function keyOf(path: readonly string[]): string {
  return path.join('\0');
}
