// Numbers in headers of archives: ASCII digits, blanks behind them up to the end of the field.

import type { NumberField } from './layout.ts';

const BLANK = 0x20;
const ZERO = 0x30;

/**
 * The value of a number field, 0 if it is all blank.
 *
 * @param start - Where the header begins in `bytes`, which hold it whole.
 * @returns `undefined` unless the field is digits and blanks behind them. Above 2^53 the value is rounded, and still far
 *   behind the end of any file.
 */
export function readNumberField(bytes: Uint8Array, start: number, field: NumberField): number | undefined {
  const first = start + field.offset;
  const end = first + field.length;
  const digitsEnd = endOfDigits(bytes, first, end, field.radix);
  return isBlank(bytes, digitsEnd, end) ? digits(bytes, first, digitsEnd, field.radix) : undefined;
}

/** The same for fields that may not be blank: `undefined` then too. */
export function readFilledField(bytes: Uint8Array, start: number, field: NumberField): number | undefined {
  return bytes[start + field.offset] === BLANK ? undefined : readNumberField(bytes, start, field);
}

/** The offset of the first byte that is no digit of the base. */
export function endOfDigits(bytes: Uint8Array, start: number, end: number, radix: 8 | 10): number {
  let offset = start;
  while (offset < end && (bytes[offset] as number) >= ZERO && (bytes[offset] as number) < ZERO + radix) offset += 1;
  return offset;
}

/** The value of digits. */
export function digits(bytes: Uint8Array, start: number, end: number, radix: 8 | 10): number {
  let value = 0;
  for (let offset = start; offset < end; offset += 1) value = value * radix + ((bytes[offset] as number) - ZERO);
  return value;
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let offset = start; offset < end; offset += 1) if (bytes[offset] !== BLANK) return false;
  return true;
}
