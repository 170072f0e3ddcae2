// Compares what the dry run says with what the linker said of the same line.

import { readFileSync } from 'node:fs';
import type { LinkVerdict } from '../../../src/link/lld/verdict.ts';
import { isSame } from './lld-output.ts';
import type { LinkerOutput, LinkerStatement } from './lld-output.ts';

/** What the dry run came to. */
export interface DryRunAnswer {
  readonly verdicts: readonly LinkVerdict[];
  /** Whether the linker would make its output. */
  readonly links: boolean;
}

export interface Difference {
  /** Who says it; the other one does not. `exit`: only whether it links differs. */
  readonly by: 'linker' | 'dry run' | 'exit';
  readonly kind: string;
  readonly severity: string;
  readonly subject: string;
  readonly message: string;
}

export interface Comparison {
  readonly differences: readonly Difference[];
  /** Certain verdicts that the linker came to as well. */
  readonly certainCount: number;
  /** Certain ones whose first line is the linker's, word for word. */
  readonly equalWords: number;
  readonly possibleCount: number;
  /** Possible ones that the linker did say. */
  readonly possibleSaid: number;
}

function differenceOfStatement({ kind, severity, subject, message }: LinkerStatement): Difference {
  return { by: 'linker', kind, severity, subject, message };
}

function differenceOfVerdict({ kind, severity, symbol, files, message }: LinkVerdict): Difference {
  return {
    by: 'dry run',
    kind,
    severity,
    subject: symbol ?? files[0] ?? (message.split('\n', 1)[0] as string),
    message,
  };
}

/**
 * Compares. Each certain verdict that the linker comes to has to be a statement of the same kind, severity and subject;
 * each statement has to be a verdict, certain or possible.
 */
export function compareAnswers({ verdicts, links }: DryRunAnswer, output: LinkerOutput): Comparison {
  const reached = verdicts.filter(({ isReached, severity }) => isReached && severity !== 'note');
  const certain = reached.filter(({ certainty }) => certainty === 'certain');
  const possible = reached.filter(({ certainty }) => certainty === 'possible');
  const says = (verdict: LinkVerdict) =>
    output.statements.filter((statement) => statement.severity === verdict.severity && isSame(verdict, statement));
  const differences: Difference[] = [];
  // A crash says nothing of what would have come.
  if (!output.crashed) {
    for (const verdict of certain) if (says(verdict).length === 0) differences.push(differenceOfVerdict(verdict));
  }
  for (const statement of output.statements) {
    const isKnown = reached.some((verdict) => verdict.severity === statement.severity && isSame(verdict, statement));
    if (!isKnown) differences.push(differenceOfStatement(statement));
  }
  const mayFail = possible.some(({ severity }) => severity === 'error');
  if (differences.length === 0 && links !== output.links && !(links && mayFail)) {
    const message = `${output.links ? 'links' : 'does not link'}, the dry run says otherwise`;
    differences.push({ by: 'exit', kind: 'exit', severity: 'error', subject: '', message });
  }
  const firstLine = (text: string) => text.split('\n', 1)[0];
  return {
    differences: unique(differences),
    certainCount: certain.length,
    equalWords: certain.filter((verdict) =>
      says(verdict).some(({ message }) => firstLine(message) === firstLine(verdict.message)),
    ).length,
    possibleCount: possible.length,
    possibleSaid: possible.filter((verdict) => says(verdict).length > 0).length,
  };
}

function keyOf({ by, kind, severity, subject }: Difference): string {
  return JSON.stringify([by, kind, severity, subject]);
}

/** Linkers say some things several times. */
function unique(differences: readonly Difference[]): Difference[] {
  return [...new Map(differences.map((difference) => [keyOf(difference), difference])).values()];
}

/** A difference that is understood and stays. */
export interface KnownDifference {
  readonly reason: string;
  /** Major versions that it is about. */
  readonly linkers: readonly number[];
  readonly by: Difference['by'];
  readonly kind: string;
  /** A pattern for the message's first line. */
  readonly message: string;
}

/** Reads the list of known differences. */
export function readKnownDifferences(): KnownDifference[] {
  const path = new URL('known-differences.json', import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')) as KnownDifference[];
}

/** The entry of the list that a difference belongs to. */
export function findKnown(
  known: readonly KnownDifference[],
  version: number,
  difference: Difference,
): KnownDifference | undefined {
  const line = difference.message.split('\n', 1)[0] as string;
  return known.find(
    ({ linkers, by, kind, message }) =>
      linkers.includes(version) && by === difference.by && kind === difference.kind && new RegExp(message).test(line),
  );
}
