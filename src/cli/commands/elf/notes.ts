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
import { hex, listElf, sectionLabel, sectionsSideBySide, sideBySide } from './listing.ts';
import type { DamageList } from '../damage-list.ts';
import type { ElfListing, ListingOptions } from './listing.ts';

const { SHT_NOTE } = SECTION_TYPES.values;
const PT_NOTE = 4;
/** Descriptors that are not understood are told up to so many bytes; people are shown no more of properties either. */
const SHOWN_BYTES = 64;
/** People are shown so many characters of a text. Arguments of probes and metadata of packages have hundreds. */
const SHOWN_CHARACTERS = 1024;

/** Of NT_GNU_ABI_TAG, by number. */
const SYSTEMS: readonly string[] = ['Linux', 'Hurd', 'Solaris', 'FreeBSD'];

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
      for (const index of sectionsSideBySide(elf, damage, (section) => sections.type(section) === SHT_NOTE)) {
        const label = sectionLabel(elf, index);
        for (const note of damage.guarded(() => sectionNotes(elf, index))) yield rowOf(elf, label(), note, damage);
      }
      return;
    }
    const where = (index: number): string => `PT_NOTE [${index}]`;
    for (const index of sideBySide(elf, damage, noteSegments(elf), (segment) => bytesInFile(elf, segment), where)) {
      for (const note of damage.guarded(() => segmentNotes(elf, index))) yield rowOf(elf, where(index), note, damage);
    }
  },
  lines({ where, owner, type, size, content, properties, description = '' }) {
    const facts =
      Object.entries(content ?? {})
        .slice(1)
        .map(shownFact)
        .join(' ') || shownDigits(description, size);
    const head = `${where.padEnd(24)} ${shownText(owner).padEnd(10)} ${String(size).padStart(4)} ${type} ${facts}`;
    const lines = (properties ?? []).map(({ type: name, data, bits }) => {
      return `    ${name} ${bits?.join(' ') ?? shownDigits(data, data.length / 2)}`.trimEnd();
    });
    return [head.trimEnd(), ...lines];
  },
};

/** A version as people write it, a system by its name, other facts as they are. */
function shownFact([key, fact]: readonly [string, unknown]): string {
  if (key === 'system') return SYSTEMS[fact as number] ?? String(fact);
  return Array.isArray(fact) ? fact.join('.') : shownText(String(fact));
}

function shownText(text: string): string {
  return text.length <= SHOWN_CHARACTERS ? text : `${text.slice(0, SHOWN_CHARACTERS)}… (${text.length} characters)`;
}

/** The first of some bytes, of which there are `size`. */
function shownDigits(bytes: string, size: number): string {
  return size <= SHOWN_BYTES ? bytes : `${bytes.slice(0, 2 * SHOWN_BYTES)}… (${size} bytes)`;
}

function* noteSegments({ segments }: ElfFile): Generator<number> {
  for (let index = 0; index < segments.length; index += 1) if (segments.type(index) === PT_NOTE) yield index;
}

function bytesInFile({ segments }: ElfFile, index: number): number {
  return segments.isInFile(index) ? segments.fileSize(index) : 0;
}

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
    ? { ...row, description: digits(description.bytes.subarray(0, SHOWN_BYTES)) }
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
