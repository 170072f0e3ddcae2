// archive-index-stale: the symbol index of an archive does not tell what its members define. Linkers that go by it miss
// definitions, as after an ar that could not read the bitcode or intermediate code of a compiler.

import type { IndexedName, LinkSetArchive } from '../../link/index.ts';
import { goesByIndex, LISTED_MAX, locateArchive, locateMember, nameOfArchive, someOf } from '../archives.ts';
import type { Finding } from '../finding.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { counted, predict } from '../words.ts';

const ID = 'archive-index-stale';

/** Archives whose index lacks names, has too many or is damaged. */
export const archiveIndexStale: Rule = {
  id: ID,
  severity: 'warning',
  summary: 'The symbol index of an archive does not say what its members define.',
  *check(set, { linker }) {
    for (const entry of set.archives ?? []) {
      // Linkers that take the members all do not look at the index.
      if (!entry.isLazy) continue;
      const { state, missing, stale, dangling } = entry.facts.index;
      if (state === 'damaged' && entry.facts.isComplete) yield ofDamage(entry, { linker });
      else if (missing.length + stale.length + dangling.length > 0) yield ofRows(entry, { linker });
    }
  },
};

function ofRows(entry: LinkSetArchive, { linker }: RuleContext): Finding {
  const { missing, stale, dangling, entryCount } = entry.facts.index;
  const names = (rows: readonly { readonly name: string }[]) => rows.slice(0, LISTED_MAX).map(({ name }) => name);
  const parts = [
    missing.length === 0
      ? []
      : `lacks ${counted(missing.length, 'name')} that members define: ${someOf(names(missing), missing.length)}`,
    stale.length === 0
      ? []
      : `has ${counted(stale.length, 'name')} that members do not define: ${someOf(names(stale), stale.length)}`,
    dangling.length === 0
      ? []
      : `leads to no member for ${counted(dangling.length, 'name')}: ${someOf(names(dangling), dangling.length)}`,
  ].flat();
  const name = nameOfArchive(entry);
  const [first] = missing;
  return {
    rule: ID,
    severity: goesByIndex(linker) ? 'warning' : 'note',
    certainty: goesByIndex(linker) ? 'possible' : 'certain',
    message: `${name}: the symbol index, of ${counted(entryCount, 'entry', 'entries')}, ${parts.join('; it ')}`,
    advice: adviceFor(goesByIndex(linker)),
    ...predict(linker, goesByIndex(linker) && first !== undefined ? wordsFor(first.name) : {}),
    locations: [
      locateArchive(entry),
      ...membersOf([...missing, ...stale]).map((member) => locateMember(entry, member)),
    ],
    data: {
      entries: entryCount,
      missing: { count: missing.length, names: names(missing) },
      stale: { count: stale.length, names: names(stale) },
      dangling: { count: dangling.length, names: names(dangling) },
    },
  };
}

// So many members are named by their place.
const PLACES_MAX = 3;

function membersOf(rows: readonly IndexedName[]): IndexedName['member'][] {
  const byOffset = new Map<number, IndexedName['member']>();
  for (const { member } of rows) {
    if (byOffset.size === PLACES_MAX) break;
    byOffset.set(member.offset, member);
  }
  return [...byOffset.values()];
}

function ofDamage(entry: LinkSetArchive, { linker }: RuleContext): Finding {
  const none = { count: 0, names: [] };
  return {
    rule: ID,
    severity: goesByIndex(linker) ? 'warning' : 'note',
    certainty: 'certain',
    message: `${nameOfArchive(entry)}: the symbol index cannot be read: it is cut short, or its sizes are wrong`,
    advice: adviceFor(goesByIndex(linker)),
    locations: [locateArchive(entry)],
    data: { entries: null, missing: none, stale: none, dangling: none },
  };
}

function adviceFor(isUsed: boolean): string {
  const how =
    'build the index again, by an archiver that reads all members: llvm-ranlib of at least the version of the compiler, or gcc-ranlib.';
  return isUsed
    ? `The linker finds members by the index alone: ${how}`
    : `Nothing for this linker, which looks at the members. For GNU ld, gold and lld up to 14, ${how}`;
}

function wordsFor(name: string): { lld: string; bfd: string } {
  return { lld: `error: undefined symbol: ${name}`, bfd: `undefined reference to \`${name}'` };
}
