// Program properties, in notes of the owner GNU and the type NT_GNU_PROPERTY_TYPE_0: "Linux Extensions to gABI", and the
// psABIs of AArch64 and x86-64. Linkers combine them: a bit of FEATURE_1_AND holds for a program if it holds for every
// object, so that one object without the note switches it off. Where lld complains, its words are used.

import type { ByteView, FormatError } from '../../bytes/index.ts';
import { MACHINES } from '../constants/machine.ts';
import type { ElfFile } from '../elf-file.ts';
import { readWord } from '../layout.ts';
import type { ElfNote } from './note.ts';

const { EM_AARCH64, EM_386, EM_X86_64, EM_RISCV } = MACHINES.values;

const NT_GNU_PROPERTY_TYPE_0 = 5;
const GNU_PROPERTY_STACK_SIZE = 1;
const GNU_PROPERTY_AARCH64_FEATURE_PAUTH = 0xc0000001;
/** FEATURE_1_AND by machine; RISC-V shares AArch64's number. */
const FEATURE_1_AND = { x86: 0xc0000002, others: 0xc0000000 } as const;
/** Numbers whose data are 32 bits that linkers join by AND or OR: those of all machines, then x86's. */
const UINT32_AND_OR = { low: 0xb0000000, high: 0xb000ffff } as const;
const X86_UINT32 = { low: 0xc0000002, high: 0xc0017fff } as const;

/** `pr_type` and `pr_datasz`. */
const PROPERTY_HEADER = 8;
const PAUTH_SIZE = 16;

/** One program property. */
export interface ElfGnuProperty {
  /** `pr_type`. Names in `ltoscope/elf/constants`. */
  readonly type: number;
  /** The data, without padding: a window. */
  readonly data: ByteView;
  /** The bits, where the property is a set of 32 of them; `undefined` for all others, and where there is less data. */
  readonly bits: number | undefined;
  /** Where the property starts, from the start of the file that holds the bytes. */
  readonly fileOffset: number;
}

/** The signing schema of AArch64's pointer authentication. */
export interface ElfPauthSchema {
  /** Who defines the version: 0 nobody, 0x10000002 LLVM for Linux. */
  readonly platform: bigint;
  /** Number in the list of that platform. */
  readonly version: bigint;
}

/** What linkers look at in the program properties of a file. */
export interface ElfFeatures {
  /** FEATURE_1_AND of the machine: all of the file's, joined by OR as lld does for objects. 0 without one. */
  readonly feature1And: number;
  /** AArch64's PAUTH; `undefined` without one. */
  readonly pauth: ElfPauthSchema | undefined;
  /** The stack that the program asks for; `undefined` without one. */
  readonly stackSize: bigint | undefined;
}

/** Whether a note holds program properties. */
export function isGnuPropertyNote(note: ElfNote): boolean {
  return note.name === 'GNU' && note.type === NT_GNU_PROPERTY_TYPE_0;
}

/**
 * Goes through the program properties of a note. Copies nothing.
 *
 * @param note - One that {@link isGnuPropertyNote} knows.
 * @throws {@link FormatError} while iterating, behind the properties before the fault: `truncated` with lld's words
 *   "program property is too short".
 * @see "Linux Extensions to gABI", ".note.gnu.property"; llvm-readelf -n.
 */
export function* gnuProperties(elf: ElfFile, note: ElfNote): Generator<ElfGnuProperty, void, undefined> {
  const { layout, littleEndian } = elf.encoding;
  const padding = layout.bits / 8;
  const { description: view } = note;
  const { data, length } = view;
  for (let start = 0; start < length;) {
    if (length - start < PROPERTY_HEADER) throw tooShort(view, start);
    const type = data.getUint32(start, littleEndian);
    const size = data.getUint32(start + 4, littleEndian);
    if (size > length - start - PROPERTY_HEADER) throw tooShort(view, start);
    const content = view.part(start + PROPERTY_HEADER, size, 'a program property');
    const bits = isBitSet(elf, type) && size >= 4 ? content.data.getUint32(0, littleEndian) : undefined;
    yield { type, data: content, bits, fileOffset: view.base + start };
    start += PROPERTY_HEADER + Math.ceil(size / padding) * padding;
  }
}

function tooShort(view: ByteView, offset: number): FormatError {
  return view.error('truncated', 'program property is too short', offset);
}

function isX86(elf: ElfFile): boolean {
  return elf.header.machine === EM_X86_64 || elf.header.machine === EM_386;
}

function isBitSet(elf: ElfFile, type: number): boolean {
  if (type >= UINT32_AND_OR.low && type <= UINT32_AND_OR.high) return true;
  if (isX86(elf)) return type >= X86_UINT32.low && type <= X86_UINT32.high;
  const { machine } = elf.header;
  return (machine === EM_AARCH64 || machine === EM_RISCV) && type === FEATURE_1_AND.others;
}

/**
 * Reads what linkers look at in the program properties of a note.
 *
 * @param note - One that {@link isGnuPropertyNote} knows.
 * @throws {@link FormatError} as {@link gnuProperties}; with lld's words: `truncated`, "FEATURE_1_AND entry is too short";
 *   `bad-value` if PAUTH has not 16 bytes or stands there twice.
 */
export function readGnuFeatures(elf: ElfFile, note: ElfNote): ElfFeatures {
  const featureType = isX86(elf) ? FEATURE_1_AND.x86 : FEATURE_1_AND.others;
  const { encoding, header } = elf;
  let feature1And = 0;
  let pauth: ElfPauthSchema | undefined;
  let stackSize: bigint | undefined;
  for (const property of gnuProperties(elf, note)) {
    const { type, data, bits } = property;
    if (type === featureType) {
      if (data.length < 4) throw data.error('truncated', 'FEATURE_1_AND entry is too short', 0);
      feature1And = (feature1And | (bits ?? 0)) >>> 0;
    } else if (type === GNU_PROPERTY_STACK_SIZE) {
      if (data.length === encoding.layout.bits / 8) stackSize = readWord(data.data, 0, encoding);
    } else if (type === GNU_PROPERTY_AARCH64_FEATURE_PAUTH && header.machine === EM_AARCH64) {
      if (pauth !== undefined) {
        const reason = 'multiple GNU_PROPERTY_AARCH64_FEATURE_PAUTH entries are not supported';
        throw data.error('bad-value', reason, 0);
      }
      pauth = readPauth(data, encoding.littleEndian);
    }
  }
  return { feature1And, pauth, stackSize };
}

function readPauth(view: ByteView, littleEndian: boolean): ElfPauthSchema {
  if (view.length !== PAUTH_SIZE) {
    const reason =
      `GNU_PROPERTY_AARCH64_FEATURE_PAUTH entry is invalid: expected ${PAUTH_SIZE} bytes, ` + `but got ${view.length}`;
    throw view.error('bad-value', reason, 0);
  }
  return { platform: view.data.getBigUint64(0, littleEndian), version: view.data.getBigUint64(8, littleEndian) };
}
