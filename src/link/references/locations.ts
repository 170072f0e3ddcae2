// Places in an object in the words of ld.lld (InputSectionBase::getObjMsg and getSrcMsg), which 14 to 22 write alike: the source
// file, then the object with the symbol around the place, or the section and the offset. Left out: lines out of debugging
// information, which the linker tells where there is some; names are not demangled.

import { SPECIAL_SECTIONS, SYMBOL_TYPES } from '../../elf/index.ts';
import type { ElfFile, ElfSymbolTable } from '../../elf/index.ts';
import { lastAtMost } from './frame-entries.ts';
import { REFERENCES_SHOWN } from './find-references.ts';
import type { ReferencePlace } from './find-references.ts';
import { definingSection } from './reference-walk.ts';

const { SHN_UNDEF } = SPECIAL_SECTIONS.values;
const { STT_FILE } = SYMBOL_TYPES.values;

/** Bytes of a name that a message shows; names of C++ have thousands, and hostile files may share one of many megabytes. */
const NAME_MAX = 1 << 14;

/** Symbols around a place that are looked at: in real files they are few, as functions do not lie in each other. */
const NESTED_MAX = 1 << 12;

/** How a linker names an input. */
export interface InputLabel {
  /** The file as it was named, or the name of the member. */
  readonly name: string;
  /** The archive that it is a member of, as it was named. */
  readonly archive?: string | undefined;
}

/** A place in words. */
export interface LocationText {
  /** The source file that the object names (STT_FILE); `undefined` if it names none. */
  readonly source: string | undefined;
  /** Such as `main.o:(main)` or `main.o:(.text+0x5) in archive libx.a`. */
  readonly object: string;
}

/** The symbols with a size of one section, by the place where they begin. */
interface SectionSymbols {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** The largest end up to each. */
  readonly reach: readonly number[];
  readonly symbols: readonly number[];
}

/** Describes places of one object. Made once for an object; the first place costs a pass over its symbols. */
export class ObjectLocations {
  /** The object. */
  readonly elf: ElfFile;
  /** How the linker names it. */
  readonly label: InputLabel;
  /** Its symbols; `undefined` if it has none. */
  readonly symbols: ElfSymbolTable | undefined;
  private readonly isOverridden: (symbol: number) => boolean;
  private readonly sectionSymbols = new Map<number, SectionSymbols>();
  private rowsBySection: ReadonlyMap<number, readonly number[]> | undefined;
  private source: { readonly name: string | undefined } | undefined;

  /**
   * @param isOverridden - Whether the link has another definition of a global symbol: its place here has no name then.
   * @throws {@link FormatError} as `ElfFile.symbolTable`.
   */
  constructor(elf: ElfFile, label: InputLabel, isOverridden: (symbol: number) => boolean = () => false) {
    this.elf = elf;
    this.label = label;
    this.isOverridden = isOverridden;
    const table = elf.symbolTableIndex;
    this.symbols = table === undefined ? undefined : elf.symbolTable(table);
  }

  /**
   * Whether the object has lines of source in its debugging information, which the linker tells: `main.c:12 (/src/main.c:12)`
   * instead of `main.c`.
   */
  get hasSourceLines(): boolean {
    const { sections } = this.elf;
    for (let i = 1; i < sections.length; i += 1) {
      if (sections.nameStartsWith(i, '.debug_line') || sections.nameStartsWith(i, '.zdebug_line')) return true;
    }
    return false;
  }

  /** Describes a place: bytes from the start of a section. */
  at(section: number, offset: number): LocationText {
    const { name, archive } = this.label;
    const symbol = this.enclosingSymbol(section, offset);
    const inside = symbol ?? `${this.sectionName(section)}+0x${offset.toString(16).toUpperCase()}`;
    const object = `${name}:(${inside})${archive === undefined ? '' : ` in archive ${archive}`}`;
    return { source: this.sourceFile(), object };
  }

  /** The name of a symbol as messages show it. */
  symbolName(symbol: number): string {
    const { symbols } = this;
    return symbols?.hasName(symbol) === true ? symbols.briefName(symbol, NAME_MAX) : '';
  }

  /** The name of a section as messages show it. */
  sectionName(section: number): string {
    const { sections } = this.elf;
    return sections.hasName(section) ? sections.describeBriefly(section, NAME_MAX) : '';
  }

