// What the symbol table of a file says against what its modules say. They agree in files that one tool wrote; a table that
// does not belong to its modules makes linkers of the LLVM that wrote it, which trust it, resolve wrong symbols.

import { NameBudget } from '../../bytes/index.ts';
import type { BitcodeFile } from '../bitcode-file.ts';
import { IRSYMTAB_FLAGS } from '../codes/irsymtab.ts';
import type { BitcodeSymbolTable, BitcodeUncommon } from '../symbol-table.ts';
import { computeSymbolTable } from './compute-symbol-table.ts';
import type { BitcodeSymbols, ComputedSymbolTable } from './computed-table.ts';

const F = IRSYMTAB_FLAGS;

/** A symbol in which the table of a file and its modules differ. */
export interface SymbolDifference {
  /** Index of the module in the file. */
  readonly module: number;
  /** Name of the symbol as a linker sees it. */
  readonly name: string;
  /** What differs: the symbol stands in one of both only, or a property of it does. */
  readonly what: 'only-in-table' | 'only-in-module' | 'ir-name' | 'flags' | 'comdat' | 'common' | 'section';
  /** What the table has, as text; `undefined` where it has no such symbol. */
  readonly table: string | undefined;
  /** What the module has, as text; `undefined` where it has no such symbol. */
  readonly computed: string | undefined;
}

/** A symbol of one of both. */
interface Side {
  readonly symbols: BitcodeSymbols;
  readonly index: number;
}

/**
 * Compares the symbol table of a file with the one that its modules give, as multisets of symbols by module and name. Each
 * difference is an anomaly too (`symbol-table-differs`), reported when it is reached.
 * Costs what {@link computeSymbolTable} does when the first difference is asked for.
 *
 * Not compared: `FB_used` where the table alone has it, which depends on the LLVM that wrote it; section names that a table
 * of LLVM 5 or of version 4 leaves out; `_GLOBAL_OFFSET_TABLE_`, which tables up to LLVM 16 lack; kinds of COMDATs up to
 * version 2, which has none; symbols of assembly where some of it was not understood.
 *
 * @param table - The table of the file, if it was opened already.
 * @returns Differences, one at a time; none if the file has no table, or is a thin-link file.
 * @throws {@link FormatError} while iterating, if the table or a module is damaged; `limit-exceeded` if names in the table
 *   overlap so much that together they are many times as long as their strings.
 */
export function* compareSymbolTables(
  file: BitcodeFile,
  table: BitcodeSymbolTable | undefined = file.symbolTable(),
): Generator<SymbolDifference> {
  if (table === undefined) return;
  const computed = computeSymbolTable(file);
  if (computed === undefined) return;
  const budget = new NameBudget(table.strings);
  for (let module = 0; module < computed.modules.length; module += 1) {
    for (const difference of compareModules(module, table, computed, budget)) {
      file.reportDifference(describeDifference(difference));
      yield difference;
    }
  }
}

/** Describes a difference for people. */
export function describeDifference({ name, what, table, computed }: SymbolDifference): string {
  switch (what) {
    case 'only-in-table':
      return `the symbol table has '${name}' (${table ?? ''}), the module does not`;
    case 'only-in-module':
      return `the module has '${name}' (${computed ?? ''}), the symbol table does not`;
    default:
      return `${what} of '${name}': the symbol table has '${table ?? ''}', the module '${computed ?? ''}'`;
  }
}

function* compareModules(
  module: number,
  table: BitcodeSymbolTable,
  computed: ComputedSymbolTable,
  budget: NameBudget,
): Generator<SymbolDifference> {
  const isWithoutAssembly = computed.assemblyNotes.length > 0;
  const left = sidesByName(table, module, isWithoutAssembly, budget);
  const right = sidesByName(computed, module, isWithoutAssembly, undefined);
  for (const [key, tableSides] of left) {
    const computedSides = right.get(key) ?? [];
    right.delete(key);
    yield* compareSides(module, tableSides, computedSides, table.version);
  }
  for (const sides of right.values()) yield* compareSides(module, [], sides, table.version);
}

