// The symbol hash table of DT_GNU_HASH and SHT_GNU_HASH, which no document of a standard defines: a header of four words, a
// Bloom filter of words of the class's width, the first symbol of each bucket, and a hash value for each symbol from the
// first hashed one on. The symbols of a bucket follow each other in the symbol table; bit 0 of a value ends the bucket.
// Checked as llvm-readelf of LLVM 22 does it, in its words. Left out: DT_MIPS_XHASH, which has another layout.

import { encodeName } from '../bytes/index.ts';
import type { ByteView } from '../bytes/index.ts';
import { SECTION_TYPES } from './constants/section.ts';
import { firstSectionOfType, orUndefined, readDynamicTable } from './dynamic.ts';
import type { ElfDynamicTable } from './dynamic.ts';
import { DT_GNU_HASH } from './dynamic-tags.ts';
import type { ElfFile } from './elf-file.ts';
import { countBuckets } from './hash.ts';
import type { ElfHashHistogram } from './hash.ts';
import { readHighHalf, readLowHalf, readWord } from './layout.ts';
import type { ElfEncoding } from './layout.ts';
import type { ElfSymbolTable } from './symbol.ts';

const { SHT_GNU_HASH } = SECTION_TYPES.values;

const WORD = 4;
const HEADER_SIZE = 4 * WORD;

/**
 * Reads the hash table at DT_GNU_HASH, or where that entry is absent that of the first SHT_GNU_HASH section. Its end is that
 * of the section, or in files without section headers that of the segment: the table does not tell its length.
 *
 * @param dynamic - The dynamic table of the file, if the caller has it already.
 * @returns `undefined` if the file has none.
 * @throws {@link FormatError} `out-of-bounds` if it lies in no segment or goes past its end, `limit-exceeded` past
 *   `Limits.blockBytes`.
 */
export function readGnuHashTable(
  elf: ElfFile,
  dynamic: ElfDynamicTable | undefined = orUndefined(() => readDynamicTable(elf)),
): ElfGnuHashTable | undefined {
  const { input, limits, encoding } = elf;
  const section = firstSectionOfType(elf, SHT_GNU_HASH);
  let place = dynamic?.locate(DT_GNU_HASH, 'DT_GNU_HASH');
  if (section !== undefined && (place === undefined || place.offset === elf.sections.offset(section))) {
    place = { offset: elf.sections.offset(section), length: elf.sections.size(section) };
  }
  if (place === undefined) return undefined;
  const { offset } = place;
  const remaining = Math.min(place.length, input.length - offset);
  const words = encoding.layout.bits / 8;
  const head = remaining >= HEADER_SIZE ? input.view(offset, HEADER_SIZE, 'the GNU hash table') : undefined;
  const counted = (index: number): number => head?.data.getUint32(index * WORD, encoding.littleEndian) ?? 0;
  const [bucketCount, maskWordCount] = [counted(0), counted(2)];
  if (head === undefined || HEADER_SIZE + bucketCount * WORD + maskWordCount * words > remaining) {
    const reason = `unable to dump the SHT_GNU_HASH section at 0x${offset.toString(16)}: it goes past the end of the file`;
    throw input.error('out-of-bounds', reason, Math.min(offset, input.length));
  }
  if (remaining > limits.blockBytes) {
    const reason = `the GNU hash table of ${remaining} bytes is more than the limits allow (${limits.blockBytes})`;
    throw input.error('limit-exceeded', reason, offset);
  }
  return new ElfGnuHashTable(input.view(offset, remaining, 'the GNU hash table'), encoding);
}

/** A GNU hash table. Making one copies nothing. */
export class ElfGnuHashTable {
  /** Number of buckets. */
  readonly bucketCount: number;
  /** The first symbol that is hashed; those before it are undefined or local. Has no meaning if all buckets are empty. */
  readonly firstSymbol: number;
  /** Number of words of the Bloom filter. */
  readonly maskWordCount: number;
  /** How far the hash is shifted for the second bit of the Bloom filter. */
  readonly shift: number;
  private readonly view: ByteView;
  private readonly data: DataView;
  private readonly encoding: ElfEncoding;
  private readonly bucketsAt: number;
  private readonly valuesAt: number;
  /** Words behind the buckets. */
  private readonly capacity: number;

  /**
   * @param view - The table; long enough for header, Bloom filter and buckets.
   * @internal
   */
  constructor(view: ByteView, encoding: ElfEncoding) {
    const { data } = view;
    this.view = view;
    this.data = data;
    this.encoding = encoding;
    const { littleEndian } = encoding;
    this.bucketCount = data.getUint32(0, littleEndian);
    this.firstSymbol = data.getUint32(WORD, littleEndian);
    this.maskWordCount = data.getUint32(2 * WORD, littleEndian);
    this.shift = data.getUint32(3 * WORD, littleEndian);
    this.bucketsAt = HEADER_SIZE + (this.maskWordCount * encoding.layout.bits) / 8;
    this.valuesAt = this.bucketsAt + this.bucketCount * WORD;
    this.capacity = Math.floor((view.length - this.valuesAt) / WORD);
  }

