// Relocation sections: what they are linked with, and in each entry the symbol, the type and the place. Tables of entries
// are checked in one pass over their columns without an object or bigint for an entry; packed ones are unpacked first.

import type { FormatError } from '../../../bytes/index.ts';
import { describeSectionType } from '../../constants/describe-section.ts';
import { MACHINES } from '../../constants/machine.ts';
import { SECTION_TYPES } from '../../constants/section.ts';
import { SYMBOL_TYPES } from '../../constants/symbol.ts';
import type { ElfRelocationTable } from '../../relocation.ts';
import type { ValidationContext } from '../context.ts';
import { BadEntries } from '../finding.ts';
import { knownRelocationTypes } from '../known-relocations.ts';
import type { KnownTypes } from '../known-relocations.ts';

const { SHT_NOBITS, SHT_REL, SHT_CREL, SHT_LLVM_CALL_GRAPH_PROFILE } = SECTION_TYPES.values;

const { STT_SECTION, STT_FUNC } = SYMBOL_TYPES.values;
const { EM_MIPS, EM_ARM, EM_MSP430, EM_RISCV } = MACHINES.values;
const [R_RISCV_VENDOR, R_RISCV_CUSTOM192] = [191, 192];

/** What lies further off the section is not in the same output any more, more likely than not. */
const NEAR = 4 << 10;

/** Checks the sh_link and sh_info of all relocation sections, and notes which section is relocated by which. */
export function checkRelocationLinks(context: ValidationContext): void {
  const { survey, sections, report, elf, relocatedBy } = context;
  // Relocation sections that come into the output of -r with the section that they relocate.
  const copied = new Uint8Array(sections.length);
  for (const index of survey.relocations) {
    // lld before 19 takes CREL for data.
    if (context.useOf(index) !== 'relocations') continue;
    const link = sections.link(index);
    if (!context.isSymbolTable(link) && (context.symbolTable !== 0 || link >= sections.length)) {
      const isMissing = link >= sections.length;
      report.add({
        condition: 'relocation-symbol-table',
        situation: isMissing ? 'missing' : 'type',
        sectionIndex: index,
        offset: context.fieldOffset(index, elf.layout.sh_link),
        found: link,
        reason: isMissing
          ? `sh_link is ${link}, but there are ${sections.length} sections`
          : `sh_link is ${link}, which is ${describeSectionType(elf.header.machine, sections.type(link))} and no symbol table`,
      });
    }
    const target = sections.info(index);
    const isCopied = target < index && copied[target] !== 0;
    if (target === 0 || target >= sections.length || !isTarget(context, target)) {
      reportTarget(context, index, target, isCopied);
      if (!isCopied || context.link.output === 'final') continue;
    }
    if (!context.isDropped(target)) copied[index] = 1;
    if (index < target) {
      report.add({
        condition: 'relocation-order',
        sectionIndex: index,
        offset: context.fieldOffset(index, elf.layout.sh_info),
        found: target,
        reason: () => `it stands before section ${target} (${context.sectionName(target)}), which it relocates`,
      });
    }
    if (relocatedBy[target] === 0) relocatedBy[target] = index;
    else if (!context.isDropped(target)) {
      report.add({
        condition: 'relocation-sections',
        sectionIndex: index,
        offset: context.fieldOffset(index, elf.layout.sh_info),
        found: target,
        reason: () =>
          `section ${target} (${context.sectionName(target)}) is relocated by section ${relocatedBy[target]} already`,
        data: () => ({ target: context.sectionName(target) }),
      });
    }
  }
}

function isTarget(context: ValidationContext, target: number): boolean {
  const use = context.useOf(target);
  return use !== 'table' && use !== 'relocations';
}

function reportTarget(context: ValidationContext, index: number, target: number, isCopied: boolean): void {
  const { sections, report, elf } = context;
  const isMissing = target >= sections.length;
  let situation = isCopied ? 'copied' : 'table';
  if (isMissing) situation = 'missing';
  else if (target === 0) situation = 'zero';
  else if (!isCopied && context.useOf(target) === 'relocations') situation = 'relocations';
  report.add({
    condition: 'relocation-target',
    situation,
    sectionIndex: index,
    offset: context.fieldOffset(index, elf.layout.sh_info),
    found: target,
    reason: () =>
      isMissing
        ? `sh_info is ${target}, but there are ${sections.length} sections`
        : `sh_info is ${target} (${context.sectionName(target)}), which is no section that can be relocated`,
  });
}

/** Checks the entries of all relocation sections. */
export function checkRelocationEntries(context: ValidationContext): void {
  const { survey, sections, elf, link } = context;
  const known = context.isRelocatable
    ? knownRelocationTypes(elf.header.machine, elf.layout.bits, link.linker)
    : undefined;
  for (const index of survey.relocations) {
    const size = sections.size(index);
    if (size === 0 || !sections.isInFile(index) || context.useOf(index) !== 'relocations') continue;
    if (!context.spend(size, index)) return;
    context.guard(index, () => {
      const isPacked = sections.type(index) === SHT_CREL;
      const onFault = (fault: FormatError) => {
        reportEncoding(context, index, fault);
      };
      new EntryCheck(context, index, elf.relocationTable(index, isPacked ? onFault : undefined), known).run();
    });
  }
}

