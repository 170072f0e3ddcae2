// Attributes of functions, results, parameters and variables: PARAMATTR_GROUP blocks (id 10) hold groups of attributes for
// one place each, PARAMATTR blocks (id 9) lists of groups, and records refer to a list by position. Up to LLVM 3.2 a list
// held places and masks instead (decodeLLVMAttributesForBitcode in llvm/lib/Bitcode/Reader/BitcodeReader.cpp).

import { RecordBuffer } from './bitstream/index.ts';
import type { BlockReader, Operand } from './bitstream/index.ts';
import { ATTRIBUTE_FORMS, ATTRIBUTE_KINDS, OLD_ATTRIBUTE_MASKS, PARAMATTR_CODES } from './codes/attribute.ts';
import { BLOCK_IDS } from './codes/block-ids.ts';
import type { BitcodeModule } from './module.ts';

const { PARAMATTR_CODE_ENTRY_OLD, PARAMATTR_CODE_ENTRY, PARAMATTR_GRP_CODE_ENTRY } = PARAMATTR_CODES.values;
const { PARAMATTR_BLOCK_ID, PARAMATTR_GROUP_BLOCK_ID } = BLOCK_IDS.values;
const F = ATTRIBUTE_FORMS;
const K = ATTRIBUTE_KINDS.values;

/** Where the place of a group stands that belongs to the function itself; 0 is the result, 1 the first parameter. */
const FUNCTION_PLACE = 0xffffffff;

/** One attribute. */
export interface BitcodeAttribute {
  /** Its number, one of ATTRIBUTE_KINDS or of a later LLVM; `undefined` for an attribute that is a string. */
  readonly kind: number | undefined;
  /** How it is laid out, one of ATTRIBUTE_FORMS or of a later LLVM; `undefined` for those up to LLVM 3.2. */
  readonly form: number | undefined;
  /** The name of the number (`ATTR_KIND_NO_UNWIND`) where it is known, or the string. */
  readonly name: string | undefined;
  /** The number that an attribute has as value (an alignment, a size), the value of a string (empty if it has none). */
  readonly value: Operand | string | undefined;
  /** Number of the type that an attribute such as `byval` has. */
  readonly typeId: number | undefined;
  /** What else stands in the record: the bounds of a range. */
  readonly more: readonly Operand[];
}

/** The attributes of one place. */
export interface BitcodeAttributeGroup {
  /** The function or variable itself, its result, or a parameter by position from 0 on. */
  readonly place: 'function' | 'result' | number;
  readonly attributes: readonly BitcodeAttribute[];
}

/** All attribute lists of a module. */
export class BitcodeAttributes {
  private readonly groups: ReadonlyMap<number, BitcodeAttributeGroup>;
  private readonly lists: readonly (readonly BitcodeAttributeGroup[] | readonly number[])[];

  /** @internal */
  constructor(
    groups: ReadonlyMap<number, BitcodeAttributeGroup>,
    lists: readonly (readonly BitcodeAttributeGroup[] | readonly number[])[],
  ) {
    this.groups = groups;
    this.lists = lists;
  }

  /** How many lists there are. */
  get length(): number {
    return this.lists.length;
  }

  /**
   * The groups of a list.
   *
   * @param position - As records have it: from 1 on; 0 is no list.
   * @returns Empty for a position without list. Groups that do not exist are left out.
   */
  list(position: number): readonly BitcodeAttributeGroup[] {
    const list = this.lists[position - 1] ?? [];
    return list.flatMap((group) => {
      if (typeof group !== 'number') return [group];
      const known = this.groups.get(group);
      return known === undefined ? [] : [known];
    });
  }

  /** All groups, in the order of the file, whether lists have them or not. */
  all(): IterableIterator<BitcodeAttributeGroup> {
    return this.groups.values();
  }

