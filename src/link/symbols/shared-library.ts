// What a link sees of a shared library: its dynamic symbols under the names that references may use, as SharedFile::parse of
// ld.lld 14 to 22 adds them: `name` for what has no version or is the default one, and `name@VERSION` beside it or, for other
// versions, alone. What the library itself leaves undefined is there too, with the version that it needs.

import { encodeName, NameBudget } from '../../bytes/index.ts';
import {
  readDynamicSymbols,
  readDynamicTable,
  SECTION_TYPES,
  SPECIAL_SECTIONS,
  SYMBOL_BINDINGS,
} from '../../elf/index.ts';
import type { ElfDynamicSymbols, ElfDynamicTable, ElfFile } from '../../elf/index.ts';
import type { FaultList } from '../fault-list.ts';
import type { NameInterner } from '../name-interner.ts';
import { flagsOfSymbol } from './elf-symbols.ts';
import { NO_SYMBOLS, SYMBOL_FLAGS } from './input-symbols.ts';
import type { InputSymbols, SharedLibraryFacts } from './input-symbols.ts';

const { SHT_DYNSYM } = SECTION_TYPES.values;
const { SHN_UNDEF, SHN_ABS } = SPECIAL_SECTIONS.values;
const { STB_LOCAL } = SYMBOL_BINDINGS.values;
const { DEFINED, ABSOLUTE, VERSIONED } = SYMBOL_FLAGS;

const VER_NDX_LOCAL = 0;
const VER_NDX_GLOBAL = 1;
const AT_SIGN = 0x40;

/** Symbols and facts of a shared library. */
export interface SharedLibrarySymbols {
  readonly symbols: InputSymbols;
  readonly library: SharedLibraryFacts;
}

/**
 * Reads what a link sees of a shared library. Local symbols, and those that their version makes local, are left out.
 *
 * Costs one read of the dynamic symbols, their versions and strings, and one pass over them.
 *
 * @param names - Where names become integers.
 * @param faults - Where damage is added. A symbol whose version cannot be read is left out; what keeps the table itself from being
 *   read leaves no symbols.
 */
export function symbolsOfSharedLibrary(elf: ElfFile, names: NameInterner, faults: FaultList): SharedLibrarySymbols {
  const dynamic = faults.guard(undefined, () => readDynamicTable(elf));
  const library: SharedLibraryFacts = {
    soname: dynamic && faults.guard(undefined, () => dynamic.soname),
    needed: dynamic === undefined ? [] : readNeeded(dynamic, faults),
    hasSectionHeaders: faults.guard(undefined, () => hasDynamicSymbolSection(elf)) ?? false,
  };
  const symbols = faults.guard(undefined, () => {
    const read = readDynamicSymbols(elf);
    return read && new LibraryWalk(read, names, faults).read();
  });
  return { symbols: symbols ?? NO_SYMBOLS, library };
}

function readNeeded(dynamic: ElfDynamicTable, faults: FaultList): string[] {
  const needed: string[] = [];
  faults.guard(undefined, () => {
    let budget: NameBudget | undefined;
    for (const name of dynamic.neededLibraries()) {
      needed.push(name);
      (budget ??= new NameBudget(dynamic.strings)).spend(name.length);
    }
  });
  return needed;
}

function hasDynamicSymbolSection({ sections }: ElfFile): boolean {
  for (let i = 1; i < sections.length; i += 1) if (sections.type(i) === SHT_DYNSYM) return true;
  return false;
}

/** One pass over the dynamic symbols. */
class LibraryWalk {
  private readonly symbols: ElfDynamicSymbols;
  private readonly names: NameInterner;
  private readonly faults: FaultList;
  private readonly budget: NameBudget;
  /** By number of a version its name as bytes; `undefined` for one that cannot be read. */
  private readonly versionNames = new Map<number, Uint8Array | undefined>();
  private buffer = new Uint8Array(1 << 10);
  private readonly columns: { readonly names: Int32Array; readonly flags: Uint16Array; readonly rows: Int32Array };
  private length = 0;

