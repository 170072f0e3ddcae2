// Program headers: gABI "Program Header". One block of bytes with a column for each field. Where the gABI leaves open what
// to make of odd fields, this follows LLVM's reader (llvm/Object/ELF.h and lib/Object/ELF.cpp, LLVM 22), in its words.
// What lies in segments stands in segment-content.ts.

import { ByteView } from '../bytes/index.ts';
import type { ElfFile } from './elf-file.ts';
import { readWord, readWordAsNumber } from './layout.ts';
import type { ElfEncoding, ElfLayout } from './layout.ts';

/** `e_phnum` says so that the number of program headers is the `sh_info` of section 0. */
const PN_XNUM = 0xffff;
const PT_LOAD = 1;

/** The fields of a program header as stored. */
export interface RawElfSegment {
  /** Kind of segment. */
  readonly p_type: number;
  /** Permissions, and bits of the system and the machine. */
  readonly p_flags: number;
  /** Where the bytes stand. */
  readonly p_offset: bigint;
  /** Address in memory. */
  readonly p_vaddr: bigint;
  /** Physical address, where that has a meaning. */
  readonly p_paddr: bigint;
  /** Bytes in the file. */
  readonly p_filesz: bigint;
  /** Bytes in memory. */
  readonly p_memsz: bigint;
  /** Alignment in memory and in the file; 0 and 1 ask for none. */
  readonly p_align: bigint;
}

/** Reads the program headers. See {@link ElfFile.segments}. */
export function readSegmentTable(elf: ElfFile): ElfSegmentTable {
  const { header, input, encoding, limits } = elf;
  const { layout } = encoding;
  const { e_phentsize, e_phoff } = header.raw;
  const count = readSegmentCount(elf);
  const start = Number(e_phoff);
  // As for sections, nothing is said of an offset or a size that nothing stands at.
  if (count === 0) return new ElfSegmentTable(new ByteView(new Uint8Array(0), input.base, input.path), encoding, 0, 0);
  const span = layout.programHeaderSize;
  if (e_phentsize !== span) throw input.error('bad-value', `invalid e_phentsize: ${e_phentsize}`, layout.e_phentsize);
  if (start > input.length || count > (input.length - start) / span) {
    const reason =
      `program headers are longer than binary of size ${input.length}: e_phoff = 0x${e_phoff.toString(16)}, ` +
      `e_phnum = ${count}, e_phentsize = ${e_phentsize}`;
    throw input.error('out-of-bounds', reason, layout.e_phoff);
  }
  if (count > limits.segments || count * span > limits.blockBytes) {
    const reason = `${count} program headers are more than the limits allow (${limits.segments})`;
    throw input.error('limit-exceeded', reason, layout.e_phnum);
  }
  const view = input.view(start, count * span, 'the program header table');
  return new ElfSegmentTable(view, encoding, start, input.length);
}

/** Needs section 0 at most; whatever else is wrong with the section headers does no harm here. */
function readSegmentCount({ header, input, encoding: { layout, littleEndian } }: ElfFile): number {
  const { e_phnum } = header.raw;
  const start = header.sectionHeaderOffset;
  // As in LLVM: without section headers the number is what it says.
  if (e_phnum !== PN_XNUM || start === 0) return e_phnum;
  const { data } = input.view(start, layout.sectionHeaderSize, 'the null section header');
  return data.getUint32(layout.sh_info, littleEndian);
}

/** The PT_LOAD segments by `p_vaddr`, those of one address in their order. */
interface LoadOrder {
  readonly indices: Uint32Array;
  readonly starts: BigUint64Array;
}

/**
 * The program headers of a file, as columns. Making one copies nothing.
 *
 * The columns take a number below {@link length}; another one is the caller's error and gives a `RangeError`.
 */
export class ElfSegmentTable {
  /** Number of segments; 0 in relocatable files. */
  readonly length: number;
  private readonly view: ByteView;
  private readonly data: DataView;
  private readonly encoding: ElfEncoding;
  private readonly layout: ElfLayout;
  private readonly entrySpan: number;
  private readonly firstHeaderOffset: number;
  private readonly inputSize: number;
  private loadOrder: LoadOrder | undefined;

  /**
   * @param view - The program headers; a multiple of their size.
   * @param firstHeaderOffset - Where they start, from the start of the ELF file.
   * @param inputSize - Bytes of the ELF file.
   * @internal
   */
  constructor(view: ByteView, encoding: ElfEncoding, firstHeaderOffset: number, inputSize: number) {
    this.view = view;
    this.data = view.data;
    this.encoding = encoding;
    this.layout = encoding.layout;
    this.entrySpan = encoding.layout.programHeaderSize;
    this.firstHeaderOffset = firstHeaderOffset;
    this.inputSize = inputSize;
    this.length = view.length / this.entrySpan;
  }

  /** `p_type`: 1 (PT_LOAD) for what a loader maps. */
  type(index: number): number {
    return this.data.getUint32(index * this.entrySpan, this.encoding.littleEndian);
  }

  /** `p_flags`: 4 readable, 2 writable, 1 executable; other bits are the system's and the machine's. */
  flags(index: number): number {
    return this.data.getUint32(index * this.entrySpan + this.layout.p_flags, this.encoding.littleEndian);
  }

  /** `p_offset`, from the start of the ELF file. Rounded above 2^53. */
  offset(index: number): number {
    return readWordAsNumber(this.data, index * this.entrySpan + this.layout.p_offset, this.encoding);
  }

  /** `p_filesz`: bytes in the file. Rounded above 2^53. */
  fileSize(index: number): number {
    return readWordAsNumber(this.data, index * this.entrySpan + this.layout.p_filesz, this.encoding);
  }

