// What the rows of a summary have in common, be they of functions, variables or aliases.

import type { BitcodeVisibility } from '../globals/global.ts';
import type { BitcodeLinkage } from '../codes/linkage.ts';
import { VISIBILITIES } from '../codes/linkage.ts';
import {
  GLOBAL_FLAGS,
  MODULE_ID_AT,
  SUMMARY_LINKAGES,
  SUMMARY_VERSIONS,
  VALUE_ID_AT,
} from '../codes/summary-layout.ts';
import { bitsOf, ROW_CODES } from './summary-rows.ts';
import type { SummaryRowKind, SummaryRows, SummarySource } from './summary-rows.ts';

/** How a function or variable refers to a value. */
export type ReferenceAccess = 'read-write' | 'read-only' | 'write-only';

/** A reference that is no call. */
export interface SummaryReference {
  readonly valueId: number;
  /** `read-write` for all before summary version 5, and always for those of variables; write-only ones exist since version 7. */
  readonly access: ReferenceAccess;
}

/**
 * What a summary says of one definition. Its properties are decoded each time they are asked for; those that hold lists
 * throw FormatError (`bad-value`) where a record states more entries than it has.
 *
 * Value ids name what {@link BitcodeModuleSummary.nameOf} and {@link BitcodeModuleSummary.guidOf} tell.
 */
export abstract class BitcodeGlobalSummary {
  abstract readonly kind: SummaryRowKind;
  /** Position in the summary, from 0 on. */
  readonly row: number;
  protected readonly rows: SummaryRows;
  protected readonly source: SummarySource;
  /** 1 in an index, whose records name a module behind the value. */
  protected readonly shift: number;

  /** @internal */
  constructor(rows: SummaryRows, row: number, source: SummarySource) {
    this.rows = rows;
    this.row = row;
    this.source = source;
    this.shift = ROW_CODES.get(rows.codes[row] as number)?.isCombined === true ? 1 : 0;
  }

  /** The record as it is stored; operands above 2^53 are rounded. */
  get raw(): { readonly code: number; readonly operands: readonly number[]; readonly bitOffset: number } {
    const { rows, row } = this;
    return { code: rows.codes[row] as number, operands: rows.slice(row, 0), bitOffset: rows.bitOffsetOf(row) };
  }

  /** Number of the value in its module, or that the index gave it. */
  get valueId(): number {
    return this.rows.at(this.row, VALUE_ID_AT) ?? 0;
  }

  /** Name in the module; `undefined` in an index, which holds GUIDs only. */
  get name(): string | undefined {
    return this.source.nameOf(this.valueId);
  }

  /** What the value is called across modules. `undefined` for a value id that stands for nothing. */
  get guid(): bigint | undefined {
    return this.source.guidOf(this.valueId);
  }

  /** In an index, the number of the module that the definition is in. */
  get moduleId(): number | undefined {
    return this.shift === 0 ? undefined : this.rows.at(this.row, MODULE_ID_AT);
  }

  /** In an index, the path of that module. */
  get modulePath(): string | undefined {
    const { moduleId } = this;
    return moduleId === undefined ? undefined : this.source.modulePathOf(moduleId);
  }

  /** In an index, the GUID of the mere name of a value that was local to its module. */
  get originalGuid(): bigint | undefined {
    return this.rows.originalGuids.get(this.row);
  }

  /** The flags as stored. */
  get rawFlags(): number {
    return this.rows.at(this.row, 1 + this.shift) ?? 0;
  }

  /** Linkage, in the words of LLVM's assembly; in a linker's index what it made of it. */
  get linkage(): BitcodeLinkage {
    return SUMMARY_LINKAGES[bitsOf(this.rawFlags, GLOBAL_FLAGS.linkageMask)] ?? 'external';
  }

  /** Whether no other module can see it. */
  get isLocal(): boolean {
    return this.linkage === 'internal' || this.linkage === 'private';
  }

  /** Visibility; `default` of writers that did not store it yet. */
  get visibility(): BitcodeVisibility {
    const stored = bitsOf(this.rawFlags / 2 ** GLOBAL_FLAGS.visibilityShift, GLOBAL_FLAGS.visibilityMask);
    return VISIBILITIES[stored] ?? 'default';
  }

  /** Whether no copy of it may go to another module, as it refers to what cannot be renamed. Up to LLVM 4 always. */
  get isNotEligibleToImport(): boolean {
    return this.isOldOrHas(GLOBAL_FLAGS.notEligibleToImport);
  }

  /**
   * Whether something that the summary cannot see uses it: in a module, `llvm.used` and the like; in an index, whether
   * the link needs it. Up to LLVM 4 always.
   */
  get isLive(): boolean {
    return this.isOldOrHas(GLOBAL_FLAGS.live);
  }

  /** Whether it resolves within the component that is linked. */
  get isDsoLocal(): boolean {
    return this.has(GLOBAL_FLAGS.dsoLocal);
  }

  /** Whether it may be hidden because nobody can tell: `linkonce_odr` and no address taken. */
  get canAutoHide(): boolean {
    return this.has(GLOBAL_FLAGS.canAutoHide);
  }

  /** In an index: whether another module is to import a mere declaration of it. */
  get importKind(): 'definition' | 'declaration' {
    return this.has(GLOBAL_FLAGS.importAsDeclaration) ? 'declaration' : 'definition';
  }

  /** In an index: whether a local value that becomes visible keeps its name. */
  get keepsNameOnPromotion(): boolean {
    return this.has(GLOBAL_FLAGS.noRenameOnPromotion);
  }

  private has(flag: number): boolean {
    return bitsOf(this.rawFlags, flag) !== 0;
  }

  private isOldOrHas(flag: number): boolean {
    return this.source.version < SUMMARY_VERSIONS.liveFlag || this.has(flag);
  }
}
