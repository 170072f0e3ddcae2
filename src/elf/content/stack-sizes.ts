// `.stack_sizes` of LLVM (-fstack-size-section): how much stack each function takes; LLVM's Extensions.rst, "Emitting
// function stack size information". The address of a function, then a ULEB128. The section has no type of its own.

import { Leb128Cursor } from '../../bytes/index.ts';
import { ELF_TYPES } from '../constants/header.ts';
import type { ElfFile } from '../elf-file.ts';
import { readWord } from '../layout.ts';
import { readUncompressed } from './compression.ts';
import { RelocatedWords } from './relocated-words.ts';
import { SectionRelocations } from './section-relocations.ts';

const { ET_REL } = ELF_TYPES.values;

/** How much stack a function takes. */
export interface ElfStackSize {
  /**
   * Address of the function. In relocatable files what the relocation there says, the value of the symbol and the addend:
   * an offset in the section of that symbol; `undefined` where there is no relocation. `sh_link` should name the section,
   * but is 0 for PlayStation 4, and up to clang 19 names the jump tables of a function that has some.
   */
  readonly address: bigint | undefined;
  /** Bytes, without what is allocated as it runs. */
  readonly size: bigint;
  /** Where the entry stands, from the start of the section. */
  readonly offset: number;
}

/**
 * Goes through the stack sizes of a section. Reads the section, and in relocatable files its relocations, when the first
 * one is asked for.
 *
 * @param index - The number of a section that is named `.stack_sizes`; the name is not looked at.
 * @param relocations - Those of the file, for callers who read many sections: made anew they cost a pass over the section
 *   headers. Not looked at in files that are not relocatable.
 * @throws {@link FormatError} while iterating, behind the entries before the fault: as {@link readUncompressed}, and for
 *   relocatable files as {@link ElfFile.relocationTable} and {@link ElfFile.symbolTable}; `truncated` or `out-of-bounds`
 *   if the section ends within an entry, `bad-value` if a size does not fit 64 bits.
 * @see llvm-readobj --stack-sizes.
 */
export function* stackSizes(
  elf: ElfFile,
  index: number,
  relocations?: SectionRelocations,
): Generator<ElfStackSize, void, undefined> {
  const view = readUncompressed(elf, index);
  const isRelocatable = elf.header.type === ET_REL;
  const words = isRelocatable
    ? new RelocatedWords(elf, index, view, relocations ?? new SectionRelocations(elf))
    : undefined;
  const width = elf.encoding.layout.bits / 8;
  const cursor = new Leb128Cursor(view);
  while (!cursor.atEnd) {
    const { offset } = cursor;
    const { data } = view.part(offset, width, 'the address of a function');
    const address = words === undefined ? readWord(data, 0, elf.encoding) : words.valueAt(offset);
    cursor.offset += width;
    yield { address, size: cursor.unsigned64('a stack size'), offset };
  }
}
