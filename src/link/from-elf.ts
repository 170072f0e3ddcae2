// Facts out of an ELF object: what it is, what it defines for others, and what is wrong with it (elf-integrity.ts).

import { encodeName, NameBudget } from '../bytes/index.ts';
import {
  ELF_TYPES,
  readGroup,
  SECTION_FLAGS,
  SECTION_TYPES,
  SPECIAL_SECTIONS,
  SYMBOL_BINDINGS,
  SYMBOL_TYPES,
} from '../elf/index.ts';
import type { ElfFile, ElfGroup, ElfSymbolTable } from '../elf/index.ts';
import { readLtoContent } from '../elf/content/index.ts';
import { checkSymbolIndices } from './elf-integrity.ts';
import { FaultList } from './fault-list.ts';
import { NO_DEFINITIONS } from './input-facts.ts';
import type { InputFacts, LtoKind, StrongDefinitions } from './input-facts.ts';
import { machineOfElf } from './machine.ts';
import type { NameInterner } from './name-interner.ts';

const { SHT_GROUP } = SECTION_TYPES.values;
const { SHF_GROUP, SHF_EXCLUDE } = SECTION_FLAGS.values;
const { SHN_UNDEF, SHN_ABS, SHN_COMMON, SHN_XINDEX } = SPECIAL_SECTIONS.values;
const { STB_GLOBAL, STB_GNU_UNIQUE } = SYMBOL_BINDINGS.values;
const { STT_SECTION, STT_FILE, STT_COMMON } = SYMBOL_TYPES.values;
const { ET_REL } = ELF_TYPES.values;

/** Reads the facts of an opened ELF file. Damage becomes faults; nothing is thrown because of the input. */
export function factsOfElf(elf: ElfFile, names: NameInterner): InputFacts {
  const faults = new FaultList();
  const definitions = faults.guard(undefined, () => {
    checkSymbolIndices(elf, faults);
    return readDefinitions(elf, names, faults);
  });
  return { ...describeElf(elf, faults), definitions, faults: faults.faults };
}

/** The facts that stand in the header, and which LTO the object takes part in. */
export function describeElf(elf: ElfFile, faults = new FaultList()): Omit<InputFacts, 'definitions' | 'faults'> {
  const { header, input } = elf;
  return {
    format: 'elf',
    size: input.length,
    lto: faults.guard(undefined, () => ltoKindOf(elf)) ?? 'none',
    machine: machineOfElf(header.machine),
    bits: header.bits,
    endian: header.littleEndian ? 'little' : 'big',
    type: ELF_TYPES.describe(header.type),
  };
}

function ltoKindOf(elf: ElfFile): LtoKind {
  const { kind } = readLtoContent(elf);
  return kind === 'llvm-embedded' ? 'llvm-fat' : kind;
}

function readDefinitions(elf: ElfFile, names: NameInterner, faults: FaultList): StrongDefinitions | undefined {
  // What a program or shared library defines never collides with a definition in an object.
  const tableIndex = elf.header.type === ET_REL ? elf.symbolTableIndex : undefined;
  if (tableIndex === undefined) return NO_DEFINITIONS;
  return faults.guard(
    () => faults.sectionName(elf.sections, tableIndex),
    () => {
      const symbols = elf.symbolTable(tableIndex);
      return collectDefinitions(elf, symbols, names, faults);
    },
  );
}

// Numbers are collected here before it is known how many there are: memory that all inputs use, one after the other.
let collected = new Int32Array(1 << 12);

function idsOf(count: number): Int32Array {
  if (count > collected.length) collected = new Int32Array(2 * count);
  return collected;
}

