// The dynamic symbols of a library or program, SHT_DYNSYM and DT_SYMTAB: gABI "Dynamic Section", "Symbol Table"; with their
// versions what a link against the library sees. In files whose section headers are damaged or stripped the table is found
// by DT_SYMTAB and counted by a hash table, as loaders and llvm-readelf of LLVM 22 do it; the latter by DT_HASH alone.

import { FormatError } from '../bytes/index.ts';
import { MACHINES } from './constants/machine.ts';
import { SECTION_TYPES, SPECIAL_SECTIONS } from './constants/section.ts';
import { SYMBOL_BINDINGS, SYMBOL_VISIBILITIES } from './constants/symbol.ts';
import { DT_HASH, DT_MIPS_SYMTABNO, DT_SYMTAB, DT_SYMTAB_SHNDX } from './dynamic-tags.ts';
import { dynamicRelocations, readDynamicRelocations } from './dynamic-relocations.ts';
import { firstSectionOfType, orUndefined, readDynamicTable } from './dynamic.ts';
import type { ElfDynamicTable } from './dynamic.ts';
import type { ElfFile } from './elf-file.ts';
import { readGnuHashTable } from './gnu-hash.ts';
import { readHashTable } from './hash.ts';
import { readSymbolVersions } from './symbol-version.ts';
import type { ElfSymbolVersion, ElfSymbolVersions } from './symbol-version.ts';
import { ElfSymbolTable } from './symbol.ts';

const { EM_MIPS } = MACHINES.values;
const { SHT_DYNSYM } = SECTION_TYPES.values;
const { SHN_UNDEF } = SPECIAL_SECTIONS.values;
const { STB_LOCAL } = SYMBOL_BINDINGS.values;
const { STV_DEFAULT, STV_PROTECTED } = SYMBOL_VISIBILITIES.values;

const WORD = 4;

/**
 * Reads the dynamic symbol table. Where DT_SYMTAB and the first SHT_DYNSYM section agree, that section; where they do not,
 * DT_SYMTAB tells where the table is and DT_HASH how long, as in LLVM.
 *
 * Without section headers the number of symbols is that of DT_HASH, on MIPS that of DT_MIPS_SYMTABNO, or what DT_GNU_HASH
 * tells; a table in which GNU ld hashed no symbol is as long as dynamic relocations refer to it.
 *
 * @param dynamic - The dynamic table of the file, if the caller has it already.
 * @returns `undefined` if the file has none.
 * @throws {@link FormatError} as {@link ElfFile.symbolTable}; `out-of-bounds` if the table lies in no segment or goes past
 *   the end of the file, `bad-value` if nothing tells how long it is, `limit-exceeded` past `Limits.blockBytes`.
 */
export function readDynamicSymbolTable(
  elf: ElfFile,
  dynamic: ElfDynamicTable | undefined = orUndefined(() => readDynamicTable(elf)),
): ElfSymbolTable | undefined {
  const section = firstSectionOfType(elf, SHT_DYNSYM);
  let offset: number | undefined;
  try {
    offset = dynamic?.locate(DT_SYMTAB, 'DT_SYMTAB')?.offset;
  } catch (error) {
    // As in LLVM: an address that cannot be mapped does not count beside a section.
    if (!(error instanceof FormatError) || section === undefined) throw error;
  }
  if (dynamic === undefined || offset === undefined) {
    return section === undefined ? undefined : elf.symbolTable(section);
  }
  const { input, encoding, limits } = elf;
  const span = encoding.layout.symbolSize;
  const room = (input.length - offset) / span;
  const isHashed = dynamic.find(DT_HASH) !== undefined;
  let count = isHashed ? orUndefined(() => readHashTable(elf, dynamic))?.chainCount : undefined;
  if (section !== undefined) {
    const { sections } = elf;
    const stated = sections.size(section) / span;
    if (count === undefined || count > room) count = stated;
    const isSame = sections.offset(section) === offset && sections.entrySize(section) === span && stated === count;
    if (isSame) return elf.symbolTable(section);
  } else count ??= countSymbols(elf, dynamic);
  if (count === undefined) {
    throw input.error('bad-value', 'no hash table tells how many dynamic symbols there are', offset);
  }
  if (!(count <= room)) {
    const reason =
      `the size (0x${(count * span).toString(16)}) of the dynamic symbol table at 0x${offset.toString(16)}, derived from ` +
      `the hash table, goes past the end of the file (0x${input.length.toString(16)})`;
    throw input.error('out-of-bounds', reason, offset);
  }
  if (count * span > limits.blockBytes) {
    const reason = `${count} dynamic symbols are more than the limits allow (${limits.blockBytes} bytes)`;
    throw input.error('limit-exceeded', reason, offset);
  }
  const symbolCount = Math.floor(count);
  const view = input.view(offset, symbolCount * span, 'the dynamic symbol table');
  const parts = {
    encoding,
    localCount: 0,
    names: dynamic.stringTable,
    readExtendedIndices: () => {
      const place = dynamic.locate(DT_SYMTAB_SHNDX, 'DT_SYMTAB_SHNDX');
      return place && input.view(place.offset, symbolCount * WORD, 'DT_SYMTAB_SHNDX');
    },
  };
  const table = new ElfSymbolTable(view, parts);
  let localCount = 0;
  while (localCount < symbolCount && table.binding(localCount) === STB_LOCAL) localCount += 1;
  return new ElfSymbolTable(view, { ...parts, localCount });
}

