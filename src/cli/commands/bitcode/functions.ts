// ltoscope bitcode --functions: the bodies of functions: how large they are, what they call, their inline assembly; and all
// addresses of basic blocks, which links depend on.

import { readBlockAddresses, readFunctionBodies, readGlobals } from '../../../bitcode/index.ts';
import type {
  BitcodeBlockAddressUse,
  BitcodeFile,
  BitcodeFunctionBody,
  BitcodeGlobalValue,
  BitcodeModule,
} from '../../../bitcode/index.ts';
import type { DamageList } from '../damage-list.ts';
import type { BitcodeListing } from './listing.ts';
import { RowNames } from './row-names.ts';

interface FunctionRow {
  readonly kind: 'function';
  /** Position of the module in the file, from 0. */
  readonly module: number;
  readonly name: string;
  readonly basicBlocks: number;
  readonly instructions: number;
  /** The global values that it calls directly, each once. */
  readonly calls: readonly string[];
  /** Calls through pointers. */
  readonly indirectCalls: number;
  readonly inlineAssembly: readonly string[];
  /** Why it is not understood to its end; absent where it is. */
  readonly incomplete?: string;
}

interface BlockAddressRow {
  readonly kind: 'block-address';
  readonly module: number;
  /** Who uses it; absent where nobody but debugging information does. */
  readonly user?: string;
  /** The function that the block belongs to; absent if there is no such value. */
  readonly function?: string;
  /** Position of the block in it. */
  readonly block: number;
  /** Whether it is among the constants of the module, not those of a function. */
  readonly isModuleConstant: boolean;
  readonly crossesFunctions: boolean;
  /** Whether the function lists the user (BLOCKADDR_USERS). */
  readonly isListed: boolean;
}

export const FUNCTIONS: BitcodeListing<FunctionRow | BlockAddressRow> = {
  heading: 'Blocks Instructions Function and what it calls',
  *rows(file: BitcodeFile, damage: DamageList) {
    for (const [index, module] of file.modules.entries()) yield* rowsOfModule(module, index, damage);
  },
  lines(row) {
    return row.kind === 'function' ? functionLines(row) : [addressLine(row)];
  },
};

function* rowsOfModule(
  module: BitcodeModule,
  index: number,
  damage: DamageList,
): Generator<FunctionRow | BlockAddressRow> {
  const globals = damage.guard(() => readGlobals(module));
  if (globals === undefined) return;
  const names = new RowNames();
  const bodies = damage.guard(() => readFunctionBodies(module, globals)) ?? [];
  for (const body of bodies) {
    const row = damage.guard(() => functionRow(body, index, names));
    if (row !== undefined) yield row;
  }
  for (const use of damage.guard(() => readBlockAddresses(module, globals, bodies)) ?? []) {
    const row = damage.guard(() => addressRow(use, index, names));
    if (row !== undefined) yield row;
  }
}

function functionRow(body: BitcodeFunctionBody, module: number, names: RowNames): FunctionRow {
  names.startRow();
  const { calls, incompleteReason: incomplete } = body;
  let indirectCalls = 0;
  for (let i = 0; i < calls.length; i += 1) {
    if (calls.callee(i) === undefined && calls.inlineAssembly(i) === undefined) indirectCalls += 1;
  }
  return {
    kind: 'function',
    module,
    name: nameOf(body.function, names),
    basicBlocks: body.basicBlockCount,
    instructions: body.instructionCount,
    calls: Array.from(body.callees(), (callee) => nameOf(callee, names)),
    indirectCalls,
    inlineAssembly: Array.from(body.inlineAssembly(), ({ text }) => text),
    ...(incomplete === undefined ? {} : { incomplete }),
  };
}

function addressRow(use: BitcodeBlockAddressUse, module: number, names: RowNames): BlockAddressRow {
  const { user, target, block, isModuleConstant, crossesFunctions, isListed } = use;
  names.startRow();
  return {
    kind: 'block-address',
    module,
    ...(user === undefined ? {} : { user: nameOf(user, names) }),
    ...(target === undefined ? {} : { function: nameOf(target, names) }),
    block,
    isModuleConstant,
    crossesFunctions,
    isListed,
  };
}

function nameOf(value: BitcodeGlobalValue, names: RowNames): string {
  return names.of(value.valueId, () => value.name);
}

function functionLines({
  name,
  basicBlocks,
  instructions,
  calls,
  indirectCalls,
  inlineAssembly,
  incomplete,
}: FunctionRow): readonly string[] {
  return [
    `${String(basicBlocks).padStart(6)} ${String(instructions).padStart(12)} ${name}`,
    ...(calls.length === 0 ? [] : [detail(`calls ${calls.join(' ')}`)]),
    ...(indirectCalls === 0 ? [] : [detail(`calls through pointers: ${indirectCalls}`)]),
    ...inlineAssembly.map((text) => detail(`asm ${JSON.stringify(text)}`)),
    ...(incomplete === undefined ? [] : [detail(`not understood to its end: ${incomplete}`)]),
  ];
}

function addressLine(row: BlockAddressRow): string {
  const { user = 'debugging information', block, isModuleConstant, crossesFunctions, isListed } = row;
  const place = `${row.function ?? 'no function'}, block ${block}`;
  const what = isModuleConstant ? ', a constant of the module' : crossesFunctions ? ', of another function' : '';
  const listed = crossesFunctions ? (isListed ? ', listed there' : ', not listed there') : '';
  return `address of ${place}, used by ${user}${what}${listed}`;
}

function detail(text: string): string {
  return `${' '.repeat(20)}  ${text}`;
}
