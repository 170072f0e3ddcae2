// The global symbols of an ELF object (ET_REL) in columns: one pass over the symbol table that makes no object for a symbol.
// What linkers refuse in a table (a wrong sh_info, local symbols behind it) is no matter of this.

import { NameBudget } from '../../bytes/index.ts';
import {
  ELF_TYPES,
  SECTION_FLAGS,
  SECTION_TYPES,
  SHN_LORESERVE,
  SPECIAL_SECTIONS,
  SYMBOL_BINDINGS,
  SYMBOL_TYPES,
} from '../../elf/index.ts';
import type { ElfFile, ElfSymbolTable } from '../../elf/index.ts';
import type { FaultList } from '../fault-list.ts';
import { NO_DEFINITIONS } from '../input-facts.ts';
import type { StrongDefinitions } from '../input-facts.ts';
import type { NameInterner } from '../name-interner.ts';
import { readComdatGroups } from './elf-groups.ts';
import type { ElfComdatGroups } from './elf-groups.ts';
import { NO_SYMBOLS, SYMBOL_FLAGS, VISIBILITY_SHIFT } from './input-symbols.ts';
import type { CommonSymbol, InputSymbols } from './input-symbols.ts';

const { SHT_GROUP, SHT_SYMTAB_SHNDX } = SECTION_TYPES.values;
const { SHF_GROUP, SHF_EXCLUDE } = SECTION_FLAGS.values;
const { SHN_UNDEF, SHN_COMMON, SHN_XINDEX } = SPECIAL_SECTIONS.values;
const { STB_LOCAL, STB_GLOBAL, STB_WEAK, STB_GNU_UNIQUE } = SYMBOL_BINDINGS.values;
const { STT_SECTION, STT_FILE, STT_COMMON } = SYMBOL_TYPES.values;
const { ET_REL } = ELF_TYPES.values;
const { DEFINED, COMMON, ABSOLUTE, EXCLUDED } = SYMBOL_FLAGS;

/** Flags by the type of a symbol. */
const FLAGS_OF_TYPE = new Uint16Array(16);
FLAGS_OF_TYPE[SYMBOL_TYPES.values.STT_NOTYPE] = SYMBOL_FLAGS.NO_TYPE;
FLAGS_OF_TYPE[SYMBOL_TYPES.values.STT_FUNC] = SYMBOL_FLAGS.FUNCTION;
FLAGS_OF_TYPE[SYMBOL_TYPES.values.STT_TLS] = SYMBOL_FLAGS.TLS;
FLAGS_OF_TYPE[SYMBOL_TYPES.values.STT_GNU_IFUNC] = SYMBOL_FLAGS.IFUNC;
/** Flags by the binding. To linkers one that they do not know is as good as STB_GLOBAL. */
const FLAGS_OF_BINDING = new Uint16Array(16);
FLAGS_OF_BINDING[STB_WEAK] = SYMBOL_FLAGS.WEAK;
FLAGS_OF_BINDING[STB_GNU_UNIQUE] = SYMBOL_FLAGS.UNIQUE;

/** The flags that binding, type and visibility make, as `st_info` and `st_other` tell them. */
export function flagsOfSymbol(info: number, other: number): number {
  return (
    (FLAGS_OF_TYPE[info & 0xf] as number) |
    (FLAGS_OF_BINDING[info >> 4] as number) |
    ((other & 0x3) << VISIBILITY_SHIFT)
  );
}

/**
 * Reads the global symbols of an object: the rows of its symbol table from `sh_info` on. None for files that are not ET_REL,
 * and for those without a symbol table.
 *
 * Costs one read of the tables and one pass over the rows. Names that overlap so much that they cost more than the file end it.
 *
 * @param names - Where names become integers.
 * @param faults - Where damage is added. A symbol whose name cannot be read has none, one whose section cannot be read is in no
 *   group; what keeps the table itself from being read leaves no symbols.
 */
