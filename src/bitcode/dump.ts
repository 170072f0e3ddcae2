// A bitstream as a tree for people: every block and record with its names, as `llvm-bcanalyzer -dump` shows it.

import type { ByteView } from '../bytes/index.ts';
import type { BitstreamWalker, Operand } from './bitstream/index.ts';
import { blockNameOf, recordNameOf } from './record-names.ts';

/** A block begins or ends. */
export interface DumpedBlock {
  readonly item: 'enter' | 'leave';
  /** Blocks around it. */
  readonly depth: number;
  readonly blockId: number;
  /** Such as `MODULE_BLOCK_ID`; `undefined` for blocks of which neither LLVM 22 nor the file has a name. */
  readonly name: string | undefined;
  /** Place of its ENTER_SUBBLOCK: bits from the start of the stream. */
  readonly bitOffset: number;
  /** Bits of its abbreviation ids. */
  readonly abbreviationWidth: number;
  /** Words of its content, END_BLOCK and padding included. */
  readonly wordCount: number;
}

/** A record. */
export interface DumpedRecord {
  readonly item: 'record';
  /** Blocks around it. */
  readonly depth: number;
  /** The block that it stands in. */
  readonly blockId: number;
  readonly code: number;
  /** Such as `MODULE_CODE_TRIPLE`; `undefined` for codes of which neither LLVM 22 nor the file has a name. */
  readonly name: string | undefined;
  /** Place of its abbreviation id: bits from the start of the stream. */
  readonly bitOffset: number;
  /** 3 without abbreviation. */
  readonly abbreviationId: number;
  /** Exact; elements of an array are operands like others. */
  readonly operands: readonly Operand[];
  /** The operands from the first one on that could be a character, as text, if all behind it are too and there are any. */
  readonly text: string | undefined;
  /** The blob, not copied. */
  readonly blob: ByteView | undefined;
}

/** What {@link dumpItems} gives. */
export type DumpedItem = DumpedBlock | DumpedRecord;

/** Shorter runs of character-like numbers are numbers. */
const TEXT_MIN = 3;

/**
 * Describes what a walker meets, one by one, to the end of the stream. Blocks with an id that LLVM does not know and
 * records with such a code are items like others.
 *
 * @throws {@link FormatError} while iterating, behind the items before the damage: as {@link BitstreamWalker.next}.
 */
export function* dumpItems(walker: BitstreamWalker): Generator<DumpedItem, void, undefined> {
  for (let item = walker.next(); item !== 'end'; item = walker.next()) {
    const { block, blockInfo } = walker;
    const blockId = block.id;
    if (item !== 'record') {
      const { bitOffset, abbreviationWidth, wordCount } = block;
      const name = blockNameOf(blockId, blockInfo);
      yield { item, depth: walker.depth - 1, blockId, name, bitOffset, abbreviationWidth, wordCount };
      continue;
    }
    const { record } = walker;
    const { code, bitOffset, abbreviationId, blob } = record;
    const operands = record.operands();
    const name = recordNameOf(blockId, code, blockInfo);
    const text = textOf(operands);
    yield { item, depth: walker.depth, blockId, code, name, bitOffset, abbreviationId, operands, text, blob };
  }
}

/** The printable characters that a record ends with. */
function textOf(operands: readonly Operand[]): string | undefined {
  let start = operands.length;
  while (start > 0 && isPrintable(operands[start - 1])) start -= 1;
  if (operands.length - start < TEXT_MIN) return undefined;
  let text = '';
  for (let i = start; i < operands.length; i += 1) text += String.fromCharCode(Number(operands[i]));
  return text;
}

function isPrintable(value: Operand | undefined): boolean {
  return typeof value === 'number' && value >= 0x20 && value < 0x7f;
}
