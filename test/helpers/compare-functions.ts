// Compares function bodies and addresses of basic blocks of a module with LLVM's assembly.

import { expect } from 'vitest';
import { readBlockAddresses, readFunctionBodies, readFunctionHeads } from '../../src/bitcode/index.ts';
import type { BitcodeFunctionBody, BitcodeModule } from '../../src/bitcode/index.ts';
import { readDisassembly } from './disassembled-functions.ts';
import type { DisassembledFunction, Disassembly } from './disassembled-functions.ts';

/** Names of direct callees, one for each call. */
export function calleesOf({ calls }: BitcodeFunctionBody): string[] {
  return Array.from({ length: calls.length }, (_, i) => calls.callee(i)?.name).filter((name) => name !== undefined);
}

function assemblyOf({ calls }: BitcodeFunctionBody): string[] {
  const assembly = Array.from({ length: calls.length }, (_, i) => calls.inlineAssembly(i));
  return assembly.flatMap((one) => (one === undefined ? [] : [`${one.text} ${one.constraints}`]));
}

function compareFunction(body: BitcodeFunctionBody, printed: DisassembledFunction): void {
  expect(body.incompleteReason).toBeUndefined();
  expect(body.basicBlockCount).toBe(printed.blocks.length);
  expect(body.instructionCount).toBe(printed.instructionCount);
  expect(body.calls.length).toBe(printed.callCount);
  expect(calleesOf(body)).toEqual(printed.callees);
  expect(assemblyOf(body)).toEqual(printed.assembly);
  const names = body.basicBlockNames;
  if (names.size > 0) expect(printed.blocks.map((_, i) => names.get(i))).toEqual(printed.blocks);
}

/** Addresses of blocks as `@function %block`, behind the functions and globals that use them, as far as that is known. */
function blockAddressesOf(module: BitcodeModule, { functions }: Disassembly): { user: string; address: string }[] {
  return readBlockAddresses(module).map(({ user, target, block }) => {
    const label = functions.get(target?.name ?? '')?.blocks[block];
    return { user: user?.name ?? '', address: `@${target?.name ?? ''} %${label ?? ''}` };
  });
}

function compareBlockAddresses(module: BitcodeModule, printed: Disassembly): void {
  const addresses = blockAddressesOf(module, printed);
  const ofModule = new Set(addresses.filter(({ user }) => !printed.functions.has(user)).map(({ address }) => address));
  for (const [name, { blockAddresses }] of printed.functions) {
    const own = addresses.filter(({ user }) => user === name).map(({ address }) => address);
    // What the constants of the module have, those of functions do not repeat.
    expect([...blockAddresses].filter((address) => !ofModule.has(address)).sort()).toEqual(own.sort());
  }
  const inInitializers = addresses.filter(({ user }) => user !== '' && !printed.functions.has(user));
  expect(inInitializers.map(({ user, address }) => `@${user} ${address}`).sort()).toEqual(
    [...new Set(printed.blockAddresses)].sort(),
  );
}

/**
 * Compares all bodies.
 *
 * @param text - What the llvm-dis of the writer's version prints of the module.
 */
export function compareFunctions(module: BitcodeModule, text: string): void {
  const printed = readDisassembly(text);
  const bodies = readFunctionBodies(module);
  expect(bodies.map((body) => body.function.name).sort()).toEqual([...printed.functions.keys()].sort());
  for (const body of bodies) compareFunction(body, printed.functions.get(body.function.name) as DisassembledFunction);
  expect(readFunctionHeads(module).map(({ basicBlockCount }) => basicBlockCount)).toEqual(
    bodies.map(({ basicBlockCount }) => basicBlockCount),
  );
  compareBlockAddresses(module, printed);
}
