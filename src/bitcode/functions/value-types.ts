// The types of the values of one function, as far as files up to LLVM 3.6 need them: their calls do not tell the type of
// what they call, so that a call through a pointer returns something or nothing by the type of that pointer. Typed pointers
// only; what a type cannot be found for has none. Layouts: BitcodeReader::parseFunctionBody in
// llvm/lib/Bitcode/Reader/BitcodeReader.cpp.

import type { RecordBuffer } from '../bitstream/index.ts';
import { FUNCTION_CODES } from '../codes/function.ts';
import { TYPE_CODES } from '../codes/type.ts';
import type { BitcodeConstants } from '../constants/constants.ts';
import { NO_TYPE } from './body-source.ts';
import type { BodySource } from './body-source.ts';

const C = FUNCTION_CODES.values;
const T = TYPE_CODES.values;

/** Operands of LOAD and LOADATOMIC behind the pointer; one more is the type, since LLVM 3.7. */
const LOAD_TAIL = 2;
const ATOMIC_LOAD_TAIL = 4;
const VAARG_RESULT = 2;

/** Types of values by value id. Constants and instructions are taken in one after the other. */
export class ValueTypes {
  private readonly source: BodySource;
  /** Value id of the first argument. */
  private readonly firstLocalId: number;
  private readonly parameters: readonly number[];
  /** Types of constants and instructions, which are numbered behind the arguments. */
  private readonly locals: number[] = [];
  private constants: BitcodeConstants;
  private record: RecordBuffer;
  private nextId = 0;
  /** Position of the operand to look at next. */
  private at = 0;

  /** @param parameters - Types of the arguments; not copied, since thousands of functions may have thousands of them. */
  constructor(source: BodySource, parameters: readonly number[]) {
    this.source = source;
    this.parameters = parameters;
    this.firstLocalId = source.firstLocalId;
    this.constants = source.constants;
    this.record = source.record;
  }

  /** Takes in the type of the next instruction. */
  push(typeId: number): void {
    this.locals.push(typeId);
  }

  /** Takes in the constants of the function, which stand between arguments and instructions. */
  pushConstants(constants: BitcodeConstants): void {
    this.constants = constants;
    for (let i = 0; i < constants.length; i += 1) this.push(constants.typeId(constants.firstValueId + i) ?? NO_TYPE);
  }

  /** The type of a value; {@link NO_TYPE} where it is not known, and for globals that tell no pointer type. */
  of(valueId: number): number {
    const { firstLocalId, parameters, locals } = this;
    if (valueId >= firstLocalId) {
      const index = valueId - firstLocalId;
      return parameters[index] ?? locals[index - parameters.length] ?? NO_TYPE;
    }
    const global = this.source.globals.values[valueId];
    if (global !== undefined) return global.hasPointerType ? global.typeId : NO_TYPE;
    return this.constants.typeId(valueId) ?? NO_TYPE;
  }

  /**
   * Finds the type of what an instruction defines.
   *
   * @param record - The instruction, no call.
   * @param nextId - The value id that it gets.
   */
  resultOf(record: RecordBuffer, nextId: number): number {
    this.record = record;
    this.nextId = nextId;
    this.at = 0;
    switch (record.code) {
      case C.FUNC_CODE_INST_BINOP:
      case C.FUNC_CODE_INST_UNOP:
      case C.FUNC_CODE_INST_FREEZE:
      case C.FUNC_CODE_INST_SELECT:
      case C.FUNC_CODE_INST_VSELECT:
      case C.FUNC_CODE_INST_INSERTELT:
      case C.FUNC_CODE_INST_INSERTVAL:
        return this.operand();
      case C.FUNC_CODE_INST_CAST:
        this.operand();
        return this.number(this.at);
      case C.FUNC_CODE_INST_PHI:
      case C.FUNC_CODE_INST_LANDINGPAD:
      case C.FUNC_CODE_INST_LANDINGPAD_OLD:
      case C.FUNC_CODE_INST_ALLOCA:
        return this.number(0);
      case C.FUNC_CODE_INST_VAARG:
        return this.number(VAARG_RESULT);
      case C.FUNC_CODE_INST_LOAD:
        return this.loaded(LOAD_TAIL);
      case C.FUNC_CODE_INST_LOADATOMIC:
        return this.loaded(ATOMIC_LOAD_TAIL);
      case C.FUNC_CODE_INST_EXTRACTELT:
        return this.elementOf(this.operand(), 0);
      case C.FUNC_CODE_INST_EXTRACTVAL: {
        let typeId = this.operand();
        for (; this.at < record.length; this.at += 1) typeId = this.elementOf(typeId, this.number(this.at));
        return typeId;
      }
      case C.FUNC_CODE_INST_GEP_OLD:
      case C.FUNC_CODE_INST_INBOUNDS_GEP_OLD:
        return this.pointerToElement();
      default:
        // Comparisons, atomic operations and what came later: nothing of it is called.
        return NO_TYPE;
    }
  }

  /** Reads an operand; behind one that is defined further on stands its type. */
  private operand(): number {
    const valueId = this.valueId();
    if (valueId < this.nextId) return this.of(valueId);
    this.at += 1;
    return this.number(this.at - 1);
  }

  private valueId(): number {
    const valueId = valueIdAt(this.record, this.at, this.nextId, this.source.hasRelativeIds) ?? this.nextId;
    this.at += 1;
    return valueId;
  }

  private number(position: number): number {
    return this.record.at(position) ?? NO_TYPE;
  }

  private loaded(tail: number): number {
    const pointer = this.operand();
    if (this.record.length === this.at + tail + 1) return this.number(this.at);
    return this.source.types.pointee(pointer) ?? NO_TYPE;
  }

  private elementOf(typeId: number, index: number): number {
    const type = this.source.types.at(typeId);
    switch (type?.code) {
      case T.TYPE_CODE_ARRAY:
      case T.TYPE_CODE_VECTOR:
        return Number(type.operands[1] ?? NO_TYPE);
      case T.TYPE_CODE_STRUCT_ANON:
      case T.TYPE_CODE_STRUCT_NAMED:
        // Behind whether it is packed.
        return Number(type.operands[index + 1] ?? NO_TYPE);
      default:
        return NO_TYPE;
    }
  }

  private pointerToElement(): number {
    const { types } = this.source;
    const base = types.at(this.operand());
    if (base?.code !== T.TYPE_CODE_POINTER) return NO_TYPE;
    let typeId = Number(base.operands[0] ?? NO_TYPE);
    // The first index goes along the pointer.
    this.operand();
    while (this.at < this.record.length) {
      const valueId = this.valueId();
      if (valueId >= this.nextId) this.at += 1;
      typeId = this.elementOf(typeId, this.indexOf(valueId));
    }
    return this.source.pointerTo(typeId, Number(base.operands[1] ?? 0));
  }

  /** The value of an index; 0 for one that is computed, which only arrays have. */
  private indexOf(valueId: number): number {
    return Number(this.constants.integer(valueId) ?? 0n);
  }
}

/**
 * The value id that an operand names. LLVM computes with 32 bits, in which a value that is defined further on has a large
 * distance.
 *
 * @param nextId - The value id that the instruction gets if it defines a value.
 * @returns `undefined` if the record has no such operand.
 */
export function valueIdAt(
  record: RecordBuffer,
  position: number,
  nextId: number,
  isRelative: boolean,
): number | undefined {
  const stored = record.operand(position);
  if (stored === undefined) return undefined;
  const low = typeof stored === 'bigint' ? Number(BigInt.asUintN(32, stored)) : stored % 2 ** 32;
  return isRelative ? (nextId - low) >>> 0 : low;
}
