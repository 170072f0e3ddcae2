// SHT_RELR, relative relocations: gABI (draft of 2022), "Relocation", DT_RELR. Words of the width of an address: an even
// one is the address of a relocation, an odd one a bitmap of the words that follow the last address. The same encoding has
// SHT_ANDROID_RELR, and SHT_AARCH64_AUTH_RELR, whose words in memory hold a signing schema as well (PAuth ABI).

import type { ByteView, Limits } from '../bytes/index.ts';
import { AARCH64_SECTION_TYPES } from './constants/section-machine.ts';
import { SECTION_TYPES } from './constants/section.ts';
import type { ElfFile } from './elf-file.ts';
import { readHighHalf, readLowHalf } from './layout.ts';
import type { ElfEncoding } from './layout.ts';
import { WideSum } from './unpacked-relocations.ts';

const { SHT_RELR, SHT_ANDROID_RELR } = SECTION_TYPES.values;
const { SHT_AARCH64_AUTH_RELR } = AARCH64_SECTION_TYPES.values;
const EM_AARCH64 = 183;

/** Whether a section type is that of relative relocations: SHT_RELR, SHT_ANDROID_RELR, for AArch64 SHT_AARCH64_AUTH_RELR. */
export function isRelativeRelocations(sectionType: number, machine: number): boolean {
  if (sectionType === SHT_RELR || sectionType === SHT_ANDROID_RELR) return true;
  return sectionType === SHT_AARCH64_AUTH_RELR && machine === EM_AARCH64;
}

/**
 * Reads a section of relative relocations: two passes over its words, and 8 bytes for each relocation.
 *
 * @throws {@link FormatError} as {@link ElfFile.tableView}; `unsupported` for sections of another type, `limit-exceeded`
 *   past `Limits.relocations`.
 */
export function readRelativeRelocations(elf: ElfFile, index: number): ElfRelativeRelocations {
  const { encoding, header, limits, sections } = elf;
  elf.checkIndex(index);
  const type = sections.type(index);
  if (!isRelativeRelocations(type, header.machine)) {
    const found = SECTION_TYPES.describe(type);
    throw elf.sectionError('unsupported', `section [index ${index}] is ${found}, which is not SHT_RELR`, index);
  }
  return unpackRelativeRelocations(elf.tableView(index, encoding.layout.bits / 8), encoding, limits);
}

/**
 * The addresses of relative relocations, as columns. The columns take a number below {@link length}; another one is the
 * caller's error.
 */
export class ElfRelativeRelocations {
  /** Number of relocations. */
  readonly length: number;
  private readonly low: Uint32Array;
  private readonly high: Uint32Array;

  /** @internal */
  constructor(low: Uint32Array, high: Uint32Array) {
    this.length = low.length;
    this.low = low;
    this.high = high;
  }

  /** The address that is relocated; in relocatable files, where nobody writes such sections, what the word says. */
  offset(index: number): bigint {
    return (BigInt(this.offsetHigh(index)) << 32n) | BigInt(this.offsetLow(index));
  }

  /** The low 32 bits of the address. */
  offsetLow(index: number): number {
    return this.low[index] as number;
  }

  /** The high 32 bits of the address; 0 in 32-bit files. */
  offsetHigh(index: number): number {
    return this.high[index] as number;
  }

  /** The addresses one after the other. */
  *offsets(): Generator<bigint, void, undefined> {
    for (let i = 0; i < this.length; i += 1) yield this.offset(i);
  }
}

/**
 * Unpacks words of relative relocations.
 *
 * @param view - Whole words.
 * @throws {@link FormatError} `limit-exceeded` past `Limits.relocations`.
 */
export function unpackRelativeRelocations(
  view: ByteView,
  encoding: ElfEncoding,
  limits: Pick<Limits, 'relocations'>,
): ElfRelativeRelocations {
  const { data, length } = view;
  const width = encoding.layout.bits / 8;
  let count = 0;
  for (let at = 0; at < length; at += width) {
    const low = readLowHalf(data, at, encoding);
    // Without the bit that makes it a bitmap.
    count += (low & 1) === 0 ? 1 : bitCount(low) - 1 + bitCount(readHighHalf(data, at, encoding));
  }
  if (count > limits.relocations) {
    const reason = `${count} relative relocations are more than the limits allow (${limits.relocations})`;
    throw view.error('limit-exceeded', reason, 0);
  }
  const out = new AddressWriter(count, encoding.layout.bits === 64);
  const base = new WideSum();
  const word = { low: 0, high: 0 };
  const step = { low: width, high: 0 };
  // A bitmap stands for as many words as it has bits, but one.
  const stride = { low: (8 * width - 1) * width, high: 0 };
  for (let at = 0; at < length; at += width) {
    word.low = readLowHalf(data, at, encoding);
    word.high = readHighHalf(data, at, encoding);
    if ((word.low & 1) === 0) {
      out.put(word, 0);
      base.set(word);
      base.add(step);
    } else {
      out.putBits(base, word.low >>> 1, width, 0);
      out.putBits(base, word.high, width, 31 * width);
      base.add(stride);
    }
  }
  return new ElfRelativeRelocations(out.low, out.high);
}

/** Fills the columns. */
class AddressWriter {
  readonly low: Uint32Array;
  readonly high: Uint32Array;
  private readonly is64: boolean;
  private used = 0;

  constructor(count: number, is64: boolean) {
    this.low = new Uint32Array(count);
    this.high = new Uint32Array(count);
    this.is64 = is64;
  }

  put(base: { readonly low: number; readonly high: number }, distance: number): void {
    const sum = (base.low >>> 0) + distance;
    // The stores wrap.
    this.low[this.used] = sum;
    if (this.is64) this.high[this.used] = base.high + (sum > 0xffffffff ? 1 : 0);
    this.used += 1;
  }

  /** Puts the address of each bit that is set; the lowest one stands for what lies `distance` behind `base`. */
  putBits(base: WideSum, bits: number, width: number, distance: number): void {
    for (let rest = bits, at = distance; rest !== 0; rest >>>= 1, at += width) {
      if ((rest & 1) !== 0) this.put(base, at);
    }
  }
}

function bitCount(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
