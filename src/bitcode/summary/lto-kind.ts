// Which link-time optimisation a module takes part in. Linkers look at the summary block and its flags alone
// (BitcodeModule::getLTOInfo in llvm/lib/Bitcode/Reader/BitcodeReader.cpp); module flags tell apart modules without a summary.

import { SUMMARY_FLAGS } from '../codes/summary.ts';
import type { BitcodeLtoFlags } from '../metadata/lto-flags.ts';
import type { BitcodeSummaryKind } from '../module.ts';

/**
 * ThinLTO; full LTO with a summary; `regular` for full LTO without one; `none` for a module that nothing marks: `-emit-llvm`,
 * full LTO for Apple's linkers, bitcode embedded in an object. A linker that is given one of the last two merges it as in
 * full LTO.
 */
export type BitcodeLtoKind = 'thin' | 'full' | 'regular' | 'none';

/** What tells the kind. */
export interface LtoEvidence {
  /** As {@link BitcodeModule.summaryKind}. */
  readonly summaryKind: BitcodeSummaryKind;
  /** The flags of the summary ({@link SUMMARY_FLAGS}); of a module without one they do not matter. */
  readonly summaryFlags?: number;
  /** The module flags, out of `ltoFlagsOf`; they matter for a module without a summary. */
  readonly moduleFlags?: Pick<BitcodeLtoFlags, 'thinLto' | 'enableSplitLtoUnit' | 'unifiedLto'>;
}

/** Says for which link-time optimisation a module was written. */
export function ltoKindOf({ summaryKind, moduleFlags }: LtoEvidence): BitcodeLtoKind {
  if (summaryKind !== 'none') return summaryKind;
  if (moduleFlags === undefined) return 'none';
  // `ThinLTO` stands, with value 0, in modules for full LTO only, and compilers set `EnableSplitLTOUnit` in all of those.
  const { thinLto, enableSplitLtoUnit, unifiedLto } = moduleFlags;
  const isMarked = thinLto !== undefined || enableSplitLtoUnit !== undefined || unifiedLto !== undefined;
  return isMarked ? 'regular' : 'none';
}

const NAMES: Readonly<Record<BitcodeLtoKind, string>> = {
  thin: 'ThinLTO',
  full: 'full LTO with a summary',
  regular: 'full LTO without a summary',
  none: 'no LTO',
};

/**
 * Describes what {@link ltoKindOf} tells, whether the module takes part in a link of split units, and whether it may be linked
 * either way. For people.
 *
 * @example
 * describeLtoKind({ summaryKind: module.summaryKind, summaryFlags: module.summary()?.flags ?? 0 }); // 'ThinLTO, split unit'
 */
export function describeLtoKind(evidence: LtoEvidence): string {
  const { summaryKind, summaryFlags = 0, moduleFlags } = evidence;
  const hasFlag = (mask: number) => (summaryFlags & mask) !== 0;
  const hasSummary = summaryKind !== 'none';
  const isSplit = hasSummary ? hasFlag(SUMMARY_FLAGS.EnableSplitLTOUnit) : moduleFlags?.enableSplitLtoUnit === true;
  const isUnified = hasSummary ? hasFlag(SUMMARY_FLAGS.UnifiedLTO) : moduleFlags?.unifiedLto === true;
  const parts = [NAMES[ltoKindOf(evidence)]];
  if (isSplit) parts.push('split unit');
  if (isUnified) parts.push('unified');
  return parts.join(', ');
}
