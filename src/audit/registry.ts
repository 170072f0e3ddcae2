// All rules, in the order in which `ltoscope rules` lists them.

import type { Rule } from './rule.ts';
import { archiveIndexMissing } from './rules/archive-index-missing.ts';
import { archiveIndexStale } from './rules/archive-index-stale.ts';
import { archiveTimestamps } from './rules/archive-timestamps.ts';
import { duplicateSymbol } from './rules/duplicate-symbol.ts';
import { foreignMember } from './rules/foreign-member.ts';
import { invalidSymbolIndex } from './rules/invalid-symbol-index.ts';
import { ltoNativeTwin } from './rules/lto-native-twin.ts';
import { malformedInput } from './rules/malformed-input.ts';
import { missingMember } from './rules/missing-member.ts';
import { noSymbolTable } from './rules/no-symbol-table.ts';
import { repeatedMember } from './rules/repeated-member.ts';
import { thinMemberChanged } from './rules/thin-member-changed.ts';
import { unreadableMember } from './rules/unreadable-member.ts';

/** Every rule of the audit. */
export const RULES: readonly Rule[] = [
  invalidSymbolIndex,
  ltoNativeTwin,
  duplicateSymbol,
  missingMember,
  unreadableMember,
  malformedInput,
  foreignMember,
  noSymbolTable,
  archiveIndexMissing,
  archiveIndexStale,
  repeatedMember,
  thinMemberChanged,
  archiveTimestamps,
];
