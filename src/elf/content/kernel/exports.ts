// The symbols that a Linux kernel or module exports: `___ksymtab<suffix>+NAME`, one section for each in objects, and
// `__ksymtab<suffix>` in modules and linked kernels; `struct kernel_symbol` of include/linux/export.h. An entry is words:
//
//   up to 4.18      address of the symbol, address of its name
//   4.19 to 5.3     the same, or with CONFIG_HAVE_ARCH_PREL32_RELOCATIONS (arm64, x86, …) distances, 4 bytes each
//   5.4 and later   a third word for the namespace (0: none)
//
// Names are in `__ksymtab_strings`. Since 6.5 objects have `.export_symbol` instead (see export-markers.ts), and what is
// read here is written by modpost. The suffix tells who may use the symbol: `_gpl`; up to 5.11 also `_gpl_future`,
// `_unused` and `_unused_gpl`; after 6.18 the kernel keeps that in `__kflagstab` (see export-columns.ts). Checked on 6.1;
// other versions by objects that are assembled as their headers say. Assembler sources of 6.1 have no namespace.

import type { ElfFile } from '../../elf-file.ts';
import type { ContentOptions } from '../damage.ts';
import { unlessDamaged } from '../damage.ts';
import { ElfReferences } from '../references.ts';
import type { ElfReference, ElfWords } from '../references.ts';
import { kernelSections } from './sections.ts';
import type { KernelTableSection } from './sections.ts';
import { bestForm, wordForms } from './word-form.ts';
import type { KernelWordForm } from './word-form.ts';

const STRINGS = '__ksymtab_strings';
const TABLE = '__ksymtab';

/** How the entries of a table are laid out. */
export interface KernelExportForm extends KernelWordForm {
  /** Words of an entry: 2, or 3 with namespaces. */
  readonly wordCount: 2 | 3;
}

/** An exported symbol. */
export interface KernelExport {
  /** Its name, as users look it up. */
  readonly name: string;
  /** The namespace that users have to import; empty for none. */
  readonly namespace: string;
  /** What follows `__ksymtab` in the name of the table: empty, `_gpl`, … */
  readonly suffix: string;
  /** The symbol itself. */
  readonly symbol: ElfReference;
  /** The section of the table. */
  readonly sectionIndex: number;
  /** Where the entry stands, from the start of the section. */
  readonly offset: number;
  /** How the table is laid out. */
  readonly form: KernelExportForm;
}

/**
 * The symbols that a file exports, of every kernel version since 2.6.13, in the order of the file. Costs a pass over the section
 * names, and one over the relocations of these sections.
 *
 * @param options - `onDamage` is told of tables and entries that cannot be read.
 * @throws {@link FormatError} as {@link ElfFile.sections}; without `onDamage` also: `bad-value` if a table has no form that
 *   is known, or an entry points at no symbol or no name; and as {@link ElfReferences.wordsOf} and
 *   {@link ElfReferences.stringAt}.
 */
export function* kernelExports(file: ElfFile, options: ContentOptions = {}): Generator<KernelExport, void, undefined> {
  const references = new ElfReferences(file);
  const all = kernelSections(file, TABLE);
  const strings = new Set(all.filter(({ name }) => name === STRINGS).map(({ index }) => index));
  references.load(all.map(({ index }) => index));
  for (const section of all) {
    if (section.name === STRINGS || file.sections.size(section.index) === 0) continue;
    const table = unlessDamaged(options, () => openTable(references, section, strings));
    if (table === undefined) continue;
    const span = table.form.wordSize * table.form.wordCount;
    for (let offset = 0; table.words.view.length - offset >= span; offset += span) {
      const entry = unlessDamaged(options, () => readEntry(references, table, section, offset));
      if (entry !== undefined) yield entry;
    }
  }
}

interface OpenTable {
  readonly words: ElfWords;
  readonly form: KernelExportForm;
}

function openTable(references: ElfReferences, section: KernelTableSection, strings: ReadonlySet<number>): OpenTable {
  const words = references.wordsOf(section.index);
  const forms = wordForms(references).flatMap((form): KernelExportForm[] => [
    { ...form, wordCount: 3 },
    { ...form, wordCount: 2 },
  ]);
  const form = bestForm(forms, (candidate) => scoreOf(words, candidate, strings));
  if (form !== undefined) return { words, form };
  throw references.file.sectionError(
    'bad-value',
    `section ${section.name} is no table of exported symbols`,
    section.index,
  );
}

/** In the right form names and namespaces are among the strings, and symbols are not. */
function scoreOf(
  words: ElfWords,
  { wordSize, wordCount, isRelative }: KernelExportForm,
  strings: ReadonlySet<number>,
): number {
  const span = wordSize * wordCount;
  const count = Math.floor(words.view.length / span);
  /** What a word points at: a string, something else, nothing, or what cannot be told. */
  const kindOf = (offset: number): 'string' | 'other' | 'nothing' | 'damaged' => {
    if (!words.isReadable(offset)) return 'damaged';
    const reference = words.at(offset, wordSize, isRelative);
    if (reference === undefined) return 'nothing';
    return strings.has(reference.section) ? 'string' : 'other';
  };
  let good = 0;
  for (let i = 0; i < count; i += 1) {
    const offset = i * span;
    const symbol = kindOf(offset);
    if ((symbol !== 'other' && symbol !== 'nothing') || kindOf(offset + wordSize) !== 'string') continue;
    const namespace = wordCount === 2 ? 'nothing' : kindOf(offset + 2 * wordSize);
    if (namespace === 'nothing' || namespace === 'string') good += 1;
  }
  // What is left over belongs to no entry of this form.
  return (good * span) / words.view.length;
}

function readEntry(
  references: ElfReferences,
  { words, form }: OpenTable,
  section: KernelTableSection,
  offset: number,
): KernelExport {
  const { wordSize, wordCount, isRelative } = form;
  const symbol = words.at(offset, wordSize, isRelative);
  const name = words.at(offset + wordSize, wordSize, isRelative);
  const namespace = wordCount === 2 ? undefined : words.at(offset + 2 * wordSize, wordSize, isRelative);
  if (symbol === undefined || name === undefined) {
    const missing = symbol === undefined ? 'symbol' : 'name';
    throw words.view.error('bad-value', `an entry of ${section.name} points at no ${missing}`, offset);
  }
  return {
    name: references.stringAt(name, 'the name of an exported symbol'),
    namespace: namespace === undefined ? '' : references.stringAt(namespace, 'the namespace of an exported symbol'),
    suffix: section.suffix,
    symbol,
    sectionIndex: section.index,
    offset,
    form,
  };
}
