// A rule looks at a link set and tells what it found. Rules are pure: the same set gives the same findings.

import type { LinkInput, LinkSet, LinkSetFailure } from '../link/index.ts';
import type { Finding, FindingLocation, Severity } from './finding.ts';
import type { Linker } from '../link/index.ts';

/** What is known of a rule without running it. */
export interface RuleInfo {
  /** Kebab-case; the names of its page and of the schema of its data. */
  readonly id: string;
  /** The worst severity that it gives. */
  readonly severity: Severity;
  /** One sentence: what it finds. */
  readonly summary: string;
}

/** What a rule is told beside the link set. */
export interface RuleContext {
  /** Whose verdict is asked for. */
  readonly linker: Linker;
}

/** A rule of the audit. */
export interface Rule extends RuleInfo {
  /** Looks at a set. Findings come in any order. */
  readonly check: (set: LinkSet, context: RuleContext) => Iterable<Finding>;
}

/** The place of an input, or of something in it. */
export function locate(
  place: LinkInput | LinkSetFailure,
  detail: Pick<FindingLocation, 'offset' | 'section' | 'entry'> = {},
): FindingLocation {
  const { path, file, memberOffset } = place;
  return { path, file, ...(memberOffset === undefined ? {} : { memberOffset }), ...detail };
}
