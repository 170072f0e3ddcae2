// Runs the rules over link sets and puts their findings in order.

import type { LinkSet } from '../link/index.ts';
import type { Finding } from './finding.ts';
import { DEFAULT_LINKER } from '../link/index.ts';
import type { Linker } from '../link/index.ts';
import { RULES } from './registry.ts';
import type { Rule } from './rule.ts';
import { summarise } from './summary.ts';
import type { AuditSummary } from './summary.ts';

/** Options of {@link audit}. */
export interface AuditOptions {
  /** Whose verdict is asked for; the newest lld unless given. */
  readonly linker?: Linker;
  /** The rules to run; all unless given. */
  readonly rules?: readonly Rule[];
}

/** The outcome of an audit: JSON-safe, shaped as `schema/audit.json` tells. */
export interface AuditReport {
  readonly schema: 'ltoscope/audit/1';
  readonly summary: AuditSummary;
  readonly findings: readonly Finding[];
}

/**
 * Audits link sets, each by itself.
 *
 * Findings come in the order of the sets, then of the inputs, then of offsets, then of rules. What several sets have in
 * common (an object in several archives) is found once.
 */
export function audit(sets: readonly LinkSet[], options: AuditOptions = {}): AuditReport {
  const { linker = DEFAULT_LINKER, rules = RULES } = options;
  const found = new Map<string, Finding>();
  for (const set of sets) {
    const findings = rules.flatMap((rule) => [...rule.check(set, { linker })]);
    if (findings.length === 0) continue;
    const places = new SetPlaces(set);
    for (const finding of places.inOrder(findings)) {
      const key = places.sameness(finding);
      if (!found.has(key)) found.set(key, finding);
    }
  }
  const findings = [...found.values()];
  return { schema: 'ltoscope/audit/1', summary: summarise(sets, findings), findings };
}

/** Where the locations of findings stand in their set. */
class SetPlaces {
  private readonly entries = new Map<string, { readonly order: number; readonly identity: string }>();

  constructor(set: LinkSet) {
    for (const { archive, memberOffset, order, identity } of set.archives ?? []) {
      this.entries.set(placeKey({ path: archive.path, memberOffset }), { order, identity });
    }
    for (const { path, memberOffset, order, identity } of set.inputs) {
      this.entries.set(placeKey({ path, memberOffset }), { order, identity });
    }
    for (const { path, memberOffset, order, file, archive } of set.failures) {
      const identity = archive?.isThin === true ? file : `${file}@${memberOffset}`;
      this.entries.set(placeKey({ path, memberOffset }), { order, identity });
    }
  }

  inOrder(findings: readonly Finding[]): Finding[] {
    const ranked = findings.map((finding) => {
      const [first] = finding.locations;
      const order = first === undefined ? 0 : (this.entries.get(placeKey(first))?.order ?? 0);
      return { finding, order, offset: first?.offset ?? 0 };
    });
    ranked.sort((a, b) => a.order - b.order || a.offset - b.offset || compare(a.finding.rule, b.finding.rule));
    return ranked.map(({ finding }) => finding);
  }

  /** Equal for findings that tell the same of the same bytes, by whatever path they were reached. */
  sameness({ rule, severity, locations, data }: Finding): string {
    const places = locations.map((location) => [
      this.entries.get(placeKey(location))?.identity ?? location.file,
      location.offset,
      location.section,
      location.entry,
    ]);
    return JSON.stringify([rule, severity, places, data]);
  }
}

function placeKey({
  path,
  memberOffset,
}: {
  readonly path: readonly string[];
  readonly memberOffset?: number | undefined;
}) {
  return `${path.join('\0')}\0${memberOffset}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
