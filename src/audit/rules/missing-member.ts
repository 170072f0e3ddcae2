// missing-member: a thin archive holds names only, and the file of one of them is not there.

import { linkerName } from '../../link/index.ts';
import { predict } from '../words.ts';
import { locate } from '../rule.ts';
import type { Rule } from '../rule.ts';

/** Members of thin archives whose file is not on disk. */
export const missingMember: Rule = {
  id: 'missing-member',
  severity: 'error',
  summary: 'A thin archive names a file that does not exist.',
  *check(set, { linker }) {
    for (const entry of set.failures) {
      const { failure, file, path, archive } = entry;
      if (failure.kind !== 'missing' || archive === undefined) continue;
      const name = linkerName(archive.path);
      yield {
        rule: 'missing-member',
        severity: 'error',
        certainty: 'certain',
        message: `${linkerName(path)}: the thin archive names ${file}, which does not exist`,
        advice:
          'Build that object again, or the archive from what is there. Thin archives name their members relative to their ' +
          'own folder: they cannot be moved or copied without them.',
        ...predict(linker, {
          lld: `error: ${name}: could not get the buffer for a child of the archive: '${path.at(-1)}': No such file or directory`,
        }),
        locations: [locate(entry)],
        data: { member: path.at(-1) },
      };
    }
  },
};
