// Which partition of the program a symbol belongs to: `.llvm_sympart`; LLVM's Extensions.rst, "SHT_LLVM_SYMPART Section";
// LLVM 9 and later. The name of the partition, ended by a NUL, and a word that is relocated against the symbol. One
// section for each symbol; lld reads the first relocation (lld/ELF/InputFiles.cpp, readSymbolPartitionSection).

import { SECTION_TYPES } from '../constants/section.ts';
import type { ElfFile } from '../elf-file.ts';
import { SectionRelocations } from './section-relocations.ts';
import { TerminatedStrings } from './terminated-strings.ts';

const { SHT_LLVM_SYMPART } = SECTION_TYPES.values;

/** A symbol and the partition that it belongs to. */
export interface ElfSymbolPartition {
  /** Name of the partition: that of the shared library which the linker makes of it. */
  readonly partition: string;
  /** The symbol's number. Not checked against the symbol table. */
  readonly symbolIndex: number;
  /** The section number of the symbol table. Not checked. */
  readonly symbolTableIndex: number;
}

/**
 * Reads which partition a symbol belongs to (LLVM 9 and later). Costs a pass over the section headers, unless `relocations`
 * of the file are given.
 *
 * @returns `undefined` where no relocation names the symbol; lld ignores such a section.
 * @throws {@link FormatError} as {@link ElfFile.sectionView} and {@link ElfFile.relocationTable}; `bad-value` if the section
 *   is none, `truncated` if the name is not terminated.
 */
export function readSymbolPartition(
  file: ElfFile,
  index: number,
  relocations = new SectionRelocations(file),
): ElfSymbolPartition | undefined {
  file.expectType(index, SHT_LLVM_SYMPART);
  const partition = new TerminatedStrings(file.sectionView(index)).next('the name of a partition');
  const table = relocations.tableOf(index);
  if (table === undefined || table.length === 0) return undefined;
  return { partition, symbolIndex: table.symbolIndex(0), symbolTableIndex: table.symbolTableIndex };
}
