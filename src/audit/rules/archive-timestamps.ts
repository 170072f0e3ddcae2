// archive-timestamps: member headers tell when and by whom the members were made, so that two builds of one source differ.

import { locateArchive, nameOfArchive } from '../archives.ts';
import type { Rule } from '../rule.ts';
import { counted } from '../words.ts';

/** Archives that are not made reproducibly. */
export const archiveTimestamps: Rule = {
  id: 'archive-timestamps',
  severity: 'note',
  summary: 'An archive tells times or owners of its members, which differ from build to build.',
  *check(set) {
    for (const entry of set.archives ?? []) {
      const { stamps } = entry.facts;
      if (stamps === undefined) continue;
      const { count, first, times, hasOwners } = stamps;
      const what = [times === undefined ? [] : 'times', hasOwners ? 'owners' : []].flat().join(' and ');
      yield {
        rule: 'archive-timestamps',
        severity: 'note',
        certainty: 'certain',
        message: `${nameOfArchive(entry)}: the headers of ${counted(count, 'member')} tell ${what}, from ${first.name} on`,
        advice:
          'For builds that can be repeated bit by bit, make archives with the modifier D (`ar rcsD`), which llvm-ar and most ' +
          'builds of GNU ar take unless U is given; libtool of Darwin with ZERO_AR_DATE=1.',
        locations: [locateArchive(entry)],
        data: { count, earliest: times?.earliest ?? null, latest: times?.latest ?? null, owners: hasOwners },
      };
    }
  },
};
