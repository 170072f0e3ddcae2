// ltoscope header: the ELF header, as `readelf -h` shows it.

import { describeHeaderFlags, describeOsAbi } from '../../../elf/constants/index.ts';
import { ELF_TYPES, MACHINES } from '../../../elf/index.ts';
import type { ElfFile } from '../../../elf/index.ts';
import type { Output } from '../../output.ts';
import { hex, listElf } from './listing.ts';
import type { DamageList } from '../damage-list.ts';
import type { ElfListing, ListingOptions } from './listing.ts';

interface HeaderRow {
  readonly bits: 32 | 64;
  readonly endian: 'little' | 'big';
  readonly type: string;
  readonly machine: string;
  readonly osAbi: string;
  readonly abiVersion: number;
  readonly entry: string;
  readonly flags: string;
  readonly flagNames: readonly string[];
  readonly sectionHeaderOffset: string;
  readonly programHeaderOffset: string;
  /** With extended numbering resolved; absent where the table is damaged. */
  readonly sections?: number;
  readonly segments?: number;
}

const LISTING: ElfListing<HeaderRow> = {
  heading: 'ELF header',
  *rows(elf: ElfFile, damage: DamageList) {
    const { header } = elf;
    const { raw } = header;
    const sections = damage.guard(() => elf.sections.length);
    const segments = damage.guard(() => elf.segments.length);
    yield {
      bits: header.bits,
      endian: header.littleEndian ? 'little' : 'big',
      type: ELF_TYPES.describe(header.type),
      machine: MACHINES.describe(header.machine),
      osAbi: describeOsAbi(header.machine, header.osAbi),
      abiVersion: header.abiVersion,
      entry: hex(raw.e_entry),
      flags: hex(raw.e_flags),
      flagNames: describeHeaderFlags(header),
      sectionHeaderOffset: hex(raw.e_shoff),
      programHeaderOffset: hex(raw.e_phoff),
      ...(sections === undefined ? {} : { sections }),
      ...(segments === undefined ? {} : { segments }),
    };
  },
  lines(row) {
    const facts: readonly (readonly [string, string])[] = [
      ['class', `${row.bits}-bit, ${row.endian}-endian`],
      ['type', row.type],
      ['machine', row.machine],
      ['OS/ABI', `${row.osAbi}, version ${row.abiVersion}`],
      ['entry', row.entry],
      ['flags', [row.flags, ...row.flagNames].join(' ')],
      ['sections', `${row.sections ?? '?'} at ${row.sectionHeaderOffset}`],
      ['segments', `${row.segments ?? '?'} at ${row.programHeaderOffset}`],
    ];
    return facts.map(([name, value]) => `  ${name.padEnd(8)}  ${value}`);
  },
};

export function headerCommand(paths: readonly string[], options: ListingOptions, output: Output): number {
  return listElf(LISTING, paths, options, output);
}
