// Where jump tables stand and how many entries they have: `.llvm_jump_table_sizes`, SHT_LLVM_JT_SIZES; LLVM 20 and later
// (-mllvm -emit-jump-table-sizes-section, the default for PlayStation 5); LLVM's Extensions.rst, "SHT_LLVM_JT_SIZES
// Section". Pairs of words of the file's class.

import type { ByteView } from '../../bytes/index.ts';
import { SECTION_TYPES } from '../constants/section.ts';
import type { ElfFile } from '../elf-file.ts';
import type { ElfEncoding } from '../layout.ts';
import { readWord } from '../layout.ts';

const { SHT_LLVM_JT_SIZES } = SECTION_TYPES.values;

/** Jump tables, as columns that take a number below {@link length}. Making one copies nothing. */
export class ElfJumpTableSizes {
  /** Number of jump tables. */
  readonly length: number;
  private readonly view: ByteView;
  private readonly encoding: ElfEncoding;
  private readonly width: number;

  /** @internal */
  constructor(view: ByteView, encoding: ElfEncoding) {
    this.view = view;
    this.encoding = encoding;
    this.width = encoding.layout.bits / 8;
    this.length = view.length / (2 * this.width);
  }

  /** Offset of the word that holds the address of a table, from the start of the section: where its relocation applies. */
  addressOffset(index: number): number {
    return index * 2 * this.width;
  }

  /** The address as stored; in relocatable files the relocation gives it. */
  address(index: number): bigint {
    return readWord(this.view.data, this.addressOffset(index), this.encoding);
  }

  /** How many entries the table has. */
  entryCount(index: number): bigint {
    return readWord(this.view.data, this.addressOffset(index) + this.width, this.encoding);
  }
}

/**
 * Reads the sizes of jump tables (LLVM 20 and later).
 *
 * @throws {@link FormatError} as {@link ElfFile.arrayView}; `bad-value` if the section is none.
 */
export function readJumpTableSizes(file: ElfFile, index: number): ElfJumpTableSizes {
  file.expectType(index, SHT_LLVM_JT_SIZES);
  const { encoding } = file;
  return new ElfJumpTableSizes(file.arrayView(index, (encoding.layout.bits / 8) * 2), encoding);
}
