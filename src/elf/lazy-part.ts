// A part of a file that is read at first use. What is wrong with it is told whoever asks, again and again, without reading
// it anew: otherwise a table of a million symbols would read a damaged part a million times.

import { FormatError } from '../bytes/index.ts';

interface Outcome<T> {
  readonly value: T | undefined;
  readonly failure: FormatError | undefined;
}

/** A part that is read once, be it in vain. */
export class LazyPart<T> {
  private readonly read: () => T;
  private outcome: Outcome<T> | undefined;

  constructor(read: () => T) {
    this.read = read;
  }

  /**
   * The part.
   *
   * @throws {@link FormatError} if it is damaged, the same error each time.
   */
  get value(): T {
    const { value, failure } = (this.outcome ??= this.attempt());
    if (failure !== undefined) throw failure;
    return value as T;
  }

  /** Whether {@link value} gives the part instead of an error. */
  get isSound(): boolean {
    return (this.outcome ??= this.attempt()).failure === undefined;
  }

  private attempt(): Outcome<T> {
    try {
      return { value: this.read(), failure: undefined };
    } catch (error) {
      if (error instanceof FormatError) return { value: undefined, failure: error };
      throw error;
    }
  }
}
