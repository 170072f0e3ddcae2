// FUNCTION records (MODULE block, code 8). The body of the n-th one that is no declaration is the n-th FUNCTION block.

import { FUNCTION_OPERANDS } from '../codes/module.ts';
import type { StoredRecord } from '../module-content.ts';
import { BitcodeGlobal } from './global.ts';
import type { GlobalSource } from './global.ts';

const P = FUNCTION_OPERANDS;

/** A function. */
export class BitcodeFunction extends BitcodeGlobal {
  readonly kind = 'function';
  private readonly isPointerTyped: boolean;

  /**
   * @param isPointerTyped - Whether its type is that of a pointer, which the record does not tell.
   * @internal
   */
  constructor(raw: StoredRecord, valueId: number, source: GlobalSource, isPointerTyped: boolean) {
    super(raw, valueId, source, P);
    this.isPointerTyped = isPointerTyped;
  }

  override get hasPointerType(): boolean {
    return this.isPointerTyped;
  }

  override get isDeclaration(): boolean {
    return this.number(P.isDeclaration) !== 0;
  }

  /** Number of its calling convention (llvm/IR/CallingConv.h): 0 is that of C, 8 `fastcc`, 9 `coldcc`. */
  get callingConvention(): number {
    return this.number(P.callingConvention);
  }

  /** Position of its attribute list, from 1 on, as BitcodeAttributes takes it; 0 for none. */
  get attributeList(): number {
    return this.number(P.attributes);
  }

  /** The garbage collector whose rules it follows; `undefined` for none. */
  get gc(): string | undefined {
    return this.source.gc(this.number(P.gc), this.raw);
  }

  /** Address space of its code; 0 before LLVM 8. */
  get addressSpace(): number {
    return this.number(P.addressSpace);
  }

  /** Value id of the data that stands at its entry; `undefined` for none. */
  get prologue(): number | undefined {
    return this.valueIdAt(P.prologue);
  }

  /** Value id of the data that stands before its entry; `undefined` for none. */
  get prefix(): number | undefined {
    return this.valueIdAt(P.prefix);
  }

  /** Value id of the function that unwinds it; `undefined` for none (up to LLVM 3.6 its landing pads tell it). */
  get personality(): number | undefined {
    return this.valueIdAt(P.personality);
  }
}
