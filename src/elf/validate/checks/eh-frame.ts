// `.eh_frame` as a linker splits it: records of a length and as many bytes, each a common information entry (CIE) or one that
// refers to a CIE before it. Linux Standard Base, "Exception Frames". What stands in a record is not looked at.

import { SECTION_TYPES } from '../../constants/section.ts';
import type { ByteView } from '../../../bytes/index.ts';
import { AscendingOffsets } from '../ascending-offsets.ts';
import type { ValidationContext } from '../context.ts';
import { BadEntries } from '../finding.ts';

const { SHT_NOBITS } = SECTION_TYPES.values;

const LENGTH_64 = 0xffffffff;
const WORD = 4;

/** Checks all sections of that name. */
export function checkFrames(context: ValidationContext): void {
  const { survey, sections, elf } = context;
  for (const index of survey.frames) {
    if (sections.type(index) === SHT_NOBITS) {
      if (sections.size(index) === 0) continue;
      context.report.add({
        condition: 'frame-nobits',
        sectionIndex: index,
        offset: context.fieldOffset(index, WORD),
        reason: 'it has no bytes in the file (SHT_NOBITS)',
      });
      continue;
    }
    const size = sections.size(index);
    if (!sections.isInFile(index) || !context.spend(size, index)) continue;
    context.guard(index, () => {
      checkRecords(context, index, elf.sectionView(index));
    });
  }
}

function checkRecords(context: ValidationContext, index: number, view: ByteView): void {
  const { littleEndian } = context.elf.encoding;
  const { data, length } = view;
  const commons = new AscendingOffsets();
  const badReferences = new BadEntries();
  let offset = 0;
  let entry = 0;
  let isWhole = true;
  while (offset < length) {
    const left = length - offset;
    const size = left < WORD ? 0 : data.getUint32(offset, littleEndian);
    // A record of length 0 ends the section, whatever stands behind it.
    if (left >= WORD && size === 0) break;
    if (left < WORD || size > left - WORD) {
      const situation = left < WORD ? 'small' : size === LENGTH_64 ? 'large' : 'end';
      isWhole = false;
      reportSize(context, index, situation, entry, view.base + offset, left, size);
      break;
    }
    // A record too short for what it refers to has no reference; lld reads it out of the bytes behind.
    const reference = size < WORD ? 0 : data.getUint32(offset + WORD, littleEndian);
    if (reference === 0) commons.add(offset);
    else if (size >= WORD && !commons.has(offset + WORD - reference)) {
      badReferences.add(entry, view.base + offset + WORD, reference);
    }
    offset += WORD + size;
    entry += 1;
  }
  checkPlaces(context, index, offset, isWhole);
  const [first] = badReferences.entries;
  if (first === undefined) return;
  context.report.add({
    condition: 'frame-reference',
    sectionIndex: index,
    bad: badReferences,
    reason: `record ${first.entry} refers to a CIE ${first.found} bytes before it, where none starts`,
  });
}

/** Checks that the relocations of the section lie in its records. */
function checkPlaces(context: ValidationContext, index: number, end: number, isWhole: boolean): void {
  const { elf, report, relocatedBy, sections } = context;
  const relocations = relocatedBy[index] as number;
  // What is behind a damaged record is not known.
  if (relocations === 0 || !isWhole || sections.size(relocations) === 0) return;
  const table = elf.relocationTable(relocations, () => undefined);
  const bad = new BadEntries();
  for (let i = 0; i < table.length; i += 1) {
    const offset = table.offsetHigh(i) * 2 ** 32 + table.offsetLow(i);
    if (offset >= end) bad.add(i, table.entryOffset(i), offset);
  }
  const [first] = bad.entries;
  if (first === undefined) return;
  report.add({
    condition: 'frame-relocation',
    situation: end === 0 ? 'empty' : 'records',
    sectionIndex: index,
    bad,
    expected: end,
    reason: `relocation ${first.entry} of section ${relocations} is for the place ${first.found}, but its records end at ${end}`,
  });
}

function reportSize(
  context: ValidationContext,
  index: number,
  situation: string,
  entry: number,
  offset: number,
  left: number,
  size: number,
): void {
  const bad = new BadEntries();
  bad.add(entry, offset, size);
  context.report.add({
    condition: 'frame-size',
    situation,
    sectionIndex: index,
    bad,
    reason:
      situation === 'small'
        ? `${left} bytes are left behind record ${entry - 1}, too few for a length`
        : `record ${entry} has a length of ${size} bytes, but ${left - WORD} are left`,
  });
}
