// What the sections of an object hang on each other by, for `--gc-sections`: which ones stay whatever refers to them, and which
// follow from others. By the rules of ld.lld 14 to 22 (MarkLive.cpp), which agree but for the default of `-z start-stop-gc`.

import { isPackedRelocations, readGroup, SECTION_FLAGS, SECTION_TYPES } from '../../elf/index.ts';
import type { ElfFile, ElfRelocationTable, ElfSymbolTable } from '../../elf/index.ts';
import { SectionRelocations } from '../../elf/content/index.ts';
import type { FaultList } from '../fault-list.ts';
import { frameEntryKinds } from '../references/frame-entries.ts';
import { definingSection, isFrameSection } from '../references/reference-walk.ts';

const { SHF_ALLOC, SHF_EXECINSTR, SHF_LINK_ORDER, SHF_GNU_RETAIN } = SECTION_FLAGS.values;
const { SHT_NULL, SHT_SYMTAB, SHT_STRTAB, SHT_RELA, SHT_REL, SHT_GROUP, SHT_SYMTAB_SHNDX } = SECTION_TYPES.values;
const { SHT_NOTE, SHT_INIT_ARRAY, SHT_FINI_ARRAY, SHT_PREINIT_ARRAY, SHT_LLVM_ADDRSIG } = SECTION_TYPES.values;

/** What a section is, as bits of {@link SectionGraph.flags}. */
export const GRAPH_FLAGS = {
  /** It takes part: it is neither a table of the object nor left out of the link. */
  PRESENT: 1,
  /** It stays, and what it refers to stays. */
  ROOT: 2,
  /** It stays, but nothing because of it: a section that is not loaded. */
  STANDING: 4,
  /** What unwinding of functions refers to it for is no reason to keep it: code, or bound to other sections. */
  BOUND: 8,
} as const;

/** The sections of one object and what they refer to. */
export interface SectionGraph {
  /** By section number bits of {@link GRAPH_FLAGS}. */
  readonly flags: Uint8Array;
  /** By section number where its edges begin in {@link edges}; one more at the end. */
  readonly edgeStarts: Uint32Array;
  /** What a section keeps: the row of a symbol ({@link InputSymbols}), or the complement (`~`) of a section of the same object. */
  readonly edges: Int32Array;
  /** What stays because functions may be unwound, whatever functions stay: personality routines. As {@link edges}. */
  readonly frameEdges: Int32Array;
  /** The same, but not for sections that are {@link GRAPH_FLAGS.BOUND}: the tables of languages, and the functions. */
  readonly unwoundEdges: Int32Array;
  /** By row the section that defines the symbol; 0 for none. */
  readonly sectionOfRow: Int32Array;
  /** Sections that `__start_NAME` and `__stop_NAME` keep, with that NAME. */
  readonly bounded: readonly { readonly section: number; readonly name: string }[];
}

/** Options of {@link readSectionGraph}. */
export interface SectionGraphOptions {
  /** Whether a section is not in the link: in a COMDAT group that another input brought, or SHF_EXCLUDE. */
  readonly isLeftOut: (section: number) => boolean;
  /** Where damage is added; what cannot be read keeps nothing. */
  readonly faults: FaultList;
  /** Whether a linker script keeps a section of this name (KEEP). */
  readonly isKept?: (name: string) => boolean;
  /**
   * `-z start-stop-gc`, the default since ld.lld 13: `__start_NAME` does not keep the sections NAME. Those that begin with `__libc_`
   * are kept in any case.
   */
  readonly startStopGc?: boolean;
}

/**
 * Reads what the sections of an object hang on each other by. Costs a pass over its relocations, without an object for one.
 *
 * @returns `undefined` for an object without a symbol table.
 */
export function readSectionGraph(elf: ElfFile, options: SectionGraphOptions): SectionGraph | undefined {
  const table = elf.symbolTableIndex;
  if (table === undefined) return undefined;
  return options.faults.guard(undefined, () => new GraphReader(elf, elf.symbolTable(table), options).read());
}

/** Numbers that grow; one array for all sections. */
class NumberList {
  private numbers = new Int32Array(1 << 8);
  length = 0;

  push(number: number): void {
    if (this.length === this.numbers.length) {
      const larger = new Int32Array(this.length * 2);
      larger.set(this.numbers);
      this.numbers = larger;
    }
    this.numbers[this.length] = number;
    this.length += 1;
  }

  /** The numbers so far, as a copy. */
  toArray(): Int32Array {
    return this.numbers.slice(0, this.length);
  }
}

