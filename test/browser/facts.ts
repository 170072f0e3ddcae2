// What the tests read of a file, in Node and in the browser alike.

import { ByteRange, formatOf, listSymbols, openArchive } from '../../src/index.ts';

/** A line for the format of the file, then one for each of its symbols, or of its members if it is an archive. */
export function factsOf(bytes: Uint8Array): string[] {
  const range = ByteRange.from(bytes);
  const format = formatOf(range);
  if (format === 'archive')
    return [format, ...Array.from(openArchive(range).members(), ({ name, size }) => `${name} ${size}`)];
  return [format, ...Array.from(listSymbols(range), ({ name, letter }) => `${letter} ${name}`)];
}
