// Names in files are bytes. They become text injectively: two names that differ in bytes never become equal text.
// Valid UTF-8 stays as it is; a byte that is not part of a valid sequence becomes `\xNN`, a backslash becomes `\\`.
// Longer text, in which backslashes mean something themselves, is decoded without escapes: such a byte becomes half of a
// surrogate pair, which no valid UTF-8 gives, as Python's `surrogateescape` does (PEP 383).

const BACKSLASH = 0x5c;
// Above this many arguments `apply` may exhaust the stack of some engines.
const APPLY_MAX = 4096;
const LETTER_X = 0x78;
/** Second half of a surrogate pair, which stands in a text for the byte that is added to it. */
const BYTE_BASE = 0xdc00;
/** Code units that a byte becomes at most: those of an escape. */
const UNITS_PER_BYTE = 4;

/**
 * Turns the bytes of a name into text, injectively (see {@link encodeName} for the way back).
 *
 * @param bytes - Where the name lies.
 * @param start - First byte of the name.
 * @param end - Byte after the last one.
 */
export function decodeName(bytes: Uint8Array, start = 0, end = bytes.length): string {
  for (let i = start; i < end; i += 1) {
    const byte = bytes[i] as number;
    if (byte >= 0x80 || byte === BACKSLASH) return decodeSlowly(bytes, start, end, true);
  }
  return joinedAscii(bytes, start, end);
}

/**
 * Turns the bytes of a text that is no name into text: of assembly, where a backslash is a backslash. Valid UTF-8 stays as it
 * is; each byte that is not part of a valid sequence becomes U+DC00 plus its value, half of a surrogate pair, from which
 * {@link encodeText} makes the byte again.
 */
export function decodeText(bytes: Uint8Array): string {
  return hasHighBit(bytes) ? decodeSlowly(bytes, 0, bytes.length, false) : joinedAscii(bytes, 0, bytes.length);
}

/** Turns text that {@link decodeText} made back into its bytes. Other halves of surrogate pairs become U+FFFD. */
export function encodeText(text: string): Uint8Array {
  const encoder = new TextEncoder();
  // With `u`, halves of whole pairs are not found.
  const parts = text.split(/([\udc80-\udcff]+)/u);
  if (parts.length === 1) return encoder.encode(text);
  return joinedBytes(
    parts.map((part, i) =>
      i % 2 === 0 ? encoder.encode(part) : Uint8Array.from(part, (half) => half.charCodeAt(0) - BYTE_BASE),
    ),
  );
}

/** Text of one character for each byte, that of its number. For readers whose words are ASCII. */
export function byteText(bytes: Uint8Array): string {
  return joinedAscii(bytes, 0, bytes.length);
}

function joinedAscii(bytes: Uint8Array, start: number, end: number): string {
  if (end - start <= APPLY_MAX) {
    return textOf(start === 0 && end === bytes.length ? bytes : bytes.subarray(start, end));
  }
  let text = '';
  for (let i = start; i < end; i += APPLY_MAX) text += joinedAscii(bytes, i, Math.min(end, i + APPLY_MAX));
  return text;
}

// Above this length engines refuse strings.
const TEXT_MAX = 1 << 28;

/**
 * Turns a whole table of names into one text, from which {@link decodeName}'s text of each name can be cut out by its byte
 * offsets.
 *
 * @returns `undefined` where bytes and characters would not match one to one (anything but ASCII, a backslash), or the
 *   table is longer than 2^28 bytes.
 */
export function asciiText(bytes: Uint8Array): string | undefined {
  if (bytes.length > TEXT_MAX || hasHighBit(bytes)) return undefined;
  // As UTF-8, for which engines have a fast path that they lack for single-byte encodings.
  const text = new TextDecoder().decode(bytes);
  return text.includes('\\') ? undefined : text;
}

/** So few are looked at one by one: to see four at a step takes an array, which costs as much as these. */
const FEW_BYTES = 128;

/** Whether a byte is 0x80 or above; four bytes at a step. */
function hasHighBit(bytes: Uint8Array): boolean {
  if (bytes.length < FEW_BYTES) {
    let all = 0;
    for (let i = 0; i < bytes.length; i += 1) all |= bytes[i] as number;
    return all >= 0x80;
  }
  const head = Math.min(bytes.length, (4 - (bytes.byteOffset % 4)) % 4);
  // Bytes that end before the next word have none, and a view of no words may not stand at an odd place either.
  const wordCount = (bytes.length - head) >>> 2;
  const words = new Int32Array(bytes.buffer, wordCount === 0 ? 0 : bytes.byteOffset + head, wordCount);
  let seen = 0;
  for (let i = 0; i < words.length; i += 1) seen |= words[i] as number;
  for (let i = 0; i < head; i += 1) seen |= bytes[i] as number;
  for (let i = head + words.length * 4; i < bytes.length; i += 1) seen |= bytes[i] as number;
  return (seen & 0x80808080) !== 0;
}

