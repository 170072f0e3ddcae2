// Where the types of a module are.

import { BLOCK_IDS } from './codes/block-ids.ts';
import type { BitcodeModule } from './module.ts';
import { BitcodeTypes, readTypeBlock } from './types.ts';

/**
 * Reads the types of a module. Costs a pass over its MODULE block, shared with the other readers of the module, and one
 * over its TYPE block.
 *
 * @returns Empty if the module has no types, as a ThinLTO index and a thin-link file.
 * @throws {@link FormatError} if one of the blocks is damaged.
 */
export function readTypes(module: BitcodeModule): BitcodeTypes {
  const content = module.content();
  const [block] = content.blocksOf(BLOCK_IDS.values.TYPE_BLOCK_ID_NEW);
  return block === undefined ? new BitcodeTypes([]) : readTypeBlock(content.openBlock(block));
}
