// Bytes of a file that were read ahead: runs that hold many sections each. An object may have a hundred thousand sections
// of a few entries; what is kept is the runs, and a section's own view is made when somebody asks for it.

import type { ByteRange, ByteView } from '../bytes/index.ts';

/** Parts that are at most so many bytes apart are read together. */
const GAP = 16 << 10;
/** Reading together stops at so many bytes. */
const RUN = 4 << 20;

/** Bytes that were read together. */
interface Run {
  /** Bytes from the start of the ELF file. */
  readonly start: number;
  readonly end: number;
  readonly view: ByteView;
}

/** The runs of one file. */
export class LoadedRuns {
  private readonly input: ByteRange;
  private readonly maxBytes: number;
  /** Ascending. */
  private readonly runs: Run[] = [];
  private lastFound: Run | undefined;

  /** @param maxBytes - Longer runs are not read ahead. */
  constructor(input: ByteRange, maxBytes: number) {
    this.input = input;
    this.maxBytes = maxBytes;
  }

  /**
   * Reads parts ahead, neighbours and parts that overlap together. What one run holds already is not read again,
   * as far as a look at one of them tells.
   *
   * @param starts - Where the parts start: bytes from the start of the ELF file.
   * @param ends - Where they end, by the same position; all lie within the file.
   */
  load(starts: readonly number[], ends: readonly number[]): void {
    const order = ascendingOrder(starts);
    let next = 0;
    while (next < order.length) {
      const start = starts[order[next] as number] as number;
      let end = ends[order[next] as number] as number;
      for (next += 1; next < order.length; next += 1) {
        const index = order[next] as number;
        const partStart = starts[index] as number;
        const partEnd = ends[index] as number;
        // A part that overlaps the run always joins it, whatever the length.
        if (partStart >= end && (partStart - end > GAP || partEnd - start > RUN)) break;
        end = Math.max(end, partEnd);
      }
      if (end - start > this.maxBytes || this.find(start, end) !== undefined) continue;
      this.runs.push({ start, end, view: this.input.view(start, end - start, 'a run of sections') });
    }
    this.runs.sort((a, b) => a.start - b.start);
  }

  /** The run that holds all of a part. */
  find(start: number, end: number): Run | undefined {
    // Who goes through the sections in order stays in a run for long.
    const { lastFound } = this;
    if (lastFound !== undefined && start >= lastFound.start && end <= lastFound.end) return lastFound;
    const { runs } = this;
    let low = 0;
    let high = runs.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((runs[middle] as Run).start <= start) low = middle + 1;
      else high = middle;
    }
    const run = runs[low - 1];
    if (run === undefined || end > run.end) return undefined;
    this.lastFound = run;
    return run;
  }
}

/** Positions by ascending start. Writers lay sections out in the order of their headers, nearly always. */
function ascendingOrder(starts: readonly number[]): readonly number[] {
  const order = starts.map((_, position) => position);
  const isAscending = starts.every((start, position) => position === 0 || start >= (starts[position - 1] as number));
  return isAscending ? order : order.sort((a, b) => (starts[a] as number) - (starts[b] as number));
}
