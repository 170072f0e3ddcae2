// IFUNC records (MODULE block, code 18; since LLVM 3.9).

import { IFUNC_OPERANDS } from '../codes/module.ts';
import type { StoredRecord } from '../module-content.ts';
import { BitcodeGlobal } from './global.ts';
import type { GlobalSource } from './global.ts';

/** A function that another one chooses when the program is loaded. */
export class BitcodeIfunc extends BitcodeGlobal {
  readonly kind = 'ifunc';

  /** @internal */
  constructor(raw: StoredRecord, valueId: number, source: GlobalSource) {
    super(raw, valueId, source, IFUNC_OPERANDS);
  }

  override get hasPointerType(): boolean {
    return false;
  }

  /** Never: an ifunc is a definition. */
  override get isDeclaration(): boolean {
    return false;
  }

  /** Address space. */
  get addressSpace(): number {
    return this.number(IFUNC_OPERANDS.addressSpace);
  }

  /** Value id of the function that chooses, or of a constant that leads to it. */
  get resolver(): number {
    return this.number(IFUNC_OPERANDS.resolver);
  }
}
