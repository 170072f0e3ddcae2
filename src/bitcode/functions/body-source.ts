// What the bodies of a module have in common: the values and types that all of them refer to.

import type { BlockReader } from '../bitstream/index.ts';
import { RecordBuffer } from '../bitstream/index.ts';
import { VERSION_WITH_RELATIVE_IDS } from '../codes/module.ts';
import { TYPE_CODES } from '../codes/type.ts';
import { readConstantsBlock } from '../constants/constants.ts';
import type { BitcodeConstants } from '../constants/constants.ts';
import { readConstants } from '../constants/read-constants.ts';
import type { BitcodeGlobals, BitcodeGlobalValue } from '../globals/read-globals.ts';
import type { BitcodeModule } from '../module.ts';
import type { ModuleContent } from '../module-content.ts';
import { readTypes } from '../read-types.ts';
import type { BitcodeTypes } from '../types.ts';
import { InlineAssemblyReader } from './inline-assembly-reader.ts';

const C = TYPE_CODES.values;

/** Stands for a type that is not known. */
export const NO_TYPE = -1;

/** A function type: what it returns, and what it takes. */
export interface FunctionType {
  readonly resultTypeId: number;
  readonly isVoid: boolean;
  readonly parameterTypeIds: readonly number[];
}

/** Calls that stand for nothing that is executed: DbgInfoIntrinsic and PseudoProbeInst (llvm/IR/IntrinsicInst.h). */
const DEBUG_INTRINSIC = /^llvm\.(?:dbg\.|pseudoprobe$)/;
/** Longer names are not decoded for it: a hostile file may have many that share their bytes. */
const INTRINSIC_NAME_MAX = 64;

/** The values and types of a module, each thing read when a body first asks for it. */
export class BodySource {
  readonly content: ModuleContent;
  readonly globals: BitcodeGlobals;
  /** Whether operands are distances to the values that they name; else they are the value ids themselves. */
  readonly hasRelativeIds: boolean;
  /** What records are decoded into. */
  readonly record = new RecordBuffer();
  readonly assembly: InlineAssemblyReader;
  /** Whether the types of values have to be known: set by the first body that has a call which needs one. */
  needsValueTypes = false;
  private readonly module: BitcodeModule;
  private knownTypes: BitcodeTypes | undefined;
  private knownConstants: BitcodeConstants | undefined;
  private readonly functionTypes = new Map<number, FunctionType | undefined>();
  private pointers: Map<string, number> | undefined;
  private readonly debugIntrinsics = new Map<number, boolean>();

  constructor(module: BitcodeModule, globals: BitcodeGlobals) {
    this.module = module;
    this.content = module.content();
    this.assembly = new InlineAssemblyReader(this.content, this.record);
    this.globals = globals;
    this.hasRelativeIds = this.content.version >= VERSION_WITH_RELATIVE_IDS;
  }

  get types(): BitcodeTypes {
    this.knownTypes ??= readTypes(this.module);
    return this.knownTypes;
  }

  /** The constants of the module. */
  get constants(): BitcodeConstants {
    this.knownConstants ??= readConstants(this.module, this.globals);
    return this.knownConstants;
  }

  /** Value id of the first argument of each function. */
  get firstLocalId(): number {
    return this.globals.values.length + this.constants.length;
  }

  /** Reads the constants of a function. */
  readConstants(reader: BlockReader, firstValueId: number): BitcodeConstants {
    return readConstantsBlock(reader, firstValueId, this.constants, this.globals);
  }

  /** The function type of a number; `undefined` for another type. */
  functionType(typeId: number): FunctionType | undefined {
    if (!this.functionTypes.has(typeId)) this.functionTypes.set(typeId, this.decodeFunctionType(typeId));
    return this.functionTypes.get(typeId);
  }

  /** The type of what a global is as such, not of a pointer to it; {@link NO_TYPE} where its pointer type is none. */
  typeOfGlobal({ hasPointerType, typeId }: BitcodeGlobalValue): number {
    return hasPointerType ? (this.types.pointee(typeId) ?? NO_TYPE) : typeId;
  }

  /** Finds the type of a pointer; {@link NO_TYPE} if the module does not have it. */
  pointerTo(pointee: number, addressSpace: number): number {
    this.pointers ??= this.readPointers();
    return this.pointers.get(`${pointee} ${addressSpace}`) ?? NO_TYPE;
  }

  private readPointers(): Map<string, number> {
    const { types } = this;
    const pointers = new Map<string, number>();
    for (let id = 0; id < types.length; id += 1) {
      const type = types.at(id);
      if (type?.code !== C.TYPE_CODE_POINTER) continue;
      const [pointee = NO_TYPE, addressSpace = 0] = type.operands;
      pointers.set(`${pointee} ${addressSpace}`, id);
    }
    return pointers;
  }

  /** Whether a function is an intrinsic that only debuggers and profilers look at. */
  isDebugIntrinsic(valueId: number): boolean {
    const global = this.globals.values[valueId];
    if (global === undefined) return false;
    let known = this.debugIntrinsics.get(valueId);
    if (known === undefined) {
      const { string } = global.raw;
      known = (string === undefined || string.size <= INTRINSIC_NAME_MAX) && DEBUG_INTRINSIC.test(global.name);
      this.debugIntrinsics.set(valueId, known);
    }
    return known;
  }

  private decodeFunctionType(typeId: number): FunctionType | undefined {
    const type = this.types.at(typeId);
    const isOld = type?.code === C.TYPE_CODE_FUNCTION_OLD;
    if (type === undefined || (type.code !== C.TYPE_CODE_FUNCTION && !isOld)) return undefined;
    const [, ...typeIds] = type.operands.map(Number);
    // FUNCTION_OLD has an operand that means nothing in front of the result.
    if (isOld) typeIds.shift();
    const [resultTypeId, ...parameterTypeIds] = typeIds;
    if (resultTypeId === undefined) return undefined;
    return { resultTypeId, isVoid: this.types.at(resultTypeId)?.code === C.TYPE_CODE_VOID, parameterTypeIds };
  }
}
