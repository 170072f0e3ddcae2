// The calls of one function, as columns.

import type { BitcodeConstants } from '../constants/constants.ts';
import type { BitcodeInlineAssembly } from '../constants/inline-assembly.ts';
import type { BitcodeGlobals, BitcodeGlobalValue } from '../globals/read-globals.ts';
import { UNKNOWN_CALLEE } from './scan-body.ts';
import type { ScannedBody } from './scan-body.ts';

/** CALL, INVOKE and CALLBR instructions of a function, in order. Calls of intrinsics are calls like others. */
export class BitcodeCalls {
  private readonly calleeIds: readonly number[];
  private readonly codes: readonly number[];
  private readonly constants: BitcodeConstants;
  private readonly globals: BitcodeGlobals;

  /** @internal */
  constructor({ calleeIds, callCodes, constants }: ScannedBody, globals: BitcodeGlobals) {
    this.calleeIds = calleeIds;
    this.codes = callCodes;
    this.constants = constants;
    this.globals = globals;
  }

  /** How many calls there are. */
  get length(): number {
    return this.calleeIds.length;
  }

  /** Which instruction a call is, one of {@link FUNCTION_CODES}; `undefined` behind the last one. */
  code(index: number): number | undefined {
    return this.codes[index];
  }

  /**
   * Value id of what a call calls: of a global value, a constant, an argument or an instruction; `undefined` where it is
   * not known, which {@link BitcodeFunctionBody.incompleteReason} explains.
   */
  calleeId(index: number): number | undefined {
    const id = this.calleeIds[index];
    return id === UNKNOWN_CALLEE ? undefined : id;
  }

  /**
   * The global value that a call calls directly, also through casts of pointers; an alias stays one.
   *
   * @returns `undefined` for a call through a pointer, for inline assembly, and where the callee is not known.
   * @throws {@link FormatError} if a constant that it is called through is damaged.
   */
  callee(index: number): BitcodeGlobalValue | undefined {
    const id = this.calleeId(index);
    if (id === undefined) return undefined;
    return this.globals.values[id] ?? this.constants.globalOf(id);
  }

  /**
   * The inline assembly that a call is; `undefined` if it is none. Decoded each time.
   *
   * @throws {@link FormatError} if its constant is damaged.
   */
  inlineAssembly(index: number): BitcodeInlineAssembly | undefined {
    const id = this.calleeId(index);
    return id === undefined ? undefined : this.constants.inlineAssembly(id);
  }
}
