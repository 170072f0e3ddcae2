// A bound on what all elements of a file may cost together. Many elements may name the same bytes, so that a file of a few
// megabytes asks for terabytes; each element alone is harmless.

import type { ByteRange, ByteView } from '../../bytes/index.ts';
import type { ElfFile } from '../elf-file.ts';

/** Writers share strings, tails of strings and tables, but use each only a few times. */
const SHARING = 8;
/** What is granted whatever the size. */
const FREE_BYTES = 1 << 16;

/** Counts bytes that are read, or made text, against the length of what holds them. */
export class ReadBudget {
  private readonly holder: ByteRange | ByteView;
  private remaining: number;

  /** @param holder - The bytes that are read again and again: eight times its length is granted. */
  constructor(holder: ByteRange | ByteView) {
    this.holder = holder;
    this.remaining = SHARING * holder.length + FREE_BYTES;
  }

  /**
   * Takes bytes out of the budget. To be called before they are read where reading can fail: then what goes on after the
   * error is bounded as well, because each call throws once nothing is left.
   *
   * @param what - Name of the part for the message.
   * @throws {@link FormatError} `limit-exceeded` if nothing is left.
   */
  spend(bytes: number, what: string): void {
    this.remaining -= bytes;
    if (this.remaining >= 0) return;
    throw this.holder.error('limit-exceeded', `${what}: too many elements share the same bytes`, 0);
  }
}

/**
 * Takes the bytes of a section out of a budget, before they are read. One that cannot be read, because it has none or leaves
 * the file, costs nothing.
 *
 * @throws {@link FormatError} `limit-exceeded` as {@link ReadBudget.spend}.
 */
export function spendSection(budget: ReadBudget, { sections }: ElfFile, index: number, what: string): void {
  const isRead = index < sections.length && sections.hasContent(index) && sections.isInFile(index);
  budget.spend(isRead ? sections.size(index) : 0, what);
}

/**
 * The bytes of a section that other sections may share, once the budget allows.
 *
 * @throws {@link FormatError} as {@link spendSection} and {@link ElfFile.sectionView}.
 */
export function readShared(budget: ReadBudget, file: ElfFile, index: number): ByteView {
  spendSection(budget, file, index, 'sections');
  return file.sectionView(index);
}
