// The symbol table of a relocatable object, and the sections that belong to it: order, bindings, names, sections, common and
// thread-local symbols. One pass over its columns; what is bad is looked at again.

import { describeSectionType } from '../../constants/describe-section.ts';
import { MACHINES } from '../../constants/machine.ts';
import { SECTION_FLAGS, SECTION_TYPES, SHN_LORESERVE, SPECIAL_SECTIONS } from '../../constants/section.ts';
import { SYMBOL_BINDINGS, SYMBOL_TYPES } from '../../constants/symbol.ts';
import type { ElfSymbolTable } from '../../symbol.ts';
import type { ValidationContext } from '../context.ts';
import { BadEntries, FINDING_NAME_MAX } from '../finding.ts';
import type { Defect } from '../finding.ts';
import { checkStringTable } from './strings.ts';

const { SHT_STRTAB } = SECTION_TYPES.values;
const { SHF_TLS } = SECTION_FLAGS.values;
const { SHN_UNDEF, SHN_COMMON, SHN_XINDEX } = SPECIAL_SECTIONS.values;
const { STB_LOCAL, STB_WEAK, STB_GNU_UNIQUE } = SYMBOL_BINDINGS.values;
const { STT_NOTYPE, STT_SECTION, STT_FILE, STT_TLS, STT_GNU_IFUNC } = SYMBOL_TYPES.values;

const { EM_PPC64 } = MACHINES.values;

const WORD = 4;
const COMMON_ALIGNMENT_END = 0xffffffff;
/** GNU ld's STT_RELC and STT_SRELC. */
const [STT_RELC, STT_SRELC] = [8, 9];

/** Checks which symbol tables there are, and what belongs to them. */
export function checkSymbolTables(context: ValidationContext): void {
  const { survey, report, symbolTable } = context;
  for (const index of survey.symbolTables.slice(1)) {
    report.add({
      condition: 'symbol-table-count',
      sectionIndex: index,
      offset: context.fieldOffset(index, WORD),
      reason: `a second symbol table; linkers take the first one, section ${symbolTable}`,
    });
  }
  for (const index of survey.extendedIndices) checkExtendedIndices(context, index);
  if (symbolTable === 0) return;
  checkSymbolStrings(context, symbolTable);
  if (!context.isRelocatable) return;
  checkFirstGlobal(context, symbolTable);
  context.guard(symbolTable, () => {
    new SymbolCheck(context, context.elf.symbolTable(symbolTable)).run();
  });
}

function checkExtendedIndices(context: ValidationContext, index: number): void {
  const { sections, report, elf } = context;
  const link = sections.link(index);
  if (!context.isSymbolTable(link)) {
    const isMissing = link >= sections.length;
    const type = isMissing ? '' : describeSectionType(elf.header.machine, sections.type(link));
    report.add({
      condition: 'extended-index-link',
      situation: isMissing ? 'missing' : 'type',
      sectionIndex: index,
      offset: context.fieldOffset(index, elf.layout.sh_link),
      found: link,
      reason: `sh_link is ${link}, which is no symbol table`,
      data: { type },
    });
    return;
  }
  const expected = Math.floor(sections.size(link) / elf.layout.symbolSize);
  const found = Math.floor(sections.size(index) / WORD);
  if (sections.entrySize(index) !== WORD || sections.size(index) % WORD !== 0 || found === expected) return;
  report.add({
    condition: 'extended-index-count',
    sectionIndex: index,
    offset: context.fieldOffset(index, elf.layout.sh_size),
    expected,
    found,
    reason: `it has ${found} entries, but its symbol table has ${expected} symbols`,
  });
}