class GraphReader {
  private readonly elf: ElfFile;
  private readonly symbols: ElfSymbolTable;
  private readonly options: SectionGraphOptions;
  private readonly relocations: SectionRelocations;
  private readonly flags: Uint8Array;
  private readonly first: number;
  /** By symbol the section that defines it. */
  private readonly sectionOfSymbol: Int32Array;
  /** The member behind each member of a group, in a ring; 0 for none. */
  private readonly nextInGroup: Int32Array;
  /** The first section with SHF_LINK_ORDER that names each, and the next one of the same; 0 for none. */
  private readonly firstDependent: Int32Array;
  private readonly nextDependent: Int32Array;
  /** Tables and groups lie side by side in the file; more bytes than it has are those that lie upon each other. */
  private bytesLeft: number;
  private packedLeft: number;

  constructor(elf: ElfFile, symbols: ElfSymbolTable, options: SectionGraphOptions) {
    const { length } = elf.sections;
    this.elf = elf;
    this.symbols = symbols;
    this.options = options;
    this.relocations = new SectionRelocations(elf);
    this.flags = new Uint8Array(length);
    this.first = Math.min(Math.max(symbols.localCount, 1), symbols.length);
    this.sectionOfSymbol = new Int32Array(symbols.length);
    this.nextInGroup = new Int32Array(length);
    this.firstDependent = new Int32Array(length);
    this.nextDependent = new Int32Array(length);
    this.bytesLeft = elf.input.length;
    this.packedLeft = elf.limits.relocations;
  }

  read(): SectionGraph {
    const { elf, symbols, flags, first } = this;
    const { length } = elf.sections;
    for (let i = 1; i < symbols.length; i += 1) this.sectionOfSymbol[i] = definingSection(elf, symbols, i);
    for (let i = 1; i < length; i += 1) if (this.isPresent(i)) flags[i] = GRAPH_FLAGS.PRESENT;
    for (let i = 1; i < length; i += 1) this.readLinks(i);
    const bounded: { section: number; name: string }[] = [];
    for (let i = 1; i < length; i += 1) if (flags[i] !== 0) this.classify(i, bounded);
    const edges = new NumberList();
    const [frameEdges, unwoundEdges] = [new NumberList(), new NumberList()];
    const edgeStarts = new Uint32Array(length + 1);
    for (let i = 0; i < length; i += 1) {
      edgeStarts[i] = edges.length;
      if (flags[i] === 0) continue;
      if (this.isFrame(i)) this.readFrame(i, frameEdges, unwoundEdges);
      else this.readEdges(i, edges);
    }
    edgeStarts[length] = edges.length;
    return {
      flags,
      edgeStarts,
      edges: edges.toArray(),
      frameEdges: frameEdges.toArray(),
      unwoundEdges: unwoundEdges.toArray(),
      sectionOfRow: this.sectionOfSymbol.slice(first),
      bounded,
    };
  }

  private isPresent(section: number): boolean {
    switch (this.elf.sections.type(section)) {
      case SHT_NULL:
      case SHT_SYMTAB:
      case SHT_STRTAB:
      case SHT_RELA:
      case SHT_REL:
      case SHT_GROUP:
      case SHT_SYMTAB_SHNDX:
      case SHT_LLVM_ADDRSIG:
        return false;
      default:
        return !isPackedRelocations(this.elf.sections.type(section)) && !this.options.isLeftOut(section);
    }
  }

  private isFrame(section: number): boolean {
    return isFrameSection(this.elf, section);
  }

  /** Reads what binds sections to a group, and to a section that they describe. */
  private readLinks(section: number): void {
    const { elf, flags } = this;
    const { sections } = elf;
    if (sections.type(section) === SHT_GROUP) this.readGroup(section);
    else if (flags[section] !== 0 && (sections.flags(section) & SHF_LINK_ORDER) !== 0) {
      const link = sections.link(section);
      if (link === 0 || link >= sections.length) return;
      this.nextDependent[section] = this.firstDependent[link] ?? 0;
      this.firstDependent[link] = section;
    }
  }

  private readGroup(index: number): void {
    const { elf, flags, nextInGroup, options } = this;
    const { sections } = elf;
    if (sections.isInFile(index)) this.bytesLeft -= sections.size(index);
    if (this.bytesLeft < 0) return;
    options.faults.guard(undefined, () => {
      const group = readGroup(elf, index);
      const members: number[] = [];
      for (let k = 0; k < group.length; k += 1) {
        const member = group.member(k);
        // A section in two groups is in the first.
        if (member < sections.length && flags[member] !== 0 && nextInGroup[member] === 0) members.push(member);
      }
      // A group that has nothing to load, debugging information of a type say, stays.
      if (!members.some((member) => (sections.flags(member) & SHF_ALLOC) !== 0)) return;
      for (const [k, member] of members.entries()) nextInGroup[member] = members[k + 1] ?? (members[0] as number);
    });
  }

