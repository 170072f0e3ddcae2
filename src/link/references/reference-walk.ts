// The references of an object that a linker follows, by relocation: those of sections that are allocated and stay in the link.
// What sections without SHF_ALLOC refer to (debugging information, notes of the compiler) is never missed. After scanRelocations
// and relocateNonAlloc of ld.lld 14 to 22, which agree in this; read on demand, when a symbol is undefined or discarded.

import { ELF_TYPES, isPackedRelocations, MACHINES, SECTION_FLAGS, SPECIAL_SECTIONS } from '../../elf/index.ts';
import type { ElfFile, ElfRelocationTable, ElfSymbolTable } from '../../elf/index.ts';
import { SectionRelocations } from '../../elf/content/index.ts';
import type { FaultList } from '../fault-list.ts';
import { followedFrameRelocations } from './frame-entries.ts';

const { SHF_ALLOC } = SECTION_FLAGS.values;
const { SHN_XINDEX } = SPECIAL_SECTIONS.values;
const { EM_ARM, EM_LOONGARCH } = MACHINES.values;
const { ET_REL } = ELF_TYPES.values;

const SHT_ARM_EXIDX = 0x70000001;
/** The number of the relocation that does nothing, on every machine. */
const NO_RELOCATION = 0;
/** Types beside it that are marks for linkers: R_ARM_V4BX; R_LARCH_MARK_LA, R_LARCH_MARK_PCREL. */
const MARKS: ReadonlyMap<number, readonly number[]> = /* @__PURE__ */ new Map([
  [EM_ARM, [40]],
  [EM_LOONGARCH, [20, 21]],
]);
/** The first version of ld.lld that looks at the type of a relocation before it misses the symbol. */
const IGNORES_MARKS = 16;

/** What a walk needs to know of the link. */
export interface ReferenceScope {
  /**
   * Whether a section of the object is not in the link: in a COMDAT group that another input brought, SHF_EXCLUDE, or collected.
   */
  readonly isLeftOut: (section: number) => boolean;
  /** Where damage is added; what cannot be read has no references. */
  readonly faults: FaultList;
  /**
   * Major version of ld.lld; the newest unless given. Up to 15 it misses the symbols of relocations that do nothing, such as
   * R_X86_64_NONE.
   */
  readonly lldVersion?: number;
}

/** Gets a reference: the symbol, the section that refers, and the relocation. */
export type ReferenceVisitor = (
  symbol: number,
  section: number,
  relocations: ElfRelocationTable,
  relocation: number,
) => void;

/**
 * Visits the references of an object that a linker follows, in lld's order: section by section, then `.eh_frame`, then the
 * indexes of unwind tables on Arm. Symbols are numbers of the symbol table, within it and not 0. None for files that are not
 * ET_REL.
 *
 * Costs a pass over the relocations of allocated sections.
 */
export function visitReferences(elf: ElfFile, scope: ReferenceScope, visit: ReferenceVisitor): void {
  const table = elf.header.type === ET_REL ? elf.symbolTableIndex : undefined;
  if (table === undefined) return;
  scope.faults.guard(undefined, () => {
    new ReferenceWalk(elf, elf.symbolTable(table), scope, visit).run();
  });
}

class ReferenceWalk {
  private readonly elf: ElfFile;
  private readonly symbols: ElfSymbolTable;
  private readonly scope: ReferenceScope;
  private readonly visit: ReferenceVisitor;
  private readonly relocations: SectionRelocations;
  /** Types that do nothing, where those are passed over. */
  private readonly marks: readonly number[] | undefined;
  /** Tables lie side by side in the file; more bytes than it has are those of tables that lie upon each other. */
  private bytesLeft: number;
  private packedLeft: number;

  constructor(elf: ElfFile, symbols: ElfSymbolTable, scope: ReferenceScope, visit: ReferenceVisitor) {
    this.elf = elf;
    this.symbols = symbols;
    this.scope = scope;
    this.visit = visit;
    this.relocations = new SectionRelocations(elf);
    const ignoresMarks = (scope.lldVersion ?? Infinity) >= IGNORES_MARKS;
    this.marks = ignoresMarks ? [NO_RELOCATION, ...(MARKS.get(elf.header.machine) ?? [])] : undefined;
    this.bytesLeft = elf.input.length;
    this.packedLeft = elf.limits.relocations;
  }

  run(): void {
    const { elf } = this;
    const { sections, header } = elf;
    const frames: number[] = [];
    const indexes: number[] = [];
    for (let section = 1; section < sections.length; section += 1) {
      const first = this.relocations.firstIndexOf(section);
      if (first === undefined || (sections.flags(section) & SHF_ALLOC) === 0) continue;
      if (this.scope.isLeftOut(section)) continue;
      if (header.machine === EM_ARM && sections.type(section) === SHT_ARM_EXIDX) indexes.push(section);
      else if (isFrameSection(elf, section)) frames.push(section);
      else this.walk(section);
    }
    for (const section of frames) this.walk(section, true);
    for (const section of indexes) this.walk(section);
  }

  private walk(section: number, isFrame = false): void {
    const { elf, scope } = this;
    const { sections } = elf;
    scope.faults.guard(
      () => scope.faults.sectionName(sections, section),
      () => {
        for (const index of this.relocations.indicesOf(section)) {
          const table = this.read(index);
          if (table === undefined) return;
          const followed = isFrame
            ? followedFrameRelocations(elf.sectionView(section), elf.encoding.littleEndian, table, (symbol) =>
                this.isKept(symbol),
              )
            : undefined;
          this.walkTable(section, table, followed);
        }
      },
    );
  }

  private read(index: number): ElfRelocationTable | undefined {
    const { elf } = this;
    if (elf.sections.isInFile(index)) this.bytesLeft -= elf.sections.size(index);
    if (this.bytesLeft < 0 || this.packedLeft < 0) return undefined;
    const table = elf.relocationTable(index);
    if (isPackedRelocations(elf.sections.type(index))) this.packedLeft -= table.length;
    return table;
  }

  private walkTable(section: number, table: ElfRelocationTable, followed: Uint8Array | undefined): void {
    const { symbols, marks, visit } = this;
    const symbolCount = symbols.length;
    for (let i = 0; i < table.length; i += 1) {
      const symbol = table.symbolIndex(i);
      if (symbol === 0 || symbol >= symbolCount || followed?.[i] === 0) continue;
      if (marks?.includes(table.type(i)) === true) continue;
      visit(symbol, section, table, i);
    }
  }

  /** Whether a symbol is defined here, in a section that stays. */
  private isKept(symbol: number): boolean {
    if (symbol >= this.symbols.length) return false;
    const section = definingSection(this.elf, this.symbols, symbol);
    return section !== 0 && !this.scope.isLeftOut(section);
  }
}

/**
 * The section of the file that a symbol is defined in; 0 if there is none: undefined, absolute and common symbols, and those whose
 * section number is damaged.
 */
export function definingSection(elf: ElfFile, symbols: ElfSymbolTable, symbol: number): number {
  if (symbols.rawSectionIndex(symbol) === SHN_XINDEX && !symbols.hasExtendedIndices) return 0;
  const section = symbols.sectionIndex(symbol);
  return section > 0 && section < elf.sections.length ? section : 0;
}

/** Whether ld.lld takes a section apart as `.eh_frame`. */
export function isFrameSection(elf: ElfFile, section: number): boolean {
  const { sections } = elf;
  return sections.nameStartsWith(section, '.eh_frame') && sections.name(section) === '.eh_frame';
}
