// An ELF file as a whole: gABI, "Object Files". Opening reads the header; section headers, section contents and tables
// are read when they are asked for. Where the gABI leaves open what to make of odd fields, this follows LLVM's reader
// (llvm/Object/ELF.h, LLVM 22), in its words, so that a message here is the one that a search engine knows; and lld for
// sh_entsize of relocations, which lld ignores since 14.

import { ByteRange, ByteView, DEFAULT_LIMITS } from '../bytes/index.ts';
import type { ByteInput, FormatError, FormatErrorCode, Limits } from '../bytes/index.ts';
import { SECTION_TYPES, SPECIAL_SECTIONS } from './constants/section.ts';
import { readElfHeader } from './header.ts';
import type { ElfHeader } from './header.ts';
import type { ElfEncoding, ElfLayout } from './layout.ts';
import { readWordAsNumber } from './layout.ts';
import { LoadedRuns } from './loaded-runs.ts';
import { isPackedRelocations, unpackRelocations } from './packed-relocations.ts';
import { ElfRelocationTable, nextOutside, relocationEntryLayout } from './relocation.ts';
import type { RelocationEntryLayout } from './relocation.ts';
import { ElfSectionTable } from './section.ts';
import { readSegmentTable } from './segment.ts';
import type { ElfSegmentTable } from './segment.ts';
import { ElfStringTable } from './string-table.ts';
import { ElfSymbolTable } from './symbol.ts';
import { unpackedEntryLayout } from './unpacked-relocations.ts';

const { SHT_SYMTAB, SHT_DYNSYM, SHT_STRTAB, SHT_REL, SHT_RELA, SHT_SYMTAB_SHNDX } = SECTION_TYPES.values;
const { SHN_UNDEF, SHN_XINDEX } = SPECIAL_SECTIONS.values;

const WORD = 4;

/** Options of {@link openElf}. */
export interface OpenElfOptions {
  /** Bounds other than {@link DEFAULT_LIMITS}; `sections`, `segments`, `relocations` and `blockBytes` count here. */
  readonly limits?: Partial<Limits>;
}

/**
 * Opens an ELF file of either class and byte order: one read of at most 64 bytes.
 *
 * @param input - The file, or the part of a file that holds it.
 * @throws {@link FormatError} `bad-magic` if it does not start as ELF files do, `truncated` if it is shorter than its
 *   header, `bad-value` if class or byte order are neither of the two. TypeError if `input` is none of the accepted kinds.
 * @see gABI, "ELF Header".
 * @example
 * const elf = openElf(bytes);
 * for (let i = 1; i < elf.sections.length; i += 1) console.log(elf.sections.name(i), elf.sections.size(i));
 */
export function openElf(input: ByteInput, options: OpenElfOptions = {}): ElfFile {
  return new ElfFile(ByteRange.from(input), { ...DEFAULT_LIMITS, ...options.limits });
}

/** An opened ELF file. Get one with {@link openElf}. */
export class ElfFile {
  /** The bytes of the file. */
  readonly input: ByteRange;
  /** What kind of file it is and for which machine. */
  readonly header: ElfHeader;
  /** The bounds that hold for readers of this file. */
  readonly limits: Limits;
  /** Its class, with the place of each field, and its byte order. */
  readonly encoding: ElfEncoding;
  private sectionTable: ElfSectionTable | undefined;
  private segmentTable: ElfSegmentTable | undefined;
  private readonly loaded: LoadedRuns;
  private relLayout: RelocationEntryLayout | undefined;
  private relaLayout: RelocationEntryLayout | undefined;
  private extendedBySymbolTable: Uint32Array | undefined;
  private lastSymbolTable: { readonly index: number; readonly table: ElfSymbolTable } | undefined;

  /** @internal */
  constructor(input: ByteRange, limits: Limits) {
    const { header, encoding } = readElfHeader(input);
    this.input = input;
    this.limits = limits;
    this.loaded = new LoadedRuns(input, limits.blockBytes);
    this.header = header;
    this.encoding = encoding;
  }

  /** Where the fields of the structures of this file's class stand. */
  get layout(): ElfLayout {
    return this.encoding.layout;
  }

