// Audits of fixtures as the linkers of fixtures/expected.json were run: in the folder of the fixtures.

import { join } from 'node:path';
import type { AuditReport, Finding, FindingLocation, Linker } from '../../src/audit/index.ts';
import { auditPaths } from '../../src/node/index.ts';
import type { LinkRecord } from './fixtures.ts';
import { FIXTURES_ROOT } from './fixtures.ts';

/**
 * Audits fixtures. Paths in the report are those below the folder of the fixtures.
 *
 * @throws Error if one of the paths cannot be read.
 */
export function auditFixtures(
  paths: readonly string[],
  options: { readonly wholeArchive?: boolean; readonly linker?: Linker } = {},
): AuditReport {
  const { report, unreadable } = auditPaths(
    paths.map((path) => join(FIXTURES_ROOT, path)),
    options,
  );
  if (unreadable.length > 0) throw new Error(`cannot be read: ${JSON.stringify(unreadable)}`);
  return JSON.parse(JSON.stringify(report).replaceAll(`${FIXTURES_ROOT}/`, '')) as AuditReport;
}

/** Audits the inputs of a recorded link. */
export function auditLink(link: LinkRecord, linker?: Linker): AuditReport {
  const paths = link.arguments.filter((argument) => !argument.startsWith('-'));
  const wholeArchive = link.arguments.includes('--whole-archive');
  return auditFixtures(paths, { wholeArchive, ...(linker === undefined ? {} : { linker }) });
}

/** A place in one line: path, the member's header, then offset, section and entry. */
export function describePlace({ path, memberOffset, offset, section, entry }: FindingLocation): string {
  return [
    path.join(' > '),
    memberOffset === undefined ? [] : `@${memberOffset}`,
    offset === undefined ? [] : `+${offset}`,
    section ?? [],
    entry === undefined ? [] : `#${entry}`,
  ]
    .flat()
    .join(' ');
}

/** The names in all findings of duplicate symbols of one severity, sorted. */
export function duplicateNames(findings: readonly Finding[], severity: Finding['severity']): string[] {
  const ofRule = findings.filter((finding) => finding.rule === 'duplicate-symbol' && finding.severity === severity);
  return ofRule.flatMap(({ data }) => data['symbols'] as string[]).sort();
}
