// What a summary says of a variable: how it is used, what its initial value refers to, and for a table of virtual functions
// which function stands where.

import { SUMMARY_VERSIONS, VARIABLE_FLAGS, VIRTUAL_CALL_VISIBILITIES } from '../codes/summary-layout.ts';
import { SUMMARY_CODES } from '../codes/summary.ts';
import { BitcodeGlobalSummary } from './global-summary.ts';
import type { SummaryReference } from './global-summary.ts';
import { bitsOf } from './summary-rows.ts';

/** Position of the flags of the variable, before that of the module is counted. */
const VARIABLE_FLAGS_AT = 2;

/** An entry of a table of virtual functions. */
export interface VirtualFunction {
  readonly valueId: number;
  /** Bytes from the start of the table. */
  readonly offset: number;
}

/** What a summary says of a variable. */
export class BitcodeVariableSummary extends BitcodeGlobalSummary {
  readonly kind = 'variable';

  /** The flags of variables as stored; `undefined` before summary version 5. */
  get rawVariableFlags(): number | undefined {
    if (this.source.version < SUMMARY_VERSIONS.readOnlyReferences) return undefined;
    return this.rows.at(this.row, VARIABLE_FLAGS_AT + this.shift);
  }

  /** Whether it may become read-only: in a module, unless somebody writes it; in an index, that nobody does. */
  get isMaybeReadOnly(): boolean {
    return this.hasVariableFlag(VARIABLE_FLAGS.readOnly);
  }

  /** Whether it may be dropped as nobody reads it, likewise. */
  get isMaybeWriteOnly(): boolean {
    return this.hasVariableFlag(VARIABLE_FLAGS.writeOnly);
  }

  /** Whether it is a constant; never of writers that did not store it yet. */
  get isConstant(): boolean {
    return this.hasVariableFlag(VARIABLE_FLAGS.constant);
  }

  /** Of a table of virtual functions, who can call through it; `undefined` for a number without a name. */
  get virtualCallVisibility(): (typeof VIRTUAL_CALL_VISIBILITIES)[number] | undefined {
    const { virtualCallVisibilityShift, virtualCallVisibilityMask } = VARIABLE_FLAGS;
    const stored = (this.rawVariableFlags ?? 0) / 2 ** virtualCallVisibilityShift;
    return VIRTUAL_CALL_VISIBILITIES[bitsOf(stored, virtualCallVisibilityMask)];
  }

  /**
   * Decodes what its initial value refers to.
   *
   * @throws {@link FormatError} `bad-value` if the record states more references than it has.
   */
  references(): SummaryReference[] {
    const { rows, row } = this;
    const ids = this.isTable
      ? rows.slice(row, this.listsAt + 1, this.tableReferenceCount())
      : rows.slice(row, this.listsAt);
    return ids.map((valueId) => ({ valueId, access: 'read-write' }));
  }

  /**
   * Decodes the entries of a table of virtual functions that whole-program devirtualization may look at; empty for other
   * variables, and in an index.
   *
   * @throws {@link FormatError} `bad-value` if the record states more references than it has, or the last entry is cut.
   */
  virtualFunctions(): VirtualFunction[] {
    if (!this.isTable) return [];
    const { rows, row } = this;
    const operands = rows.slice(row, this.listsAt + 1 + this.tableReferenceCount());
    const functions: VirtualFunction[] = [];
    for (let i = 0; i < operands.length; i += 2) {
      const [valueId, offset] = [operands[i] as number, operands[i + 1]];
      if (offset === undefined) throw rows.error(this.source, row, 'bad-value', 'a virtual function has no offset');
      functions.push({ valueId, offset });
    }
    return functions;
  }

  private get isTable(): boolean {
    return this.rows.codes[this.row] === SUMMARY_CODES.values.FS_PERMODULE_VTABLE_GLOBALVAR_INIT_REFS;
  }

  /** Where the references begin, in a table their count. */
  private get listsAt(): number {
    const hasFlags = this.source.version >= SUMMARY_VERSIONS.readOnlyReferences;
    return VARIABLE_FLAGS_AT + this.shift + (hasFlags ? 1 : 0);
  }

  private tableReferenceCount(): number {
    const { rows, row } = this;
    const count = rows.at(row, this.listsAt) ?? 0;
    const left = Math.max(rows.countOf(row) - this.listsAt - 1, 0);
    if (count <= left) return count;
    throw rows.error(this.source, row, 'bad-value', `a table has ${count} references, but ${left} operands follow`);
  }

  private hasVariableFlag(flag: number): boolean {
    return bitsOf(this.rawVariableFlags ?? 0, flag) !== 0;
  }
}