  /**
   * The section headers; none if `e_shoff` is 0. The first use reads them in one read (two if their number stands in the
   * first of them) and keeps them.
   *
   * @throws {@link FormatError} `bad-value` if `e_shentsize` is not the size of a section header, `out-of-bounds` if they
   *   go past the end of the file, `limit-exceeded` past `Limits.sections`.
   */
  get sections(): ElfSectionTable {
    return (this.sectionTable ??= this.readSections());
  }

  /**
   * The program headers; none if `e_phnum` is 0. The first use reads them in one read (two if their number stands in
   * section 0) and keeps them. They are readable whatever is wrong with the section headers.
   *
   * @throws {@link FormatError} `bad-value` if `e_phentsize` is not the size of a program header, `out-of-bounds` if they
   *   go past the end of the file, `limit-exceeded` past `Limits.segments`.
   */
  get segments(): ElfSegmentTable {
    return (this.segmentTable ??= readSegmentTable(this));
  }

  private readSections(): ElfSectionTable {
    const { input, header, layout } = this;
    const start = header.sectionHeaderOffset;
    if (start === 0) return this.makeSections(new ByteView(new Uint8Array(0), input.base, input.path), SHN_UNDEF);
    const span = layout.sectionHeaderSize;
    const { e_shentsize, e_shstrndx } = header.raw;
    if (e_shentsize !== span) {
      throw input.error('bad-value', `invalid e_shentsize in ELF header: ${e_shentsize}`, layout.e_shentsize);
    }
    const remaining = input.length - start;
    if (remaining < span) {
      const reason = `section header table goes past the end of the file: e_shoff = 0x${start.toString(16)}`;
      throw input.error('out-of-bounds', reason, layout.e_shoff);
    }
    const count = this.readSectionCount(start);
    if (count > remaining / span) {
      const reason =
        `section table goes past the end of the file: ${count} section headers at e_shoff = 0x${start.toString(16)}, ` +
        `but only ${Math.floor(remaining / span)} fit`;
      throw input.error('out-of-bounds', reason, layout.e_shoff);
    }
    const { limits } = this;
    if (count > limits.sections || count * span > limits.blockBytes) {
      const reason = `${count} sections are more than the limits allow (${limits.sections})`;
      throw input.error('limit-exceeded', reason, layout.e_shnum);
    }
    const view = input.view(start, count * span, 'the section header table');
    const isEscaped = e_shstrndx === SHN_XINDEX && count > 0;
    const names = isEscaped ? view.data.getUint32(layout.sh_link, this.encoding.littleEndian) : e_shstrndx;
    return this.makeSections(view, names);
  }

  /** With 0xff00 and more sections `e_shnum` is 0, and their number is the `sh_size` of the null section. */
  private readSectionCount(start: number): number {
    const { input, header, layout } = this;
    if (header.raw.e_shnum !== 0) return header.raw.e_shnum;
    const { data } = input.view(start, layout.sectionHeaderSize, 'the null section header');
    return readWordAsNumber(data, layout.sh_size, this.encoding);
  }

  private makeSections(view: ByteView, namesIndex: number): ElfSectionTable {
    const names = new ElfStringTable(() => this.readSectionNames(namesIndex));
    const { header, input } = this;
    return new ElfSectionTable(view, this.encoding, header.sectionHeaderOffset, input.length, names);
  }

  private readSectionNames(index: number): ByteView {
    const { input, layout } = this;
    if (index === SHN_UNDEF) {
      throw input.error('bad-value', 'the file has no section name string table (e_shstrndx is 0)', layout.e_shstrndx);
    }
    if (index >= this.sections.length) {
      const reason = `section header string table index ${index} does not exist`;
      throw input.error('out-of-bounds', reason, layout.e_shstrndx);
    }
    return this.readStringTable(index);
  }

