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

/** What {@link findUndefinedSymbols} has to know of the link. */
export interface UndefinedOptions {
  /** Names that the linker defines itself. */
  readonly isDefinedLater: (name: string) => boolean;
  /** Names of `--wrap`. */
  readonly wrapped: readonly string[];
}

/**
 * Finds what is undefined and named by an object or bitcode, weak references left out. Costs a pass over all names, and one
 * over the symbols of the inputs that are linked where there is any.
 */
export function findUndefinedSymbols(
  resolver: Resolver,
  inputs: readonly LoadedInput[],
  names: NameInterner,
  { isDefinedLater, wrapped }: UndefinedOptions,
): UndefinedSymbol[] {
  const found = new Map<number, UndefinedSymbol>();
  const { state, binding, visibility } = resolver.states;
  const redirects = findRedirects(wrapped, resolver, names);
  const references = movedReferences(redirects, resolver);
  for (let name = 0; name < names.size; name += 1) {
    if (state[name] !== S.UNDEFINED || binding[name] === BINDINGS.WEAK) continue;
    const by = references.get(name) ?? resolver.states.references[name] ?? 0;
    if ((by & (R.OBJECT | R.BITCODE)) === 0) continue;
    const text = names.text(name);
    if (text === '' || isDefinedLater(text)) continue;
    found.set(name, { name, text, visibility: visibility[name] as number, objects: [], bitcode: [] });
  }
  if (found.size > 0) {
    for (const input of resolver.taken) addReferences(found, resolver, inputs[input] as LoadedInput, redirects);
  }
  return [...found.values()];
}

/** What references go to instead: those of a wrapped name to `__wrap_NAME`, those of `__real_NAME` to the name. */
function findRedirects(wrapped: readonly string[], resolver: Resolver, names: NameInterner): Map<number, number> {
  const redirects = new Map<number, number>();
  for (const text of wrapped) {
    const [name, wrap, real] = [text, `__wrap_${text}`, `__real_${text}`].map((part) => names.find(part));
    // A name that nothing knows is not wrapped.
    if (name === undefined || (resolver.states.state[name] ?? S.NONE) === S.NONE) continue;
    if (wrap !== undefined) redirects.set(name, wrap);
    if (real !== undefined) redirects.set(real, name);
  }
  return redirects;
}

/** Who names what the redirects are about, by the name that is named in the end. */
function movedReferences(redirects: ReadonlyMap<number, number>, { states }: Resolver): Map<number, number> {
  const moved = new Map<number, number>();
  for (const from of redirects.keys()) moved.set(from, 0);
  for (const to of redirects.values()) if (!redirects.has(to)) moved.set(to, states.references[to] as number);
  for (const [from, to] of redirects) moved.set(to, (moved.get(to) ?? 0) | (states.references[from] as number));
  return moved;
}

function addReferences(
  found: Map<number, UndefinedSymbol>,
  resolver: Resolver,
  input: LoadedInput,
  redirects: ReadonlyMap<number, number>,
): void {
  const { kind, number, symbols } = input;
  if (kind === 'shared-library') return;
  const { names, flags, length } = symbols;
  for (let row = 0; row < length; row += 1) {
    if (((flags[row] as number) & SYMBOL_FLAGS.DEFINED) !== 0 && !resolver.isDiscarded(number, row)) continue;
    const raw = names[row] as number;
    if (raw < 0) continue;
    const name = resolver.plain(raw);
    const symbol = found.get(redirects.get(name) ?? name);
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
