// One pass over a FUNCTION block (id 12) that counts instructions and numbers values. Layout: parseFunctionBody in
// llvm/lib/Bitcode/Reader/BitcodeReader.cpp (LLVM 3.0 to 22).
//
// The arguments of a function are numbered behind the global values and constants of its module, then its constants, then
// the instructions that define a value. Callees are distances back from that number, so that a value too many or too few
// would make all callees behind it wrong: where the number is not certain any more, callees have none.

import type { BlockHeader, BlockReader } from '../bitstream/index.ts';
import { BLOCK_IDS } from '../codes/block-ids.ts';
import { FUNCTION_CODES } from '../codes/function.ts';
import {
  CALL_OPERANDS,
  CALLBR_OPERANDS,
  EXPLICIT_TYPE_BITS,
  FAST_MATH_BIT,
  INSTRUCTION_KIND_BY_CODE,
  INSTRUCTION_KINDS,
  INVOKE_OPERANDS,
} from '../codes/instruction.ts';
import type { BitcodeConstants } from '../constants/constants.ts';
import type { BitcodeFunction } from '../globals/function.ts';
import type { ModuleBlock } from '../module-content.ts';
import { NO_TYPE } from './body-source.ts';
import type { BodySource } from './body-source.ts';
import { valueIdAt, ValueTypes } from './value-types.ts';

const C = FUNCTION_CODES.values;
const K = INSTRUCTION_KINDS;
const { CONSTANTS_BLOCK_ID, VALUE_SYMTAB_BLOCK_ID } = BLOCK_IDS.values;

/** Stands for a callee whose value id is not known. */
export const UNKNOWN_CALLEE = -1;

/** What a pass over a body finds. */
export interface ScannedBody {
  readonly instructionCount: number;
  /** Records of codes that LLVM 22 does not have. They are not counted as instructions. */
  readonly unknownRecordCount: number;
  /** Why numbers of values, and so callees, are not known from some instruction on. */
  readonly incomplete: string | undefined;
  /** Value id of each callee, {@link UNKNOWN_CALLEE} where it is not known. */
  readonly calleeIds: readonly number[];
  /** Which instruction each call is. */
  readonly callCodes: readonly number[];
  readonly constants: BitcodeConstants;
  /** The names of values and blocks; the last table counts. */
  readonly valueNames: BlockHeader | undefined;
}

/** Reads one body. */
class BodyScanner {
  private readonly source: BodySource;
  private readonly info: ModuleBlock['info'];
  private readonly reader: BlockReader;
  /** The value id that the next value gets. */
  private nextId: number;
  private constants: BitcodeConstants | undefined;
  private readonly types: ValueTypes | undefined;
  private instructionCount = 0;
  private unknownRecordCount = 0;
  private incomplete: string | undefined;
  private readonly calleeIds: number[] = [];
  private readonly callCodes: number[] = [];
  private valueNames: BlockHeader | undefined;

  constructor(source: BodySource, owner: BitcodeFunction, { header, info }: ModuleBlock) {
    this.source = source;
    this.info = info;
    this.reader = source.content.openBlock({ header, info });
    const type = source.functionType(source.typeOfGlobal(owner));
    if (type === undefined) this.lose('the type of the function is none of a function');
    const parameters = type?.parameterTypeIds ?? [];
    this.types = source.needsValueTypes ? new ValueTypes(source, parameters) : undefined;
    this.nextId = source.firstLocalId + parameters.length;
  }

  /** @returns `undefined` if types of values are needed, and were not there. */
  scan(): ScannedBody | undefined {
    const { reader, source } = this;
    const { record } = source;
    for (let item = reader.next(); item !== 'end'; item = reader.next()) {
      if (item === 'block') {
        this.takeBlock();
        continue;
      }
      switch (INSTRUCTION_KIND_BY_CODE[reader.code] ?? K.unknown) {
        case K.none:
          break;
        case K.plain:
          this.instructionCount += 1;
          break;
        case K.value:
          this.instructionCount += 1;
          if (this.types === undefined) this.nextId += 1;
          else {
            reader.read(record);
            this.define(this.types.resultOf(record, this.nextId));
          }
          break;
        case K.call:
          this.instructionCount += 1;
          if (!this.takeCall()) return undefined;
          break;
        default:
          this.unknownRecordCount += 1;
          this.lose(`a record has the code ${reader.code}, which may define a value or not`);
      }
    }
    const { instructionCount, unknownRecordCount, incomplete, calleeIds, callCodes, valueNames } = this;
    const constants = this.constants ?? source.constants;
    return { instructionCount, unknownRecordCount, incomplete, calleeIds, callCodes, constants, valueNames };
  }

