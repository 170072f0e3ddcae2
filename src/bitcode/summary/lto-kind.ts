// Which link-time optimisation a module takes part in. Linkers look at the summary block and its flags alone
// (BitcodeModule::getLTOInfo in llvm/lib/Bitcode/Reader/BitcodeReader.cpp); module flags tell apart modules without a summary.

import { SUMMARY_FLAGS } from '../codes/summary.ts';
import type { BitcodeSummaryKind } from '../module.ts';

/**
 * ThinLTO; full LTO with a summary; `regular` for full LTO without one (Apple's linkers); `none` for a module that nothing
 * marks: `-emit-llvm` or bitcode embedded in an object. A linker that is given one of the last two merges it as in full LTO.
 */
export type BitcodeLtoKind = 'thin' | 'full' | 'regular' | 'none';

/** What tells the kind. Values of module flags are given as numbers; `undefined` for a flag that the module does not have. */
export interface LtoEvidence {
  readonly summaryKind: BitcodeSummaryKind;
  /** Bits of SUMMARY_FLAGS. */
  readonly summaryFlags?: number | undefined;
  /** The module flag `ThinLTO`: there with value 0 in modules for full LTO, absent in those for ThinLTO. */
  readonly thinLto?: number | undefined;
  /** The module flag `EnableSplitLTOUnit`. */
  readonly enableSplitLtoUnit?: number | undefined;
  /** The module flag `UnifiedLTO`. */
  readonly unifiedLto?: number | undefined;
}

/** Says for which link-time optimisation a module was written. */
export function ltoKindOf({ summaryKind, thinLto, enableSplitLtoUnit, unifiedLto }: LtoEvidence): BitcodeLtoKind {
  if (summaryKind !== 'none') return summaryKind;
  const isMarked = thinLto !== undefined || enableSplitLtoUnit !== undefined || unifiedLto !== undefined;
  return isMarked ? 'regular' : 'none';
}

const NAMES: Readonly<Record<BitcodeLtoKind, string>> = {
  thin: 'ThinLTO',
  full: 'full LTO with a summary',
  regular: 'full LTO without a summary',
  none: 'no LTO',
};

/** Describes what {@link ltoKindOf} tells, and whether the module is a split unit and may be linked either way. For people. */
export function describeLtoKind(evidence: LtoEvidence): string {
  const { summaryFlags = 0, summaryKind } = evidence;
  const bit = (mask: number) => (summaryFlags & mask) !== 0;
  const hasSummary = summaryKind !== 'none';
  const isSplit = hasSummary ? bit(SUMMARY_FLAGS.EnableSplitLTOUnit) : evidence.enableSplitLtoUnit === 1;
  const isUnified = hasSummary ? bit(SUMMARY_FLAGS.UnifiedLTO) : evidence.unifiedLto === 1;
  const parts = [NAMES[ltoKindOf(evidence)]];
  if (isSplit) parts.push('split unit');
  if (isUnified) parts.push('unified');
  return parts.join(', ');
}
