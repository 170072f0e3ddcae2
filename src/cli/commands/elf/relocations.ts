// ltoscope relocations: the entries of relocation sections of every encoding, and of linked files without section headers
// those that the dynamic table tells, as `readelf -r` lists them.

import { describeRelocationType } from '../../../elf/constants/index.ts';
import {
  dynamicRelocations,
  isPackedRelocations,
  isRelativeRelocations,
  readDynamicRelativeRelocations,
  readDynamicRelocations,
  readDynamicSymbolTable,
  readDynamicTable,
  readRelativeRelocations,
  SECTION_TYPES,
  SYMBOL_TYPES,
} from '../../../elf/index.ts';
import type { ElfFile, ElfRelativeRelocations, ElfRelocationTable, ElfSymbolTable } from '../../../elf/index.ts';
import type { Output } from '../../output.ts';
import { hex, listElf, sectionLabel, sectionsSideBySide } from './listing.ts';
import type { DamageList } from '../damage-list.ts';
import type { ElfListing, ListingOptions } from './listing.ts';

const { SHT_REL, SHT_RELA } = SECTION_TYPES.values;
const { STT_SECTION } = SYMBOL_TYPES.values;

interface RelocationRow {
  /** The relocation section; absent where the dynamic table alone tells of the relocation. */
  readonly section?: string;
  readonly entry: number;
  readonly offset: string;
  /** `relative` for the entries of SHT_RELR and its like, which have no type. */
  readonly type: string;
  /** Absent where the relocation has no symbol. */
  readonly symbolIndex?: number;
  /** Absent where it cannot be read. */
  readonly symbol?: string;
  /** Signed, decimal; absent where it lies in the bytes that are relocated. */
  readonly addend?: string;
}

const LISTING: ElfListing<RelocationRow> = {
  heading: 'Section                  Offset             Type                           Symbol and addend',
  *rows(elf: ElfFile, damage: DamageList) {
    const { header } = elf;
    const sections = damage.guard(() => elf.sections);
    if (sections === undefined || sections.length === 0) {
      yield* dynamicRows(elf, damage);
      return;
    }
    const isRelative = (index: number): boolean => isRelativeRelocations(sections.type(index), header.machine);
    const isListed = (index: number): boolean => {
      const type = sections.type(index);
      return type === SHT_REL || type === SHT_RELA || isPackedRelocations(type) || isRelative(index);
    };
    for (const index of sectionsSideBySide(elf, damage, isListed)) {
      const label = sectionLabel(elf, index);
      if (isRelative(index)) {
        const table = damage.guard(() => readRelativeRelocations(elf, index));
        if (table !== undefined) for (const row of relativeRows(table)) yield { section: label(), ...row };
        continue;
      }
      const table = damage.guard(() => elf.relocationTable(index, damage.add));
      if (table === undefined) continue;
      const symbols =
        table.symbolTableIndex === 0 ? undefined : damage.guard(() => elf.symbolTable(table.symbolTableIndex));
      for (const row of tableRows(elf, table, symbols)) yield { section: label(), ...row };
    }
  },
  lines({ section = '(dynamic)', offset, type, symbolIndex, symbol, addend }) {
    const target = symbolIndex === undefined ? '' : (symbol ?? `[${symbolIndex}]`);
    const sum =
      addend === undefined
        ? target
        : `${target}${target === '' ? '' : addend.startsWith('-') ? ' - ' : ' + '}${target === '' ? addend : addend.replace('-', '')}`;
    return [`${section.padEnd(24)} ${offset.padEnd(18)} ${type.padEnd(30)} ${sum}`.trimEnd()];
  },
};

function* dynamicRows(elf: ElfFile, damage: DamageList): Generator<RelocationRow> {
  const dynamic = damage.guard(() => readDynamicTable(elf));
  if (dynamic === undefined) return;
  const symbols = damage.guard(() => readDynamicSymbolTable(elf, dynamic));
  for (const relocations of dynamicRelocations(elf, dynamic)) {
    if (isRelativeRelocations(relocations.type, elf.header.machine)) {
      const table = damage.guard(() => readDynamicRelativeRelocations(elf, relocations));
      if (table !== undefined) yield* relativeRows(table);
      continue;
    }
    const table = damage.guard(() => readDynamicRelocations(elf, relocations, damage.add));
    if (table !== undefined) yield* tableRows(elf, table, symbols);
  }
}

function* relativeRows(table: ElfRelativeRelocations): Generator<RelocationRow> {
  for (let entry = 0; entry < table.length; entry += 1) {
    yield { entry, offset: hex(table.offset(entry)), type: 'relative' };
  }
}

function* tableRows(
  elf: ElfFile,
  table: ElfRelocationTable,
  symbols: ElfSymbolTable | undefined,
): Generator<RelocationRow> {
  for (let entry = 0; entry < table.length; entry += 1) {
    const symbolIndex = table.symbolIndex(entry);
    const symbol = symbolIndex === 0 ? undefined : nameOfSymbol(elf, symbols, symbolIndex);
    const addend = table.addend(entry);
    yield {
      entry,
      offset: hex(table.offset(entry)),
      type: describeRelocationType(elf.header, table.type(entry)),
      ...(symbolIndex === 0 ? {} : { symbolIndex }),
      ...(symbol === undefined ? {} : { symbol }),
      ...(addend === undefined ? {} : { addend: String(addend) }),
    };
  }
}

/** A section symbol has the name of its section. */
function nameOfSymbol(elf: ElfFile, symbols: ElfSymbolTable | undefined, index: number): string | undefined {
  if (symbols === undefined || index >= symbols.length || !symbols.hasName(index)) return undefined;
  const section = symbols.type(index) === STT_SECTION ? symbols.rawSectionIndex(index) : 0;
  return section > 0 && section < elf.sections.length ? elf.sections.describe(section) : symbols.name(index);
}

export function relocationsCommand(paths: readonly string[], options: ListingOptions, output: Output): number {
  return listElf(LISTING, paths, options, output);
}
