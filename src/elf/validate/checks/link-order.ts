// SHF_LINK_ORDER: what the sh_link of such sections names.

import { SECTION_FLAGS } from '../../constants/section.ts';
import type { ValidationContext } from '../context.ts';

const { SHF_LINK_ORDER } = SECTION_FLAGS.values;

/** Checks all of them. */
export function checkLinkOrder(context: ValidationContext): void {
  const { survey } = context;
  for (const index of survey.linkOrders) checkTarget(context, index);
  if (survey.linkOrders.length > 0) checkCycles(context);
}

function checkTarget(context: ValidationContext, index: number): void {
  const { sections, report, elf } = context;
  const target = sections.link(index);
  if (target === 0) return;
  const use = context.useOf(index);
  if (use === 'relocations' || use === 'marker' || context.isDropped(index)) return;
  const situation = situationOf(context, target);
  if (situation === undefined) return;
  report.add({
    condition: 'link-order-target',
    situation,
    sectionIndex: index,
    offset: context.fieldOffset(index, elf.layout.sh_link),
    found: target,
    reason: () =>
      target < sections.length
        ? `it is ordered by section ${target} (${context.sectionName(target)}), which has no place in the output of its own`
        : `it is ordered by section ${target}, but there are ${sections.length} sections`,
    data: () => ({ target: context.sectionName(target) }),
  });
}

function situationOf(context: ValidationContext, target: number): string | undefined {
  const { sections, mergeSizes } = context;
  if (target >= sections.length) return 'missing';
  const use = context.useOf(target);
  if (use === 'table') return 'table';
  if (use === 'relocations') return 'relocations';
  if (use === 'marker') return 'marker';
  if (use === 'kept') return 'discarded';
  if (sections.nameStartsWith(target, '.note.gnu.property')) return 'marker';
  return mergeSizes !== undefined && mergeSizes[target] !== 0 ? 'merge' : undefined;
}

/** Follows each chain until it ends or comes to a section that was looked at. */
function checkCycles(context: ValidationContext): void {
  const { sections, survey, report, elf } = context;
  const seenIn = new Map<number, number>();
  for (const start of survey.linkOrders) {
    let index = start;
    while (!seenIn.has(index) && (sections.flags(index) & SHF_LINK_ORDER) !== 0) {
      seenIn.set(index, start);
      const next = sections.link(index);
      if (next === 0 || next >= sections.length) break;
      if (seenIn.get(next) === start) {
        report.add({
          condition: 'link-order-cycle',
          sectionIndex: index,
          offset: context.fieldOffset(index, elf.layout.sh_link),
          found: next,
          reason:
            next === index ? 'it is ordered by itself' : `it is ordered by section ${next}, which is ordered by it`,
        });
        break;
      }
      index = next;
    }
  }
}
