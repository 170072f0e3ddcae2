// Facts out of bitcode: what it is, and what its symbol table says that it defines. LLVM's linkers take the same table
// (irsymtab), or build it where the file has none, and leave out what is not global or is the compiler's own
// (LTO::InputFile::create).

import { computeSymbolTable, IRSYMTAB_FLAGS } from '../bitcode/index.ts';
import type { BitcodeFile, BitcodeModule, BitcodeSymbols, BitcodeSymbolTable } from '../bitcode/index.ts';
import { encodeName, NameBudget } from '../bytes/index.ts';
import { FaultList } from './fault-list.ts';
import { NO_DEFINITIONS } from './input-facts.ts';
import type { InputFacts, LtoKind, StrongDefinitions } from './input-facts.ts';
import { targetOfDataLayout, targetOfTriple } from './machine.ts';
import type { NameInterner } from './name-interner.ts';

const F = IRSYMTAB_FLAGS;
const TOLD_BY_FLAGS = F.FB_undefined | F.FB_weak | F.FB_common | F.FB_global | F.FB_format_specific;

/** Reads the facts of an opened bitcode file. Damage becomes faults; nothing is thrown because of the input. */
export function factsOfBitcode(bitcode: BitcodeFile, names: NameInterner): InputFacts {
  const faults = new FaultList();
  const description = describeBitcode(bitcode, faults);
  const read = faults.guard(undefined, () => readDefinitions(bitcode, names));
  return {
    ...description,
    ...(read?.isComputed === true ? { computedSymbols: true } : {}),
    definitions: read?.definitions,
    faults: faults.faults,
  };
}

/** `undefined` where neither a table nor the modules tell what the file defines. */
function readDefinitions(
  bitcode: BitcodeFile,
  names: NameInterner,
): { definitions: StrongDefinitions; isComputed: boolean } | undefined {
  const stored = bitcode.symbolTable();
  if (stored !== undefined) {
    return { definitions: collectDefinitions(stored, storedNames(stored, names)), isComputed: false };
  }
  const computed = computeSymbolTable(bitcode);
  if (computed === undefined) return undefined;
  return { definitions: collectDefinitions(computed, computedNames(computed, names)), isComputed: true };
}

/** The facts that stand in the identification and module blocks. */
export function describeBitcode(
  bitcode: BitcodeFile,
  faults = new FaultList(),
): Omit<InputFacts, 'definitions' | 'faults'> {
  const producer = faults.guard(undefined, () => bitcode.producer);
  const module = faults.guard(undefined, () => describeModule(bitcode.modules[0]));
  return {
    format: 'bitcode',
    size: bitcode.input.length,
    ...module,
    ...(producer === undefined ? {} : { producer }),
    ...(bitcode.wrapper === undefined ? {} : { wrapped: true }),
  };
}

function describeModule(module: BitcodeModule | undefined) {
  if (module === undefined) return {};
  const { triple } = module;
  const lto: LtoKind = module.summaryKind === 'thin' ? 'llvm-thin' : 'llvm-full';
  const target = triple === undefined ? undefined : targetOfTriple(triple);
  const isTold = target?.bits !== undefined && target.endian !== undefined;
  return {
    lto,
    ...(isTold ? {} : targetOfDataLayout(module.dataLayout ?? '')),
    ...target,
    ...(triple === undefined ? {} : { triple }),
  };
}

/** Interns the names of one table. */
interface TableNames {
  /** The number of the name of a symbol; `undefined` for an empty name. */
  symbol(index: number): number | undefined;
  comdat(index: number): number;
}

/** Names as bytes of the string table. */
function storedNames(symbols: BitcodeSymbolTable, names: NameInterner): TableNames {
  const strings = symbols.strings.bytes;
  const budget = new NameBudget(symbols.strings);
  const intern = (start: number, size: number) => {
    budget.spend(size);
    return names.intern(strings, start, start + size);
  };
  return {
    symbol: (index) => {
      const size = symbols.nameSize(index);
      return size === 0 ? undefined : intern(symbols.nameOffset(index), size);
    },
    comdat: (index) => intern(symbols.comdatNameOffset(index), symbols.comdatNameSize(index)),
  };
}

/** Names as text, whose bytes are interned. */
function computedNames(symbols: BitcodeSymbols, names: NameInterner): TableNames {
  const intern = (name: string) => {
    const bytes = encodeName(name);
    return names.intern(bytes, 0, bytes.length);
  };
  return {
    symbol: (index) => {
      const name = symbols.name(index);
      return name === '' ? undefined : intern(name);
    },
    comdat: (index) => intern(symbols.comdatName(index)),
  };
}

function collectDefinitions(symbols: BitcodeSymbols, names: TableNames): StrongDefinitions {
  const { length } = symbols;
  if (length === 0) return NO_DEFINITIONS;
  const ids = new Int32Array(length);
  const signatures = new Map<number, number>();
  let comdats: Int32Array | undefined;
  let count = 0;
  for (let i = 0; i < length; i += 1) {
    if ((symbols.flags(i) & TOLD_BY_FLAGS) !== F.FB_global) continue;
    const id = names.symbol(i);
    if (id === undefined) continue;
    ids[count] = id;
    const comdat = symbols.comdatIndex(i);
    if (comdat >= 0 && isDeduplicated(symbols, comdat)) {
      comdats ??= new Int32Array(length).fill(-1);
      comdats[count] = internComdat(comdat, names, signatures);
    }
    count += 1;
  }
  return { names: ids.slice(0, count), comdats: comdats?.slice(0, count), absolutes: undefined };
}

/** lld keeps every group of this kind, whoever else has one of the name (BitcodeFile::parse). */
function isDeduplicated(symbols: BitcodeSymbols, comdat: number): boolean {
  return symbols.comdatKind(comdat) !== 'nodeduplicate';
}

function internComdat(comdat: number, names: TableNames, known: Map<number, number>): number {
  const signature = known.get(comdat);
  if (signature !== undefined) return signature;
  const id = names.comdat(comdat);
  known.set(comdat, id);
  return id;
}

/** The signatures of all COMDATs of a bitcode file, interned. */
export function comdatSignaturesOfBitcode(bitcode: BitcodeFile, names: NameInterner): number[] {
  const stored = bitcode.symbolTable();
  const symbols = stored ?? computeSymbolTable(bitcode);
  if (symbols === undefined) return [];
  const tableNames = stored === undefined ? computedNames(symbols, names) : storedNames(stored, names);
  const known = new Map<number, number>();
  const signatures: number[] = [];
  for (let comdat = 0; comdat < symbols.comdatCount; comdat += 1) {
    if (isDeduplicated(symbols, comdat)) signatures.push(internComdat(comdat, tableNames, known));
  }
  return signatures;
}
