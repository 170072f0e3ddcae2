// What is wrong with one file that a listing goes through.

import { FormatError } from '../../bytes/index.ts';

/** A file may have a fault in each of millions of sections. */
const REASONS_MAX = 100;

/** What is wrong with one file: damage, and what is left out for it. */
export class DamageList {
  private readonly listed: string[] = [];
  private unlisted = 0;

  /** For people, one sentence each; of very many the first ones, and how many others there are. */
  get reasons(): readonly string[] {
    if (this.unlisted === 0) return this.listed;
    return [...this.listed, `${this.unlisted} more faults are not listed`];
  }

  /** Runs one reading step; damage is listed, and the step has no result. */
  guard<T>(step: () => T): T | undefined {
    try {
      return step();
    } catch (error) {
      this.add(error);
      return undefined;
    }
  }

  /** Yields what a lazy reader yields, up to damage, which is listed. */
  *guarded<T>(items: () => Iterable<T>): Generator<T> {
    try {
      yield* items();
    } catch (error) {
      this.add(error);
    }
  }

  /** Lists what is wrong in words of its own. */
  tell(reason: string): void {
    if (this.listed.length < REASONS_MAX) this.listed.push(reason);
    else this.unlisted += 1;
  }

  /** Lists damage; throws what is none. */
  readonly add = (error: unknown): void => {
    if (!(error instanceof FormatError)) throw error;
    this.tell(`${error.reason} (at 0x${error.location.offset.toString(16)})`);
  };
}
