// Symbols that nothing defines, and who refers to them. What an object refers to by a relocation of a section that stays is
// certain; what only bitcode names may vanish when its code is generated.

import type { NameInterner } from '../name-interner.ts';
import type { Resolver } from '../resolution/resolver.ts';
import { BINDINGS, REFERENCES, STATES } from '../resolution/symbol-states.ts';
import { SYMBOL_FLAGS } from '../symbols/input-symbols.ts';
import type { LoadedInput } from './loaded-input.ts';

const S = STATES;
const R = REFERENCES;

/** A name that nothing defines although something that counts names it. */
export interface UndefinedSymbol {
  /** The number of the name. */
  readonly name: number;
  readonly text: string;
  /** ELF's number. */
  readonly visibility: number;
  /** Objects that name it, and the row in each. */
  readonly objects: { readonly input: number; readonly row: number }[];
  /** Bitcode that names it. */
  readonly bitcode: number[];
}

/**
 * Finds what is undefined and named by an object or bitcode, weak references left out. Costs a pass over all names, and one
 * over the symbols of the inputs that are linked where there is any.
 *
 * @param isDefinedLater - Names that the linker defines itself.
 */
export function findUndefinedSymbols(
  resolver: Resolver,
  inputs: readonly LoadedInput[],
  names: NameInterner,
  isDefinedLater: (name: string) => boolean,
): UndefinedSymbol[] {
  const found = new Map<number, UndefinedSymbol>();
  const { state, binding, references, visibility } = resolver.states;
  for (let name = 0; name < names.size; name += 1) {
    if (state[name] !== S.UNDEFINED || binding[name] === BINDINGS.WEAK) continue;
    if (((references[name] as number) & (R.OBJECT | R.BITCODE)) === 0) continue;
    const text = names.text(name);
    if (text === '' || isDefinedLater(text)) continue;
    found.set(name, { name, text, visibility: visibility[name] as number, objects: [], bitcode: [] });
  }
  if (found.size > 0) for (const input of resolver.taken) addReferences(found, resolver, inputs[input] as LoadedInput);
  return [...found.values()];
}

function addReferences(found: Map<number, UndefinedSymbol>, resolver: Resolver, input: LoadedInput): void {
  const { kind, number, symbols } = input;
  if (kind === 'shared-library') return;
  const { names, flags, length } = symbols;
  for (let row = 0; row < length; row += 1) {
    if (((flags[row] as number) & SYMBOL_FLAGS.DEFINED) !== 0 && !resolver.isDiscarded(number, row)) continue;
    const raw = names[row] as number;
    const symbol = raw < 0 ? undefined : found.get(resolver.plain(raw));
    if (symbol === undefined) continue;
    if (kind === 'object') symbol.objects.push({ input: number, row });
    else symbol.bitcode.push(number);
  }
}

/** What a shared library needs that nothing defines. */
export interface UndefinedInLibrary {
  readonly name: number;
  readonly library: LoadedInput;
}

/**
 * Finds the undefined symbols of shared libraries whose own needs are all on the line: of others the linker cannot tell.
 */
export function findUndefinedInLibraries(resolver: Resolver, inputs: readonly LoadedInput[]): UndefinedInLibrary[] {
  const libraries = resolver.taken.map((input) => inputs[input] as LoadedInput).filter(({ library }) => library);
  const sonames = new Set(libraries.map((input) => input.library?.soname ?? baseName(input.file)));
  const found: UndefinedInLibrary[] = [];
  const { state, binding } = resolver.states;
  for (const library of libraries) {
    if (library.library?.needed.every((name) => sonames.has(name)) !== true) continue;
    const { names, flags, length } = library.symbols;
    for (let row = 0; row < length; row += 1) {
      const name = names[row] as number;
      if (name < 0 || ((flags[row] as number) & (SYMBOL_FLAGS.DEFINED | SYMBOL_FLAGS.WEAK)) !== 0) continue;
      if (state[name] === S.UNDEFINED && binding[name] !== BINDINGS.WEAK) found.push({ name, library });
    }
  }
  return found;
}

function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}
