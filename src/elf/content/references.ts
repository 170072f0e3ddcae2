// What the words of a section point at. In relocatable files relocations tell (gABI "Relocation"): symbol plus addend,
// whichever of absolute and relative the type is, since a relative word is relative to its own place. In linked files the
// words hold addresses, or distances from their own place. Left out: dynamic relocations of linked files, whose words a
// position-independent program may leave 0.

import { encodeName } from '../../bytes/index.ts';
import type { ByteView } from '../../bytes/index.ts';
import { ELF_TYPES } from '../constants/header.ts';
import { SPECIAL_SECTIONS } from '../constants/section.ts';
import type { ElfFile } from '../elf-file.ts';
import { readWord } from '../layout.ts';
import type { ElfRelocationTable } from '../relocation.ts';
import type { ElfSymbolTable } from '../symbol.ts';
import { PointedStrings } from './pointed-strings.ts';
import { ReadBudget, readShared, spendSection } from './read-budget.ts';
import { RelocationOffsets } from './relocation-offsets.ts';
import { SectionRelocations } from './section-relocations.ts';
import { SymbolPlaces } from './symbol-places.ts';

const { ET_REL } = ELF_TYPES.values;
const { SHN_UNDEF, SHN_XINDEX } = SPECIAL_SECTIONS.values;
const SHF_ALLOC = 2;

/** What a word points at. */
export interface ElfReference {
  /** The symbol that the relocation names; 0 in linked files. */
  readonly symbolIndex: number;
  /** The section that is pointed into; -1 for an undefined or absolute symbol, or an address in no section. */
  readonly section: number;
  /** In relocatable files an offset in that section (or the value of an absolute symbol), else an address. */
  readonly value: bigint;
}

/** Reads what words point at, for one file. Making one costs a pass over the section headers. */
export class ElfReferences {
  readonly file: ElfFile;
  /** Whether relocations tell what words point at. */
  readonly isRelocatable: boolean;
  private readonly relocations: SectionRelocations;
  private readonly budget: ReadBudget;
  private readonly views = new Map<number, ByteView>();
  private readonly strings = new Map<number, PointedStrings>();
  private readonly symbolTables = new Map<number, ElfSymbolTable>();
  private places: SymbolPlaces | undefined;
  private sectionsByAddress: readonly PlacedSection[] | undefined;
  private readonly symbolTable: number | undefined;

  /** @throws {@link FormatError} as {@link ElfFile.sections}. */
  constructor(file: ElfFile) {
    this.file = file;
    this.isRelocatable = file.header.type === ET_REL;
    this.relocations = new SectionRelocations(file);
    this.budget = new ReadBudget(file.input);
    this.symbolTable = file.symbolTableIndex;
  }

  /** Reads sections ahead, with what belongs to them: relocations, the symbol table and its names. */
  load(indices: readonly number[]): void {
    const { file, symbolTable } = this;
    const wanted = [...indices, ...indices.flatMap((index) => this.relocations.indicesOf(index))];
    if (symbolTable !== undefined) wanted.push(symbolTable, file.sections.link(symbolTable));
    file.load(wanted);
  }

  /**
   * The words of a section.
   *
   * @throws {@link FormatError} as {@link ElfFile.sectionView} and {@link ElfFile.relocationTable}; `limit-exceeded` if too
   *   many sections share the same bytes.
   */
  wordsOf(section: number): ElfWords {
    const { file, budget, relocations } = this;
    const view = readShared(budget, file, section);
    if (!this.isRelocatable) return new ElfWords(this, section, view, undefined);
    const index = relocations.firstIndexOf(section);
    // Packed ones that turn out to be damaged cost as much as sound ones.
    if (index !== undefined) spendSection(budget, file, index, 'relocations');
    return new ElfWords(this, section, view, relocations.tableOf(section));
  }

  /**
   * The string that is pointed at.
   *
   * @throws {@link FormatError} `bad-value` if no section is pointed into; `out-of-bounds`, `truncated` or `limit-exceeded`
   *   as there is no whole string, or too many share the same bytes.
   */
  stringAt(reference: ElfReference, what: string): string {
    const { file } = this;
    const { section } = reference;
    if (section < 0) throw file.input.error('bad-value', `${what} is in no section of the file`, 0);
    let strings = this.strings.get(section);
    if (strings === undefined) {
      this.strings.set(section, (strings = new PointedStrings(this.viewOf(section), this.budget)));
    }
    return strings.at(Number(this.offsetOf(reference)), what);
  }

