// From the paths that a caller names to the files behind them: directories are searched, response files are read.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { decodeName } from '../bytes/index.ts';
import { detectFormat } from '../link/index.ts';
import type { InputFormat } from '../link/index.ts';
import { describeKind, identityOf, openFile } from './file-source.ts';
import { systemReason, toSystemPath } from './paths.ts';

/** A file behind a named path. */
export interface FoundFile {
  readonly file: string;
  /** The directory argument it was found in; `undefined` for a file that was named itself. */
  readonly foundIn: string | undefined;
}

/** A named path that cannot be read. */
export interface UnreadablePath {
  readonly path: string;
  readonly reason: string;
}

/** What the named paths lead to. */
export interface FoundInputs {
  /** In the order of the paths; within a directory in the order of names. */
  readonly files: readonly FoundFile[];
  readonly unreadable: readonly UnreadablePath[];
}

// A search looks at the content of every file, but these two say by their name that they are meant to be inputs, and are
// reported if they are not.
const OBJECT_NAME = /\.(o|lo|a|bc)$/;
const INPUT_FORMATS = new Set<InputFormat>(['elf', 'bitcode', 'archive', 'thin-archive']);
// As many as GNU tools read (libiberty, argv.c).
const RESPONSE_FILES_MAX = 2000;

/**
 * Finds the files behind paths: files themselves, files in directories that are objects, bitcode or archives (told by
 * their first bytes) or are named like them, and what `@response` files list.
 *
 * Symbolic links to files are followed, those to directories only where they are named themselves: build trees link to
 * sources and to each other. A directory and, within one search, a file are taken once.
 *
 * @param paths - Paths in the text form of `fromTypedPath`.
 */
export function findInputs(paths: readonly string[]): FoundInputs {
  const files: FoundFile[] = [];
  const unreadable: UnreadablePath[] = [];
  const search = new DirectorySearch(files, unreadable);
  for (const path of expandResponseFiles(paths, unreadable)) {
    const system = toSystemPath(path);
    let stats: Stats;
    try {
      stats = statSync(system);
    } catch (error) {
      unreadable.push({ path, reason: systemReason(error) });
      continue;
    }
    if (stats.isDirectory()) search.into(path, path, identityOf(system, stats));
    else if (stats.isFile()) files.push({ file: path, foundIn: undefined });
    else unreadable.push({ path, reason: `not a regular file but ${describeKind(stats)}` });
  }
  return { files, unreadable };
}

class DirectorySearch {
  private readonly files: FoundFile[];
  private readonly unreadable: UnreadablePath[];
  private readonly seen = new Set<string>();

  constructor(files: FoundFile[], unreadable: UnreadablePath[]) {
    this.files = files;
    this.unreadable = unreadable;
  }

