// LLVM's sections for the linker: address-significance tables, and the profile of calls with its relocations.

import { FormatError } from '../../../bytes/index.ts';
import { readAddressSignificance } from '../../content/address-significance.ts';
import { SECTION_TYPES } from '../../constants/section.ts';
import type { ValidationContext } from '../context.ts';
import { BadEntries } from '../finding.ts';

const { SHT_RELA, SHT_REL, SHT_CREL } = SECTION_TYPES.values;

const WEIGHT = 8;

/** Checks the symbol indices of address-significance tables. */
export function checkAddressSignificance(context: ValidationContext): void {
  const { survey, sections } = context;
  for (const index of survey.addressSignificances) {
    const size = sections.size(index);
    // With sh_link 0 the indices are stale on purpose: objcopy, strip and `ld -r` leave it so; linkers ignore it.
    if (sections.link(index) === 0 || size === 0 || !sections.isInFile(index)) continue;
    if (!context.spend(size, index)) return;
    context.guard(index, () => {
      checkIndices(context, index);
    });
  }
}

function checkIndices(context: ValidationContext, index: number): void {
  const { elf, report, symbolCount } = context;
  const cursor = readAddressSignificance(elf, index);
  const bad = new BadEntries();
  try {
    for (let entry = 0; !cursor.atEnd; entry += 1) {
      const offset = cursor.fileOffset;
      const symbol = cursor.next();
      if (symbol >= symbolCount) bad.add(entry, offset, symbol);
    }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    report.add({
      condition: 'address-significance-encoding',
      situation: error.code === 'truncated' ? 'cut' : 'large',
      sectionIndex: index,
      offset: error.location.offset,
      reason: error.reason,
    });
  }
  const [first] = bad.entries;
  if (first === undefined) return;
  report.add({
    condition: 'address-significance-index',
    sectionIndex: index,
    bad,
    expected: symbolCount,
    reason: `entry ${first.entry} names symbol ${first.found}, but there are ${symbolCount} symbols`,
  });
}

/** Checks that each weight of a profile has the relocations that name its functions. */
export function checkCallGraphs(context: ValidationContext): void {
  const { survey, sections, report, elf, relocatedBy } = context;
  for (const index of survey.callGraphs) {
    const size = sections.size(index);
    if (size === 0 || size % WEIGHT !== 0) continue;
    const relocations = relocatedBy[index] as number;
    if (relocations === 0) {
      report.add({
        condition: 'call-graph-relocations',
        sectionIndex: index,
        offset: elf.input.base + sections.headerOffset(index),
        reason: 'no relocation section names the functions of its weights',
      });
      continue;
    }
    const span = spanOf(context, relocations);
    if (span === undefined || sections.size(relocations) % span !== 0) continue;
    const found = sections.size(relocations) / span;
    const expected = (size / WEIGHT) * 2;
    if (found === expected) continue;
    report.add({
      condition: 'call-graph-count',
      sectionIndex: index,
      offset: context.fieldOffset(relocations, elf.layout.sh_size),
      expected,
      found,
      reason: `${size / WEIGHT} weights need ${expected} relocations, but section ${relocations} has ${found}`,
    });
  }
}

/** Bytes of an entry; `undefined` where they differ. */
function spanOf({ sections, elf }: ValidationContext, relocations: number): number | undefined {
  const type = sections.type(relocations);
  if (type === SHT_CREL) return undefined;
  return type === SHT_RELA ? elf.layout.relaSize : type === SHT_REL ? elf.layout.relSize : undefined;
}
