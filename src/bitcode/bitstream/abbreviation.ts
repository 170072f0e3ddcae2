// Abbreviations: how the operands of a record are laid out (DEFINE_ABBREV, llvm/docs/BitCodeFormat.rst, "Abbreviations").
// Rules that the document leaves open are those of BitstreamCursor::ReadAbbrevRecord and readRecord; where LLVM finds a
// bad abbreviation only when a record uses it, it is refused here when it is defined.

import { defineNames } from '../../names/index.ts';
import type { BitCursor, Operand } from './bit-cursor.ts';

/** Encodings of operands. Literal has no number on disk, but a bit of its own. */
export const ENCODINGS = /* @__PURE__ */ defineNames({
  Literal: 0,
  Fixed: 1,
  VBR: 2,
  Array: 3,
  Char6: 4,
  Blob: 5,
});

const { Literal, Fixed, VBR, Array: ArrayOf, Char6, Blob } = ENCODINGS.values;

const COUNT_WIDTH = 5;
const LITERAL_WIDTH = 8;
const ENCODING_WIDTH = 3;
const DATA_WIDTH = 5;
const CHAR6_WIDTH = 6;
/** Widest Fixed or VBR chunk. */
const MAX_CHUNK = 32;

/** Record codes above are not looked for by loops that pass over records, see {@link ShortLayout}. */
const SHORT_CODE_MAX = 31;

/** One operand of an abbreviation. */
export interface AbbreviationOperand {
  /** 0 Literal, 1 Fixed, 2 VBR, 3 Array, 4 Char6, 5 Blob. */
  readonly encoding: number;
  /** Bits of a Fixed or Char6 field, or of a chunk of a VBR field. */
  readonly width: number;
  /** The value of a Literal. */
  readonly literal: Operand;
}

const CHAR6_OPERAND: AbbreviationOperand = { encoding: Char6, width: CHAR6_WIDTH, literal: 0 };
const ARRAY_OPERAND: AbbreviationOperand = { encoding: ArrayOf, width: 0, literal: 0 };
const BLOB_OPERAND: AbbreviationOperand = { encoding: Blob, width: 0, literal: 0 };
const ZERO_OPERAND: AbbreviationOperand = { encoding: Literal, width: 0, literal: 0 };

/** The layout of a record. */
export class Abbreviation {
  /** The record code: Literal, Fixed, VBR or Char6. */
  readonly code: AbbreviationOperand;
  /** The operands behind it. The last but one may be an Array of the last, or the last a Blob. */
  readonly operands: readonly AbbreviationOperand[];
  /**
   * The operands that take bits: what a reader that skips a record goes through. Without the literals, as a record of a
   * few bits could have thousands of them; neighbouring fields of fixed width are one.
   */
  get stored(): readonly AbbreviationOperand[] {
    this.knownStored ??= mergeFixed(this.operands);
    return this.knownStored;
  }

  /** How many operands stand before an array or blob. */
  readonly scalarCount: number;
  /** How many of the operands take no bits. */
  readonly literalCount: number;
  // Not computed before they are asked for: most abbreviations of a file are never used.
  private knownStored: readonly AbbreviationOperand[] | undefined;
  private knownShortLayout: ShortLayout | 'none' | undefined;

  constructor(code: AbbreviationOperand, operands: readonly AbbreviationOperand[]) {
    this.code = code;
    this.operands = operands;
    let literals = 0;
    let scalars = 0;
    for (let i = 0; i < operands.length; i += 1) {
      const { encoding } = operands[i] as AbbreviationOperand;
      if (encoding === ArrayOf || encoding === Blob) break;
      scalars += 1;
      if (encoding === Literal) literals += 1;
    }
    this.scalarCount = scalars;
    this.literalCount = literals;
  }

  /** What tells a loop in a few numbers how to move over such a record; `none` if that takes more. @internal */
  get shortLayout(): ShortLayout | 'none' {
    this.knownShortLayout ??= this.literalCount === 0 ? shortLayoutOf(this.code, this.stored) : 'none';
    return this.knownShortLayout;
  }
}

/** A layout of fields of fixed width, and behind them at most one VBR field or one array of fields of fixed width. */
export interface ShortLayout {
  /** The record code, below 32. */
  readonly code: number;
  /** Bits of the fields of fixed width. */
  readonly fixedBits: number;
  /** Bits of a chunk of the VBR field, 0 for none. */
  readonly chunkBits: number;
  /** Bits of an element of the array, 0 for none. */
  readonly elementBits: number;
}

function shortLayoutOf(code: AbbreviationOperand, stored: readonly AbbreviationOperand[]): ShortLayout | 'none' {
  const { encoding, literal } = code;
  if (encoding !== Literal || typeof literal === 'bigint' || literal > SHORT_CODE_MAX) return 'none';
  const [first] = stored;
  const isFixedFirst = first?.encoding === Fixed;
  const layout = { code: literal, fixedBits: isFixedFirst ? first.width : 0, chunkBits: 0, elementBits: 0 };
  const [last, element, ...more] = isFixedFirst ? stored.slice(1) : stored;
  if (more.length > 0) return 'none';
  if (last === undefined) return layout;
  if (last.encoding === VBR) return element === undefined ? { ...layout, chunkBits: last.width } : 'none';
  if (element === undefined || element.encoding === VBR) return 'none';
  return { ...layout, elementBits: element.width };
}

