// The versions of dynamic symbols, SHT_GNU_versym and DT_VERSYM: Linux Standard Base, "Symbol Version Table". A 16-bit number
// for each symbol, whose name version.ts finds. What is printed behind a name follows llvm-readelf of LLVM 22.

import type { ByteView } from '../bytes/index.ts';
import { FormatError } from '../bytes/index.ts';
import { SECTION_TYPES, SPECIAL_SECTIONS } from './constants/section.ts';
import { firstSectionOfType, orUndefined, readDynamicTable } from './dynamic.ts';
import type { ElfDynamicTable } from './dynamic.ts';
import { DT_VERSYM } from './dynamic-tags.ts';
import type { ElfFile } from './elf-file.ts';
import { LazyPart } from './lazy-part.ts';
import type { ElfSymbolTable } from './symbol.ts';
import { versionDefinitions, versionNeeds } from './version.ts';
import type { ElfNeededVersion, ElfVersionDefinition, ElfVersionNeed } from './version.ts';

const { SHT_GNU_versym } = SECTION_TYPES.values;
const { SHN_UNDEF } = SPECIAL_SECTIONS.values;

const HALF = 2;
const VERSYM_HIDDEN = 0x8000;
const VERSYM_VERSION = 0x7fff;
const VER_NDX_GLOBAL = 1;

/**
 * Reads the versions of the dynamic symbols: those of the first SHT_GNU_versym section, or in files without section headers
 * those at DT_VERSYM. Their names are read when one is asked for.
 *
 * @param symbols - The dynamic symbol table of the file: its length bounds that of the table at DT_VERSYM.
 * @param dynamic - The dynamic table of the file, if the caller has it already.
 * @returns `undefined` if the symbols have no versions.
 * @throws {@link FormatError} as {@link ElfFile.sectionView}; `bad-value` if the size is no multiple of an entry,
 *   `out-of-bounds` if the table lies in no segment or goes past the end of the file.
 * @see Linux Standard Base, "Symbol Version Table".
 */
export function readSymbolVersions(
  elf: ElfFile,
  symbols: ElfSymbolTable,
  dynamic?: ElfDynamicTable,
): ElfSymbolVersions | undefined {
  const section = firstSectionOfType(elf, SHT_GNU_versym);
  if (section !== undefined) return new ElfSymbolVersions(elf, elf.arrayView(section, HALF), dynamic);
  const table = dynamic ?? orUndefined(() => readDynamicTable(elf));
  const place = table?.locate(DT_VERSYM, 'DT_VERSYM');
  if (place === undefined) return undefined;
  return new ElfSymbolVersions(elf, elf.input.view(place.offset, symbols.length * HALF, 'DT_VERSYM'), table);
}

/** The version of a symbol. */
export type ElfSymbolVersion =
  { readonly definition: ElfVersionDefinition } | { readonly need: ElfVersionNeed; readonly version: ElfNeededVersion };

/** The versions of the dynamic symbols, as a column. Making one copies nothing. */
export class ElfSymbolVersions {
  /** Number of entries; that of the dynamic symbols, unless the file is damaged. */
  readonly length: number;
  private readonly view: ByteView;
  private readonly littleEndian: boolean;
  private readonly known: LazyPart<ReadonlyMap<number, ElfSymbolVersion>>;
  /** What is wrong with a chain of versions, of which only the first are known then. */
  private damage: FormatError | undefined;

  /** @internal */
  constructor(elf: ElfFile, view: ByteView, dynamic: ElfDynamicTable | undefined) {
    this.view = view;
    this.littleEndian = elf.encoding.littleEndian;
    this.length = view.length / HALF;
    this.known = new LazyPart(() => this.readKnown(elf, dynamic));
  }

  private readKnown(elf: ElfFile, dynamic: ElfDynamicTable | undefined): ReadonlyMap<number, ElfSymbolVersion> {
    const known = new Map<number, ElfSymbolVersion>();
    const collect = (read: () => void): void => {
      try {
        read();
      } catch (error) {
        if (!(error instanceof FormatError)) throw error;
        this.damage ??= error;
      }
    };
    collect(() => {
      for (const definition of versionDefinitions(elf, dynamic)) known.set(definition.versionIndex, { definition });
    });
    collect(() => {
      for (const need of versionNeeds(elf, dynamic)) {
        for (const version of need.versions) known.set(version.versionIndex, { need, version });
      }
    });
    return known;
  }

  /** `vs_index` as stored. */
  raw(symbol: number): number {
    return this.view.data.getUint16(symbol * HALF, this.littleEndian);
  }

  /** The number of a version: 0 for symbols that are local to the file, 1 for those without a version. */
  versionIndex(symbol: number): number {
    return this.raw(symbol) & VERSYM_VERSION;
  }

  /** Whether only references that name the version find the symbol: it is not the default one of its name. */
  isHidden(symbol: number): boolean {
    return (this.raw(symbol) & VERSYM_HIDDEN) !== 0;
  }

  /**
   * Finds a version by its number. The first use reads all versions.
   *
   * @param versionIndex - As {@link ElfSymbolVersions.versionIndex} gives it.
   * @returns `undefined` for 0 and 1, which stand for no version.
   * @throws {@link FormatError} `bad-value` if the file has no such version; if the chain that may have it is damaged,
   *   as {@link versionDefinitions} and {@link versionNeeds}.
   */
  version(versionIndex: number): ElfSymbolVersion | undefined {
    if (versionIndex <= VER_NDX_GLOBAL) return undefined;
    const version = this.known.value.get(versionIndex);
    if (version !== undefined) return version;
    if (this.damage !== undefined) throw this.damage;
    const reason = `SHT_GNU_versym section refers to a version index ${versionIndex} which is missing`;
    throw this.view.error('bad-value', reason, 0);
  }

  /**
   * What stands behind the name of a symbol: `@@V` for the default version of a name that is defined here, `@V` for other
   * versions and for undefined symbols, nothing where it has no version. As llvm-readelf prints it.
   *
   * @param symbols - The dynamic symbol table of the file.
   * @param symbol - A symbol, below `symbols.length`.
   * @throws {@link FormatError} as {@link version}; `out-of-bounds` if the table ends before the symbol, or if the name of
   *   the version cannot be read.
   */
  suffix(symbols: ElfSymbolTable, symbol: number): string {
    if (symbol >= this.length) {
      const reason =
        `can't read an entry at 0x${(symbol * HALF).toString(16)}: it goes past the end of the section ` +
        `(0x${this.view.length.toString(16)})`;
      throw this.view.error('out-of-bounds', reason, this.view.length);
    }
    const version = this.version(this.versionIndex(symbol));
    if (version === undefined) return '';
    if ('need' in version) return withVersion('@', version.version.name);
    const isDefault = !this.isHidden(symbol) && symbols.rawSectionIndex(symbol) !== SHN_UNDEF;
    return withVersion(isDefault ? '@@' : '@', version.definition.name);
  }
}

function withVersion(separator: string, name: string): string {
  return name === '' ? '' : separator + name;
}