  /** Of several names of source files the last counts. */
  private sourceFile(): string | undefined {
    if (this.source !== undefined) return this.source.name;
    const { symbols } = this;
    let name: string | undefined;
    for (let i = Math.min(symbols?.localCount ?? 0, symbols?.length ?? 0) - 1; i > 0; i -= 1) {
      if (symbols?.type(i) !== STT_FILE) continue;
      name = this.symbolName(i);
      break;
    }
    this.source = { name: name === '' ? undefined : name };
    return this.source.name;
  }

  /** The name of the first symbol of the table whose bytes the place lies in. */
  private enclosingSymbol(section: number, offset: number): string | undefined {
    const { starts, ends, reach, symbols } = this.symbolsOf(section);
    let found: number | undefined;
    const last = lastAtMost(starts, offset);
    const end = Math.max(-1, last - NESTED_MAX);
    for (let i = last; i > end && (reach[i] as number) > offset; i -= 1) {
      const symbol = symbols[i] as number;
      if ((ends[i] as number) > offset && (found === undefined || symbol < found)) found = symbol;
    }
    return found === undefined ? undefined : this.symbolName(found);
  }

  private symbolsOf(section: number): SectionSymbols {
    let known = this.sectionSymbols.get(section);
    if (known !== undefined) return known;
    const { symbols } = this;
    const rows = (this.rowsBySection ??= this.readRows()).get(section) ?? [];
    const spans = rows.map((symbol) => {
      const start = (symbols?.valueHigh(symbol) ?? 0) * 2 ** 32 + (symbols?.valueLow(symbol) ?? 0);
      const size = (symbols?.sizeHigh(symbol) ?? 0) * 2 ** 32 + (symbols?.sizeLow(symbol) ?? 0);
      return { start, end: start + size, symbol };
    });
    spans.sort((a, b) => a.start - b.start);
    let furthest = 0;
    known = {
      starts: spans.map(({ start }) => start),
      ends: spans.map(({ end }) => end),
      reach: spans.map(({ end }) => (furthest = Math.max(furthest, end))),
      symbols: spans.map(({ symbol }) => symbol),
    };
    this.sectionSymbols.set(section, known);
    return known;
  }

  private readRows(): ReadonlyMap<number, readonly number[]> {
    const { symbols, isOverridden } = this;
    const rows = new Map<number, number[]>();
    if (symbols === undefined) return rows;
    for (let i = 1; i < symbols.length; i += 1) {
      if (symbols.rawSectionIndex(i) === SHN_UNDEF || (symbols.sizeLow(i) === 0 && symbols.sizeHigh(i) === 0)) continue;
      if (i >= symbols.localCount && isOverridden(i)) continue;
      const section = definingSection(this.elf, symbols, i);
      const known = rows.get(section);
      if (known === undefined) rows.set(section, [i]);
      else known.push(i);
    }
    return rows;
  }
}

/** The lines that tell where a symbol is referred to, without a line end at the last. */
export function describeReferences(locations: ObjectLocations, places: readonly ReferencePlace[]): string[] {
  return places.flatMap(({ section, offset }) => referenceLines(locations.at(section, offset)));
}

function referenceLines({ source, object }: LocationText): string[] {
  return source === undefined
    ? [`>>> referenced by ${object}`]
    : [`>>> referenced by ${source}`, `>>>               ${object}`];
}

/** The line for references that are not shown; none if all are. */
export function describeMoreReferences(count: number): string[] {
  return count > REFERENCES_SHOWN ? [`>>> referenced ${count - REFERENCES_SHOWN} more times`] : [];
}

/**
 * The lines that tell where a duplicate is defined.
 *
 * @param location - `undefined` for a symbol that is absolute here or in the other input, and for bitcode: the linker has no place
 *   then.
 */
export function describeDefinition(label: InputLabel, location: LocationText | undefined): string[] {
  if (location === undefined) return [`>>> defined in ${inputName(label)}`];
  const { source, object } = location;
  return source === undefined ? [`>>> defined at ${object}`] : [`>>> defined at ${source}`, `>>>            ${object}`];
}

/** An input as ld.lld names it by itself: a member in parentheses behind its archive. */
export function inputName({ name, archive }: InputLabel): string {
  return archive === undefined ? name : `${archive}(${name})`;
}
