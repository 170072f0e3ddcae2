// Tables beside those of exports.ts, with an entry for each entry of theirs: `__kcrctab<suffix>`, checksums of what the
// symbols' types look like (CONFIG_MODVERSIONS), and `__kflagstab` (after Linux 6.18), a byte each, of which bit 0 says
// that only modules under the GPL may use the symbol. A checksum is
//
//   up to 4.9       a word of the size of an address, the value of the absolute symbol `__crc_NAME`
//   4.10 to 5.18    four bytes, the same; or with CONFIG_MODULE_REL_CRCS the distance of the four bytes that hold it
//   later           four bytes, in files that modpost writes; objects have none
//
// While nobody has computed it, `__crc_NAME` is undefined and weak. Left out: distances in linked files.

import { SPECIAL_SECTIONS } from '../../constants/section.ts';
import type { ElfFile } from '../../elf-file.ts';
import type { ContentOptions } from '../damage.ts';
import { unlessDamaged } from '../damage.ts';
import { ReadBudget, readShared } from '../read-budget.ts';
import { ElfReferences } from '../references.ts';
import type { ElfReference, ElfWords } from '../references.ts';
import { kernelSections } from './sections.ts';
import type { KernelTableSection } from './sections.ts';

const { SHN_ABS } = SPECIAL_SECTIONS.values;
const CRC_SIZE = 4;

/** Where an entry of a table stands, and which entry of `__ksymtab<suffix>` it belongs to. */
interface KernelColumnEntry {
  /** What follows the name of the table: that of the `__ksymtab` it belongs to. */
  readonly suffix: string;
  /** Which entry of that table; 0 in objects, where each entry has a section. */
  readonly position: number;
  /** Name of the exported symbol, out of the section's name; `undefined` in sections of many entries. */
  readonly exportName: string | undefined;
  /** The section of the table. */
  readonly sectionIndex: number;
  /** Where the entry stands, from the start of the section. */
  readonly offset: number;
}

/** The checksum of an exported symbol. */
export interface KernelCrc extends KernelColumnEntry {
  /** The checksum; `undefined` while nobody has computed it. */
  readonly crc: number | undefined;
}

/** The flags of an exported symbol. */
export interface KernelExportFlags extends KernelColumnEntry {
  /** The flags as stored. */
  readonly flags: number;
  /** Whether only modules under the GPL may use it: bit 0. */
  readonly isGplOnly: boolean;
}

/**
 * The checksums of exported symbols, of every kernel version, in the order of the file. Costs a pass over the section names.
 *
 * @param options - `onDamage` is told of tables and entries that cannot be read.
 * @throws {@link FormatError} as {@link ElfFile.sections}; without `onDamage` also as {@link ElfReferences.wordsOf}, and
 *   `out-of-bounds` if a distance leads out of its section.
 */
export function* kernelCrcs(file: ElfFile, options: ContentOptions = {}): Generator<KernelCrc, void, undefined> {
  const references = new ElfReferences(file);
  const all = kernelSections(file, '__kcrctab');
  references.load(all.map(({ index }) => index));
  for (const section of all) {
    const words = unlessDamaged(options, () => references.wordsOf(section.index));
    if (words === undefined) continue;
    const width = widthOf(references, section, words);
    for (let i = 0; i < Math.floor(words.view.length / width); i += 1) {
      const offset = i * width;
      const crc = unlessDamaged(options, () => ({ value: readCrc(references, words, offset, width) }));
      if (crc !== undefined) yield { ...placeOf(section, i, offset), crc: crc.value };
    }
  }
}

/** Entries as wide as addresses have relocations that far apart, or the section of one entry is that long. */
function widthOf({ file }: ElfReferences, { entryName }: KernelTableSection, words: ElfWords): number {
  const width = file.header.bits / 8;
  const { length } = words.view;
  if (entryName !== undefined) return length === width ? width : CRC_SIZE;
  return length % width === 0 && words.relocationCount === length / width ? width : CRC_SIZE;
}

function readCrc(references: ElfReferences, words: ElfWords, offset: number, width: number): number | undefined {
  const { file, isRelocatable } = references;
  const { littleEndian } = file.encoding;
  const target = isRelocatable ? words.at(offset, width, false) : undefined;
  if (target !== undefined) return targetCrc(references, target);
  if (width === CRC_SIZE) return words.view.uint32(offset, littleEndian, 'a checksum');
  return Number(BigInt.asUintN(32, words.view.uint64(offset, littleEndian, 'a checksum')));
}

function targetCrc(references: ElfReferences, target: ElfReference): number | undefined {
  const { section, symbolIndex, value } = target;
  if (section >= 0) {
    const view = references.viewOf(section);
    return view.uint32(Number(value), references.file.encoding.littleEndian, 'a checksum');
  }
  const isAbsolute = references.symbols()?.rawSectionIndex(symbolIndex) === SHN_ABS;
  return isAbsolute ? Number(BigInt.asUintN(32, value)) : undefined;
}

/**
 * The flags of exported symbols (after Linux 6.18), in the order of the file. Costs a pass over the section names.
 *
 * @param options - `onDamage` is told of tables that cannot be read.
 * @throws {@link FormatError} as {@link ElfFile.sections}; without `onDamage` also as {@link ElfFile.sectionView}, and
 *   `limit-exceeded` if many sections share the same bytes.
 */
export function* kernelExportFlags(
  file: ElfFile,
  options: ContentOptions = {},
): Generator<KernelExportFlags, void, undefined> {
  const budget = new ReadBudget(file.input);
  const all = kernelSections(file, '__kflagstab');
  file.load(all.map(({ index }) => index));
  for (const section of all) {
    const view = unlessDamaged(options, () => readShared(budget, file, section.index));
    for (let i = 0; i < (view?.length ?? 0); i += 1) {
      const flags = view?.bytes[i] ?? 0;
      yield { ...placeOf(section, i, i), flags, isGplOnly: (flags & 1) !== 0 };
    }
  }
}

function placeOf(
  { suffix, index, entryName }: KernelTableSection,
  position: number,
  offset: number,
): KernelColumnEntry {
  return { suffix, position, exportName: entryName, sectionIndex: index, offset };
}
