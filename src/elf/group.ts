// Section groups, SHT_GROUP: gABI "Section Groups". A word of flags, then one section number for each member.

import type { ByteView } from '../bytes/index.ts';
import { GROUP_FLAGS, SECTION_TYPES } from './constants/section.ts';
import type { ElfFile } from './elf-file.ts';

const { GRP_COMDAT } = GROUP_FLAGS.values;
const { SHT_GROUP } = SECTION_TYPES.values;

const WORD = 4;

/**
 * Reads a section group.
 *
 * @param index - Its section number.
 * @throws {@link FormatError} as {@link ElfFile.tableView}; `bad-value` if the section is no SHT_GROUP or is empty.
 * @see gABI, "Section Groups".
 */
export function readGroup(elf: ElfFile, index: number): ElfGroup {
  elf.expectType(index, SHT_GROUP);
  const view = elf.tableView(index, WORD);
  if (view.length === 0) throw elf.sectionError('bad-value', `empty SHT_GROUP [index ${index}]`, index);
  return new ElfGroup(view, elf.encoding.littleEndian, elf.sections.info(index), elf.sections.link(index));
}

/** A section group. Making one copies nothing. */
export class ElfGroup {
  /** The first word; names of its bits in {@link GROUP_FLAGS}. Linkers refuse flags that they do not know. */
  readonly flags: number;
  /** `sh_info`: the symbol whose name is the signature (a section symbol's is that of its section). Not checked. */
  readonly signatureSymbol: number;
  /** `sh_link`: the section number of the symbol table that it indexes. Not checked. */
  readonly symbolTableIndex: number;
  /** Number of members. */
  readonly length: number;
  private readonly view: ByteView;
  private readonly littleEndian: boolean;

  /**
   * @param view - The bytes of the section; a multiple of 4 and not empty.
   * @internal
   */
  constructor(view: ByteView, littleEndian: boolean, signatureSymbol: number, symbolTableIndex: number) {
    this.view = view;
    this.littleEndian = littleEndian;
    this.signatureSymbol = signatureSymbol;
    this.symbolTableIndex = symbolTableIndex;
    this.flags = view.data.getUint32(0, littleEndian);
    this.length = view.length / WORD - 1;
  }

  /** Whether linkers keep one group of a signature only. */
  get isComdat(): boolean {
    return (this.flags & GRP_COMDAT) !== 0;
  }

  /** The section number of a member. Not checked: it comes out of the file. */
  member(index: number): number {
    return this.view.data.getUint32(WORD + index * WORD, this.littleEndian);
  }
}
