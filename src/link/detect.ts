// What a file is, told by its first bytes and never by its name: kbuild of 5.12 to 5.18 names thin archives `*.o`.

import { isArchiveMagic } from '../archive/index.ts';
import { detectBitcode } from '../bitcode/index.ts';
import { isElfMagic } from '../elf/index.ts';

/** What a file or member is. `missing` is a member of a thin archive whose file is not there. */
export type InputFormat =
  | 'elf'
  | 'bitcode'
  | 'archive'
  | 'thin-archive'
  | 'mach-o'
  | 'coff'
  | 'wasm'
  | 'text'
  | 'empty'
  | 'missing'
  | 'unknown';

/** First bytes that {@link detectFormat} looks at. */
export const DETECT_BYTES = 512;

// Mach-O, loader.h: 32 and 64 bits in both byte orders, and the fat headers. Java class files share 0xcafebabe; their
// next word, the version, is above any count of architectures.
const MACH_O_MAGICS = [0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe];
const MACH_O_FAT_MAGICS = [0xcafebabe, 0xcafebabf];
const MACH_O_FAT_MAX = 42;
// COFF has no magic, only the machine; these are the ones of LLVM's identify_magic. 0x0000 0xffff begins the import and
// bigobj headers.
const COFF_MACHINES = [0x014c, 0x8664, 0xaa64, 0xa641, 0x01c4, 0x01c0];

/**
 * Tells what a file is.
 *
 * @param head - Its first {@link DETECT_BYTES} bytes, or all of it where it is shorter.
 */
export function detectFormat(head: Uint8Array): InputFormat {
  if (head.length === 0) return 'empty';
  if (isElfMagic(head)) return 'elf';
  if (detectBitcode(head) !== undefined) return 'bitcode';
  const archive = isArchiveMagic(head);
  if (archive !== undefined) return archive;
  return detectForeign(head);
}

function detectForeign(head: Uint8Array): InputFormat {
  if (head.length >= 8) {
    const word = bigEndian32(head, 0);
    if (word === 0x0061736d) return 'wasm';
    if (MACH_O_MAGICS.includes(word)) return 'mach-o';
    if (MACH_O_FAT_MAGICS.includes(word) && bigEndian32(head, 4) <= MACH_O_FAT_MAX) return 'mach-o';
    const machine = (head[0] as number) | ((head[1] as number) << 8);
    const isImportHeader = machine === 0 && head[2] === 0xff && head[3] === 0xff;
    if (isImportHeader || (head[0] === 0x4d && head[1] === 0x5a)) return 'coff';
    if (COFF_MACHINES.includes(machine) && head.length >= 20) return 'coff';
  }
  return isText(head) ? 'text' : 'unknown';
}

function bigEndian32(bytes: Uint8Array, offset: number): number {
  let word = 0;
  for (let i = 0; i < 4; i += 1) word = word * 256 + (bytes[offset + i] as number);
  return word;
}

/** Text has no control characters but white space (bytes above 0x7f belong to some encoding of text). */
function isText(bytes: Uint8Array): boolean {
  return (
    bytes.every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d) || byte === 0x1b) && !bytes.includes(0x7f)
  );
}