/** Symbols of assembly apart from those of values, which may have the same names. */
function sidesByName(
  symbols: BitcodeSymbols,
  module: number,
  isWithoutAssembly: boolean,
  budget: NameBudget | undefined,
): Map<string, Side[]> {
  const sides = new Map<string, Side[]>();
  const { begin, end } = symbols.modules[module] ?? { begin: 0, end: 0 };
  for (let index = begin; index < end; index += 1) {
    const name = symbols.name(index);
    // Whatever else of it is compared is read here first, for its length.
    budget?.spend(textLengthOf(symbols, index, name));
    const isOfAssembly = symbols.irName(index) === '' && !name.includes('__unnamed_');
    if (isOfAssembly && (isWithoutAssembly || name === '_GLOBAL_OFFSET_TABLE_')) continue;
    const key = `${isOfAssembly ? 'a' : 'v'}${name}`;
    const known = sides.get(key);
    if (known === undefined) sides.set(key, [{ symbols, index }]);
    else known.push({ symbols, index });
  }
  return sides;
}

/** Characters of all texts of a symbol. */
function textLengthOf(symbols: BitcodeSymbols, index: number, name: string): number {
  const comdat = symbols.comdatIndex(index);
  const { sectionName = '', coffWeakExternalFallback = '' } = symbols.uncommon(index) ?? {};
  const comdatName = comdat < 0 ? '' : symbols.comdatName(comdat);
  const texts = [name, symbols.irName(index), sectionName, coffWeakExternalFallback, comdatName];
  return texts.reduce((sum, { length }) => sum + length, 0);
}

function* compareSides(
  module: number,
  left: readonly Side[],
  right: readonly Side[],
  version: number,
): Generator<SymbolDifference> {
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const table = left[i];
    const computed = right[i];
    const name = nameOf(table ?? computed);
    if (table === undefined) {
      yield { module, name, what: 'only-in-module', table: undefined, computed: describeFlags(flagsOf(computed)) };
    } else if (computed === undefined) {
      yield { module, name, what: 'only-in-table', table: describeFlags(flagsOf(table)), computed: undefined };
    } else yield* compareSymbols(module, name, table, computed, version);
  }
}

function* compareSymbols(
  module: number,
  name: string,
  left: Side,
  right: Side,
  version: number,
): Generator<SymbolDifference> {
  const differ = (what: SymbolDifference['what'], table: string, computed: string): SymbolDifference[] =>
    table === computed ? [] : [{ module, name, what, table, computed }];
  yield* differ('ir-name', left.symbols.irName(left.index), right.symbols.irName(right.index));
  // An uncommon is there for a common symbol, or for a section, which are compared below.
  const computedFlags = flagsOf(right) & ~F.FB_has_uncommon;
  const tableFlags = (flagsOf(left) & ~F.FB_has_uncommon & ~F.FB_used) | (flagsOf(left) & computedFlags & F.FB_used);
  if (tableFlags !== computedFlags) yield* differ('flags', describeFlags(tableFlags), describeFlags(computedFlags));
  yield* differ('comdat', describeComdat(left, version), describeComdat(right, version));
  const leftUncommon = left.symbols.uncommon(left.index);
  const rightUncommon = right.symbols.uncommon(right.index);
  yield* differ('common', describeCommon(leftUncommon), describeCommon(rightUncommon));
  const hasSections = version > 0 && version < 4;
  if (hasSections) yield* differ('section', leftUncommon?.sectionName ?? '', rightUncommon?.sectionName ?? '');
}

function nameOf(side: Side | undefined): string {
  return side === undefined ? '' : side.symbols.name(side.index);
}

function flagsOf(side: Side | undefined): number {
  return side === undefined ? 0 : side.symbols.flags(side.index);
}

/** The names of flags, without their prefix. */
function describeFlags(flags: number): string {
  const names = Object.entries(F)
    .filter(([name, mask]) => name !== 'FB_visibility_mask' && (flags & mask) !== 0)
    .map(([name]) => name.slice('FB_'.length));
  const visibility = flags & F.FB_visibility_mask;
  return [...(visibility === 0 ? [] : [`visibility ${visibility}`]), ...names].join(' ');
}

function describeComdat({ symbols, index }: Side, version: number): string {
  const comdat = symbols.comdatIndex(index);
  if (comdat < 0) return '';
  return version < 3 ? symbols.comdatName(comdat) : `${symbols.comdatName(comdat)} ${symbols.comdatKind(comdat)}`;
}

function describeCommon(uncommon: BitcodeUncommon | undefined): string {
  const size = uncommon?.commonSize ?? 0;
  return size === 0 ? '' : `${size} bytes at ${uncommon?.commonAlignment ?? 0}`;
}
