// The integrity of an ELF object, as far as symbol indices go: every place whose index or `sh_link` a linker follows. One
// pass over the section headers picks the tables that matter; they are read in few reads, checked as columns and
// forgotten. Contents of code and data are never read.

import { readAddressSignificance } from '../elf/content/index.ts';
import { ELF_TYPES, isPackedRelocations, SECTION_TYPES } from '../elf/index.ts';
import type { ElfFile, ElfRelocationTable, ElfSectionTable } from '../elf/index.ts';
import type { FaultList } from './fault-list.ts';
import { FAULT_ENTRIES_MAX } from './input-facts.ts';
import type { BadEntry, InputFault, SymbolIndexFault } from './input-facts.ts';

const { SHT_SYMTAB, SHT_DYNSYM, SHT_REL, SHT_RELA, SHT_GROUP } = SECTION_TYPES.values;
const { SHT_SYMTAB_SHNDX, SHT_LLVM_ADDRSIG, SHT_CREL, SHT_ANDROID_REL, SHT_ANDROID_RELA } = SECTION_TYPES.values;
const { ET_REL } = ELF_TYPES.values;

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
    if (isRelocatable && !sections.isInFile(i)) faults.add(outOfFileFault(elf, sections, i, faults));
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
        if (sections.size(i) === 0) break;
        tables.push(i);
        suspects.push(i);
        if (sections.isInFile(i)) bytesLeft -= sections.size(i);
        break;
      default:
    }
    if (bytesLeft < 0) {
      faults.add(overlapFault(elf, sections, i, faults));
      end = i;
      break;
    }
  }
  // The names of sections, which tell intermediate code; with very many sections their table has another number.
  tables.push(elf.header.raw.e_shstrndx);
  return { tables, suspects, end };
}

function outOfFileFault(elf: ElfFile, sections: ElfSectionTable, index: number, faults: FaultList): InputFault {
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
    section: faults.sectionName(sections, index),
  };
}

/**
 * Checks the symbol indices of an object, and that its sections lie within the file. Reads its tables ahead.
 *
 * @param faults - Where what is wrong is added.
 */
export function checkSymbolIndices(elf: ElfFile, faults: FaultList): void {
  const { sections } = elf;
  const symbolTable = elf.symbolTableIndex ?? 0;
  const symbolCount = symbolTable === 0 ? 0 : Math.floor(sections.size(symbolTable) / elf.layout.symbolSize);
  const { tables, suspects, end } = survey(elf, sections, symbolTable, symbolCount, faults);
  elf.load(tables);
  const checkSection = (index: number, check: SectionCheck) => {
    faults.guard(
      () => faults.sectionName(sections, index),
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
  const checkPacked = packedCheck(elf);
  for (const suspect of suspects) {
    if (suspect >= end) break;
    const type = sections.type(suspect);
    checkSection(suspect, isPackedRelocations(type) ? checkPacked : checkOf(type));
  }
}

function overlapFault(elf: ElfFile, sections: ElfSectionTable, index: number, faults: FaultList): InputFault {
  return {
    kind: 'malformed',
    code: 'bad-value',
    reason:
      'the tables of the file overlap: together they are longer than the file; from this one on they are not checked',
    offset: elf.input.base + sections.headerOffset(index),
    section: faults.sectionName(sections, index),
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
    section: faults.sectionName(sections, index),
    link,
    found: type === undefined ? `only ${sections.length} sections` : SECTION_TYPES.describe(type),
    offset: elf.input.base + sections.headerOffset(index) + elf.layout.sh_link,
  });
  return undefined;
}

function checkRelocations(elf: ElfFile, sections: ElfSectionTable, index: number, faults: FaultList): void {
  checkEntries(elf, sections, index, elf.relocationTable(index), faults);
}

/**
 * The check of packed tables. A few bytes may unpack to many entries, so that the bytes of the file do not bound the cost:
 * as many are unpacked as one table may have, and the one that exceeds it is the last.
 */
function packedCheck(elf: ElfFile): SectionCheck {
  let left = elf.limits.relocations;
  return (_, sections, index, faults) => {
    if (left < 0) {
      const reason = `the packed relocations of the file are more than the limits allow (${elf.limits.relocations}); the rest is not checked`;
      throw elf.sectionError('limit-exceeded', reason, index);
    }
    const relocations = elf.relocationTable(index, (fault) =>
      faults.addDamage(fault, faults.sectionName(sections, index)),
    );
    left -= relocations.length;
    checkEntries(elf, sections, index, relocations, faults);
  };
}

function checkEntries(
  elf: ElfFile,
  sections: ElfSectionTable,
  index: number,
  relocations: ElfRelocationTable,
  faults: FaultList,
): void {
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
  const holder = isPackedRelocations(sections.type(index)) ? 'packed-relocation' : 'relocation';
  if (count > 0) pushSymbolIndexFault(faults, holder, faults.sectionName(sections, index), symbolCount, entries, count);
}

function checkGroup(elf: ElfFile, sections: ElfSectionTable, index: number, faults: FaultList): void {
  const symbolCount = linkedSymbolCount(elf, sections, index, faults);
  const symbolIndex = sections.info(index);
  if (symbolCount === undefined || symbolIndex < symbolCount) return;
  const offset = elf.input.base + sections.headerOffset(index) + elf.layout.sh_info;
  const entries = [{ entry: 0, offset, symbolIndex }];
  pushSymbolIndexFault(faults, 'group', faults.sectionName(sections, index), symbolCount, entries, 1);
}

function checkAddressSignificance(elf: ElfFile, sections: ElfSectionTable, index: number, faults: FaultList): void {
  const symbolCount = linkedSymbolCount(elf, sections, index, faults);
  if (symbolCount === undefined) return;
  const cursor = readAddressSignificance(elf, index);
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
    if (count > 0)
      pushSymbolIndexFault(faults, 'addrsig', faults.sectionName(sections, index), symbolCount, entries, count);
  }
}

function pushSymbolIndexFault(
  faults: FaultList,
  holder: SymbolIndexFault['holder'],
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
    section: faults.sectionName(sections, index),
    entryCount: Math.floor(entryCount),
    symbolCount,
    offset: elf.input.base + sections.headerOffset(index) + elf.layout.sh_size,
  });
}
