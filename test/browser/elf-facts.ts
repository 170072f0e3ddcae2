// What the tests read of an ELF object with ltoscope/elf alone, in Node and in a worker of a browser alike: the relocations
// of each section, with the names of one machine's types.

import type { ByteSource } from '../../src/bytes/index.ts';
import { AARCH64_RELOCATIONS } from '../../src/elf/constants/index.ts';
import { openElf, SECTION_TYPES } from '../../src/elf/index.ts';

const { SHT_RELA } = SECTION_TYPES.values;

/** A line for each symbol, then one for each relocation. */
export function elfFactsOf(source: ByteSource): string[] {
  const elf = openElf(source);
  const symbols = elf.symbolTable(elf.symbolTableIndex ?? 0);
  const lines = Array.from({ length: symbols.length }, (_, i) => `${symbols.name(i)} ${symbols.value(i)}`);
  for (let index = 1; index < elf.sections.length; index += 1) {
    if (elf.sections.type(index) !== SHT_RELA) continue;
    const table = elf.relocationTable(index);
    for (let i = 0; i < table.length; i += 1) {
      lines.push(`${elf.sections.name(index)} ${table.offset(i)} ${AARCH64_RELOCATIONS.describe(table.type(i))}`);
    }
  }
  return lines;
}
