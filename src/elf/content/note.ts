// Notes: gABI "Note Section". A header of three words, a name, a descriptor, each padded. The gABI wants words and padding
// of eight bytes in 64-bit files; everybody writes words of four, and pads to four, but for `.note.gnu.property`, whose
// section says so. As LLVM (llvm/Object/ELF.h, LLVM 22) this takes the padding from the alignment of the section or segment.
// What descriptors mean is read by note-content.ts and gnu-property.ts.

import { decodeName, endOfString } from '../../bytes/index.ts';
import type { ByteView } from '../../bytes/index.ts';
import { SECTION_TYPES } from '../constants/section.ts';
import type { ElfFile } from '../elf-file.ts';

const { SHT_NOTE } = SECTION_TYPES.values;

const PT_NOTE = 4;
/** Offsets in Elf32_Nhdr, which both classes use, and its size. */
const NHDR = { n_namesz: 0, n_descsz: 4, n_type: 8, size: 12 } as const;

/** The header of a note as stored. */
export interface RawElfNote {
  /** Bytes of the name, its NUL included. */
  readonly n_namesz: number;
  /** Bytes of the descriptor. */
  readonly n_descsz: number;
  /** Kind of note, a matter of the owner. */
  readonly n_type: number;
}

/** One note. */
export interface ElfNote {
  /** Who defines the type: `GNU`, `FreeBSD`, `Linux`. What stands before the first NUL, as {@link decodeName} makes it. */
  readonly name: string;
  /**
   * The name as stored, its NUL included: a window. The names of GNU's build attributes (annobin) are the content: a letter
   * for the kind of value, what it is of, and behind a NUL the value.
   */
  readonly nameBytes: ByteView;
  /** `n_type`. Names in `ltoscope/elf/constants`. */
  readonly type: number;
  /** The descriptor, without padding: a window. */
  readonly description: ByteView;
  /** Where the note starts, from the start of the file that holds the bytes. */
  readonly fileOffset: number;
  /** The header as stored. */
  readonly raw: RawElfNote;
}

/**
 * Goes through the notes of a section. Reads the section when the first one is asked for; copies nothing.
 *
 * @param index - The number of an SHT_NOTE section.
 * @throws {@link FormatError} while iterating, behind the notes before the fault: as {@link ElfFile.sectionView};
 *   `bad-value` if the section is no SHT_NOTE or if `sh_addralign` is above 1 and neither 4 nor 8; `out-of-bounds` if a
 *   note goes past the end of the section. Padding that misses behind the last descriptor is no fault: GNU tools take
 *   it, LLVM does not.
 * @see gABI, "Note Section".
 * @example
 * for (const note of sectionNotes(elf, index)) console.log(note.name, note.type, note.description.length);
 */
export function* sectionNotes(elf: ElfFile, index: number): Generator<ElfNote, void, undefined> {
  elf.expectType(index, SHT_NOTE);
  const { sh_addralign } = elf.sections.rawAt(index);
  const padding = paddingOf(sh_addralign);
  if (padding === undefined) {
    throw elf.sectionError('bad-value', `alignment (${sh_addralign.toString()}) is not 4 or 8`, index);
  }
  yield* notesOf(elf.sectionView(index), padding, elf.encoding.littleEndian);
}

/**
 * Goes through the notes of a segment: for files without section headers. Where there are sections, most notes are found
 * both ways.
 *
 * @param index - The position of a PT_NOTE program header.
 * @throws {@link FormatError} while iterating, as {@link sectionNotes}, of `p_align`; `out-of-bounds` if the segment does
 *   not lie within the file, `limit-exceeded` past `Limits.blockBytes`.
 * @see gABI, "Note Section".
 */
export function* segmentNotes(elf: ElfFile, index: number): Generator<ElfNote, void, undefined> {
  const { segments, input, limits } = elf;
  if (!(index >= 0 && index < segments.length)) {
    throw input.error('out-of-bounds', `invalid program header: ${index} (there are ${segments.length})`, 0);
  }
  const offset = segments.offset(index);
  const size = segments.fileSize(index);
  if (segments.type(index) !== PT_NOTE) {
    throw input.error('bad-value', `segment ${index} is no PT_NOTE`, 0);
  }
  if (offset > input.length || size > input.length - offset) {
    const reason = `PT_NOTE: invalid offset (0x${offset.toString(16)}) or size (0x${size.toString(16)})`;
    throw input.error('out-of-bounds', reason, Math.min(offset, input.length));
  }
  const alignment = segments.alignment(index);
  const padding = paddingOf(alignment);
  if (padding === undefined) {
    throw input.error('bad-value', `PT_NOTE: alignment (${alignment.toString()}) is not 4 or 8`, offset);
  }
  if (size > limits.blockBytes) {
    const reason = `segment ${index} of ${size} bytes is more than the limits allow (${limits.blockBytes})`;
    throw input.error('limit-exceeded', reason, offset);
  }
  yield* notesOf(input.view(offset, size, 'a PT_NOTE segment'), padding, elf.encoding.littleEndian);
}

/** Core files have 0, some writers 1. */
function paddingOf(alignment: bigint): 4 | 8 | undefined {
  if (alignment === 8n) return 8;
  return alignment <= 1n || alignment === 4n ? 4 : undefined;
}

function* notesOf(view: ByteView, padding: 4 | 8, littleEndian: boolean): Generator<ElfNote, void, undefined> {
  const { data, length } = view;
  for (let start = 0; start < length;) {
    if (length - start < NHDR.size) throw overflow(view, start);
    const raw: RawElfNote = {
      n_namesz: data.getUint32(start + NHDR.n_namesz, littleEndian),
      n_descsz: data.getUint32(start + NHDR.n_descsz, littleEndian),
      n_type: data.getUint32(start + NHDR.n_type, littleEndian),
    };
    // All of this is far below 2^53.
    const nameStart = start + NHDR.size;
    const descriptionStart = start + alignUp(NHDR.size + raw.n_namesz, padding);
    const end = raw.n_descsz === 0 ? nameStart + raw.n_namesz : descriptionStart + raw.n_descsz;
    if (end > length) throw overflow(view, start);
    const nameBytes = view.part(nameStart, raw.n_namesz, 'the name of a note');
    yield {
      name: decodeName(nameBytes.bytes, 0, endOfString(nameBytes.bytes, 0)),
      nameBytes,
      type: raw.n_type,
      description: view.part(Math.min(descriptionStart, length), raw.n_descsz, 'the descriptor of a note'),
      fileOffset: view.base + start,
      raw,
    };
    start = descriptionStart + alignUp(raw.n_descsz, padding);
  }
}

function alignUp(value: number, alignment: number): number {
  return Math.ceil(value / alignment) * alignment;
}

function overflow(view: ByteView, offset: number) {
  return view.error('out-of-bounds', 'ELF note overflows container', offset);
}
