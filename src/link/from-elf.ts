// Facts out of an ELF object: what it defines, and every place whose symbol index or link a linker follows.
//
// One pass over the section headers picks the tables that matter; they are read in few reads, checked as columns and
// forgotten. Contents of code and data are never read.

import { encodeName } from '../bytes/index.ts';
import {
  ELF_TYPES,
  SECTION_FLAGS,
  SECTION_TYPES,
  SPECIAL_SECTIONS,
  SYMBOL_BINDINGS,
  SYMBOL_TYPES,
} from '../elf/index.ts';
import type { ElfFile, ElfGroup, ElfSectionTable, ElfSymbolTable } from '../elf/index.ts';
import { FaultList } from './fault-list.ts';
import { FAULT_ENTRIES_MAX, NO_DEFINITIONS } from './input-facts.ts';
import type { BadEntry, InputFacts, InputFault, LtoKind, StrongDefinitions } from './input-facts.ts';
import { machineOfElf } from './machine.ts';
import { NameBudget } from './name-budget.ts';
import type { NameInterner } from './name-interner.ts';

const { SHT_SYMTAB, SHT_DYNSYM, SHT_REL, SHT_RELA, SHT_GROUP } = SECTION_TYPES.values;
const { SHT_SYMTAB_SHNDX, SHT_LLVM_ADDRSIG, SHT_CREL, SHT_ANDROID_REL, SHT_ANDROID_RELA } = SECTION_TYPES.values;
const { SHF_GROUP, SHF_EXCLUDE } = SECTION_FLAGS.values;
const { SHN_UNDEF, SHN_ABS, SHN_COMMON, SHN_XINDEX } = SPECIAL_SECTIONS.values;
const { STB_GLOBAL, STB_GNU_UNIQUE } = SYMBOL_BINDINGS.values;
const { STT_SECTION, STT_FILE, STT_COMMON } = SYMBOL_TYPES.values;
const { ET_REL } = ELF_TYPES.values;

