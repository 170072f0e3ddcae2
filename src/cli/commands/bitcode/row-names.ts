// The names that the rows of one module repeat. In a hostile file a million of them share one long run of bytes.

/** Characters of names in all rows of a module. An honest one has some millions. */
const CHARACTERS_MAX = 1 << 28;
/** Characters of names in one row, which becomes one text. */
const ROW_CHARACTERS_MAX = 1 << 24;

/** Gives names as long as they are not too long together, then the numbers of their values. */
export class RowNames {
  private left = CHARACTERS_MAX;
  private leftInRow = ROW_CHARACTERS_MAX;

  /** Begins another row. */
  startRow(): void {
    this.leftInRow = ROW_CHARACTERS_MAX;
  }

  /**
   * The name of a value.
   *
   * @param read - Decodes it.
   */
  of(valueId: number, read: () => string): string {
    if (this.left < 0 || this.leftInRow < 0) return `value ${valueId}`;
    const name = read();
    this.left -= name.length;
    this.leftInRow -= name.length;
    return name;
  }
}
