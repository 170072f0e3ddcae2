// From a file to the inputs in it: archives are opened, thin members are found on disk, archives inside archives are
// followed. The disk itself is behind InputHost, so that the same walk serves a browser.

import { openArchive } from '../archive/index.ts';
import type { ArchiveFile, ArchiveMember } from '../archive/index.ts';
import { ByteRange, DEFAULT_LIMITS, FormatError } from '../bytes/index.ts';
import type { ByteSource } from '../bytes/index.ts';
import type { InputFormat } from './detect.ts';
import type { InputFailure, InputPlace, LinkArchive } from './link-input.ts';
import { formatOf } from './read-facts.ts';

/** A file that an {@link InputHost} has opened. */
export interface OpenedFile {
  /** Tells this file from all others however it is named, such as device and inode. */
  readonly identity: string;
  readonly source: ByteSource;
  /** Ends reading; called once. */
  close(): void;
}

/** Opens the files of a link. */
export interface InputHost {
  /**
   * Opens a regular file, following links; opens nothing else, so that no pipe or device is waited for.
   *
   * @param file - The path, in the text that `decodeName` makes of its bytes.
   */
  open(file: string): OpenedFile | InputFailure;
}

/** Options of {@link walkInputs}. */
export interface WalkOptions {
  /** Memory for inputs that fit; then the ranges of the entries are valid until the next step only. */
  readonly scratch?: Uint8Array;
  /** Inputs whose bytes need no reading again: they come without a range. */
  readonly isKnown?: (identity: string) => boolean;
}

/** Where a walk stands when it meets something. */
interface Entry extends InputPlace {
  /** What an archive says of its member; `undefined` for a file. */
  readonly member: ArchiveMember | undefined;
}

/** An object, or anything else that is no archive. */
export interface WalkedInput extends Entry {
  readonly kind: 'input';
  /** Tells this input from all others: the file's identity, and the header offset within an archive. */
  readonly identity: string;
  /** `undefined` for inputs that are known already. */
  readonly range: ByteRange | undefined;
  readonly format: InputFormat | undefined;
}

/** An archive; its members follow. */
export interface WalkedArchive extends Entry {
  readonly kind: 'archive';
  readonly identity: string;
  readonly size: number;
  readonly opened: LinkArchive;
}

/** Something that could not be read; the walk goes on behind it where it can. */
export interface WalkedFailure extends Entry {
  readonly kind: 'failure';
  readonly failure: InputFailure;
}

/** One thing that {@link walkInputs} meets. */
export type Walked = WalkedInput | WalkedArchive | WalkedFailure;

interface Walk {
  readonly host: InputHost;
  readonly options: WalkOptions;
  /** Identities of the archives that the walk is inside of. */
  readonly inside: string[];
  /** Identities of the archives whose members were met: each is walked once, or a few archives could name each other's
   *  members without end. */
  readonly walked: Set<string>;
}

/**
 * Walks over a file: itself, or, if it is an archive, the archive and all its members, those of archives inside it too.
 *
 * One file is open at a time beside the archives around it. An archive that is met again comes without its members, which
 * came before. Damage becomes failures; nothing is thrown because of an
 * input. An archive that contains itself, and one that lies deeper than `Limits.containerDepth`, is a failure.
 *
 * @param file - The path as the caller names it.
 */
export function* walkInputs(host: InputHost, file: string, options: WalkOptions = {}): Generator<Walked> {
  const entry: Entry = { path: [file], file, memberOffset: undefined, archive: undefined, member: undefined };
  yield* walkFile({ host, options, inside: [], walked: new Set() }, entry);
}

/** A file on disk: named by the caller, or by a thin archive. */
function* walkFile(walk: Walk, entry: Entry): Generator<Walked> {
  const opened = walk.host.open(entry.file);
  if ('kind' in opened) {
    yield { kind: 'failure', ...entry, failure: opened };
    return;
  }
  try {
    const range = ByteRange.ofSource(opened.source, entry.path);
    // GNU ar names a member of a regular archive inside a thin one by the position of its header.
    const nested = entry.member?.nestedOffset;
    if (nested === undefined) yield* walkRange(walk, entry, range, opened.identity);
    else yield* walkNestedMember(walk, entry, range, opened.identity, nested);
  } finally {
    opened.close();
  }
}

