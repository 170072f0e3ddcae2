// Which relocation sections belong to a section, for readers of sections whose words are references: asked of each
// section anew it would cost a pass over the headers for each. gABI "Relocation": sh_info names the section.

import { SECTION_TYPES } from '../constants/section.ts';
import type { ElfFile } from '../elf-file.ts';
import type { ElfRelocationTable } from '../relocation.ts';

const { SHT_REL, SHT_RELA, SHT_CREL } = SECTION_TYPES.values;

/** The relocation sections of a file by the section that they relocate. Making one costs a pass over the headers. */
export class SectionRelocations {
  private readonly file: ElfFile;
  private readonly sectionsByTarget = new Map<number, number[]>();

  /** @throws {@link FormatError} as {@link ElfFile.sections}. */
  constructor(file: ElfFile) {
    this.file = file;
    const { sections } = file;
    for (let i = 1; i < sections.length; i += 1) {
      const type = sections.type(i);
      if (type !== SHT_REL && type !== SHT_RELA && type !== SHT_CREL) continue;
      const target = sections.info(i);
      const others = this.sectionsByTarget.get(target);
      if (others === undefined) this.sectionsByTarget.set(target, [i]);
      else others.push(i);
    }
  }

  /** The numbers of the relocation sections of a section, ascending. Linkers refuse more than one. */
  indicesOf(target: number): readonly number[] {
    return this.sectionsByTarget.get(target) ?? [];
  }

  /**
   * The relocations of a section; `undefined` if it has none. Of several tables the first.
   *
   * @throws {@link FormatError} as {@link ElfFile.relocationTable}.
   */
  tableOf(target: number): ElfRelocationTable | undefined {
    const index = this.indicesOf(target)[0];
    return index === undefined ? undefined : this.file.relocationTable(index);
  }
}