export function symbolsOfElf(elf: ElfFile, names: NameInterner, faults: FaultList): InputSymbols {
  const table = elf.header.type === ET_REL ? elf.symbolTableIndex : undefined;
  if (table === undefined) return NO_SYMBOLS;
  const symbols = faults.guard(
    () => faults.sectionName(elf.sections, table),
    () => {
      loadTables(elf, table);
      const walk = new SymbolWalk(elf, table, names, faults);
      const { signatures } = walk.groups();
      const { length } = walk.symbols;
      const first = Math.min(Math.max(walk.symbols.localCount, 1), length);
      const columns = { names: new Int32Array(length - first), flags: new Uint16Array(length - first) };
      walk.read(first, columns, false);
      const { groupOf, absolutes, commons } = walk;
      const groups = Int32Array.from(signatures);
      return { length: length - first, first, tableRows: undefined, ...columns, groupOf, groups, absolutes, commons };
    },
  );
  return symbols ?? NO_SYMBOLS;
}

function loadTables(elf: ElfFile, table: number): void {
  const { sections } = elf;
  const tables = [table, sections.link(table), elf.header.raw.e_shstrndx];
  for (let i = 1; i < sections.length; i += 1) {
    const type = sections.type(i);
    if (type === SHT_GROUP || type === SHT_SYMTAB_SHNDX) tables.push(i);
  }
  elf.load(tables);
}

// Rows are collected here before it is known how many there are: memory that all inputs use, one after the other.
let collected: Columns = { names: new Int32Array(1 << 12), flags: new Uint16Array(1 << 12) };

/**
 * Reads only the strong definitions of an object: what {@link symbolsOfElf} reads, without symbols that are undefined, weak,
 * common or in sections that linkers leave out. Their names are most of a table, and need not be interned.
 *
 * @param faults - As for {@link symbolsOfElf}.
 * @returns `undefined` where the table cannot be read.
 */
export function strongDefinitionsOfElf(
  elf: ElfFile,
  names: NameInterner,
  faults: FaultList,
): StrongDefinitions | undefined {
  // What a program or shared library defines never collides with a definition in an object.
  const table = elf.header.type === ET_REL ? elf.symbolTableIndex : undefined;
  if (table === undefined) return NO_DEFINITIONS;
  return faults.guard(
    () => faults.sectionName(elf.sections, table),
    () => {
      const walk = new SymbolWalk(elf, table, names, faults);
      const { localCount, length } = walk.symbols;
      const room = Math.max(0, length - localCount);
      if (room > collected.names.length) {
        collected = { names: new Int32Array(2 * room), flags: new Uint16Array(2 * room) };
      }
      const count = walk.read(localCount, collected, true);
      const { groupOf, absolutes } = walk;
      const signatures = groupOf === undefined ? [] : walk.groups().signatures;
      const comdats = groupOf?.slice(0, count).map((group) => signatures[group] ?? -1);
      return { names: collected.names.slice(0, count), comdats, absolutes };
    },
  );
}

interface Columns {
  readonly names: Int32Array;
  readonly flags: Uint16Array;
}

/** One pass over the rows of a symbol table. */
class SymbolWalk {
  readonly symbols: ElfSymbolTable;
  /** By row the position of the group; `undefined` as long as no row is in one. */
  groupOf: Int32Array | undefined;
  absolutes: Map<number, bigint> | undefined;
  commons: Map<number, CommonSymbol> | undefined;
  private readonly elf: ElfFile;
  private readonly table: number;
  private readonly names: NameInterner;
  private readonly faults: FaultList;
  private knownGroups: ElfComdatGroups | undefined;
  /** Damage of their table hides the sections of the symbols that need it, and is told once. */
  private hasExtendedIndices: boolean;

  constructor(elf: ElfFile, table: number, names: NameInterner, faults: FaultList) {
    this.symbols = elf.symbolTable(table);
    this.elf = elf;
    this.table = table;
    this.names = names;
    this.faults = faults;
    this.hasExtendedIndices = !faults.has('extended-index-count');
  }

