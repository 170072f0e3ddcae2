// How lld cuts a command line into options: the rules of LLVM's option library (llvm/lib/Option/OptTable.cpp, versions 13 to
// 22) with the table of lld-options.ts. The longest name that fits an argument and accepts it wins; a name that needs the
// next argument at the end of the line ends the reading.

import type { OptionForm, OptionRow } from './lld-options.ts';

type OptionKind = 'flag' | 'joined' | 'separate' | 'joined-or-separate';

interface OptionEntry {
  readonly prefixes: readonly string[];
  readonly kind: OptionKind;
  readonly name: string;
  /** The option it stands for. */
  readonly id: string;
  readonly value: string | undefined;
}

/** One argument of the line, understood. */
export interface ParsedOption {
  readonly kind: 'option' | 'input' | 'unknown';
  /** The option's own name where it is one of several, without dashes; empty for an input and an unknown one. */
  readonly id: string;
  /** The argument of the option, the path of an input; empty for a flag. */
  readonly value: string;
  /** The option as it was written, its value left out: `--defsym=`, `-T`. */
  readonly spelling: string;
  /** The argument of the line that it is, the one after it left out. */
  readonly argument: string;
  /** Whether the value is the argument after it. */
  readonly isSeparate: boolean;
}

/** A line, cut. */
export interface ParsedLine {
  readonly options: readonly ParsedOption[];
  /** The option at the end of the line that lacks its argument. */
  readonly missing: string | undefined;
}

const KINDS: Readonly<Record<OptionForm, readonly OptionKind[]>> = {
  F: ['flag'],
  FF: ['flag'],
  '-F': ['flag'],
  B: ['flag'],
  BB: ['flag'],
  S: ['separate'],
  SS: ['separate'],
  '-S': ['separate'],
  J: ['joined'],
  JJ: ['joined'],
  E: ['separate', 'joined'],
  EE: ['separate', 'joined'],
  '-JS': ['joined-or-separate'],
};

const ONE_DASH = ['-'];
const TWO_DASHES = ['--'];
const ANY_DASHES = ['--', '-'];

/** The options that one version of lld knows. */
export class OptionSet {
  readonly #entries = new Map<string, OptionEntry>();
  readonly #longestName: number;
  /** Names by their length with dashes, for {@link findNearest}; made when first asked for. */
  #byLength: Map<number, NearCandidate[]> | undefined;

  constructor(rows: readonly OptionRow[], version: number) {
    let longestName = 0;
    for (const [form, name, facts = {}] of rows) {
      if (version < (facts.from ?? 0) || version > (facts.to ?? Infinity)) continue;
      const prefixes = form.startsWith('-') ? ONE_DASH : form.length === 2 ? TWO_DASHES : ANY_DASHES;
      for (const kind of KINDS[form]) {
        const full = kind === 'joined' && (form === 'E' || form === 'EE') ? `${name}=` : name;
        this.#add({ prefixes, kind, name: full, id: facts.as ?? name.replace(/=$/, ''), value: facts.value });
      }
      if (form === 'B' || form === 'BB') {
        this.#add({ prefixes, kind: 'flag', name: `no-${name}`, id: `no-${facts.as ?? name}`, value: undefined });
      }
    }
    for (const name of this.#entries.keys()) longestName = Math.max(longestName, name.length);
    this.#longestName = longestName;
  }

  #add(entry: OptionEntry): void {
    this.#entries.set(entry.name, entry);
  }

  /**
   * Cuts a line into options.
   *
   * @param line - The arguments, the program left out. Cost: linear in their number and length.
   */
  parse(line: readonly string[]): ParsedLine {
    const options: ParsedOption[] = [];
    for (let index = 0; index < line.length;) {
      const argument = line[index] ?? '';
      index++;
      // Empty arguments count only as the argument of an option.
      if (argument === '') continue;
      if (argument === '-' || !argument.startsWith('-')) {
        options.push({ kind: 'input', id: '', value: argument, spelling: '', argument, isSeparate: false });
        continue;
      }
      const entry = this.#match(argument);
      if (entry === undefined) {
        options.push({ kind: 'unknown', id: '', value: '', spelling: argument, argument, isSeparate: false });
        continue;
      }
      const spellingLength = (argument.startsWith(`--${entry.name}`) ? 2 : 1) + entry.name.length;
      const spelling = argument.slice(0, spellingLength);
      let value = entry.value ?? '';
      const isSeparate =
        entry.kind === 'separate' || (entry.kind === 'joined-or-separate' && argument.length === spellingLength);
      if (isSeparate) {
        const next = line[index];
        if (next === undefined) return { options, missing: argument };
        index++;
        value = next;
      } else if (entry.kind !== 'flag') {
        value = argument.slice(spellingLength);
      }
      options.push({ kind: 'option', id: entry.id, value, spelling, argument, isSeparate });
    }
    return { options, missing: undefined };
  }

