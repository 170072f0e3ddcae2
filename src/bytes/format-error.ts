// The three kinds of trouble: the input is damaged (FormatError), the caller erred (TypeError, RangeError of the
// language), we erred (InternalError).

/**
 * What is wrong with an input, as a closed set of codes. Codes are API; the sentences beside them are not.
 *
 * - `truncated`: the bytes end before the structure does.
 * - `bad-magic`: the input is not of the format asked for.
 * - `out-of-bounds`: an offset, size or index points outside what it may point into.
 * - `bad-value`: a field holds a value that the format does not allow.
 * - `unsupported`: legal, but not read by this library.
 * - `limit-exceeded`: more of something than {@link Limits} allows.
 */
export type FormatErrorCode =
  'truncated' | 'bad-magic' | 'out-of-bounds' | 'bad-value' | 'unsupported' | 'limit-exceeded';

/** Where in an input a problem was found. */
export interface Location {
  /** The file as the caller named it, then each container entry inside it. */
  readonly path: readonly string[];
  /** Bytes from the start of the file that holds the bytes: for a member of a regular archive the archive file. */
  readonly offset: number;
  /** Bits from the start of the bitstream (behind a wrapper); only for bitcode. */
  readonly bitOffset?: number;
}

/**
 * An input is damaged. The only error that leaves a reader because of the bytes that it reads.
 *
 * @example
 * try {
 *   openElf(bytes);
 * } catch (error) {
 *   if (error instanceof FormatError && error.code === 'truncated') console.error(error.message);
 *   else throw error;
 * }
 */
export class FormatError extends Error {
  override readonly name = 'FormatError';
  /** What kind of damage it is. */
  readonly code: FormatErrorCode;
  /** Where it is. */
  readonly location: Location;
  /** The sentence of the message, without the location. */
  readonly reason: string;

  /**
   * @param code - Kind of damage.
   * @param reason - What was expected and what was found; no location, no final stop.
   * @param location - Place of the damage.
   * @param options - `cause`, when this error wraps another.
   */
  constructor(code: FormatErrorCode, reason: string, location: Location, options?: ErrorOptions) {
    super(`${location.path.join(' > ')} at 0x${location.offset.toString(16)}: ${reason}`, options);
    this.code = code;
    this.reason = reason;
    this.location = location;
  }
}

/** The library contradicts itself. Never the fault of an input. */
export class InternalError extends Error {
  override readonly name = 'InternalError';

  /** @param what - The expectation that did not hold. */
  constructor(what: string, options?: ErrorOptions) {
    super(`${what} (this is a bug in ltoscope, please report it with the command line and the input)`, options);
  }
}
