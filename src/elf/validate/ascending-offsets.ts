// Offsets that are found one behind the other and asked for later. A Set would do for as many as it takes; a section may
// have more, since who makes the file chooses them.

/** A set of numbers that are added in ascending order. */
export class AscendingOffsets {
  private values = new Float64Array(16);
  private length = 0;

  /** Adds a number above all others. */
  add(value: number): void {
    if (this.length === this.values.length) {
      const old = this.values;
      this.values = new Float64Array(2 * old.length);
      this.values.set(old);
    }
    this.values[this.length] = value;
    this.length += 1;
  }

  /** Whether a number was added. A binary search. */
  has(value: number): boolean {
    const { values } = this;
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((values[middle] as number) < value) low = middle + 1;
      else high = middle;
    }
    return low < this.length && values[low] === value;
  }
}