function checkSymbolStrings(context: ValidationContext, symbolTable: number): void {
  const { sections, report, elf } = context;
  const link = sections.link(symbolTable);
  const isMissing = link >= sections.length;
  if (!isMissing && sections.type(link) === SHT_STRTAB) {
    checkStringTable(context, link);
    return;
  }
  const type = isMissing ? '' : describeSectionType(elf.header.machine, sections.type(link));
  report.add({
    condition: 'symbol-table-strings',
    situation: isMissing ? 'missing' : 'type',
    sectionIndex: symbolTable,
    offset: context.fieldOffset(symbolTable, elf.layout.sh_link),
    expected: 'SHT_STRTAB',
    found: link,
    reason: isMissing
      ? `sh_link is ${link}, but there are ${sections.length} sections`
      : `sh_link is ${link}, which is ${type} and no string table`,
    data: { type },
  });
}

function checkFirstGlobal(context: ValidationContext, symbolTable: number): void {
  const { sections, report, elf, symbolCount } = context;
  const found = sections.info(symbolTable);
  if (found !== 0 && found <= symbolCount) return;
  report.add({
    condition: 'symbol-first-global',
    situation: found === 0 ? 'zero' : 'large',
    sectionIndex: symbolTable,
    offset: context.fieldOffset(symbolTable, elf.layout.sh_info),
    found,
    reason: `sh_info, the index of the first global symbol, is ${found}, but there are ${symbolCount} symbols`,
  });
}

/** One pass over a symbol table. */
class SymbolCheck {
  private readonly context: ValidationContext;
  private readonly symbols: ElfSymbolTable;
  private readonly localCount: number;
  /** Whether a table of extended section numbers names the symbol table; found out when the first symbol needs it. */
  private isExtended: boolean | undefined;
  /** The symbol whose place the linker decides. */
  private readonly linkerName: string;
  /** The first binding that does not exist of a symbol that is defined in a section of the output. */
  private definedBinding: number | undefined;
  private readonly bad = new Map<Defect['condition'], BadEntries>();

  constructor(context: ValidationContext, symbols: ElfSymbolTable) {
    this.context = context;
    this.symbols = symbols;
    this.localCount = symbols.localCount;
    this.linkerName = context.elf.header.machine === EM_PPC64 ? '.TOC.' : '_GLOBAL_OFFSET_TABLE_';
  }

  run(): void {
    const { symbols, context } = this;
    const { length } = symbols;
    const { mergeSizes, mergeSymbols } = context;
    const sectionCount = context.sections.length;
    const stringsSize = this.stringsSize();
    // With sh_info 0 or too large, which is told, order says nothing.
    const { localCount } = this;
    const hasOrder = localCount > 0 && localCount <= length;
    const linkerName = `${this.linkerName}\0`;
    for (let i = 0; i < length; i += 1) {
      const info = symbols.info(i);
      const binding = info >> 4;
      const type = info & 0xf;
      if (symbols.nameOffset(i) >= stringsSize) this.add('symbol-name-offset', i, symbols.nameOffset(i));
      if (hasOrder && i < localCount !== (binding === STB_LOCAL)) this.checkOrder(i, binding);
      if (type > STT_TLS && type !== STT_GNU_IFUNC) this.add('symbol-type', i, type);
      const section = symbols.rawSectionIndex(i);
      if (i >= localCount) {
        if (binding > STB_WEAK && binding !== STB_GNU_UNIQUE) this.addBinding(i, binding, section);
        if (symbols.nameStartsWith(i, linkerName) && this.isPlaced(section)) this.add('symbol-reserved', i, section);
      }
      if (section >= SHN_LORESERVE) this.checkReserved(i, section, type);
      else if (section >= sectionCount) this.add('symbol-section-index', i, section);
      else if (section !== SHN_UNDEF) {
        if (type === STT_TLS) this.checkThreadLocal(i, section);
        else if (type === STT_SECTION && i < localCount && context.useOf(section) === 'table') {
          this.add('section-symbol-section', i, section);
        }
        if (mergeSizes === undefined || mergeSizes[section] === 0) continue;
        if (type === STT_SECTION && mergeSymbols !== undefined) mergeSymbols[i] = section;
        else this.checkMergeOffset(i, section, mergeSizes[section] as number);
      }
    }
    this.report();
  }

