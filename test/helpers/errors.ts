import { expect } from 'vitest';
import { FormatError } from '../../src/bytes/index.ts';

/** Runs a step that must throw a {@link FormatError}, and gives the error. */
export function formatErrorOf(step: () => unknown): FormatError {
  try {
    step();
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
    return error as FormatError;
  }
  throw new Error('nothing was thrown');
}
