// Facts out of an ELF object: what it is, what it defines for others, and what is wrong with it (elf-integrity.ts).

import { ELF_TYPES } from '../elf/index.ts';
import type { ElfFile } from '../elf/index.ts';
import { readLtoContent } from '../elf/content/index.ts';
import { checkSymbolIndices } from './elf-integrity.ts';
import { FaultList } from './fault-list.ts';
import type { InputFacts, LtoKind } from './input-facts.ts';
import { machineOfElf } from './machine.ts';
import type { NameInterner } from './name-interner.ts';
import { readComdatGroups } from './symbols/elf-groups.ts';
import { strongDefinitionsOfElf } from './symbols/elf-symbols.ts';

/** Reads the facts of an opened ELF file. Damage becomes faults; nothing is thrown because of the input. */
export function factsOfElf(elf: ElfFile, names: NameInterner): InputFacts {
  const faults = new FaultList();
  const definitions = faults.guard(undefined, () => {
    checkSymbolIndices(elf, faults);
    return strongDefinitionsOfElf(elf, names, faults);
  });
  return { ...describeElf(elf, faults), definitions, faults: faults.faults };
}

/** The facts that stand in the header, and which LTO the object takes part in. */
export function describeElf(elf: ElfFile, faults = new FaultList()): Omit<InputFacts, 'definitions' | 'faults'> {
  const { header, input } = elf;
  return {
    format: 'elf',
    size: input.length,
    lto: faults.guard(undefined, () => ltoKindOf(elf)) ?? 'none',
    machine: machineOfElf(header.machine),
    bits: header.bits,
    endian: header.littleEndian ? 'little' : 'big',
    type: ELF_TYPES.describe(header.type),
  };
}

function ltoKindOf(elf: ElfFile): LtoKind {
  const { kind } = readLtoContent(elf);
  return kind === 'llvm-embedded' ? 'llvm-fat' : kind;
}

/** The signatures of all COMDAT groups of an object, interned. Damaged groups are left out. */
export function comdatSignaturesOfElf(elf: ElfFile, names: NameInterner): readonly number[] {
  const tableIndex = elf.symbolTableIndex;
  if (tableIndex === undefined) return [];
  return readComdatGroups(elf, elf.symbolTable(tableIndex), names, new FaultList()).signatures;
}
