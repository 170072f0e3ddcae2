// Sections that say by their name what stack the code needs: `.note.GNU-stack`, `.note.GNU-split-stack`. They have no bytes
// that a linker reads.

import { SECTION_FLAGS } from '../../constants/section.ts';
import type { ValidationContext } from '../context.ts';

const { SHF_EXECINSTR, SHF_EXCLUDE } = SECTION_FLAGS.values;

/** Checks them. */
export function checkStackMarkers(context: ValidationContext): void {
  const { survey, sections, report, elf, link } = context;
  for (const index of survey.stackMarkers) {
    const flags = sections.flags(index);
    // A program is made as if they were not there.
    if ((flags & SHF_EXCLUDE) !== 0 && link.output === 'final') continue;
    // With its NUL the name is compared whole.
    if (sections.nameStartsWith(index, '.note.GNU-stack\0') && (flags & SHF_EXECINSTR) !== 0) {
      report.add({
        condition: 'executable-stack',
        sectionIndex: index,
        offset: context.fieldOffset(index, elf.layout.sh_flags),
        reason: 'it has SHF_EXECINSTR: the code asks for an executable stack',
      });
    } else if (sections.nameStartsWith(index, '.note.GNU-split-stack\0') && link.output === 'relocatable') {
      report.add({
        condition: 'split-stack',
        sectionIndex: index,
        offset: elf.input.base + sections.headerOffset(index),
        reason: 'the code was compiled for split stacks, which -r cannot mix with other code',
      });
    }
  }
}