  /**
   * Reads a string table, as strict as LLVM is: what ends with NUL needs no further check.
   *
   * @throws {@link FormatError} as {@link sectionView}; `bad-value` if the section is no SHT_STRTAB, is empty, or does not
   *   end with NUL.
   */
  readStringTable(index: number): ByteView {
    this.checkIndex(index);
    const type = this.sections.type(index);
    if (type !== SHT_STRTAB) {
      const found = SECTION_TYPES.describe(type);
      const reason = `invalid sh_type for string table section [index ${index}]: expected SHT_STRTAB, but got ${found}`;
      throw this.sectionError('bad-value', reason, index);
    }
    const view = this.sectionView(index);
    if (view.length === 0) {
      throw this.sectionError('bad-value', `SHT_STRTAB string table section [index ${index}] is empty`, index);
    }
    if (view.bytes[view.length - 1] !== 0) {
      const reason = `SHT_STRTAB string table section [index ${index}] is non-null terminated`;
      throw view.error('bad-value', reason, view.length - 1);
    }
    return view;
  }

  /**
   * The bytes of a section as they stand in the file, compressed ones (SHF_COMPRESSED) too: a window of what
   * {@link load} read, else one read that is not kept. Empty for SHT_NULL and SHT_NOBITS.
   *
   * @throws {@link FormatError} `out-of-bounds` if there is no such section or it does not lie within the file,
   *   `limit-exceeded` past `Limits.blockBytes`.
   */
  sectionView(index: number): ByteView {
    this.checkIndex(index);
    const { input, sections, limits } = this;
    if (!sections.hasContent(index)) return new ByteView(new Uint8Array(0), input.base, input.path);
    const offset = sections.offset(index);
    const size = sections.size(index);
    if (!sections.isInFile(index)) {
      const reason =
        `section [index ${index}] has a sh_offset (0x${offset.toString(16)}) + sh_size (0x${size.toString(16)}) ` +
        `that is greater than the file size (0x${input.length.toString(16)})`;
      throw this.sectionError('out-of-bounds', reason, index);
    }
    if (size > limits.blockBytes) {
      const reason = `section [index ${index}] of ${size} bytes is more than the limits allow (${limits.blockBytes})`;
      throw this.sectionError('limit-exceeded', reason, index);
    }
    const run = this.loaded.find(offset, offset + size);
    return run === undefined
      ? input.view(offset, size, 'a section')
      : run.view.part(offset - run.start, size, 'a section');
  }

  /**
   * Reads sections ahead, neighbours in one read, and keeps them as long as the file is kept. What lies between
   * neighbours (at most 16 KiB) is read along. Bytes that sections share are read once, so that no call takes more memory
   * than the file is long.
   *
   * Numbers that name no section, and sections that are empty, out of the file's bounds or past `Limits.blockBytes`, are
   * left alone; asking for such a section says what is wrong with it.
   *
   * @throws {@link FormatError} as {@link sections}; `truncated` if the file became shorter.
   */
  load(indices: Iterable<number>): void {
    const { sections } = this;
    const starts: number[] = [];
    const ends: number[] = [];
    for (const index of indices) {
      if (!(index >= 0 && index < sections.length)) continue;
      if (!sections.hasContent(index) || !sections.isInFile(index)) continue;
      const size = sections.size(index);
      if (size === 0) continue;
      const start = sections.offset(index);
      starts.push(start);
      ends.push(start + size);
    }
    this.loaded.load(starts, ends);
  }

  /** The number of the first SHT_SYMTAB section; `undefined` if there is none. Costs a pass over the section headers. */
  get symbolTableIndex(): number | undefined {
    const { sections } = this;
    for (let i = 1; i < sections.length; i += 1) if (sections.type(i) === SHT_SYMTAB) return i;
    return undefined;
  }

