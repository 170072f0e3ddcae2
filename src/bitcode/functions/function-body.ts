// Bodies of functions: FUNCTION blocks (id 12) of a module. What instructions compute, and of which values, is left out:
// counts, calls, inline assembly, addresses of basic blocks and names of blocks are what a link depends on.

import type { BitcodeConstants } from '../constants/constants.ts';
import { readGlobals } from '../globals/read-globals.ts';
import type { BitcodeGlobalValue } from '../globals/read-globals.ts';
import type { BitcodeModule } from '../module.ts';
import { readValueNames } from '../value-names.ts';
import { BodySource } from './body-source.ts';
import { BitcodeCalls } from './calls.ts';
import { pairFunctionBlocks } from './function-blocks.ts';
import type { FunctionBlock } from './function-blocks.ts';
import { BitcodeFunctionHead } from './function-head.ts';
import { scanBody } from './scan-body.ts';
import type { ScannedBody } from './scan-body.ts';

/**
 * The body of a function. What it says is read when it is first asked for, in one pass over its records; FormatError
 * (`truncated`, `bad-value`, `limit-exceeded`) comes out there if the block is damaged, and costs this function only.
 *
 * @see llvm/docs/BitCodeFormat.rst, "FUNCTION_BLOCK Contents".
 */
export class BitcodeFunctionBody extends BitcodeFunctionHead {
  private readonly source: BodySource;
  private knownScan: ScannedBody | undefined;
  private knownCalls: BitcodeCalls | undefined;
  private knownNames: ReadonlyMap<number, string> | undefined;

  /** @internal */
  constructor(source: BodySource, block: FunctionBlock) {
    super(source, block);
    this.source = source;
  }

  /**
   * Number of instructions, as they stand in the file: calls of debug intrinsics (up to LLVM 18) are instructions, the
   * debug records that came in their place are not.
   */
  get instructionCount(): number {
    return this.scan().instructionCount;
  }

  /**
   * Number of instructions as summaries have it: without calls of debug intrinsics and pseudo probes.
   *
   * @returns `undefined` where callees are not known.
   */
  get summaryInstructionCount(): number | undefined {
    const { calleeIds, instructionCount } = this.scan();
    if (!this.isComplete) return undefined;
    return instructionCount - calleeIds.filter((id) => this.source.isDebugIntrinsic(id)).length;
  }

  /** Whether everything in the body is understood, so that all callees and counts are known. */
  get isComplete(): boolean {
    return this.incompleteReason === undefined;
  }

  /**
   * Why the body is not understood from some instruction on: it has a record of a code that LLVM 22 does not have, or
   * refers to types or values that do not fit. Callees behind that are not known; what is counted is what is known.
   */
  get incompleteReason(): string | undefined {
    return this.scan().incomplete;
  }

  /** Number of records of codes that LLVM 22 does not have; they are not counted as instructions. */
  get unknownRecordCount(): number {
    return this.scan().unknownRecordCount;
  }

  /** What it calls. */
  get calls(): BitcodeCalls {
    this.knownCalls ??= new BitcodeCalls(this.scan(), this.source.globals);
    return this.knownCalls;
  }

  /** The global values that it calls directly, also through casts of pointers, each once and in the order of first calls. */
  callees(): Set<BitcodeGlobalValue> {
    const { calls } = this;
    const callees = new Set<BitcodeGlobalValue>();
    for (let i = 0; i < calls.length; i += 1) {
      const callee = calls.callee(i);
      if (callee !== undefined) callees.add(callee);
    }
    return callees;
  }

  /** Its constants, with those of the module behind them. Its arguments are numbered in front of its own. */
  get constants(): BitcodeConstants {
    return this.scan().constants;
  }

  /** Names of its basic blocks by position; most compilers keep none. */
  get basicBlockNames(): ReadonlyMap<number, string> {
    this.knownNames ??= this.readNames();
    return this.knownNames;
  }

  private readNames(): ReadonlyMap<number, string> {
    const { valueNames } = this.scan();
    if (valueNames === undefined) return new Map();
    return readValueNames(this.openBody().enter(valueNames, this.block.info)).basicBlocks;
  }

  private scan(): ScannedBody {
    this.knownScan ??= scanBody(this.source, this.function, this.block);
    return this.knownScan;
  }
}

/**
 * Makes the bodies of a module's functions, in their order. Costs a pass over the MODULE block, shared with the other
 * readers of the module; types, constants of the module and each body are read when something is first asked of a body.
 *
 * @param globals - The global values of the module, if they were read already: they are the ones that callees are.
 * @returns Empty for a module without bodies, as a thin-link file or a ThinLTO index.
 * @throws {@link FormatError} if the MODULE block is damaged, `bad-value` if it has more bodies than functions to have them.
 * @example
 * for (const body of readFunctionBodies(module)) {
 *   console.log(body.function.name, body.instructionCount, [...body.callees()].map(({ name }) => name));
 * }
 */
export function readFunctionBodies(module: BitcodeModule, globals = readGlobals(module)): BitcodeFunctionBody[] {
  const source = new BodySource(module, globals);
  return pairFunctionBlocks(source.content).map((block) => new BitcodeFunctionBody(source, block));
}
