// The fields of one 60-byte member header. What the name and size mean for the archive around it is the matter of
// archive-file.ts.

import { decodeName } from '../bytes/index.ts';
import type { ByteView } from '../bytes/index.ts';
import { AR_NAME, BSD_NAME_PREFIX, NUMBER_FIELDS } from './layout.ts';
import type { NumberField } from './layout.ts';
import { digits, endOfDigits, readFilledField, readNumberField } from './number-field.ts';

const BLANK = 0x20;
const SLASH = 0x2f;
const COLON = 0x3a;
const ZERO = 0x30;

/** A reference to the extended name table: `/123`, or `/123:456` in thin archives of GNU ar. */
export interface NameReference {
  /** Bytes from the start of the extended name table. */
  readonly nameOffset: number;
  /** The second number, where there is one. */
  readonly nestedOffset: number | undefined;
}

/** A member header, as a window of bytes that were read before. */
export class MemberHeader {
  /** Of the header, in bytes from the start of the archive. */
  readonly offset: number;
  private readonly view: ByteView;
  private readonly start: number;

  /**
   * @param offset - Of the header, from the start of the archive.
   * @param view - Bytes that hold the whole header.
   * @param start - Where it begins in them.
   */
  constructor(offset: number, view: ByteView, start: number) {
    this.offset = offset;
    this.view = view;
    this.start = start;
  }

  /** `ar_name` without the blanks at its end. */
  get rawName(): string {
    return decodeName(this.view.bytes, this.start, this.rawNameEnd);
  }

  /** The name that stands in `ar_name` itself: up to its first slash (LLVM and BFD), or without final blanks. */
  get inlineName(): string {
    const { bytes } = this.view;
    const end = this.rawNameEnd;
    let slash = this.start;
    while (slash < end && bytes[slash] !== SLASH) slash += 1;
    return decodeName(bytes, this.start, slash);
  }

  /** Whether `ar_name` begins with a slash, as those of special members and of references to the name table do. */
  get beginsWithSlash(): boolean {
    return this.view.bytes[this.start] === SLASH;
  }

  /**
   * `ar_name` up to its first blank if it begins with a slash and is no reference to the name table: so special members
   * are called. `undefined` for others.
   */
  get specialName(): string | undefined {
    const second = this.view.bytes[this.start + 1] as number;
    if (!this.beginsWithSlash || (second >= ZERO && second < ZERO + 10)) return undefined;
    const name = this.rawName;
    const blank = name.indexOf(' ');
    return blank === -1 ? name : name.slice(0, blank);
  }

  /**
   * `ar_name` up to its first blank as a reference to the extended name table; `undefined` if it is none. Behind the
   * blank GNU ar leaves the last slash of a name of 15 bytes in place when it writes the reference over it.
   */
  get nameReference(): NameReference | undefined {
    const { bytes } = this.view;
    const end = this.start + AR_NAME.length;
    const first = this.start + 1;
    const firstEnd = endOfDigits(bytes, first, end, 10);
    if (firstEnd === first) return undefined;
    const nameOffset = digits(bytes, first, firstEnd, 10);
    if (firstEnd === end || bytes[firstEnd] === BLANK) return { nameOffset, nestedOffset: undefined };
    const second = firstEnd + 1;
    const secondEnd = endOfDigits(bytes, second, end, 10);
    if (bytes[firstEnd] !== COLON || secondEnd === second) return undefined;
    if (secondEnd !== end && bytes[secondEnd] !== BLANK) return undefined;
    return { nameOffset, nestedOffset: digits(bytes, second, secondEnd, 10) };
  }

  /** The value of `ar_size`; `undefined` unless it is digits, one at least, and blanks behind them. */
  get size(): number | undefined {
    return readFilledField(this.view.bytes, this.start, NUMBER_FIELDS.ar_size);
  }

  /** The value of a number field, 0 if it is all blank; `undefined` unless it is digits and blanks behind them. */
  number(field: NumberField): number | undefined {
    return readNumberField(this.view.bytes, this.start, field);
  }

  /** Whether `ar_name` is `#1/` and a length: the name stands in front of the data. */
  get hasBsdName(): boolean {
    const { bytes } = this.view;
    for (let i = 0; i < BSD_NAME_PREFIX.length; i += 1) {
      if (bytes[this.start + i] !== BSD_NAME_PREFIX.charCodeAt(i)) return false;
    }
    return true;
  }

  /** The bytes of the name in front of the data, if {@link hasBsdName}; `undefined` unless they are digits. */
  get bsdNameLength(): number | undefined {
    const offset = BSD_NAME_PREFIX.length;
    return readFilledField(this.view.bytes, this.start, { offset, length: AR_NAME.length - offset, radix: 10 });
  }

  /** The name that stands in `ar_name` itself in archives of BSD: up to its first blank, without one slash at its end. */
  get bsdInlineName(): string {
    const { bytes } = this.view;
    const limit = this.start + AR_NAME.length;
    let end = this.start;
    while (end < limit && bytes[end] !== BLANK) end += 1;
    if (end > this.start && bytes[end - 1] === SLASH) end -= 1;
    return decodeName(bytes, this.start, end);
  }

  private get rawNameEnd(): number {
    let end = this.start + AR_NAME.length;
    while (end > this.start && this.view.bytes[end - 1] === BLANK) end -= 1;
    return end;
  }
}
