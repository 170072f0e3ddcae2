// The global symbols of a bitcode file in columns. LLVM's linkers take the symbol table of the file (irsymtab), or build it where
// the file has none, and leave out what is not global or is the compiler's own (LTO::InputFile::create).

import { computeSymbolTable, IRSYMTAB_FLAGS } from '../../bitcode/index.ts';
import type { BitcodeFile, BitcodeSymbols, BitcodeSymbolTable } from '../../bitcode/index.ts';
import { NameBudget } from '../../bytes/index.ts';
import type { FaultList } from '../fault-list.ts';
import { NO_DEFINITIONS } from '../input-facts.ts';
import type { StrongDefinitions } from '../input-facts.ts';
import type { NameInterner } from '../name-interner.ts';
import { NO_SYMBOLS, SYMBOL_FLAGS, VISIBILITY_SHIFT } from './input-symbols.ts';
import type { CommonSymbol, InputSymbols } from './input-symbols.ts';

const F = IRSYMTAB_FLAGS;
const SEEN_BY_LINKERS = F.FB_global | F.FB_format_specific;
const TOLD_BY_FLAGS = SEEN_BY_LINKERS | F.FB_undefined | F.FB_weak | F.FB_common;

/** The table of a file, and how its names are interned. */
interface Source {
  readonly symbols: BitcodeSymbols;
  readonly isComputed: boolean;
  /** The number of the name of a symbol; -1 for an empty name. */
  readonly name: (index: number) => number;
  readonly comdatName: (comdat: number) => number;
}

/** `undefined` where neither a table nor the modules tell what the file defines. */
function openSource(
  bitcode: BitcodeFile,
  names: NameInterner,
  stored: BitcodeSymbolTable | undefined = bitcode.symbolTable(),
): Source | undefined {
  if (stored !== undefined) return storedSource(stored, names);
  const symbols = computeSymbolTable(bitcode);
  if (symbols === undefined) return undefined;
  const intern = (name: string) => names.internText(name);
  return {
    symbols,
    isComputed: true,
    name: (index) => (symbols.name(index) === '' ? -1 : intern(symbols.name(index))),
    comdatName: (comdat) => intern(symbols.comdatName(comdat)),
  };
}

/** Names as bytes of the string table. */
function storedSource(symbols: BitcodeSymbolTable, names: NameInterner): Source {
  const strings = symbols.strings.bytes;
  const budget = new NameBudget(symbols.strings);
  const intern = (start: number, size: number) => {
    budget.spend(size);
    return names.intern(strings, start, start + size);
  };
  return {
    symbols,
    isComputed: false,
    name: (index) => {
      const size = symbols.nameSize(index);
      return size === 0 ? -1 : intern(symbols.nameOffset(index), size);
    },
    comdatName: (comdat) => intern(symbols.comdatNameOffset(comdat), symbols.comdatNameSize(comdat)),
  };
}

/**
 * Reads the global symbols of a bitcode file, those of all its modules. A row that linkers do not see has the name -1.
 *
 * Costs a pass over the table of the file, without an object for a symbol; where it has none the modules are read.
 *
 * @param names - Where names become integers.
 * @param faults - Where damage is added; then there are no symbols.
 * @param stored - The table of the file, if it is open already.
 * @returns `undefined` where the file does not tell what it defines: one for thin linking alone.
 */
export function symbolsOfBitcode(
  bitcode: BitcodeFile,
  names: NameInterner,
  faults: FaultList,
  stored?: BitcodeSymbolTable,
): InputSymbols | undefined {
  const read = faults.guard(undefined, () => {
    const source = openSource(bitcode, names, stored);
    return { symbols: source && readAll(source) };
  });
  return read === undefined ? NO_SYMBOLS : read.symbols;
}

function readAll(source: Source): InputSymbols {
  const { symbols } = source;
  const { length } = symbols;
  const { signatures, groupOfComdat } = readComdats(source);
  const ids = new Int32Array(length);
  const flags = new Uint16Array(length);
  let groupOf: Int32Array | undefined;
  let commons: Map<number, CommonSymbol> | undefined;
  for (let i = 0; i < length; i += 1) {
    const stored = symbols.flags(i);
    flags[i] = flagsOfBitcode(stored);
    if ((stored & SEEN_BY_LINKERS) !== F.FB_global) {
      ids[i] = -1;
      continue;
    }
    ids[i] = source.name(i);
    if ((stored & F.FB_undefined) !== 0) continue;
    const group = groupOfComdat[symbols.comdatIndex(i)] ?? -1;
    if (group !== -1) {
      groupOf ??= new Int32Array(length).fill(-1);
      groupOf[i] = group;
    }
    if ((stored & F.FB_common) === 0) continue;
    const uncommon = symbols.uncommon(i);
    const size = BigInt(uncommon?.commonSize ?? 0);
    (commons ??= new Map()).set(i, { size, alignment: BigInt(uncommon?.commonAlignment ?? 0) });
  }
  const groups = Int32Array.from(signatures);
  return { ...NO_SYMBOLS, length, names: ids, flags, groupOf, groups, commons };
}

