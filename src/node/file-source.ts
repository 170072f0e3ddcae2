// Files on disk as ByteSources, read by range through a descriptor, and the host that opens them for a walk.

import { closeSync, constants, openSync, readSync, readvSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import type { ByteSource } from '../bytes/index.ts';
import type { InputFailure, InputHost, OpenedFile } from '../link/index.ts';
import { systemReason, toSystemPath } from './paths.ts';

// One read call takes at most 2^31 - 1 bytes (Linux returns after 0x7ffff000).
const READ_MAX = 0x7fff_f000;

// Behind a member of an archive stands the header of the next one, at most a pad byte away.
const TAIL_BYTES = 64;

/** A descriptor as a source. Reads allocate what they return. */
class FileSource implements ByteSource {
  readonly size: number;
  private readonly descriptor: number;
  /** Bytes behind what {@link readInto} read last, which came in the same call. */
  private tail: Uint8Array | undefined;
  private tailStart = 0;
  private tailLength = 0;

  constructor(descriptor: number, size: number) {
    this.descriptor = descriptor;
    this.size = size;
  }

  read(offset: number, length: number): Uint8Array {
    const { tail, tailStart, tailLength } = this;
    if (tail !== undefined && offset >= tailStart && length <= tailLength - (offset - tailStart)) {
      return tail.slice(offset - tailStart, offset - tailStart + length);
    }
    const { buffer } = Buffer.allocUnsafeSlow(length);
    const target = new Uint8Array(buffer);
    return target.subarray(0, this.fill(offset, target));
  }

  readInto(offset: number, target: Uint8Array): number {
    const end = offset + target.length;
    if (end >= this.size || target.length > READ_MAX - TAIL_BYTES) return this.fill(offset, target);
    const tail = (this.tail ??= new Uint8Array(TAIL_BYTES));
    this.tailLength = 0;
    let done: number;
    try {
      done = readvSync(this.descriptor, [target, tail], offset);
    } catch {
      return 0;
    }
    if (done < target.length) return done + this.fill(offset + done, target.subarray(done));
    this.tailStart = end;
    this.tailLength = done - target.length;
    return target.length;
  }

  private fill(offset: number, target: Uint8Array): number {
    let done = 0;
    while (done < target.length) {
      const wanted = Math.min(READ_MAX, target.length - done);
      const read = this.readOnce(target, done, wanted, offset + done);
      if (read === 0) break;
      done += read;
    }
    return done;
  }

  /** A failing disk or network gives what was read so far, as a file that became shorter does. */
  private readOnce(target: Uint8Array, start: number, length: number, position: number): number {
    try {
      return readSync(this.descriptor, target, start, length, position);
    } catch {
      return 0;
    }
  }
}

/**
 * Opens a file for reading by range.
 *
 * Nothing but a regular file is opened (links are followed): a FIFO would be waited for, and opening a device may do
 * something to it.
 *
 * @param file - Path, in the text that `decodeName` makes of its bytes; see `fromTypedPath`.
 * @returns The opened file, or why there is none; never throws because of the file system.
 */
export function openFile(file: string): OpenedFile | InputFailure {
  const path = toSystemPath(file);
  let descriptor: number | undefined;
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return { kind: 'missing', reason: 'No such file or directory' };
    if (!stats.isFile()) return { kind: 'unreadable', reason: `not a regular file but ${describeKind(stats)}` };
    // A FIFO may have taken its place by now; without O_NONBLOCK opening it would hang. (Windows has neither.)
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const source = new FileSource(descriptor, stats.size);
    const opened = descriptor;
    return {
      identity: identityOf(path, stats),
      source,
      mtime: Math.floor(stats.mtimeMs / 1000),
      close: () => {
        closeSync(opened);
      },
    };
  } catch (error) {
    if (descriptor !== undefined) closeSync(descriptor);
    return { kind: 'unreadable', reason: systemReason(error) };
  }
}

/** The files of this machine, for `walkInputs`. */
export const fileHost: InputHost = { open: openFile };

/** Device and inode: equal for all names of one file. */
export function identityOf(path: string | Buffer, stats: Stats): string {
  if (Number.isSafeInteger(stats.ino)) return `${stats.dev}:${stats.ino}`;
  // Some file systems use all 64 bits, which a number would round.
  const { dev, ino } = statSync(path, { bigint: true });
  return `${dev}:${ino}`;
}

/** What a path is that is no regular file. */
export function describeKind(stats: Stats): string {
  if (stats.isDirectory()) return 'a directory';
  if (stats.isFIFO()) return 'a FIFO';
  if (stats.isSocket()) return 'a socket';
  if (stats.isCharacterDevice() || stats.isBlockDevice()) return 'a device';
  return 'something else';
}
