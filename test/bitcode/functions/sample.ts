// Modules with function bodies in the layouts of several LLVM versions, record by record.

import { openBitcode, readFunctionBodies } from '../../../src/bitcode/index.ts';
import type { BitcodeFunctionBody, BitcodeModule } from '../../../src/bitcode/index.ts';
import type { BitWriter } from '../../helpers/bit-writer.ts';
import { bitcode, moduleBlock } from '../../helpers/bit-writer.ts';

/** Codes of blocks, types and instructions as they are written. */
export const BLOCK = { constants: 11, function: 12, valueSymtab: 14, metadata: 15, types: 17 } as const;
export const INSTRUCTION = {
  declareBlocks: 1,
  binop: 2,
  cast: 3,
  gepOld: 4,
  select: 5,
  extractElement: 6,
  ret: 10,
  branch: 11,
  switch: 12,
  invoke: 13,
  unwind: 14,
  unreachable: 15,
  phi: 16,
  alloca: 19,
  load: 20,
  storeOld: 24,
  extractValue: 26,
  insertValue: 27,
  compare: 28,
  inboundsGepOld: 30,
  debugLocAgain: 33,
  call: 34,
  debugLoc: 35,
  store: 44,
  landingPad: 47,
  operandBundle: 55,
  callbr: 57,
  blockAddressUsers: 60,
  debugValue: 61,
} as const;

/** Flag of a call that its function type stands in front of the callee. */
export const EXPLICIT_CALL = 2 ** 15;
export const EXPLICIT_INVOKE = 2 ** 13;
export const FAST_MATH = 2 ** 17;

/** What a module of a test consists of. */
export interface ModuleOfTest {
  /** 0 for absolute value ids; 2 has all names in a string table, and here none. */
  version?: 0 | 1 | 2;
  types: (w: BitWriter) => void;
  /** Records of global values, with operands as they are without a name. */
  globals: readonly (readonly [code: number, ...operands: number[]])[];
  constants?: (w: BitWriter) => void;
  bodies: readonly ((w: BitWriter) => void)[];
}

/** Writes a file with the one module. */
export function moduleBytes({ version = 2, types, globals, constants, bodies }: ModuleOfTest): Uint8Array {
  const items = (w: BitWriter) => {
    w.block(BLOCK.types, 4, types);
    for (const [code, ...operands] of globals) w.record(code, version === 2 ? [0, 0, ...operands] : operands);
    if (constants !== undefined) w.block(BLOCK.constants, 4, constants);
    for (const body of bodies) w.block(BLOCK.function, 4, body);
  };
  return bitcode((w) => {
    moduleBlock(w, version === 0 ? { items } : { version, items });
  });
}

export function moduleOf(module: ModuleOfTest): BitcodeModule {
  return openBitcode(moduleBytes(module)).modules[0] as BitcodeModule;
}

/** The bodies of a module. */
export function bodiesOf(module: ModuleOfTest): BitcodeFunctionBody[] {
  return readFunctionBodies(moduleOf(module));
}

/** What each call of a body calls: the value id of a global, what it is else. */
export function calledBy({ calls }: BitcodeFunctionBody): (number | string | undefined)[] {
  return Array.from({ length: calls.length }, (_, i) => {
    const id = calls.calleeId(i);
    if (id === undefined) return undefined;
    return calls.callee(i)?.valueId ?? calls.inlineAssembly(i)?.text ?? `local ${id}`;
  });
}

/** Types of LLVM 15 and later: 0 void, 1 i32, 2 ptr, 3 void (), 4 i32 (i32), 5 i32 (ptr, ...). */
export function opaqueTypes(w: BitWriter): void {
  w.record(1, [6]).record(2, []).record(7, [32]).record(25, [0]).record(21, [0, 0]);
  w.record(21, [0, 1, 1]).record(21, [1, 1, 2]);
}

/** A function record: a definition, or a declaration. */
export const definition = (type: number) => [8, type, 0, 0, 0] as const;
export const declaration = (type: number) => [8, type, 0, 1, 0] as const;
