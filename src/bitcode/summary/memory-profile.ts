// What a heap profile says of a function: calls and allocations on the way to which it was recorded how memory is used
// (MemProf). Contexts are chains of stack ids, hashes of code places; since LLVM 20 many chains share one array, laid out as
// the comments of CallStackRadixTreeBuilder in llvm/ProfileData/MemProf.h describe.

import { ALLOCATION_TYPES, SUMMARY_VERSIONS } from '../codes/summary-layout.ts';
import { SUMMARY_CODES } from '../codes/summary.ts';
import { OperandList } from './operand-list.ts';
import type { ErrorAt, KeptRecord } from './operand-list.ts';

const C = SUMMARY_CODES.values;
/** Elements of the shared array are 32 bits wide; one with the highest bit is negative: the way to where the chain goes on. */
const SIGN = 2 ** 31;
const MODULUS = 2 ** 32;

/** A call on a profiled way to an allocation. */
export interface ProfiledCall {
  /** Value id of the callee; in an index 0 where it has no summary of its own. */
  readonly callee: number;
  readonly stackIds: readonly bigint[];
  /** In an index: which clone of the callee each clone of the function calls. */
  readonly versions: readonly number[];
}

/** A way to an allocation, or several with an end in common. */
export interface AllocationContext {
  /** What the profile says: `undefined` for a number without a name, which is {@link rawType}. */
  readonly type: 'none' | 'not-cold' | 'cold' | 'hot' | 'all' | undefined;
  readonly rawType: number;
  /**
   * Reads the stack ids of the way, innermost first.
   *
   * @throws {@link FormatError} `out-of-bounds` if it leads out of the lists.
   */
  readonly stackIds: () => bigint[];
  /** Ids of the full contexts and their bytes, where the compiler was told to keep them. */
  readonly sizes: readonly { readonly contextId: bigint; readonly totalSize: bigint }[];
}

/** An allocation. */
export interface ProfiledAllocation {
  readonly contexts: readonly AllocationContext[];
  /** In an index: the type that the allocation has in each clone of the function. */
  readonly versions: readonly number[];
}

/** What a profile says of a function. */
export interface MemoryProfile {
  readonly calls: readonly ProfiledCall[];
  readonly allocations: readonly ProfiledAllocation[];
}

/** The lists that profiles of one summary share. */
export interface StackLists {
  readonly version: number;
  readonly stackIds: readonly bigint[];
  /** The array that contexts are in, of 32 bits each; `undefined` where each record holds its own. */
  readonly radixTree: readonly number[] | undefined;
}

/** Decodes a CONTEXT_RADIX_TREE_ARRAY record. */
export function decodeRadixTree(record: KeptRecord): number[] {
  return record.operands.map((operand) => Number(BigInt(operand) % BigInt(MODULUS)));
}

/** Decodes a STACK_IDS record. */
export function decodeStackIds(record: KeptRecord, version: number, errorAt: ErrorAt): bigint[] {
  const list = new OperandList(record, errorAt);
  if (version < SUMMARY_VERSIONS.splitStackIds) return list.rest();
  const ids: bigint[] = [];
  while (list.left > 0) ids.push(list.halves());
  return ids;
}

