// ltoscope notes: the notes of sections, and of files without section headers those of segments, as `readelf -n` lists them.

import { describeGnuProperty, describeNoteType, gnuPropertyBitNames } from '../../../elf/constants/index.ts';
import {
  gnuProperties,
  isGnuPropertyNote,
  readNoteContent,
  sectionNotes,
  segmentNotes,
} from '../../../elf/content/index.ts';
import type { ElfNote } from '../../../elf/content/index.ts';
import { SECTION_TYPES } from '../../../elf/index.ts';
import type { ElfFile } from '../../../elf/index.ts';
import type { Output } from '../../output.ts';
import { hex, listElf } from './listing.ts';
import type { DamageList, ElfListing, ListingOptions } from './listing.ts';

const { SHT_NOTE } = SECTION_TYPES.values;
const PT_NOTE = 4;
/** Descriptors that are not understood are shown up to so many bytes. */
const SHOWN_MAX = 64;

/** A property of NT_GNU_PROPERTY_TYPE_0. */
interface PropertyRow {
  readonly type: string;
  /** The bytes, two digits each. */
  readonly data: string;
  /** Names of the bits, where they have names. */
  readonly bits?: readonly string[];
}

interface NoteRow {
  /** The section, or `PT_NOTE` and the number of the segment. */
  readonly where: string;
  readonly owner: string;
  readonly type: string;
  readonly size: number;
  /** What the note says, where that is known: `kind` and its facts; numbers of 64 bits in hexadecimal. */
  readonly content?: Readonly<Record<string, unknown>>;
  readonly properties?: readonly PropertyRow[];
  /** Where nothing else tells it: the first bytes of the descriptor, two digits each. */
  readonly description?: string;
}

const LISTING: ElfListing<NoteRow> = {
  heading: 'Where                    Owner      Size Type and content',
  *rows(elf: ElfFile, damage: DamageList) {
    const sections = damage.guard(() => elf.sections);
    if (sections !== undefined && sections.length > 0) {
      // Notes lie side by side in the file; more bytes than it has are those of sections that lie upon each other.
      let bytesLeft = elf.input.length;
      for (let index = 1; index < sections.length && bytesLeft >= 0; index += 1) {
        if (sections.type(index) !== SHT_NOTE) continue;
        bytesLeft -= sections.size(index);
        const where = sections.describe(index);
        for (const note of damage.guarded(() => sectionNotes(elf, index))) yield rowOf(elf, where, note, damage);
      }
      return;
    }
    const { segments } = elf;
    let bytesLeft = elf.input.length;
    for (let index = 0; index < segments.length && bytesLeft >= 0; index += 1) {
      if (segments.type(index) !== PT_NOTE) continue;
      bytesLeft -= segments.fileSize(index);
      const where = `PT_NOTE [${index}]`;
      for (const note of damage.guarded(() => segmentNotes(elf, index))) yield rowOf(elf, where, note, damage);
    }
  },
  lines({ where, owner, type, size, content, properties, description }) {
    const facts = content === undefined ? '' : Object.values(content).slice(1).map(String).join(' ');
    const head = `${where.padEnd(24)} ${owner.padEnd(10)} ${String(size).padStart(4)} ${type} ${facts || (description ?? '')}`;
    const lines = (properties ?? []).map((property) => {
      const meaning = property.bits === undefined ? property.data : property.bits.join(' ');
      return `    ${property.type} ${meaning}`;
    });
    return [head.trimEnd(), ...lines];
  },
};

function rowOf(elf: ElfFile, where: string, note: ElfNote, damage: DamageList): NoteRow {
  const { header } = elf;
  const { name, type, description } = note;
  const row = { where, owner: name, type: describeNoteType(name, type, header.type), size: description.length };
  if (isGnuPropertyNote(note)) {
    const properties = Array.from(
      damage.guarded(() => gnuProperties(elf, note)),
      (property) => {
        const names = property.bits === undefined ? undefined : gnuPropertyBitNames(header.machine, property.type);
        return {
          type: describeGnuProperty(header.machine, property.type),
          data: digits(property.data.bytes),
          ...(names === undefined ? {} : { bits: bitsOf(property.bits ?? 0).map((bit) => names.describe(bit)) }),
        };
      },
    );
    return { ...row, properties };
  }
  const content = damage.guard(() => readNoteContent(elf, note));
  return content === undefined
    ? { ...row, description: digits(description.bytes.subarray(0, SHOWN_MAX)) }
    : { ...row, content: Object.fromEntries(Object.entries(content).map(([key, value]) => [key, jsonValue(value)])) };
}

/** What JSON has no type for: bytes as digits, 64-bit numbers in hexadecimal. */
function jsonValue(value: unknown): unknown {
  if (typeof value === 'bigint') return hex(value);
  return value instanceof Uint8Array ? digits(value) : value;
}

function digits(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function bitsOf(word: number): number[] {
  return Array.from({ length: 32 }, (_, bit) => (1 << bit) >>> 0).filter((bit) => (word & bit) !== 0);
}

export function notesCommand(paths: readonly string[], options: ListingOptions, output: Output): number {
  return listElf(LISTING, paths, options, output);
}
