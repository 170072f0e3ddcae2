// Findings held against what linkers said to the same inputs: ld.lld 16 and 22 as recorded in fixtures/expected.json, and
// GNU ld where the machine has it.

import { describe, expect, it } from 'vitest';
import { auditLink, duplicateNames } from '../helpers/audit-fixtures.ts';
import { FIXTURES_ROOT, recordedLink, recordedLinks } from '../helpers/fixtures.ts';
import { describeWithTools, run } from '../helpers/tools.ts';
import knownDifferences from './known-differences.json' with { type: 'json' };

const named = recordedLinks.map((link) => [link.name, link] as const);

describe('errors are what the linkers refuse', () => {
  const exceptions = new Map(knownDifferences.map(({ link, here }) => [link, here]));

  it.each(named)('%s', (name, { answers }) => {
    const { errors } = auditLink(recordedLink(name)).summary;
    const here = errors > 0 ? 'error' : 'no error';
    for (const { outcome } of Object.values(answers)) {
      const there = outcome === 'links' ? 'no error' : 'error';
      expect(here).toBe(exceptions.get(name) ?? there);
      if (exceptions.has(name)) expect(there, 'the difference is gone').not.toBe(here);
    }
  });

  it('but for so many known differences, each with its reason', () => {
    expect(knownDifferences).toHaveLength(7);
    expect(knownDifferences.filter(({ reason }) => reason.length < 20)).toEqual([]);
    for (const { link } of knownDifferences) expect(recordedLink(link).name).toBe(link);
  });
});

describe('duplicate symbols are those that both versions of ld.lld report', () => {
  it.each(named)('%s', (name, { answers }) => {
    const names = duplicateNames(auditLink(recordedLink(name)).findings, 'error');
    for (const { duplicateSymbols } of Object.values(answers)) expect(names).toEqual(duplicateSymbols);
  });
});

describe('predictions are the words of ld.lld 22', () => {
  // The linker ends at the first member that is no object: of each rule the first finding counts.
  const predictions = named.flatMap(([name, link]) => {
    const first = new Map(
      auditLink(link)
        .findings.toReversed()
        .map(({ rule, predicts }) => [rule, predicts]),
    );
    return Array.from(first).flatMap(([rule, predicts]) =>
      predicts === undefined ? [] : [[name, rule, predicts.split('\n', 1)[0] as string] as const],
    );
  });

  it.each(predictions)('%s: %s', (name, _, firstLine) => {
    const { messages } = recordedLink(name).answers['ld.lld-22'];
    // Of a damaged archive the prediction stops in front of LLVM's own reason.
    const isSaid = (said: string) => said === firstLine || said.startsWith(`${firstLine} (`);
    expect(messages.some(isSaid), firstLine).toBe(true);
  });

  it('and there are some of most rules', () => {
    expect(new Set(predictions.map(([, rule]) => rule)).size).toBeGreaterThanOrEqual(5);
  });

  it('name both definitions of a duplicate as ld.lld does for bitcode', () => {
    const [duplicate] = auditLink(recordedLink('twins-kbuild')).findings;
    const { messages } = recordedLink('twins-kbuild').answers['ld.lld-22'];
    expect(duplicate?.predicts?.split('\n')).toEqual(messages.slice(0, 3));
  });
});

describeWithTools('predictions are the words of GNU ld', ['aarch64-linux-gnu-ld'], ([ld]) => {
  /** What GNU ld says to the inputs, without its own name. */
  function saidBy(options: readonly string[]): string {
    const shared = options.filter((option) => !option.startsWith('-maarch64'));
    return run(ld, ['-o', '/dev/null', ...shared], { cwd: FIXTURES_ROOT }).stderr;
  }

  // It has no plugin for bitcode here; and it crashes on a group whose signature does not exist.
  const links = recordedLinks.filter(({ name }) =>
    /^(symbol-index-(first|last)|shndx|relocations-|duplicates-(elf-elf|near)|archive-(terminator|size|junk)|cut-head)/.test(
      name,
    ),
  );

  it.each(links.map((link) => [link.name, link] as const))('%s', (_, link) => {
    const said = saidBy(link.arguments);
    for (const { predicts } of auditLink(link, { family: 'bfd' }).findings) {
      if (predicts === undefined) continue;
      const words = predicts.replace(/^ld\.bfd: /, '');
      // GNU ld puts places of the source between the file and the words.
      const essence = /multiple definition of `[^']+'/.exec(words)?.[0] ?? words;
      expect(said).toContain(essence);
    }
  });
});

describe('other linkers', () => {
  it.each(['gold', 'mold'] as const)('whose words are not known (%s) get no prediction', (family) => {
    // Of gold one sentence is known.
    const findings = named
      .flatMap(([, link]) => auditLink(link, { family }).findings)
      .filter(({ rule }) => rule !== 'archive-index-missing');
    expect(findings.filter(({ predicts }) => predicts !== undefined)).toEqual([]);
  });

  it('get the same findings', () => {
    for (const [, link] of named) {
      const places = (family: 'lld' | 'mold') =>
        auditLink(link, { family }).findings.map(({ rule, severity, locations }) => [rule, severity, locations]);
      expect(places('mold')).toEqual(places('lld'));
    }
  });
});
