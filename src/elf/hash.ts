// The symbol hash table of DT_HASH and SHT_HASH: gABI "Hash Table". Two counts, then for each bucket its first symbol, then
// for each symbol the next one of its bucket. Words have 32 bits in both classes, but 64 on Alpha and (from GNU tools; not
// from lld) on s390x, which llvm-readelf does not read. Checked as llvm-readelf of LLVM 22 does it, in its words.

import { encodeName } from '../bytes/index.ts';
import type { ByteView } from '../bytes/index.ts';
import { EM_ALPHA_IN_USE, MACHINES } from './constants/machine.ts';
import { SECTION_TYPES } from './constants/section.ts';
import { firstSectionOfType, orUndefined, readDynamicTable } from './dynamic.ts';
import type { ElfDynamicTable } from './dynamic.ts';
import { DT_HASH } from './dynamic-tags.ts';
import type { ElfFile } from './elf-file.ts';
import { LAYOUT_64, readWordAsNumber } from './layout.ts';
import type { ElfSymbolTable } from './symbol.ts';

const { EM_ALPHA, EM_S390 } = MACHINES.values;
const { SHT_HASH } = SECTION_TYPES.values;

/** How the buckets of a hash table are filled: what `llvm-readelf -I` shows. */
export interface ElfHashHistogram {
  /** The number of symbols in all buckets. */
  readonly symbolCount: number;
  /** By number of symbols: how many buckets hold so many. */
  readonly bucketsByLength: readonly number[];
}

/**
 * Reads the hash table at DT_HASH, or where that entry is absent that of the first SHT_HASH section.
 *
 * @param dynamic - The dynamic table of the file, if the caller has it already.
 * @returns `undefined` if the file has none.
 * @throws {@link FormatError} `out-of-bounds` if it lies in no segment or goes past the end of the file, `limit-exceeded`
 *   past `Limits.blockBytes`.
 * @see gABI, "Hash Table".
 */
export function readHashTable(
  elf: ElfFile,
  dynamic: ElfDynamicTable | undefined = orUndefined(() => readDynamicTable(elf)),
): ElfHashTable | undefined {
  const section = firstSectionOfType(elf, SHT_HASH);
  const sectionOffset = section === undefined ? undefined : elf.sections.offset(section);
  const offset = dynamic?.locate(DT_HASH, 'DT_HASH')?.offset ?? sectionOffset;
  if (offset === undefined) return undefined;
  const { bits } = elf.encoding.layout;
  const isWide = bits === 64 && [EM_ALPHA, EM_ALPHA_IN_USE, EM_S390].includes(elf.header.machine);
  if (!isWide) return readTable(elf, offset, 4);
  // The section tells which words the linker wrote. Without one the wide ones count if they make sense: read as such, the
  // two counts of a table of narrow words are one huge number.
  const stated = section !== undefined && sectionOffset === offset ? elf.sections.entrySize(section) : 0;
  if (stated === 4 || stated === 8) return readTable(elf, offset, stated);
  return orUndefined(() => readTable(elf, offset, 8)) ?? readTable(elf, offset, 4);
}

function readTable({ input, limits, encoding }: ElfFile, offset: number, wordSize: 4 | 8): ElfHashTable {
  const remaining = input.length - offset;
  const problem = `the hash table at offset 0x${offset.toString(16)} goes past the end of the file (0x${input.length.toString(16)})`;
  if (!(remaining >= 2 * wordSize)) throw input.error('out-of-bounds', problem, Math.min(offset, input.length));
  const head = input.view(offset, 2 * wordSize, 'the hash table');
  const { littleEndian } = encoding;
  const bucketCount = readHashWord(head.data, 0, wordSize, littleEndian);
  const chainCount = readHashWord(head.data, wordSize, wordSize, littleEndian);
  // Two counts of 64 bits may round, but not below what a file can hold.
  const size = (2 + bucketCount + chainCount) * wordSize;
  if (size > remaining) {
    throw input.error('out-of-bounds', `${problem}, nbucket = ${bucketCount}, nchain = ${chainCount}`, offset);
  }
  if (size > limits.blockBytes) {
    const reason = `the hash table of ${size} bytes is more than the limits allow (${limits.blockBytes})`;
    throw input.error('limit-exceeded', reason, offset);
  }
  return new ElfHashTable(input.view(offset, size, 'the hash table'), littleEndian, wordSize, bucketCount, chainCount);
}

function readHashWord(data: DataView, offset: number, wordSize: 4 | 8, littleEndian: boolean): number {
  return wordSize === 4
    ? data.getUint32(offset, littleEndian)
    : readWordAsNumber(data, offset, { layout: LAYOUT_64, littleEndian });
}