/** Finds the number of symbols of a file without section headers, where DT_HASH does not tell it. */
function countSymbols(elf: ElfFile, dynamic: ElfDynamicTable): number | undefined {
  const stated = elf.header.machine === EM_MIPS ? dynamic.findNumber(DT_MIPS_SYMTABNO) : undefined;
  if (stated !== undefined) return stated;
  const hash = readGnuHashTable(elf, dynamic);
  if (hash === undefined) return undefined;
  const hashed = hash.symbolCount();
  if (hashed !== undefined) return hashed;
  // lld states the number of symbols as the first one that is hashed, GNU ld always 1.
  let count = hash.firstSymbol;
  for (const relocations of dynamicRelocations(elf, dynamic)) {
    const table = orUndefined(() => readDynamicRelocations(elf, relocations));
    for (let i = 0; i < (table?.length ?? 0); i += 1) count = Math.max(count, (table?.symbolIndex(i) ?? 0) + 1);
  }
  return count;
}

/**
 * Reads the dynamic symbols and their versions.
 *
 * @returns `undefined` if the file has no dynamic symbol table.
 * @throws {@link FormatError} as {@link readDynamicSymbolTable} and {@link readSymbolVersions}.
 * @example
 * const library = readDynamicSymbols(openElf(bytes));
 * for (const symbol of library?.exported() ?? []) console.log(library.fullName(symbol)); // memcpy@@GLIBC_2.14
 */
export function readDynamicSymbols(elf: ElfFile): ElfDynamicSymbols | undefined {
  const dynamic = orUndefined(() => readDynamicTable(elf));
  const table = readDynamicSymbolTable(elf, dynamic);
  return table && new ElfDynamicSymbols(table, readSymbolVersions(elf, table, dynamic));
}

/** What a link against a library sees, and what the library asks of others. Get it with {@link readDynamicSymbols}. */
export class ElfDynamicSymbols {
  /** The symbols. */
  readonly table: ElfSymbolTable;
  /** Their versions; `undefined` if they have none. */
  readonly versions: ElfSymbolVersions | undefined;

  /** @internal */
  constructor(table: ElfSymbolTable, versions: ElfSymbolVersions | undefined) {
    this.table = table;
    this.versions = versions;
  }

  /**
   * Whether others find the symbol here: it is defined, neither local, hidden nor internal, and not local by its version.
   *
   * @param symbol - A symbol, below `table.length`.
   */
  isExported(symbol: number): boolean {
    const { table } = this;
    if (table.rawSectionIndex(symbol) === SHN_UNDEF || table.binding(symbol) === STB_LOCAL) return false;
    const visibility = table.visibility(symbol);
    return (visibility === STV_DEFAULT || visibility === STV_PROTECTED) && this.versionIndex(symbol) !== 0;
  }

  /**
   * Whether the symbol is to be found elsewhere: it is undefined and not local.
   *
   * @param symbol - A symbol, below `table.length`.
   */
  isImported(symbol: number): boolean {
    return this.table.rawSectionIndex(symbol) === SHN_UNDEF && this.table.binding(symbol) !== STB_LOCAL;
  }

  /**
   * Whether a reference that names no version finds the symbol here: it is exported and its version is the default one.
   *
   * @param symbol - A symbol, below `table.length`.
   */
  isDefault(symbol: number): boolean {
    return this.isExported(symbol) && (symbol >= (this.versions?.length ?? 0) || !this.versions?.isHidden(symbol));
  }

  /** The number of the symbol's version; 1, which stands for none, where the table of versions ends before it. */
  private versionIndex(symbol: number): number {
    return this.versions !== undefined && symbol < this.versions.length ? this.versions.versionIndex(symbol) : 1;
  }

  /** The symbols that others find here, ascending. Makes no object for one. */
  *exported(): Generator<number, void> {
    for (let i = 1; i < this.table.length; i += 1) if (this.isExported(i)) yield i;
  }

  /** The symbols that are to be found elsewhere, ascending. Makes no object for one. */
  *imported(): Generator<number, void> {
    for (let i = 1; i < this.table.length; i += 1) if (this.isImported(i)) yield i;
  }

  /**
   * The version of a symbol: the definition, or the need with the name of the library.
   *
   * @param symbol - A symbol, below `table.length`.
   * @returns `undefined` if it has none.
   * @throws {@link FormatError} as {@link ElfSymbolVersions.version}.
   */
  version(symbol: number): ElfSymbolVersion | undefined {
    return this.versions?.version(this.versionIndex(symbol));
  }

  /**
   * The name with its version, as llvm-readelf prints it: `foo@@V` for the default version, `foo@V` for others and for
   * undefined symbols, `foo` without a version.
   *
   * @param symbol - A symbol, below `table.length`.
   * @throws {@link FormatError} as {@link ElfSymbolTable.name} and {@link ElfSymbolVersions.suffix}.
   */
  fullName(symbol: number): string {
    return this.table.name(symbol) + (this.versions?.suffix(this.table, symbol) ?? '');
  }
}
