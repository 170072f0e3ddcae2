// What all checks share: the file, its first symbol table, and what one pass over the section headers found worth a look.

import { FormatError } from '../../bytes/index.ts';
import { ELF_TYPES } from '../constants/header.ts';
import { SECTION_FLAGS, SECTION_TYPES } from '../constants/section.ts';
import type { ElfFile } from '../elf-file.ts';
import type { ElfSectionTable } from '../section.ts';
import { FINDING_NAME_MAX } from './finding.ts';
import type { IntegrityReport } from './finding.ts';
import type { LinkSituation } from './verdict.ts';

const { ET_REL } = ELF_TYPES.values;
const { SHT_NULL, SHT_SYMTAB, SHT_STRTAB, SHT_REL, SHT_RELA, SHT_GROUP } = SECTION_TYPES.values;
const { SHT_SYMTAB_SHNDX, SHT_CREL, SHT_DYNSYM } = SECTION_TYPES.values;
const { SHF_EXCLUDE } = SECTION_FLAGS.values;

/** Sections that linkers know by their names alone. With its NUL a name is compared whole. */
const MARKERS = [
  '.note.GNU-stack\0',
  '.note.GNU-split-stack\0',
  '.note.GNU-no-split-stack\0',
  '.note.gnu.build-id\0',
] as const;

/** What linkers do with a section; see the situations of the conditions of sections. */
export type SectionUse = 'input' | 'kept' | 'relocations' | 'table' | 'marker';

/** Sections of one file by what is checked of them, in the order of their headers. */
export interface SectionSurvey {
  readonly relocations: number[];
  readonly groups: number[];
  readonly merges: number[];
  readonly frames: number[];
  readonly properties: number[];
  readonly attributes: number[];
  readonly stackMarkers: number[];
  readonly compressed: number[];
  readonly linkOrders: number[];
  readonly libraries: number[];
  readonly symbolTables: number[];
  readonly extendedIndices: number[];
  readonly addressSignificances: number[];
  readonly callGraphs: number[];
}

/** Makes an empty survey. */
function emptySurvey(): SectionSurvey {
  return {
    relocations: [],
    groups: [],
    merges: [],
    frames: [],
    properties: [],
    attributes: [],
    stackMarkers: [],
    compressed: [],
    linkOrders: [],
    libraries: [],
    symbolTables: [],
    extendedIndices: [],
    addressSignificances: [],
    callGraphs: [],
  };
}

/** The file that is validated, and for whom. */
export class ValidationContext {
  readonly elf: ElfFile;
  readonly sections: ElfSectionTable;
  readonly report: IntegrityReport;
  readonly link: LinkSituation;
  readonly isRelocatable: boolean;
  readonly survey: SectionSurvey = emptySurvey();
  /** Signatures of COMDAT groups that inputs before this one have. */
  readonly earlierGroups: ReadonlySet<string>;
  /** Number of the first SHT_SYMTAB; 0 if there is none. */
  symbolTable = 0;
  /** Symbols in it. */
  symbolCount = 0;
  /** Sizes of sections whose entries linkers merge, by section number; `undefined` where there are none. */
  mergeSizes: Float64Array | undefined;
  /** By symbol number: the merged section of a section symbol, else 0. */
  mergeSymbols: Uint32Array | undefined;
  /** By section number: the first section that relocates it, else 0. */
  readonly relocatedBy: Uint32Array;
  /** By section number: 1 for those of `survey.frames`. */
  readonly isFrame: Uint8Array;
  /** Bytes of the file that no check of contents has asked for. Sections that lie upon each other use them up. */
  private bytesLeft: number;

