// Which FUNCTION block (id 12) is the body of which function: the n-th one is that of the n-th FUNCTION record that is no
// declaration. The places that VALUE_SYMTAB blocks give since LLVM 3.8 say the same and are not needed.

import { BLOCK_IDS } from '../codes/block-ids.ts';
import type { ModuleBlock, ModuleContent } from '../module-content.ts';

/** A function and where its body is. */
export interface FunctionBlock {
  /** Value id of the function. */
  readonly valueId: number;
  readonly block: ModuleBlock;
}

/**
 * Pairs functions with their bodies. A module whose last functions have none is cut short by whoever wrote it; LLVM says so
 * when it asks for one of them.
 *
 * @throws {@link FormatError} `bad-value` if there are more bodies than functions to have them, as in LLVM.
 */
export function pairFunctionBlocks(content: ModuleContent): FunctionBlock[] {
  const defined = content.definedFunctions();
  return content.blocksOf(BLOCK_IDS.values.FUNCTION_BLOCK_ID).map((block, i) => {
    const valueId = defined[i];
    if (valueId === undefined) {
      const reason = `Insufficient function protos: body ${i + 1} is of none of the ${defined.length} functions that have one`;
      throw content.error('bad-value', reason, block.header.bitOffset);
    }
    return { valueId, block };
  });
}