  /** A word of the Bloom filter. */
  maskWord(index: number): bigint {
    return readWord(this.data, HEADER_SIZE + (index * this.encoding.layout.bits) / 8, this.encoding);
  }

  /** The first symbol of a bucket, 0 if it is empty. Not checked: it comes out of the file. */
  bucket(index: number): number {
    return this.data.getUint32(this.bucketsAt + index * WORD, this.encoding.littleEndian);
  }

  /**
   * The hash of a symbol with bit 0 replaced: it is set for the last symbol of a bucket.
   *
   * @param symbol - A symbol from {@link firstSymbol} on, below the number of dynamic symbols.
   * @throws {@link FormatError} `out-of-bounds` if the table ends before it.
   */
  value(symbol: number): number {
    const index = symbol - this.firstSymbol;
    if (index >= 0 && index < this.capacity) {
      return this.data.getUint32(this.valuesAt + index * WORD, this.encoding.littleEndian);
    }
    const reason =
      index < 0
        ? `symbol ${symbol} is below the first one of the GNU hash table (${this.firstSymbol})`
        : 'no terminator found for GNU hash section before buffer end';
    throw this.view.error('out-of-bounds', reason, this.valuesAt);
  }

  /**
   * The symbols of a bucket, one after the other.
   *
   * @param index - A bucket, below {@link bucketCount}.
   * @throws {@link FormatError} `out-of-bounds` if its first symbol is not hashed, or the table ends before the bucket.
   */
  *symbolsIn(index: number): Generator<number, void> {
    let symbol = this.bucket(index);
    if (symbol === 0) return;
    for (;;) {
      const value = this.value(symbol);
      yield symbol;
      if ((value & 1) !== 0) return;
      symbol += 1;
    }
  }

  /**
   * The symbols of a name: several if the library has it in several versions.
   *
   * @param name - The name as {@link ElfSymbolTable.name} gives it, or its bytes; without a version.
   * @param symbols - The dynamic symbol table of the file.
   * @throws {@link FormatError} as {@link symbolsIn}. RangeError as {@link encodeName}.
   */
  *matches(name: string | Uint8Array, symbols: ElfSymbolTable): Generator<number, void> {
    const bytes = typeof name === 'string' ? encodeName(name) : name;
    const hash = gnuHash(bytes);
    if (this.bucketCount === 0 || !this.mayHold(hash)) return;
    for (const symbol of this.symbolsIn(hash % this.bucketCount)) {
      if (symbol >= symbols.length) return;
      if ((this.value(symbol) ^ hash) >>> 1 === 0 && symbols.nameEquals(symbol, bytes)) yield symbol;
    }
  }

  /** The first of the {@link matches}; `undefined` if no symbol has the name. */
  find(name: string | Uint8Array, symbols: ElfSymbolTable): number | undefined {
    for (const symbol of this.matches(name, symbols)) return symbol;
    return undefined;
  }

  /** Asks the Bloom filter: both bits of a hash that is in the table are set. */
  private mayHold(hash: number): boolean {
    const { bits } = this.encoding.layout;
    if (this.maskWordCount === 0) return true;
    const at = HEADER_SIZE + (Math.floor(hash / bits) % this.maskWordCount) * (bits / 8);
    const isSet = (bit: number): boolean => {
      const half = bit < 32 ? readLowHalf(this.data, at, this.encoding) : readHighHalf(this.data, at, this.encoding);
      return ((half >>> (bit & 31)) & 1) !== 0;
    };
    // Shifting by the width and more leaves nothing, where the operator takes the shift modulo 32.
    return isSet(hash % bits) && isSet((this.shift < 32 ? hash >>> this.shift : 0) % bits);
  }

  /**
   * Counts the dynamic symbols: the last bucket's last symbol is the last of the table. Costs a pass over the buckets.
   *
   * @returns `undefined` if no symbol is hashed; then the number is at least {@link firstSymbol} with lld, which states it
   *   there, and not known with GNU ld.
   * @throws {@link FormatError} as {@link symbolsIn}.
   */
  symbolCount(): number | undefined {
    let last = 0;
    for (let i = 0; i < this.bucketCount; i += 1) last = Math.max(last, this.bucket(i));
    if (last === 0) return undefined;
    while ((this.value(last) & 1) === 0) last += 1;
    return last + 1;
  }

  /**
   * Counts how many symbols the buckets hold. Costs a pass over the table.
   *
   * @throws {@link FormatError} as {@link symbolsIn}; `bad-value` if buckets share symbols.
   */
  histogram(): ElfHashHistogram {
    return countBuckets(this.bucketCount, this.capacity, this.view, (bucket) => this.symbolsIn(bucket));
  }
}

/** The hash function: that of Daniel J. Bernstein, modulo 2^32. */
function gnuHash(name: Uint8Array): number {
  let hash = 5381;
  for (const byte of name) hash = (Math.imul(hash, 33) + byte) >>> 0;
  return hash;
}
