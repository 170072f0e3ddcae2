// Relocations out of a packed encoding (SHT_CREL, SHT_ANDROID_REL, SHT_ANDROID_RELA), unpacked into one block of memory.
// Such an encoding states differences, so that no entry can be read without those before it. The block is an array of
// entries like those of SHT_RELA in a little endian file of class 64, wide enough for every encoding, each followed by
// where it stood; so the columns of a table are the same code for all encodings.

import { ByteView } from '../bytes/index.ts';
import type { FormatError } from '../bytes/index.ts';
import { LAYOUT_64 } from './layout.ts';
import { relocationEntryLayout } from './relocation.ts';
import type { RelocationEntryLayout } from './relocation.ts';

/** No machine has this number, so none divides `r_info` in its own way. */
const EM_NONE = 0;
/** Bytes of an unpacked entry: those of SHT_RELA, and a double. */
const SPAN = LAYOUT_64.relaSize + 8;
/** Where an unpacked entry holds the place of the packed one. */
const PLACE_AT = LAYOUT_64.relaSize;

/** Where the parts of an unpacked entry lie. */
export function unpackedEntryLayout(hasAddends: boolean): RelocationEntryLayout {
  const encoding = { layout: LAYOUT_64, littleEndian: true };
  return { ...relocationEntryLayout(encoding, EM_NONE, hasAddends), span: SPAN, placeAt: PLACE_AT };
}

/** Two halves of a number of 64 bits; both are signed numbers. */
interface Halves {
  readonly low: number;
  readonly high: number;
}

/** A number of 64 bits that differences are added to. It wraps. */
export class WideSum implements Halves {
  low = 0;
  high = 0;

  set({ low, high }: Halves): void {
    this.low = low;
    this.high = high;
  }

  add({ low, high }: Halves): void {
    const sum = (this.low >>> 0) + (low >>> 0);
    this.low = sum | 0;
    this.high = (this.high + high + (sum > 0xffffffff ? 1 : 0)) | 0;
  }
}

/** What unpacking a section gives. */
export interface Unpacked {
  /** Unpacked entries, whole ones. Its place is that of the packed section. */
  readonly view: ByteView;
  readonly hasAddends: boolean;
  /** What ended the entries before their count was reached. */
  readonly fault: FormatError | undefined;
}

/** Collects unpacked entries. */
export class UnpackedRelocations {
  private readonly source: ByteView;
  private readonly is64: boolean;
  private readonly maximum: number;
  private view: ByteView;
  private used = 0;

  /**
   * @param source - The packed section.
   * @param bits - The class of the file.
   * @param expected - Entries to make room for at first; the caller has compared it with what the section can hold.
   * @param maximum - Entries that will be added at most.
   */
  constructor(source: ByteView, bits: 32 | 64, expected: number, maximum: number) {
    this.source = source;
    this.is64 = bits === 64;
    this.maximum = maximum;
    this.view = this.allocate(expected);
  }

  /**
   * Adds an entry. Of offset and addend the low half counts in files of class 32.
   *
   * @param place - Where it stands, from the start of the section.
   */
  add(offset: Halves, symbol: number, type: number, addend: Halves, place: number): void {
    if (this.used === this.view.length) this.grow();
    const { data } = this.view;
    const at = this.used;
    data.setInt32(at, offset.low, true);
    data.setInt32(at + 4, this.is64 ? offset.high : 0, true);
    data.setInt32(at + 8, type, true);
    data.setInt32(at + 12, symbol, true);
    data.setInt32(at + 16, addend.low, true);
    data.setInt32(at + 20, this.is64 ? addend.high : addend.low >> 31, true);
    data.setFloat64(at + PLACE_AT, place, true);
    this.used = at + SPAN;
  }

  /** All that was added. Nothing can be added any more. */
  finish(hasAddends: boolean, fault: FormatError | undefined): Unpacked {
    return { view: this.view.part(0, this.used, 'relocations'), hasAddends, fault };
  }

  private grow(): void {
    const old = this.view;
    const count = this.used / SPAN;
    this.view = this.allocate(Math.min(this.maximum, 2 * count + 16));
    this.view.bytes.set(old.bytes);
  }

  private allocate(count: number): ByteView {
    const { base, path } = this.source;
    return new ByteView(new Uint8Array(count * SPAN), base, path);
  }
}