function* walkNestedMember(walk: Walk, entry: Entry, container: ByteRange, identity: string, headerOffset: number) {
  const inner = orFailure(() => {
    const { name, data } = openArchive(container).memberAt(headerOffset);
    if (data === undefined) throw container.error('unsupported', 'a thin archive inside a thin archive', headerOffset);
    return { path: [...entry.path, name], data };
  });
  if (inner instanceof FormatError) yield malformed(entry, inner);
  else {
    const place = { ...entry, path: inner.path, memberOffset: headerOffset };
    yield* walkRange(walk, place, inner.data, `${identity}@${headerOffset}`);
  }
}

/** The bytes of a file or member. */
function* walkRange(walk: Walk, entry: Entry, range: ByteRange, identity: string): Generator<Walked> {
  const { isKnown, scratch } = walk.options;
  if (isKnown?.(identity) === true) {
    yield { kind: 'input', ...entry, identity, range: undefined, format: undefined };
    return;
  }
  const loaded = orFailure(() => {
    const bytes = scratch === undefined ? range : range.loadInto(scratch);
    return { bytes, format: formatOf(bytes) };
  });
  if (loaded instanceof FormatError) yield malformed(entry, loaded);
  else if (loaded.format === 'archive' || loaded.format === 'thin-archive') {
    // Not over the scratch memory, which the members will need.
    yield* walkArchive(walk, entry, range, identity);
  } else yield { kind: 'input', ...entry, identity, range: loaded.bytes, format: loaded.format };
}

function* walkArchive(walk: Walk, entry: Entry, range: ByteRange, identity: string): Generator<Walked> {
  const { inside } = walk;
  if (inside.includes(identity)) {
    yield unreadable(entry, 'the archive contains itself');
    return;
  }
  if (inside.length >= DEFAULT_LIMITS.containerDepth) {
    yield unreadable(entry, `archives are nested more than ${DEFAULT_LIMITS.containerDepth} deep`);
    return;
  }
  const archive = orFailure(() => {
    const file = openArchive(range);
    return { file, hasSymbolIndex: file.hasSymbolIndex };
  });
  if (archive instanceof FormatError) {
    yield malformed(entry, archive);
    return;
  }
  const opened: LinkArchive = {
    path: entry.path,
    file: entry.file,
    isThin: archive.file.isThin,
    hasSymbolIndex: archive.hasSymbolIndex,
    parent: entry.archive,
  };
  yield { kind: 'archive', ...entry, identity, size: range.length, opened };
  if (walk.walked.has(identity)) return;
  walk.walked.add(identity);
  inside.push(identity);
  try {
    yield* walkMembers(walk, entry, archive.file, opened, identity);
  } finally {
    inside.pop();
  }
}

function* walkMembers(walk: Walk, entry: Entry, file: ArchiveFile, archive: LinkArchive, identity: string) {
  const members = file.members();
  for (;;) {
    const next = orFailure(() => members.next());
    if (next instanceof FormatError) {
      yield malformed(entry, next);
      return;
    }
    if (next.done === true) return;
    const member = next.value;
    const path = [...entry.path, member.name];
    const place = { path, memberOffset: member.offset, archive, member };
    if (member.data === undefined) yield* walkFile(walk, { ...place, file: besides(archive.file, member.name) });
    else yield* walkRange(walk, { ...place, file: entry.file }, member.data, `${identity}@${member.offset}`);
  }
}

/** Names in a thin archive count from the folder of the archive, unless absolute. */
function besides(archiveFile: string, name: string): string {
  const folderEnd = archiveFile.lastIndexOf('/') + 1;
  return name.startsWith('/') ? name : archiveFile.slice(0, folderEnd) + name;
}

function orFailure<T>(step: () => T): T | FormatError {
  try {
    return step();
  } catch (error) {
    if (error instanceof FormatError) return error;
    throw error;
  }
}

function malformed(entry: Entry, error: FormatError): WalkedFailure {
  const { code, reason, location } = error;
  const failure: InputFailure = { kind: 'malformed', code, reason, offset: location.offset };
  return { kind: 'failure', ...entry, failure };
}

function unreadable(entry: Entry, reason: string): WalkedFailure {
  return { kind: 'failure', ...entry, failure: { kind: 'unreadable', reason } };
}
