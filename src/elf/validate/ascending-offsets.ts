// Offsets that are found one behind the other and asked for later. A Set would do for as many as it takes; a section may
// have more, since who makes the file chooses them.

/** Numbers that are added in ascending order, each with a mark of 16 bits. */
export class AscendingOffsets {
  private values = new Float64Array(16);
  private marks = new Uint16Array(16);
  private length = 0;

  /** Adds a number above all others. */
  add(value: number, mark: number): void {
    if (this.length === this.values.length) {
      const { values, marks } = this;
      this.values = new Float64Array(2 * values.length);
      this.values.set(values);
      this.marks = new Uint16Array(2 * marks.length);
      this.marks.set(marks);
    }
    this.values[this.length] = value;
    this.marks[this.length] = mark;
    this.length += 1;
  }

  /** The mark of a number; `undefined` where it was not added. A binary search. */
  find(value: number): number | undefined {
    const { values } = this;
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((values[middle] as number) < value) low = middle + 1;
      else high = middle;
    }
    return low < this.length && values[low] === value ? this.marks[low] : undefined;
  }
}
