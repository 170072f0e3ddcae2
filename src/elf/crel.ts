// SHT_CREL, compact relocations: LLVM's experimental encoding, which the gABI does not describe; here it is as LLVM 22
// reads it (llvm/Object/ELF.h, decodeCrel), whose words the errors have. ld.lld 19 and 22 read the section without any
// check. Bytes behind the last entry are ignored, as LLVM does.
//
// A ULEB128 header holds the number of entries, whether they have addends, and how far offsets are shifted. An entry
// starts with a byte whose low bits tell which of symbol, type and addend differ from those of the entry before; the rest
// of it, with a ULEB128 number behind it if its top bit is set, is the difference of the offsets. The differences of
// symbol, type and addend follow as SLEB128 numbers. All sums wrap: those of symbol and type at 32 bits, those of offset
// and addend at the width of the class.

import { FormatError, Leb128Halves } from '../bytes/index.ts';
import type { ByteView } from '../bytes/index.ts';
import { UnpackedRelocations, WideSum } from './unpacked-relocations.ts';
import type { Unpacked } from './unpacked-relocations.ts';

/** Bits of the header: the shift of offsets, then whether there are addends, then the number of entries. */
const HEADER_SHIFT_MASK = 3;
const HEADER_ADDENDS = 4;
const HEADER_COUNT_SHIFT = 3;

/** Bits of the first byte of an entry. */
const HAS_SYMBOL = 1;
const HAS_TYPE = 2;
const HAS_ADDEND = 4;
const HAS_MORE_OFFSET = 0x80;

/**
 * Unpacks a CREL section.
 *
 * @param bits - The class of the file.
 * @param limit - Entries that are unpacked at most.
 * @throws {@link FormatError} `limit-exceeded` if there are more and the section could hold them.
 */
export function unpackCrel(view: ByteView, bits: 32 | 64, limit: number): Unpacked {
  const cursor = new Leb128Halves(view);
  try {
    cursor.unsigned();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return new UnpackedRelocations(view, bits, 0, 0).finish(false, error);
  }
  const header = cursor.low;
  const hasAddends = (header & HEADER_ADDENDS) !== 0;
  const count = (cursor.high >>> 0) * 2 ** (32 - HEADER_COUNT_SHIFT) + (header >>> HEADER_COUNT_SHIFT);
  // An entry takes a byte at least; what is claimed beyond that is found missing when the bytes end.
  const possible = Math.min(count, view.length - cursor.offset);
  if (possible > limit) {
    throw view.error('limit-exceeded', `${count} relocations are more than the limits allow (${limit})`, 0);
  }
  const out = new UnpackedRelocations(view, bits, possible, possible);
  let fault: FormatError | undefined;
  try {
    readEntries(cursor, out, count, header & HEADER_SHIFT_MASK, hasAddends);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    fault = error;
  }
  return out.finish(hasAddends, fault);
}

function readEntries(
  cursor: Leb128Halves,
  out: UnpackedRelocations,
  count: number,
  offsetShift: number,
  hasAddends: boolean,
): void {
  const flagBits = hasAddends ? 3 : 2;
  const moreShift = 7 - flagBits;
  const delta = { low: 0, high: 0 };
  const sum = new WideSum();
  const offset = { low: 0, high: 0 };
  const addend = new WideSum();
  let symbol = 0;
  let type = 0;
  for (let i = 0; i < count; i += 1) {
    const place = cursor.offset;
    const first = cursor.byte();
    delta.low = (first & ~HAS_MORE_OFFSET) >>> flagBits;
    delta.high = 0;
    if ((first & HAS_MORE_OFFSET) !== 0) {
      cursor.unsigned();
      delta.low |= cursor.low << moreShift;
      delta.high = (cursor.high << moreShift) | (cursor.low >>> (32 - moreShift));
    }
    sum.add(delta);
    if ((first & HAS_SYMBOL) !== 0) {
      cursor.signed();
      symbol = (symbol + cursor.low) | 0;
    }
    if ((first & HAS_TYPE) !== 0) {
      cursor.signed();
      type = (type + cursor.low) | 0;
    }
    if (hasAddends && (first & HAS_ADDEND) !== 0) {
      cursor.signed();
      addend.add(cursor);
    }
    offset.low = sum.low << offsetShift;
    // Two shifts, because one by 32 would be one by 0.
    offset.high = (sum.high << offsetShift) | ((sum.low >>> 1) >>> (31 - offsetShift));
    out.add(offset, symbol, type, addend, place);
  }
}