  /**
   * Finds an attribute of a function or variable itself.
   *
   * @param position - Of its list.
   * @param attribute - One of {@link ATTRIBUTE_KINDS}, or a string.
   */
  find(position: number, attribute: number | string): BitcodeAttribute | undefined {
    for (const { place, attributes } of this.list(position)) {
      if (place !== 'function') continue;
      const found = attributes.find(({ kind, name }) =>
        typeof attribute === 'number' ? kind === attribute : kind === undefined && name === attribute,
      );
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

/**
 * Reads the attributes of a module. Costs a pass over its MODULE block, shared with the other readers of the module, and
 * one over its PARAMATTR blocks.
 *
 * @throws {@link FormatError} if one of the blocks is damaged; `truncated` if an attribute is.
 */
export function readAttributes(module: BitcodeModule): BitcodeAttributes {
  const content = module.content();
  const groups = new Map<number, BitcodeAttributeGroup>();
  const lists: (readonly BitcodeAttributeGroup[] | readonly number[])[] = [];
  const record = new RecordBuffer();
  for (const block of content.blocksOf(PARAMATTR_GROUP_BLOCK_ID)) {
    const reader = content.openBlock(block);
    for (let item = reader.next(); item !== 'end'; item = reader.next()) {
      if (item === 'block' || reader.code !== PARAMATTR_GRP_CODE_ENTRY) continue;
      reader.read(record);
      reader.checkEntries(groups.size, 'attribute groups');
      const [id = 0, place = 0] = record.operands(2);
      groups.set(Number(id), { place: placeOf(Number(place)), attributes: readGroup(record, reader) });
    }
  }
  for (const block of content.blocksOf(PARAMATTR_BLOCK_ID)) {
    const reader = content.openBlock(block);
    for (let item = reader.next(); item !== 'end'; item = reader.next()) {
      if (item === 'block') continue;
      reader.read(record);
      reader.checkEntries(lists.length, 'attribute lists');
      if (record.code === PARAMATTR_CODE_ENTRY) lists.push(record.operands().map(Number));
      else if (record.code === PARAMATTR_CODE_ENTRY_OLD) lists.push(readOldList(record.operands()));
    }
  }
  return new BitcodeAttributes(groups, lists);
}

function placeOf(stored: number): BitcodeAttributeGroup['place'] {
  if (stored === FUNCTION_PLACE) return 'function';
  return stored === 0 ? 'result' : stored - 1;
}

/** Reads the attributes that stand behind the number and the place of a group. */
function readGroup(record: RecordBuffer, reader: BlockReader): BitcodeAttribute[] {
  const attributes: BitcodeAttribute[] = [];
  let position = 2;
  const take = (): Operand => {
    const value = record.operand(position);
    if (value === undefined) throw reader.error('truncated', 'an attribute goes on behind the end of its record');
    position += 1;
    return value;
  };
  const takeText = (): string => {
    const start = position;
    while (take() !== 0);
    return record.text(start, position - 1);
  };
  while (position < record.length) {
    const form = Number(take());
    if (form === F.string || form === F.stringWithValue) {
      const name = takeText();
      const value = form === F.string ? '' : takeText();
      attributes.push({ kind: undefined, form, name, value, typeId: undefined, more: [] });
      continue;
    }
    const kind = Number(take());
    const name = ATTRIBUTE_KINDS.nameOf(kind);
    const value = form === F.integer ? take() : undefined;
    const typeId = form === F.typeWithValue ? Number(take()) : undefined;
    const more: Operand[] = [];
    if (form === F.range) takeRange(take, more);
    else if (form === F.rangeList) takeRanges(take, more);
    else if (!(form >= F.flag && form <= F.typeWithValue)) {
      // How long an attribute of an unknown form is cannot be told: the rest of the group is kept as it is.
      while (position < record.length) more.push(take());
    }
    attributes.push({ kind, form, name, value, typeId, more });
  }
  return attributes;
}

/** A range: its width, then its bounds; wider than 64 bits their word counts, then their words. */
function takeRange(take: () => Operand, more: Operand[]): void {
  const width = take();
  more.push(width);
  takeBounds(take, more, Number(width));
}

function takeRanges(take: () => Operand, more: Operand[]): void {
  const count = take();
  const width = take();
  more.push(count, width);
  for (let i = 0; i < Number(count); i += 1) takeBounds(take, more, Number(width));
}

function takeBounds(take: () => Operand, more: Operand[], width: number): void {
  if (width <= 64) {
    more.push(take(), take());
    return;
  }
  const counts = BigInt(take());
  more.push(counts);
  const words = Number(counts & 0xffffffffn) + Number(counts >> 32n);
  for (let i = 0; i < words; i += 1) more.push(take());
}

/** Pairs of a place and a mask. */
function readOldList(operands: readonly Operand[]): BitcodeAttributeGroup[] {
  const groups: BitcodeAttributeGroup[] = [];
  for (let i = 0; i + 1 < operands.length; i += 2) {
    const stored = BigInt(operands[i + 1] as Operand);
    // As numbers of 32 bits in memory: the alignment stands in 16 bits of its own in between.
    const mask = ((stored >> 11n) & ~0xffffn) | (stored & 0xffffn);
    const attributes: BitcodeAttribute[] = [];
    const flag = (kind: number, value: Operand | undefined) =>
      attributes.push({
        kind,
        form: undefined,
        name: ATTRIBUTE_KINDS.nameOf(kind),
        value,
        typeId: undefined,
        more: [],
      });
    for (const [bit, kind] of OLD_ATTRIBUTE_MASKS) if ((mask & bit) !== 0n) flag(kind, undefined);
    const alignment = (stored >> 16n) & 0xffffn;
    if (alignment !== 0n) flag(K.ATTR_KIND_ALIGNMENT, Number(alignment));
    const stackAlignment = (mask >> 26n) & 7n;
    if (stackAlignment !== 0n) flag(K.ATTR_KIND_STACK_ALIGNMENT, 2 ** (Number(stackAlignment) - 1));
    groups.push({ place: placeOf(Number(operands[i])), attributes });
  }
  return groups;
}