  /**
   * The bytes of a section that is pointed into; they are kept.
   *
   * @throws {@link FormatError} as {@link ElfFile.sectionView}; `limit-exceeded` if too many sections share the same bytes.
   */
  viewOf(section: number): ByteView {
    let view = this.views.get(section);
    if (view === undefined) {
      view = readShared(this.budget, this.file, section);
      this.views.set(section, view);
    }
    return view;
  }

  /** Where in its section a reference points. */
  offsetOf({ section, value }: ElfReference): bigint {
    return this.isRelocatable || section < 0 ? value : value - this.addressOf(section);
  }

  /** The address of a section. */
  addressOf(section: number): bigint {
    return this.file.sections.at(section).address;
  }

  /**
   * The name of the symbol that is pointed at: of the one that the relocation names, or of one that stands where it points.
   * The first use of the latter costs a pass over the symbol table.
   *
   * @returns `undefined` if no symbol stands there.
   * @throws {@link FormatError} as {@link ElfFile.symbolTable} and {@link ElfSymbolTable.name}; `limit-exceeded` if too many
   *   references share one long name.
   */
  nameAt(reference: ElfReference): string | undefined {
    const symbol = this.symbolAt(reference);
    if (symbol === undefined) return undefined;
    this.budget.spend(0, 'names of symbols');
    const name = this.symbols()?.name(symbol);
    this.budget.spend(name?.length ?? 0, 'names of symbols');
    return name;
  }

  /**
   * The symbol that {@link nameAt} names, without making text of its name.
   *
   * @throws {@link FormatError} as {@link ElfFile.symbolTable}.
   */
  symbolAt(reference: ElfReference): number | undefined {
    const symbols = this.symbols();
    if (symbols === undefined) return undefined;
    const { symbolIndex, section, value } = reference;
    if (
      symbolIndex !== 0 &&
      symbolIndex < symbols.length &&
      symbols.nameOffset(symbolIndex) !== 0 &&
      (section < 0 || symbols.value(symbolIndex) === value)
    ) {
      return symbolIndex;
    }
    this.places ??= new SymbolPlaces(symbols, this.isRelocatable);
    return this.places.find(section, value);
  }

  /** The symbol table; `undefined` if the file has none. */
  symbols(): ElfSymbolTable | undefined {
    return this.symbolTable === undefined ? undefined : this.symbolTableOf(this.symbolTable);
  }

  /**
   * A symbol table that relocations name; each is read once, be there many in turn.
   *
   * @throws {@link FormatError} as {@link ElfFile.symbolTable}; `limit-exceeded` if too many share the same bytes.
   */
  symbolTableOf(section: number): ElfSymbolTable {
    let table = this.symbolTables.get(section);
    if (table === undefined) {
      spendSection(this.budget, this.file, section, 'symbol tables');
      this.symbolTables.set(section, (table = this.file.symbolTable(section)));
    }
    return table;
  }

  /** The section that holds an address; -1 if none does. */
  sectionAt(address: bigint): number {
    const placed = (this.sectionsByAddress ??= this.placedSections());
    let low = 0;
    let high = placed.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((placed[middle] as PlacedSection).start <= address) low = middle + 1;
      else high = middle;
    }
    const section = placed[low - 1];
    return section !== undefined && address < section.end ? section.index : -1;
  }

  private placedSections(): readonly PlacedSection[] {
    const { sections } = this.file;
    const placed: PlacedSection[] = [];
    for (let index = 1; index < sections.length; index += 1) {
      if ((sections.flags(index) & SHF_ALLOC) === 0 || sections.size(index) === 0) continue;
      const { sh_addr, sh_size } = sections.rawAt(index);
      placed.push({ index, start: sh_addr, end: sh_addr + sh_size });
    }
    return placed.sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : a.index - b.index));
  }
}

interface PlacedSection {
  readonly index: number;
  readonly start: bigint;
  /** The address behind it. */
  readonly end: bigint;
}

