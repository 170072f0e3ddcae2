// What an index says of types with virtual functions, and a module's summary of the tables that are compatible with one
// (llvm/docs/TypeMetadata.html; parseTypeIdSummaryRecord and its neighbours in llvm/lib/Bitcode/Reader/BitcodeReader.cpp).

import {
  DEVIRTUALIZATION_BY_ARGUMENT_KINDS,
  DEVIRTUALIZATION_KINDS,
  TYPE_TEST_KINDS,
} from '../codes/summary-layout.ts';
import { OperandList } from './operand-list.ts';
import type { ErrorAt, KeptRecord } from './operand-list.ts';

/** Operands that a resolution by arguments has at least: the count of arguments, kind, info, byte and bit. */
const BY_ARGUMENT_OPERANDS = 5;

/** What becomes of virtual calls with the same constant arguments. */
export interface ArgumentResolution {
  readonly arguments: readonly bigint[];
  /** `undefined` for a number without a name, which is `rawKind`. */
  readonly kind: (typeof DEVIRTUALIZATION_BY_ARGUMENT_KINDS)[number] | undefined;
  readonly rawKind: number;
  readonly info: bigint;
  readonly byte: number;
  readonly bit: number;
}

/** What becomes of the virtual calls through one slot. */
export interface SlotResolution {
  /** Bytes from the address point of the table. */
  readonly offset: bigint;
  readonly kind: (typeof DEVIRTUALIZATION_KINDS)[number] | undefined;
  readonly rawKind: number;
  /** The only function that can be called; empty for none. */
  readonly implementation: string;
  readonly byArguments: readonly ArgumentResolution[];
}

/** What a link decided for a type. */
export interface TypeIdSummary {
  /** The identifier of the type. */
  readonly name: string;
  /** How tests for it are done. */
  readonly test: {
    readonly kind: (typeof TYPE_TEST_KINDS)[number] | undefined;
    readonly rawKind: number;
    /** Bits of the size of the set of members, less one. */
    readonly sizeM1BitWidth: number;
    readonly alignLog2: bigint;
    readonly sizeM1: bigint;
    readonly bitMask: number;
    readonly inlineBits: bigint;
  };
  readonly slots: readonly SlotResolution[];
}

/** The tables of virtual functions that fit a type. */
export interface CompatibleTables {
  /** The identifier of the type. */
  readonly name: string;
  readonly tables: readonly {
    /** Value id of the table. */
    readonly valueId: number;
    /** Bytes from its start to its address point. */
    readonly offset: bigint;
  }[];
}

/** A function with a CFI jump table. */
export interface CfiFunction {
  readonly name: string;
  /** Its GUID, where the index states it (summary version 14). */
  readonly guid: bigint | undefined;
}

/** Takes a name out of the string table. */
export type StringAt = (offset: number, size: number, record: KeptRecord) => string;

/** Decodes a TYPE_ID record. */
export function decodeTypeId(record: KeptRecord, stringAt: StringAt, errorAt: ErrorAt): TypeIdSummary {
  const list = new OperandList(record, errorAt);
  const name = stringAt(list.number(), list.number(), record);
  const rawKind = list.number();
  const test = {
    kind: TYPE_TEST_KINDS[rawKind],
    rawKind,
    sizeM1BitWidth: list.number(),
    alignLog2: list.wide(),
    sizeM1: list.wide(),
    bitMask: list.number(),
    inlineBits: list.wide(),
  };
  const slots: SlotResolution[] = [];
  while (list.left > 0) slots.push(readSlot(list, record, stringAt));
  return { name, test, slots };
}

function readSlot(list: OperandList, record: KeptRecord, stringAt: StringAt): SlotResolution {
  const offset = list.wide();
  const rawKind = list.number();
  const [start, size] = [list.number(), list.number()];
  const count = list.count('resolutions', BY_ARGUMENT_OPERANDS);
  const byArguments = Array.from({ length: count }, () => readByArguments(list));
  return {
    offset,
    kind: DEVIRTUALIZATION_KINDS[rawKind],
    rawKind,
    // When it is asked for, as the names of many slots may overlap in a long table.
    get implementation() {
      return stringAt(start, size, record);
    },
    byArguments,
  };
}

function readByArguments(list: OperandList): ArgumentResolution {
  const count = list.count('arguments');
  const values = Array.from({ length: count }, () => list.wide());
  const rawKind = list.number();
  return {
    arguments: values,
    kind: DEVIRTUALIZATION_BY_ARGUMENT_KINDS[rawKind],
    rawKind,
    info: list.wide(),
    byte: list.number(),
    bit: list.number(),
  };
}

/** Decodes a TYPE_ID_METADATA record. */
export function decodeCompatibleTables(record: KeptRecord, stringAt: StringAt, errorAt: ErrorAt): CompatibleTables {
  const list = new OperandList(record, errorAt);
  const name = stringAt(list.number(), list.number(), record);
  const tables: { valueId: number; offset: bigint }[] = [];
  while (list.left > 0) {
    const offset = list.wide();
    tables.push({ valueId: list.number(), offset });
  }
  return { name, tables };
}

/** Decodes a CFI_FUNCTION_DEFS or CFI_FUNCTION_DECLS record, one function at a time. */
export function* decodeCfiFunctions(
  record: KeptRecord,
  hasGuids: boolean,
  stringAt: StringAt,
  errorAt: ErrorAt,
): Generator<CfiFunction, void> {
  const list = new OperandList(record, errorAt);
  while (list.left > 0) {
    const guid = hasGuids ? list.wide() : undefined;
    yield { name: stringAt(list.number(), list.number(), record), guid };
  }
}
