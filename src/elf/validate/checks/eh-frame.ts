// `.eh_frame` as a linker splits it: records of a length and as many bytes, each a common information entry (CIE) or one that
// refers to a CIE before it. Linux Standard Base, "Exception Frames".

import { SECTION_TYPES } from '../../constants/section.ts';
import type { ByteView } from '../../../bytes/index.ts';
import { AscendingOffsets } from '../ascending-offsets.ts';
import type { ValidationContext } from '../context.ts';
import { BadEntries } from '../finding.ts';
import { functionEncodingFault, readCommonEntry } from './frame-common.ts';
import type { CommonFault } from './frame-common.ts';

const { SHT_NOBITS } = SECTION_TYPES.values;

const LENGTH_64 = 0xffffffff;
const WORD = 4;
/** Beside an encoding, which is a byte: that it is one of those that no index can be made of. */
const FAULT = 0x100;

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
  const commons = new CommonEntries(context, index);
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
    if (reference === 0) commons.add(view.part(offset, WORD + size, 'a record of .eh_frame'), offset, entry);
    else if (size >= WORD && !commons.refer(offset + WORD - reference, entry, view.base + offset)) {
      badReferences.add(entry, view.base + offset + WORD, reference);
    }
    offset += WORD + size;
    entry += 1;
  }
  commons.report();
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

/** The common information entries of a section, by their offsets in it. */
class CommonEntries {
  private readonly context: ValidationContext;
  private readonly index: number;
  private readonly letters: string;
  /** Marked with how functions are written that refer to an entry, where no index can be made of them; else with 0. */
  private readonly offsets = new AscendingOffsets();
  private readonly damaged = new BadEntries();
  private firstFault: CommonFault | undefined;
  private readonly badEncodings = new BadEntries();

  constructor(context: ValidationContext, index: number) {
    this.context = context;
    this.index = index;
    const { name, major = Number.POSITIVE_INFINITY } = context.link.linker;
    this.letters = name === 'lld' && major <= 14 ? 'BS' : 'BSG';
  }

  add(view: ByteView, offset: number, entry: number): void {
    const common = readCommonEntry(view, this.context.elf.layout.bits / 8, this.letters);
    if (common.fault === undefined) {
      const encoding = common.functionEncoding;
      this.offsets.add(offset, functionEncodingFault(encoding) === undefined ? 0 : FAULT | encoding);
      return;
    }
    this.offsets.add(offset, 0);
    this.firstFault ??= common.fault;
    this.damaged.add(entry, view.base, common.fault.found);
  }

  /** Notes that a record of a function refers to an entry; whether there is one. */
  refer(offset: number, entry: number, recordOffset: number): boolean {
    const mark = this.offsets.find(offset);
    if (mark !== undefined && mark !== 0) this.badEncodings.add(entry, recordOffset, mark ^ FAULT);
    return mark !== undefined;
  }

  report(): void {
    const { context, index, damaged, badEncodings, firstFault } = this;
    const [first] = damaged.entries;
    if (first !== undefined && firstFault !== undefined) {
      const { situation, reason } = firstFault;
      context.report.add({
        condition: 'frame-common',
        situation,
        sectionIndex: index,
        bad: damaged,
        reason: `record ${first.entry}, a CIE, is damaged: ${reason}`,
      });
    }
    const [record] = badEncodings.entries;
    // Without a relocation a record belongs to no function, and linkers drop it.
    if (record === undefined || context.relocatedBy[index] === 0) return;
    const encoding = Number(record.found);
    context.report.add({
      condition: 'frame-function',
      situation: functionEncodingFault(encoding),
      sectionIndex: index,
      bad: badEncodings,
      reason: `the function of record ${record.entry} is written with the encoding 0x${encoding.toString(16)}, which no index can be made of`,
    });
  }
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