  /** @throws {@link FormatError} if the section headers cannot be read. */
  constructor(
    elf: ElfFile,
    report: IntegrityReport,
    link: LinkSituation,
    earlierGroups: ReadonlySet<string> = new Set(),
  ) {
    this.elf = elf;
    this.earlierGroups = earlierGroups;
    this.sections = elf.sections;
    this.report = report;
    this.link = link;
    this.isRelocatable = elf.header.type === ET_REL;
    this.relocatedBy = new Uint32Array(elf.sections.length);
    this.isFrame = new Uint8Array(elf.sections.length);
    this.bytesLeft = elf.input.length;
  }

  /** What linkers do with a section. */
  useOf(index: number): SectionUse {
    const { sections } = this;
    switch (sections.type(index)) {
      case SHT_NULL:
      case SHT_SYMTAB:
      case SHT_STRTAB:
      case SHT_SYMTAB_SHNDX:
        return 'table';
      case SHT_REL:
      case SHT_RELA:
        return 'relocations';
      case SHT_CREL:
        return (this.link.linker.major ?? Infinity) >= 19 ? 'relocations' : 'input';
      case SHT_GROUP:
        return 'kept';
      default:
    }
    // Which is dropped whatever flags it has.
    if (this.isMarker(index)) return 'marker';
    return (sections.flags(index) & SHF_EXCLUDE) === 0 ? 'input' : 'kept';
  }

  private isMarker(index: number): boolean {
    if (!this.sections.nameStartsWith(index, '.note.')) return false;
    return MARKERS.some((name) => this.sections.nameStartsWith(index, name));
  }

  /** Whether a section is dropped by the link in question, with what refers to it. */
  isDropped(index: number): boolean {
    const use = this.useOf(index);
    return use === 'marker' || (use === 'kept' && this.link.output === 'final');
  }

  /** Whether the number is that of a symbol table. */
  isSymbolTable(index: number): boolean {
    if (index >= this.sections.length) return false;
    const type = this.sections.type(index);
    return type === SHT_SYMTAB || type === SHT_DYNSYM;
  }

  /** What findings call a section. */
  sectionName(index: number): string {
    return this.sections.describeBriefly(index, FINDING_NAME_MAX);
  }

  /** What findings call a symbol of the first symbol table; empty where it has no name. */
  symbolName(index: number): string {
    const { elf, symbolTable, symbolCount } = this;
    if (symbolTable === 0 || index >= symbolCount) return '';
    let name = '';
    this.guard(symbolTable, () => {
      const symbols = elf.symbolTable(symbolTable);
      if (symbols.hasName(index)) name = symbols.briefName(index, FINDING_NAME_MAX);
    });
    return name;
  }

  /** The value of a symbol of the first symbol table, which is sound. Rounded above 2^53. */
  symbolValue(index: number): number {
    const symbols = this.elf.symbolTable(this.symbolTable);
    return symbols.valueHigh(index) * 2 ** 32 + symbols.valueLow(index);
  }

  /** Where a field of a section header stands, from the start of the file that holds the bytes. */
  fieldOffset(index: number, field: number): number {
    return this.elf.input.base + this.sections.headerOffset(index) + field;
  }

  /**
   * Takes the bytes of a section off what may be read: all checks together look at no more bytes than the file has.
   *
   * @returns Whether they may be read.
   */
  spend(bytes: number, index: number): boolean {
    if (bytes <= this.bytesLeft) {
      this.bytesLeft -= bytes;
      return true;
    }
    this.bytesLeft = 0;
    this.report.add({
      condition: 'section-overlap',
      sectionIndex: index,
      offset: this.fieldOffset(index, this.elf.layout.sh_offset),
      reason: 'sections lie upon each other: together they are longer than the file; this one is not checked',
    });
    return false;
  }

  /** Runs a check of one section. Damage that hinders it is that section's; what no other condition tells is reported. */
  guard(index: number, check: () => void): void {
    try {
      check();
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      if (error.code !== 'limit-exceeded' && error.code !== 'truncated') return;
      this.report.add({
        condition: 'section-unread',
        sectionIndex: index,
        offset: error.location.offset,
        reason: `${error.reason}; it is not checked`,
      });
    }
  }
}
