// Sections whose entries linkers merge (SHF_MERGE): shape, and the end of the last string.

import { SECTION_FLAGS, SECTION_TYPES } from '../../constants/section.ts';
import type { ValidationContext } from '../context.ts';

const { SHT_NOBITS } = SECTION_TYPES.values;
const { SHF_WRITE, SHF_STRINGS, SHF_COMPRESSED } = SECTION_FLAGS.values;

/** Checks these sections, and notes their sizes for the checks of symbols and relocations. */
export function checkMergeSections(context: ValidationContext): void {
  const { survey, sections } = context;
  for (const index of survey.merges) {
    const use = context.useOf(index);
    // A section of size 0 is never merged.
    if (sections.size(index) === 0 || use === 'marker' || context.isDropped(index)) continue;
    if (use !== 'input' && use !== 'kept') continue;
    checkMergeSection(context, index);
  }
}

function checkMergeSection(context: ValidationContext, index: number): void {
  const { sections, report, elf } = context;
  const size = sections.size(index);
  const flags = sections.flags(index);
  const entrySize = sections.entrySize(index);
  if (entrySize === 0) {
    report.add({
      condition: 'merge-entry-size',
      sectionIndex: index,
      offset: context.fieldOffset(index, elf.layout.sh_entsize),
      found: 0,
      reason: 'it has SHF_MERGE, but its sh_entsize is 0: nothing is merged',
    });
    return;
  }
  if (size % entrySize !== 0) {
    report.add({
      condition: 'merge-size',
      sectionIndex: index,
      offset: context.fieldOffset(index, elf.layout.sh_size),
      expected: entrySize,
      found: size,
      reason: `its size, ${size}, is no multiple of its sh_entsize, ${entrySize}`,
    });
  }
  if ((flags & SHF_WRITE) !== 0) {
    report.add({
      condition: 'merge-writable',
      sectionIndex: index,
      offset: context.fieldOffset(index, elf.layout.sh_flags),
      reason: 'it has SHF_MERGE and SHF_WRITE',
    });
  }
  // Linkers do not merge what is relocated.
  if (context.relocatedBy[index] !== 0) return;
  if (sections.type(index) === SHT_NOBITS) {
    report.add({
      condition: 'merge-nobits',
      sectionIndex: index,
      offset: context.fieldOffset(index, 4),
      reason: 'it has SHF_MERGE, but no bytes in the file (SHT_NOBITS)',
    });
    return;
  }
  if ((flags & SHF_COMPRESSED) !== 0 || size % entrySize !== 0 || !sections.isInFile(index)) return;
  context.mergeSizes ??= new Float64Array(sections.length);
  context.mergeSizes[index] = size;
  if ((flags & SHF_STRINGS) !== 0) {
    context.guard(index, () => {
      checkLastString(context, index, size, entrySize);
    });
  }
}

function checkLastString(context: ValidationContext, index: number, size: number, entrySize: number): void {
  const { elf, sections, report } = context;
  if (!context.spend(entrySize, index)) return;
  const start = sections.offset(index) + size - entrySize;
  const { bytes } = elf.input.view(start, entrySize, 'the last character of a merged string');
  if (bytes.every((byte) => byte === 0)) return;
  report.add({
    condition: 'merge-string-end',
    sectionIndex: index,
    offset: elf.input.base + start,
    expected: 0,
    reason: 'its last string does not end with NUL',
  });
}