function flagsOfBitcode(stored: number): number {
  const S = SYMBOL_FLAGS;
  const kind = (stored & F.FB_tls) !== 0 ? S.TLS : (stored & F.FB_executable) !== 0 ? S.FUNCTION : 0;
  // The numbers of visibilities are other ones than those of ELF: 1 is hidden, 2 protected.
  const visibility = stored & F.FB_visibility_mask;
  return (
    kind |
    ((visibility === 0 ? 0 : visibility + 1) << VISIBILITY_SHIFT) |
    ((stored & F.FB_undefined) === 0 ? S.DEFINED : 0) |
    ((stored & F.FB_weak) !== 0 ? S.WEAK : 0) |
    ((stored & F.FB_common) !== 0 ? S.COMMON : 0) |
    ((stored & F.FB_used) !== 0 ? S.USED : 0) |
    ((stored & F.FB_may_omit) !== 0 ? S.MAY_OMIT : 0)
  );
}

/** The COMDATs of a table as groups. */
interface BitcodeGroups {
  /** Interned signatures. */
  readonly signatures: readonly number[];
  /** By number of a COMDAT the position of its signature, or -1. */
  readonly groupOfComdat: Int32Array;
}

/** Those of the kind `nodeduplicate` are no groups: lld keeps them all, whoever else has one of the name. */
function readComdats({ symbols, comdatName }: Source): BitcodeGroups {
  const groupOfComdat = new Int32Array(symbols.comdatCount).fill(-1);
  const signatures: number[] = [];
  for (let comdat = 0; comdat < groupOfComdat.length; comdat += 1) {
    if (symbols.comdatKind(comdat) === 'nodeduplicate') continue;
    groupOfComdat[comdat] = signatures.length;
    signatures.push(comdatName(comdat));
  }
  return { signatures, groupOfComdat };
}

/** What {@link strongDefinitionsOfBitcode} found. */
export interface BitcodeDefinitions {
  readonly definitions: StrongDefinitions;
  /** Whether they were computed from the modules: the file has no table. */
  readonly isComputed: boolean;
}

/**
 * Reads only the strong definitions of a bitcode file: what {@link symbolsOfBitcode} reads, without symbols that are undefined,
 * weak or common.
 *
 * @returns `undefined` where the file does not tell what it defines.
 * @throws {@link FormatError} if the table or a module is damaged.
 */
export function strongDefinitionsOfBitcode(bitcode: BitcodeFile, names: NameInterner): BitcodeDefinitions | undefined {
  const source = openSource(bitcode, names);
  if (source === undefined) return undefined;
  const { symbols, isComputed } = source;
  const { length } = symbols;
  if (length === 0) return { definitions: NO_DEFINITIONS, isComputed };
  const ids = new Int32Array(length);
  let comdats: Int32Array | undefined;
  const signatures = new Map<number, number>();
  let count = 0;
  for (let i = 0; i < length; i += 1) {
    if ((symbols.flags(i) & TOLD_BY_FLAGS) !== F.FB_global) continue;
    const id = source.name(i);
    if (id === -1) continue;
    ids[count] = id;
    const comdat = symbols.comdatIndex(i);
    if (comdat >= 0 && symbols.comdatKind(comdat) !== 'nodeduplicate') {
      comdats ??= new Int32Array(length).fill(-1);
      let signature = signatures.get(comdat);
      if (signature === undefined) signatures.set(comdat, (signature = source.comdatName(comdat)));
      comdats[count] = signature;
    }
    count += 1;
  }
  const definitions = { names: ids.slice(0, count), comdats: comdats?.slice(0, count), absolutes: undefined };
  return { definitions, isComputed };
}

/** The signatures of all COMDATs of a bitcode file, interned; none where it does not tell what it defines. */
export function comdatSignaturesOfBitcode(bitcode: BitcodeFile, names: NameInterner): readonly number[] {
  const source = openSource(bitcode, names);
  return source === undefined ? [] : readComdats(source).signatures;
}