/** A SysV hash table. Making one copies nothing. */
export class ElfHashTable {
  /** `nbucket`: number of buckets. */
  readonly bucketCount: number;
  /** `nchain`: number of symbols in the dynamic symbol table, hashed or not. */
  readonly chainCount: number;
  /** Bytes of a word. */
  readonly wordSize: 4 | 8;
  private readonly view: ByteView;
  private readonly littleEndian: boolean;

  /** @internal */
  constructor(view: ByteView, littleEndian: boolean, wordSize: 4 | 8, bucketCount: number, chainCount: number) {
    this.view = view;
    this.littleEndian = littleEndian;
    this.wordSize = wordSize;
    this.bucketCount = bucketCount;
    this.chainCount = chainCount;
  }

  private word(index: number): number {
    return readHashWord(this.view.data, index * this.wordSize, this.wordSize, this.littleEndian);
  }

  /** The first symbol of a bucket, 0 if it is empty. Not checked: it comes out of the file. */
  bucket(index: number): number {
    return this.word(2 + index);
  }

  /** The symbol behind a symbol in its bucket, 0 if it is the last. Not checked. */
  chain(symbol: number): number {
    return this.word(2 + this.bucketCount + symbol);
  }

  /**
   * The symbols of a bucket, one after the other.
   *
   * @param index - A bucket, below {@link bucketCount}.
   * @throws {@link FormatError} `out-of-bounds` if a symbol has no place in the table, `bad-value` at a cycle.
   */
  *symbolsIn(index: number): Generator<number, void> {
    let at = 2 + index;
    for (let steps = 0; ; steps += 1) {
      const symbol = this.word(at);
      if (symbol === 0) return;
      if (symbol >= this.chainCount) {
        const reason = `.hash section is invalid: bucket ${index}: symbol ${symbol} is not below nchain (${this.chainCount})`;
        throw this.view.error('out-of-bounds', reason, at * this.wordSize);
      }
      if (steps === this.chainCount) {
        const reason = `.hash section is invalid: bucket ${index}: a cycle was detected in the linked chain`;
        throw this.view.error('bad-value', reason, (2 + index) * this.wordSize);
      }
      yield symbol;
      at = 2 + this.bucketCount + symbol;
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
    if (this.bucketCount === 0) return;
    const bytes = typeof name === 'string' ? encodeName(name) : name;
    for (const symbol of this.symbolsIn(sysvHash(bytes) % this.bucketCount)) {
      if (symbol < symbols.length && symbols.nameEquals(symbol, bytes)) yield symbol;
    }
  }

  /** The first of the {@link matches}; `undefined` if no symbol has the name. */
  find(name: string | Uint8Array, symbols: ElfSymbolTable): number | undefined {
    for (const symbol of this.matches(name, symbols)) return symbol;
    return undefined;
  }

  /**
   * Counts how many symbols the buckets hold. Costs a pass over the table.
   *
   * @throws {@link FormatError} as {@link symbolsIn}; `bad-value` if buckets share symbols.
   */
  histogram(): ElfHashHistogram {
    const { bucketCount, chainCount } = this;
    return countBuckets(bucketCount, chainCount, this.view, (bucket) => this.symbolsIn(bucket));
  }
}

/** Counts the symbols of all buckets, of which there are at most `limit`: what is more is not counted to the end. */
export function countBuckets(
  bucketCount: number,
  limit: number,
  view: ByteView,
  symbolsIn: (bucket: number) => Iterable<number>,
): ElfHashHistogram {
  const bucketsByLength = [0];
  let symbolCount = 0;
  for (let bucket = 0; bucket < bucketCount; bucket += 1) {
    const before = symbolCount;
    for (const symbol of symbolsIn(bucket)) {
      if (symbolCount === limit) {
        const reason = `buckets of the hash table share symbols: bucket ${bucket} holds symbol ${symbol}, too`;
        throw view.error('bad-value', reason, 0);
      }
      symbolCount += 1;
    }
    const length = symbolCount - before;
    while (bucketsByLength.length <= length) bucketsByLength.push(0);
    bucketsByLength[length] = (bucketsByLength[length] as number) + 1;
  }
  return { symbolCount, bucketsByLength };
}

/** The hash function of the gABI. */
function sysvHash(name: Uint8Array): number {
  let hash = 0;
  for (const byte of name) {
    hash = (hash << 4) + byte;
    hash = (hash ^ ((hash >>> 24) & 0xf0)) & 0xfffffff;
  }
  return hash;
}
