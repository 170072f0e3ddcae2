// ByteRange is a bounded part of a ByteSource that has not been read yet: a whole file, or a member of a regular archive.
// Format readers open a ByteRange and read ByteViews out of it, by table.

import { memorySource } from './byte-source.ts';
import type { ByteSource } from './byte-source.ts';
import { ByteView } from './byte-view.ts';
import { FormatError } from './format-error.ts';
import type { FormatErrorCode, Location } from './format-error.ts';

/** What readers accept: a range, a source, or bytes in memory (a Node `Buffer` is one). */
export type ByteInput = ByteRange | ByteSource | Uint8Array;

/** Ranges up to this size are read whole. Measured over objects and archives of 1 kB to 2 MB. */
const WHOLE_MAX = 128 << 10;

/** A source whose reads lie one after the other in memory that was given, as long as that suffices. */
class ScratchSource implements ByteSource {
  private readonly source: ByteSource;
  private readonly scratch: Uint8Array;
  private used = 0;

  constructor(source: ByteSource, scratch: Uint8Array) {
    this.source = source;
    this.scratch = scratch;
  }

  get size(): number {
    return this.source.size;
  }

  read(offset: number, length: number): Uint8Array {
    const { source, scratch, used } = this;
    if (source.readInto === undefined || length > scratch.length - used) return source.read(offset, length);
    this.used = used + length;
    const target = scratch.subarray(used, this.used);
    return target.subarray(0, source.readInto(offset, target));
  }
}

/** A bounded, unread part of a file. */
export class ByteRange {
  private readonly source: ByteSource;
  /** Offset of the first byte of the range in the file that holds it. */
  readonly base: number;
  /** Bytes in the range. */
  readonly length: number;
  /** The file as the caller named it, then each container entry. */
  readonly path: readonly string[];

  private constructor(source: ByteSource, base: number, length: number, path: readonly string[]) {
    this.source = source;
    this.base = base;
    this.length = length;
    this.path = path;
  }

  /** The whole of a source, under the name that messages shall use. */
  static ofSource(source: ByteSource, path: readonly string[]): ByteRange {
    return new ByteRange(source, 0, source.size, path);
  }

  /**
   * Makes any accepted input a range; a range stays itself.
   *
   * @throws TypeError if `input` is none of the accepted kinds.
   */
  static from(input: ByteInput, name = '<memory>'): ByteRange {
    if (input instanceof ByteRange) return input;
    if (input instanceof Uint8Array) return ByteRange.ofSource(memorySource(input), [name]);
    const source: unknown = input;
    if (typeof source !== 'object' || source === null || !('read' in source) || !('size' in source)) {
      throw new TypeError('expected a Uint8Array, a ByteSource or a ByteRange');
    }
    return ByteRange.ofSource(input, [name]);
  }

  /**
   * Reads a part into memory: one read of the source.
   *
   * @param offset - First byte, from the start of this range.
   * @param length - Bytes.
   * @param what - Name of the part for the message.
   * @throws {@link FormatError} `out-of-bounds` if the part does not lie within this range, `truncated` if the file became
   *   shorter while it was read.
   */
  view(offset: number, length: number, what: string): ByteView {
    this.check(offset, length, what);
    const start = this.base + offset;
    const bytes = this.source.read(start, length);
    if (bytes.length !== length) throw shrunk(length, bytes.length, this.locationOf(offset));
    return new ByteView(bytes, start, this.path);
  }

  /**
   * Narrows the range without reading.
   *
   * @param entry - Name of the container entry that the part is, appended to the path; absent for a plain part.
   * @throws {@link FormatError} `out-of-bounds` if the part does not lie within this range.
   */
  part(offset: number, length: number, what: string, entry?: string): ByteRange {
    this.check(offset, length, what);
    const path = entry === undefined ? this.path : [...this.path, entry];
    return new ByteRange(this.source, this.base + offset, length, path);
  }

  /**
   * Makes a range that reads into memory of the caller: for consumers of many inputs one after the other, which would
   * else allocate for each. A small range is read at once, whole: one call costs more than copying it. Of a larger one each
   * part is read when it is asked for, and allocates only where the memory is used up.
   *
   * @param scratch - Memory that is used again; the range that comes back, and all views of it, are valid until then. Its
   *   parts share what is left of the memory. A source that cannot read into memory leaves the range as it is.
   * @throws {@link FormatError} `truncated` if the file became shorter.
   */
  loadInto(scratch: Uint8Array): ByteRange {
    const { source, base, length, path } = this;
    if (source.readInto === undefined) return this;
    if (length > Math.min(WHOLE_MAX, scratch.length)) {
      return new ByteRange(new ScratchSource(source, scratch), base, length, path);
    }
    const bytes = scratch.subarray(0, length);
    const read = source.readInto(base, bytes);
    if (read !== length) throw shrunk(length, read, this.locationOf(0));
    return new ByteRange(
      { size: source.size, read: (offset, size) => bytes.subarray(offset - base, offset - base + size) },
      base,
      length,
      path,
    );
  }

  /** The place of a byte of this range. */
  locationOf(offset: number): Location {
    return { path: this.path, offset: this.base + offset };
  }

  /** Makes an error about a byte of this range. */
  error(code: FormatErrorCode, reason: string, offset: number, options?: ErrorOptions): FormatError {
    return new FormatError(code, reason, this.locationOf(offset), options);
  }

  private check(offset: number, length: number, what: string): void {
    if (offset >= 0 && length >= 0 && offset <= this.length && length <= this.length - offset) return;
    throw this.error(
      'out-of-bounds',
      `${what} needs ${length} bytes at 0x${offset.toString(16)} but ${Math.max(0, this.length - offset)} remain`,
      Math.min(offset, this.length),
    );
  }
}

function shrunk(expected: number, found: number, location: Location): FormatError {
  const reason = `${expected} bytes were expected but ${found} could be read: the file became shorter, or the disk failed`;
  return new FormatError('truncated', reason, location);
}
