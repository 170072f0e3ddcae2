// Sections of the Linux kernel's tables: `___TABLE<suffix>+NAME` in objects, one for each entry, which the linker scripts
// put into `__TABLE<suffix>` (include/asm-generic/vmlinux.lds.h, scripts/module.lds.S).

import { SECTION_TYPES } from '../../constants/section.ts';
import type { ElfFile } from '../../elf-file.ts';
import { ReadBudget } from '../read-budget.ts';

const { SHT_PROGBITS } = SECTION_TYPES.values;

/** A section of a table. */
export interface KernelTableSection {
  /** Its section number. */
  readonly index: number;
  /** Its whole name. */
  readonly name: string;
  /** What follows the name of the table, such as `_gpl`. */
  readonly suffix: string;
  /** What follows the `+`: the name of the only entry; `undefined` in sections of many entries. */
  readonly entryName: string | undefined;
}

/** The sections of the table `__…`, in the order of the file. Costs a pass over the section names. */
export function kernelSections(file: ElfFile, table: string): KernelTableSection[] {
  const { sections } = file;
  const budget = new ReadBudget(file.input);
  const found: KernelTableSection[] = [];
  for (let index = 1; index < sections.length; index += 1) {
    const isSingle = sections.nameStartsWith(index, `_${table}`);
    if ((!isSingle && !sections.nameStartsWith(index, table)) || sections.type(index) !== SHT_PROGBITS) continue;
    const name = sections.name(index);
    budget.spend(name.length, 'names of sections');
    const rest = name.slice(table.length + (isSingle ? 1 : 0));
    const plus = isSingle ? rest.indexOf('+') : -1;
    found.push({
      index,
      name,
      suffix: plus === -1 ? rest : rest.slice(0, plus),
      entryName: plus === -1 ? undefined : rest.slice(plus + 1),
    });
  }
  return found;
}
