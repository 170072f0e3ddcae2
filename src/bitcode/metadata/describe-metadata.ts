// Metadata as text for people, in the manner of LLVM's assembly.

import type { BitcodeMetadata, BitcodeMetadataOperand } from './metadata.ts';
import { METADATA_CODES } from '../codes/metadata.ts';

/** Nodes inside nodes, and parts of one text; what is further stands as `…`. */
const DEPTH_MAX = 8;
const PARTS_MAX = 256;

/**
 * Describes a piece of metadata: a string in quotes, an integer, a global value as `@name`, a node as `!{…}` with what it
 * refers to. Large and circular ones are cut short.
 *
 * @param operand - Its id, or what a node refers to.
 * @throws {@link FormatError} if a piece that is part of the text is damaged.
 */
export function describeMetadata(metadata: BitcodeMetadata, operand: BitcodeMetadataOperand): string {
  return describe(metadata, operand, 0, { parts: PARTS_MAX });
}

function describe(
  metadata: BitcodeMetadata,
  operand: BitcodeMetadataOperand,
  depth: number,
  budget: { parts: number },
): string {
  if (operand === undefined) return 'null';
  budget.parts -= 1;
  if (depth > DEPTH_MAX || budget.parts < 0) return '…';
  const item = typeof operand === 'number' ? metadata.item(operand, PARTS_MAX) : operand;
  switch (item?.kind) {
    case undefined:
      return '<metadata that there is not>';
    case 'string':
      return `"${item.text.replaceAll('"', '\\22')}"`;
    case 'value': {
      const integer = metadata.integer(item);
      if (integer !== undefined) return integer.toString();
      const global = metadata.constants.globalOf(item.valueId);
      return global === undefined ? `<value ${item.valueId}>` : `@${global.name}`;
    }
    case 'node': {
      const texts: string[] = [];
      for (const part of item.operands) {
        texts.push(describe(metadata, part, depth + 1, budget));
        if (budget.parts < 0) break;
      }
      return `${item.isDistinct ? 'distinct ' : ''}!{${texts.join(', ')}}`;
    }
    case 'record':
      return `<${METADATA_CODES.nameOf(item.code) ?? `metadata of unknown code ${item.code}`}>`;
  }
}
