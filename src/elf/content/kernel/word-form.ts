// Tables of the Linux kernel changed their entries from version to version, and nothing in the file tells which it has:
// that is told by which form makes sense of most entries.

import type { ElfReferences } from '../references.ts';

/** How the words of a table point at things. */
export interface KernelWordForm {
  /** Bytes of a word. */
  readonly wordSize: number;
  /**
   * Whether words hold distances from their own place (CONFIG_HAVE_ARCH_PREL32_RELOCATIONS) instead of addresses. In 32-bit
   * relocatable files the type of the relocations alone would tell, and it says false.
   */
  readonly isRelative: boolean;
}

/** The forms that words may have in a file, distances first: most kernels of this time have them. */
export function wordForms(references: ElfReferences): readonly KernelWordForm[] {
  const { bits } = references.file.header;
  const distances = { wordSize: 4, isRelative: true };
  const addresses = { wordSize: bits / 8, isRelative: false };
  if (bits === 32 && references.isRelocatable) return [addresses];
  return [distances, addresses];
}

/**
 * The form that makes sense of the largest part of a table.
 *
 * @param score - The part of the table that makes sense, 0 to 1.
 * @returns The first of the best; `undefined` if none makes any sense.
 */
export function bestForm<Form>(forms: Iterable<Form>, score: (form: Form) => number): Form | undefined {
  let best: Form | undefined;
  let bestScore = 0;
  for (const form of forms) {
    const found = score(form);
    if (found > bestScore) [best, bestScore] = [form, found];
  }
  return best;
}