  /** Tells which sections stay by themselves. */
  private classify(section: number, bounded: { section: number; name: string }[]): void {
    const { nextInGroup, options } = this;
    const { sections } = this.elf;
    const sectionFlags = sections.flags(section);
    const isLinked = (sectionFlags & SHF_LINK_ORDER) !== 0;
    const isInGroup = nextInGroup[section] !== 0;
    if (isLinked || isInGroup || (sectionFlags & SHF_EXECINSTR) !== 0) this.mark(section, GRAPH_FLAGS.BOUND);
    if ((sectionFlags & SHF_GNU_RETAIN) !== 0) {
      this.mark(section, GRAPH_FLAGS.ROOT);
      return;
    }
    if (isLinked) return;
    if ((sectionFlags & SHF_ALLOC) === 0 && !isInGroup) {
      this.mark(section, GRAPH_FLAGS.STANDING);
      for (let i = this.firstDependent[section] ?? 0; i !== 0; i = this.nextDependent[i] as number) {
        this.mark(i, GRAPH_FLAGS.STANDING);
      }
    }
    const name = sections.hasName(section) ? sections.name(section) : '';
    if (isReserved(sections.type(section), name, isInGroup) || options.isKept?.(name) === true) {
      this.mark(section, GRAPH_FLAGS.ROOT);
    } else if ((options.startStopGc === false || name.startsWith('__libc_')) && /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      bounded.push({ section, name });
    }
  }

  private mark(section: number, flag: number): void {
    this.flags[section] = (this.flags[section] as number) | flag;
  }

  private readEdges(section: number, edges: NumberList): void {
    this.eachTable(section, (table) => {
      let last: number | undefined;
      for (let i = 0; i < table.length; i += 1) {
        const edge = this.edgeTo(table.symbolIndex(i));
        if (edge === undefined || edge === last || edge === ~section) continue;
        edges.push(edge);
        last = edge;
      }
    });
    for (let i = this.firstDependent[section] ?? 0; i !== 0; i = this.nextDependent[i] as number) edges.push(~i);
    const next = this.nextInGroup[section] ?? 0;
    if (next !== 0 && next !== section) edges.push(~next);
  }

  private readFrame(section: number, common: NumberList, unwound: NumberList): void {
    const { elf } = this;
    this.eachTable(section, (table) => {
      const kinds = frameEntryKinds(elf.sectionView(section), elf.encoding.littleEndian, table);
      for (let i = 0; i < table.length; i += 1) {
        const edge = this.edgeTo(table.symbolIndex(i));
        if (edge === undefined) continue;
        if (kinds[i] === 'common') common.push(edge);
        else if (kinds[i] === 'function') unwound.push(edge);
      }
    });
  }

  private eachTable(section: number, visit: (table: ElfRelocationTable) => void): void {
    const { elf, options } = this;
    const { sections } = elf;
    for (const index of this.relocations.indicesOf(section)) {
      if (sections.isInFile(index)) this.bytesLeft -= sections.size(index);
      if (this.bytesLeft < 0 || this.packedLeft < 0) return;
      options.faults.guard(
        () => options.faults.sectionName(sections, index),
        () => {
          const table = elf.relocationTable(index);
          if (isPackedRelocations(sections.type(index))) this.packedLeft -= table.length;
          visit(table);
        },
      );
    }
  }

  /** The edge to a symbol; `undefined` for none: symbol 0, what is outside of the table, local symbols without a section. */
  private edgeTo(symbol: number): number | undefined {
    if (symbol === 0 || symbol >= this.symbols.length) return undefined;
    if (symbol >= this.first) return symbol - this.first;
    const section = this.sectionOfSymbol[symbol] as number;
    return section === 0 ? undefined : ~section;
  }
}

/** Sections that loaders use although nothing refers to them. */
function isReserved(type: number, name: string, isInGroup: boolean): boolean {
  switch (type) {
    case SHT_FINI_ARRAY:
    case SHT_INIT_ARRAY:
    case SHT_PREINIT_ARRAY:
      return true;
    case SHT_NOTE:
      return !isInGroup;
    default:
      return /^(?:\.init|\.fini|\.jcr)$|^\.(?:init_array|ctors|dtors)/.test(name);
  }
}
