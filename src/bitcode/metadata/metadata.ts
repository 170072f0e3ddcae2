// Metadata of a module by id: strings, constants, nodes in the layouts since LLVM 3.0 (parseOneMetadata in
// llvm/lib/Bitcode/Reader/MetadataLoader.cpp, LLVM 22). Debugging information is left as records.

import { decodeText } from '../../bytes/index.ts';
import type { Operand } from '../bitstream/index.ts';
import { BLOCK_IDS } from '../codes/block-ids.ts';
import { METADATA_CODES, METADATA_VALUE_OPERANDS } from '../codes/metadata.ts';
import { TYPE_CODES } from '../codes/type.ts';
import { readConstants } from '../constants/read-constants.ts';
import type { BitcodeConstants } from '../constants/constants.ts';
import type { BitcodeModule } from '../module.ts';
import { readTypes } from '../read-types.ts';
import type { BitcodeTypes } from '../types.ts';
import { MetadataIds } from './metadata-ids.ts';

const C = METADATA_CODES.values;
const { TYPE_CODE_INTEGER, TYPE_CODE_METADATA, TYPE_CODE_VOID } = TYPE_CODES.values;

/** A string. */
export interface BitcodeMetadataString {
  readonly kind: 'string';
  readonly text: string;
}

/** A constant, or the address of a global value. */
export interface BitcodeMetadataValue {
  readonly kind: 'value';
  readonly typeId: number;
  readonly valueId: number;
}

/** What a node refers to: the id of a piece of metadata; up to LLVM 3.5 a value itself; `undefined` for null. */
export type BitcodeMetadataOperand = number | BitcodeMetadataValue | undefined;

/** A node that is a tuple. */
export interface BitcodeMetadataNode {
  readonly kind: 'node';
  /** Whether it is a node of its own even if another one has the same operands; not known, and false, up to LLVM 3.5. */
  readonly isDistinct: boolean;
  readonly operands: readonly BitcodeMetadataOperand[];
}

/** Any other record: debugging information, and what nobody knows. */
export interface BitcodeMetadataRecord {
  readonly kind: 'record';
  /** One of {@link METADATA_CODES}, or of a later LLVM. */
  readonly code: number;
  readonly operands: readonly Operand[];
}

/** A piece of metadata. */
export type BitcodeMetadataItem =
  BitcodeMetadataString | BitcodeMetadataValue | BitcodeMetadataNode | BitcodeMetadataRecord;

/**
 * The metadata of a module by id. Pieces are decoded each time they are asked for, strings once. Nodes may refer forwards,
 * in circles, to themselves, and to ids that there are not, so who follows them has to end by itself.
 *
 * Every method that decodes throws FormatError (`truncated`, `bad-value`, `out-of-bounds`, `limit-exceeded`) if what it
 * decodes is damaged.
 */
export class BitcodeMetadata {
  private readonly module: BitcodeModule;
  private readonly ids: MetadataIds;
  private readonly strings = new Map<number, string>();
  private knownConstants: BitcodeConstants | undefined;
  private knownTypes: BitcodeTypes | undefined;

  /** @internal */
  constructor(module: BitcodeModule, ids: MetadataIds) {
    this.module = module;
    this.ids = ids;
  }

  /** How many pieces there are; ids are below that. */
  get length(): number {
    return this.ids.length;
  }

  /** Ids of nodes by the name of what lists them, in file order. A list that the file has twice goes on. */
  get named(): ReadonlyMap<string, readonly number[]> {
    return this.ids.named;
  }

  /** The constants of the module. Read when first asked for. */
  get constants(): BitcodeConstants {
    this.knownConstants ??= readConstants(this.module);
    return this.knownConstants;
  }

  /**
   * Decodes a piece of metadata.
   *
   * @param max - Operands behind this count are left out.
   * @returns `undefined` if there is none of this id.
   */
  item(id: number, max?: number): BitcodeMetadataItem | undefined {
    const known = this.strings.get(id);
    if (known !== undefined) return { kind: 'string', text: known };
    const reader = this.ids.seek(id);
    if (reader === undefined) {
      const text = this.ids.string(id);
      return text === undefined ? undefined : this.keep(id, text);
    }
    const record = reader.record();
    switch (record.code) {
      case C.METADATA_STRING_OLD:
        return this.keep(id, decodeText(record.textBytes()));
      case C.METADATA_VALUE: {
        const operands = record.operands(METADATA_VALUE_OPERANDS.value + 1);
        return valueOf(operands[METADATA_VALUE_OPERANDS.type], operands[METADATA_VALUE_OPERANDS.value]);
      }
      case C.METADATA_NODE:
      case C.METADATA_DISTINCT_NODE: {
        const operands = record.operands(max).map((operand) => (operand === 0 ? undefined : Number(operand) - 1));
        return { kind: 'node', isDistinct: record.code === C.METADATA_DISTINCT_NODE, operands };
      }
      case C.METADATA_OLD_NODE:
        return this.oldNode(record.operands(max === undefined ? undefined : max * 2));
      case C.METADATA_OLD_FN_NODE: {
        // Such a node of one value stands for the value; a second one tells that it is more.
        const node = this.oldNode(record.operands(max === undefined ? undefined : Math.max(max, 2) * 2));
        const [only] = node.operands;
        if (node.operands.length === 1 && typeof only === 'object') return only;
        return { ...node, operands: node.operands.slice(0, max) };
      }
      default:
        return { kind: 'record', code: record.code, operands: record.operands(max) };
    }
  }

