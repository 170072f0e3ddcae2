// ALIAS records (MODULE block, code 14; code 9 up to LLVM 3.7).

import { ALIAS_OLD_OPERANDS, ALIAS_OPERANDS, MODULE_CODES } from '../codes/module.ts';
import type { StoredRecord } from '../module-content.ts';
import { BitcodeGlobal } from './global.ts';
import type { GlobalSource } from './global.ts';

/** A second name for a global value, or for a place in one. */
export class BitcodeAlias extends BitcodeGlobal {
  readonly kind = 'alias';

  /** @internal */
  constructor(raw: StoredRecord, valueId: number, source: GlobalSource) {
    const isOld = raw.code === MODULE_CODES.values.MODULE_CODE_ALIAS_OLD;
    super(raw, valueId, source, isOld ? ALIAS_OLD_OPERANDS : ALIAS_OPERANDS);
  }

  override get hasPointerType(): boolean {
    return this.raw.code === MODULE_CODES.values.MODULE_CODE_ALIAS_OLD;
  }

  /** Never: an alias is a definition, if what it names is one. */
  override get isDeclaration(): boolean {
    return false;
  }

  /** Address space; of an alias with a pointer type that type tells it, and this is 0. */
  get addressSpace(): number {
    return this.hasPointerType ? 0 : this.number(ALIAS_OPERANDS.addressSpace);
  }

  /** Value id of what it names: a global value, or a constant that leads to one. */
  get aliasee(): number {
    return this.number(this.hasPointerType ? ALIAS_OLD_OPERANDS.aliasee : ALIAS_OPERANDS.aliasee);
  }
}
