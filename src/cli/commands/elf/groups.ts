// ltoscope groups: the section groups, as `readelf -g` lists them.

import { GROUP_FLAGS, readGroup, SECTION_TYPES, SYMBOL_TYPES } from '../../../elf/index.ts';
import type { ElfFile, ElfGroup } from '../../../elf/index.ts';
import type { Output } from '../../output.ts';
import { hex, listElf, sectionsSideBySide } from './listing.ts';
import type { DamageList } from '../damage-list.ts';
import type { ElfListing, ListingOptions } from './listing.ts';

const { SHT_GROUP } = SECTION_TYPES.values;
const { STT_SECTION } = SYMBOL_TYPES.values;

interface GroupRow {
  readonly index: number;
  readonly flags: string;
  readonly isComdat: boolean;
  /** Absent where it cannot be read. */
  readonly signature?: string;
  readonly members: readonly { readonly index: number; readonly name: string }[];
}

const LISTING: ElfListing<GroupRow> = {
  heading: '  Nr Kind   Signature and members',
  *rows(elf: ElfFile, damage: DamageList) {
    const { sections } = elf;
    for (const index of sectionsSideBySide(elf, damage, (section) => sections.type(section) === SHT_GROUP)) {
      const group = damage.guard(() => readGroup(elf, index));
      if (group === undefined) continue;
      const signature = damage.guard(() => signatureOf(elf, group, index));
      yield {
        index,
        flags: hex(group.flags),
        isComdat: group.isComdat,
        ...(signature === undefined ? {} : { signature }),
        members: Array.from({ length: group.length }, (_, position) => {
          const member = group.member(position);
          return { index: member, name: sections.describe(member) };
        }),
      };
    }
  },
  lines({ index, flags, isComdat, signature, members }) {
    const kind = isComdat ? 'COMDAT' : GROUP_FLAGS.describe(Number(flags));
    const list = members.map((member) => `        [${member.index}] ${member.name}`);
    return [`${`[${index}]`.padStart(5)} ${kind} ${signature ?? '?'}`, ...list];
  },
};

/** A section symbol as signature has no name of its own: the name is that of its section. */
function signatureOf(elf: ElfFile, group: ElfGroup, index: number): string {
  const symbols = elf.symbolTable(group.symbolTableIndex);
  const { signatureSymbol } = group;
  if (signatureSymbol >= symbols.length) {
    const reason = `the signature of a group is symbol ${signatureSymbol}, but the symbol table has ${symbols.length}`;
    throw elf.sectionError('out-of-bounds', reason, index);
  }
  return symbols.type(signatureSymbol) === STT_SECTION
    ? elf.sections.describe(symbols.sectionIndex(signatureSymbol))
    : symbols.name(signatureSymbol);
}

export function groupsCommand(paths: readonly string[], options: ListingOptions, output: Output): number {
  return listElf(LISTING, paths, options, output);
}
