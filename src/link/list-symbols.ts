// The symbols of an input as llvm-nm lists them without options, for ELF and bitcode in one shape; and those of GCC's slim
// objects as gcc-nm lists them, which llvm-nm does not read.

import { computeSymbolTable, hasFormatSpecificFlag, IRSYMTAB_FLAGS, openBitcode } from '../bitcode/index.ts';
import type { BitcodeFile, BitcodeSymbols } from '../bitcode/index.ts';
import { ByteRange, FormatError, NameBudget } from '../bytes/index.ts';
import type { ByteInput } from '../bytes/index.ts';
import {
  isFormatSpecific,
  nmLetter,
  openElf,
  readDynamicSymbols,
  SPECIAL_SECTIONS,
  SYMBOL_BINDINGS,
  SYMBOL_TYPES,
  SYMBOL_VISIBILITIES,
} from '../elf/index.ts';
import type { ElfFile, ElfSymbolTable } from '../elf/index.ts';
import {
  GCC_SYMBOL_KINDS,
  GCC_SYMBOL_VISIBILITIES,
  readGccLtoSymbols,
  readGccLtoUnits,
  readLtoContent,
} from '../elf/content/index.ts';
import type { GccLtoSymbolTable } from '../elf/content/index.ts';
import type { NameTable } from '../names/index.ts';
import { formatOf } from './read-facts.ts';

const F = IRSYMTAB_FLAGS;
const { SHN_UNDEF } = SPECIAL_SECTIONS.values;

/** One symbol, shaped as `schema/symbols.json` tells. */
export interface ListedSymbol {
  readonly name: string;
  /** Of dynamic symbols with a version: `@@V` for the one that links take, `@V` for others. */
  readonly version?: string;
  /** The letter of llvm-nm, of GCC's slim objects that of gcc-nm. */
  readonly letter: string;
  readonly defined: boolean;
  /** `local`, `global`, `weak`, `gnu_unique`. */
  readonly binding: string;
  /** `notype`, `object`, `func`, `tls`, …; of bitcode `func`, `object` or `tls`, of GIMPLE `func`, `object` or `notype`. */
  readonly type: string;
  /** `default`, `internal`, `hidden`, `protected`. */
  readonly visibility: string;
  /** Name of the section; absent for undefined, common and absolute symbols, and where intermediate code does not tell. */
  readonly section?: string;
  /** `st_value` in hexadecimal; absent for intermediate code. */
  readonly value?: string;
  /** `st_size` in hexadecimal; for a common symbol of intermediate code its size. */
  readonly size?: string;
  /** What tells of the symbol; `gimple` is the intermediate code of GCC. */
  readonly source: 'elf' | 'bitcode' | 'gimple';
}

/** Options of {@link listSymbols}. */
export interface ListSymbolsOptions {
  /** The dynamic symbols of a linked file, with their versions, instead of those of SHT_SYMTAB. Bitcode has none. */
  readonly dynamic?: boolean;
  /**
   * Is told of a symbol of an ELF file whose name or version cannot be read; it is listed with an empty one, as by llvm-nm.
   * Without it the error is thrown, and ends the iteration.
   */
  readonly onDamage?: (error: FormatError) => void;
}

/**
 * Lists the symbols of an object: the list and the letters of llvm-nm without options, in the order of the table.
 * An ELF object with bitcode for LTO in it (`.llvm.lto`) lists the symbols of the bitcode, as llvm-nm does. An object of GCC
 * without native code (slim) lists those of the intermediate code, as gcc-nm does; one with both (fat) those of the native
 * code, which is what linkers without GCC's plugin take.
 *
 * @param input - An ELF or bitcode file; other formats have no symbols.
 * @throws {@link FormatError} as {@link openElf} and {@link openBitcode}, while iterating too; `limit-exceeded` for bitcode whose
 *   names overlap so much that together they are many times as long as their table.
 */
export function* listSymbols(input: ByteInput, options: ListSymbolsOptions = {}): Generator<ListedSymbol> {
  const { dynamic = false } = options;
  const range = ByteRange.from(input);
  const format = formatOf(range);
  if (format === 'bitcode' && !dynamic) yield* listBitcode(openBitcode(range));
  if (format !== 'elf') return;
  const elf = openElf(range);
  if (dynamic) {
    yield* listDynamic(elf, options);
    return;
  }
  const { kind, sectionIndex } = readLtoContent(elf);
  const slim = kind === 'gcc-slim' ? gccTables(elf) : [];
  if (slim.length > 0) for (const table of slim) yield* listGimple(table);
  else if (kind === 'llvm-fat' && sectionIndex !== undefined) {
    const { sections } = elf;
    const bitcode = range.part(
      sections.offset(sectionIndex),
      sections.size(sectionIndex),
      sections.describe(sectionIndex),
    );
    yield* listBitcode(openBitcode(bitcode));
  } else if (elf.symbolTableIndex !== undefined) yield* listElf(elf, elf.symbolTable(elf.symbolTableIndex), options);
}

function* listElf(elf: ElfFile, symbols: ElfSymbolTable, options: ListSymbolsOptions): Generator<ListedSymbol> {
  for (let i = 0; i < symbols.length; i += 1) {
    if (!isFormatSpecific(elf, symbols, i)) yield elfSymbol(elf, symbols, i, '', options);
  }
}

