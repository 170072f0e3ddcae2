// Names that two inputs define strongly, found after all inputs are read (postParse in lld/ELF/InputFiles.cpp since LLVM 15;
// lld 14 reports the same while it reads).

import type { ResolvableInput, Resolver } from './resolver.ts';
import { NO_INPUT, STATES } from './symbol-states.ts';
import { SYMBOL_FLAGS } from '../symbols/input-symbols.ts';

const F = SYMBOL_FLAGS;

/** A definition too many. */
export interface DuplicateSymbol {
  /** The number of the name. */
  readonly name: number;
  /** The input whose definition stays, and its row. */
  readonly kept: { readonly input: number; readonly row: number };
  /** The other. */
  readonly other: { readonly input: number; readonly row: number };
}

/**
 * Finds the duplicates, in the order in which the inputs were parsed. Costs a pass over all their symbols.
 *
 * @param major - Version of lld: two absolute symbols of value 0 are one since 15.
 */
export function* findDuplicateSymbols(resolver: Resolver, major: number): Generator<DuplicateSymbol> {
  const { states } = resolver;
  for (const input of resolver.taken) {
    const { kind, symbols } = resolver.inputs[input] as ResolvableInput;
    if (kind === 'shared-library') continue;
    const { names, flags, length } = symbols;
    for (let row = 0; row < length; row += 1) {
      const raw = names[row] as number;
      if (raw < 0 || ((flags[row] as number) & (F.DEFINED | F.WEAK | F.COMMON)) !== F.DEFINED) continue;
      const name = resolver.plain(raw);
      const keeper = states.input[name] as number;
      const kept = states.row[name] as number;
      if (states.state[name] !== STATES.DEFINED || (keeper === input && kept === row) || keeper === NO_INPUT) continue;
      // The second definition of a name in one object is that of a versioned name, which is not looked at.
      if (keeper === input) continue;
      if (((flags[row] as number) & F.EXCLUDED) !== 0 || resolver.isDiscarded(input, row)) continue;
      if (resolver.isDiscarded(keeper, kept)) continue;
      if (isSameAbsolute(resolver, { input, row }, { input: keeper, row: kept }, major)) continue;
      yield { name, kept: { input: keeper, row: kept }, other: { input, row } };
    }
  }
}

interface Definition {
  readonly input: number;
  readonly row: number;
}

/** Two absolute symbols of one value are let be, as by GNU ld; from lld 15 on not if it is 0. */
function isSameAbsolute(resolver: Resolver, a: Definition, b: Definition, major: number): boolean {
  const value = absoluteOf(resolver, a);
  return value !== undefined && value === absoluteOf(resolver, b) && (value !== 0n || major < 15);
}

function absoluteOf(resolver: Resolver, { input, row }: Definition): bigint | undefined {
  const symbols = resolver.inputs[input]?.symbols;
  if (((symbols?.flags[row] ?? 0) & F.ABSOLUTE) === 0) return undefined;
  return symbols?.absolutes?.get(row) ?? 0n;
}