  /** `p_vaddr`: address in memory. */
  address(index: number): bigint {
    return this.word(index, this.layout.p_vaddr);
  }

  /** `p_paddr`: physical address, where that has a meaning. */
  physicalAddress(index: number): bigint {
    return this.word(index, this.layout.p_paddr);
  }

  /** `p_memsz`: bytes in memory. */
  memorySize(index: number): bigint {
    return this.word(index, this.layout.p_memsz);
  }

  /** `p_align`: alignment in memory and in the file. */
  alignment(index: number): bigint {
    return this.word(index, this.layout.p_align);
  }

  private word(index: number, field: number): bigint {
    return readWord(this.data, index * this.entrySpan + field, this.encoding);
  }

  /** Where the program header stands, from the start of the ELF file. */
  headerOffset(index: number): number {
    return this.firstHeaderOffset + index * this.entrySpan;
  }

  /** Whether the bytes of the segment lie within the file. */
  isInFile(index: number): boolean {
    const offset = this.offset(index);
    return offset <= this.inputSize && this.fileSize(index) <= this.inputSize - offset;
  }

  /** The first segment of a type; `undefined` if there is none. Costs a pass over the program headers. */
  find(type: number): number | undefined {
    for (let i = 0; i < this.length; i += 1) if (this.type(i) === type) return i;
    return undefined;
  }

  /**
   * The offset in the file of what a loader maps at an address, from the start of the ELF file. See {@link locate}.
   *
   * @throws {@link FormatError} as {@link locate}.
   */
  fileOffsetOf(address: bigint): number {
    return this.locate(address).offset;
  }

  /**
   * Finds the bytes of the file that a loader maps at an address. Of PT_LOAD segments that overlap the one with the highest
   * `p_vaddr` counts, and of those the last. The first use costs a pass over the program headers, the others a search.
   *
   * @returns Where they start, from the start of the ELF file, and how many the segment has from there on in the file.
   * @throws {@link FormatError} `out-of-bounds` if no segment has bytes of the file for this address, or if those lie behind
   *   the end of the file.
   */
  locate(address: bigint): { readonly offset: number; readonly length: number } {
    const { starts, indices } = (this.loadOrder ??= this.orderLoads());
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] as bigint) <= address) low = middle + 1;
      else high = middle;
    }
    const found = indices[low - 1] ?? -1;
    const start = starts[low - 1] ?? 0n;
    if (found === -1 || address - start >= this.word(found, this.layout.p_filesz)) {
      throw this.view.error('out-of-bounds', `virtual address is not in any segment: 0x${address.toString(16)}`, 0);
    }
    const { p_offset, p_filesz } = this.rawAt(found);
    const offset = p_offset + address - start;
    if (offset >= this.inputSize) {
      const reason =
        `can't map virtual address 0x${address.toString(16)} to the segment with index ${found + 1}: the segment ends at ` +
        `0x${(p_offset + p_filesz).toString(16)}, which is greater than the file size (0x${this.inputSize.toString(16)})`;
      throw this.view.error('out-of-bounds', reason, found * this.entrySpan);
    }
    const length = Math.min(Number(p_filesz - (address - start)), this.inputSize - Number(offset));
    return { offset: Number(offset), length };
  }

  /** In order, so that who asks for very many addresses does not pay for all segments each time. */
  private orderLoads(): LoadOrder {
    const loads = new Uint32Array(this.length);
    let count = 0;
    for (let i = 0; i < this.length; i += 1) if (this.type(i) === PT_LOAD) loads[count++] = i;
    const indices = loads.slice(0, count);
    const starts = BigUint64Array.from(indices, (index) => this.address(index));
    // The gABI asks for ascending addresses, and nearly everybody writes them so.
    if (starts.every((start, i) => i === 0 || start >= (starts[i - 1] as bigint))) return { indices, starts };
    indices.sort((a, b) => {
      const [first, second] = [this.address(a), this.address(b)];
      return first < second ? -1 : first > second ? 1 : a - b;
    });
    return { indices, starts: BigUint64Array.from(indices, (index) => this.address(index)) };
  }

  /** One segment as an object. */
  at(index: number): ElfSegment {
    const raw = this.rawAt(index);
    return {
      index,
      type: raw.p_type,
      flags: raw.p_flags,
      offset: Number(raw.p_offset),
      fileSize: Number(raw.p_filesz),
      address: raw.p_vaddr,
      memorySize: raw.p_memsz,
      raw,
    };
  }

  /** The fields of one program header as stored. */
  rawAt(index: number): RawElfSegment {
    const { layout } = this;
    return {
      p_type: this.type(index),
      p_flags: this.flags(index),
      p_offset: this.word(index, layout.p_offset),
      p_vaddr: this.address(index),
      p_paddr: this.physicalAddress(index),
      p_filesz: this.word(index, layout.p_filesz),
      p_memsz: this.memorySize(index),
      p_align: this.alignment(index),
    };
  }
}

/** One program header. */
export interface ElfSegment {
  /** Its position in the table. */
  readonly index: number;
  /** `p_type`. */
  readonly type: number;
  /** `p_flags`. */
  readonly flags: number;
  /** See {@link ElfSegmentTable.offset}. */
  readonly offset: number;
  /** See {@link ElfSegmentTable.fileSize}. */
  readonly fileSize: number;
  /** `p_vaddr`. */
  readonly address: bigint;
  /** `p_memsz`. */
  readonly memorySize: bigint;
  /** The fields as stored. */
  readonly raw: RawElfSegment;
}
