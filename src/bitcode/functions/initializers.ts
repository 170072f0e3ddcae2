// Which global a constant of a module belongs to: that whose initializer it is, or is a part of.

import type { BitcodeConstants } from '../constants/constants.ts';
import { referencesOf } from '../constants/references.ts';
import type { BitcodeGlobals, BitcodeGlobalValue } from '../globals/read-globals.ts';

/** Value ids of what a global is initialized with. */
function initializersOf(global: BitcodeGlobalValue): (number | undefined)[] {
  switch (global.kind) {
    case 'variable':
      return [global.initializer];
    case 'function':
      return [global.prologue, global.prefix, global.personality];
    case 'alias':
      return [global.aliasee];
    default:
      return [global.resolver];
  }
}

/**
 * Finds who owns each constant of a module: the first global, in the order of value ids, whose initializer leads to it.
 * Constants that are equal are one, so that others may have it as well. Costs a pass over the operands of those that
 * initializers lead to, each once.
 *
 * @returns Owners by position among the constants of the module; `undefined` for what no initializer leads to.
 * @throws {@link FormatError} if the record of a constant is damaged.
 */
export function findOwners(constants: BitcodeConstants, globals: BitcodeGlobals): (BitcodeGlobalValue | undefined)[] {
  const owners: (BitcodeGlobalValue | undefined)[] = Array.from({ length: constants.length }, () => undefined);
  // A list instead of calls: how deep initializers are nested is the file's choice.
  const waiting: number[] = [];
  const visit = (valueId: number | undefined, owner: BitcodeGlobalValue) => {
    const index = (valueId ?? -1) - constants.firstValueId;
    if (index < 0 || index >= owners.length || owners[index] !== undefined) return;
    owners[index] = owner;
    waiting.push(index);
  };
  for (const global of globals.values) {
    for (const valueId of initializersOf(global)) visit(valueId, global);
    for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
      const valueId = constants.firstValueId + index;
      const code = constants.code(valueId);
      if (code === undefined) continue;
      for (const reference of referencesOf(code, constants.operands(valueId))) visit(reference, global);
    }
  }
  return owners;
}
