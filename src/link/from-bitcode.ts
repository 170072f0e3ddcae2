// Facts out of bitcode: what it is, and what its symbol table says that it defines (symbols/bitcode-symbols.ts).

import type { BitcodeFile, BitcodeModule } from '../bitcode/index.ts';
import { FaultList } from './fault-list.ts';
import type { InputFacts, LtoKind } from './input-facts.ts';
import { targetOfDataLayout, targetOfTriple } from './machine.ts';
import type { NameInterner } from './name-interner.ts';
import { strongDefinitionsOfBitcode } from './symbols/bitcode-symbols.ts';

/** Reads the facts of an opened bitcode file. Damage becomes faults; nothing is thrown because of the input. */
export function factsOfBitcode(bitcode: BitcodeFile, names: NameInterner): InputFacts {
  const faults = new FaultList();
  const description = describeBitcode(bitcode, faults);
  const read = faults.guard(undefined, () => strongDefinitionsOfBitcode(bitcode, names));
  return {
    ...description,
    ...(read?.isComputed === true ? { computedSymbols: true } : {}),
    definitions: read?.definitions,
    faults: faults.faults,
  };
}

/** The facts that stand in the identification and module blocks. */
export function describeBitcode(
  bitcode: BitcodeFile,
  faults = new FaultList(),
): Omit<InputFacts, 'definitions' | 'faults'> {
  const producer = faults.guard(undefined, () => bitcode.producer);
  const module = faults.guard(undefined, () => describeModule(bitcode.modules[0]));
  return {
    format: 'bitcode',
    size: bitcode.input.length,
    ...module,
    ...(producer === undefined ? {} : { producer }),
    ...(bitcode.wrapper === undefined ? {} : { wrapped: true }),
  };
}

function describeModule(module: BitcodeModule | undefined) {
  if (module === undefined) return {};
  const { triple } = module;
  const lto: LtoKind = module.summaryKind === 'thin' ? 'llvm-thin' : 'llvm-full';
  const target = triple === undefined ? undefined : targetOfTriple(triple);
  const isTold = target?.bits !== undefined && target.endian !== undefined;
  return {
    lto,
    ...(isTold ? {} : targetOfDataLayout(module.dataLayout ?? '')),
    ...target,
    ...(triple === undefined ? {} : { triple }),
  };
}