  /**
   * Reads a symbol table, SHT_SYMTAB or SHT_DYNSYM. The last one asked for is kept. Its string table and its table of
   * extended section numbers are read when a column needs them; their damage leaves the other columns readable.
   *
   * @throws {@link FormatError} as {@link sectionView}; `bad-value` if the section is no symbol table, or if `sh_entsize`
   *   is not the size of a symbol or `sh_size` no multiple of it.
   */
  symbolTable(index: number): ElfSymbolTable {
    if (this.lastSymbolTable?.index === index) return this.lastSymbolTable.table;
    this.checkIndex(index);
    const { sections, encoding } = this;
    const type = sections.type(index);
    if (type !== SHT_SYMTAB && type !== SHT_DYNSYM) {
      const reason =
        `invalid sh_type for symbol table [index ${index}]: expected SHT_SYMTAB or SHT_DYNSYM, ` +
        `but got ${SECTION_TYPES.describe(type)}`;
      throw this.sectionError('bad-value', reason, index);
    }
    const view = this.tableView(index, encoding.layout.symbolSize);
    const table = new ElfSymbolTable(view, {
      encoding,
      localCount: sections.info(index),
      names: new ElfStringTable(() => this.readStringTable(sections.link(index))),
      readExtendedIndices: () => this.readExtendedIndices(index, view.length / encoding.layout.symbolSize),
    });
    this.lastSymbolTable = { index, table };
    return table;
  }

  /** The SHT_SYMTAB_SHNDX section of a symbol table. It names the symbol table; the symbol table does not name it. */
  private readExtendedIndices(symbolTableIndex: number, symbolCount: number): ByteView | undefined {
    const index = (this.extendedBySymbolTable ??= this.findExtendedIndices())[symbolTableIndex];
    if (index === undefined || index === 0) return undefined;
    const view = this.tableView(index, WORD);
    const count = view.length / WORD;
    if (count === symbolCount) return view;
    const reason = `SHT_SYMTAB_SHNDX has ${count} entries, but the symbol table associated has ${symbolCount}`;
    throw this.sectionError('bad-value', reason, index);
  }

  /** By section number: the first SHT_SYMTAB_SHNDX section that names it. One pass, be there ever so many symbol tables. */
  private findExtendedIndices(): Uint32Array {
    const { sections } = this;
    const found = new Uint32Array(sections.length);
    for (let i = sections.length - 1; i >= 1; i -= 1) {
      // A number past the end of the array leaves it as it is.
      if (sections.type(i) === SHT_SYMTAB_SHNDX) found[sections.link(i)] = i;
    }
    return found;
  }

  /**
   * Reads a relocation section: SHT_REL and SHT_RELA as they stand, SHT_CREL, SHT_ANDROID_REL and SHT_ANDROID_RELA
   * unpacked, which costs a pass over their bytes. `sh_entsize` is ignored, as lld does since 14: the type tells the size
   * of an entry. SHT_RELR is read by {@link readRelativeRelocations}.
   *
   * @param onFault - Gets what ends a packed section before all its entries were read; those before it come back. Without
   *   it the fault is thrown.
   * @throws {@link FormatError} as {@link sectionView}; `unsupported` for sections of another type; for SHT_REL and
   *   SHT_RELA `bad-value` if `sh_size` is no multiple of the size of an entry; for packed sections `limit-exceeded` past
   *   `Limits.relocations`, `truncated` if the bytes end early, `bad-magic` or `bad-value` for what cannot be read.
   */
  relocationTable(index: number, onFault?: (fault: FormatError) => void): ElfRelocationTable {
    this.checkIndex(index);
    const { sections } = this;
    const type = sections.type(index);
    const links = { link: sections.link(index), info: sections.info(index) };
    if (type === SHT_REL || type === SHT_RELA) {
      const layout = this.entryLayout(type === SHT_RELA);
      const offset = sections.offset(index);
      const size = sections.size(index);
      const run = size % layout.span === 0 ? this.loaded.find(offset, offset + size) : undefined;
      if (run !== undefined) {
        return new ElfRelocationTable(run.view, offset - run.start, size / layout.span, layout, links);
      }
      const view = this.arrayView(index, layout.span);
      return new ElfRelocationTable(view, 0, view.length / layout.span, layout, links);
    }
    if (!isPackedRelocations(type)) {
      const found = SECTION_TYPES.describe(type);
      throw this.sectionError(
        'unsupported',
        `section [index ${index}] is ${found}, which is no relocation table`,
        index,
      );
    }
    const { view, hasAddends, fault } = unpackRelocations(this, this.sectionView(index), type);
    if (fault !== undefined) {
      if (onFault === undefined) throw fault;
      onFault(fault);
    }
    const layout = unpackedEntryLayout(hasAddends);
    return new ElfRelocationTable(view, 0, view.length / layout.span, layout, links);
  }

