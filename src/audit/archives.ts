// What rules about archives have in common: which linkers go by the symbol index, and how an archive and its members are named.

import { counted } from './words.ts';
import type { FindingLocation } from './finding.ts';
import { linkerName } from '../link/index.ts';
import type { Linker, LinkSetArchive, MemberPlace } from '../link/index.ts';

/** The first version of lld that looks at the members and not at the index (measured: 14 goes by it, 15 does not). */
const LLD_WITHOUT_INDEX = 15;
/** The first version of lld that takes an archive without an index: it looks at the members then. */
const LLD_WITHOUT_NEED = 14;

function majorOfLld({ family, version }: Linker): number | undefined {
  return family === 'lld' ? Number.parseInt(version ?? '999', 10) : undefined;
}

/** Whether a linker finds the members of an archive by its symbol index. */
export function goesByIndex(linker: Linker): boolean {
  const major = majorOfLld(linker);
  return major === undefined ? linker.family !== 'mold' : major < LLD_WITHOUT_INDEX;
}

/** Whether a linker refuses an archive without one. */
export function needsIndex(linker: Linker): boolean {
  const major = majorOfLld(linker);
  return major === undefined ? linker.family !== 'mold' : major < LLD_WITHOUT_NEED;
}

/** The place of an archive, or of one of its members by the offset of its header. */
export function locateArchive({ archive, memberOffset }: LinkSetArchive): FindingLocation {
  const { path, file } = archive;
  return { path, file, ...(memberOffset === undefined ? {} : { memberOffset }) };
}

/** The place of a member's header in an archive. */
export function locateMember(of: LinkSetArchive, member: MemberPlace): FindingLocation {
  const { path, file } = of.archive;
  return { path: [...path, member.name], file, memberOffset: member.offset, offset: member.offset };
}

/** How linkers write the name of an archive. */
export function nameOfArchive({ archive }: LinkSetArchive): string {
  return linkerName(archive.path);
}

// So many stand in a message; the data has more.
const NAMES_SHOWN = 3;

/** The first of some names, and how many others there are. */
export function someOf(names: readonly string[], count = names.length): string {
  const shown = names.slice(0, NAMES_SHOWN).join(', ');
  const rest = count - Math.min(names.length, NAMES_SHOWN);
  return rest === 0 ? shown : `${shown} and ${counted(rest, 'other')}`;
}

/** How many names or members the data of a finding lists. An index has them by the hundred thousand. */
export const LISTED_MAX = 1000;