function collectDefinitions(
  elf: ElfFile,
  symbols: ElfSymbolTable,
  names: NameInterner,
  faults: FaultList,
): StrongDefinitions {
  const { sections } = elf;
  const strings = symbols.strings.bytes;
  const { length } = symbols;
  const ids = idsOf(Math.max(0, length - symbols.localCount));
  const budget = new NameBudget(symbols.strings);
  let count = 0;
  // Damage of their table hides the sections of the symbols that need it, and is told once.
  let hasExtendedIndices = !faults.has('extended-index-count');
  let comdats: Int32Array | undefined;
  let signatures: Int32Array | undefined;
  let absolutes: Map<number, bigint> | undefined;
  for (let i = symbols.localCount; i < length; i += 1) {
    const info = symbols.info(i);
    const binding = info >> 4;
    if (binding !== STB_GLOBAL && binding !== STB_GNU_UNIQUE) continue;
    const rawSection = symbols.rawSectionIndex(i);
    if (rawSection === SHN_UNDEF || rawSection === SHN_COMMON) continue;
    const type = info & 0xf;
    if (type === STT_SECTION || type === STT_FILE || type === STT_COMMON) continue;
    const nameOffset = symbols.nameOffset(i);
    if (nameOffset >= strings.length || strings[nameOffset] === 0) continue;
    let section = -1;
    if (rawSection !== SHN_XINDEX) section = symbols.sectionIndex(i);
    else if (hasExtendedIndices) {
      const extended = faults.guard(
        () => faults.sectionName(sections, elf.symbolTableIndex ?? 0),
        () => symbols.sectionIndex(i),
      );
      hasExtendedIndices = extended !== undefined;
      section = extended ?? -1;
    }
    const sectionFlags = section > 0 && section < sections.length ? sections.flags(section) : 0;
    // Linkers leave these sections out, with the symbols in them, unless they link with -r.
    if ((sectionFlags & SHF_EXCLUDE) !== 0) continue;
    const name = names.internString(strings, nameOffset);
    budget.spend(names.byteLength(name));
    ids[count] = name;
    if (rawSection === SHN_ABS) (absolutes ??= new Map()).set(count, symbols.value(i));
    if ((sectionFlags & SHF_GROUP) !== 0) {
      signatures ??= signatureOfSections(elf, symbols, names, faults);
      comdats ??= new Int32Array(length).fill(-1);
      comdats[count] = signatures[section] as number;
    }
    count += 1;
  }
  return { names: ids.slice(0, count), comdats: comdats?.slice(0, count), absolutes };
}

/** For each section the interned signature of the COMDAT group that it is a member of, or -1. */
function signatureOfSections(elf: ElfFile, symbols: ElfSymbolTable, names: NameInterner, faults: FaultList) {
  const { sections } = elf;
  const signatures = new Int32Array(sections.length).fill(-1);
  for (const [group, signature] of comdatGroups(elf, symbols, names, faults)) {
    for (let k = 0; k < group.length; k += 1) {
      const member = group.member(k);
      if (member < sections.length) signatures[member] = signature;
    }
  }
  return signatures;
}

/** The COMDAT groups with their interned signatures. Damaged groups, and those without a signature, are left out. */
function* comdatGroups(
  elf: ElfFile,
  symbols: ElfSymbolTable,
  names: NameInterner,
  faults: FaultList,
): Generator<readonly [group: ElfGroup, signature: number]> {
  const { sections } = elf;
  // Groups lie side by side in the file; more bytes than it has are those of groups that lie upon each other.
  let bytesLeft = elf.input.length;
  const budget = new NameBudget(symbols.strings);
  for (let i = 1; i < sections.length; i += 1) {
    if (sections.type(i) !== SHT_GROUP) continue;
    if (sections.isInFile(i)) bytesLeft -= sections.size(i);
    if (bytesLeft < 0) {
      const reason =
        'the groups of the file overlap: together they are longer than the file; from this one on they are not read';
      const offset = elf.input.base + sections.headerOffset(i);
      faults.add({ kind: 'malformed', code: 'bad-value', reason, offset, section: faults.sectionName(sections, i) });
      return;
    }
    const group = faults.guard(
      () => faults.sectionName(sections, i),
      () => readGroup(elf, i),
    );
    if (group?.isComdat !== true || group.signatureSymbol >= symbols.length) continue;
    const signature = faults.guard(
      () => faults.sectionName(sections, i),
      () => internSignature(elf, symbols, group.signatureSymbol, names, budget),
    );
    if (signature !== undefined) yield [group, signature];
    else if (budget.isSpent) return;
  }
}

function internSignature(
  elf: ElfFile,
  symbols: ElfSymbolTable,
  symbol: number,
  names: NameInterner,
  budget: NameBudget,
) {
  let signature: number;
  if ((symbols.info(symbol) & 0xf) === STT_SECTION) {
    // A section symbol as signature has no name of its own: the name is that of the section.
    const bytes = encodeName(elf.sections.name(symbols.sectionIndex(symbol)));
    signature = names.intern(bytes, 0, bytes.length);
  } else {
    const { bytes, length } = symbols.strings;
    signature = names.internString(bytes, Math.min(symbols.nameOffset(symbol), length));
  }
  budget.spend(names.byteLength(signature));
  return signature;
}

/** The signatures of all COMDAT groups of an object, interned. Damaged groups are left out. */
export function comdatSignaturesOfElf(elf: ElfFile, names: NameInterner): number[] {
  const tableIndex = elf.symbolTableIndex;
  if (tableIndex === undefined) return [];
  const groups = comdatGroups(elf, elf.symbolTable(tableIndex), names, new FaultList());
  return Array.from(groups, ([, signature]) => signature);
}
