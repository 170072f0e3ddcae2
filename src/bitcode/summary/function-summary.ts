// What a summary says of a function: how large it is, what it calls, what it refers to.

import {
  FREQUENCY_MASK,
  FREQUENCY_TAIL_CALL,
  FUNCTION_FLAGS,
  HOTNESS_MASK,
  HOTNESS_TAIL_CALL,
  HOTNESSES,
} from '../codes/summary-layout.ts';
import { BitcodeGlobalSummary } from './global-summary.ts';
import type { SummaryReference } from './global-summary.ts';
import { decodeMemoryProfile } from './memory-profile.ts';
import type { MemoryProfile } from './memory-profile.ts';
import { decodeParameterAccesses } from './parameter-access.ts';
import type { ParameterAccess } from './parameter-access.ts';
import { bitsOf, callLayout } from './summary-rows.ts';
import { decodeVirtualCalls } from './virtual-call.ts';
import type { VirtualCalls } from './virtual-call.ts';

/** A property of a function, by the name that llvm-dis prints. */
export type FunctionFlag = keyof typeof FUNCTION_FLAGS;

/** A function that another calls, once or more often. */
export interface SummaryCall {
  readonly valueId: number;
  /** How often it runs by the profile; `undefined` where the record has none, and for a number without a name. */
  readonly hotness: (typeof HOTNESSES)[number] | undefined;
  /** Whether one of the calls is a tail call; LLVM 16 does not tell yet, LLVM 19 does. */
  readonly hasTailCall: boolean;
  /** How often it runs for each run of the caller, in units of 1/256; only in records of that kind. */
  readonly relativeFrequency: number | undefined;
  /** Places that call it, and how often they ran, in summary version 1 (LLVM 3.9). */
  readonly siteCount: number | undefined;
  readonly profileCount: number | undefined;
}

/** What a summary says of a function. */
export class BitcodeFunctionSummary extends BitcodeGlobalSummary {
  readonly kind = 'function';

  /** Instructions, those for the debugger left out. */
  get instructionCount(): number {
    return this.rows.at(this.row, this.layout.instructionCount) ?? 0;
  }

  /** The flags of functions as stored; `undefined` before summary version 4. */
  get rawFunctionFlags(): number | undefined {
    return this.optional(this.layout.functionFlags);
  }

  /** What is known of it, in the order of the bits. */
  get functionFlags(): FunctionFlag[] {
    const flags = this.rawFunctionFlags ?? 0;
    const names = Object.keys(FUNCTION_FLAGS) as FunctionFlag[];
    return names.filter((name) => bitsOf(flags, FUNCTION_FLAGS[name]) !== 0);
  }

  /** In an index of summary version 6 or later: how often it runs, if a profile told. */
  get entryCount(): number | undefined {
    return this.optional(this.layout.entryCount);
  }

  /**
   * Decodes what it refers to other than by calls, the read-only ones and then the write-only ones last.
   *
   * @throws {@link FormatError} `bad-value` if the record states more references than it has, or more special ones than
   *   references.
   */
  references(): SummaryReference[] {
    const { layout } = this;
    const ids = this.rows.slice(this.row, layout.references, this.referenceCount());
    const writeOnly = this.optional(layout.writeOnlyCount) ?? 0;
    const readOnly = this.optional(layout.readOnlyCount) ?? 0;
    if (writeOnly > ids.length || readOnly > ids.length - writeOnly) {
      const reason = `${readOnly} read-only and ${writeOnly} write-only ones of ${ids.length} references`;
      throw this.rows.error(this.source, this.row, 'bad-value', reason);
    }
    const firstWriteOnly = ids.length - writeOnly;
    const firstReadOnly = firstWriteOnly - readOnly;
    return ids.map((valueId, i) => {
      if (i < firstReadOnly) return { valueId, access: 'read-write' };
      return { valueId, access: i < firstWriteOnly ? 'read-only' : 'write-only' };
    });
  }

  /**
   * Decodes the functions that it calls by name, each once. An alias counts as its target, an intrinsic as no call.
   *
   * @throws {@link FormatError} `bad-value` if the record states more references than it has, or the last call is cut.
   */
  calls(): SummaryCall[] {
    const { rows, row, layout } = this;
    const operands = rows.slice(row, layout.references + this.referenceCount());
    const { size, hotness, frequency, siteCount, profileCount } = callLayout(
      rows.codes[row] as number,
      this.source.version,
    );
    if (operands.length % size !== 0) {
      const reason = `the calls of a function are ${operands.length} operands, no multiple of ${size}`;
      throw rows.error(this.source, row, 'bad-value', reason);
    }
    const calls: SummaryCall[] = [];
    for (let i = 0; i < operands.length; i += size) {
      const at = (position: number | undefined) => (position === undefined ? undefined : operands[i + position]);
      const [heat, often] = [at(hotness), at(frequency)];
      calls.push({
        valueId: operands[i] as number,
        hotness: heat === undefined ? undefined : HOTNESSES[bitsOf(heat, HOTNESS_MASK)],
        hasTailCall: bitsOf(heat ?? 0, HOTNESS_TAIL_CALL) !== 0 || bitsOf(often ?? 0, FREQUENCY_TAIL_CALL) !== 0,
        relativeFrequency: often === undefined ? undefined : bitsOf(often, FREQUENCY_MASK),
        siteCount: at(siteCount),
        profileCount: at(profileCount),
      });
    }
    return calls;
  }

  /**
   * Decodes the types it tests and its virtual calls.
   *
   * @throws {@link FormatError} `bad-value` if a record ends too soon.
   */
  virtualCalls(): VirtualCalls {
    return decodeVirtualCalls(this.attachments, this.source.errorAt);
  }

  /**
   * Decodes what it does with pointers that it is given; empty where the compiler did not look.
   *
   * @throws {@link FormatError} `bad-value` if the record ends too soon.
   */
  parameterAccesses(): ParameterAccess[] {
    return decodeParameterAccesses(this.attachments, this.source.errorAt);
  }

  /**
   * Decodes the heap profile of the function; empty where there is none.
   *
   * @throws {@link FormatError} `bad-value` if a record ends too soon, `out-of-bounds` for a stack id that is not listed.
   */
  memoryProfile(): MemoryProfile {
    return decodeMemoryProfile(this.attachments, this.source.stackLists(), this.source.errorAt);
  }

  private get attachments() {
    return this.rows.attachments.get(this.row) ?? [];
  }

  private get layout() {
    return this.rows.functionLayout(this.row);
  }

  private optional(position: number | undefined): number | undefined {
    return position === undefined ? undefined : this.rows.at(this.row, position);
  }

  private referenceCount(): number {
    const { rows, row, layout } = this;
    const count = rows.at(row, layout.referenceCount) ?? 0;
    const left = Math.max(rows.countOf(row) - layout.references, 0);
    if (count <= left) return count;
    throw rows.error(this.source, row, 'bad-value', `a function has ${count} references, but ${left} operands follow`);
  }
}
