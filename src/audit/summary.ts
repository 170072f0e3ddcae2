// The inventory: what the inputs are, counted, and how many bytes of each.

import type { LinkSet } from '../link/index.ts';
import type { Finding } from './finding.ts';

/** Counts, or bytes, by what inputs are. */
export interface InventoryColumns {
  readonly byFormat: Readonly<Record<string, number>>;
  readonly byLto: Readonly<Record<string, number>>;
  readonly byProducer: Readonly<Record<string, number>>;
  readonly byMachine: Readonly<Record<string, number>>;
  readonly byEndian: Readonly<Record<string, number>>;
}

/** What was audited and how much was found. */
export interface AuditSummary extends InventoryColumns {
  /** Files and members, each once, not the archives around them. */
  readonly inputs: number;
  /** The same inventory in bytes. */
  readonly bytes: InventoryColumns & { readonly total: number };
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
}

type Tally = Record<keyof InventoryColumns, Map<string, number>>;

/** Counts the inputs of all sets, an input that is in several of them once. */
export function summarise(sets: Iterable<LinkSet>, findings: readonly Finding[]): AuditSummary {
  const counts = emptyTally();
  const bytes = emptyTally();
  const seen = new Set<string>();
  let total = 0;
  for (const set of sets) {
    for (const { identity, facts } of set.inputs) {
      if (seen.has(identity)) continue;
      seen.add(identity);
      total += facts.size;
      const { format, lto, producer, machine, endian } = facts;
      for (const [column, key] of [
        ['byFormat', format],
        ['byLto', lto],
        ['byProducer', producer],
        ['byMachine', machine],
        ['byEndian', endian],
      ] as const) {
        if (key === undefined) continue;
        counts[column].set(key, (counts[column].get(key) ?? 0) + 1);
        bytes[column].set(key, (bytes[column].get(key) ?? 0) + facts.size);
      }
    }
    for (const { failure, path, file, memberOffset, archive } of set.failures) {
      // A member of a thin archive is its file, whichever archive names it.
      const identity = file === archive?.file ? `${path.join('\0')}\0${memberOffset}` : file;
      if (failure.kind === 'malformed' || seen.has(identity)) continue;
      seen.add(identity);
      const format = failure.kind === 'missing' ? 'missing' : 'unknown';
      counts.byFormat.set(format, (counts.byFormat.get(format) ?? 0) + 1);
    }
  }
  const countOf = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  return {
    inputs: seen.size,
    ...columnsOf(counts),
    bytes: { total, ...columnsOf(bytes) },
    errors: countOf('error'),
    warnings: countOf('warning'),
    notes: countOf('note'),
  };
}

function emptyTally(): Tally {
  return { byFormat: new Map(), byLto: new Map(), byProducer: new Map(), byMachine: new Map(), byEndian: new Map() };
}

/** Most first, so that people read the usual before the odd. */
function columnsOf(tally: Tally): InventoryColumns {
  const column = (name: keyof InventoryColumns) =>
    // `fromEntries` defines properties and so is safe with names out of files, such as `__proto__`.
    Object.fromEntries([...tally[name]].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)));
  return {
    byFormat: column('byFormat'),
    byLto: column('byLto'),
    byProducer: column('byProducer'),
    byMachine: column('byMachine'),
    byEndian: column('byEndian'),
  };
}
