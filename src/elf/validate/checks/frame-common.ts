// What stands in a common information entry (CIE) of `.eh_frame`, as far as ld.lld reads it when it makes an index
// (`--eh-frame-hdr`): version, augmentation, and by it how the functions of the entries that refer to it are written. Linux
// Standard Base, "The Common Information Entry Format". Instructions are not looked at.

import { decodeName, endOfString } from '../../../bytes/index.ts';
import type { ByteView } from '../../../bytes/index.ts';

const HEADER = 8;
const FORMAT_MASK = 0x0f;
const APPLICATION_MASK = 0x70;
const [DW_EH_PE_absptr, DW_EH_PE_pcrel, DW_EH_PE_aligned] = [0x00, 0x10, 0x50];

/** Bytes of a pointer by the low four bits of its encoding; 0 is an address. */
const POINTER_SIZES: ReadonlyMap<number, number> = /* @__PURE__ */ new Map([
  [0x0, 0],
  [0x2, 2],
  [0x3, 4],
  [0x4, 8],
  [0x8, 0],
  [0xa, 2],
  [0xb, 4],
  [0xc, 8],
]);
const DW_EH_PE_signed = 0x8;

/** What is wrong with an entry: the situations of the condition `frame-common`. */
export interface CommonFault {
  readonly situation:
    'small' | 'end' | 'version' | 'string' | 'number' | 'augmentation' | 'aligned' | 'pointer' | 'personality';
  readonly reason: string;
  readonly found: number | string;
}

/** An entry: how it tells the place of functions, unless it is damaged. */
export type CommonEntry =
  { readonly fault: CommonFault } | { readonly fault: undefined; readonly functionEncoding: number };

/** Why no index can be made of functions that are written so; `undefined` where it can. */
export function functionEncodingFault(encoding: number): 'size' | 'relative' | 'aligned' | undefined {
  const format = encoding & FORMAT_MASK;
  if (!POINTER_SIZES.has(format) || format === DW_EH_PE_signed) return 'size';
  const application = encoding & APPLICATION_MASK;
  if (application === DW_EH_PE_absptr || application === DW_EH_PE_pcrel) return undefined;
  return application === DW_EH_PE_aligned ? 'aligned' : 'relative';
}

/**
 * Reads an entry.
 *
 * @param view - The whole entry, from its length on.
 * @param addressSize - Bytes of an address.
 * @param known - Letters of the augmentation that the linker knows.
 */
export function readCommonEntry(view: ByteView, addressSize: number, known: string): CommonEntry {
  return new CommonReader(view, addressSize, known).read();
}

class CommonReader {
  private readonly bytes: Uint8Array;
  private readonly addressSize: number;
  private readonly known: string;
  private at = HEADER;

  constructor(view: ByteView, addressSize: number, known: string) {
    this.bytes = view.bytes;
    this.addressSize = addressSize;
    this.known = known;
  }

  read(): CommonEntry {
    const { bytes } = this;
    if (bytes.length < HEADER) return fault('small', bytes.length, `it has ${bytes.length} bytes`);
    if (this.ended()) return this.endFault();
    const version = this.byte();
    if (version !== 1 && version !== 3)
      return fault('version', version, `its version is ${version}, but 1 or 3 was expected`);
    const start = this.at;
    const end = endOfString(bytes, start);
    if (end >= bytes.length) return fault('string', '', 'its augmentation does not end');
    this.at = end + 1;
    // The two factors, and where the return address is.
    if (!this.skipNumber() || !this.skipNumber()) return this.numberFault();
    if (version === 1 && this.ended()) return this.endFault();
    if (version === 1) this.at += 1;
    else if (!this.skipNumber()) return this.numberFault();
    for (let i = start; i < end; i += 1) {
      const letter = String.fromCharCode(bytes[i] ?? 0);
      // What is behind it is not looked at.
      if (letter === 'R') return this.ended() ? this.endFault() : { fault: undefined, functionEncoding: this.byte() };
      const found = this.skipAugmentation(letter, start, end);
      if (found !== undefined) return found;
    }
    return { fault: undefined, functionEncoding: DW_EH_PE_absptr };
  }

  private ended(): boolean {
    return this.at >= this.bytes.length;
  }

  private byte(): number {
    const value = this.bytes[this.at] ?? 0;
    this.at += 1;
    return value;
  }

  private skipAugmentation(letter: string, start: number, end: number): CommonEntry | undefined {
    if (letter === 'z') return this.skipNumber() ? undefined : this.numberFault();
    if (letter === 'P') return this.skipPersonality();
    if (letter === 'L') {
      if (this.ended()) return this.endFault();
      this.at += 1;
      return undefined;
    }
    if (this.known.includes(letter)) return undefined;
    const text = decodeName(this.bytes, start, end);
    return fault('augmentation', text, `the letter ${letter} of its augmentation "${text}" is not known`);
  }

  private skipPersonality(): CommonEntry | undefined {
    if (this.ended()) return this.endFault();
    const encoding = this.byte();
    if ((encoding & 0xf0) === DW_EH_PE_aligned) {
      return fault('aligned', encoding, 'its personality is written aligned (DW_EH_PE_aligned)');
    }
    const size = POINTER_SIZES.get(encoding & FORMAT_MASK);
    if (size === undefined) {
      return fault('pointer', encoding, `the encoding of its personality, 0x${encoding.toString(16)}, does not exist`);
    }
    const span = size === 0 ? this.addressSize : size;
    if (span >= this.bytes.length - this.at) return fault('personality', encoding, 'it ends within its personality');
    this.at += span;
    return undefined;
  }

  /** Skips a LEB128 number of any length. */
  private skipNumber(): boolean {
    while (!this.ended()) if (this.byte() < 0x80) return true;
    return false;
  }

  private numberFault(): CommonEntry {
    return fault('number', this.bytes.length, 'it ends within a number');
  }

  private endFault(): CommonEntry {
    return fault('end', this.bytes.length, `it ends early, after ${this.bytes.length} bytes`);
  }
}

function fault(situation: CommonFault['situation'], found: number | string, reason: string): CommonEntry {
  return { fault: { situation, found, reason } };
}
