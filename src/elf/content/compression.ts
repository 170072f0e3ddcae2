// Compressed sections: gABI "Section Compression" (SHF_COMPRESSED, a header before the data) and the older way of GNU
// tools, sections named `.zdebug_*` that start with `ZLIB` and a size of eight bytes, big endian in every file. Where they
// complain, LLVM's Decompressor.cpp and lld lend their words.

import { ByteView } from '../../bytes/index.ts';
import { SECTION_FLAGS } from '../constants/section.ts';
import type { ElfFile } from '../elf-file.ts';
import { readWord, readWordAsNumber } from '../layout.ts';
import { decompressZstd, inflateZlib } from './inflate.ts';

const { SHF_COMPRESSED } = SECTION_FLAGS.values;

const ELFCOMPRESS_ZLIB = 1;
const ELFCOMPRESS_ZSTD = 2;

/** Offsets in Elf32_Chdr and Elf64_Chdr, and their sizes; `ch_type` stands at 0. */
const CHDR = {
  32: { ch_size: 4, ch_addralign: 8, size: 12 },
  64: { ch_size: 8, ch_addralign: 16, size: 24 },
} as const;

const GNU_PREFIX = '.zdebug';
const GNU_MAGIC = [0x5a, 0x4c, 0x49, 0x42];
const GNU_HEADER_SIZE = 12;

/** The header of a compressed section as stored. */
export interface RawElfCompressionHeader {
  /** How the data is compressed. */
  readonly ch_type: number;
  /** Bytes of the data when it is not compressed. */
  readonly ch_size: bigint;
  /** Alignment of the data when it is not compressed. */
  readonly ch_addralign: bigint;
}

/** How a section is compressed. */
export interface ElfCompressionHeader {
  /** 1 for zlib, 2 for Zstandard; other numbers are kept. Sections of the older way are zlib. */
  readonly type: number;
  /** Bytes of the content when it is not compressed, as stated. Rounded above 2^53. */
  readonly size: number;
  /** Alignment of the content, as stated: any number. The older way does not state one. */
  readonly alignment: bigint | undefined;
  /** Bytes of this header, which the compressed data follows. */
  readonly headerSize: number;
  /** The fields as stored; `undefined` in sections of the older way. */
  readonly raw: RawElfCompressionHeader | undefined;
}

/**
 * Reads how a section is compressed. Reads the section.
 *
 * @param index - Its section number.
 * @returns The header; `undefined` if the section is not compressed.
 * @throws {@link FormatError} as {@link ElfFile.sectionView}; `truncated` if the section is shorter than its header.
 * @see gABI, "Section Compression".
 */
export function readCompressionHeader(elf: ElfFile, index: number): ElfCompressionHeader | undefined {
  return decodeHeader(elf, index, elf.sectionView(index));
}

function decodeHeader(elf: ElfFile, index: number, view: ByteView): ElfCompressionHeader | undefined {
  const { sections, encoding } = elf;
  if ((sections.flags(index) & SHF_COMPRESSED) === 0) return decodeGnuHeader(elf, index, view);
  const layout = CHDR[encoding.layout.bits];
  if (view.length < layout.size) {
    const reason = `corrupted compressed section header: section [index ${index}] has ${view.length} bytes`;
    throw elf.sectionError('truncated', reason, index);
  }
  const { data } = view;
  const raw: RawElfCompressionHeader = {
    ch_type: data.getUint32(0, encoding.littleEndian),
    ch_size: readWord(data, layout.ch_size, encoding),
    ch_addralign: readWord(data, layout.ch_addralign, encoding),
  };
  return {
    type: raw.ch_type,
    size: readWordAsNumber(data, layout.ch_size, encoding),
    alignment: raw.ch_addralign,
    headerSize: layout.size,
    raw,
  };
}

/** Sections with such a name and without the magic are not compressed: GNU tools look at both. */
function decodeGnuHeader({ sections }: ElfFile, index: number, view: ByteView): ElfCompressionHeader | undefined {
  if (!sections.nameStartsWith(index, GNU_PREFIX)) return undefined;
  if (view.length < GNU_HEADER_SIZE || GNU_MAGIC.some((byte, i) => view.bytes[i] !== byte)) return undefined;
  const size = view.data.getUint32(4, false) * 2 ** 32 + view.data.getUint32(8, false);
  return { type: ELFCOMPRESS_ZLIB, size, alignment: undefined, headerSize: GNU_HEADER_SIZE, raw: undefined };
}

/**
 * Reads the content of a section, decompressed where it is compressed. Decompressing is not kept: each call does it anew.
 *
 * @param index - Its section number.
 * @returns The bytes: of a section that is not compressed those of {@link ElfFile.sectionView}, else new memory, whose
 *   offsets count from its start and whose path ends with the name of the section.
 * @throws {@link FormatError} as {@link readCompressionHeader}; `limit-exceeded` if the stated size is above
 *   `Limits.uncompressedBytes`, `unsupported` for other methods than zlib and Zstandard, `bad-value` or `truncated` if the
 *   data is damaged or is not of the stated size.
 * @see gABI, "Section Compression".
 */
export function readUncompressed(elf: ElfFile, index: number): ByteView {
  const view = elf.sectionView(index);
  const header = decodeHeader(elf, index, view);
  if (header === undefined) return view;
  const { type, size, headerSize } = header;
  if (type !== ELFCOMPRESS_ZLIB && type !== ELFCOMPRESS_ZSTD) {
    throw view.error('unsupported', `unsupported compression type (${type})`, 0);
  }
  if (size > elf.limits.uncompressedBytes) {
    const reason =
      `section [index ${index}] states ${size} bytes when decompressed, which is more than the limits allow ` +
      `(${elf.limits.uncompressedBytes})`;
    throw view.error('limit-exceeded', reason, 0);
  }
  const decompress = type === ELFCOMPRESS_ZLIB ? inflateZlib : decompressZstd;
  return new ByteView(decompress(view, headerSize, size), 0, [...view.path, elf.sections.describe(index)]);
}
