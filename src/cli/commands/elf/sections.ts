// ltoscope sections: the section headers, as `readelf -S` lists them.

import { describeSectionFlags, describeSectionType } from '../../../elf/constants/index.ts';
import type { ElfFile } from '../../../elf/index.ts';
import type { Output } from '../../output.ts';
import { hex, listElf } from './listing.ts';
import type { DamageList } from '../damage-list.ts';
import type { ElfListing, ListingOptions } from './listing.ts';

interface SectionRow {
  readonly index: number;
  /** Absent where it cannot be read. */
  readonly name?: string;
  readonly type: string;
  readonly flags: readonly string[];
  readonly address: string;
  readonly offset: string;
  readonly size: string;
  readonly link: number;
  readonly info: number;
  readonly alignment: string;
  readonly entrySize: string;
}

const LISTING: ElfListing<SectionRow> = {
  heading: '  Nr Name                     Type               Address    Offset     Size       ES   Lk  Inf Al  Flags',
  *rows(elf: ElfFile, damage: DamageList) {
    const { sections, header } = elf;
    for (let index = 0; index < sections.length; index += 1) {
      const raw = sections.rawAt(index);
      const name = damage.guard(() => sections.name(index));
      yield {
        index,
        ...(name === undefined ? {} : { name }),
        type: describeSectionType(header.machine, raw.sh_type, header.osAbi),
        flags: describeSectionFlags(header.machine, sections.flags(index), header.osAbi),
        address: hex(raw.sh_addr),
        offset: hex(raw.sh_offset),
        size: hex(raw.sh_size),
        link: raw.sh_link,
        info: raw.sh_info,
        alignment: hex(raw.sh_addralign),
        entrySize: hex(raw.sh_entsize),
      };
    }
  },
  lines({ index, name, type, flags, address, offset, size, link, info, alignment, entrySize }) {
    const columns = [
      `[${index}]`.padStart(5),
      (name ?? '?').padEnd(24),
      type.replace(/^SHT_/, '').padEnd(18),
      address.padEnd(10),
      offset.padEnd(10),
      size.padEnd(10),
      entrySize.padEnd(4),
      String(link).padStart(3),
      String(info).padStart(4),
      String(Number(alignment)).padStart(3),
      flags.map((flag) => flag.replace(/^SHF_/, '')).join(' '),
    ];
    return [columns.join(' ').trimEnd()];
  },
};

export function sectionsCommand(paths: readonly string[], options: ListingOptions, output: Output): number {
  return listElf(LISTING, paths, options, output);
}
