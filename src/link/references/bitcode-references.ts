// Who refers to a symbol in bitcode. The linker tells places in the objects that code generation made (`lto.tmp:(main)`), where
// functions may have been inlined or have vanished; the bitcode itself tells which functions call the symbol.

import { readFunctionBodies } from '../../bitcode/index.ts';
import type { BitcodeFile, BitcodeModule } from '../../bitcode/index.ts';
import type { FaultList } from '../fault-list.ts';
import { REFERENCES_SHOWN } from './find-references.ts';

/** The functions that call a symbol. */
export interface SymbolCallers {
  /** Their names, in the order of the file, at most {@link REFERENCES_SHOWN}. */
  readonly functions: readonly string[];
  /** How many there are in all. */
  readonly count: number;
}

/**
 * Finds the functions of a bitcode file that call symbols directly. Addresses that are taken are not looked for. Costs a pass over
 * the bodies of all functions.
 *
 * @param symbols - Names as linkers see them.
 * @param faults - Where damage is added; a function that cannot be read calls nothing.
 * @returns By symbol; those that nothing calls are left out.
 */
export function findBitcodeCallers(
  bitcode: BitcodeFile,
  symbols: ReadonlySet<string>,
  faults: FaultList,
): ReadonlyMap<string, SymbolCallers> {
  const found = new Map<string, { functions: string[]; count: number }>();
  for (const module of bitcode.modules) {
    faults.guard(undefined, () => {
      collectCallers(module, symbols, faults, found);
    });
  }
  return found;
}

function collectCallers(
  module: BitcodeModule,
  symbols: ReadonlySet<string>,
  faults: FaultList,
  found: Map<string, { functions: string[]; count: number }>,
): void {
  for (const body of readFunctionBodies(module)) {
    faults.guard(undefined, () => {
      for (const callee of body.callees()) {
        const name = linkerNameOf(callee.name);
        if (!symbols.has(name)) continue;
        let callers = found.get(name);
        if (callers === undefined) found.set(name, (callers = { functions: [], count: 0 }));
        callers.count += 1;
        if (callers.functions.length < REFERENCES_SHOWN) callers.functions.push(linkerNameOf(body.function.name));
      }
    });
  }
}

/** On ELF a name in a module is that in the object; a first byte 1 says so of names that would be changed. */
function linkerNameOf(name: string): string {
  return name.startsWith('\u0001') ? name.slice(1) : name;
}
