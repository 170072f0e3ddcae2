// thin-member-changed: the header of a member in a thin archive tells another size or time than its file has: the file was made
// again after the archive. Linkers take the file as it is.

import { LISTED_MAX, locateArchive, nameOfArchive, someOf } from '../archives.ts';
import type { Rule } from '../rule.ts';
import { counted } from '../words.ts';

/** Thin archives that are older than their members. */
export const thinMemberChanged: Rule = {
  id: 'thin-member-changed',
  severity: 'note',
  summary: 'Members of a thin archive have changed since the archive was made.',
  *check(set) {
    for (const entry of set.archives ?? []) {
      const { changed } = entry.facts;
      if (changed.length === 0) continue;
      const names = changed.slice(0, LISTED_MAX).map(({ member }) => member.name);
      const resized = changed.filter(({ size }) => size.header !== size.file).length;
      const what =
        resized === 0 ? 'another time' : resized === changed.length ? 'another size' : 'another size or time';
      yield {
        rule: 'thin-member-changed',
        severity: 'note',
        certainty: 'certain',
        message: `${nameOfArchive(entry)}: the thin archive tells ${what} of ${counted(changed.length, 'member')} than the file has: ${someOf(names, changed.length)}`,
        advice:
          'Nothing for linkers, which take the file as it is. GNU ar reads no more than the size in the archive and refuses a ' +
          'shorter file, and a symbol index may be as old: make the archive again.',
        locations: [locateArchive(entry)],
        data: {
          count: changed.length,
          members: changed.slice(0, LISTED_MAX).map(({ member, size, mtime }) => ({
            name: member.name,
            offset: member.offset,
            size,
            ...(mtime === undefined ? {} : { mtime }),
          })),
        },
      };
    }
  },
};
