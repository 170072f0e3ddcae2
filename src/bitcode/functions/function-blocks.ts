// Which FUNCTION block (id 12) is the body of which function: the n-th one is that of the n-th FUNCTION record that is no
// declaration. The places that VALUE_SYMTAB blocks give since LLVM 3.8 say the same and are not needed.

import { BLOCK_IDS } from '../codes/block-ids.ts';
import type { BitcodeFunction } from '../globals/function.ts';
import type { BitcodeGlobals } from '../globals/read-globals.ts';
import type { ModuleBlock, ModuleContent } from '../module-content.ts';

/** A function and where its body is. */
export interface FunctionBlock {
  readonly function: BitcodeFunction;
  readonly block: ModuleBlock;
}

/**
 * Pairs functions with their bodies. A module whose last functions have none is cut short by whoever wrote it; LLVM says so
 * when it asks for one of them.
 *
 * @throws {@link FormatError} `bad-value` if there are more bodies than functions to have them, as in LLVM.
 */
export function pairFunctionBlocks(content: ModuleContent, globals: BitcodeGlobals): FunctionBlock[] {
  const defined = globals.functions.filter(({ isDeclaration }) => !isDeclaration);
  return content.blocksOf(BLOCK_IDS.values.FUNCTION_BLOCK_ID).map((block, i) => {
    const owner = defined[i];
    if (owner === undefined) {
      const reason = `Insufficient function protos: body ${i + 1} is of none of the ${defined.length} functions that have one`;
      throw content.error('bad-value', reason, block.header.bitOffset);
    }
    return { function: owner, block };
  });
}