/** Reads the facts of an opened ELF file. Damage becomes faults; nothing is thrown because of the input. */
export function factsOfElf(elf: ElfFile, names: NameInterner): InputFacts {
  const faults = new FaultList();
  const definitions = faults.guard(undefined, () => {
    const { sections } = elf;
    checkSymbolIndices(elf, sections, faults);
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
  const { kind } = elf.ltoContent();
  return kind === 'llvm-embedded' ? 'llvm-fat' : kind;
}

/** What one pass over the section headers finds. */
interface Survey {
  /** The tables to read. */
  readonly tables: readonly number[];
  /** Sections with symbol indices that are not simply relocations or groups of the file's symbol table. */
  readonly suspects: readonly number[];
  /** Sections from this one on are not checked. */
  readonly end: number;
}

function survey(
  elf: ElfFile,
  sections: ElfSectionTable,
  symbolTable: number,
  symbolCount: number,
  faults: FaultList,
): Survey {
  const { length } = sections;
  const isRelocatable = elf.header.type === ET_REL;
  const tables: number[] = [];
  const suspects: number[] = [];
  // Sections lie side by side in the file; more bytes than it has are those of sections that lie upon each other.
  let bytesLeft = elf.input.length;
  let end = length;
  for (let i = 1; i < length; i += 1) {
    const type = sections.type(i);
    if (isRelocatable && !sections.isInFile(i)) faults.add(outOfFileFault(elf, sections, i));
    switch (type) {
      case SHT_REL:
      case SHT_RELA:
        if (sections.size(i) === 0) break;
        tables.push(i);
        if (sections.isInFile(i)) bytesLeft -= sections.size(i);
        if (sections.link(i) !== symbolTable) suspects.push(i);
        break;
      case SHT_LLVM_ADDRSIG:
        // With sh_link 0 the indices are stale on purpose: objcopy, strip and `ld -r` leave it so; linkers ignore it.
        if (sections.link(i) === 0) break;
        tables.push(i);
        suspects.push(i);
        if (sections.isInFile(i)) bytesLeft -= sections.size(i);
        break;
      case SHT_GROUP:
        if (sections.link(i) !== symbolTable || sections.info(i) >= symbolCount) suspects.push(i);
        break;
      case SHT_SYMTAB_SHNDX:
        tables.push(i);
        suspects.push(i);
        break;
      case SHT_SYMTAB:
        tables.push(i, sections.link(i));
        break;
      case SHT_CREL:
      case SHT_ANDROID_REL:
      case SHT_ANDROID_RELA:
        faults.add({
          kind: 'unread-relocations',
          section: sections.describe(i),
          type: SECTION_TYPES.describe(type),
          offset: elf.input.base + sections.headerOffset(i),
        });
        break;
      default:
    }
    if (bytesLeft < 0) {
      faults.add(overlapFault(elf, sections, i));
      end = i;
      break;
    }
  }
  // The names of sections, which tell intermediate code; with very many sections their table has another number.
  tables.push(elf.header.raw.e_shstrndx);
  return { tables, suspects, end };
}

function outOfFileFault(elf: ElfFile, sections: ElfSectionTable, index: number): InputFault {
  const [offset, size, fileSize] = [sections.offset(index), sections.size(index), elf.input.length].map((number) =>
    number.toString(16),
  );
  return {
    kind: 'malformed',
    code: 'out-of-bounds',
    reason:
      `section [index ${index}] has a sh_offset (0x${offset}) + sh_size (0x${size}) ` +
      `that is greater than the file size (0x${fileSize})`,
    offset: elf.input.base + sections.headerOffset(index),
    section: sections.describe(index),
  };
}

function checkSymbolIndices(elf: ElfFile, sections: ElfSectionTable, faults: FaultList): void {
  const symbolTable = elf.symbolTableIndex ?? 0;
  const symbolCount = symbolTable === 0 ? 0 : Math.floor(sections.size(symbolTable) / elf.layout.symbolSize);
  const { tables, suspects, end } = survey(elf, sections, symbolTable, symbolCount, faults);
  elf.load(tables);
  const checkSection = (index: number, check: SectionCheck) => {
    faults.guard(
      () => sections.describe(index),
      () => {
        check(elf, sections, index, faults);
      },
    );
  };
  if (symbolTable !== 0) {
    let section = elf.nextSuspectRelocations(1, end, symbolTable, symbolCount);
    for (; section !== -1; section = elf.nextSuspectRelocations(section + 1, end, symbolTable, symbolCount)) {
      checkSection(section, checkRelocations);
    }
  }
  for (const suspect of suspects) if (suspect < end) checkSection(suspect, checkOf(sections.type(suspect)));
}

function overlapFault(elf: ElfFile, sections: ElfSectionTable, index: number): InputFault {
  return {
    kind: 'malformed',
    code: 'bad-value',
    reason:
      'the tables of the file overlap: together they are longer than the file; from this one on they are not checked',
    offset: elf.input.base + sections.headerOffset(index),
    section: sections.describe(index),
  };
}

type SectionCheck = (elf: ElfFile, sections: ElfSectionTable, index: number, faults: FaultList) => void;

function checkOf(type: number): SectionCheck {
  if (type === SHT_GROUP) return checkGroup;
  if (type === SHT_SYMTAB_SHNDX) return checkExtendedIndices;
  return type === SHT_LLVM_ADDRSIG ? checkAddressSignificance : checkRelocations;
}

/** How many symbols the table has that a section's `sh_link` names; a fault, and `undefined`, if that is no such table. */
function linkedSymbolCount(elf: ElfFile, sections: ElfSectionTable, index: number, faults: FaultList) {
  const link = sections.link(index);
  const type = link < sections.length ? sections.type(link) : undefined;
  if (type === SHT_SYMTAB || type === SHT_DYNSYM) return Math.floor(sections.size(link) / elf.layout.symbolSize);
  faults.add({
    kind: 'symbol-table-link',
    section: sections.describe(index),
    link,
    found: type === undefined ? `only ${sections.length} sections` : SECTION_TYPES.describe(type),
    offset: elf.input.base + sections.headerOffset(index) + elf.layout.sh_link,
  });
  return undefined;
}

function checkRelocations(elf: ElfFile, sections: ElfSectionTable, index: number, faults: FaultList): void {
  const relocations = elf.relocationTable(index);
  // Linked files relocate without symbols: .rela.plt of a static program has sh_link 0 and only symbol 0.
  if (elf.header.type !== ET_REL && sections.link(index) === 0 && relocations.nextOutside(1, 0) === -1) return;
  const symbolCount = linkedSymbolCount(elf, sections, index, faults);
  if (symbolCount === undefined) return;
  const entries: BadEntry[] = [];
  let count = 0;
  for (let i = relocations.nextOutside(symbolCount, 0); i !== -1; i = relocations.nextOutside(symbolCount, i + 1)) {
    count += 1;
    if (entries.length === FAULT_ENTRIES_MAX) continue;
    entries.push({ entry: i, offset: relocations.infoOffset(i), symbolIndex: relocations.symbolIndex(i) });
  }
  if (count > 0) pushSymbolIndexFault(faults, 'relocation', sections.describe(index), symbolCount, entries, count);
}

function checkGroup(elf: ElfFile, sections: ElfSectionTable, index: number, faults: FaultList): void {
  const symbolCount = linkedSymbolCount(elf, sections, index, faults);
  const symbolIndex = sections.info(index);
  if (symbolCount === undefined || symbolIndex < symbolCount) return;
  const offset = elf.input.base + sections.headerOffset(index) + elf.layout.sh_info;
  const entries = [{ entry: 0, offset, symbolIndex }];
  pushSymbolIndexFault(faults, 'group', sections.describe(index), symbolCount, entries, 1);
}

function checkAddressSignificance(elf: ElfFile, sections: ElfSectionTable, index: number, faults: FaultList): void {
  const symbolCount = linkedSymbolCount(elf, sections, index, faults);
  if (symbolCount === undefined) return;
  const cursor = elf.addressSignificance(index);
  const entries: BadEntry[] = [];
  let count = 0;
  try {
    for (let entry = 0; !cursor.atEnd; entry += 1) {
      const offset = cursor.fileOffset;
      const symbolIndex = cursor.next();
      if (symbolIndex < symbolCount) continue;
      count += 1;
      if (entries.length < FAULT_ENTRIES_MAX) entries.push({ entry, offset, symbolIndex });
    }
  } finally {
    if (count > 0) pushSymbolIndexFault(faults, 'addrsig', sections.describe(index), symbolCount, entries, count);
  }
}

function pushSymbolIndexFault(
  faults: FaultList,
  holder: 'relocation' | 'group' | 'addrsig',
  section: string,
  symbolCount: number,
  entries: readonly BadEntry[],
  count: number,
): void {
  const [first] = entries;
  if (first === undefined) return;
  const { offset, symbolIndex } = first;
  faults.add({ kind: 'symbol-index', holder, section, symbolIndex, symbolCount, entries, count, offset });
}

function checkExtendedIndices(elf: ElfFile, sections: ElfSectionTable, index: number, faults: FaultList): void {
  const symbolCount = linkedSymbolCount(elf, sections, index, faults);
  const entryCount = sections.size(index) / 4;
  if (symbolCount === undefined || entryCount === symbolCount) return;
  faults.add({
    kind: 'extended-index-count',
    section: sections.describe(index),
    entryCount: Math.floor(entryCount),
    symbolCount,
    offset: elf.input.base + sections.headerOffset(index) + elf.layout.sh_size,
  });
}

function readDefinitions(elf: ElfFile, names: NameInterner, faults: FaultList): StrongDefinitions | undefined {
  // What a program or shared library defines never collides with a definition in an object.
  const tableIndex = elf.header.type === ET_REL ? elf.symbolTableIndex : undefined;
  if (tableIndex === undefined) return NO_DEFINITIONS;
  return faults.guard(
    () => elf.sections.describe(tableIndex),
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
        () => sections.describe(elf.symbolTableIndex ?? 0),
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
    bytesLeft -= sections.size(i);
    if (bytesLeft < 0) return;
    const group = faults.guard(
      () => sections.describe(i),
      () => elf.group(i),
    );
    if (group?.isComdat !== true || group.signatureSymbol >= symbols.length) continue;
    const signature = faults.guard(
      () => sections.describe(i),
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
