// Which sections lie in which segments: the "Section to Segment mapping" of `llvm-readelf -l` (LLVM 22), whose rules these
// are; the gABI has none. (GNU readelf leaves out sections that are not loaded, and takes none for PT_PHDR.)

import { SECTION_FLAGS, SECTION_TYPES } from './constants/section.ts';
import type { ElfFile } from './elf-file.ts';
import type { ElfSectionTable } from './section.ts';
import type { ElfSegmentTable, RawElfSegment } from './segment.ts';

const { SHT_NULL, SHT_NOBITS } = SECTION_TYPES.values;
const { SHF_ALLOC, SHF_TLS } = SECTION_FLAGS.values;

const PT_LOAD = 1;
const PT_DYNAMIC = 2;
const PT_TLS = 7;
const PT_GNU_RELRO = 0x6474e552;

/**
 * The sections that lie in a segment, ascending. Costs a pass over the section headers: who asks for all segments of a file
 * takes {@link readSectionMapping}.
 *
 * @param segment - Its position in {@link ElfFile.segments}, below their number.
 * @throws {@link FormatError} as {@link ElfFile.segments} and {@link ElfFile.sections}.
 */
export function* sectionsInSegment(elf: ElfFile, segment: number): Generator<number, void> {
  const { sections } = elf;
  const raw = elf.segments.rawAt(segment);
  for (let i = 0; i < sections.length; i += 1) if (liesIn(sections, i, raw)) yield i;
}

/**
 * Sorts the sections of a file by their places, for the sections of every segment. The files of debuggers have as many
 * sections as segments (core files, of one for each mapping), where a pass for each segment would not end soon.
 *
 * @throws {@link FormatError} as {@link ElfFile.segments} and {@link ElfFile.sections}.
 */
export function readSectionMapping(elf: ElfFile): ElfSectionMapping {
  return new ElfSectionMapping(elf.sections, elf.segments);
}

/** The sections of each segment. Keeps two numbers for a section. */
export class ElfSectionMapping {
  private readonly sections: ElfSectionTable;
  private readonly segments: ElfSegmentTable;
  /** Sections with bytes in the file. */
  private readonly byOffset: SortedSections;
  /** Sections of memory without bytes in the file. */
  private readonly byAddress: SortedSections;
  /** Sections with neither, which lie in every segment. */
  private readonly elsewhere: readonly number[];

  /** @internal */
  constructor(sections: ElfSectionTable, segments: ElfSegmentTable) {
    this.sections = sections;
    this.segments = segments;
    const inFile: number[] = [];
    const inMemory: number[] = [];
    const elsewhere: number[] = [];
    for (let i = 0; i < sections.length; i += 1) {
      if (sections.hasContent(i)) inFile.push(i);
      else if (sections.type(i) !== SHT_NULL) (isAllocated(sections, i) ? inMemory : elsewhere).push(i);
    }
    this.byOffset = new SortedSections(inFile, (i) => sections.offset(i));
    this.byAddress = new SortedSections(inMemory, (i) => Number(sections.rawAt(i).sh_addr));
    this.elsewhere = elsewhere;
  }

  /**
   * How many sections {@link sectionsIn} looks at: no fewer than lie in the segment, and in a sound file hardly more. In a
   * file where everything lies upon each other the sum over all segments is as large as their number times that of
   * sections. Costs a binary search.
   *
   * @param segment - Its position in {@link ElfFile.segments}, below their number.
   */
  candidateCount(segment: number): number {
    const { offsets, addresses } = this.candidates(segment);
    return offsets.length + addresses.length + this.elsewhere.length;
  }

  /**
   * The sections that lie in a segment, ascending: those of {@link sectionsInSegment}.
   *
   * @param segment - Its position in {@link ElfFile.segments}, below their number.
   */
  sectionsIn(segment: number): number[] {
    const { sections } = this;
    const raw = this.segments.rawAt(segment);
    const { offsets, addresses } = this.candidates(segment);
    const found: number[] = [];
    for (const candidates of [offsets, addresses, this.elsewhere]) {
      for (const i of candidates) if (liesIn(sections, i, raw)) found.push(i);
    }
    return found.sort((a, b) => a - b);
  }

  private candidates(segment: number): { readonly offsets: Uint32Array; readonly addresses: Uint32Array } {
    const { p_offset, p_filesz, p_vaddr, p_memsz } = this.segments.rawAt(segment);
    return {
      offsets: this.byOffset.between(Number(p_offset), Number(p_offset + p_filesz)),
      addresses: this.byAddress.between(Number(p_vaddr), Number(p_vaddr + p_memsz)),
    };
  }
}

/** Section numbers in the order of a place, which may be rounded: rounding keeps the order. */
class SortedSections {
  private readonly indices: Uint32Array;
  private readonly places: Float64Array;

  constructor(indices: readonly number[], placeOf: (index: number) => number) {
    const places = Float64Array.from(indices, placeOf);
    const order = Uint32Array.from(indices.keys()).sort((a, b) => (places[a] as number) - (places[b] as number));
    this.indices = order.map((position) => indices[position] as number);
    this.places = places.sort();
  }

  /** Those whose place is not below `first` and not above `last`. */
  between(first: number, last: number): Uint32Array {
    return this.indices.subarray(
      this.countWhile((place) => place < first),
      this.countWhile((place) => place <= last),
    );
  }

  private countWhile(isBefore: (place: number) => boolean): number {
    let low = 0;
    let high = this.places.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBefore(this.places[middle] as number)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function isAllocated(sections: ElfSectionTable, index: number): boolean {
  return (sections.flags(index) & SHF_ALLOC) !== 0;
}

function liesIn(sections: ElfSectionTable, index: number, segment: RawElfSegment): boolean {
  const { p_type, p_offset, p_vaddr, p_filesz, p_memsz } = segment;
  const type = sections.type(index);
  if (type === SHT_NULL) return false;
  const isTls = (sections.flags(index) & SHF_TLS) !== 0;
  const isTbss = isTls && type === SHT_NOBITS;
  if (!(isTls ? holdsTls(p_type, isTbss) : p_type !== PT_TLS)) return false;
  const { sh_offset, sh_addr, sh_size } = sections.rawAt(index);
  const isEmptyInDynamic = p_type === PT_DYNAMIC && p_memsz !== 0n && sh_size === 0n;
  if (type !== SHT_NOBITS) {
    if (!lies(sh_offset, sh_size, p_offset, p_filesz)) return false;
    if (isEmptyInDynamic && sh_offset === p_offset) return false;
  }
  // Thread-local zeros take up memory in PT_TLS only, and those are the only segments that they can lie in here.
  if (!isAllocated(sections, index)) return true;
  return lies(sh_addr, sh_size, p_vaddr, p_memsz) && !(isEmptyInDynamic && sh_addr === p_vaddr);
}

function holdsTls(type: number, isTbss: boolean): boolean {
  return type === PT_TLS || (!isTbss && (type === PT_LOAD || type === PT_GNU_RELRO));
}

/** Whether a part lies in a whole; an empty part does not lie at its end. */
function lies(start: bigint, size: bigint, wholeStart: bigint, wholeSize: bigint): boolean {
  const distance = start - wholeStart;
  return distance >= 0n && distance + (size === 0n ? 1n : size) <= wholeSize;
}