  #match(argument: string): OptionEntry | undefined {
    const dashes = argument.startsWith('--') ? '--' : '-';
    const length = Math.min(argument.length - dashes.length, this.#longestName);
    for (let end = length; end > 0; end--) {
      const entry = this.#entries.get(argument.slice(dashes.length, dashes.length + end));
      if (entry?.prefixes.includes(dashes) !== true) continue;
      const isWhole = dashes.length + end === argument.length;
      if (isWhole || entry.kind === 'joined' || entry.kind === 'joined-or-separate') return entry;
    }
    return undefined;
  }

  /**
   * Finds the option that an unknown argument probably meant: one that differs in one character at most.
   *
   * @param argument - As written, dashes included. Cost: linear in its length.
   */
  findNearest(argument: string): string | undefined {
    this.#byLength ??= this.#nearCandidates();
    // What stands behind the first `=` is no part of the name, for options whose name ends in one.
    const equals = argument.indexOf('=');
    const head = equals === -1 ? argument : argument.slice(0, equals + 1);
    const tail = equals === -1 ? '' : argument.slice(equals + 1);
    let nearest: NearCandidate | undefined;
    let best = 2;
    const lengths = new Set([-1, 0, 1].flatMap((by) => [argument.length + by, head.length + by]));
    for (const length of lengths) {
      for (const candidate of this.#byLength.get(length) ?? []) {
        const text = candidate.hasDelimiter ? head : argument;
        // An option that needs a value is less likely meant where none was given.
        const distance = distanceUpToOne(candidate.text, text) + (candidate.hasDelimiter && tail === '' ? 1 : 0);
        if (distance < best || (distance === best && nearest !== undefined && candidate.order < nearest.order)) {
          best = distance;
          nearest = candidate;
        }
      }
    }
    return nearest === undefined ? undefined : nearest.text + (nearest.hasDelimiter ? tail : '');
  }

  #nearCandidates(): Map<number, NearCandidate[]> {
    const byLength = new Map<number, NearCandidate[]>();
    const entries = [...this.#entries.values()].filter(({ name }) => name.length >= NEAR_NAME_MIN);
    entries.sort((a, b) => compareNames(a.name, b.name));
    let order = 0;
    for (const { prefixes, name } of entries) {
      for (const prefix of prefixes) {
        const candidate = { text: prefix + name, hasDelimiter: name.endsWith('='), order: order++ };
        const list = byLength.get(candidate.text.length);
        if (list === undefined) byLength.set(candidate.text.length, [candidate]);
        else list.push(candidate);
      }
    }
    return byLength;
  }
}

interface NearCandidate {
  readonly text: string;
  readonly hasDelimiter: boolean;
  /** Its place in LLVM's table: of two that are as near the first is named. */
  readonly order: number;
}

/** Shorter names are never what an unknown argument meant. */
const NEAR_NAME_MIN = 4;

/** The order of LLVM's table: by letter without regard to case, a name after those that it begins. */
function compareNames(a: string, b: string): number {
  const lowerA = a.toLowerCase();
  const lowerB = b.toLowerCase();
  if (lowerA !== lowerB) {
    if (lowerA.startsWith(lowerB)) return -1;
    if (lowerB.startsWith(lowerA)) return 1;
    return lowerA < lowerB ? -1 : 1;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The edit distance of two texts if it is 0 or 1, else 2. */
function distanceUpToOne(a: string, b: string): number {
  if (a === b) return 0;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return 2;
  let same = 0;
  while (same < short.length && short.charCodeAt(same) === long.charCodeAt(same)) same++;
  const rest = short.slice(short.length === long.length ? same + 1 : same);
  return long.slice(same + 1) === rest ? 1 : 2;
}
