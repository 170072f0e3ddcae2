// ltoscope bitcode --dump: the tree of blocks and records, as `llvm-bcanalyzer -dump` shows it.

import { dumpItems } from '../../../bitcode/index.ts';
import type { BitcodeFile, DumpedItem, DumpedRecord } from '../../../bitcode/index.ts';
import type { BitcodeListing } from './listing.ts';

interface BlockItem {
  readonly kind: 'enter' | 'leave';
  readonly depth: number;
  readonly blockId: number;
  readonly name?: string;
  readonly bitOffset: number;
  readonly abbreviationWidth: number;
  readonly wordCount: number;
}

interface RecordItem {
  readonly kind: 'record';
  readonly depth: number;
  readonly blockId: number;
  readonly code: number;
  readonly name?: string;
  readonly bitOffset: number;
  /** Absent for records without abbreviation. */
  readonly abbreviationId?: number;
  /** Above 2^53 as decimal text. */
  readonly operands: readonly (number | string)[];
  /** The operands at the end as text, where they are characters. */
  readonly text?: string;
  readonly blob?: { readonly offset: number; readonly size: number };
}

const UNABBREVIATED = 3;

export const DUMP: BitcodeListing<BlockItem | RecordItem> = {
  *rows(file: BitcodeFile) {
    for (const item of dumpItems(file.walk())) yield rowOf(item);
  },
  lines(item) {
    const indentation = '  '.repeat(item.depth);
    if (item.kind !== 'record') {
      const name = item.name ?? `block ${item.blockId}`;
      if (item.kind === 'leave') return [`${indentation}</${name}>`];
      return [`${indentation}<${name} bit=${item.bitOffset} width=${item.abbreviationWidth} words=${item.wordCount}>`];
    }
    const { abbreviationId, operands, text, blob, name } = item;
    const shown = operands.slice(0, operands.length - (text?.length ?? 0));
    const parts = [
      name ?? `code ${item.code}`,
      abbreviationId === undefined ? undefined : `abbreviation=${abbreviationId}`,
      ...shown,
      text === undefined ? undefined : `'${text}'`,
      blob === undefined ? undefined : `blob of ${blob.size} bytes at 0x${blob.offset.toString(16)}`,
    ];
    return [indentation + parts.filter((part) => part !== undefined).join(' ')];
  },
};

function rowOf(item: DumpedItem): BlockItem | RecordItem {
  if (item.item === 'record') return recordRow(item);
  const { depth, blockId, name, bitOffset, abbreviationWidth, wordCount } = item;
  const named = name === undefined ? {} : { name };
  return { kind: item.item, depth, blockId, ...named, bitOffset, abbreviationWidth, wordCount };
}

function recordRow({
  depth,
  blockId,
  code,
  name,
  bitOffset,
  abbreviationId,
  operands,
  text,
  blob,
}: DumpedRecord): RecordItem {
  return {
    kind: 'record',
    depth,
    blockId,
    code,
    ...(name === undefined ? {} : { name }),
    bitOffset,
    ...(abbreviationId === UNABBREVIATED ? {} : { abbreviationId }),
    operands: operands.map((operand) => (typeof operand === 'bigint' ? String(operand) : operand)),
    ...(text === undefined ? {} : { text }),
    ...(blob === undefined ? {} : { blob: { offset: blob.base, size: blob.length } }),
  };
}
