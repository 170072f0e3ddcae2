// Packs relocations for tests as the specifications of the encodings say, without regard to the reader.

/** A relocation; symbol and type below 2^32, offset and addend modulo the width of the class. */
export interface PackedEntry {
  readonly offset: bigint;
  readonly symbol: number;
  readonly type: number;
  readonly addend: bigint;
}

/** An unsigned LEB128 number of any length; `padding` zero groups behind it. */
export function uleb128(value: bigint, padding = 0): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  bytes.push(Number(rest));
  return padded(bytes, padding, 0);
}

/** A signed LEB128 number of any length; `padding` groups that repeat the sign behind it. */
export function sleb128(value: bigint, padding = 0): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest < -0x40n || rest >= 0x40n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  bytes.push(Number(rest & 0x7fn));
  return padded(bytes, padding, value < 0n ? 0x7f : 0);
}

function padded(bytes: number[], padding: number, group: number): number[] {
  const last = bytes.length - 1;
  if (padding === 0) return bytes;
  return [
    ...bytes.slice(0, last),
    (bytes[last] as number) | 0x80,
    ...Array.from({ length: padding }, (_, i) => (i === padding - 1 ? group : group | 0x80)),
  ];
}

export interface CrelOptions {
  readonly bits?: 32 | 64;
  readonly hasAddends?: boolean;
  /** Offsets are multiples of `2 ** shift`. */
  readonly shift?: number;
}

/** SHT_CREL. */
export function crelData(entries: readonly PackedEntry[], options: CrelOptions = {}): Uint8Array {
  const { bits = 64, hasAddends = true, shift = 0 } = options;
  const flagBits = hasAddends ? 3n : 2n;
  const out = uleb128(BigInt(entries.length * 8 + (hasAddends ? 4 : 0) + shift));
  let before: PackedEntry = { offset: 0n, symbol: 0, type: 0, addend: 0n };
  for (const entry of entries) {
    const delta = BigInt.asUintN(bits, (entry.offset >> BigInt(shift)) - (before.offset >> BigInt(shift)));
    const flags =
      (entry.symbol === before.symbol ? 0 : 1) |
      (entry.type === before.type ? 0 : 2) |
      (hasAddends && entry.addend !== before.addend ? 4 : 0);
    // Flags and difference are one number, of more than 64 bits at worst.
    out.push(...uleb128((delta << flagBits) | BigInt(flags)));
    if ((flags & 1) !== 0) out.push(...sleb128(BigInt(entry.symbol - before.symbol)));
    if ((flags & 2) !== 0) out.push(...sleb128(BigInt(entry.type - before.type)));
    if ((flags & 4) !== 0) out.push(...sleb128(BigInt.asIntN(bits, entry.addend - before.addend)));
    before = entry;
  }
  return Uint8Array.from(out);
}

/** A group of an Android section: what its entries have in common stands in its head. */
export interface AndroidGroup {
  readonly entries: readonly PackedEntry[];
  readonly byInfo?: boolean;
  readonly byDelta?: boolean;
  readonly byAddend?: boolean;
  readonly hasAddend?: boolean;
}

const MAGIC = [0x41, 0x50, 0x53, 0x32];

/** SHT_ANDROID_REL and SHT_ANDROID_RELA. */
export function androidData(groups: readonly AndroidGroup[], bits: 32 | 64 = 64, start = 0n): Uint8Array {
  const count = groups.reduce((sum, { entries }) => sum + entries.length, 0);
  const out = [...MAGIC, ...sleb128(BigInt(count)), ...sleb128(BigInt.asIntN(64, start))];
  let [offset, addend] = [start, 0n];
  const infoOf = ({ symbol, type }: PackedEntry) =>
    BigInt.asIntN(64, bits === 64 ? (BigInt(symbol) << 32n) | BigInt(type) : (BigInt(symbol) << 8n) | BigInt(type));
  for (const { entries, byInfo = false, byDelta = false, byAddend = false, hasAddend = false } of groups) {
    out.push(...sleb128(BigInt(entries.length)));
    out.push(...sleb128(BigInt((byInfo ? 1 : 0) | (byDelta ? 2 : 0) | (byAddend ? 4 : 0) | (hasAddend ? 8 : 0))));
    const [first] = entries;
    if (first === undefined) throw new RangeError('a group has entries');
    if (byDelta) out.push(...sleb128(BigInt.asIntN(64, first.offset - offset)));
    if (byInfo) out.push(...sleb128(infoOf(first)));
    if (byAddend && hasAddend) out.push(...sleb128(BigInt.asIntN(64, first.addend - addend)));
    for (const entry of entries) {
      if (!byDelta) out.push(...sleb128(BigInt.asIntN(64, entry.offset - offset)));
      if (!byInfo) out.push(...sleb128(infoOf(entry)));
      if (hasAddend && !byAddend) out.push(...sleb128(BigInt.asIntN(64, entry.addend - addend)));
      ({ offset, addend } = entry);
    }
    if (!hasAddend) addend = 0n;
  }
  return Uint8Array.from(out);
}

/** SHT_RELR: the words of ascending addresses, as many as possible in bitmaps. */
export function relrWords(addresses: readonly bigint[], bits: 32 | 64): bigint[] {
  const width = BigInt(bits / 8);
  const words: bigint[] = [];
  let next = 0;
  while (next < addresses.length) {
    const address = addresses[next] as bigint;
    words.push(address);
    next += 1;
    for (let base = address + width; next < addresses.length; base += width * BigInt(bits - 1)) {
      let bitmap = 1n;
      for (; next < addresses.length; next += 1) {
        const distance = (addresses[next] as bigint) - base;
        const position = distance / width;
        if (distance < 0n || distance % width !== 0n || position >= BigInt(bits - 1)) break;
        bitmap |= 2n << position;
      }
      if (bitmap === 1n) break;
      words.push(bitmap);
    }
  }
  return words;
}