/** The words of one section. Get them with {@link ElfReferences.wordsOf}. */
export class ElfWords {
  /** The section number. */
  readonly section: number;
  /** The bytes of the section. */
  readonly view: ByteView;
  private readonly references: ElfReferences;
  private readonly table: ElfRelocationTable | undefined;
  private readonly symbols: ElfSymbolTable | undefined;
  private readonly offsets: RelocationOffsets;

  /** @internal */
  constructor(references: ElfReferences, section: number, view: ByteView, table: ElfRelocationTable | undefined) {
    this.references = references;
    this.section = section;
    this.view = view;
    this.table = table;
    this.offsets = new RelocationOffsets(table);
    const linked = table?.symbolTableIndex;
    this.symbols = linked === undefined ? undefined : references.symbolTableOf(linked);
  }

  /** How many relocations the section has. */
  get relocationCount(): number {
    return this.offsets.length;
  }

  /** Whether a relocation applies at an offset. */
  hasRelocation(offset: number): boolean {
    return this.offsets.first(offset) !== -1;
  }

  /** Whether a relocation of the section names a symbol that is called so. Makes no string: many may share a long name. */
  refersTo(name: string): boolean {
    const { table, symbols } = this;
    const bytes = encodeName(name);
    for (let i = 0; i < (table?.length ?? 0); i += 1) {
      const symbol = table?.symbolIndex(i) ?? 0;
      if (symbols !== undefined && symbol < symbols.length && symbols.nameEquals(symbol, bytes)) return true;
    }
    return false;
  }

  /**
   * Whether {@link at} can tell what the word at an offset points at. For readers that try what makes sense of a table: an
   * error costs a thousand times as much.
   */
  isReadable(offset: number): boolean {
    if (!this.references.isRelocatable) return true;
    const { table, symbols } = this;
    const index = this.offsets.first(offset);
    if (index === -1 || table === undefined || symbols === undefined) return true;
    const symbol = table.symbolIndex(index);
    if (symbol >= symbols.length) return false;
    return symbols.rawSectionIndex(symbol) !== SHN_XINDEX || symbols.hasExtendedIndices;
  }

  /**
   * What the word at an offset points at. Of several relocations of one word (RISC-V's pairs) the first counts.
   *
   * @param offset - From the start of the section; the word lies within it.
   * @param width - 4 or 8.
   * @param isRelative - In linked files: whether the word holds a distance from its own place instead of an address.
   * @returns `undefined` if it points at nothing: no relocation, or 0 in a linked file.
   * @throws {@link FormatError} `out-of-bounds` if the relocation names a symbol that the symbol table does not have, and as
   *   {@link ElfSymbolTable.sectionIndex}.
   */
  at(offset: number, width: number, isRelative: boolean): ElfReference | undefined {
    if (!this.references.isRelocatable) return this.linkedAt(offset, width, isRelative);
    const { table, symbols } = this;
    const index = this.offsets.first(offset);
    if (index === -1 || table === undefined || symbols === undefined) return undefined;
    const symbolIndex = table.symbolIndex(index);
    if (symbolIndex >= symbols.length) {
      const reason = `invalid symbol index: ${symbolIndex} (the symbol table has ${symbols.length})`;
      throw this.view.error('out-of-bounds', reason, offset);
    }
    const section = symbols.sectionIndex(symbolIndex);
    const addend = table.addend(index) ?? this.signedAt(offset, width);
    return { symbolIndex, section: section === SHN_UNDEF ? -1 : section, value: symbols.value(symbolIndex) + addend };
  }

  private linkedAt(offset: number, width: number, isRelative: boolean): ElfReference | undefined {
    const { references } = this;
    const { layout } = references.file.encoding;
    const distance = this.signedAt(offset, width);
    if (distance === 0n) return undefined;
    const place = isRelative ? references.addressOf(this.section) + BigInt(offset) : 0n;
    const value = BigInt.asUintN(layout.bits, place + distance);
    return { symbolIndex: 0, section: references.sectionAt(value), value };
  }

  private signedAt(offset: number, width: number): bigint {
    const { encoding } = this.references.file;
    const { data } = this.view.part(offset, width, 'a word');
    if (width === 4) return BigInt(data.getInt32(0, encoding.littleEndian));
    return BigInt.asIntN(64, readWord(data, 0, encoding));
  }
}
