// The words of findings: numbers with their nouns, and what the linkers say, so that a search for a linker's message finds the finding. Taken from what ld.lld 13 to 22
// and GNU ld 2.40 print on broken inputs; where a linker's words are not known the prediction is absent.

import { printable } from '../bytes/index.ts';
import type { Linker } from '../link/index.ts';

/** What each family says, by lines; without the name of the program in front. */
interface Words {
  readonly lld?: string | readonly string[];
  readonly bfd?: string;
  readonly gold?: string;
}

const PROGRAMS = { lld: 'ld.lld', bfd: 'ld.bfd', gold: 'ld.gold' } as const;

/** The prediction as a part of a finding: empty where the linker's words are not known. */
export function predict(linker: Linker, words: Words): { predicts?: string } {
  if (linker.family === 'mold') return {};
  const said = words[linker.family];
  if (said === undefined) return {};
  // Names may hold line feeds; only those between the lines shall be left.
  const lines = (typeof said === 'string' ? [said] : said).map(printable);
  return { predicts: `${PROGRAMS[linker.family]}: ${lines.join('\n')}` };
}

/** A number and its noun, in the plural unless it is one. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${grouped(count)} ${count === 1 ? singular : plural}`;
}

/** A number with its thousands apart. Not by Intl, whose first use costs more than an audit. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
