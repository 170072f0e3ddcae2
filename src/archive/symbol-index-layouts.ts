// How each dialect stores its symbol index.
//
//   GNU `/`, `/SYM64/`, AIX  count, count offsets of member headers (big endian, of 4 or 8 bytes each), count names
//   BSD `__.SYMDEF`          size of the pairs, pairs of name offset and member offset (of 4 bytes each in the byte order of
//   Darwin `__.SYMDEF_64`    the target, or of 8), size of the names, names; the names may be in any place
//   COFF, second `/`         count of members, their offsets (little endian, 4 bytes), count of names, for each the number
//                            of its offset (2 bytes, from 1 on), names in ascending order
//   COFF `/<ECSYMBOLS>/`     the same without members: the numbers are those of the second linker member
//
// All names end with NUL. Sources: GNU bfd/archive.c (2.40), LLVM lib/Object/Archive.cpp (22), Microsoft's PE format,
// "Archive (Library) File Format", <ranlib.h> of Darwin, <ar.h> of AIX.

import { endOfString, NameBudget } from '../bytes/index.ts';
import type { ByteView, FormatError } from '../bytes/index.ts';
import { ArchiveSymbolIndex } from './symbol-index.ts';
import type { SymbolIndexColumns } from './symbol-index.ts';

/**
 * Reads an index of GNU's layout.
 *
 * @param block - Data of the index member.
 * @param wordSize - Bytes of the count and of an offset.
 * @throws FormatError `truncated` if there are fewer bytes or names than the count needs.
 */
export function readGnuIndex(block: ByteView, wordSize: 4 | 8): ArchiveSymbolIndex {
  const rows = new GnuRows(block, wordSize);
  const columns = emptyColumns(rows.names, rows.count);
  rows.fill(columns, 0, 0);
  return new ArchiveSymbolIndex(columns);
}

/**
 * Reads the symbol tables of an AIX archive as one index: one after the other, as LLVM does.
 *
 * @param tables - Data of each, in the order of the file.
 * @param strings - Bytes that hold all of them, of the same file.
 */
export function readAixIndex(tables: readonly ByteView[], strings: ByteView, wordSize: 4 | 8): ArchiveSymbolIndex {
  const parts = tables.map((table) => new GnuRows(table, wordSize));
  const columns = emptyColumns(
    strings,
    parts.reduce((sum, { count }) => sum + count, 0),
  );
  let row = 0;
  for (const part of parts) {
    part.fill(columns, row, part.names.base - strings.base);
    row += part.count;
  }
  return new ArchiveSymbolIndex(columns);
}

class GnuRows {
  readonly count: number;
  readonly names: ByteView;
  private readonly block: ByteView;
  private readonly wordSize: 4 | 8;

  constructor(block: ByteView, wordSize: 4 | 8) {
    this.block = block;
    this.wordSize = wordSize;
    if (block.length < wordSize) throw tooFewForCount(block);
    this.count = bigEndianWord(block.data, 0, wordSize);
    // A name takes at least its NUL.
    const rowsAtMost = Math.floor((block.length - wordSize) / (wordSize + 1));
    if (this.count > rowsAtMost) throw tooFewForRows(block, rowsAtMost, this.count);
    const namesOffset = wordSize * (1 + this.count);
    this.names = block.part(namesOffset, block.length - namesOffset, 'names of the symbol index');
  }

  fill(columns: SymbolIndexColumns, firstRow: number, namesOffset: number): void {
    const { block, count, names, wordSize } = this;
    for (let i = 0; i < count; i += 1) {
      columns.memberOffsets[firstRow + i] = bigEndianWord(block.data, wordSize * (1 + i), wordSize);
    }
    fillNames(columns, firstRow, count, names, namesOffset);
  }
}

/**
 * Reads an index of the BSD or Darwin layout. The byte order is not stated: it is little endian unless only the sizes in big
 * endian fit the block.
 *
 * @param block - Data of the index member, behind its name.
 * @param wordSize - Bytes of a number: 8 for `__.SYMDEF_64`.
 * @throws FormatError `truncated` if the sizes do not fit, or a name has no end; `out-of-bounds` for a name that begins
 *   behind the names, `limit-exceeded` if names overlap so much that reading them is the square of their size.
 */
export function readBsdIndex(block: ByteView, wordSize: 4 | 8): ArchiveSymbolIndex {
  const littleEndian = bsdNamesSize(block, wordSize, true) !== undefined;
  const namesSize = bsdNamesSize(block, wordSize, littleEndian);
  if (namesSize === undefined) {
    throw block.error('truncated', `the symbol index has ${block.length} bytes, too few for the sizes in it`, 0);
  }
  const word = (offset: number) => wordAt(block.data, offset, wordSize, littleEndian);
  const pairSize = 2 * wordSize;
  const pairsSize = word(0);
  const count = Math.floor(pairsSize / pairSize);
  const strings = block.part(pairsSize + pairSize, namesSize, 'names of the symbol index');
  const columns = emptyColumns(strings, count);
  const budget = new NameBudget(strings);
  for (let i = 0; i < count; i += 1) {
    const pair = wordSize + i * pairSize;
    const start = word(pair);
    if (start >= strings.length) {
      const reason = `the name of entry ${i} of the symbol index is at offset ${start} of ${strings.length} bytes of names`;
      throw block.error('out-of-bounds', reason, pair);
    }
    const end = endOfString(strings.bytes, start);
    budget.spend(end - start + 1);
    if (end === strings.length) throw noEnd(strings, i, start);
    columns.starts[i] = start;
    columns.ends[i] = end;
    columns.memberOffsets[i] = word(pair + wordSize);
  }
  return new ArchiveSymbolIndex(columns);
}

