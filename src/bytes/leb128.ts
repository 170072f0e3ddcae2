// LEB128 numbers. The decoding of more than one byte is that of @webassemblyjs/leb128, which trusts its input; so this
// file, the only one that imports the package, first checks what the package does not: the end of the bytes, a missing
// terminator, numbers that are too long and bits above the width. Padding with zero groups (0x80 0x00) is legal in DWARF,
// WebAssembly and LLVM up to the ten bytes of a 64-bit number, and is accepted.

import { decodeUInt64, MAX_NUMBER_OF_BYTE_U64 } from '@webassemblyjs/leb128';
import type { ByteView } from './byte-view.ts';

/** Reads LEB128 numbers one after the other. Makes no object for a number of one byte. */
export class Leb128Cursor {
  private readonly view: ByteView;
  /** Offset of the next number, from the start of the view. */
  offset: number;

  constructor(view: ByteView, offset = 0) {
    this.view = view;
    this.offset = offset;
  }

  /** Whether all bytes were read. */
  get atEnd(): boolean {
    return this.offset >= this.view.length;
  }

  /**
   * Reads an unsigned number.
   *
   * @param what - Name of the number for the message.
   * @throws {@link FormatError} `truncated` if the view ends before the number does, `bad-value` if it does not fit 64
   *   bits, or 2^53, above which a `number` rounds.
   */
  unsigned(what: string): number {
    const { bytes } = this.view;
    const first = bytes[this.offset];
    if (first !== undefined && first < 0x80) {
      this.offset += 1;
      return first;
    }
    const start = this.offset;
    const number = this.unsigned64(what);
    if (number <= Number.MAX_SAFE_INTEGER) return Number(number);
    this.offset = start;
    throw this.view.error('bad-value', `${what} is above 2^53`, start);
  }

  /**
   * Reads an unsigned number of up to 64 bits exactly.
   *
   * @param what - Name of the number for the message.
   * @throws {@link FormatError} `truncated` if the view ends before the number does, `bad-value` if it does not fit 64
   *   bits.
   */
  unsigned64(what: string): bigint {
    const size = this.sizeOfNext(what);
    const { value } = decodeUInt64(this.view.bytes.subarray(this.offset, this.offset + size), 0);
    this.offset += size;
    // The halves come as signed 32-bit numbers.
    return (BigInt(value.high >>> 0) << 32n) | BigInt(value.low >>> 0);
  }

  private sizeOfNext(what: string): number {
    const { bytes } = this.view;
    for (let size = 1; size <= MAX_NUMBER_OF_BYTE_U64; size += 1) {
      const byte = bytes[this.offset + size - 1];
      if (byte === undefined) {
        throw this.view.error('truncated', `${what}: malformed uleb128, extends past end`, this.offset);
      }
      if (byte >= 0x80) continue;
      // The tenth group holds bit 63 alone.
      if (size === MAX_NUMBER_OF_BYTE_U64 && byte > 1) break;
      return size;
    }
    throw this.view.error('bad-value', `${what}: uleb128 too big for 64 bits`, this.offset);
  }
}
