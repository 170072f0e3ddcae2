// The symbol index of an archive, whatever its dialect: which names lead to which members. How the dialects store it is
// the matter of symbol-index-layouts.ts.
//
// It is what the archiver wrote, not what the members define: it may be absent, incomplete or stale. Linkers differ in
// whether they follow it (lld from 16 on does not).

import { decodeName, encodeName } from '../bytes/index.ts';
import type { ByteView } from '../bytes/index.ts';

/** The rows of an index, decoded out of the layout of its dialect. All arrays have the same length. */
export interface SymbolIndexColumns {
  /** Bytes that hold all the names. */
  readonly strings: ByteView;
  /** First byte of each name in `strings`. */
  readonly starts: Uint32Array;
  /** Byte after the last one of each name: its NUL. */
  readonly ends: Uint32Array;
  /** Offset of each member header from the start of the archive. */
  readonly memberOffsets: Float64Array;
}

/** The symbol index of an archive, as columns over one block. Rows keep the order of the file. */
export class ArchiveSymbolIndex {
  /** Number of entries. */
  readonly length: number;
  /** The bytes that {@link nameStart} and {@link nameEnd} count in, not copied. */
  readonly strings: ByteView;
  private readonly columns: SymbolIndexColumns;
  /** The entries by the bytes of their names. */
  private sorted: Uint32Array | undefined;
  /** The entries by the offsets of their members. */
  private byMember: Uint32Array | undefined;

  /** @internal */
  constructor(columns: SymbolIndexColumns) {
    this.length = columns.memberOffsets.length;
    this.strings = columns.strings;
    this.columns = columns;
  }

  /** Name of an entry as text that differs where the bytes differ. */
  name(entry: number): string {
    return decodeName(this.strings.bytes, this.nameStart(entry), this.nameEnd(entry));
  }

  /** First byte of an entry's name, from the start of {@link strings}. */
  nameStart(entry: number): number {
    return this.checked(this.columns.starts[entry], entry);
  }

  /** Byte after the last one of an entry's name, its NUL, from the start of {@link strings}. */
  nameEnd(entry: number): number {
    return this.checked(this.columns.ends[entry], entry);
  }

  /**
   * Header offset of the member that an entry names, from the start of the archive, as stored: whether a member is
   * there `ArchiveFile.memberAt` finds out. 0, where none is, for an entry of a COFF archive that names no offset.
   */
  memberOffset(entry: number): number {
    return this.checked(this.columns.memberOffsets[entry], entry);
  }

  /**
   * Finds the entries of a name: several where several members define it, such as weakly.
   *
   * The first call sorts the names, which takes about a second for a million of them; the others search.
   *
   * @param name - The text of {@link ArchiveSymbolIndex.name | name}, or the bytes of the name.
   * @returns Numbers of entries, ascending; empty where there is none.
   */
  entriesOf(name: string | Uint8Array): number[] {
    const wanted = typeof name === 'string' ? encodeName(name) : name;
    const sorted = (this.sorted ??= this.sort());
    const entries: number[] = [];
    for (let i = this.lowerBound(sorted, wanted); i < sorted.length; i += 1) {
      const entry = sorted[i] as number;
      if (this.compare(entry, wanted) !== 0) break;
      entries.push(entry);
    }
    return entries;
  }

  /**
   * Finds the entries of a member.
   *
   * The first call puts the entries in the order of the members, in which archivers mostly wrote them; the others search.
   *
   * @param headerOffset - Offset of the member's header from the start of the archive.
   * @returns Numbers of entries, ascending; empty where the index has none. Not a copy.
   */
  entriesOfMember(headerOffset: number): Uint32Array {
    const { memberOffsets } = this.columns;
    const order = (this.byMember ??= orderOf(memberOffsets));
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((memberOffsets[order[middle] as number] as number) < headerOffset) low = middle + 1;
      else high = middle;
    }
    let end = low;
    while (end < order.length && memberOffsets[order[end] as number] === headerOffset) end += 1;
    return order.subarray(low, end);
  }

  private sort(): Uint32Array {
    const { bytes } = this.strings;
    const { starts, ends } = this.columns;
    return entryNumbers(this.length).sort(
      (a, b) =>
        compareBytes(bytes, starts[a] as number, ends[a] as number, bytes, starts[b] as number, ends[b] as number) ||
        a - b,
    );
  }

  private lowerBound(sorted: Uint32Array, wanted: Uint8Array): number {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.compare(sorted[middle] as number, wanted) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private compare(entry: number, wanted: Uint8Array): number {
    const { starts, ends } = this.columns;
    const { bytes } = this.strings;
    return compareBytes(bytes, starts[entry] as number, ends[entry] as number, wanted, 0, wanted.length);
  }

  private checked(value: number | undefined, entry: number): number {
    if (value !== undefined) return value;
    throw new RangeError(`entry ${entry} of a symbol index of ${this.length}`);
  }
}

function entryNumbers(length: number): Uint32Array {
  const numbers = new Uint32Array(length);
  for (let i = 0; i < length; i += 1) numbers[i] = i;
  return numbers;
}

function orderOf(memberOffsets: Float64Array): Uint32Array {
  const order = entryNumbers(memberOffsets.length);
  for (let i = 1; i < order.length; i += 1) {
    if ((memberOffsets[i - 1] as number) <= (memberOffsets[i] as number)) continue;
    return order.sort((a, b) => (memberOffsets[a] as number) - (memberOffsets[b] as number) || a - b);
  }
  return order;
}

function compareBytes(
  a: Uint8Array,
  aStart: number,
  aEnd: number,
  b: Uint8Array,
  bStart: number,
  bEnd: number,
): number {
  const length = Math.min(aEnd - aStart, bEnd - bStart);
  for (let i = 0; i < length; i += 1) {
    const difference = (a[aStart + i] as number) - (b[bStart + i] as number);
    if (difference !== 0) return difference;
  }
  return aEnd - aStart - (bEnd - bStart);
}
