// Who refers to a symbol of an object: asked of the file again when a linker has to complain. What counts as a reference tells
// reference-walk.ts.

import { ELF_TYPES } from '../../elf/index.ts';
import type { ElfFile } from '../../elf/index.ts';
import { definingSection, visitReferences } from './reference-walk.ts';
import type { ReferenceScope } from './reference-walk.ts';

const { ET_REL } = ELF_TYPES.values;

/** How many references to one symbol ld.lld shows; of the others it tells the number. */
export const REFERENCES_SHOWN = 3;

/** A place in an object that refers to a symbol. */
export interface ReferencePlace {
  /** Number of the section. */
  readonly section: number;
  /** `r_offset`: bytes from the start of the section. Rounded above 2^53. */
  readonly offset: number;
}

/** The references to one symbol. */
export interface SymbolReferences {
  /** The first ones in the order of the linker, at most {@link REFERENCES_SHOWN}. */
  readonly places: readonly ReferencePlace[];
  /** How many there are in all. */
  readonly count: number;
}

/**
 * Tells which symbols of an object are referred to by a relocation that a linker follows. A symbol that is undefined and that none
 * refers to is no error. Costs a pass over the relocations of allocated sections.
 *
 * @returns By number in the symbol table 1 for those that are.
 */
export function usedSymbols(elf: ElfFile, scope: ReferenceScope): Uint8Array {
  const table = elf.header.type === ET_REL ? elf.symbolTableIndex : undefined;
  const length = table === undefined ? 0 : Math.floor(elf.sections.size(table) / elf.layout.symbolSize);
  // A table that claims to be longer than the file is not read.
  const used = new Uint8Array(length <= elf.input.length ? length : 0);
  visitReferences(elf, scope, (symbol) => {
    used[symbol] = 1;
  });
  return used;
}

interface Found {
  readonly places: ReferencePlace[];
  count: number;
}

/**
 * Finds the references to symbols of an object. Costs a pass over the relocations of allocated sections, however many symbols are
 * asked for.
 *
 * @param symbols - Numbers in the symbol table.
 * @param isCounted - Whether a reference of this section to this symbol counts; all do unless given.
 * @returns By symbol, in the order of the first reference to each. Symbols that nothing refers to are left out.
 */
export function findReferences(
  elf: ElfFile,
  symbols: ReadonlySet<number>,
  scope: ReferenceScope,
  isCounted?: (section: number, symbol: number) => boolean,
): ReadonlyMap<number, SymbolReferences> {
  const found = new Map<number, Found>();
  visitReferences(elf, scope, (symbol, section, relocations, i) => {
    if (!symbols.has(symbol) || isCounted?.(section, symbol) === false) return;
    let references = found.get(symbol);
    if (references === undefined) found.set(symbol, (references = { places: [], count: 0 }));
    references.count += 1;
    if (references.places.length >= REFERENCES_SHOWN) return;
    const offset = relocations.offsetHigh(i) * 2 ** 32 + relocations.offsetLow(i);
    references.places.push({ section, offset });
  });
  return found;
}

/** A symbol that a reference in the link finds in a section that is not. */
export interface DiscardedReference {
  /** Number in the symbol table. */
  readonly symbol: number;
  /** The section that it is defined in. */
  readonly section: number;
  readonly references: SymbolReferences;
}

/**
 * Finds the references from sections in the link to symbols that are defined in sections of the same object that are not. Compilers
 * put what refers to a group into it; assembly, and files that were damaged by `ld -r`, may not.
 *
 * @param isFoundElsewhere - Whether a global symbol has a definition in the link, in another input: then the references go there.
 * @returns In the order of the first reference to each symbol.
 */
export function findDiscardedReferences(
  elf: ElfFile,
  scope: ReferenceScope,
  isFoundElsewhere: (symbol: number) => boolean,
): DiscardedReference[] {
  const table = elf.header.type === ET_REL ? elf.symbolTableIndex : undefined;
  if (table === undefined) return [];
  const sectionOf = new Map<number, number>();
  scope.faults.guard(undefined, () => {
    const symbols = elf.symbolTable(table);
    for (let i = 1; i < symbols.length; i += 1) {
      const section = definingSection(elf, symbols, i);
      if (section === 0 || !scope.isLeftOut(section)) continue;
      if (i < symbols.localCount || !isFoundElsewhere(i)) sectionOf.set(i, section);
    }
  });
  if (sectionOf.size === 0) return [];
  const found = findReferences(elf, new Set(sectionOf.keys()), scope, (section) => !isTolerated(elf, section));
  return Array.from(found, ([symbol, references]) => ({ symbol, section: sectionOf.get(symbol) ?? 0, references }));
}

/**
 * Sections of PowerPC, of which there is one for all functions of an object, groups or not: what they refer to in a group that is
 * left out is never used.
 */
function isTolerated({ sections }: ElfFile, section: number): boolean {
  if (!sections.nameStartsWith(section, '.toc') && !sections.nameStartsWith(section, '.got2')) return false;
  const name = sections.name(section);
  return name === '.toc' || name === '.got2';
}