function reportEncoding(context: ValidationContext, index: number, fault: FormatError): void {
  context.report.add({
    condition: 'relocation-encoding',
    sectionIndex: index,
    offset: fault.location.offset,
    reason: fault.reason,
  });
}

/** One pass over a relocation table. */
class EntryCheck {
  private readonly context: ValidationContext;
  private readonly index: number;
  private readonly table: ElfRelocationTable;
  private readonly known: KnownTypes | undefined;
  private readonly target: number;
  private readonly targetSize: number;
  /** What is looked at of a type: the first one of the three that MIPS64 packs. */
  private readonly typeMask: number;
  private readonly badSymbols = new BadEntries();
  private readonly badTypes = new BadEntries();
  private readonly badOffsets = new BadEntries();
  private readonly badAddends = new Map<number, BadEntries>();
  private farthest = 0;

  constructor(context: ValidationContext, index: number, table: ElfRelocationTable, known: KnownTypes | undefined) {
    this.context = context;
    this.index = index;
    this.table = table;
    const { sections, isRelocatable } = context;
    const target = sections.info(index);
    this.target = isRelocatable && target < sections.length ? target : 0;
    // The places in the profile are not looked at, its types neither.
    const isProfile = this.target !== 0 && sections.type(this.target) === SHT_LLVM_CALL_GRAPH_PROFILE;
    // Places in .eh_frame are compared with its records.
    const isFree = this.target === 0 || isProfile || context.isFrame[this.target] !== 0;
    this.targetSize = isFree ? Number.POSITIVE_INFINITY : sections.size(this.target);
    this.known = isProfile && context.link.output === 'final' ? undefined : known;
    const { machine } = context.elf.header;
    this.typeMask = machine === EM_MIPS && context.elf.layout.bits === 64 ? 0xff : 0xffffffff;
  }

  run(): void {
    const { table, known, targetSize, typeMask } = this;
    const { mergeSymbols } = this.context;
    const symbolCount = this.symbolCount();
    for (let i = 0; i < table.length; i += 1) {
      const symbol = table.symbolIndex(i);
      if (symbol >= symbolCount) this.badSymbols.add(i, table.infoOffset(i), symbol);
      const type = (table.type(i) & typeMask) >>> 0;
      if (known !== undefined && !(type < known.limit && known.isKnown[type] !== 0) && !this.isVendorType(i, type)) {
        this.badTypes.add(i, table.infoOffset(i), type);
      }
      const offset = table.offsetHigh(i) * 2 ** 32 + table.offsetLow(i);
      // An entry that does nothing may stand at the end.
      if (offset >= targetSize && !(offset === targetSize && type === 0)) this.addOffset(i, offset);
      if (mergeSymbols !== undefined && symbol < symbolCount && mergeSymbols[symbol] !== 0) {
        this.checkAddend(i, symbol, mergeSymbols[symbol] as number);
      }
    }
    this.report();
  }

  /** The entry before an entry of RISC-V may say whose type it has: what that vendor's types are is not known here. */
  private isVendorType(entry: number, type: number): boolean {
    if (this.context.elf.header.machine !== EM_RISCV || type < R_RISCV_CUSTOM192 || entry === 0) return false;
    return this.table.type(entry - 1) === R_RISCV_VENDOR;
  }

  /** lld takes the symbols of the file whatever sh_link says; linked files have several tables. */
  private symbolCount(): number {
    const { context, table } = this;
    if (context.isRelocatable) return context.symbolCount;
    const link = table.symbolTableIndex;
    if (!context.isSymbolTable(link)) return Number.POSITIVE_INFINITY;
    return Math.floor(context.sections.size(link) / context.elf.layout.symbolSize);
  }

  private addOffset(entry: number, offset: number): void {
    // Offsets before the section come out as huge ones, which wrap around on a machine of 64 bits if they have as many.
    const behind = offset - this.targetSize;
    const distance = this.context.elf.layout.bits === 64 ? Math.min(behind, 2 ** 64 - offset) : behind;
    this.farthest = Math.max(this.farthest, distance);
    const isExact = Number.isSafeInteger(offset);
    const found = isExact ? offset : `0x${this.table.offset(entry).toString(16)}`;
    this.badOffsets.add(entry, this.table.entryOffset(entry), found);
  }

  private checkAddend(entry: number, symbol: number, section: number): void {
    const { table, context } = this;
    if (!table.hasAddends) return;
    const addend = table.addendHigh(entry) * 2 ** 32 + table.addendLow(entry);
    const size = context.mergeSizes?.[section] ?? 0;
    const value = context.symbolValue(symbol);
    const at = value + addend;
    if (at >= 0 && at < size) return;
    let bad = this.badAddends.get(section);
    if (bad === undefined) {
      bad = new BadEntries();
      this.badAddends.set(section, bad);
    }
    bad.add(entry, table.entryOffset(entry), at);
  }