  /** The groups, read at the first use. */
  groups(): ElfComdatGroups {
    return (this.knownGroups ??= readComdatGroups(this.elf, this.symbols, this.names, this.faults));
  }

  /**
   * Reads the rows from one on.
   *
   * @param columns - Gets names and flags; long enough for all rows.
   * @param isStrongOnly - Whether only strong definitions with a name become rows.
   * @returns How many rows there are now.
   */
  read(from: number, columns: Columns, isStrongOnly: boolean): number {
    const { symbols, names } = this;
    const { sections } = this.elf;
    const { length } = symbols;
    if (from >= length) return 0;
    const strings = symbols.strings.bytes;
    const budget = new NameBudget(symbols.strings);
    let row = 0;
    for (let i = from; i < length; i += 1) {
      const info = symbols.info(i);
      const rawSection = symbols.rawSectionIndex(i);
      if (isStrongOnly && !isStrongDefinition(info, rawSection)) continue;
      const nameOffset = symbols.nameOffset(i);
      if (isStrongOnly && (nameOffset >= strings.length || strings[nameOffset] === 0)) continue;
      let flags = flagsOfSymbol(info, symbols.other(i));
      if (rawSection !== SHN_UNDEF) {
        flags |= DEFINED;
        if (rawSection >= SHN_LORESERVE && rawSection !== SHN_XINDEX) flags |= this.noteReserved(i, row, rawSection);
        else {
          const section = this.sectionOf(i, rawSection);
          const sectionFlags = section > 0 && section < sections.length ? sections.flags(section) : 0;
          if ((sectionFlags & SHF_EXCLUDE) !== 0) {
            if (isStrongOnly) continue;
            flags |= EXCLUDED;
          }
          // Groups that were read tell their members; before, only the flag of the section can.
          if (this.knownGroups !== undefined || (sectionFlags & SHF_GROUP) !== 0) this.noteGroup(section, row, length);
        }
      }
      let name = -1;
      if (nameOffset < strings.length && info >> 4 !== STB_LOCAL) {
        name = names.internString(strings, nameOffset);
        budget.spend(names.byteLength(name));
      }
      columns.names[row] = name;
      columns.flags[row] = flags;
      row += 1;
    }
    return row;
  }

  /** Notes what a symbol without a section has instead, and tells its flags. */
  private noteReserved(index: number, row: number, rawSection: number): number {
    const { symbols } = this;
    if (rawSection === SHN_COMMON) {
      this.commons ??= new Map();
      this.commons.set(row, { size: symbols.size(index), alignment: symbols.value(index) });
      return COMMON;
    }
    const value = symbols.value(index);
    if (value !== 0n) (this.absolutes ??= new Map()).set(row, value);
    return ABSOLUTE;
  }

  /** The section of a symbol, -1 if that cannot be told. */
  private sectionOf(index: number, rawSection: number): number {
    if (rawSection !== SHN_XINDEX) return rawSection;
    if (!this.hasExtendedIndices) return -1;
    const { faults, symbols } = this;
    const section = faults.guard(
      () => faults.sectionName(this.elf.sections, this.table),
      () => symbols.sectionIndex(index),
    );
    this.hasExtendedIndices = section !== undefined;
    return section ?? -1;
  }

  private noteGroup(section: number, row: number, length: number): void {
    const group = this.groups().groupOfSection?.[section] ?? -1;
    if (group === -1) return;
    this.groupOf ??= new Int32Array(length).fill(-1);
    this.groupOf[row] = group;
  }
}

function isStrongDefinition(info: number, rawSection: number): boolean {
  const binding = info >> 4;
  if (binding !== STB_GLOBAL && binding !== STB_GNU_UNIQUE) return false;
  if (rawSection === SHN_UNDEF || rawSection === SHN_COMMON) return false;
  const type = info & 0xf;
  return type !== STT_SECTION && type !== STT_FILE && type !== STT_COMMON;
}
