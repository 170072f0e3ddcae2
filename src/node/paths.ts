// Paths are carried as text that `decodeName` makes of their bytes, so that two files never share a name and every name
// can be printed; here they become what the file system takes.

import { encodeName } from '../bytes/index.ts';

// File names of Windows are UTF-16 and have backslashes of their own.
const HAS_BYTE_NAMES = process.platform !== 'win32';

/** The path for a call of `node:fs`. */
export function toSystemPath(path: string): string | Buffer {
  if (!HAS_BYTE_NAMES || !path.includes('\\')) return path;
  try {
    return Buffer.from(encodeName(path));
  } catch (error) {
    // A caller of the library may name a file with a bare backslash.
    if (error instanceof RangeError) return path;
    throw error;
  }
}

/** The text form of a path that the caller typed. */
export function fromTypedPath(path: string): string {
  return HAS_BYTE_NAMES ? path.replaceAll('\\', '\\\\') : path;
}

/** What an error of the file system says, in the words of the C library. */
export function systemReason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS.get(code ?? '') ?? message;
}

const REASONS = new Map([
  ['ENOENT', 'No such file or directory'],
  ['EACCES', 'Permission denied'],
  ['EPERM', 'Operation not permitted'],
  ['ENOTDIR', 'Not a directory'],
  ['EISDIR', 'Is a directory'],
  ['ELOOP', 'Too many levels of symbolic links'],
  ['ENAMETOOLONG', 'File name too long'],
  ['EMFILE', 'Too many open files'],
  ['EIO', 'Input/output error'],
  ['ENOSPC', 'No space left on device'],
  ['EINVAL', 'Invalid argument'],
]);