  /**
   * Finds relocation sections, SHT_REL or SHT_RELA, with an entry whose symbol is none of a symbol table. Made for files
   * with very many such sections: a pass over those that {@link load} has read makes no object. Empty tables are passed
   * over, wherever they claim to lie.
   *
   * @param from - The first section to look at.
   * @param to - The section behind the last one.
   * @param symbolTable - Sections with another `sh_link` are passed over.
   * @param symbolCount - Length of that symbol table.
   * @returns The next section that has such an entry, or was not read ahead, or is no table of whole entries:
   *   {@link relocationTable} tells which. -1 if there is none.
   */
  nextSuspectRelocations(from: number, to: number, symbolTable: number, symbolCount: number): number {
    const { sections, loaded } = this;
    for (let i = from; i < to; i += 1) {
      const type = sections.type(i);
      if ((type !== SHT_RELA && type !== SHT_REL) || sections.link(i) !== symbolTable) continue;
      const size = sections.size(i);
      if (size === 0) continue;
      const layout = this.entryLayout(type === SHT_RELA);
      const offset = sections.offset(i);
      const run = loaded.find(offset, offset + size);
      if (run === undefined || size % layout.span !== 0) return i;
      const count = size / layout.span;
      if (nextOutside(run.view.data, offset - run.start, count, layout, symbolCount, 0) !== -1) return i;
    }
    return -1;
  }

  private entryLayout(hasAddends: boolean): RelocationEntryLayout {
    const { encoding, header } = this;
    return hasAddends
      ? (this.relaLayout ??= relocationEntryLayout(encoding, header.machine, true))
      : (this.relLayout ??= relocationEntryLayout(encoding, header.machine, false));
  }

  /**
   * The bytes of a section that is a table of fixed entries and says so.
   *
   * @param span - Bytes of an entry.
   * @throws {@link FormatError} as {@link sectionView}; `bad-value` if `sh_entsize` is not `span` or `sh_size` no multiple of
   *   it.
   */
  tableView(index: number, span: number): ByteView {
    const found = this.sections.entrySize(index);
    if (found !== span) {
      const reason = `section [index ${index}] has invalid sh_entsize: expected ${span}, but got ${found}`;
      throw this.sectionError('bad-value', reason, index);
    }
    return this.arrayView(index, span);
  }

  /**
   * The bytes of a section that is a table of fixed entries, whatever its `sh_entsize` says.
   *
   * @param span - Bytes of an entry.
   * @throws {@link FormatError} as {@link sectionView}; `bad-value` if `sh_size` is no multiple of `span`.
   */
  arrayView(index: number, span: number): ByteView {
    const view = this.sectionView(index);
    if (view.length % span === 0) return view;
    const reason =
      `section [index ${index}] has an invalid sh_size (${view.length}) which is not a multiple of the size of ` +
      `its entries (${span})`;
    throw this.sectionError('bad-value', reason, index);
  }

  /**
   * Makes sure that a section is of a type.
   *
   * @throws {@link FormatError} `out-of-bounds` if there is no such section, `bad-value` if it is of another type.
   */
  expectType(index: number, expected: number): void {
    this.checkIndex(index);
    const type = this.sections.type(index);
    if (type === expected) return;
    const [wanted, found] = [SECTION_TYPES.describe(expected), SECTION_TYPES.describe(type)];
    throw this.sectionError('bad-value', `section [index ${index}] is ${found}, but ${wanted} was expected`, index);
  }

  /**
   * Makes sure that there is a section.
   *
   * @throws {@link FormatError} `out-of-bounds` if there is none of this number: most come out of files.
   */
  checkIndex(index: number): void {
    if (index >= 0 && index < this.sections.length) return;
    const reason = `invalid section index: ${index} (there are ${this.sections.length} sections)`;
    throw this.input.error('out-of-bounds', reason, Math.min(this.header.sectionHeaderOffset, this.input.length));
  }

  /** Makes an error about a section: its place is that of the section's header. */
  sectionError(code: FormatErrorCode, reason: string, index: number): FormatError {
    return this.input.error(code, reason, this.sections.headerOffset(index));
  }
}
