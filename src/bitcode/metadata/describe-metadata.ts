// Metadata as text for people, in the manner of LLVM's assembly.

import type { BitcodeMetadata, BitcodeMetadataOperand } from './metadata.ts';
import { METADATA_CODES } from '../codes/metadata.ts';

/** Nodes inside nodes, and parts of one text; what is further stands as `…`. */
const DEPTH_MAX = 8;
const PARTS_MAX = 256;
/** Characters of strings and names in one text: a long string may be part of a node as often as it has parts. */
const CHARACTERS_MAX = 1 << 16;
/** Bits of an integer that is written in decimal, which takes more than its length; `…` stands for a wider one. */
const INTEGER_BITS_MAX = 1024n;

/** What is left of these for one text. */
interface Budget {
  parts: number;
  characters: number;
}

/**
 * Describes a piece of metadata: a string in quotes, an integer, a global value as `@name`, a node as `!{…}` with what it
 * refers to. Large and circular ones are cut short.
 *
 * @param operand - Its id, or what a node refers to.
 * @throws {@link FormatError} if a piece that is part of the text is damaged.
 */
export function describeMetadata(metadata: BitcodeMetadata, operand: BitcodeMetadataOperand): string {
  return describe(metadata, operand, 0, { parts: PARTS_MAX, characters: CHARACTERS_MAX });
}

function describe(metadata: BitcodeMetadata, operand: BitcodeMetadataOperand, depth: number, budget: Budget): string {
  if (operand === undefined) return 'null';
  budget.parts -= 1;
  if (depth > DEPTH_MAX || budget.parts < 0) return '…';
  const item = typeof operand === 'number' ? metadata.item(operand, PARTS_MAX) : operand;
  switch (item?.kind) {
    case undefined:
      return '<metadata that there is not>';
    case 'string':
      return `"${within(item.text, depth, budget).replaceAll('"', '\\22')}"`;
    case 'value': {
      const integer = metadata.integer(item);
      if (integer !== undefined) return integer >> INTEGER_BITS_MAX === 0n || integer < 0n ? integer.toString() : '…';
      const global = metadata.constants.globalOf(item.valueId);
      return global === undefined ? `<value ${item.valueId}>` : `@${within(global.name, depth, budget)}`;
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

/** A text, which is whole where it is what was asked for. */
function within(text: string, depth: number, budget: Budget): string {
  budget.characters -= text.length;
  return depth > 0 && budget.characters < 0 ? '…' : text;
}
