// SHT_LLVM_ADDRSIG: the symbols whose addresses matter, so that `--icf=safe` may fold the others. A sequence of ULEB128
// symbol indices; LLVM's Extensions.rst, "SHT_LLVM_ADDRSIG Section".

import { Leb128Cursor } from '../../bytes/index.ts';
import type { ByteView } from '../../bytes/index.ts';
import { SECTION_TYPES } from '../constants/section.ts';
import type { ElfFile } from '../elf-file.ts';

const { SHT_LLVM_ADDRSIG } = SECTION_TYPES.values;

/**
 * Reads an address-significance table.
 *
 * @param index - Its section number.
 * @throws {@link FormatError} as {@link ElfFile.sectionView}; `bad-value` if the section is no SHT_LLVM_ADDRSIG.
 */
export function readAddressSignificance(elf: ElfFile, index: number): ElfAddressSignificance {
  elf.expectType(index, SHT_LLVM_ADDRSIG);
  return new ElfAddressSignificance(elf.sectionView(index), elf.sections.link(index));
}

/** Reads the indices one after the other; makes no object for one. */
export class ElfAddressSignificance {
  /**
   * `sh_link`: the section number of the symbol table that is indexed. 0 says that the indices are stale: objcopy, strip
   * and `ld -r` rewrite the symbol table, keep these bytes and clear the link. Linkers ignore the section then. Not checked.
   */
  readonly symbolTableIndex: number;
  private readonly view: ByteView;
  private readonly cursor: Leb128Cursor;

  /** @internal */
  constructor(view: ByteView, symbolTableIndex: number) {
    this.view = view;
    this.cursor = new Leb128Cursor(view);
    this.symbolTableIndex = symbolTableIndex;
  }

  /** Whether all indices were read. A section without any is meaningful: no address matters. */
  get atEnd(): boolean {
    return this.cursor.atEnd;
  }

  /** Where the next index stands, from the start of the file that holds the bytes. */
  get fileOffset(): number {
    return this.view.base + this.cursor.offset;
  }

  /**
   * Reads the next symbol index. Not checked against the symbol table.
   *
   * @throws {@link FormatError} `truncated` if the section ends within it, `bad-value` if it is above 2^53. Nothing behind
   *   it can be read then: the cursor is at its end.
   */
  next(): number {
    try {
      return this.cursor.unsigned('an address-significance index');
    } catch (error) {
      this.cursor.offset = this.view.length;
      throw error;
    }
  }
}
