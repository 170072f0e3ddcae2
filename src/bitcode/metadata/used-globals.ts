// The variables llvm.used and llvm.compiler.used: arrays of global values that must not be dropped (llvm/docs/LangRef.rst,
// "The 'llvm.used' Global Variable"; collectUsedGlobalVariables in llvm/lib/IR/Module.cpp).

import type { BitcodeConstants } from '../constants/constants.ts';
import { readConstants } from '../constants/read-constants.ts';
import type { BitcodeGlobalValue } from '../globals/read-globals.ts';
import type { BitcodeModule } from '../module.ts';

/** What must be kept. */
export interface BitcodeUsedGlobals {
  /** By compiler and linker: `llvm.used`. */
  readonly used: readonly BitcodeGlobalValue[];
  /** By the compiler only: `llvm.compiler.used`. */
  readonly compilerUsed: readonly BitcodeGlobalValue[];
}

/**
 * Reads what a module keeps although nothing refers to it, in file order. Costs the constants of the module, and the names
 * of its variables with `appending` linkage.
 *
 * @param constants - The constants of the module, if they were read already; the answer consists of the global values that
 *   they lead to.
 * @returns Empty lists if the module has no such variables. An element that is no global value, which LLVM refuses, is left
 *   out.
 * @throws {@link FormatError} if the constants or the name of such a variable are damaged.
 */
export function readUsedGlobals(module: BitcodeModule, constants = readConstants(module)): BitcodeUsedGlobals {
  return { used: readList(constants, 'llvm.used'), compilerUsed: readList(constants, 'llvm.compiler.used') };
}

function readList(constants: BitcodeConstants, name: string): BitcodeGlobalValue[] {
  // By length first: many variables may have one long name.
  const list = constants.globals.variables.find(
    (value) =>
      value.linkage === 'appending' && (value.raw.string?.size ?? name.length) === name.length && value.name === name,
  );
  const elements = list?.initializer === undefined ? undefined : constants.elements(list.initializer);
  return (elements ?? []).map((id) => constants.globalOf(id)).filter((value) => value !== undefined);
}
