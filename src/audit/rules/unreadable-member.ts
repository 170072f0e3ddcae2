// unreadable-member: a member, or a file in a searched directory, is there and cannot be read: permissions, a pipe or device in place of a file, an archive
// inside itself.

import { linkerName } from '../../link/index.ts';
import { locate } from '../rule.ts';
import type { Rule } from '../rule.ts';

/** Members that exist and cannot be read. */
export const unreadableMember: Rule = {
  id: 'unreadable-member',
  severity: 'error',
  summary: 'An archive member, or an object in a directory, exists but cannot be read.',
  *check(set) {
    for (const entry of set.failures) {
      const { failure, file, path } = entry;
      if (failure.kind !== 'unreadable') continue;
      yield {
        rule: 'unreadable-member',
        severity: 'error',
        certainty: 'certain',
        message: `${linkerName(path)}: ${file} cannot be read: ${failure.reason}`,
        advice: 'Give the linker a regular file that its user may read; nothing of this member was audited.',
        locations: [locate(entry)],
        data: { reason: failure.reason },
      };
    }
  },
};
