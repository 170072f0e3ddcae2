// Where the constants of a module are.

import { BLOCK_IDS } from '../codes/block-ids.ts';
import { readGlobals } from '../globals/read-globals.ts';
import type { BitcodeGlobals } from '../globals/read-globals.ts';
import type { BitcodeModule } from '../module.ts';
import { BitcodeConstants } from './constants.ts';

/**
 * Reads the constants of a module, which are numbered behind its global values. Costs a pass over its MODULE block, shared
 * with the other readers of the module, and one over its CONSTANTS block that skips operands. Those of functions stand in
 * the bodies.
 *
 * @param globals - The global values of the module, which constants lead to; read when first asked for if absent.
 * @throws {@link FormatError} if one of the blocks is damaged; `limit-exceeded` for more constants than
 *   `Limits.bitcodeEntries`.
 */
export function readConstants(module: BitcodeModule, globals?: BitcodeGlobals): BitcodeConstants {
  const content = module.content();
  const constants = new BitcodeConstants(content.globalCount, () => globals ?? readGlobals(module), undefined);
  for (const block of content.blocksOf(BLOCK_IDS.values.CONSTANTS_BLOCK_ID)) constants.take(content.openBlock(block));
  return constants;
}
