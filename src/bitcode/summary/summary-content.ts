// One pass over a summary block that keeps what its records say, by what they belong to.

import { RecordBuffer } from '../bitstream/index.ts';
import type { BlockReader } from '../bitstream/index.ts';
import { SUMMARY_VERSIONS } from '../codes/summary-layout.ts';
import { SUMMARY_CODES } from '../codes/summary.ts';
import { OperandList } from './operand-list.ts';
import type { ErrorAt, KeptRecord } from './operand-list.ts';
import { ROW_CODES, SummaryRows } from './summary-rows.ts';

const C = SUMMARY_CODES.values;

/** Operands for each entry that a limit allows; rows of real summaries have five to ten. */
const OPERANDS_PER_ENTRY = 16;

/** What a summary block holds. */
export class SummaryContent {
  /** `undefined` if the block has no FS_VERSION record, as those of LLVM 3.8, whose records mean something else. */
  version: number | undefined;
  flags = 0;
  blockCount: number | undefined;
  rows = new SummaryRows(0);
  readonly guids = new Map<number, bigint>();
  /** Records about types, CFI and stacks by code. */
  readonly lists = new Map<number, KeptRecord[]>();
  /** Records of codes that have no name, and all of a block without version. */
  readonly unknown: KeptRecord[] = [];
  private readonly errorAt: ErrorAt;
  /** Records that stand before the function they belong to. */
  private pending: KeptRecord[] = [];
  private lastFunction: number | undefined;
  private lastCombined: number | undefined;
  private keptCount = 0;
  private keptOperands = 0;

  constructor(errorAt: ErrorAt) {
    this.errorAt = errorAt;
  }

  /** Reads a block to its end. */
  read(reader: BlockReader): this {
    const record = new RecordBuffer();
    for (let item = reader.next(); item !== 'end'; item = reader.next()) {
      if (item === 'block') continue;
      reader.read(record);
      this.take(record);
      reader.checkEntries(this.rows.length + this.keptCount + this.guids.size, 'records in a summary');
      const operands = this.rows.operandCount + this.keptOperands;
      reader.checkEntries(Math.floor(operands / OPERANDS_PER_ENTRY), 'times 16 operands in a summary');
    }
    return this;
  }

  private take(record: RecordBuffer): void {
    const { code } = record;
    if (this.version === undefined) {
      if (code === C.FS_VERSION) {
        this.version = record.at(0) ?? 0;
        this.rows = new SummaryRows(this.version);
      } else this.unknown.push(this.keep(record));
      return;
    }
    const row = ROW_CODES.get(code);
    if (row !== undefined) {
      this.takeRow(record, row.kind === 'function', row.isCombined);
      return;
    }
    switch (code) {
      case C.FS_VERSION:
        break; // Only the first one counts.
      case C.FS_FLAGS:
        this.flags = record.at(0) ?? 0;
        break;
      case C.FS_BLOCK_COUNT:
        this.blockCount = (this.blockCount ?? 0) + (record.at(0) ?? 0);
        break;
      case C.FS_VALUE_GUID:
        this.takeGuid(record, this.version);
        break;
      case C.FS_COMBINED_ORIGINAL_NAME:
        this.takeOriginalName(record);
        break;
      case C.FS_PERMODULE_CALLSITE_INFO:
      case C.FS_PERMODULE_ALLOC_INFO:
      case C.FS_COMBINED_CALLSITE_INFO:
      case C.FS_COMBINED_ALLOC_INFO:
      case C.FS_COMBINED_ALLOC_INFO_NO_CONTEXT:
      case C.FS_ALLOC_CONTEXT_IDS:
        this.takeProfile(record, this.version);
        break;
      case C.FS_TYPE_TESTS:
      case C.FS_TYPE_TEST_ASSUME_VCALLS:
      case C.FS_TYPE_CHECKED_LOAD_VCALLS:
      case C.FS_TYPE_TEST_ASSUME_CONST_VCALL:
      case C.FS_TYPE_CHECKED_LOAD_CONST_VCALL:
      case C.FS_PARAM_ACCESS:
        this.pending.push(this.keep(record));
        break;
      case C.FS_CFI_FUNCTION_DEFS:
      case C.FS_CFI_FUNCTION_DECLS:
      case C.FS_TYPE_ID:
      case C.FS_TYPE_ID_METADATA:
      case C.FS_STACK_IDS:
      case C.FS_CONTEXT_RADIX_TREE_ARRAY:
        appendTo(this.lists, code, this.keep(record));
        break;
      default:
        this.unknown.push(this.keep(record));
    }
  }

  private takeRow(record: RecordBuffer, isFunction: boolean, isCombined: boolean): void {
    const { rows } = this;
    const row = rows.length;
    rows.push(record);
    if (isCombined) this.lastCombined = row;
    if (!isFunction) return;
    this.lastFunction = row;
    if (this.pending.length === 0) return;
    rows.attachments.set(row, this.pending);
    this.pending = [];
  }

  private takeProfile(record: RecordBuffer, version: number): void {
    const kept = this.keep(record);
    if (version < SUMMARY_VERSIONS.profilesBehindFunction) this.pending.push(kept);
    else if (this.lastFunction !== undefined) appendTo(this.rows.attachments, this.lastFunction, kept);
    else throw this.errorAt('bad-value', 'a profile of allocations stands before all functions', record.bitOffset);
  }

  private takeGuid(record: RecordBuffer, version: number): void {
    const list = new OperandList(this.stored(record), this.errorAt);
    const valueId = list.number();
    this.guids.set(valueId, version >= SUMMARY_VERSIONS.splitGuids ? list.halves() : list.wide());
  }

  private takeOriginalName(record: RecordBuffer): void {
    const row = this.lastCombined;
    if (row === undefined) {
      throw this.errorAt('bad-value', 'an original name that does not follow a combined record', record.bitOffset);
    }
    this.rows.originalGuids.set(row, new OperandList(this.stored(record), this.errorAt).wide());
    this.lastCombined = undefined;
  }

  private keep(record: RecordBuffer): KeptRecord {
    this.keptCount += 1;
    this.keptOperands += record.length;
    return this.stored(record);
  }

  private stored(record: RecordBuffer): KeptRecord {
    return { code: record.code, operands: record.operands(), bitOffset: record.bitOffset };
  }
}

function appendTo<K>(map: Map<K, KeptRecord[]>, key: K, record: KeptRecord): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [record]);
  else list.push(record);
}
