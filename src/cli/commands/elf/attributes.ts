// ltoscope attributes: the build attributes of ARM, AArch64, RISC-V and others, as `readelf -A` lists them.

import { attributeTagNames } from '../../../elf/constants/index.ts';
import { attributeSubsections } from '../../../elf/content/index.ts';
import { describeSectionType } from '../../../elf/constants/index.ts';
import type { ElfFile } from '../../../elf/index.ts';
import type { Output } from '../../output.ts';
import { hex, listElf, sectionLabel, sectionsSideBySide } from './listing.ts';
import type { DamageList } from '../damage-list.ts';
import type { ElfListing, ListingOptions } from './listing.ts';

interface AttributeRow {
  readonly section: string;
  readonly vendor: string;
  readonly tag: string;
  readonly value: number | string;
  /** The second value of a tag that has two. */
  readonly text?: string;
  readonly scope: 'file' | 'section' | 'symbol';
  /** Numbers of the sections or symbols that it holds for. */
  readonly indices?: readonly number[];
}

const LISTING: ElfListing<AttributeRow> = {
  heading: 'Vendor                   Tag                              Value',
  *rows(elf: ElfFile, damage: DamageList) {
    const { sections, header } = elf;
    // Each machine has a type of its own, all called SHT_…_ATTRIBUTES.
    const isListed = (index: number): boolean =>
      describeSectionType(header.machine, sections.type(index), header.osAbi).endsWith('_ATTRIBUTES');
    for (const index of sectionsSideBySide(elf, damage, isListed)) {
      const label = sectionLabel(elf, index);
      for (const subsection of damage.guarded(() => attributeSubsections(elf, index))) {
        const { vendor } = subsection;
        const names = attributeTagNames(header.machine, vendor);
        for (const { tag, value, text, scope, indices } of damage.guarded(() => subsection.attributes())) {
          yield {
            section: label(),
            vendor,
            tag: names?.nameOf(tag) ?? hex(tag),
            value,
            ...(text === undefined ? {} : { text }),
            scope,
            ...(indices.length === 0 ? {} : { indices }),
          };
        }
      }
    }
  },
  lines({ vendor, tag, value, text, scope, indices }) {
    const holds = scope === 'file' ? '' : `  (${scope} ${(indices ?? []).join(' ')})`;
    return [
      `${vendor.padEnd(24)} ${tag.padEnd(32)} ${[value, text].filter((part) => part !== undefined).join(', ')}${holds}`,
    ];
  },
};

export function attributesCommand(paths: readonly string[], options: ListingOptions, output: Output): number {
  return listElf(LISTING, paths, options, output);
}
