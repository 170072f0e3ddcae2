// The ELF header: gABI "ELF Header". Only what tells the class and byte order is checked; every other value is kept as it
// is, because what a linker makes of it is not the reader's business. As in LLVM, EI_VERSION and e_version are not looked
// at. The counts in it have escapes for large files (e_shnum 0, e_shstrndx 0xffff) that section.ts resolves.

import type { ByteRange } from '../bytes/index.ts';
import { ELF_CLASSES, ELF_DATA_ENCODINGS } from './constants/header.ts';
import { IDENT, LAYOUT_32, LAYOUT_64, readWord, readWordAsNumber } from './layout.ts';
import type { ElfEncoding, ElfLayout } from './layout.ts';

const { ELFCLASS32, ELFCLASS64 } = ELF_CLASSES.values;
const { ELFDATA2LSB, ELFDATA2MSB } = ELF_DATA_ENCODINGS.values;

/** The fields of the header as stored; offsets count from the start of the ELF file. */
export interface RawElfHeader {
  /** The first 16 bytes, a window. */
  readonly e_ident: Uint8Array;
  /** Kind of file. */
  readonly e_type: number;
  /** Instruction set. */
  readonly e_machine: number;
  /** Version of the format, 1. */
  readonly e_version: number;
  /** Address where a program starts. */
  readonly e_entry: bigint;
  /** Where the program headers stand; 0 if there are none. */
  readonly e_phoff: bigint;
  /** Where the section headers stand; 0 if there are none. */
  readonly e_shoff: bigint;
  /** Flags of the machine. */
  readonly e_flags: number;
  /** Bytes of this header. */
  readonly e_ehsize: number;
  /** Bytes of a program header. */
  readonly e_phentsize: number;
  /** Number of program headers; 0xffff stands for the `sh_info` of section 0. */
  readonly e_phnum: number;
  /** Bytes of a section header. */
  readonly e_shentsize: number;
  /** Number of section headers; 0 stands for the `sh_size` of section 0. */
  readonly e_shnum: number;
  /** Section number of the section names; 0xffff stands for the `sh_link` of section 0. */
  readonly e_shstrndx: number;
}

/** What kind of file it is and for which machine. */
export interface ElfHeader {
  /** The class. */
  readonly bits: 32 | 64;
  /** The byte order. */
  readonly littleEndian: boolean;
  /** `e_type`; names in {@link ELF_TYPES}. */
  readonly type: number;
  /** `e_machine`; names in {@link MACHINES}. */
  readonly machine: number;
  /** `e_ident[EI_OSABI]`; `describeOsAbi` of `ltoscope/elf/constants` has its name. */
  readonly osAbi: number;
  /** `e_ident[EI_ABIVERSION]`. */
  readonly abiVersion: number;
  /** `e_flags`, whose meaning is the machine's. */
  readonly flags: number;
  /** `e_shoff`, from the start of the ELF file; 0 if it has no section headers. Rounded above 2^53. */
  readonly sectionHeaderOffset: number;
  /** The fields as stored. */
  readonly raw: RawElfHeader;
}

/**
 * Whether a file starts as ELF files do. Four bytes tell; class, byte order and the rest may still be damaged.
 *
 * @param bytes - The first bytes of the file, four or more.
 */
export function isElfMagic(bytes: Uint8Array): boolean {
  return bytes[0] === 0x7f && bytes[1] === 0x45 && bytes[2] === 0x4c && bytes[3] === 0x46;
}

/** Reads the header in one read of at most 64 bytes. See {@link openElf} for the errors. */
export function readElfHeader(input: ByteRange): { header: ElfHeader; encoding: ElfEncoding } {
  const view = input.view(0, Math.min(input.length, LAYOUT_64.headerSize), 'the ELF header');
  if (!isElfMagic(view.bytes)) throw view.error('bad-magic', 'not an ELF file: the magic 7f 45 4c 46 is missing', 0);
  if (view.length < IDENT.EI_NIDENT) throw headerTooShort(input, LAYOUT_64);
  const layout = layoutOf(view.data.getUint8(IDENT.EI_CLASS));
  if (layout === undefined) {
    const found = view.data.getUint8(IDENT.EI_CLASS);
    throw view.error('bad-value', `invalid ELF class: expected 1 or 2, but got ${found}`, IDENT.EI_CLASS);
  }
  const order = view.data.getUint8(IDENT.EI_DATA);
  if (order !== ELFDATA2LSB && order !== ELFDATA2MSB) {
    throw view.error('bad-value', `invalid ELF data encoding: expected 1 or 2, but got ${order}`, IDENT.EI_DATA);
  }
  if (view.length < layout.headerSize) throw headerTooShort(input, layout);
  const encoding: ElfEncoding = { layout, littleEndian: order === ELFDATA2LSB };
  return { header: decodeHeader(view.bytes, view.data, encoding), encoding };
}

function layoutOf(elfClass: number): ElfLayout | undefined {
  if (elfClass === ELFCLASS64) return LAYOUT_64;
  return elfClass === ELFCLASS32 ? LAYOUT_32 : undefined;
}

function headerTooShort(input: ByteRange, { headerSize }: ElfLayout) {
  const reason = `the size (${input.length}) is smaller than an ELF header (${headerSize})`;
  return input.error('truncated', reason, input.length);
}

function decodeHeader(bytes: Uint8Array, data: DataView, encoding: ElfEncoding): ElfHeader {
  const { layout, littleEndian } = encoding;
  const raw: RawElfHeader = {
    e_ident: bytes.subarray(0, IDENT.EI_NIDENT),
    e_type: data.getUint16(IDENT.e_type, littleEndian),
    e_machine: data.getUint16(IDENT.e_machine, littleEndian),
    e_version: data.getUint32(IDENT.e_version, littleEndian),
    e_entry: readWord(data, layout.e_entry, encoding),
    e_phoff: readWord(data, layout.e_phoff, encoding),
    e_shoff: readWord(data, layout.e_shoff, encoding),
    e_flags: data.getUint32(layout.e_flags, littleEndian),
    e_ehsize: data.getUint16(layout.e_ehsize, littleEndian),
    e_phentsize: data.getUint16(layout.e_phentsize, littleEndian),
    e_phnum: data.getUint16(layout.e_phnum, littleEndian),
    e_shentsize: data.getUint16(layout.e_shentsize, littleEndian),
    e_shnum: data.getUint16(layout.e_shnum, littleEndian),
    e_shstrndx: data.getUint16(layout.e_shstrndx, littleEndian),
  };
  return {
    bits: layout.bits,
    littleEndian,
    type: raw.e_type,
    machine: raw.e_machine,
    osAbi: data.getUint8(IDENT.EI_OSABI),
    abiVersion: data.getUint8(IDENT.EI_ABIVERSION),
    flags: raw.e_flags,
    sectionHeaderOffset: readWordAsNumber(data, layout.e_shoff, encoding),
    raw,
  };
}
