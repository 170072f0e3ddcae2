// What the records before a function say of its virtual calls: the types it tests, and the slots it calls through
// (llvm/docs/TypeMetadata.html). Types are named by the GUID of their identifier.

import { SUMMARY_CODES } from '../codes/summary.ts';
import { OperandList } from './operand-list.ts';
import type { ErrorAt, KeptRecord } from './operand-list.ts';

const C = SUMMARY_CODES.values;

/** A slot of the virtual function tables of a type. */
export interface VirtualSlot {
  /** GUID of the identifier of the type. */
  readonly typeGuid: bigint;
  /** Bytes from the address point of the table. */
  readonly offset: bigint;
}

/** A virtual call whose arguments, the first one left out, are all constant integers. */
export interface ConstantVirtualCall extends VirtualSlot {
  readonly arguments: readonly bigint[];
}

/** The use that a function makes of types. */
export interface VirtualCalls {
  /** GUIDs of the types it tests other than by assumption: control flow integrity. */
  readonly typeTests: readonly bigint[];
  /** Calls through an assumed type. */
  readonly assumedCalls: readonly VirtualSlot[];
  /** Calls through llvm.type.checked.load. */
  readonly checkedCalls: readonly VirtualSlot[];
  readonly assumedConstantCalls: readonly ConstantVirtualCall[];
  readonly checkedConstantCalls: readonly ConstantVirtualCall[];
}

/** Decodes those of the records that say something of virtual calls. */
export function decodeVirtualCalls(records: readonly KeptRecord[], errorAt: ErrorAt): VirtualCalls {
  const typeTests: bigint[] = [];
  const assumedCalls: VirtualSlot[] = [];
  const checkedCalls: VirtualSlot[] = [];
  const assumedConstantCalls: ConstantVirtualCall[] = [];
  const checkedConstantCalls: ConstantVirtualCall[] = [];
  for (const record of records) {
    const list = new OperandList(record, errorAt);
    switch (record.code) {
      case C.FS_TYPE_TESTS:
        while (list.left > 0) typeTests.push(list.wide());
        break;
      case C.FS_TYPE_TEST_ASSUME_VCALLS:
        while (list.left > 0) assumedCalls.push(readSlot(list));
        break;
      case C.FS_TYPE_CHECKED_LOAD_VCALLS:
        while (list.left > 0) checkedCalls.push(readSlot(list));
        break;
      case C.FS_TYPE_TEST_ASSUME_CONST_VCALL:
        assumedConstantCalls.push({ ...readSlot(list), arguments: list.rest() });
        break;
      case C.FS_TYPE_CHECKED_LOAD_CONST_VCALL:
        checkedConstantCalls.push({ ...readSlot(list), arguments: list.rest() });
    }
  }
  return { typeTests, assumedCalls, checkedCalls, assumedConstantCalls, checkedConstantCalls };
}

function readSlot(list: OperandList): VirtualSlot {
  return { typeGuid: list.wide(), offset: list.wide() };
}
