// ltoscope segments: the program headers, as `readelf -l` lists them.

import { describeSegmentFlags, describeSegmentType } from '../../../elf/constants/index.ts';
import { readInterpreter, readSectionMapping } from '../../../elf/index.ts';
import type { ElfFile, ElfSectionMapping } from '../../../elf/index.ts';
import type { Output } from '../../output.ts';
import { hex, listElf } from './listing.ts';
import type { DamageList } from '../damage-list.ts';
import type { ElfListing, ListingOptions } from './listing.ts';

const PT_INTERP = 3;
/** What the mapping of one file may cost: sections looked at, and characters of names. Far above files that linkers make. */
const CANDIDATES_MAX = 1 << 22;
const CHARACTERS_MAX = 1 << 26;

interface SegmentRow {
  readonly index: number;
  readonly type: string;
  readonly flags: readonly string[];
  readonly offset: string;
  readonly address: string;
  readonly physicalAddress: string;
  readonly fileSize: string;
  readonly memorySize: string;
  readonly alignment: string;
  /** Names of the sections in it; absent where section headers are damaged, or so many that they are left out. */
  readonly sections?: readonly string[];
  /** Of PT_INTERP. */
  readonly interpreter?: string;
}

const LISTING: ElfListing<SegmentRow> = {
  heading: '  Nr Type           Offset     Address            File size  Memory     Align    Flags and sections',
  *rows(elf: ElfFile, damage: DamageList) {
    const { segments, header } = elf;
    const mapping = damage.guard(() => readSectionMapping(elf));
    const names = mapping === undefined ? undefined : new SectionNames(elf, mapping);
    for (let index = 0; index < segments.length; index += 1) {
      const raw = segments.rawAt(index);
      const sections = names?.inSegment(index);
      const interpreter = raw.p_type === PT_INTERP ? damage.guard(() => readInterpreter(elf)) : undefined;
      yield {
        index,
        type: describeSegmentType(header, raw.p_type),
        flags: describeSegmentFlags(header.machine, raw.p_flags),
        offset: hex(raw.p_offset),
        address: hex(raw.p_vaddr),
        physicalAddress: hex(raw.p_paddr),
        fileSize: hex(raw.p_filesz),
        memorySize: hex(raw.p_memsz),
        alignment: hex(raw.p_align),
        ...(sections === undefined ? {} : { sections }),
        ...(interpreter === undefined ? {} : { interpreter }),
      };
    }
    if (names !== undefined && names.leftOut > 0) {
      damage.tell(
        `the sections of ${names.leftOut} of ${segments.length} segments are left out: too many sections lie in several segments`,
      );
    }
  },
  lines({ index, type, flags, offset, address, fileSize, memorySize, alignment, sections, interpreter }) {
    const columns = [
      `[${index}]`.padStart(5),
      type.replace(/^PT_/, '').padEnd(14),
      offset.padEnd(10),
      address.padEnd(18),
      fileSize.padEnd(10),
      memorySize.padEnd(10),
      alignment.padEnd(8),
      flags.map((flag) => flag.replace(/^PF_/, '')).join(''),
    ];
    const names = sections === undefined || sections.length === 0 ? [] : [`        ${sections.join(' ')}`];
    return [columns.join(' '), ...(interpreter === undefined ? [] : [`        interpreter: ${interpreter}`]), ...names];
  },
};

/** Names of the sections of segments, up to a bound: in a hostile file each of thousands of segments holds all sections. */
class SectionNames {
  /** Segments whose sections were too many. */
  leftOut = 0;
  private readonly elf: ElfFile;
  private readonly mapping: ElfSectionMapping;
  private candidatesLeft = CANDIDATES_MAX;
  private charactersLeft = CHARACTERS_MAX;

  constructor(elf: ElfFile, mapping: ElfSectionMapping) {
    this.elf = elf;
    this.mapping = mapping;
  }

  /** `undefined` for too many. */
  inSegment(segment: number): string[] | undefined {
    const count = this.mapping.candidateCount(segment);
    const names = count > this.candidatesLeft ? undefined : this.namesIn(segment, count);
    if (names === undefined) this.leftOut += 1;
    return names;
  }

  private namesIn(segment: number, count: number): string[] | undefined {
    this.candidatesLeft -= count;
    const names: string[] = [];
    for (const section of this.mapping.sectionsIn(segment)) {
      if (this.charactersLeft < 0) return undefined;
      const name = this.elf.sections.describe(section);
      this.charactersLeft -= name.length;
      names.push(name);
    }
    return names;
  }
}

export function segmentsCommand(paths: readonly string[], options: ListingOptions, output: Output): number {
  return listElf(LISTING, paths, options, output);
}