/** The size of the names, `undefined` where it or that of the pairs does not fit the block. */
function bsdNamesSize(block: ByteView, wordSize: 4 | 8, littleEndian: boolean): number | undefined {
  const { data, length } = block;
  if (length < 2 * wordSize) return undefined;
  const pairsSize = wordAt(data, 0, wordSize, littleEndian);
  if (pairsSize > length - 2 * wordSize) return undefined;
  const namesSize = wordAt(data, wordSize + pairsSize, wordSize, littleEndian);
  return namesSize > length - 2 * wordSize - pairsSize ? undefined : namesSize;
}

/**
 * Reads the second linker member of a COFF archive.
 *
 * @throws FormatError `truncated` if there are fewer bytes or names than the counts need.
 */
export function readCoffIndex(block: ByteView): ArchiveSymbolIndex {
  const members = coffMembers(block);
  return readCoffNames(block, 4 + 4 * members, block, members);
}

/**
 * Reads the symbols of an ARM64EC archive, whose numbers are those of the second linker member.
 *
 * @param linkerMember - Data of the second linker member.
 * @throws FormatError as {@link readCoffIndex}.
 */
export function readEcIndex(block: ByteView, linkerMember: ByteView): ArchiveSymbolIndex {
  return readCoffNames(block, 0, linkerMember, coffMembers(linkerMember));
}

function coffMembers(linkerMember: ByteView): number {
  if (linkerMember.length < 4) throw tooFewForCount(linkerMember);
  const count = linkerMember.data.getUint32(0, true);
  const membersAtMost = Math.floor((linkerMember.length - 4) / 4);
  if (count <= membersAtMost) return count;
  throw linkerMember.error(
    'truncated',
    `the symbol index has ${linkerMember.length} bytes, enough for ${membersAtMost} members, but counts ${count}`,
    0,
  );
}

function readCoffNames(
  block: ByteView,
  countOffset: number,
  linkerMember: ByteView,
  members: number,
): ArchiveSymbolIndex {
  const remaining = block.length - countOffset;
  if (remaining < 4) throw tooFewForCount(block);
  const count = block.data.getUint32(countOffset, true);
  const rowsAtMost = Math.floor((remaining - 4) / 3);
  if (count > rowsAtMost) throw tooFewForRows(block, rowsAtMost, count);
  const numbersOffset = countOffset + 4;
  const namesOffset = numbersOffset + 2 * count;
  const names = block.part(namesOffset, block.length - namesOffset, 'names of the symbol index');
  const columns = emptyColumns(names, count);
  for (let i = 0; i < count; i += 1) {
    const number = block.data.getUint16(numbersOffset + 2 * i, true);
    // Number 0 and those behind the last member lead nowhere, which costs this entry alone.
    if (number > 0 && number <= members) columns.memberOffsets[i] = linkerMember.data.getUint32(4 * number, true);
  }
  fillNames(columns, 0, count, names, 0);
  return new ArchiveSymbolIndex(columns);
}

function emptyColumns(strings: ByteView, count: number): SymbolIndexColumns {
  return {
    strings,
    starts: new Uint32Array(count),
    ends: new Uint32Array(count),
    memberOffsets: new Float64Array(count),
  };
}

/** Finds names that stand one behind the other. */
function fillNames(
  columns: SymbolIndexColumns,
  firstRow: number,
  count: number,
  names: ByteView,
  namesOffset: number,
): void {
  const { starts, ends } = columns;
  let start = 0;
  for (let i = 0; i < count; i += 1) {
    const nul = names.bytes.indexOf(0, start);
    if (nul === -1) throw noEnd(names, i, start);
    starts[firstRow + i] = namesOffset + start;
    ends[firstRow + i] = namesOffset + nul;
    start = nul + 1;
  }
}

function bigEndianWord(data: DataView, offset: number, wordSize: 4 | 8): number {
  return wordAt(data, offset, wordSize, false);
}

// Above 2^53 the number is rounded, and still far behind the end of any file.
function wordAt(data: DataView, offset: number, wordSize: 4 | 8, littleEndian: boolean): number {
  const first = data.getUint32(offset, littleEndian);
  if (wordSize === 4) return first;
  const second = data.getUint32(offset + 4, littleEndian);
  return littleEndian ? second * 2 ** 32 + first : first * 2 ** 32 + second;
}

function tooFewForCount(block: ByteView): FormatError {
  return block.error('truncated', `the symbol index has ${block.length} bytes, too few for its count`, 0);
}

function tooFewForRows(block: ByteView, rowsAtMost: number, count: number): FormatError {
  const reason = `the symbol index has ${block.length} bytes, enough for ${rowsAtMost} symbols, but counts ${count}`;
  return block.error('truncated', reason, 0);
}

function noEnd(names: ByteView, entry: number, start: number): FormatError {
  return names.error('truncated', `the name of entry ${entry} of the symbol index has no end`, start);
}
