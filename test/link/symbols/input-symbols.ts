// The symbols of an input as text, for tests.

import { ByteRange } from '../../../src/bytes/index.ts';
import { NameInterner, readInputSymbols, SYMBOL_FLAGS, VISIBILITY_SHIFT } from '../../../src/link/index.ts';
import type { InputSymbols, ReadSymbols, ReadSymbolsOptions } from '../../../src/link/index.ts';

export interface Read extends ReadSymbols {
  readonly names: NameInterner;
}

export function readSymbols(bytes: Uint8Array, options?: ReadSymbolsOptions): Read {
  const names = new NameInterner();
  return { ...readInputSymbols(ByteRange.from(bytes), names, options), names };
}

const VISIBILITIES = ['', 'INTERNAL', 'HIDDEN', 'PROTECTED'] as const;

/** The flags of a row in words. */
function wordsOf(symbols: InputSymbols, row: number): string[] {
  const flags = symbols.flags[row] ?? 0;
  const words = Object.entries(SYMBOL_FLAGS).filter(([name, flag]) => name !== 'VISIBILITY' && (flags & flag) !== 0);
  const visibility = VISIBILITIES[(flags & SYMBOL_FLAGS.VISIBILITY) >> VISIBILITY_SHIFT] ?? '';
  return [...words.map(([name]) => name), ...(visibility === '' ? [] : [visibility])];
}

/** Each row as its name, its flags, and its group, value, size and alignment where it has them. */
export function rowsOf({ symbols, names }: Read): string[] {
  return Array.from(symbols.names, (name, row) => {
    const group = symbols.groupOf?.[row] ?? -1;
    const value = symbols.absolutes?.get(row);
    const common = symbols.commons?.get(row);
    return [
      name === -1 ? '-' : names.text(name),
      ...wordsOf(symbols, row),
      ...(group === -1 ? [] : [`in ${names.text(symbols.groups[group] ?? -1)}`]),
      ...(value === undefined ? [] : [`= ${value}`]),
      ...(common === undefined ? [] : [`${common.size} at ${common.alignment}`]),
    ].join(' ');
  });
}

/** The signatures of the groups. */
export function groupsOf({ symbols, names }: Read): string[] {
  return Array.from(symbols.groups, (group) => names.text(group));
}
