// Which bytes of an archive are held while its member headers are read.

import type { ByteRange, ByteView } from '../bytes/index.ts';
import { AR_FMAG, HEADER_LENGTH } from './layout.ts';
import { MemberHeader } from './member-header.ts';

// A thin archive is headers and names alone, and mostly smaller than this: then one read gets it all.
const THIN_WINDOW = 4 << 20;

/** Reads the headers of one archive. Holds one window of its bytes, so that memory does not grow with the archive. */
export class HeaderReader {
  private readonly input: ByteRange;
  private readonly windowLength: number;
  private window: ByteView | undefined;
  private windowOffset = 0;

  constructor(input: ByteRange, isThin: boolean) {
    this.input = input;
    // Between the headers of a regular archive stand the members, which whoever wants them reads by themselves.
    this.windowLength = isThin ? THIN_WINDOW : HEADER_LENGTH;
  }

  /**
   * Reads a header, without a read of the file if it lies in the window.
   *
   * @param offset - Of the header, from the start of the archive; at most its length.
   * @throws FormatError `truncated` if the archive ends within the header, `bad-value` if its terminator is wrong.
   */
  read(offset: number): MemberHeader {
    const remaining = this.input.length - offset;
    if (remaining < HEADER_LENGTH) {
      throw this.input.error(
        'truncated',
        `a member header needs ${HEADER_LENGTH} bytes but ${remaining} remain`,
        offset,
      );
    }
    const view = this.windowAt(offset);
    const start = offset - this.windowOffset;
    const header = new MemberHeader(offset, view, start);
    const terminator = start + AR_FMAG.offset;
    if (view.bytes[terminator] !== AR_FMAG.first || view.bytes[terminator + 1] !== AR_FMAG.second) {
      throw view.error(
        'bad-value',
        `the header of member '${header.rawName}' does not end with a backquote and a newline`,
        terminator,
      );
    }
    return header;
  }

  /** A part of the archive if it lies in the window. */
  held(offset: number, length: number, what: string): ByteView | undefined {
    const { window, windowOffset } = this;
    if (window === undefined || offset < windowOffset || offset + length > windowOffset + window.length)
      return undefined;
    return window.part(offset - windowOffset, length, what);
  }

  private windowAt(offset: number): ByteView {
    const { window, windowOffset } = this;
    if (window !== undefined && offset >= windowOffset && offset + HEADER_LENGTH <= windowOffset + window.length) {
      return window;
    }
    const length = Math.min(this.windowLength, this.input.length - offset);
    const view = this.input.view(offset, length, 'member headers');
    this.window = view;
    this.windowOffset = offset;
    return view;
  }
}