  /** Bytes of the string table, or no bound where it is damaged, which is told. */
  private stringsSize(): number {
    const { sections } = this.context;
    const link = sections.link(this.context.symbolTable);
    if (link === 0 || link >= sections.length || sections.type(link) !== SHT_STRTAB) return Number.POSITIVE_INFINITY;
    const size = sections.size(link);
    return size === 0 || !sections.isInFile(link) ? Number.POSITIVE_INFINITY : size;
  }

  private add(condition: Defect['condition'], entry: number, found: number | string): void {
    let bad = this.bad.get(condition);
    if (bad === undefined) {
      bad = new BadEntries();
      this.bad.set(condition, bad);
    }
    bad.add(entry, this.symbols.entryOffset(entry), found);
  }

  /** Whether a symbol of this st_shndx is defined, and not with a section that is dropped. A common one has no place yet. */
  private isPlaced(section: number): boolean {
    if (section === SHN_UNDEF || section === SHN_COMMON) return false;
    return section >= SHN_LORESERVE || section >= this.context.sections.length || !this.context.isDropped(section);
  }

  private addBinding(entry: number, binding: number, section: number): void {
    this.add('symbol-binding', entry, binding);
    if (this.isPlaced(section)) this.definedBinding ??= binding;
  }

  private checkOrder(entry: number, binding: number): void {
    if (binding === STB_LOCAL) this.add('symbol-order-local', entry, binding);
    else this.add('symbol-order-global', entry, binding);
  }

  private checkReserved(entry: number, section: number, type: number): void {
    const { symbols, context, localCount } = this;
    if (section === SHN_XINDEX) {
      this.checkExtended(entry);
      return;
    }
    if (type === STT_SECTION && entry < localCount) {
      this.add('section-symbol-section', entry, section);
      return;
    }
    if (section !== SHN_COMMON) return;
    if (entry < localCount) {
      this.add('common-local', entry, section);
      return;
    }
    const low = symbols.valueLow(entry);
    const isSmall = symbols.valueHigh(entry) === 0 && low !== COMMON_ALIGNMENT_END;
    if (isSmall && low !== 0 && (low & (low - 1)) === 0) return;
    context.report.add({
      condition: 'common-alignment',
      situation: isSmall && low !== 0 ? 'power' : 'range',
      sectionIndex: context.symbolTable,
      bad: one(entry, symbols.entryOffset(entry), symbols.value(entry).toString()),
      reason: () =>
        `the alignment of the common symbol ${this.nameOf(entry)}, its st_value, is ${symbols.value(entry)}`,
      data: () => ({ symbol: this.nameOf(entry) }),
    });
  }

  private checkExtended(entry: number): void {
    const { context, symbols } = this;
    const { survey, sections } = context;
    this.isExtended ??= survey.extendedIndices.some((index) => sections.link(index) === context.symbolTable);
    if (!this.isExtended) {
      this.add('extended-index-missing', entry, SHN_XINDEX);
      return;
    }
    // Whatever is wrong with that section as a whole was told; then the numbers in it mean nothing.
    if (!symbols.hasExtendedIndices) return;
    const section = symbols.sectionIndex(entry);
    if (section >= sections.length) this.add('symbol-section-index', entry, section);
  }

  private checkThreadLocal(entry: number, section: number): void {
    if ((this.context.sections.flags(section) & SHF_TLS) === 0) this.add('tls-section', entry, section);
  }

  private checkMergeOffset(entry: number, section: number, size: number): void {
    const { symbols } = this;
    const value = symbols.valueHigh(entry) * 2 ** 32 + symbols.valueLow(entry);
    if (value < size) return;
    this.context.report.add({
      condition: 'merge-offset',
      sectionIndex: section,
      bad: one(entry, symbols.entryOffset(entry), value),
      expected: size,
      reason: () => `the symbol ${entry} (${this.nameOf(entry)}) lies at ${value}, but the section has ${size} bytes`,
    });
  }

