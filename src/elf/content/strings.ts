// Sections that hold strings: `.comment`, in which every tool leaves its name, and others with SHF_STRINGS; gABI "Special
// Sections" and "Section Attribute Flags". What readelf -p prints.

import { decodeName, endOfString } from '../../bytes/index.ts';
import type { ElfFile } from '../elf-file.ts';

/** A string of a section. */
export interface ElfSectionString {
  /** Where it starts, from the start of the section. */
  readonly offset: number;
  /** The text as {@link decodeName} makes it. */
  readonly text: string;
}

/**
 * Goes through the strings of a section: runs of bytes other than NUL. Several NULs in a row are padding, and the last
 * string needs none. Strings of wider characters (`sh_entsize` above 1) come apart.
 *
 * @param index - The number of any section that has bytes.
 * @throws {@link FormatError} when the first one is asked for, as {@link ElfFile.sectionView}.
 * @see readelf -p, llvm-readelf -p.
 * @example
 * for (const { text } of sectionStrings(elf, comment)) console.log(text); // GCC: (Debian 12.2.0-14) 12.2.0
 */
export function* sectionStrings(elf: ElfFile, index: number): Generator<ElfSectionString, void, undefined> {
  const { bytes } = elf.sectionView(index);
  let offset = 0;
  while (offset < bytes.length) {
    if (bytes[offset] === 0) {
      offset += 1;
      continue;
    }
    const end = endOfString(bytes, offset);
    yield { offset, text: decodeName(bytes, offset, end) };
    offset = end + 1;
  }
}
