// Facts out of bitcode: what it is, and what its symbol table says that it defines. LLVM's linkers take the same table
// (irsymtab) and leave out what is not global or is the compiler's own (LTO::InputFile::create).

import { IRSYMTAB_FLAGS } from '../bitcode/index.ts';
import type { BitcodeFile, BitcodeModule, BitcodeSymbolTable } from '../bitcode/index.ts';
import { FaultList } from './fault-list.ts';
import { NO_DEFINITIONS } from './input-facts.ts';
import type { InputFacts, LtoKind, StrongDefinitions } from './input-facts.ts';
import { targetOfDataLayout, targetOfTriple } from './machine.ts';
import { NameBudget } from './name-budget.ts';
import type { NameInterner } from './name-interner.ts';

const F = IRSYMTAB_FLAGS;
const TOLD_BY_FLAGS = F.FB_undefined | F.FB_weak | F.FB_common | F.FB_global | F.FB_format_specific;

/** Reads the facts of an opened bitcode file. Damage becomes faults; nothing is thrown because of the input. */
export function factsOfBitcode(bitcode: BitcodeFile, names: NameInterner): InputFacts {
  const faults = new FaultList();
  const description = describeBitcode(bitcode, faults);
  const definitions = faults.guard(undefined, () => {
    const symbols = bitcode.symbolTable();
    return symbols === undefined ? undefined : collectDefinitions(symbols, names);
  });
  return { ...description, definitions, faults: faults.faults };
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

function collectDefinitions(symbols: BitcodeSymbolTable, names: NameInterner): StrongDefinitions {
  const strings = symbols.strings.bytes;
  const { length } = symbols;
  if (length === 0) return NO_DEFINITIONS;
  const ids = new Int32Array(length);
  const budget = new NameBudget(symbols.strings);
  const signatures = new Map<number, number>();
  let comdats: Int32Array | undefined;
  let count = 0;
  for (let i = 0; i < length; i += 1) {
    if ((symbols.flags(i) & TOLD_BY_FLAGS) !== F.FB_global) continue;
    const size = symbols.nameSize(i);
    if (size === 0) continue;
    budget.spend(size);
    const start = symbols.nameOffset(i);
    ids[count] = names.intern(strings, start, start + size);
    const comdat = symbols.comdatIndex(i);
    if (comdat >= 0 && isDeduplicated(symbols, comdat)) {
      comdats ??= new Int32Array(length).fill(-1);
      comdats[count] = internComdat(symbols, comdat, names, signatures, budget);
    }
    count += 1;
  }
  return { names: ids.slice(0, count), comdats: comdats?.slice(0, count), absolutes: undefined };
}

/** lld keeps every group of this kind, whoever else has one of the name (BitcodeFile::parse). */
function isDeduplicated(symbols: BitcodeSymbolTable, comdat: number): boolean {
  return symbols.comdatKind(comdat) !== 'nodeduplicate';
}

function internComdat(
  symbols: BitcodeSymbolTable,
  comdat: number,
  names: NameInterner,
  known: Map<number, number>,
  budget: NameBudget,
): number {
  const signature = known.get(comdat);
  if (signature !== undefined) return signature;
  const start = symbols.comdatNameOffset(comdat);
  const size = symbols.comdatNameSize(comdat);
  budget.spend(size);
  const id = names.intern(symbols.strings.bytes, start, start + size);
  known.set(comdat, id);
  return id;
}

/** The signatures of all COMDATs of a bitcode file, interned. */
export function comdatSignaturesOfBitcode(bitcode: BitcodeFile, names: NameInterner): number[] {
  const symbols = bitcode.symbolTable();
  if (symbols === undefined) return [];
  const known = new Map<number, number>();
  const budget = new NameBudget(symbols.strings);
  const signatures: number[] = [];
  for (let comdat = 0; comdat < symbols.comdatCount; comdat += 1) {
    if (isDeduplicated(symbols, comdat)) signatures.push(internComdat(symbols, comdat, names, known, budget));
  }
  return signatures;
}
