// EXPORT_SYMBOL in objects of Linux 6.5 and later: section `.export_symbol` (include/linux/export.h, __EXPORT_SYMBOL), which
// modpost reads to write the tables of exports.ts, and linker scripts throw away. An entry: who may use the symbol (empty,
// or `GPL`) and its namespace, each ended by a NUL; NULs up to a multiple of the size of an address; the address.

import type { ElfFile } from '../../elf-file.ts';
import { ElfReferences } from '../references.ts';
import type { ElfReference, ElfWords } from '../references.ts';
import type { ContentOptions } from '../damage.ts';
import { unlessDamaged } from '../damage.ts';
import { TerminatedStrings } from '../terminated-strings.ts';

const NAME = '.export_symbol\0';

/** A symbol that an object wants exported. */
export interface KernelExportMarker {
  /** Its name: that of the symbol which is pointed at. */
  readonly name: string;
  /** Who may use it: empty for all, `GPL` for modules under that license. */
  readonly license: string;
  /** The namespace that users have to import, since 6.16 also `module:` and names of modules; empty for none. */
  readonly namespace: string;
  /** The symbol itself. */
  readonly symbol: ElfReference;
  /** The section. */
  readonly sectionIndex: number;
  /** Where the entry stands, from the start of the section. */
  readonly offset: number;
}

/**
 * What an object of Linux 6.5 and later wants exported, also after `ld -r`. Costs a pass over the section names.
 *
 * @param options - `onDamage` is told of sections with an entry that cannot be read: the rest of the section is not.
 * @throws {@link FormatError} as {@link ElfFile.sections}; without `onDamage` also: `truncated` or `out-of-bounds` if an
 *   entry is not whole, `bad-value` if it points at no symbol with a name; and as {@link ElfReferences.wordsOf}.
 */
export function* kernelExportMarkers(
  file: ElfFile,
  options: ContentOptions = {},
): Generator<KernelExportMarker, void, undefined> {
  const { sections } = file;
  const indices: number[] = [];
  for (let i = 1; i < sections.length; i += 1) if (sections.nameStartsWith(i, NAME)) indices.push(i);
  if (indices.length === 0) return;
  const known = new ElfReferences(file);
  known.load(indices);
  for (const index of indices) {
    const words = unlessDamaged(options, () => known.wordsOf(index));
    if (words === undefined) continue;
    const strings = new TerminatedStrings(words.view);
    while (!strings.atEnd) {
      const entry = unlessDamaged(options, () => readEntry(known, words, strings));
      if (entry === undefined) break;
      yield entry;
    }
  }
}

function readEntry(references: ElfReferences, words: ElfWords, strings: TerminatedStrings): KernelExportMarker {
  const { offset } = strings;
  const width = references.file.header.bits / 8;
  const license = strings.next('the license of an exported symbol');
  const namespace = strings.next('the namespace of an exported symbol');
  const place = Math.ceil(strings.offset / width) * width;
  words.view.part(place, width, 'the address of an exported symbol');
  strings.offset = place + width;
  const symbol = words.at(place, width, false);
  const name = symbol === undefined ? undefined : references.nameAt(symbol);
  if (symbol === undefined || name === undefined) {
    throw words.view.error('bad-value', 'an entry of .export_symbol points at no symbol with a name', place);
  }
  return { name, license, namespace, symbol, sectionIndex: words.section, offset };
}