  private nameOf(entry: number): string {
    return this.symbols.hasName(entry) ? this.symbols.briefName(entry, FINDING_NAME_MAX) : `[index ${entry}]`;
  }

  private report(): void {
    const { context, localCount, symbols } = this;
    const { sections } = context;
    for (const [condition, bad] of this.bad) {
      const first = bad.entries[0];
      if (first === undefined) continue;
      context.report.add({
        condition,
        situation: this.situationOf(condition, first.entry, Number(first.found)),
        sectionIndex: context.symbolTable,
        bad,
        reason: REASONS[condition]?.(first.entry, Number(first.found), symbols.length) ?? condition,
        data: {
          localCount,
          size: condition === 'symbol-name-offset' ? sections.size(sections.link(context.symbolTable)) : 0,
          strings: context.sectionName(sections.link(context.symbolTable)),
          ...(condition === 'symbol-reserved' ? { symbol: this.linkerName } : {}),
          ...(condition === 'symbol-binding' ? { definedBinding: this.definedBinding ?? '' } : {}),
        },
      });
    }
  }

  private situationOf(condition: Defect['condition'], entry: number, found: number): string | undefined {
    const { symbols, localCount } = this;
    switch (condition) {
      case 'symbol-order-global':
        return symbols.type(entry) === STT_SECTION ? 'section' : 'symbol';
      case 'symbol-binding':
        return this.definedBinding === undefined ? 'undefined' : 'defined';
      case 'symbol-reserved':
        return this.context.elf.header.machine === EM_PPC64 ? 'toc' : 'table';
      case 'symbol-type':
        return found === STT_RELC || found === STT_SRELC ? 'complex' : 'other';
      case 'symbol-name-offset':
        if (entry >= localCount || symbols.type(entry) === STT_FILE) return 'other';
        if (symbols.type(entry) === STT_SECTION) return 'section';
        return entry === 0 && symbols.type(0) === STT_NOTYPE ? 'null' : 'local';
      case 'symbol-section-index':
        if (entry >= localCount) return 'global';
        return symbols.type(entry) === STT_SECTION ? 'section' : 'local';
      default:
        return undefined;
    }
  }
}

const REASONS: Partial<Record<Defect['condition'], (entry: number, found: number, count: number) => string>> = {
  'symbol-name-offset': (entry, found) =>
    `the st_name of symbol ${entry}, 0x${found.toString(16)}, is past the end of the string table`,
  'symbol-order-global': (entry, found) => `symbol ${entry} stands before sh_info, but has the binding ${found}`,
  'symbol-order-local': (entry) => `symbol ${entry} stands behind the local symbols (sh_info), but is local`,
  'symbol-binding': (entry, found) => `symbol ${entry} has the binding ${found}, which does not exist`,
  'symbol-reserved': (entry) =>
    `symbol ${entry} defines the name of the place that linkers give to the table of offsets`,
  'symbol-type': (entry, found) => `symbol ${entry} has the type ${found}, which does not exist`,
  'symbol-section-index': (entry, found) => `symbol ${entry} is defined in section ${found}, which does not exist`,
  'section-symbol-section': (entry, found) =>
    `the section symbol ${entry} has the st_shndx 0x${found.toString(16)}, which is no section with bytes to relocate`,
  'common-local': (entry) => `the common symbol ${entry} is local`,
  'extended-index-missing': (entry) => `symbol ${entry} needs a SHT_SYMTAB_SHNDX section, but there is none`,
  'tls-section': (entry, found) =>
    `the thread-local symbol ${entry} is defined in section ${found}, which has no SHF_TLS`,
};

function one(entry: number, offset: number, found: number | string): BadEntries {
  const bad = new BadEntries();
  bad.add(entry, offset, found);
  return bad;
}
