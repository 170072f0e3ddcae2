// Where the bytes of a bitstream come from: small streams are read whole, of large ones only the blocks that are asked
// for.

import type { ByteRange, ByteView, FormatError, FormatErrorCode, Location } from '../bytes/index.ts';
import { BitCursor, BlockReader } from './bitstream/index.ts';
import type { BitstreamContext, BlockHeader } from './bitstream/index.ts';

/** Streams up to this size are read in one read. */
const WHOLE_MAX = 256 * 1024;
/** Bytes that a read of headers takes of a larger stream: a run of small blocks shall not cost a read for each. */
const WINDOW = 4096;
/** Bytes that hold the longest header of a block: 2 bits of id, two VBR fields of 32 bits, padding, the length. */
const BLOCK_HEADER_MAX = 16;

/** The bytes of one bitstream, behind its wrapper. Offsets count from its magic. */
export class StreamBytes {
  private readonly range: ByteRange;
  private readonly isWhole: boolean;
  /** The whole stream where that is small, else what was read last to find headers. */
  private window: ByteView;
  private windowStart = 0;

  /** Reads the stream if it is small, else its beginning. */
  constructor(range: ByteRange) {
    this.range = range;
    this.isWhole = range.length <= WHOLE_MAX;
    this.window = range.view(0, this.isWhole ? range.length : WINDOW, 'bitcode');
  }

  /** Bytes in the stream. */
  get length(): number {
    return this.range.length;
  }

  /** The first bytes. Asked for before anything else. */
  get head(): Uint8Array {
    return this.window.bytes;
  }

  /** Makes a cursor over the header of a block. */
  cursorAtHeader(offset: number): BitCursor {
    const { length } = this.range;
    if (offset - this.windowStart > this.window.length - Math.min(BLOCK_HEADER_MAX, length - offset)) {
      this.window = this.range.view(offset, Math.min(WINDOW, length - offset), 'header of a block');
      this.windowStart = offset;
    }
    const words = Math.floor((this.window.length - offset + this.windowStart) / 4);
    return new BitCursor(this.window, this.windowStart / 4, offset / 4, words);
  }

  /**
   * Opens a block at the top of the stream: one read, unless the stream was read whole.
   *
   * @throws {@link FormatError} `limit-exceeded` if the block is longer than {@link Limits.blockBytes}.
   */
  open(header: BlockHeader, context: BitstreamContext): BlockReader {
    const { start, wordCount } = header;
    if (wordCount * 4 > context.limits.blockBytes) {
      const reason = `block ${header.id} has ${wordCount * 4} bytes, more than the limit of ${context.limits.blockBytes}`;
      throw this.error('limit-exceeded', reason, start * 4);
    }
    const cursor = this.isWhole
      ? new BitCursor(this.window, 0, start, wordCount)
      : new BitCursor(this.range.view(start * 4, wordCount * 4, `block ${header.id}`), start, start, wordCount);
    return BlockReader.open(context, cursor, header);
  }

  /** The place of a byte of the stream. */
  locationOf(offset: number): Location {
    return this.range.locationOf(offset);
  }

  /** Makes an error about a byte of the stream. */
  error(code: FormatErrorCode, reason: string, offset: number): FormatError {
    return this.range.error(code, reason, offset);
  }
}
