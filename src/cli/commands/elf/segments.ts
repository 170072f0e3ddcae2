// ltoscope segments: the program headers, as `readelf -l` lists them.

import { describeSegmentFlags, describeSegmentType } from '../../../elf/constants/index.ts';
import { readInterpreter, sectionsInSegment } from '../../../elf/index.ts';
import type { ElfFile } from '../../../elf/index.ts';
import type { Output } from '../../output.ts';
import { hex, listElf } from './listing.ts';
import type { DamageList, ElfListing, ListingOptions } from './listing.ts';

const PT_INTERP = 3;

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
  /** Names of the sections in it; absent where there are no section headers, or they are damaged. */
  readonly sections?: readonly string[];
  /** Of PT_INTERP. */
  readonly interpreter?: string;
}

const LISTING: ElfListing<SegmentRow> = {
  heading: '  Nr Type           Offset     Address            File size  Memory     Align    Flags and sections',
  *rows(elf: ElfFile, damage: DamageList) {
    const { segments, header } = elf;
    for (let index = 0; index < segments.length; index += 1) {
      const raw = segments.rawAt(index);
      const sections = damage.guard(() =>
        Array.from(sectionsInSegment(elf, index), (section) => elf.sections.describe(section)),
      );
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

export function segmentsCommand(paths: readonly string[], options: ListingOptions, output: Output): number {
  return listElf(LISTING, paths, options, output);
}
