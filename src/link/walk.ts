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
  /** When it was changed last, in seconds since 1970, where that is known. */
  readonly mtime?: number;
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
  /** Inputs whose bytes need no reading again: they come without a range. The archive is the one around the input. */
  readonly isKnown?: (identity: string, archive: LinkArchive | undefined) => boolean;
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
  /** Of a file, and of a member that is one: when it was changed last, in seconds since 1970, where that is known. */
  readonly mtime: number | undefined;
}

/** An archive; its members follow. */
export interface WalkedArchive extends Entry {
  readonly kind: 'archive';
  readonly identity: string;
  readonly size: number;
  readonly opened: LinkArchive;
  /** The archive itself, to be read until the walk is past its members. */
  readonly content: ArchiveFile;
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
  /** The archive that members of a thin archive were found in last; it stays open, for the next will be in it too. */
  nested: { readonly identity: string; readonly archive: ArchiveFile; readonly file: OpenedFile } | undefined;
}

/**
 * Walks over a file: itself, or, if it is an archive, the archive and all its members, those of archives inside it too.
 *
 * One file is open at a time beside the archives around it. An archive that is met again comes without its members, which
 * came before. Damage becomes failures; nothing is thrown because of an input. An archive that contains itself, and one
 * that lies deeper than `Limits.containerDepth`, is a failure.
 *
 * @param file - The path as the caller names it.
 */
export function* walkInputs(host: InputHost, file: string, options: WalkOptions = {}): Generator<Walked> {
  const entry: Entry = { path: [file], file, memberOffset: undefined, archive: undefined, member: undefined };
  yield* walkAll({ host, options, inside: [], walked: new Set(), nested: undefined }, [entry].values());
}

/** Bytes to look at. */
interface Opened {
  readonly entry: Entry;
  readonly range: ByteRange;
  readonly identity: string;
  /** The file that was opened for them; `undefined` where it is that of the archive around. */
  readonly file: OpenedFile | undefined;
}

/** One loop for all members of an archive: a thousand of them pass through it, and most of them are objects. */
function* walkAll(walk: Walk, entries: Iterator<Entry | WalkedFailure>): Generator<Walked> {
  for (let next = entries.next(); next.done !== true; next = entries.next()) {
    const opened = 'kind' in next.value ? next.value : open(walk, next.value);
    if ('kind' in opened) {
      yield opened;
      continue;
    }
    try {
      const met = meet(walk, opened);
      if (met === undefined) yield* walkArchive(walk, opened);
      else yield met;
    } finally {
      opened.file?.close();
    }
  }
}

/** Finds the bytes of an entry: in the archive around it, or in a file of its own. */
function open(walk: Walk, entry: Entry): Opened | WalkedFailure {
  const { member, archive } = entry;
  if (member?.data !== undefined && archive !== undefined) {
    const identity = `${walk.inside.at(-1)}@${member.offset}`;
    return { entry, range: member.data, identity, file: undefined };
  }
  const file = walk.host.open(entry.file);
  if ('kind' in file) return { kind: 'failure', ...entry, failure: file };
  // GNU ar names a member of a regular archive inside a thin one by the position of its header.
  if (member?.nestedOffset !== undefined) return openNested(walk, entry, file, member.nestedOffset);
  const range = ByteRange.ofSource(file.source, entry.path);
  return { entry, range, identity: file.identity, file };
}

/**
 * Finds the bytes of a member by the archive in a file and an offset there. As in BFD the archive may be thin, although GNU ar
 * takes its members in place of it: then there is another file.
 */
