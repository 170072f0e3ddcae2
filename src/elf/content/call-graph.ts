// Which functions a function calls: `.llvm.callgraph`, SHT_LLVM_CALL_GRAPH of LLVM 22 (clang
// -fexperimental-call-graph-section); LLVM's CallGraphSection.rst, format 0. Addresses are relocated in objects: only
// where they stand is told here, for the reader of the relocations.

import { Leb128Cursor } from '../../bytes/index.ts';
import type { ByteView } from '../../bytes/index.ts';
import { SECTION_TYPES } from '../constants/section.ts';
import type { ElfFile } from '../elf-file.ts';
import { readWord } from '../layout.ts';

const { SHT_LLVM_CALL_GRAPH } = SECTION_TYPES.values;

const FORMAT = 0;
/** Bits of the flags. */
const FLAGS = { isIndirectTarget: 1, hasDirectCallees: 2, hasIndirectCallees: 4 } as const;
const TYPE_ID_SIZE = 8;

/** A word that holds an address: in relocatable files what a relocation at this offset says. */
export interface ElfCallGraphAddress {
  /** Offset of the word, from the start of the section. */
  readonly offset: number;
  /** What is stored there. */
  readonly value: bigint;
}

/** What one function calls. */
export interface ElfCallGraphEntry {
  /** Offset of the entry, from the start of the section. */
  readonly offset: number;
  /** The flags as stored; bits above the third have no meaning in LLVM 22. */
  readonly flags: number;
  /** Where the function starts. */
  readonly entry: ElfCallGraphAddress;
  /** Whether its address is taken, so that an indirect call may reach it. */
  readonly isIndirectTarget: boolean;
  /** The number of its type; 0 where it is not known. */
  readonly typeId: bigint;
  /** The functions that it calls by name, each once. */
  readonly directCallees: readonly ElfCallGraphAddress[];
  /** The types of the functions that it calls indirectly, each once. */
  readonly indirectTypeIds: readonly bigint[];
}

/**
 * The functions of a call graph section (LLVM 22), in the order of the file.
 *
 * @throws {@link FormatError} as {@link ElfFile.sectionView}; `bad-value` if the section is none, `unsupported` for another
 *   format than 0, `truncated` or `out-of-bounds` if the section ends within an entry, `limit-exceeded` past
 *   `Limits.listElements`. Nothing behind a damaged entry can be read.
 */
export function* callGraph(file: ElfFile, index: number): Generator<ElfCallGraphEntry, void, undefined> {
  file.expectType(index, SHT_LLVM_CALL_GRAPH);
  const view = file.sectionView(index);
  const cursor = new Leb128Cursor(view);
  while (!cursor.atEnd) yield readEntry(view, cursor, file);
}

function readEntry(view: ByteView, cursor: Leb128Cursor, { encoding, limits }: ElfFile): ElfCallGraphEntry {
  const { offset } = cursor;
  const width = encoding.layout.bits / 8;
  const format = view.uint8(offset, 'the format of a call graph entry');
  if (format !== FORMAT) {
    throw view.error('unsupported', `call graph entry of format ${format}; format 0 is read`, offset);
  }
  const flags = view.uint8(offset + 1, 'the flags of a call graph entry');
  const address = (start: number, what: string): ElfCallGraphAddress => {
    const { data } = view.part(start, width, what);
    return { offset: start, value: readWord(data, 0, encoding) };
  };
  const typeId = (start: number, what: string): bigint => view.uint64(start, encoding.littleEndian, what);
  const entry = address(offset + 2, 'the address of a call graph entry');
  const ownType = typeId(offset + 2 + width, 'the type of a call graph entry');
  cursor.offset = offset + 2 + width + TYPE_ID_SIZE;
  const list = <T>(flag: number, span: number, what: string, read: (start: number, what: string) => T): T[] => {
    if ((flags & flag) === 0) return [];
    const count = cursor.unsigned(`the number of ${what}s`);
    const start = cursor.offset;
    const remaining = view.length - start;
    if (count > remaining / span) {
      throw view.error('truncated', `${count} ${what}s do not fit the ${remaining} bytes that remain`, start);
    }
    if (count > limits.listElements) {
      const reason = `${count} ${what}s are more than the limits allow (${limits.listElements})`;
      throw view.error('limit-exceeded', reason, start);
    }
    cursor.offset = start + count * span;
    return Array.from({ length: count }, (_, i) => read(start + i * span, what));
  };
  return {
    offset,
    flags,
    entry,
    isIndirectTarget: (flags & FLAGS.isIndirectTarget) !== 0,
    typeId: ownType,
    directCallees: list(FLAGS.hasDirectCallees, width, 'direct callee', address),
    indirectTypeIds: list(FLAGS.hasIndirectCallees, TYPE_ID_SIZE, 'indirect callee type', typeId),
  };
}
