// What to do about a damaged element of a section that is read element by element: the others stay readable.

import { FormatError } from '../../bytes/index.ts';

/** Options of readers that go through many elements. */
export interface ContentOptions {
  /**
   * Is told what is wrong with an element, which is then passed over. Without it the error is thrown, and ends the
   * iteration.
   */
  readonly onDamage?: (error: FormatError) => void;
}

/**
 * Takes a step, and passes on what is wrong with the input where somebody wants to know it.
 *
 * @returns What the step gave; `undefined` if its part of the input is damaged.
 * @throws {@link FormatError} of the step, without `onDamage`.
 */
export function unlessDamaged<T>(options: ContentOptions, step: () => T): T | undefined {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof FormatError) || options.onDamage === undefined) throw error;
    options.onDamage(error);
    return undefined;
  }
}
