// Patterns of names as ld.lld compares them: LLVM's GlobPattern, on bytes. `*`, `?`, `[a-z]`, `[^a-z]`, `[!a-z]`, and `\`, which
// takes the byte behind it as it is. `{a,b}` of LLVM 17 is not among them, as lld does not ask for it.

import { byteText, decodeName, encodeName, encodeText } from '../../../bytes/index.ts';

/** A single pattern for many names. */
export interface GlobSet {
  /**
   * Whether one of the patterns matches.
   *
   * @param name - As `decodeName` writes names.
   */
  matches(name: string): boolean;
}

/** A name or pattern. */
export interface NamePattern {
  /** Plain text, as the user wrote it. */
  readonly pattern: string;
  /** Otherwise it is a name, whatever it holds. */
  readonly isGlob: boolean;
}

/** What one byte of a name may be: a byte, one of a set, {@link ANY}; or {@link MANY}, any number of any. */
type GlobPart = number | ReadonlySet<number>;
const ANY = -1;
const MANY = -2;

/** Since LLVM 17 an error tells what is missing. */
const FIRST_TELLING_VERSION = 17;
/** Since LLVM 22 it quotes the brackets without what is behind them; 20 and 21 were not looked at. */
const FIRST_RANGE_VERSION = 22;

const META = /[*?[\\]/;

/**
 * Makes one matcher of many patterns. Names, and patterns with nothing but one `*` at an end, cost a lookup however many there
 * are; each other one costs a comparison.
 *
 * @param patterns - Those that are no patterns for lld (`[a`) match nothing.
 */
export function compileGlobs(patterns: Iterable<NamePattern>): GlobSet {
  const names = new Set<string>();
  const prefixes = new AffixSet();
  const suffixes = new AffixSet();
  const globs: (readonly GlobPart[])[] = [];
  for (const { pattern, isGlob } of patterns) {
    const bytes = encodeText(pattern);
    const text = byteText(bytes);
    if (!isGlob || !META.test(text)) names.add(decodeName(bytes));
    else if (text.endsWith('*') && !META.test(text.slice(0, -1))) prefixes.add(text.slice(0, -1));
    else if (text.startsWith('*') && !META.test(text.slice(1))) suffixes.add(text.slice(1));
    else {
      const parts = parseGlob(text);
      if (typeof parts !== 'string') globs.push(parts);
    }
  }
  return {
    matches(name) {
      if (names.has(name)) return true;
      if (prefixes.isEmpty && suffixes.isEmpty && globs.length === 0) return false;
      const text = bytesAsText(name);
      return (
        prefixes.has((length) => (length <= text.length ? text.slice(0, length) : undefined)) ||
        suffixes.has((length) => (length <= text.length ? text.slice(text.length - length) : undefined)) ||
        globs.some((parts) => matchesParts(parts, text))
      );
    },
  };
}

/** What lld says of a pattern that is none; `undefined` for those that are. */
export function findGlobProblem(pattern: string, major: number): string | undefined {
  if (!META.test(pattern)) return undefined;
  const parts = parseGlob(byteText(encodeText(pattern)));
  if (typeof parts !== 'string') return undefined;
  if (major < FIRST_TELLING_VERSION) return parts === STRAY ? undefined : `invalid glob pattern: ${pattern}`;
  if (parts === STRAY) return `${STRAY_WORDS}: ${pattern}`;
  if (parts === UNMATCHED) return `invalid glob pattern, unmatched '[': ${pattern}`;
  return `invalid glob pattern: ${major < FIRST_RANGE_VERSION ? parts : parts.slice(0, parts.indexOf(']', 2) + 1)}: ${pattern}`;
}

const STRAY = '\\';
const STRAY_WORDS = "invalid glob pattern, stray '\\'";
const UNMATCHED = '[';

/** Texts of few lengths. */
class AffixSet {
  private readonly byLength = new Map<number, Set<string>>();

  get isEmpty(): boolean {
    return this.byLength.size === 0;
  }

  add(affix: string): void {
    const known = this.byLength.get(affix.length);
    if (known === undefined) this.byLength.set(affix.length, new Set([affix]));
    else known.add(affix);
  }

  has(cut: (length: number) => string | undefined): boolean {
    for (const [length, affixes] of this.byLength) {
      const affix = cut(length);
      if (affix !== undefined && affixes.has(affix)) return true;
    }
    return false;
  }
}

/** A name as text of one character for each byte. */
function bytesAsText(name: string): string {
  return /^[\0-\x5b\x5d-\x7f]*$/.test(name) ? name : byteText(encodeName(name));
}

/** The parts of a pattern, or what is wrong: {@link STRAY}, {@link UNMATCHED}, or the rest from the brackets whose range is none. */
function parseGlob(text: string): readonly GlobPart[] | string {
  const parts: GlobPart[] = [];
  // Behind a bracket without its end there is none for the others either.
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i] as string;
    if (character === '*') {
      if (parts.at(-1) !== MANY) parts.push(MANY);
    } else if (character === '?') parts.push(ANY);
    else if (character === '[') {
      // A bracket that comes first is one of the set.
      const end = text.indexOf(']', i + 2);
      if (end === -1) return UNMATCHED;
      const set = parseSet(text.slice(i + 1, end));
      if (set === undefined) return text.slice(i);
      parts.push(set);
      i = end;
    } else if (character === '\\') {
      i += 1;
      if (i === text.length) return STRAY;
      parts.push(text.charCodeAt(i));
    } else parts.push(text.charCodeAt(i));
  }
  return parts;
}

function parseSet(text: string): ReadonlySet<number> | undefined {
  const isInverted = text.startsWith('^') || text.startsWith('!');
  const set = new Set<number>();
  let i = isInverted ? 1 : 0;
  while (i < text.length) {
    const first = text.charCodeAt(i);
    const isRange = i + 2 < text.length && text[i + 1] === '-';
    const last = isRange ? text.charCodeAt(i + 2) : first;
    if (first > last) return undefined;
    for (let byte = first; byte <= last; byte += 1) set.add(byte);
    i += isRange ? 3 : 1;
  }
  if (!isInverted) return set;
  const inverted = new Set<number>();
  for (let byte = 0; byte < 256; byte += 1) if (!set.has(byte)) inverted.add(byte);
  return inverted;
}

/** Compares, going back to the last `*` where a name leaves the pattern: at most their lengths multiplied. */
function matchesParts(parts: readonly GlobPart[], text: string): boolean {
  let at = 0;
  let part = 0;
  let backAt = -1;
  let backPart = -1;
  while (at < text.length) {
    const expected = parts[part];
    if (expected === MANY) {
      backPart = part += 1;
      backAt = at;
    } else if (expected !== undefined && matchesPart(expected, text.charCodeAt(at))) {
      part += 1;
      at += 1;
    } else if (backPart !== -1) {
      part = backPart;
      at = backAt += 1;
    } else return false;
  }
  while (parts[part] === MANY) part += 1;
  return part === parts.length;
}

function matchesPart(part: GlobPart, byte: number): boolean {
  return typeof part === 'number' ? part === ANY || part === byte : part.has(byte);
}
