// archive-index-missing: an archive whose members are taken on demand has no symbol index. GNU ld and gold cannot use it; lld
// looks at the members. kbuild's thin archives have none on purpose, and count as whole.

import { counted, predict } from '../words.ts';
import { locateArchive, nameOfArchive, needsIndex } from '../archives.ts';
import type { Rule } from '../rule.ts';

/** Archives without a symbol index whose members define something. */
export const archiveIndexMissing: Rule = {
  id: 'archive-index-missing',
  severity: 'error',
  summary: 'An archive has no symbol index, without which some linkers do not take it.',
  *check(set, { linker }) {
    for (const entry of set.archives ?? []) {
      const { facts, isLazy } = entry;
      const { index, definingCount, memberCount, dialect } = facts;
      // Of a damaged archive there is worse to tell.
      if (index.state !== 'absent' || !isLazy || definingCount === 0 || !facts.isComplete) continue;
      const name = nameOfArchive(entry);
      const isRefused = needsIndex(linker);
      yield {
        rule: 'archive-index-missing',
        severity: isRefused ? 'error' : 'note',
        certainty: 'certain',
        message: `${name}: no symbol index, although ${counted(definingCount, 'member')} of ${memberCount} define symbols`,
        advice: isRefused
          ? 'Run ranlib (llvm-ranlib or gcc-ranlib for objects of link-time optimisation) over the archive, or give it to the linker between --whole-archive and --no-whole-archive.'
          : 'Nothing for this linker, which looks at the members. GNU ld, gold and lld up to 13 refuse the archive: ranlib adds an index.',
        ...predict(linker, isRefused ? wordsFor(name) : {}),
        locations: [locateArchive(entry)],
        data: { members: memberCount, defining: definingCount, dialect: dialect ?? null },
      };
    }
  },
};

function wordsFor(name: string): { lld: string; bfd: string; gold: string } {
  return {
    lld: `error: ${name}: archive has no index; run ranlib to add one`,
    bfd: `${name}: error adding symbols: archive has no index; run ranlib to add one`,
    gold: `error: ${name}: no archive symbol table (run ranlib)`,
  };
}