  into(directory: string, argument: string, identity: string): void {
    // An explicit stack: the depth of a tree is up to whoever made it.
    const pending = [{ directory, identity }];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (this.seen.has(next.identity)) continue;
      this.seen.add(next.identity);
      const subdirectories = this.entriesOf(next.directory, argument);
      pending.push(...subdirectories.reverse());
    }
  }

  /** Takes the files of one directory; returns its directories. */
  private entriesOf(directory: string, argument: string): { directory: string; identity: string }[] {
    const subdirectories: { directory: string; identity: string }[] = [];
    const prefix = directory.endsWith('/') ? directory : `${directory}/`;
    let entries;
    try {
      entries = readdirSync(toSystemPath(directory), { withFileTypes: true, encoding: 'buffer' });
    } catch (error) {
      this.unreadable.push({ path: directory, reason: systemReason(error) });
      return subdirectories;
    }
    const named = entries.map((entry) => ({ entry, name: decodeName(entry.name) }));
    named.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    for (const { entry, name } of named) {
      const path = prefix + name;
      if (entry.isDirectory()) {
        try {
          const system = toSystemPath(path);
          subdirectories.push({ directory: path, identity: identityOf(system, statSync(system)) });
        } catch (error) {
          this.unreadable.push({ path, reason: systemReason(error) });
        }
      } else if (entry.isFile()) this.file(path, argument, true);
      else if (entry.isSymbolicLink()) this.file(path, argument, false);
    }
    return subdirectories;
  }

  private file(path: string, argument: string, isFile: boolean): void {
    const opened = openFile(path);
    if ('kind' in opened) {
      // One that may not be read is told. Dangling links, and links to what is no regular file, are no inputs.
      if (OBJECT_NAME.test(path) && (isFile || leadsToFile(path))) this.files.push({ file: path, foundIn: argument });
      return;
    }
    try {
      if (this.seen.has(opened.identity)) return;
      const head = opened.source.read(0, Math.min(opened.source.size, 8));
      if (!INPUT_FORMATS.has(detectFormat(head)) && !OBJECT_NAME.test(path)) return;
      this.seen.add(opened.identity);
      this.files.push({ file: path, foundIn: argument });
    } catch (error) {
      this.unreadable.push({ path, reason: systemReason(error) });
    } finally {
      opened.close();
    }
  }
}

/** Puts what `@file` lists in its place, as linkers do; a file with that very name goes first. */
function expandResponseFiles(paths: readonly string[], unreadable: UnreadablePath[]): string[] {
  const expanded: string[] = [];
  // An explicit stack of what is left of each response file: how they are nested is up to whoever wrote them.
  const pending = [{ file: '', paths: paths.values() }];
  let count = 0;
  for (let last = pending.at(-1); last !== undefined; last = pending.at(-1)) {
    const { value: path, done } = last.paths.next();
    if (done === true) {
      pending.pop();
      continue;
    }
    if (!path.startsWith('@') || exists(path)) {
      expanded.push(path);
      continue;
    }
    try {
      const file = toSystemPath(path.slice(1));
      const stats = statSync(file);
      if (!stats.isFile()) throw new Error(`not a regular file but ${describeKind(stats)}`);
      const identity = identityOf(file, stats);
      if (pending.some((outer) => outer.file === identity)) throw new Error('the response file names itself');
      if (count >= RESPONSE_FILES_MAX) throw new Error(`more than ${RESPONSE_FILES_MAX} response files`);
      count += 1;
      pending.push({ file: identity, paths: splitResponse(readFileSync(file)).values() });
    } catch (error) {
      unreadable.push({ path, reason: systemReason(error) });
      if (count >= RESPONSE_FILES_MAX) break;
    }
  }
  return expanded;
}

function leadsToFile(path: string): boolean {
  try {
    return statSync(toSystemPath(path), { throwIfNoEntry: false })?.isFile() === true;
  } catch {
    return false;
  }
}

function exists(path: string): boolean {
  try {
    return statSync(toSystemPath(path), { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false; // a name that no file can have
  }
}

/** Splits at white space; quotes and backslashes protect it (GNU tools, "@file" in the binutils manual). */
function splitResponse(content: Uint8Array): string[] {
  const words: string[] = [];
  let word: number[] | undefined;
  let quote: number | undefined;
  for (let i = 0; i < content.length; i += 1) {
    const byte = content[i] as number;
    const isSpace = byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
    if (byte === 0x5c && i + 1 < content.length) {
      i += 1;
      (word ??= []).push(content[i] as number);
    } else if (quote !== undefined && byte === quote) quote = undefined;
    else if (quote === undefined && (byte === 0x22 || byte === 0x27)) {
      quote = byte;
      word ??= [];
    } else if (quote === undefined && isSpace) {
      if (word !== undefined) words.push(decodeName(Uint8Array.from(word)));
      word = undefined;
    } else (word ??= []).push(byte);
  }
  if (word !== undefined) words.push(decodeName(Uint8Array.from(word)));
  return words;
}