function mergeFixed(operands: readonly AbbreviationOperand[]): AbbreviationOperand[] {
  const merged: AbbreviationOperand[] = [];
  let bits = 0;
  for (let i = 0; i < operands.length; i += 1) {
    const operand = operands[i] as AbbreviationOperand;
    if (operand.encoding === Fixed || operand.encoding === Char6) {
      bits += operand.width;
      continue;
    }
    if (operand.encoding === Literal) continue;
    if (bits > 0) merged.push({ encoding: Fixed, width: bits, literal: 0 });
    bits = 0;
    merged.push(operand);
    if (operand.encoding !== ArrayOf) continue;
    merged.push(operands[i + 1] as AbbreviationOperand);
    return merged;
  }
  if (bits > 0) merged.push({ encoding: Fixed, width: bits, literal: 0 });
  return merged;
}

// Real ones have below 32. An operand takes four bits in the file and some twenty times that in memory.
const OPERANDS_MAX = 1 << 12;

/**
 * Reads a definition, from behind its abbreviation id on.
 *
 * @throws {@link FormatError} `bad-value` if no record could be laid out so, `truncated`; `limit-exceeded` for more than
 *   4,096 operands.
 */
export function readAbbreviation(cursor: BitCursor): Abbreviation {
  const count = cursor.vbr32(COUNT_WIDTH);
  if (count > OPERANDS_MAX) {
    throw cursor.error('limit-exceeded', `an abbreviation has ${count} operands, more than ${OPERANDS_MAX}`);
  }
  if (count === 0) throw cursor.error('bad-value', 'Abbrev record with no operands');
  const code = readOperand(cursor);
  if (code.encoding === ArrayOf || code.encoding === Blob) {
    throw cursor.error('bad-value', `an abbreviation has an ${ENCODINGS.describe(code.encoding)} as record code`);
  }
  const operands: AbbreviationOperand[] = [];
  while (operands.length < count - 1) {
    const operand = readOperand(cursor);
    operands.push(operand);
    if (operand.encoding === ArrayOf) {
      if (operands.length !== count - 2) throw cursor.error('bad-value', 'Array op not second to last');
      operands.push(readElement(cursor));
    } else if (operand.encoding === Blob && operands.length !== count - 1) {
      throw cursor.error('bad-value', 'a Blob is not the last operand of its abbreviation');
    }
  }
  return new Abbreviation(code, operands);
}

/** A Literal as element would be an array that takes no bits. */
function readElement(cursor: BitCursor): AbbreviationOperand {
  const element = readOperand(cursor);
  const { encoding } = element;
  if (encoding === Fixed || encoding === VBR || encoding === Char6) return element;
  throw cursor.error('bad-value', `Array element type can't be ${ENCODINGS.describe(encoding)}`);
}

function readOperand(cursor: BitCursor): AbbreviationOperand {
  return readShortOperand(cursor) ?? readLongOperand(cursor);
}

/** Bits of an operand whose number takes one chunk: a bit, and a literal, or an encoding and a width. */
const SHORT_OPERAND_WIDTH = 9;
const LITERAL_MORE = 0x80;
const DATA_MORE = 0x10;

/** Reads an operand as nearly all are; `undefined`, without having moved, if something else stands there. */
function readShortOperand(cursor: BitCursor): AbbreviationOperand | undefined {
  if (cursor.remainingBits < SHORT_OPERAND_WIDTH) return undefined;
  const { word, bit } = cursor;
  const bits = cursor.fixed(SHORT_OPERAND_WIDTH);
  if ((bits & 1) === 1) {
    const literal = bits >>> 1;
    if (literal < LITERAL_MORE) return { encoding: Literal, width: 0, literal };
  } else {
    const encoding = (bits >>> 1) & 7;
    const width = bits >>> 4;
    if ((encoding === Fixed || encoding === VBR) && width > 0 && width < DATA_MORE)
      return { encoding, width, literal: 0 };
  }
  cursor.word = word;
  cursor.bit = bit;
  return undefined;
}

function readLongOperand(cursor: BitCursor): AbbreviationOperand {
  if (cursor.fixed(1) === 1) return { encoding: Literal, width: 0, literal: cursor.vbr(LITERAL_WIDTH) };
  const encoding = cursor.fixed(ENCODING_WIDTH);
  switch (encoding) {
    case ArrayOf:
      return ARRAY_OPERAND;
    case Char6:
      return CHAR6_OPERAND;
    case Blob:
      return BLOB_OPERAND;
    case Fixed:
    case VBR: {
      const width = cursor.vbr(DATA_WIDTH);
      if (width > MAX_CHUNK) {
        throw cursor.error('bad-value', `Fixed or VBR abbrev record with size > MaxChunkData: ${width} bits`);
      }
      // Writers use a width of 0 for "always zero".
      return width === 0 ? ZERO_OPERAND : { encoding, width: Number(width), literal: 0 };
    }
    default:
      throw cursor.error('bad-value', `an abbreviation has the unknown encoding ${encoding}`);
  }
}
