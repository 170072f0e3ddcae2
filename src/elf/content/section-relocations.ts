// Which relocation sections belong to a section, for readers of sections whose words are references: asked of each
// section anew it would cost a pass over the headers for each. gABI "Relocation": sh_info names the section.

import { SECTION_TYPES } from '../constants/section.ts';
import type { ElfFile } from '../elf-file.ts';
import type { ElfRelocationTable } from '../relocation.ts';

const { SHT_REL, SHT_RELA, SHT_CREL } = SECTION_TYPES.values;

/** The relocation sections of a file by the section that they relocate. Making one costs a pass over the headers. */
export class SectionRelocations {
  private readonly file: ElfFile;
  /** By section number: the first of its relocation sections, 0 for none. */
  private readonly firstByTarget: Uint32Array;
  /** By number of a relocation section: the next one of the same section, 0 for none. */
  private readonly nextByIndex: Uint32Array;

  /** @throws {@link FormatError} as {@link ElfFile.sections}. */
  constructor(file: ElfFile) {
    this.file = file;
    const { sections } = file;
    const { length } = sections;
    this.firstByTarget = new Uint32Array(length);
    this.nextByIndex = new Uint32Array(length);
    // Backwards, so that the first one is put in front of the others at last.
    for (let i = length - 1; i >= 1; i -= 1) {
      const type = sections.type(i);
      if (type !== SHT_REL && type !== SHT_RELA && type !== SHT_CREL) continue;
      const target = sections.info(i);
      if (target >= length) continue;
      this.nextByIndex[i] = this.firstByTarget[target] as number;
      this.firstByTarget[target] = i;
    }
  }

  /** The numbers of the relocation sections of a section, ascending. Linkers refuse more than one. */
  indicesOf(target: number): number[] {
    const indices: number[] = [];
    for (let i = this.firstByTarget[target] ?? 0; i !== 0; i = this.nextByIndex[i] as number) indices.push(i);
    return indices;
  }

  /** The first of {@link indicesOf}; `undefined` if the section has none. */
  firstIndexOf(target: number): number | undefined {
    const index = this.firstByTarget[target] ?? 0;
    return index === 0 ? undefined : index;
  }

  /**
   * The relocations of a section; `undefined` if it has none. Of several tables the first.
   *
   * @throws {@link FormatError} as {@link ElfFile.relocationTable}.
   */
  tableOf(target: number): ElfRelocationTable | undefined {
    const index = this.firstIndexOf(target);
    return index === undefined ? undefined : this.file.relocationTable(index);
  }
}