  /** Decodes what a node refers to; `undefined` for null, and for an id that there is not. */
  resolve(operand: BitcodeMetadataOperand): BitcodeMetadataItem | undefined {
    return typeof operand === 'number' ? this.item(operand) : operand;
  }

  /** The text of a string; `undefined` for other metadata. */
  text(operand: BitcodeMetadataOperand): string | undefined {
    if (typeof operand !== 'number') return undefined;
    const item = this.item(operand, 0);
    return item?.kind === 'string' ? item.text : undefined;
  }

  /**
   * The value of a constant integer with its sign, of `i1 true` 1, of any null constant 0; `undefined` for other metadata.
   */
  integer(operand: BitcodeMetadataOperand): bigint | undefined {
    const item = typeof operand === 'number' ? this.item(operand, 0) : operand;
    if (item?.kind !== 'value') return undefined;
    const value = this.constants.integer(item.valueId);
    return value === -1n && this.isBoolean(item.typeId) ? 1n : value;
  }

  private isBoolean(typeId: number): boolean {
    const type = this.types.at(typeId);
    return type?.code === TYPE_CODE_INTEGER && Number(type.operands[0]) === 1;
  }

  private get types(): BitcodeTypes {
    this.knownTypes ??= readTypes(this.module);
    return this.knownTypes;
  }

  /** Reports a node that is no module flag. @internal */
  reportFlag(id: number, reason: string): void {
    this.ids.report(id, 'module-flag', reason);
  }

  /** Refuses a list that its nodes make too long. @internal */
  checkEntries(count: number, what: string): void {
    this.ids.checkEntries(count, what);
  }

  private keep(id: number, text: string): BitcodeMetadataString {
    this.strings.set(id, text);
    return { kind: 'string', text };
  }

  /** Pairs of a type and, by the type, an id, nothing, or the id of a value of that type. */
  private oldNode(stored: readonly Operand[]): BitcodeMetadataNode {
    const operands: BitcodeMetadataOperand[] = [];
    for (let i = 0; i + 1 < stored.length; i += 2) {
      const type = this.types.at(Number(stored[i]))?.code;
      if (type === TYPE_CODE_VOID) operands.push(undefined);
      else operands.push(type === TYPE_CODE_METADATA ? Number(stored[i + 1]) : valueOf(stored[i], stored[i + 1]));
    }
    return { kind: 'node', isDistinct: false, operands };
  }
}

function valueOf(typeId: Operand | undefined, valueId: Operand | undefined): BitcodeMetadataValue {
  return { kind: 'value', typeId: Number(typeId ?? -1), valueId: Number(valueId ?? -1) };
}

/**
 * Reads where the metadata of a module is. Costs a pass over its MODULE block, shared with the other readers of the module,
 * and one over its METADATA block that skips what nodes hold: a module with debugging information has a million of them.
 * The metadata of functions stands in the bodies.
 *
 * Oddities (see {@link BitcodeAnomalyCode}): `metadata-index`.
 *
 * @returns Empty if the module has no metadata.
 * @throws {@link FormatError} if one of the blocks is damaged; `bad-value` for a name that nothing follows, and for strings
 *   that cannot be so many; `limit-exceeded`.
 * @example
 * const metadata = readMetadata(module);
 * for (const id of metadata.named.get('llvm.module.flags') ?? []) console.log(metadata.item(id));
 */
export function readMetadata(module: BitcodeModule): BitcodeMetadata {
  const content = module.content();
  const ids = new MetadataIds();
  for (const block of content.blocksOf(BLOCK_IDS.values.METADATA_BLOCK_ID)) {
    ids.take(content.openBlock(block), block.header.wordCount);
  }
  return new BitcodeMetadata(module, ids);
}
