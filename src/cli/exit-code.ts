// The exit status: the one place that decides it.

import { SEVERITIES } from '../audit/index.ts';
import type { AuditSummary, Severity } from '../audit/index.ts';

/** Statuses of the command. */
export const EXIT = { clean: 0, findings: 1, usage: 2, internal: 70 } as const;

/** From which severity on findings make the command fail; `never` for none. */
export type FailOn = Severity | 'never';

/** The values of `--fail-on`. */
export const FAIL_ON: readonly FailOn[] = [...SEVERITIES, 'never'];

/** The status after an audit. A path that could not be read outweighs findings. */
export function exitCodeOf(
  summary: Pick<AuditSummary, 'errors' | 'warnings' | 'notes'>,
  failOn: FailOn,
  unreadablePaths: number,
): number {
  if (unreadablePaths > 0) return EXIT.usage;
  const counted = failOn === 'never' ? [] : SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1);
  return counted.some((severity) => summary[`${severity}s`] > 0) ? EXIT.findings : EXIT.clean;
}

/** The status after a listing: damage in what was listed is an error. */
export function exitCodeOfListing(problems: number, unreadablePaths: number): number {
  return exitCodeOf({ errors: problems, warnings: 0, notes: 0 }, 'error', unreadablePaths);
}
