// Addends that lie in the relocated bytes: those of SHT_REL, and of SHT_CREL without addends. As lld 22 reads them
// (getImplicitAddend), for AArch64, ARM and x86; where the two differ at all is with Thumb branches over more than half of
// their range, whose sign lld takes from the bit below the right one.

import type { ByteView } from '../../bytes/index.ts';
import { addendFieldBytes, readAddendField } from './addend-field.ts';
import type { ElfFile } from '../elf-file.ts';
import { IMPLICIT_ADDENDS } from './implicit-addend-types.ts';
import type { AddendField } from './implicit-addend-types.ts';
import type { ElfRelocationTable } from '../relocation.ts';

const ET_REL = 1;

/**
 * Makes a reader of the addends of a table without any. Reads the section that is relocated, in one read, unless
 * {@link ElfFile.load} has read it. Of a linked file, whose tables name no such section or one of many, each addend is read
 * by its address.
 *
 * @param table - A table of `elf` for which `hasAddends` does not hold; others have their addends by `addend`.
 * @throws {@link FormatError} as {@link ElfFile.sectionView}, for the section that `sh_info` names.
 */
export function readImplicitAddends(elf: ElfFile, table: ElfRelocationTable): ElfImplicitAddends {
  const section = elf.header.type === ET_REL ? elf.sectionView(table.targetSection) : undefined;
  return new ElfImplicitAddends(elf, table, section);
}

/** Reads implicit addends one by one. Get one with {@link readImplicitAddends}. */
export class ElfImplicitAddends {
  private readonly elf: ElfFile;
  private readonly table: ElfRelocationTable;
  private readonly section: ByteView | undefined;
  private readonly fields: ReadonlyMap<number, AddendField> | undefined;

  /** @internal */
  constructor(elf: ElfFile, table: ElfRelocationTable, section: ByteView | undefined) {
    this.elf = elf;
    this.table = table;
    this.section = section;
    this.fields = IMPLICIT_ADDENDS.get(elf.header.machine);
  }

  /**
   * The addend of a relocation, signed.
   *
   * @param index - Its position in the table.
   * @returns 0 for types that are defined without an addend; `undefined` for types, and machines, whose addends are not
   *   known to be anywhere.
   * @throws {@link FormatError} `out-of-bounds` if `r_offset` lies outside the section, or the field goes past its end; for
   *   linked files as `ElfSegmentTable.fileOffsetOf`.
   */
  addend(index: number): bigint | undefined {
    const field = this.fields?.get(this.table.type(index));
    if (field === undefined) return undefined;
    const size = addendFieldBytes(field);
    if (size === 0) return 0n;
    const { littleEndian } = this.elf.encoding;
    const view = this.placeOf(index, size);
    return readAddendField(view.data, 0, field, littleEndian);
  }

  private placeOf(index: number, size: number): ByteView {
    const { elf, table, section } = this;
    const what = `relocation ${index} at 0x${table.offset(index).toString(16)}`;
    if (section === undefined) {
      return elf.input.view(elf.segments.fileOffsetOf(table.offset(index)), size, what);
    }
    // Rounded where it is past the end in any case.
    return section.part(Number(table.offset(index)), size, what);
  }
}
