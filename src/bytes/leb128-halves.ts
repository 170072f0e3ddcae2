// LEB128 numbers of up to 64 bits as two halves of 32, for tables of millions of them: no object and no bigint for a
// number. What is legal is what LLVM takes (llvm/Support/LEB128.h of LLVM 22), padding of any length included; the errors
// have the words of its DataExtractor, whose offsets count from the start of the section. The package behind Leb128Cursor
// makes an object for each number and stops at ten bytes, so it serves other readers.

import type { ByteView } from './byte-view.ts';
import type { FormatError } from './format-error.ts';

/** Reads LEB128 numbers one after the other; each is left in {@link low} and {@link high}. */
export class Leb128Halves {
  private readonly view: ByteView;
  private readonly bytes: Uint8Array;
  /** Offset of the next number, from the start of the view. */
  offset: number;
  /** Bits 0 to 31 of the last number, as a signed number. */
  low = 0;
  /** Bits 32 to 63 of the last number, as a signed number. */
  high = 0;

  constructor(view: ByteView, offset = 0) {
    this.view = view;
    this.bytes = view.bytes;
    this.offset = offset;
  }

  /**
   * Reads a byte that is no LEB128 number.
   *
   * @throws {@link FormatError} `truncated` at the end of the view.
   */
  byte(): number {
    const { offset } = this;
    const byte = this.bytes[offset];
    if (byte === undefined) {
      const [start, end] = [offset.toString(16), (offset + 1).toString(16)];
      const reason = `unexpected end of data at offset 0x${start} while reading [0x${start}, 0x${end})`;
      throw this.view.error('truncated', reason, offset);
    }
    this.offset = offset + 1;
    return byte;
  }

  /**
   * Reads an unsigned number.
   *
   * @throws {@link FormatError} `truncated` if the view ends before the number does, `bad-value` if it has more than 64
   *   bits. {@link offset} stays at the number.
   */
  unsigned(): void {
    const first = this.bytes[this.offset];
    if (first !== undefined && first < 0x80) {
      this.offset += 1;
      this.low = first;
      this.high = 0;
      return;
    }
    this.read('uleb128');
  }

  /**
   * Reads a signed number.
   *
   * @throws {@link FormatError} as {@link unsigned}.
   */
  signed(): void {
    const first = this.bytes[this.offset];
    if (first !== undefined && first < 0x80) {
      this.offset += 1;
      this.low = (first << 25) >> 25;
      this.high = this.low >> 31;
      return;
    }
    const [shift, last] = this.read('sleb128');
    if ((last & 0x40) === 0 || shift >= 64) return;
    if (shift < 32) {
      this.low |= -1 << shift;
      this.high = -1;
    } else {
      this.high |= -1 << (shift - 32);
    }
  }

  /** Reads the groups of seven bits. Returns how many bits they are, and the last byte. */
  private read(kind: 'uleb128' | 'sleb128'): readonly [shift: number, last: number] {
    const { bytes } = this;
    let low = 0;
    let high = 0;
    let shift = 0;
    let at = this.offset;
    let byte: number | undefined;
    do {
      byte = bytes[at];
      if (byte === undefined) throw this.error('truncated', `malformed ${kind}, extends past end`);
      const group = byte & 0x7f;
      if (shift < 28) {
        low |= group << shift;
      } else if (shift === 28) {
        low |= group << 28;
        high = group >>> 4;
      } else if (shift < 63) {
        high |= group << (shift - 32);
      } else {
        // Group 10 holds bit 63 alone; what lies above must repeat the sign.
        const sign = kind === 'sleb128' && (shift === 63 ? group !== 0 : high < 0) ? 0x7f : 0;
        const isBit63 = kind === 'uleb128' && shift === 63 && group === 1;
        if (group !== sign && !isBit63) {
          const type = kind === 'uleb128' ? 'uint64' : 'int64';
          throw this.error('bad-value', `${kind} too big for ${type}`);
        }
        if (shift === 63) high |= group << 31;
      }
      shift += 7;
      at += 1;
    } while (byte >= 0x80);
    this.offset = at;
    this.low = low;
    this.high = high;
    return [shift, byte];
  }

  private error(code: 'truncated' | 'bad-value', reason: string): FormatError {
    const { offset } = this;
    const at = offset.toString(16).padStart(8, '0');
    return this.view.error(code, `unable to decode LEB128 at offset 0x${at}: ${reason}`, offset);
  }
}