/** Decodes those of the records that hold a profile. */
export function decodeMemoryProfile(
  records: readonly KeptRecord[],
  lists: StackLists,
  errorAt: ErrorAt,
): MemoryProfile {
  const calls: ProfiledCall[] = [];
  const allocations: ProfiledAllocation[] = [];
  let contextIds: OperandList | undefined;
  for (const record of records) {
    const list = new OperandList(record, errorAt);
    switch (record.code) {
      case C.FS_PERMODULE_CALLSITE_INFO: {
        const callee = list.number();
        calls.push({ callee, stackIds: readStackIds(list, list.left, lists), versions: [] });
        break;
      }
      case C.FS_COMBINED_CALLSITE_INFO: {
        const callee = list.number();
        const [stackIdCount, versionCount] = [list.number(), list.number()];
        const stackIds = readStackIds(list, stackIdCount, lists);
        calls.push({ callee, stackIds, versions: readNumbers(list, versionCount) });
        break;
      }
      case C.FS_ALLOC_CONTEXT_IDS:
        contextIds = list;
        break;
      case C.FS_PERMODULE_ALLOC_INFO: {
        allocations.push({ contexts: readContexts(list, lists, contextIds), versions: [] });
        contextIds = undefined;
        break;
      }
      case C.FS_COMBINED_ALLOC_INFO:
      case C.FS_COMBINED_ALLOC_INFO_NO_CONTEXT: {
        const [count, versionCount] = [list.number(), list.number()];
        const contexts: AllocationContext[] = [];
        const hasStacks = record.code === C.FS_COMBINED_ALLOC_INFO;
        while (contexts.length < count) contexts.push(readContext(list, lists, hasStacks));
        allocations.push({ contexts, versions: readNumbers(list, versionCount) });
      }
    }
  }
  return { calls, allocations };
}

function readContexts(list: OperandList, lists: StackLists, contextIds: OperandList | undefined): AllocationContext[] {
  const contexts: AllocationContext[] = [];
  if (lists.version < SUMMARY_VERSIONS.contextCount) {
    while (list.left > 0) contexts.push(readContext(list, lists, true));
    return contexts;
  }
  const count = list.number();
  while (contexts.length < count) contexts.push(readContext(list, lists, true));
  if (list.left === 0 || contextIds === undefined) return contexts;
  return contexts.map((context) => {
    const sizeCount = list.count('sizes of contexts');
    const sizes: { contextId: bigint; totalSize: bigint }[] = [];
    for (let i = 0; i < sizeCount; i += 1) {
      const [contextId, totalSize] = [contextIds.halves(), list.wide()];
      // A zero stands for a context that has no size.
      if (contextId !== 0n) sizes.push({ contextId, totalSize });
    }
    return { ...context, sizes };
  });
}

function readContext(list: OperandList, lists: StackLists, hasStacks: boolean): AllocationContext {
  const rawType = list.number();
  const stackIds = hasStacks ? readContextStack(list, lists) : () => [];
  return { type: ALLOCATION_TYPES.get(rawType), rawType, stackIds, sizes: [] };
}

function readContextStack(list: OperandList, lists: StackLists): () => bigint[] {
  const { radixTree } = lists;
  if (radixTree === undefined) {
    const stackIds = readStackIds(list, list.count('stack ids'), lists);
    return () => stackIds;
  }
  const start = list.number();
  // Many contexts may share what is stored once, so each is unfolded when it is asked for.
  return () => unfold(radixTree, start, lists, list);
}

function unfold(tree: readonly number[], start: number, lists: StackLists, list: OperandList): bigint[] {
  const ids: bigint[] = [];
  let position = start;
  const elementAt = () => {
    const element = tree[position];
    if (element !== undefined) return element;
    throw list.error('out-of-bounds', `a context is at ${position} of an array of ${tree.length} elements`);
  };
  const count = elementAt();
  position += 1;
  while (ids.length < count) {
    let element = elementAt();
    if (element >= SIGN) {
      // Always forward, so that the walk ends with the array.
      position += MODULUS - element;
      element = elementAt();
    }
    position += 1;
    ids.push(stackIdAt(element, lists, list));
  }
  return ids;
}

function readStackIds(list: OperandList, count: number, lists: StackLists): bigint[] {
  return readNumbers(list, count).map((index) => stackIdAt(index, lists, list));
}

function stackIdAt(index: number, lists: StackLists, list: OperandList): bigint {
  const id = lists.stackIds[index];
  if (id !== undefined) return id;
  throw list.error(
    'out-of-bounds',
    `a record refers to stack id ${index}, of which there are ${lists.stackIds.length}`,
  );
}

function readNumbers(list: OperandList, count: number): number[] {
  const values: number[] = [];
  while (values.length < count) values.push(list.number());
  return values;
}
