// Mutants of compiled objects, linked by ld.lld and validated: where the two differ, and which difference is known.

import { FormatError } from '../../../src/bytes/index.ts';
import { openElf } from '../../../src/elf/index.ts';
import { validate } from '../../../src/elf/validate/index.ts';
import type { CompiledObject } from '../../helpers/compiled-objects.ts';
import { linkObject, objectFile, runAll } from '../../helpers/linker-runs.ts';
import type { LinkerAnswer, LinkOutput } from '../../helpers/linker-runs.ts';
import { ObjectMutator } from '../../helpers/object-mutator.ts';
import knownDisagreements from './known-disagreements.json' with { type: 'json' };

/** One link of a mutant. */
export interface MutantLink {
  readonly version: number;
  readonly output: LinkOutput;
}

/** A mutant on which the linker and the validation differ. */
export interface Disagreement {
  /** `missed`: the linker refuses or crashes, the validation finds no error; `false-alarm`: the other way round. */
  readonly kind: 'missed' | 'false-alarm';
  /** The compiled object. */
  readonly object: string;
  readonly change: string;
  readonly link: MutantLink;
  /** What the linker said first, `crash` if it crashed without words; of a false alarm the conditions found. */
  readonly about: string;
  /** Position in {@link knownDisagreements}; `undefined` where it is not explained. */
  readonly known: number | undefined;
}

export interface MutationTally {
  links: number;
  refused: number;
  /** Links that were refused in the words of a finding. */
  inOurWords: number;
  /** Links of which the memory of the machine decides whether they crash, and that went the other way than is likely. */
  open: number;
  readonly disagreements: Disagreement[];
}

/** A difference that is known, with the reason for it. */
interface KnownDisagreement {
  readonly kind: string;
  /** A regular expression for what {@link Disagreement.about} says. */
  readonly about: string;
  /** A regular expression for what was changed; absent: anything. */
  readonly change?: string;
  /** Links that may differ so, of a thousand. */
  readonly perThousand: number;
  readonly reason: string;
}

export const KNOWN_DISAGREEMENTS: readonly KnownDisagreement[] = knownDisagreements;

const MATCHERS = KNOWN_DISAGREEMENTS.map(({ kind, about, change = '' }) => ({
  kind,
  about: new RegExp(about),
  change: new RegExp(change),
}));

function knownIndex(found: Omit<Disagreement, 'known'>): number | undefined {
  const index = MATCHERS.findIndex(
    ({ kind, about, change }) => kind === found.kind && about.test(found.about) && change.test(found.change),
  );
  return index === -1 ? undefined : index;
}

interface Expectation {
  /** The conditions for which the linker refuses or crashes. */
  readonly conditions: string[];
  readonly words: string[];
  /** Whether one of them is that it refuses. */
  readonly isRefusal: boolean;
  /** Whether it reads or writes what is not its own: then the memory of the machine decides what it does. */
  readonly isOpen: boolean;
}

/** What the validation expects of a link. */
function expectation(bytes: Uint8Array, { version, output }: MutantLink): Expectation {
  let elf;
  try {
    elf = openElf(bytes);
  } catch (error) {
    // A file whose header cannot be read has no tables to validate; opening it says what is wrong.
    if (!(error instanceof FormatError)) throw error;
    return { conditions: [`cannot be opened: ${error.code}`], words: [], isRefusal: true, isOpen: false };
  }
  const all = validate(elf, { linker: { name: 'lld', major: version }, output, asInput: true });
  const findings = all.filter(({ verdict }) => verdict === 'refuses' || verdict === 'crashes');
  return {
    conditions: [...new Set(findings.map(({ condition }) => condition))],
    words: findings.flatMap(({ predicts }) => (predicts === undefined ? [] : [predicts])),
    isRefusal: findings.some(({ verdict }) => verdict === 'refuses'),
    isOpen: all.some(({ verdict }) => verdict === 'crashes' || verdict === 'misbehaves'),
  };
}

function compare(
  tally: MutationTally,
  mutant: { object: string; change: string; bytes: Uint8Array },
  link: MutantLink,
  answer: LinkerAnswer,
): void {
  const { conditions, words, isRefusal, isOpen } = expectation(mutant.bytes, link);
  const isRefused = answer.verdict !== 'accepts';
  tally.links += 1;
  if (isRefused) tally.refused += 1;
  if (isRefused && answer.errors.some((error) => words.includes(error))) tally.inOurWords += 1;
  if (isRefused === conditions.length > 0) return;
  // Neither a crash nor that there is none is held against a verdict which says that the linker leaves its memory.
  if (isOpen && !isRefusal) {
    tally.open += 1;
    return;
  }
  const crash = answer.verdict === 'crashes' ? 'crash' : undefined;
  const about = isRefused
    ? [crash, answer.errors[0]].filter((part) => part !== undefined).join(': ')
    : conditions.join(' ');
  const { object, change } = mutant;
  const found = { kind: isRefused ? 'missed' : 'false-alarm', object, change, link, about } as const;
  tally.disagreements.push({ ...found, known: knownIndex(found) });
}

/**
 * Links and validates mutants of one object.
 *
 * @param linksOf - Which links of the mutant of a position are made.
 * @param linkerOf - The path of ld.lld of a version.
 */
export async function runMutants(
  tally: MutationTally,
  object: CompiledObject,
  seed: number,
  count: number,
  linksOf: (position: number) => readonly MutantLink[],
  linkerOf: (version: number) => string,
): Promise<void> {
  const mutator = new ObjectMutator(object.bytes, seed);
  const jobs = Array.from({ length: count }, (_, position) => {
    const { bytes, change } = mutator.next();
    return async () => {
      const path = objectFile(bytes);
      for (const link of linksOf(position)) {
        const answer = await linkObject(linkerOf(link.version), path, link.output, ['--threads=1']);
        compare(tally, { object: object.name, change, bytes }, link, answer);
      }
    };
  });
  await runAll(jobs);
}
