export { INTEGRITY_CONDITIONS } from './conditions/index.ts';
export type { IntegrityCondition, IntegrityConditionId } from './conditions/index.ts';
export { CONDITION_FINDINGS_MAX, FINDING_ENTRIES_MAX, FINDING_NAME_MAX } from './finding.ts';
export type { BadElfEntry, ElfIntegrityFinding } from './finding.ts';
export { validate } from './validate.ts';
export type { ValidateOptions } from './validate.ts';
export type {
  IntegrityConditionInfo,
  IntegrityLinker,
  IntegritySeverity,
  IntegrityTool,
  IntegrityVerdict,
  IntegrityVerdictKind,
} from './verdict.ts';
