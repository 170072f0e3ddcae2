// Words of a section of a relocatable file that hold addresses: the relocation at a word says what the linker puts there.
// For readers of one section; references.ts, for readers of many that point at each other, also finds names and bounds what
// all of them cost together. Here the bytes may be decompressed ones.

import type { ByteView } from '../../bytes/index.ts';
import type { ElfFile } from '../elf-file.ts';
import { readWord } from '../layout.ts';
import type { ElfRelocationTable } from '../relocation.ts';
import type { ElfSymbolTable } from '../symbol.ts';
import { RelocationOffsets } from './relocation-offsets.ts';
import type { SectionRelocations } from './section-relocations.ts';

/** Finds what stands in the words of one section. Making one costs a pass over its relocations. */
export class RelocatedWords {
  private readonly elf: ElfFile;
  private readonly view: ByteView;
  private readonly table: ElfRelocationTable | undefined;
  private readonly symbols: ElfSymbolTable | undefined;
  private readonly offsets: RelocationOffsets;

  /**
   * @param view - The content of the section.
   * @throws {@link FormatError} as {@link ElfFile.relocationTable} and {@link ElfFile.symbolTable}.
   */
  constructor(elf: ElfFile, index: number, view: ByteView, relocations: SectionRelocations) {
    this.elf = elf;
    this.view = view;
    const table = relocations.tableOf(index);
    this.table = table;
    this.offsets = new RelocationOffsets(table);
    if (table === undefined || table.length === 0) return;
    this.symbols = elf.symbolTable(table.symbolTableIndex);
  }

  /**
   * The value of the symbol and the addend, an offset in the section of the symbol; `undefined` where there is no
   * relocation. llvm-readobj prints the addend alone, which is the same for the section symbols that most compilers use.
   *
   * @param offset - Of a word that lies in the section.
   * @throws {@link FormatError} `out-of-bounds` if the relocation refers to a symbol that does not exist.
   */
  valueAt(offset: number): bigint | undefined {
    const { elf, table, symbols, view } = this;
    // Of several the last, as in LLVM.
    const entry = this.offsets.last(offset);
    if (entry === -1 || table === undefined || symbols === undefined) return undefined;
    const symbol = table.symbolIndex(entry);
    if (symbol >= symbols.length) {
      throw view.error('out-of-bounds', `invalid symbol index ${symbol} of a relocation`, offset);
    }
    // In SHT_REL the addend stands in the word.
    const addend = table.addend(entry) ?? readWord(view.data, offset, elf.encoding);
    return BigInt.asUintN(elf.encoding.layout.bits, symbols.value(symbol) + addend);
  }
}
