// String tables that names are read from, those of sections and of symbols, and the strings of dependent libraries.

import { SECTION_FLAGS, SECTION_TYPES } from '../../constants/section.ts';
import type { ValidationContext } from '../context.ts';

const { SHT_STRTAB } = SECTION_TYPES.values;
const { SHF_EXCLUDE } = SECTION_FLAGS.values;

/** Checks that a string table has bytes and that the last one is NUL. Whether it is one is told elsewhere. */
export function checkStringTable(context: ValidationContext, index: number): void {
  const { elf, sections, report } = context;
  if (index === 0 || index >= sections.length || sections.type(index) !== SHT_STRTAB) return;
  const size = sections.size(index);
  if (size === 0) {
    report.add({
      condition: 'string-table-end',
      situation: 'empty',
      sectionIndex: index,
      offset: context.fieldOffset(index, elf.layout.sh_size),
      found: 0,
      reason: 'the string table has no bytes',
    });
    return;
  }
  context.guard(index, () => {
    const last = lastByte(context, index);
    if (last === undefined || last === 0) return;
    report.add({
      condition: 'string-table-end',
      situation: 'unterminated',
      sectionIndex: index,
      offset: elf.input.base + sections.offset(index) + size - 1,
      expected: 0,
      found: last,
      reason: `the last byte of the string table is 0x${last.toString(16)}, but NUL was expected`,
    });
  });
}

/** The last byte of a section; `undefined` where it has none within the file. */
function lastByte({ elf, sections }: ValidationContext, index: number): number | undefined {
  const size = sections.size(index);
  if (size === 0 || !sections.hasContent(index) || !sections.isInFile(index)) return undefined;
  return elf.input.view(sections.offset(index) + size - 1, 1, 'the end of a string table').bytes[0];
}

/** Checks that the last dependent library ends. */
export function checkLibraries(context: ValidationContext): void {
  const { elf, sections, report } = context;
  for (const index of context.survey.libraries) {
    context.guard(index, () => {
      const last = lastByte(context, index);
      if (last === undefined || last === 0) return;
      report.add({
        condition: 'dependent-libraries-end',
        situation: (sections.flags(index) & SHF_EXCLUDE) === 0 ? 'read' : 'excluded',
        sectionIndex: index,
        offset: elf.input.base + sections.offset(index) + sections.size(index) - 1,
        expected: 0,
        found: last,
        reason: 'the name of the last library does not end with NUL',
      });
    });
  }
}
