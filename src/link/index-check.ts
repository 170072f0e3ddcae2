// Holds the symbol index of an archive against what the members define.
//
// Archivers write the rows in the order of the members and of their symbols, so that members and rows are gone through side by
// side, comparing bytes; only what does not agree is looked up by name.

import type { ArchiveFile, ArchiveMember, ArchiveSymbolIndex } from '../archive/index.ts';
import type { ByteRange } from '../bytes/index.ts';
import { endOfString, FormatError } from '../bytes/index.ts';
import type { DanglingEntry, IndexedName, IndexFacts, MemberPlace } from './archive-facts.ts';
import { eachIndexedSymbol, UP_TO_NUL } from './indexed-symbols.ts';
import type { InputFacts } from './input-facts.ts';
import type { NameInterner } from './name-interner.ts';

// Of GCC's objects for link-time optimisation: in the index if the archiver had no plugin, and else mostly too.
const GCC_MARKERS = new Set(['__gnu_lto_slim', '__gnu_lto_v1']);
const NOTHING = { entryCount: 0, missing: [], stale: [], dangling: [] } as const;

/** A name that stands in the members or in the index, and not in both. */
interface OddName {
  readonly name: number;
  readonly member: MemberPlace;
}

/** Checks one index while its archive is walked. */
export class IndexCheck {
  private readonly index: ArchiveSymbolIndex | undefined;
  private readonly state: IndexFacts['state'];
  private readonly names: NameInterner;
  private readonly lacking: OddName[] = [];
  private readonly stale: OddName[] = [];
  private readonly memberOffsets = new Set<number>();
  /** Rows that lead to members that were met. */
  private leading = 0;

  /**
   * Reads the index. Damage of it is no error here.
   *
   * @param isWanted - Whether it is looked at, or only for.
   */
  constructor(archive: ArchiveFile, names: NameInterner, isWanted: boolean) {
    this.names = names;
    let index: ArchiveSymbolIndex | undefined;
    let state: IndexFacts['state'] = 'absent';
    try {
      if (archive.hasSymbolIndex) {
        index = isWanted ? archive.symbolIndex() : undefined;
        state = isWanted ? 'read' : 'unread';
      }
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      state = 'damaged';
    }
    this.index = index;
    this.state = state;
  }

  /** Whether {@link add} looks at the bytes of members. */
  get needsContent(): boolean {
    return this.index !== undefined;
  }

  /**
   * Compares a member with its rows.
   *
   * @param content - Its bytes and what they are; `undefined` where they are not to be had. Then nothing is said of it.
   */
  add(member: ArchiveMember, content: { readonly range: ByteRange; readonly facts: InputFacts } | undefined): void {
    const { index } = this;
    if (index === undefined) return;
    const rows = index.entriesOfMember(member.headerOffset);
    this.memberOffsets.add(member.headerOffset);
    this.leading += rows.length;
    if (content === undefined || this.isPlain(rows, content.facts)) return;
    const unmatched: number[] = [];
    let next = 0;
    let told;
    try {
      told = eachIndexedSymbol(content.range, content.facts, (bytes, start, givenEnd) => {
        const row = rows[next];
        if (row !== undefined && isName(index, row, bytes, start, givenEnd)) {
          next += 1;
          return index.nameEnd(row) - index.nameStart(row);
        }
        const end = givenEnd === UP_TO_NUL ? endOfString(bytes, start) : givenEnd;
        // Archivers differ about names without characters.
        if (end > start) unmatched.push(this.names.intern(bytes, start, end));
        return end - start;
      });
    } catch (error) {
      if (error instanceof FormatError) return;
      throw error;
    }
    if (next === rows.length && unmatched.length === 0) return;
    // With a plugin archivers go by the intermediate code, without one by the native code.
    if (told !== 'told') return;
    this.compare(member, rows, next, unmatched);
  }

  /**
   * Whether the rows are the strong definitions of the member, of which the facts tell. Then it has no others: no archiver leaves
   * out the weak and common ones alone.
   */
  private isPlain(rows: Uint32Array, { definitions, lto }: InputFacts): boolean {
    const index = this.index as ArchiveSymbolIndex;
    const defined = definitions?.names;
    // Of GCC's slim objects the facts know the marker alone.
    if (defined?.length !== rows.length || lto === 'gcc-slim') return false;
    const { bytes } = index.strings;
    for (let i = 0; i < rows.length; i += 1) {
      const row = rows[i] as number;
      if (!this.names.isName(defined[i] as number, bytes, index.nameStart(row), index.nameEnd(row))) return false;
    }
    return true;
  }

  /** @param isComplete - Whether all members were met, so that other offsets are those of none. */
  finish(isComplete: boolean): IndexFacts {
    const { index, state } = this;
    if (index === undefined) return { state, ...NOTHING };
    const { lacking, stale, names } = this;
    const known = lacking.length === 0 ? undefined : this.namesOf(index);
    const text = ({ name, member }: OddName): IndexedName => ({ name: names.text(name), member });
    return {
      state,
      entryCount: index.length,
      missing: lacking.filter(({ name }) => known?.has(name) !== true).map(text),
      stale: stale.map(text),
      dangling: isComplete && this.leading < index.length ? this.dangling(index) : [],
    };
  }

  /** What of the rows that are left and of the symbols that are left is in both after all, in another order. */
  private compare(member: ArchiveMember, rows: Uint32Array, matched: number, unmatched: readonly number[]): void {
    const index = this.index as ArchiveSymbolIndex;
    const place = { name: member.name, offset: member.offset };
    const left = new Set<number>();
    for (const row of rows.subarray(matched)) {
      if (index.nameEnd(row) > index.nameStart(row)) left.add(this.nameOf(row));
    }
    const defined = new Set(unmatched);
    for (const name of defined) if (!left.has(name)) this.lacking.push({ name, member: place });
    // A row may be there twice.
    if (left.size > 0) for (const row of rows.subarray(0, matched)) defined.add(this.nameOf(row));
    for (const name of left) {
      if (!defined.has(name) && !this.isMarker(name)) this.stale.push({ name, member: place });
    }
  }

  private isMarker(name: number): boolean {
    return this.names.byteLength(name) <= 14 && GCC_MARKERS.has(this.names.text(name));
  }

  private nameOf(row: number): number {
    const index = this.index as ArchiveSymbolIndex;
    return this.names.intern(index.strings.bytes, index.nameStart(row), index.nameEnd(row));
  }

  private namesOf(index: ArchiveSymbolIndex): Set<number> {
    const names = new Set<number>();
    for (let row = 0; row < index.length; row += 1) names.add(this.nameOf(row));
    return names;
  }

  private dangling(index: ArchiveSymbolIndex): DanglingEntry[] {
    const entries: DanglingEntry[] = [];
    for (let row = 0; row < index.length; row += 1) {
      const memberOffset = index.memberOffset(row);
      if (!this.memberOffsets.has(memberOffset)) entries.push({ name: index.name(row), memberOffset });
    }
    return entries;
  }
}

function isName(index: ArchiveSymbolIndex, row: number, bytes: Uint8Array, start: number, end: number): boolean {
  const from = index.nameStart(row);
  const length = index.nameEnd(row) - from;
  if (end === UP_TO_NUL ? bytes[start + length] !== 0 : end - start !== length) return false;
  const names = index.strings.bytes;
  // Names of one namespace begin alike. The row has no NUL, so that the other name has none in front of its end either.
  for (let i = length - 1; i >= 0; i -= 1) if (names[from + i] !== bytes[start + i]) return false;
  return true;
}