  private report(): void {
    const { context, index, target } = this;
    const { report } = context;
    if (this.badSymbols.count > 0) this.reportSymbols();
    if (this.badTypes.count > 0 && !(target !== 0 && context.isDropped(target))) this.reportTypes();
    if (this.badOffsets.count > 0) this.reportOffsets();
    for (const [section, bad] of this.badAddends) {
      const [first] = bad.entries;
      if (first === undefined) continue;
      report.add({
        condition: 'merge-offset',
        sectionIndex: section,
        bad,
        expected: context.mergeSizes?.[section] ?? 0,
        reason: () =>
          `relocation ${first.entry} of ${context.sectionName(index)} refers to the place ${first.found} of it, which it does not have`,
      });
    }
  }

  private reportTypes(): void {
    const { context, index, badTypes } = this;
    const [first] = badTypes.entries;
    if (first === undefined) return;
    const { report, link } = context;
    report.add({
      condition: 'relocation-type',
      situation: this.typeSituation(first.entry),
      sectionIndex: index,
      bad: badTypes,
      reason: `relocation ${first.entry} has the type ${first.found}, which is not known for the machine`,
      data: () => ({
        symbol: this.symbolName(first.entry),
        typeName: `Unknown (${first.found})`,
        // Looking for the function takes a pass over the symbols.
        place: link.linker.name === 'lld' ? this.placeOf(first.entry) : '',
      }),
    });
  }

  private typeSituation(entry: number): string {
    const { link, elf } = this.context;
    if (link.output === 'relocatable' && this.hasImplicitAddend(entry)) return 'implicit';
    const { machine } = elf.header;
    const isLate = machine === EM_MSP430 || (machine === EM_ARM && (link.linker.major ?? Infinity) <= 13);
    return isLate ? 'late' : 'scanned';
  }

  /** What lld calls the place of an entry: the function, if there is one, the section and the offset. */
  private placeOf(entry: number): string {
    const { table, context, target } = this;
    const at = `${target === 0 ? '' : context.sectionName(target)}+0x${table.offset(entry).toString(16)}`;
    if (context.symbolTable === 0) return at;
    const offset = table.offsetHigh(entry) * 2 ** 32 + table.offsetLow(entry);
    const symbols = context.elf.symbolTable(context.symbolTable);
    for (let i = 0; i < symbols.length; i += 1) {
      if ((symbols.info(i) & 0xf) !== STT_FUNC || symbols.rawSectionIndex(i) !== target) continue;
      const start = context.symbolValue(i);
      if (offset < start || offset - start >= Number(symbols.size(i))) continue;
      return `function ${context.symbolName(i)}: ${at}`;
    }
    return at;
  }

  /** With -r lld reads the addend of an entry of SHT_REL only if its symbol is a section's. */
  private hasImplicitAddend(entry: number): boolean {
    const { context, table, index } = this;
    if (context.sections.type(index) !== SHT_REL || context.symbolTable === 0) return false;
    const symbol = table.symbolIndex(entry);
    const symbols = context.elf.symbolTable(context.symbolTable);
    return symbol < symbols.length && symbols.type(symbol) === STT_SECTION;
  }

  private reportSymbols(): void {
    const { context, index, target, badSymbols } = this;
    const [first] = badSymbols.entries;
    if (first === undefined) return;
    const expected = this.symbolCount();
    context.report.add({
      condition: 'relocation-symbol-index',
      situation: target !== 0 && context.useOf(target) === 'marker' ? 'dropped' : 'used',
      sectionIndex: index,
      bad: badSymbols,
      expected,
      reason: `relocation ${first.entry} names symbol ${first.found}, but there are ${expected} symbols`,
    });
  }

  private reportOffsets(): void {
    const { context, index, target, badOffsets } = this;
    const [first] = badOffsets.entries;
    if (first === undefined) return;
    context.report.add({
      condition: 'relocation-offset',
      situation: this.offsetSituation(),
      sectionIndex: index,
      bad: badOffsets,
      expected: this.targetSize,
      reason: () =>
        `relocation ${first.entry} is for the place ${first.found} of section ${target} (${context.sectionName(target)}), ` +
        `which has ${this.targetSize} bytes`,
      data: () => ({ target: context.sectionName(target), symbol: this.symbolName(first.entry) }),
    });
  }

  private offsetSituation(): string {
    const { context, target } = this;
    const { sections } = context;
    if (sections.type(target) === SHT_NOBITS || context.useOf(target) !== 'input') return 'unloaded';
    if (this.farthest > NEAR) return sections.type(this.index) === SHT_REL ? 'implicit' : 'far';
    return 'near';
  }

  private symbolName(entry: number): string {
    const symbol = this.table.symbolIndex(entry);
    return this.context.symbolName(symbol);
  }
}