  private define(typeId: number): void {
    this.nextId += 1;
    this.types?.push(typeId);
  }

  private lose(reason: string): void {
    this.incomplete ??= reason;
  }

  private takeBlock(): void {
    const { reader, source } = this;
    if (reader.blockId === VALUE_SYMTAB_BLOCK_ID) this.valueNames = reader.header();
    if (reader.blockId !== CONSTANTS_BLOCK_ID) return;
    // Writers make one block, in front of the instructions.
    if (this.constants !== undefined || this.instructionCount > 0) {
      this.lose('constants stand behind instructions or other constants');
      return;
    }
    this.constants = source.readConstants(reader.enter(reader.header(), this.info), this.nextId);
    this.nextId += this.constants.length;
    this.types?.pushConstants(this.constants);
  }

  /** Takes in a call. @returns False if the type of its callee is needed and types are not there. */
  private takeCall(): boolean {
    const { reader, source, nextId } = this;
    const { record, hasRelativeIds } = source;
    reader.read(record);
    const { code } = record;
    this.callCodes.push(code);
    reader.checkEntries(this.callCodes.length, 'calls');
    const convention = record.at(CALL_OPERANDS.convention) ?? 0;
    let position: number = CALL_OPERANDS.afterConvention;
    let explicitBit: number = EXPLICIT_TYPE_BITS.call;
    if (code === C.FUNC_CODE_INST_INVOKE) {
      position = INVOKE_OPERANDS.afterBlocks;
      explicitBit = EXPLICIT_TYPE_BITS.invoke;
    } else if (code === C.FUNC_CODE_INST_CALLBR) {
      position = CALLBR_OPERANDS.indirectBlocks + (record.at(CALLBR_OPERANDS.indirectCount) ?? 0);
    } else position += (convention >>> FAST_MATH_BIT) & 1;
    const isExplicit = ((convention >>> explicitBit) & 1) !== 0;
    const calleeId = valueIdAt(record, position + (isExplicit ? 1 : 0), nextId, hasRelativeIds);
    if (calleeId === undefined) this.lose(`a call has ${record.length} operands, and none of them is its callee`);
    // Ids of globals that are not relative are right even where the number of the instruction is not known.
    const isCertain = this.incomplete === undefined || (!hasRelativeIds && Number(calleeId) < source.firstLocalId);
    this.calleeIds.push(isCertain ? (calleeId ?? UNKNOWN_CALLEE) : UNKNOWN_CALLEE);
    if (this.incomplete !== undefined || calleeId === undefined) return true;
    let typeId: number | undefined;
    if (isExplicit) typeId = record.at(position);
    else if (calleeId >= nextId) typeId = source.types.pointee(record.at(position + 1) ?? NO_TYPE);
    else {
      typeId = this.calleeTypeOf(calleeId);
      if (typeId === undefined && this.types === undefined) {
        source.needsValueTypes = true;
        return false;
      }
    }
    const type = source.functionType(typeId ?? NO_TYPE);
    if (type === undefined) this.lose('what a call calls is not known to be a function');
    else if (!type.isVoid) this.define(type.resultTypeId);
    return true;
  }

  /** The function type of a callee that is defined already; `undefined` where it is not known. */
  private calleeTypeOf(valueId: number): number | undefined {
    const { source, types } = this;
    const global = source.globals.values[valueId];
    if (global !== undefined) return source.typeOfGlobal(global);
    const typeId = types === undefined ? this.constants?.typeId(valueId) : types.of(valueId);
    return typeId === undefined ? undefined : source.types.pointee(typeId);
  }
}

/**
 * Scans a body.
 *
 * @throws {@link FormatError} if the block or one that it needs is damaged, `limit-exceeded` for more calls or constants
 *   than `Limits.bitcodeEntries`.
 */
export function scanBody(source: BodySource, owner: BitcodeFunction, block: ModuleBlock): ScannedBody {
  let scanned: ScannedBody | undefined;
  // The second pass has the types that the first one lacked.
  while (scanned === undefined) scanned = new BodyScanner(source, owner, block).scan();
  return scanned;
}
