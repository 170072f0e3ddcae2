// The records of global values in a summary block, as columns: what a row says is worked out from its operands when it is
// asked for.

import type { FormatErrorCode, FormatError } from '../../bytes/index.ts';
import type { RecordBuffer } from '../bitstream/index.ts';
import { FREQUENCY_MASK, functionLayout, SUMMARY_VERSIONS } from '../codes/summary-layout.ts';
import type { FunctionLayout } from '../codes/summary-layout.ts';
import { SUMMARY_CODES } from '../codes/summary.ts';
import type { StackLists } from './memory-profile.ts';
import type { ErrorAt, KeptRecord } from './operand-list.ts';

const C = SUMMARY_CODES.values;

/** What a row of a summary is about. */
export type SummaryRowKind = 'function' | 'variable' | 'alias';

/** Kinds by record code, and whether records of the code stand in an index and name the module. */
export const ROW_CODES: ReadonlyMap<number, { readonly kind: SummaryRowKind; readonly isCombined: boolean }> =
  /* @__PURE__ */ new Map([
    [C.FS_PERMODULE, { kind: 'function', isCombined: false }],
    [C.FS_PERMODULE_PROFILE, { kind: 'function', isCombined: false }],
    [C.FS_PERMODULE_RELBF, { kind: 'function', isCombined: false }],
    [C.FS_COMBINED, { kind: 'function', isCombined: true }],
    [C.FS_COMBINED_PROFILE, { kind: 'function', isCombined: true }],
    [C.FS_PERMODULE_GLOBALVAR_INIT_REFS, { kind: 'variable', isCombined: false }],
    [C.FS_PERMODULE_VTABLE_GLOBALVAR_INIT_REFS, { kind: 'variable', isCombined: false }],
    [C.FS_COMBINED_GLOBALVAR_INIT_REFS, { kind: 'variable', isCombined: true }],
    [C.FS_ALIAS, { kind: 'alias', isCombined: false }],
    [C.FS_COMBINED_ALIAS, { kind: 'alias', isCombined: true }],
  ]);

/** How the calls of a function are stored. */
interface CallLayout {
  /** Operands of a call. */
  readonly size: number;
  /** Where in a call the operand stands, that is: how hot it is, its frequency, or the counts of summary version 1. */
  readonly hotness: number | undefined;
  readonly frequency: number | undefined;
  readonly siteCount: number | undefined;
  readonly profileCount: number | undefined;
}

const NO_DETAILS = { hotness: undefined, frequency: undefined, siteCount: undefined, profileCount: undefined };

/** Works out how the records of a code store calls. */
export function callLayout(code: number, version: number): CallLayout {
  const hasProfile = code === C.FS_PERMODULE_PROFILE || code === C.FS_COMBINED_PROFILE;
  if (version < SUMMARY_VERSIONS.callsWithHotness) {
    const layout = { ...NO_DETAILS, siteCount: 1 };
    return hasProfile ? { ...layout, size: 3, profileCount: 2 } : { ...layout, size: 2 };
  }
  if (hasProfile) return { ...NO_DETAILS, size: 2, hotness: 1 };
  return code === C.FS_PERMODULE_RELBF ? { ...NO_DETAILS, size: 2, frequency: 1 } : { ...NO_DETAILS, size: 1 };
}

/** A number modulo 2^32 and then masked: flags above 2^31 are safe from the signs of bit operations. */
export function bitsOf(value: number, mask: number = FREQUENCY_MASK): number {
  return ((value % 2 ** 32) & mask) >>> 0;
}

/** What rows ask of their summary. */
export interface SummarySource {
  readonly version: number;
  readonly nameOf: (valueId: number) => string | undefined;
  readonly guidOf: (valueId: number) => bigint | undefined;
  readonly modulePathOf: (moduleId: number) => string | undefined;
  readonly stackLists: () => StackLists;
  readonly errorAt: ErrorAt;
}

/** The columns. Row `i` is the operands from `starts[i]` to `starts[i + 1]`. */
export class SummaryRows {
  readonly codes: number[] = [];
  private readonly starts: number[] = [0];
  private readonly operands: number[] = [];
  private readonly bitOffsets: number[] = [];
  /** Records that belong to a function: of the types it uses, of its parameters, of its profile. */
  readonly attachments = new Map<number, KeptRecord[]>();
  /** GUIDs that local values of an index had under the name in their module. */
  readonly originalGuids = new Map<number, bigint>();
  private readonly layouts: Readonly<Record<'module' | 'index', FunctionLayout>>;

  constructor(version: number) {
    this.layouts = { module: functionLayout(version, false), index: functionLayout(version, true) };
  }

  get length(): number {
    return this.codes.length;
  }

  /** How many operands all rows have. */
  get operandCount(): number {
    return this.operands.length;
  }

  /** Appends a row. */
  push(record: RecordBuffer): void {
    const { values, length } = record;
    for (let i = 0; i < length; i += 1) this.operands.push(values[i] as number);
    this.codes.push(record.code);
    this.starts.push(this.operands.length);
    this.bitOffsets.push(record.bitOffset);
  }

  /** Where operands of a function row stand. */
  functionLayout(row: number): FunctionLayout {
    return ROW_CODES.get(this.codes[row] as number)?.isCombined === true ? this.layouts.index : this.layouts.module;
  }

  /** An operand of a row; `undefined` behind the last one. */
  at(row: number, position: number): number | undefined {
    const start = this.starts[row] as number;
    return position < this.countOf(row) ? this.operands[start + position] : undefined;
  }

  /** Operands of a row. */
  countOf(row: number): number {
    return (this.starts[row + 1] as number) - (this.starts[row] as number);
  }

  /** The operands of a row from one on, as many as there are or are wanted. */
  slice(row: number, from: number, count = Number.POSITIVE_INFINITY): number[] {
    const start = this.starts[row] as number;
    const end = this.starts[row + 1] as number;
    const first = Math.min(start + from, end);
    return this.operands.slice(first, Math.min(first + count, end));
  }

  bitOffsetOf(row: number): number {
    return this.bitOffsets[row] as number;
  }

  /** Makes an error about a row. */
  error(source: SummarySource, row: number, code: FormatErrorCode, reason: string): FormatError {
    return source.errorAt(code, reason, this.bitOffsetOf(row));
  }
}
