// Which symbols of a member archivers put into the symbol index: those that are global and defined, weak and common ones too,
// but no sections, files and what is the compiler's own (`llvm.…`). GNU ar (bfd/archive.c, _bfd_compute_and_write_armap) and
// llvm-ar (ArchiveWriter.cpp, isArchiveSymbol) agree on it, and on the order: that of the member's own table.

import { computeSymbolTable, IRSYMTAB_FLAGS, openBitcode } from '../bitcode/index.ts';
import { encodeName, NameBudget } from '../bytes/index.ts';
import type { ByteRange } from '../bytes/index.ts';
import { ELF_TYPES, openElf, SPECIAL_SECTIONS, SYMBOL_BINDINGS, SYMBOL_TYPES } from '../elf/index.ts';
import type { ElfFile } from '../elf/index.ts';
import { GCC_SYMBOL_KINDS, readGccLtoSymbols, readGccLtoUnits } from '../elf/content/index.ts';
import type { InputFacts, LtoKind } from './input-facts.ts';

const F = IRSYMTAB_FLAGS;
const TOLD = F.FB_global | F.FB_format_specific | F.FB_undefined;
const { ET_REL } = ELF_TYPES.values;
const { SHN_UNDEF } = SPECIAL_SECTIONS.values;
const { STB_LOCAL } = SYMBOL_BINDINGS.values;
const { STT_SECTION, STT_FILE } = SYMBOL_TYPES.values;

/**
 * Takes a name, as its bytes from `start` up to `end`, or up to the first NUL if `end` is {@link UP_TO_NUL}; returns how long it
 * is. It may be empty.
 */
export type NameConsumer = (bytes: Uint8Array, start: number, end: number) => number;

/** The end of a name that the consumer has to find, if it needs it. */
export const UP_TO_NUL = -1;

/**
 * What one member tells.
 *
 * - `told`: all names were given.
 * - `ambiguous`: the names of the native code were given; the member has intermediate code too, by which an archiver with a
 *   plugin goes.
 * - `unknown`: a format or a type of file whose symbols are not read here.
 */
export type IndexedSymbols = 'told' | 'ambiguous' | 'unknown';

/**
 * Gives the names of a member that belong into the symbol index of its archive, in the order of its own table. Makes no object
 * for a symbol.
 *
 * @param facts - What is known of the member.
 * @throws FormatError as `openElf` and `openBitcode`, after names were given; `limit-exceeded` for names that overlap beyond
 *   measure.
 */
export function eachIndexedSymbol(
  range: ByteRange,
  facts: Pick<InputFacts, 'format' | 'lto'>,
  take: NameConsumer,
): IndexedSymbols {
  switch (facts.format) {
    case 'elf':
      return ofElf(openElf(range), facts.lto ?? 'none', take);
    case 'bitcode':
      return ofBitcode(range, take);
    case 'text':
    case 'empty':
      return 'told';
    default:
      return 'unknown';
  }
}

function ofElf(elf: ElfFile, kind: LtoKind, take: NameConsumer): IndexedSymbols {
  if (elf.header.type !== ET_REL) return 'unknown';
  if (kind === 'gcc-slim') return ofSlimObject(elf, take);
  const tableIndex = elf.symbolTableIndex;
  if (tableIndex !== undefined) {
    const symbols = elf.symbolTable(tableIndex);
    const { bytes } = symbols.strings;
    const budget = new NameBudget(symbols.strings);
    for (let i = 1; i < symbols.length; i += 1) {
      const info = symbols.info(i);
      if (info >> 4 === STB_LOCAL || symbols.rawSectionIndex(i) === SHN_UNDEF) continue;
      const type = info & 0xf;
      if (type === STT_SECTION || type === STT_FILE) continue;
      const start = symbols.nameOffset(i);
      if (start < bytes.length) budget.spend(take(bytes, start, UP_TO_NUL));
    }
  }
  return kind === 'none' ? 'told' : 'ambiguous';
}

/** GCC's objects without native code: what its plugin tells. Without the plugin archivers find a marker alone. */
function ofSlimObject(elf: ElfFile, take: NameConsumer): IndexedSymbols {
  for (const unit of readGccLtoUnits(elf)) {
    const table = readGccLtoSymbols(elf, unit);
    if (table === undefined) return 'unknown';
    for (let i = 0; i < table.length; i += 1) {
      if (GCC_SYMBOL_KINDS[table.kind(i)]?.endsWith('undef') !== false) continue;
      takeText(table.name(i), take);
    }
  }
  return 'told';
}

function ofBitcode(range: ByteRange, take: NameConsumer): IndexedSymbols {
  const bitcode = openBitcode(range);
  const stored = bitcode.symbolTable();
  if (stored === undefined) {
    const computed = computeSymbolTable(bitcode);
    if (computed === undefined) return 'unknown';
    for (let i = 0; i < computed.length; i += 1) {
      if ((computed.flags(i) & TOLD) === F.FB_global) takeText(computed.name(i), take);
    }
    return 'told';
  }
  const { bytes } = stored.strings;
  const budget = new NameBudget(stored.strings);
  for (let i = 0; i < stored.length; i += 1) {
    if ((stored.flags(i) & TOLD) !== F.FB_global) continue;
    const start = stored.nameOffset(i);
    budget.spend(take(bytes, start, start + stored.nameSize(i)));
  }
  return 'told';
}

function takeText(name: string, take: NameConsumer): void {
  const bytes = encodeName(name);
  take(bytes, 0, bytes.length);
}