// In pieces, so that a long name takes little more memory than its text.
function decodeSlowly(bytes: Uint8Array, start: number, end: number, isEscaped: boolean): string {
  const units = new Uint16Array(Math.min(APPLY_MAX, (end - start) * UNITS_PER_BYTE));
  let text = '';
  let used = 0;
  let offset = start;
  while (offset < end) {
    if (units.length - used < UNITS_PER_BYTE) {
      text += textOf(units.subarray(0, used));
      used = 0;
    }
    const byte = bytes[offset] as number;
    const size = utf8SequenceLength(bytes, offset, end);
    const stray = isEscaped ? BACKSLASH : BYTE_BASE + byte;
    const code = size === 0 ? stray : utf8CodePoint(bytes, offset, size);
    if (code > 0xffff) {
      // A surrogate pair.
      units[used++] = 0xd7c0 + (code >>> 10);
      units[used++] = 0xdc00 + (code & 0x3ff);
    } else units[used++] = code;
    if (!isEscaped) {
      offset += Math.max(1, size);
      continue;
    }
    if (size === 0) {
      units[used++] = LETTER_X;
      units[used++] = hexDigit(byte >>> 4);
      units[used++] = hexDigit(byte & 0xf);
    } else if (byte === BACKSLASH) units[used++] = BACKSLASH;
    offset += Math.max(1, size);
  }
  return text + textOf(units.subarray(0, used));
}

/** The code of a digit, lower case. */
function hexDigit(value: number): number {
  return value < 10 ? 0x30 + value : 0x57 + value;
}

function textOf(units: Uint8Array | Uint16Array): string {
  return String.fromCharCode.apply(null, units as unknown as number[]);
}

/** Length of the well-formed UTF-8 sequence at `offset` (Unicode, table 3-7), 0 if there is none. */
function utf8SequenceLength(bytes: Uint8Array, offset: number, end: number): number {
  const lead = bytes[offset] as number;
  if (lead < 0x80) return 1;
  const size =
    lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
  if (size === 0 || size > end - offset) return 0;
  const second = bytes[offset + 1] as number;
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (second < lowest || second > highest) return 0;
  for (let i = 2; i < size; i += 1) if (((bytes[offset + i] as number) & 0xc0) !== 0x80) return 0;
  return size;
}

function utf8CodePoint(bytes: Uint8Array, offset: number, size: number): number {
  if (size === 1) return bytes[offset] as number;
  let code = (bytes[offset] as number) & (0x7f >> size);
  for (let i = 1; i < size; i += 1) code = (code << 6) | ((bytes[offset + i] as number) & 0x3f);
  return code;
}

/**
 * Turns text that {@link decodeName} made back into the bytes of the name.
 *
 * @throws RangeError for text that {@link decodeName} does not make of any bytes.
 */
export function encodeName(text: string): Uint8Array {
  const encoder = new TextEncoder();
  const parts = text.split(ESCAPE).map((part) => {
    if (part === '\\\\') return Uint8Array.of(BACKSLASH);
    return ESCAPED_BYTE.test(part) ? Uint8Array.of(Number.parseInt(part.slice(2), 16)) : encoder.encode(part);
  });
  const bytes = joinedBytes(parts);
  if (text.includes('\\') && decodeName(bytes) !== text) throw new RangeError(`not an escaped name: ${text}`);
  return bytes;
}

function joinedBytes(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let end = 0;
  for (const part of parts) {
    bytes.set(part, end);
    end += part.length;
  }
  return bytes;
}

const ESCAPE = /(\\\\|\\x[0-9a-f]{2})/;
const ESCAPED_BYTE = /^\\x[0-9a-f]{2}$/;

// C0, DEL and C1 drive a terminal; the line and paragraph separators break lines; the bidirectional controls reorder what
// a reader sees (CVE-2021-42574).
// eslint-disable-next-line no-control-regex
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** Makes a name safe to print: control characters become `\xNN` or `\u{…}`. For people; not injective. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
  });
}

/** The offset of the first NUL at or behind `start`, or the end of `bytes` where there is none. */
export function endOfString(bytes: Uint8Array, start: number): number {
  const nul = bytes.indexOf(0, start);
  return nul === -1 ? bytes.length : nul;
}
