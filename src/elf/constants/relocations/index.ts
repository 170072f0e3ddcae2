// From a machine to the names of its relocation types. A machine without an entry here is read all the same; its types
// stay numbers. To add one: a file beside this one with its table, an entry here, an entry in scripts/check-constants.ts.

import type { NameTable } from '../../../names/index.ts';
import { MACHINES } from '../machine.ts';
import { AARCH64_RELOCATIONS } from './aarch64.ts';

const RELOCATIONS: ReadonlyMap<number, NameTable<string>> = /* @__PURE__ */ new Map([
  [MACHINES.values.EM_AARCH64, AARCH64_RELOCATIONS],
]);

/**
 * The names of a machine's relocation types.
 *
 * @param machine - `e_machine`.
 * @returns `undefined` for machines whose table this library does not hold.
 */
export function relocationNames(machine: number): NameTable<string> | undefined {
  return RELOCATIONS.get(machine);
}
