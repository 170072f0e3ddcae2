// All addresses of basic blocks in a module: who uses them, and whether a linker can load one function without the other.
//
// LLVM reads functions one at a time, and a linker moves what it has read into another module. The address of a block of a
// function that is gone by then cannot be resolved ("Never resolved function from blockaddress"). Since LLVM 15 functions
// therefore list who else uses addresses of their blocks (BLOCKADDR_USERS), and LLVM reads those together with them.
// Addresses among the constants of the module are resolved before functions are moved, and need no list: those that an
// initializer uses, and those that debug information uses, whichever instructions use them too. So a file that cannot be
// linked can be linked if it was compiled with -g (lld 13 and 14).

import { CONSTANTS_CODES } from '../codes/constants.ts';
import { readConstants } from '../constants/read-constants.ts';
import { readGlobals } from '../globals/read-globals.ts';
import type { BitcodeGlobals, BitcodeGlobalValue } from '../globals/read-globals.ts';
import type { BitcodeModule } from '../module.ts';
import { hasBlockAddresses, readFunctionHeads } from './function-head.ts';
import type { BitcodeBlockAddressRecord, BitcodeFunctionHead } from './function-head.ts';
import { findOwners } from './initializers.ts';

/** The address of a basic block, and who uses it. */
export interface BitcodeBlockAddressUse extends BitcodeBlockAddressRecord {
  /**
   * The function among whose constants it is, for its instructions; of a constant of the module the first global whose
   * initializer leads to it. `undefined` for a constant of the module that only debug information or instructions use.
   */
  readonly user: BitcodeGlobalValue | undefined;
  /** The global value that the block is said to belong to; `undefined` if there is none of that value id. */
  readonly target: BitcodeGlobalValue | undefined;
  /** Whether it is among the constants of the module, not among those of a function. */
  readonly isModuleConstant: boolean;
  /** Whether it is among the constants of one function and of a block of another one. */
  readonly crossesFunctions: boolean;
  /** Whether the target lists the user (BLOCKADDR_USERS); false where it does not have to. */
  readonly isListed: boolean;
}

/** Asks targets whom they list, each once. */
class UserLists {
  private readonly heads: readonly BitcodeFunctionHead[];
  private headsById: ReadonlyMap<number, BitcodeFunctionHead> | undefined;
  private readonly lists = new Map<number, ReadonlySet<number>>();

  constructor(heads: readonly BitcodeFunctionHead[]) {
    this.heads = heads;
  }

  has(target: number, user: number): boolean {
    let list = this.lists.get(target);
    if (list === undefined) {
      this.headsById ??= new Map(this.heads.map((head) => [head.valueId, head]));
      list = new Set(this.headsById.get(target)?.blockAddressUsers);
      this.lists.set(target, list);
    }
    return list.has(user);
  }
}

function readModuleAddresses(module: BitcodeModule, globals: BitcodeGlobals): BitcodeBlockAddressUse[] {
  if (!hasBlockAddresses(module)) return [];
  const constants = readConstants(module, globals);
  const owners = findOwners(constants, globals);
  const uses: BitcodeBlockAddressUse[] = [];
  owners.forEach((user, index) => {
    const valueId = constants.firstValueId + index;
    if (constants.code(valueId) !== CONSTANTS_CODES.values.CST_CODE_BLOCKADDRESS) return;
    const address = constants.blockAddress(valueId);
    if (address === undefined) return;
    uses.push({
      ...address,
      bitOffset: constants.bitOffset(valueId) ?? 0,
      user,
      target: globals.values[address.function],
      isModuleConstant: true,
      crossesFunctions: false,
      isListed: false,
    });
  });
  return uses;
}

/**
 * Reads all addresses of basic blocks in a module: those among its constants, then those among the constants of functions,
 * in the order of their bodies. Costs the constants of each body; the records of a body only if another function uses an address in it.
 *
 * @param globals - The global values of the module, if they were read already.
 * @param heads - The heads or the bodies of its functions, if they were read already: they are not read again.
 * @throws {@link FormatError} if the MODULE block or one of the blocks that are looked into is damaged. To bear with
 *   damage of single functions take {@link readFunctionHeads}.
 * @see llvm/docs/LangRef.rst, "Addresses of Basic Blocks".
 */
export function readBlockAddresses(
  module: BitcodeModule,
  globals = readGlobals(module),
  heads: readonly BitcodeFunctionHead[] = readFunctionHeads(module, globals),
): BitcodeBlockAddressUse[] {
  const uses = readModuleAddresses(module, globals);
  const lists = new UserLists(heads);
  for (const { valueId, blockAddresses } of heads) {
    for (const address of blockAddresses) {
      const crossesFunctions = address.function !== valueId;
      uses.push({
        ...address,
        user: globals.values[valueId],
        target: globals.values[address.function],
        isModuleConstant: false,
        crossesFunctions,
        isListed: crossesFunctions && lists.has(address.function, valueId),
      });
    }
  }
  return uses;
}
