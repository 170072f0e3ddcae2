// All conditions, in the order of the documentation.

import { CONTENT_CONDITIONS } from './content.ts';
import { GROUP_CONDITIONS } from './groups.ts';
import { HEADER_CONDITIONS } from './header.ts';
import { RELOCATION_CONDITIONS } from './relocations.ts';
import { SECTION_CONDITIONS } from './sections.ts';
import { SYMBOL_CONDITIONS } from './symbols.ts';
import type { IntegrityConditionInfo } from '../verdict.ts';

const TABLE = {
  ...HEADER_CONDITIONS,
  ...SECTION_CONDITIONS,
  ...SYMBOL_CONDITIONS,
  ...RELOCATION_CONDITIONS,
  ...GROUP_CONDITIONS,
  ...CONTENT_CONDITIONS,
};

/** The name of a condition. */
export type IntegrityConditionId = keyof typeof TABLE;

/** What is known of each condition. */
export const INTEGRITY_CONDITION_TABLE: Readonly<Record<IntegrityConditionId, IntegrityConditionInfo>> = TABLE;

/** A condition with its name. */
export interface IntegrityCondition extends IntegrityConditionInfo {
  /** Kebab-case. */
  readonly id: IntegrityConditionId;
}

/**
 * Every condition that `validate` finds, with the table of who does what: a search for a linker's message in the words of
 * the verdicts finds the condition.
 */
export const INTEGRITY_CONDITIONS: readonly IntegrityCondition[] = /* @__PURE__ */ Object.entries(TABLE).map(
  ([id, info]): IntegrityCondition => ({ id: id as IntegrityConditionId, ...info }),
);