function* listDynamic(elf: ElfFile, options: ListSymbolsOptions): Generator<ListedSymbol> {
  const symbols = readDynamicSymbols(elf);
  if (symbols === undefined) return;
  const { table, versions } = symbols;
  for (let i = 0; i < table.length; i += 1) {
    if (isFormatSpecific(elf, table, i)) continue;
    const version = textUnlessDamaged(options, () => versions?.suffix(table, i) ?? '');
    yield elfSymbol(elf, table, i, version, options);
  }
}

/** A text, empty where it is damaged and somebody is told so. */
function textUnlessDamaged({ onDamage }: ListSymbolsOptions, read: () => string): string {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FormatError) || onDamage === undefined) throw error;
    onDamage(error);
    return '';
  }
}

function elfSymbol(
  elf: ElfFile,
  symbols: ElfSymbolTable,
  i: number,
  version: string,
  options: ListSymbolsOptions,
): ListedSymbol {
  const section = sectionName(elf, symbols, i);
  return {
    name: textUnlessDamaged(options, () => symbols.name(i)),
    ...(version === '' ? {} : { version }),
    letter: nmLetter(elf, symbols, i),
    defined: symbols.rawSectionIndex(i) !== SHN_UNDEF,
    binding: shortName(SYMBOL_BINDINGS, symbols.binding(i)),
    type: shortName(SYMBOL_TYPES, symbols.type(i)),
    visibility: shortName(SYMBOL_VISIBILITIES, symbols.visibility(i)),
    ...(section === undefined ? {} : { section }),
    value: `0x${symbols.value(i).toString(16)}`,
    size: `0x${symbols.size(i).toString(16)}`,
    source: 'elf',
  };
}

/** The name without its prefix, in lower case; numbers without a name stay numbers. */
function shortName(table: NameTable<string>, value: number): string {
  return (
    table
      .nameOf(value)
      ?.replace(/^[A-Z]+_/, '')
      .toLowerCase() ?? String(value)
  );
}

/** A symbol in a section that cannot be named is listed all the same. */
function sectionName(elf: ElfFile, symbols: ElfSymbolTable, index: number): string | undefined {
  try {
    const section = symbols.sectionIndex(index);
    return section > 0 && section < elf.sections.length ? elf.sections.name(section) : undefined;
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

const VISIBILITIES = ['default', 'hidden', 'protected', 'default'] as const;

function* listBitcode(bitcode: BitcodeFile): Generator<ListedSymbol> {
  const stored = bitcode.symbolTable();
  const budget = stored === undefined ? undefined : new NameBudget(stored.strings);
  const symbols = stored ?? computeSymbolTable(bitcode);
  if (symbols === undefined) {
    const reason = 'bitcode for thin linking alone, which does not tell what it defines';
    throw bitcode.input.error('unsupported', reason, 0);
  }
  for (let i = 0; i < symbols.length; i += 1) {
    if (hasFormatSpecificFlag(symbols.flags(i))) continue;
    const symbol = bitcodeSymbol(symbols, i);
    budget?.spend(symbol.name.length + (symbol.section?.length ?? 0));
    yield symbol;
  }
}

function bitcodeSymbol(symbols: BitcodeSymbols, index: number): ListedSymbol {
  const flags = symbols.flags(index);
  const has = (flag: number) => (flags & flag) !== 0;
  const uncommon = symbols.uncommon(index);
  const section = uncommon?.sectionName ?? '';
  return {
    name: symbols.name(index),
    letter: symbols.letter(index),
    defined: !has(F.FB_undefined),
    binding: has(F.FB_weak) ? 'weak' : has(F.FB_global) ? 'global' : 'local',
    type: has(F.FB_executable) ? 'func' : has(F.FB_tls) ? 'tls' : 'object',
    visibility: VISIBILITIES[flags & F.FB_visibility_mask] ?? 'default',
    ...(section === '' ? {} : { section }),
    ...(has(F.FB_common) && uncommon !== undefined ? { size: `0x${uncommon.commonSize.toString(16)}` } : {}),
    source: 'bitcode',
  };
}

/** The symbol tables of GCC's translation units; none before GCC 4.5 had a plugin. */
function gccTables(elf: ElfFile): GccLtoSymbolTable[] {
  return readGccLtoUnits(elf).flatMap((unit) => readGccLtoSymbols(elf, unit) ?? []);
}

/** By `gcc_plugin_symbol_type`, which GCC tells since version 10. */
const GCC_TYPES = ['notype', 'func', 'object'] as const;

function* listGimple(table: GccLtoSymbolTable): Generator<ListedSymbol> {
  for (let i = 0; i < table.length; i += 1) {
    const kind = GCC_SYMBOL_KINDS[table.kind(i)] ?? '';
    yield {
      name: table.name(i),
      letter: table.letter(i),
      defined: !kind.endsWith('undef'),
      binding: kind.startsWith('weak') ? 'weak' : 'global',
      type: GCC_TYPES[table.symbolType(i) ?? 0] ?? 'notype',
      visibility: GCC_SYMBOL_VISIBILITIES[table.visibility(i)] ?? 'default',
      ...(kind === 'common' ? { size: `0x${table.size(i).toString(16)}` } : {}),
      source: 'gimple',
    };
  }
}
