// How often which function calls which, for the linker to lay out: `.llvm.call-graph-profile`; LLVM's Extensions.rst,
// "SHT_LLVM_CALL_GRAPH_PROFILE Section", which describes the layout of LLVM 12 and older: entries of two symbol indices
// and a weight, type 0x6fff4c02. Since LLVM 13 (type 0x6fff4c09) entries are weights alone, and the symbols stand in a
// relocation section, two entries of it for each weight, so that tools which renumber symbols keep them right
// (lib/MC/ELFObjectWriter.cpp; lld/ELF/Driver.cpp, readCallGraphsFromObjectFiles). LLVM writes SHT_REL, on AArch64 too.

import type { ByteView } from '../../bytes/index.ts';
import { SECTION_TYPES } from '../constants/section.ts';
import type { ElfFile } from '../elf-file.ts';
import type { ElfRelocationTable } from '../relocation.ts';
import { SectionRelocations } from './section-relocations.ts';

const { SHT_LLVM_CALL_GRAPH_PROFILE } = SECTION_TYPES.values;

/** The type of the section in LLVM 12 and older; LLVM 22 has no name for it. */
const OLD_TYPE = 0x6fff4c02;

/** Offsets in an entry of either layout, and their sizes. */
const OLD_ENTRY = { cgp_from: 0, cgp_to: 4, cgp_weight: 8, size: 16 } as const;
const ENTRY = { cgp_weight: 0, size: 8 } as const;

/** The edges of a call graph, as columns that take a number below {@link length}. Making one copies nothing. */
export class ElfCallGraphProfile {
  /** Number of edges. */
  readonly length: number;
  /** The section number of the symbol table that the edges index. Not checked. */
  readonly symbolTableIndex: number;
  private readonly view: ByteView;
  private readonly littleEndian: boolean;
  private readonly relocations: ElfRelocationTable | undefined;

  /** @internal */
  constructor(view: ByteView, littleEndian: boolean, relocations: ElfRelocationTable | undefined, link: number) {
    this.view = view;
    this.littleEndian = littleEndian;
    this.relocations = relocations;
    this.symbolTableIndex = relocations?.symbolTableIndex ?? link;
    this.length = view.length / (relocations === undefined ? OLD_ENTRY.size : ENTRY.size);
  }

  /** The symbol of the caller. Not checked against the symbol table. */
  fromSymbol(index: number): number {
    if (this.relocations !== undefined) return this.relocations.symbolIndex(2 * index);
    return this.view.data.getUint32(index * OLD_ENTRY.size + OLD_ENTRY.cgp_from, this.littleEndian);
  }

  /** The symbol of the callee. Not checked against the symbol table. */
  toSymbol(index: number): number {
    if (this.relocations !== undefined) return this.relocations.symbolIndex(2 * index + 1);
    return this.view.data.getUint32(index * OLD_ENTRY.size + OLD_ENTRY.cgp_to, this.littleEndian);
  }

  /** How often the one called the other. */
  weight(index: number): bigint {
    const start =
      this.relocations === undefined
        ? index * OLD_ENTRY.size + OLD_ENTRY.cgp_weight
        : index * ENTRY.size + ENTRY.cgp_weight;
    return this.view.data.getBigUint64(start, this.littleEndian);
  }
}

/**
 * Reads a call graph profile, as LLVM 9 to 12 and LLVM 13 and later write it. The newer layout costs a pass over the
 * section headers, unless `relocations` of the file are given.
 *
 * @throws {@link FormatError} as {@link ElfFile.sectionView} and {@link ElfFile.relocationTable}; `bad-value` if the section
 *   is none, if its size is no multiple of that of an entry, if it has edges but no relocations (which lld warns of, and
 *   goes on without the profile), or if it has not two relocations for each weight (`number of relocations doesn't match
 *   Weights`, lld).
 */
export function readCallGraphProfile(
  file: ElfFile,
  index: number,
  relocations = new SectionRelocations(file),
): ElfCallGraphProfile {
  const { littleEndian } = file.encoding;
  const isOld = index < file.sections.length && file.sections.type(index) === OLD_TYPE;
  if (isOld) {
    return new ElfCallGraphProfile(
      file.arrayView(index, OLD_ENTRY.size),
      littleEndian,
      undefined,
      file.sections.link(index),
    );
  }
  file.expectType(index, SHT_LLVM_CALL_GRAPH_PROFILE);
  const view = file.arrayView(index, ENTRY.size);
  const table = relocations.tableOf(index);
  const link = file.sections.link(index);
  if (table === undefined) {
    // Without edges both layouts are the same.
    if (view.length === 0) return new ElfCallGraphProfile(view, littleEndian, undefined, link);
    throw file.sectionError('bad-value', "SHT_LLVM_CALL_GRAPH_PROFILE exists, but relocation section doesn't", index);
  }
  const count = view.length / ENTRY.size;
  if (table.length !== 2 * count) {
    const reason = `number of relocations doesn't match Weights: ${count} weights have ${table.length} relocations`;
    throw file.sectionError('bad-value', reason, index);
  }
  return new ElfCallGraphProfile(view, littleEndian, table, link);
}
