// Who refers to given symbols of an object, by the relocations of its sections that are loaded.

import { isPackedRelocations, readGroup, SECTION_FLAGS, SECTION_TYPES } from '../../elf/index.ts';
import type { ElfFile } from '../../elf/index.ts';
import { FaultList } from '../fault-list.ts';

const { SHF_ALLOC } = SECTION_FLAGS.values;
const { SHT_GROUP, SHT_REL, SHT_RELA } = SECTION_TYPES.values;

/** A relocation that refers to one of the symbols. */
export interface SymbolReference {
  readonly symbolIndex: number;
  /** The name of the input. */
  readonly input: string;
  /** The linker's words: `>>> referenced by a.o:(.text+0x5)`. */
  readonly text: string;
}

/** Finds the relocations that refer to symbols, in the order of the sections; damaged tables are passed over. */
export function findReferences(
  elf: ElfFile,
  symbols: ReadonlySet<number>,
  input: string,
  discardedGroups: Uint8Array | undefined,
): SymbolReference[] {
  const { sections } = elf;
  const faults = new FaultList();
  const discarded = discardedGroups === undefined ? undefined : membersOf(elf, discardedGroups, faults);
  const found: SymbolReference[] = [];
  for (let i = 1; i < sections.length; i += 1) {
    const type = sections.type(i);
    if (!(type === SHT_REL || type === SHT_RELA || isPackedRelocations(type))) continue;
    const target = sections.info(i);
    if (target >= sections.length || (sections.flags(target) & SHF_ALLOC) === 0 || discarded?.has(target)) continue;
    faults.guard(undefined, () => {
      const relocations = elf.relocationTable(i);
      for (let entry = 0; entry < relocations.length; entry += 1) {
        const symbolIndex = relocations.symbolIndex(entry);
        if (!symbols.has(symbolIndex)) continue;
        const place = `${sections.describeBriefly(target, 4096)}+0x${relocations.offset(entry).toString(16)}`;
        found.push({ symbolIndex, input, text: `>>> referenced by ${input}:(${place})` });
      }
    });
  }
  return found;
}

function membersOf(elf: ElfFile, discardedGroups: Uint8Array, faults: FaultList): Set<number> {
  const { sections } = elf;
  const members = new Set<number>();
  let comdat = 0;
  for (let i = 1; i < sections.length; i += 1) {
    if (sections.type(i) !== SHT_GROUP) continue;
    faults.guard(undefined, () => {
      const group = readGroup(elf, i);
      if (!group.isComdat) return;
      if (discardedGroups[comdat] === 1) for (let k = 0; k < group.length; k += 1) members.add(group.member(k));
      comdat += 1;
    });
  }
  return members;
}
