// The symbols of GCC's intermediate code, as the linker's plugin is told them: `.gnu.lto_.symtab` (GCC 4.5 and later) and
// `.gnu.lto_.ext_symtab` (GCC 10 and later, format 1). Neither is compressed nor described but by its writer,
// gcc/lto-streamer-out.cc (produce_symtab, produce_symtab_extension), and its reader, lto-plugin/lto-plugin.c
// (parse_table_entry). An entry: name and COMDAT key, each ended by a NUL; a byte each for kind and visibility; size in
// eight bytes; slot in four. Numbers are in the byte order of the computer that GCC ran on.

import { decodeName } from '../../bytes/index.ts';
import type { ByteView } from '../../bytes/index.ts';
import type { ElfFile } from '../elf-file.ts';
import { readGccLtoHeader } from './gcc-lto.ts';
import type { GccLtoUnit } from './gcc-lto.ts';

/** Offsets behind the two strings of an entry, and their size. */
const ENTRY = { kind: 0, visibility: 1, size: 2, slot: 10, span: 14 } as const;
/** The extension: a byte for its format, then entries. */
const EXTENSION = { format: 1, start: 1, symbolType: 0, sectionKind: 1, span: 2 } as const;

/** `enum gcc_plugin_symbol_kind` of include/lto-symtab.h, by number. */
export const GCC_SYMBOL_KINDS: readonly string[] = ['def', 'weakdef', 'undef', 'weakundef', 'common'];
/** `enum gcc_plugin_symbol_visibility` of include/lto-symtab.h, by number. */
export const GCC_SYMBOL_VISIBILITIES: readonly string[] = ['default', 'protected', 'internal', 'hidden'];

const VARIABLE = 2;
const BSS = 1;

/** Symbols, as columns that take a number below {@link length}. Makes two numbers for each and copies nothing. */
export class GccLtoSymbolTable {
  private readonly view: ByteView;
  private readonly littleEndian: boolean;
  private readonly extension: ByteView | undefined;
  /** Where each entry starts, and where its numbers do. */
  private readonly starts: Uint32Array;
  private readonly fields: Uint32Array;

  /** @internal */
  constructor(view: ByteView, littleEndian: boolean | undefined, extension: ByteView | undefined) {
    const { starts, fields } = scan(view);
    this.view = view;
    this.starts = starts;
    this.fields = fields;
    this.littleEndian = littleEndian ?? guessByteOrder(view, fields);
    this.extension = extension?.bytes[0] === EXTENSION.format ? extension : undefined;
  }

  /** Number of symbols. */
  get length(): number {
    return this.starts.length;
  }

  /** The assembler name. */
  name(index: number): string {
    const start = this.starts[index] as number;
    return decodeName(this.view.bytes, start, this.view.bytes.indexOf(0, start));
  }

  /** The key of its COMDAT group; empty for none. */
  comdatKey(index: number): string {
    const start = this.view.bytes.indexOf(0, this.starts[index]) + 1;
    return decodeName(this.view.bytes, start, this.field(index, -1));
  }

  /** Index in {@link GCC_SYMBOL_KINDS}; larger ones are younger than GCC 15. */
  kind(index: number): number {
    return this.view.data.getUint8(this.field(index, ENTRY.kind));
  }

  /** Index in {@link GCC_SYMBOL_VISIBILITIES}; larger ones are younger than GCC 15. */
  visibility(index: number): number {
    return this.view.data.getUint8(this.field(index, ENTRY.visibility));
  }

  /** Bytes of a common symbol; 0 for others, as GCC writes it. */
  size(index: number): bigint {
    return this.view.data.getBigUint64(this.field(index, ENTRY.size), this.littleEndian);
  }

  /** GCC's number of the declaration. */
  slot(index: number): number {
    return this.view.data.getUint32(this.field(index, ENTRY.slot), this.littleEndian);
  }

  /** 1 is a function, 2 a variable, 0 not known; `undefined` where the extension does not reach (before GCC 10). */
  symbolType(index: number): number | undefined {
    return this.extension?.bytes[EXTENSION.start + index * EXTENSION.span + EXTENSION.symbolType];
  }

  /** 1 is for a section without bytes (bss), 0 for others; `undefined` where the extension does not reach. */
  sectionKind(index: number): number | undefined {
    return this.extension?.bytes[EXTENSION.start + index * EXTENSION.span + EXTENSION.sectionKind];
  }

  /** The letter that gcc-nm prints (binutils 2.35 and later, which read the extension): one of `TDBCUWw`, `?` for a kind without name. */
  letter(index: number): string {
    switch (GCC_SYMBOL_KINDS[this.kind(index)]) {
      case 'def':
        if (this.symbolType(index) !== VARIABLE) return 'T';
        return this.sectionKind(index) === BSS ? 'B' : 'D';
      case 'weakdef':
        return 'W';
      case 'undef':
        return 'U';
      case 'weakundef':
        return 'w';
      case 'common':
        return 'C';
      default:
        return '?';
    }
  }

  private field(index: number, offset: number): number {
    return (this.fields[index] as number) + offset;
  }
}

function scan(view: ByteView): { readonly starts: Uint32Array; readonly fields: Uint32Array } {
  const { bytes, length } = view;
  // Two empty strings are the least that stands before the numbers.
  const capacity = Math.floor(length / (2 + ENTRY.span));
  const starts = new Uint32Array(capacity);
  const fields = new Uint32Array(capacity);
  let count = 0;
  let offset = 0;
  while (offset < length) {
    const nameEnd = bytes.indexOf(0, offset);
    const keyEnd = nameEnd === -1 ? -1 : bytes.indexOf(0, nameEnd + 1);
    if (keyEnd === -1 || length - (keyEnd + 1) < ENTRY.span) {
      throw view.error('truncated', `symbol ${count} of .gnu.lto_.symtab goes past the end`, offset);
    }
    starts[count] = offset;
    fields[count] = keyEnd + 1;
    count += 1;
    offset = keyEnd + 1 + ENTRY.span;
  }
  return { starts: starts.slice(0, count), fields: fields.slice(0, count) };
}

/** Slots are small numbers: read in the wrong order they are large. */
function guessByteOrder({ data }: ByteView, fields: Uint32Array): boolean {
  for (const field of fields) {
    const asLittle = data.getUint32(field + ENTRY.slot, true);
    const asBig = data.getUint32(field + ENTRY.slot, false);
    if (asLittle !== asBig) return asLittle < asBig;
  }
  return true;
}

/**
 * Reads the symbols of a translation unit, which GCC 4.5 and later write: those that a linker sees through GCC's plugin, and
 * `gcc-nm` lists. One pass over the section. Without a header (before GCC 10) the byte order is that in which slots are
 * small.
 *
 * @returns `undefined` if the unit has no symbol table.
 * @throws {@link FormatError} as {@link ElfFile.sectionView} and {@link readGccLtoHeader}; `truncated` if the last symbol is
 *   not whole.
 */
export function readGccLtoSymbols(file: ElfFile, unit: GccLtoUnit): GccLtoSymbolTable | undefined {
  const { header, symbolTable, symbolTableExtension } = unit;
  if (symbolTable === undefined) return undefined;
  const littleEndian = header === undefined ? undefined : readGccLtoHeader(file, header).littleEndian;
  const extension = symbolTableExtension === undefined ? undefined : file.sectionView(symbolTableExtension);
  return new GccLtoSymbolTable(file.sectionView(symbolTable), littleEndian, extension);
}