function openNested(walk: Walk, entry: Entry, file: OpenedFile, headerOffset: number): Opened | WalkedFailure {
  let place = { ...entry, memberOffset: headerOffset };
  for (let depth = 0, inFile = file; ; depth += 1) {
    const { memberOffset, path } = place;
    if (depth >= DEFAULT_LIMITS.containerDepth) {
      inFile.close();
      return unreadable(place, `archives are nested more than ${DEFAULT_LIMITS.containerDepth} deep`);
    }
    const container = ByteRange.ofSource(inFile.source, path);
    const inner = orFailure(() => nestedArchive(walk, container, inFile).memberAt(memberOffset));
    if (inner instanceof FormatError) return malformed({ ...place, memberOffset: entry.memberOffset }, inner);
    const innerPath = [...path, inner.name];
    if (inner.data !== undefined) {
      const identity = `${inFile.identity}@${memberOffset}`;
      return { entry: { ...place, path: innerPath }, range: inner.data, identity, file: undefined };
    }
    const innerFile = besides(place.file, inner.name);
    const opened = walk.host.open(innerFile);
    place = { ...place, path: innerPath, file: innerFile };
    if ('kind' in opened) return { kind: 'failure', ...place, failure: opened };
    if (inner.nestedOffset === undefined) {
      const range = ByteRange.ofSource(opened.source, innerPath);
      return { entry: place, range, identity: opened.identity, file: opened };
    }
    place = { ...place, memberOffset: inner.nestedOffset };
    inFile = opened;
  }
}

/** The archive in a file that was opened, which is closed here if it was open before. */
function nestedArchive(walk: Walk, container: ByteRange, file: OpenedFile): ArchiveFile {
  if (walk.nested?.identity === file.identity) {
    file.close();
    return walk.nested.archive;
  }
  closeNested(walk);
  try {
    const archive = openArchive(container);
    walk.nested = { identity: file.identity, archive, file };
    return archive;
  } catch (error) {
    file.close();
    throw error;
  }
}

function closeNested(walk: Walk): void {
  walk.nested?.file.close();
  walk.nested = undefined;
}

/** Tells what the bytes are; `undefined` for an archive. */
function meet(walk: Walk, { entry, range, identity, file }: Opened): WalkedInput | WalkedFailure | undefined {
  const { isKnown, scratch } = walk.options;
  const mtime = file?.mtime;
  if (isKnown?.(identity, entry.archive) === true) {
    return { kind: 'input', ...entry, identity, range: undefined, format: undefined, mtime };
  }
  try {
    const loaded = scratch === undefined ? range : range.loadInto(scratch);
    const format = formatOf(loaded);
    // An archive is not read out of the scratch memory, which its members will need.
    if (format === 'archive' || format === 'thin-archive') return undefined;
    return { kind: 'input', ...entry, identity, range: loaded, format, mtime };
  } catch (error) {
    if (error instanceof FormatError) return malformed(entry, error);
    throw error;
  }
}

function* walkArchive(walk: Walk, { entry, range, identity }: Opened): Generator<Walked> {
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
  yield { kind: 'archive', ...entry, identity, size: range.length, opened, content: archive.file };
  if (walk.walked.has(identity)) return;
  walk.walked.add(identity);
  inside.push(identity);
  try {
    yield* walkAll(walk, new MemberEntries(entry, archive.file, opened));
  } finally {
    inside.pop();
    closeNested(walk);
  }
}

/** The members of an archive as entries; what is wrong with the archive comes last. */
class MemberEntries implements Iterator<Entry | WalkedFailure> {
  private readonly entry: Entry;
  private readonly archive: LinkArchive;
  private readonly members: Generator<ArchiveMember, void>;

  constructor(entry: Entry, file: ArchiveFile, archive: LinkArchive) {
    this.entry = entry;
    this.archive = archive;
    this.members = file.members();
  }

  next(): IteratorResult<Entry | WalkedFailure> {
    const { entry, archive } = this;
    try {
      const next = this.members.next();
      if (next.done === true) return { done: true, value: undefined };
      const member = next.value;
      const path = [...entry.path, member.name];
      const file = member.data === undefined ? besides(archive.file, member.name) : entry.file;
      return { done: false, value: { path, file, memberOffset: member.offset, archive, member } };
    } catch (error) {
      // The generator is done after its first error.
      if (error instanceof FormatError) return { done: false, value: malformed(entry, error) };
      throw error;
    }
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