  constructor(symbols: ElfDynamicSymbols, names: NameInterner, faults: FaultList) {
    this.symbols = symbols;
    this.names = names;
    this.faults = faults;
    this.budget = new NameBudget(symbols.table.strings);
    const room = 2 * symbols.table.length;
    this.columns = { names: new Int32Array(room), flags: new Uint16Array(room), rows: new Int32Array(room) };
  }

  read(): InputSymbols {
    const { table, versions } = this.symbols;
    const { length } = table;
    const strings = table.strings.bytes;
    let absolutes: Map<number, bigint> | undefined;
    for (let i = Math.max(table.localCount, 1); i < length; i += 1) {
      const info = table.info(i);
      const nameOffset = table.nameOffset(i);
      if (info >> 4 === STB_LOCAL || nameOffset >= strings.length) continue;
      const isVersioned = versions !== undefined && i < versions.length;
      const version = isVersioned ? versions.versionIndex(i) : VER_NDX_GLOBAL;
      const section = table.rawSectionIndex(i);
      const isDefined = section !== SHN_UNDEF;
      let flags = flagsOfSymbol(info, table.other(i));
      const row = this.length;
      if (!isDefined) {
        // GNU ld gives undefined symbols without a version either number.
        if (version <= VER_NDX_GLOBAL) this.add(i, flags, this.intern(strings, nameOffset));
        else this.addVersioned(i, flags, strings, nameOffset, version);
        continue;
      }
      if (version === VER_NDX_LOCAL) continue;
      flags |= section === SHN_ABS ? DEFINED | ABSOLUTE : DEFINED;
      if (!isVersioned || !versions.isHidden(i)) this.add(i, flags, this.intern(strings, nameOffset));
      if (version !== VER_NDX_GLOBAL) this.addVersioned(i, flags, strings, nameOffset, version);
      if (section !== SHN_ABS || table.value(i) === 0n) continue;
      absolutes ??= new Map();
      for (let added = row; added < this.length; added += 1) absolutes.set(added, table.value(i));
    }
    return {
      ...NO_SYMBOLS,
      length: this.length,
      tableRows: this.columns.rows.slice(0, this.length),
      names: this.columns.names.slice(0, this.length),
      flags: this.columns.flags.slice(0, this.length),
      absolutes,
    };
  }

  private add(symbol: number, flags: number, name: number): void {
    const { columns, length } = this;
    columns.names[length] = name;
    columns.flags[length] = flags;
    columns.rows[length] = symbol;
    this.length = length + 1;
  }

  private intern(strings: Uint8Array, start: number): number {
    const name = this.names.internString(strings, start);
    this.budget.spend(this.names.byteLength(name));
    return name;
  }

  private addVersioned(symbol: number, flags: number, strings: Uint8Array, start: number, version: number): void {
    const versionName = this.versionName(version);
    if (versionName === undefined) return;
    // The string table ends with a NUL.
    const nameLength = strings.indexOf(0, start) - start;
    const length = nameLength + 1 + versionName.length;
    this.budget.spend(length);
    if (length > this.buffer.length) this.buffer = new Uint8Array(2 * length);
    const { buffer } = this;
    for (let i = 0; i < nameLength; i += 1) buffer[i] = strings[start + i] as number;
    buffer[nameLength] = AT_SIGN;
    buffer.set(versionName, nameLength + 1);
    this.add(symbol, flags | VERSIONED, this.names.intern(buffer, 0, length));
  }

  private versionName(version: number): Uint8Array | undefined {
    const { versionNames, symbols, faults } = this;
    if (versionNames.has(version)) return versionNames.get(version);
    const name = faults.guard(undefined, () => {
      const found = symbols.versions?.version(version);
      if (found === undefined) return undefined;
      return encodeName('need' in found ? found.version.name : found.definition.name);
    });
    versionNames.set(version, name);
    return name;
  }
}
