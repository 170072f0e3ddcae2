// GLOBALVAR records (MODULE block, code 7).

import { CODE_MODELS } from '../codes/linkage.ts';
import {
  GLOBALVAR_ADDRESS_SPACE_SHIFT,
  GLOBALVAR_CONSTANT,
  GLOBALVAR_EXPLICIT_TYPE,
  GLOBALVAR_OPERANDS,
} from '../codes/module.ts';
import type { StoredRecord } from '../module-content.ts';
import { BitcodeGlobal } from './global.ts';
import type { GlobalSource } from './global.ts';

const P = GLOBALVAR_OPERANDS;

/** How far code may reach for a variable. */
export type BitcodeCodeModel = (typeof CODE_MODELS)[number];

/** A global variable. */
export class BitcodeVariable extends BitcodeGlobal {
  readonly kind = 'variable';

  /** @internal */
  constructor(raw: StoredRecord, valueId: number, source: GlobalSource) {
    super(raw, valueId, source, P);
  }

  override get hasPointerType(): boolean {
    return (this.number(P.flags) & GLOBALVAR_EXPLICIT_TYPE) === 0;
  }

  override get isDeclaration(): boolean {
    return this.number(P.initializer) === 0;
  }

  /** Whether nothing may write to it. */
  get isConstant(): boolean {
    return (this.number(P.flags) & GLOBALVAR_CONSTANT) !== 0;
  }

  /** Address space; of a variable with a pointer type that type tells it, and this is 0. */
  get addressSpace(): number {
    return this.hasPointerType ? 0 : Math.floor(this.number(P.flags) / 2 ** GLOBALVAR_ADDRESS_SPACE_SHIFT);
  }

  /** Value id of its initial value; `undefined` for a declaration. */
  get initializer(): number | undefined {
    return this.valueIdAt(P.initializer);
  }

  /** Whether something outside of the program may write to it before it starts. */
  get isExternallyInitialized(): boolean {
    return this.number(P.externallyInitialized) !== 0;
  }

  /** Position of its attribute list, from 1 on, as BitcodeAttributes takes it; 0 for none. */
  get attributeList(): number {
    return this.number(P.attributes);
  }

  /** Bits of {@link SANITIZER_FLAGS}; 0 before LLVM 15. */
  get sanitizerFlags(): number {
    return this.number(P.sanitizers);
  }

  /** Its own code model; `default` for none, and for a number that LLVM 22 does not know. */
  get codeModel(): BitcodeCodeModel {
    return CODE_MODELS[this.number(P.codeModel)] ?? 'default';
  }
}
