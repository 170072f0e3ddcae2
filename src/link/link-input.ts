// An input of a link: facts plus the place it was reached by.

import type { FormatErrorCode } from '../bytes/index.ts';
import type { InputFacts } from './input-facts.ts';

/** An archive on the way to an input. */
export interface LinkArchive {
  /** The archive as the caller named it, through the archives around it. */
  readonly path: readonly string[];
  /** The file on disk that holds the archive. */
  readonly file: string;
  readonly isThin: boolean;
  readonly hasSymbolIndex: boolean;
  /** The archive that this one is a member of. */
  readonly parent: LinkArchive | undefined;
}

/** Where an input was found. */
export interface InputPlace {
  /** The file as the caller named it, then each container entry inside it. */
  readonly path: readonly string[];
  /** The file on disk that holds the bytes; for a member of a thin archive that is its own file. */
  readonly file: string;
  /** Offset of the member's header in its archive, from the start of the file that holds the archive. */
  readonly memberOffset: number | undefined;
  /** The archive that it is a member of. */
  readonly archive: LinkArchive | undefined;
}

/** A member or file that could not become an input. */
export interface InputFailure {
  /**
   * `missing`: a thin archive names a file that is not there. `unreadable`: it is there and cannot be read, or is no
   * regular file. `malformed`: the container around it is damaged at this place.
   */
  readonly kind: 'missing' | 'unreadable' | 'malformed';
  readonly reason: string;
  /** `malformed`: the kind of damage. */
  readonly code?: FormatErrorCode;
  /** Bytes from the start of the file that holds the damage, where there is a place. */
  readonly offset?: number;
}

/** What an input and a failure of a link set have in common. */
interface LinkSetEntry extends InputPlace {
  /** Position among all inputs and failures of the set, in the order in which the linker meets them. */
  readonly order: number;
}

/** One input of a link set. */
export interface LinkInput extends LinkSetEntry {
  /** Tells this input from all others however it is reached. */
  readonly identity: string;
  readonly facts: InputFacts;
  /** Whether the linker takes it only when something refers to it: a member of an archive that is not whole. */
  readonly isLazy: boolean;
  /**
   * Reads the signatures of all its COMDAT groups, interned: groups of weak definitions included, which facts leave out.
   * Opens the file again.
   */
  readonly readComdatSignatures: () => readonly number[];
}

/** A file or member that could not become an input of its set. */
export interface LinkSetFailure extends LinkSetEntry {
  readonly failure: InputFailure;
  readonly isLazy: boolean;
}

/** How linkers write the name of an input: members in parentheses behind their archive. */
export function linkerName(path: readonly string[]): string {
  return path.reduce((outer, entry) => `${outer}(${entry})`);
}

/**
 * Whether the linker takes a member only on demand. Archives are lazy, except kbuild's: thin, without a symbol index, and
 * linked with `--whole-archive` (or, before 6.1, unpacked by the linker's own rule for archives without an index).
 */
export function isLazyMember(archive: LinkArchive | undefined, wholeArchive: boolean): boolean {
  if (archive === undefined || wholeArchive) return false;
  return archive.parent === undefined
    ? !(archive.isThin && !archive.hasSymbolIndex)
    : isLazyMember(archive.parent, wholeArchive);
}
