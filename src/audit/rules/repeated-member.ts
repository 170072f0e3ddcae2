// repeated-member: an archive has one member more than once: the same file, or the same name with the same bytes. Linked as a
// whole it defines everything twice. Members of one name with other contents are no trouble to linkers.

import type { LinkSetArchive, RepeatedMember } from '../../link/index.ts';
import { LISTED_MAX, locateMember, nameOfArchive, someOf } from '../archives.ts';
import type { Finding } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { counted } from '../words.ts';

/** Members that an archive has again. */
export const repeatedMember: Rule = {
  id: 'repeated-member',
  severity: 'error',
  summary: 'An archive has the same member more than once.',
  *check(set) {
    for (const entry of set.archives ?? []) {
      const { repeated } = entry.facts;
      // One finding for those that cannot be linked twice, one for the others.
      const isRefused = ({ definesStrongly }: RepeatedMember) => definesStrongly && !entry.isLazy;
      const refused = repeated.filter(isRefused);
      const harmless = repeated.filter((member) => !isRefused(member));
      if (refused.length > 0) yield findingOf(entry, refused, true);
      if (harmless.length > 0) yield findingOf(entry, harmless, false);
    }
  },
};

function findingOf(entry: LinkSetArchive, repeated: readonly RepeatedMember[], isError: boolean): Finding {
  const names = repeated.map(({ members: [first] }) => (first as RepeatedMember['members'][number]).name);
  const copies = repeated.reduce((sum, { members }) => sum + members.length, 0);
  const isMore = copies > 2 * repeated.length;
  return {
    rule: 'repeated-member',
    severity: isError ? 'error' : 'note',
    certainty: 'certain',
    message:
      `${nameOfArchive(entry)}: ${counted(repeated.length, 'member')} ${repeated.length === 1 ? 'is' : 'are'} in it ` +
      `${isMore ? 'more than once' : 'twice'}: ${someOf(names.slice(0, LISTED_MAX), names.length)}` +
      (isError ? '; linked as a whole, the archive defines their symbols again' : ''),
    advice:
      'Make the archive anew instead of adding to an old one: `ar r` replaces members by their name, which for thin archives ' +
      'takes the modifier P, and `ar q` never looks.',
    locations: repeated.slice(0, 1).flatMap(({ members }) => members.map((member) => locateMember(entry, member))),
    data: {
      members: repeated.slice(0, LISTED_MAX).map(({ members, size, definesStrongly }) => ({
        name: members[0]?.name,
        offsets: members.map(({ offset }) => offset),
        size,
        definesStrongly,
      })),
      count: repeated.length,
    },
  };
}
