// Section groups, SHT_GROUP: gABI "Section Groups". A word of flags, then one section number for each member.

import type { ByteView } from '../bytes/index.ts';
import { GROUP_FLAGS } from './constants/section.ts';

const { GRP_COMDAT } = GROUP_FLAGS.values;

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
    this.length = view.length / 4 - 1;
  }

  /** Whether linkers keep one group of a signature only. */
  get isComdat(): boolean {
    return (this.flags & GRP_COMDAT) !== 0;
  }

  /** The section number of a member. Not checked: it comes out of the file. */
  member(index: number): number {
    return this.view.data.getUint32(4 + index * 4, this.littleEndian);
  }
}
