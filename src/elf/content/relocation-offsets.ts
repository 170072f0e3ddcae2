// Finds relocations by the offset that they apply to, whatever the order of the table. Arrays instead of a Map: a table may
// have more entries than a Map takes, and who makes the file chooses the keys.

import type { ElfRelocationTable } from '../relocation.ts';

/** The offsets of a relocation table, in order. Making it costs a pass over the table, and sorting where it has no order. */
export class RelocationOffsets {
  /** Ascending; rounded above 2^53, where no section ends. */
  private readonly offsets: Float64Array;
  /** The entries by offset, those of one offset in the order of the table; `undefined` if the table is in that order. */
  private readonly order: Uint32Array | undefined;

  constructor(table: ElfRelocationTable | undefined) {
    const count = table?.length ?? 0;
    const offsets = new Float64Array(count);
    let isAscending = true;
    for (let i = 0; table !== undefined && i < count; i += 1) {
      const offset = table.offsetHigh(i) * 2 ** 32 + table.offsetLow(i);
      offsets[i] = offset;
      if (i > 0 && offset < (offsets[i - 1] as number)) isAscending = false;
    }
    this.offsets = offsets;
    if (isAscending) return;
    this.order = Uint32Array.from(offsets, (_, i) => i).sort(
      (a, b) => (offsets[a] as number) - (offsets[b] as number) || a - b,
    );
    this.offsets = Float64Array.from(this.order, (entry) => offsets[entry] as number);
  }

  /** How many relocations there are. */
  get length(): number {
    return this.offsets.length;
  }

  /** The entry that stands first in the table, of those that apply at an offset; -1 if none does. */
  first(offset: number): number {
    return this.entryIfAt(this.countBelow(offset), offset);
  }

  /** The entry that stands last in the table, of those that apply at an offset; -1 if none does. */
  last(offset: number): number {
    // Offsets of words in a section are whole numbers.
    return this.entryIfAt(this.countBelow(offset + 1) - 1, offset);
  }

  private entryIfAt(position: number, offset: number): number {
    return this.offsets[position] === offset ? (this.order?.[position] ?? position) : -1;
  }

  private countBelow(offset: number): number {
    const { offsets } = this;
    let low = 0;
    let high = offsets.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((offsets[middle] as number) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
