// Blocks: what an abbreviation id introduces, one item after the other (llvm/docs/BitCodeFormat.rst, "Blocks").
//
// LLVM uses the length of a block only to skip it, and reads an entered block up to its END_BLOCK wherever that stands.
// Here a block never reaches beyond its length; an END_BLOCK before it is reported.

import type { FormatError, FormatErrorCode, Location } from '../../bytes/index.ts';
import type { Abbreviation } from './abbreviation.ts';
import { readAbbreviation } from './abbreviation.ts';
import type { BitCursor, WantedItems } from './bit-cursor.ts';
import type { BlockInfo } from './block-info.ts';
import type { BitcodeAnomalyCode, BitstreamContext } from './context.ts';
import { listRecords, readShortHead } from './field-loops.ts';
import type { RecordList } from './field-loops.ts';
import type { RecordBuffer } from './record-buffer.ts';
import { BitstreamRecord, COUNT_WIDTH, readScalar, skipOperands } from './record.ts';

const END_BLOCK = 0;
const ENTER_SUBBLOCK = 1;
const DEFINE_ABBREV = 2;
const UNABBREV_RECORD = 3;
const FIRST_APPLICATION_ABBREV = 4;

const BLOCK_ID_WIDTH = 8;
const ABBREVIATION_WIDTH_WIDTH = 4;
/** Operands of all abbreviations that one block defines. Real blocks define some dozens. */
const DEFINED_OPERANDS_MAX = 1 << 18;
/**
 * Literals take no bits in a record, so that a small block could make a reader write a thousand times its size. More than
 * LITERALS_MAX in a block are too many if they are also more than its bits; real records have one or two.
 */
const LITERALS_MAX = 1 << 20;
/** Widest abbreviation id. */
const MAX_CHUNK = 32;

/** Abbreviation ids outside of all blocks have this width. */
const TOP_LEVEL_WIDTH = 2;

/** Makes what {@link BlockReader.nextOf} takes out of record codes and block ids, all below 32. */
export function wantedItems(codes: readonly number[], blockIds: readonly number[]): WantedItems {
  const bitsOf = (numbers: readonly number[]) => numbers.reduce((bits, number) => bits | (1 << number), 0);
  const [wantedCodes, wantedBlocks] = [bitsOf(codes), bitsOf(blockIds)];
  return {
    record: UNABBREV_RECORD,
    wantedCodes,
    block: ENTER_SUBBLOCK,
    wantedBlocks,
    firstAbbreviation: FIRST_APPLICATION_ABBREV,
  };
}

function isIn(bits: number, number: number): boolean {
  return number < 32 && ((bits >>> number) & 1) !== 0;
}

/** Where a block lies. */
export interface BlockHeader {
  readonly id: number;
  /** Bits of the abbreviation ids in the block. */
  readonly abbreviationWidth: number;
  /** Place of the ENTER_SUBBLOCK: bits from the start of the stream. */
  readonly bitOffset: number;
  /** Place behind the block id, where llvm-bcanalyzer begins to count the bits of a block. */
  readonly idEnd: number;
  /** Place of the content: words from the start of the stream. */
  readonly start: number;
  /** Words of the content, END_BLOCK and its padding included. */
  readonly wordCount: number;
}

/**
 * Reads the header of a block at the top of a stream.
 *
 * @param cursor - Stands at an abbreviation id of two bits; left at the content.
 * @param streamWords - Words of the stream.
 * @throws {@link FormatError} `bad-value` if something other than a block stands there, `truncated` if the block reaches
 *   beyond the stream.
 */
export function readTopLevelHeader(cursor: BitCursor, streamWords: number): BlockHeader {
  const { bitOffset } = cursor;
  const id = cursor.fixed(TOP_LEVEL_WIDTH);
  if (id !== ENTER_SUBBLOCK) {
    throw cursor.error(
      'bad-value',
      `Invalid record at top-level: a block was expected, abbreviation id ${id} was found`,
    );
  }
  const blockId = cursor.vbr32(BLOCK_ID_WIDTH);
  const idEnd = cursor.bitOffset;
  const abbreviationWidth = readAbbreviationWidth(cursor);
  cursor.align();
  const wordCount = cursor.fixed(32);
  const start = cursor.wordOffset;
  if (wordCount > streamWords - start) {
    const reason = `block ${blockId} has ${wordCount} words but ${streamWords - start} are left in the file`;
    throw cursor.error('truncated', reason);
  }
  return { id: blockId, abbreviationWidth, bitOffset, idEnd, start, wordCount };
}

function readAbbreviationWidth(cursor: BitCursor): number {
  const width = cursor.vbr32(ABBREVIATION_WIDTH_WIDTH);
  if (width === 0) throw cursor.error('bad-value', "can't enter sub-block: current code size is 0");
  if (width > MAX_CHUNK)
    throw cursor.error('bad-value', `abbreviation ids of ${width} bits: can't read more than 32 at a time`);
  return width;
}

/**
 * Walks the items of one block. What is neither read nor entered is skipped: blocks by their length, records by
 * arithmetic where their layout allows it.
 */
export class BlockReader {
  private readonly context: BitstreamContext;
  private readonly cursor: BitCursor;
  private readonly width: number;
  private readonly depth: number;
  /**
   * In force in this block from its start on, by abbreviation id less four: shared by all blocks of its id, since a copy for
   * each of many small blocks would cost much more than they do.
   */
  private readonly inherited: readonly Abbreviation[];
  /** Defined in this block; their ids follow on. */
  private readonly own: Abbreviation[];
  /**
   * The list that DEFINE_ABBREV adds to: that of this block, except in a BLOCKINFO block, where it is that of the block
   * id set last, `undefined` before there is one.
   */
  definitions: Abbreviation[] | undefined;
  /** Abbreviations that DEFINE_ABBREV items of this block defined so far, for whichever block. */
  definedAbbreviations = 0;
  private definedOperands = 0;
  private readonly contentStart: number;
  private literals = 0;
  /** Place behind the beginning of the last record whose literals were counted. */
  private literalsCountedTo = 0;
  private unskipped = false;
  private abbreviation: Abbreviation | undefined;
  private operandCount = 0;
  /** Place of what {@link next} met: bits from the start of the stream to its abbreviation id. */
  itemBitOffset = 0;
  private abbreviationId = 0;
  /** Code of the record that {@link next} met. */
  code = 0;
  /** Id of the block that {@link next} met. */
  blockId = 0;
  private blockWidth = 0;
  private blockIdEnd = 0;
  private blockStart = 0;
  private blockWords = 0;

  private constructor(
    context: BitstreamContext,
    cursor: BitCursor,
    width: number,
    depth: number,
    inherited: readonly Abbreviation[],
    own: Abbreviation[],
  ) {
    if (depth > context.limits.bitcodeDepth) {
      throw cursor.error('limit-exceeded', `blocks are nested more than ${context.limits.bitcodeDepth} deep`);
    }
    this.context = context;
    this.cursor = cursor;
    this.contentStart = cursor.bitOffset;
    this.width = width;
    this.depth = depth;
    this.inherited = inherited;
    this.own = own;
    this.definitions = own;
  }

  /**
   * Opens a block at the top of a stream.
   *
   * @param cursor - Over the content of the block.
   */
  static open(context: BitstreamContext, cursor: BitCursor, header: BlockHeader): BlockReader {
    return new BlockReader(context, cursor, header.abbreviationWidth, 1, [], []);
  }

  /**
   * Opens a block in this block. Does not move this reader.
   *
   * @param header - Out of {@link BlockReader.header}.
   * @param blockInfo - The BLOCKINFO in force there.
   */
  enter(header: BlockHeader, blockInfo: BlockInfo | undefined): BlockReader {
    const cursor = this.cursor.over(header.start, header.wordCount);
    const inherited = blockInfo?.abbreviationsOf(header.id) ?? [];
    return new BlockReader(this.context, cursor, header.abbreviationWidth, this.depth + 1, inherited, []);
  }

  /**
   * Moves to the next record or block, or the end. Definitions of abbreviations are taken in on the way.
   *
   * @throws {@link FormatError} `truncated` if the block has no END_BLOCK or a record or inner block reaches beyond it;
   *   `bad-value` for an abbreviation id that is not defined or a bad definition; `limit-exceeded`, also where records
   *   consist of operands that take no bits. After an error the reader is not to be used further.
   */
  next(): 'record' | 'block' | 'end' {
    const { cursor, width } = this;
    if (this.unskipped) this.skip();
    for (;;) {
      this.itemBitOffset = cursor.bitOffset;
      const head = readShortHead(cursor, width, UNABBREV_RECORD);
      if (head >= 0) {
        this.abbreviationId = UNABBREV_RECORD;
        this.abbreviation = undefined;
        this.code = head & 0x3ff;
        this.operandCount = head >>> 10;
        this.unskipped = true;
        return 'record';
      }
      const id = cursor.fixed(width);
      this.abbreviationId = id;
      switch (id) {
        case END_BLOCK:
          this.finish();
          return 'end';
        case ENTER_SUBBLOCK:
          this.readBlockHeader();
          return 'block';
        case DEFINE_ABBREV:
          this.define();
          continue;
        case UNABBREV_RECORD:
          this.abbreviation = undefined;
          this.code = cursor.vbr32(COUNT_WIDTH);
          this.operandCount = cursor.vbr32(COUNT_WIDTH);
          break;
        default:
          this.startAbbreviated(id);
      }
      this.unskipped = true;
      return 'record';
    }
  }

  /**
   * Moves on as {@link next} does, past the records and blocks that nobody wants.
   *
   * @param wanted - Out of {@link wantedItems}.
   * @throws {@link FormatError} as {@link next}.
   */
  nextOf(wanted: WantedItems): 'record' | 'block' | 'end' {
    for (;;) {
      if (!this.unskipped) this.cursor.skipUnwanted(this.width, wanted, this.inherited, this.own);
      const item = this.next();
      if (item === 'end') return item;
      if (item === 'block') {
        if (isIn(wanted.wantedBlocks, this.blockId)) return item;
        continue;
      }
      if (isIn(wanted.wantedCodes, this.code)) return item;
      this.skip();
    }
  }

  /**
   * Moves over records without abbreviation that have one of some codes, and notes them; {@link next} meets what it leaves.
   *
   * @param codes - As bits, each below 32.
   * @param position - The operand of which it is noted whether it is 0.
   * @internal
   */
  listRecords(codes: number, position: number, list: RecordList): void {
    if (!this.unskipped) listRecords(this.cursor, this.width, UNABBREV_RECORD, codes, position, list);
  }

  /** The record that {@link next} met, to be read at any time. */
  record(): BitstreamRecord {
    return new BitstreamRecord(this.code, this.cursor.clone(), this.abbreviation, this.operandCount);
  }

  /**
   * Decodes the record that {@link next} met, once, into memory that is used again.
   *
   * @throws {@link FormatError} as {@link BitstreamRecord.operands}.
   */
  read(buffer: RecordBuffer): void {
    buffer.code = this.code;
    buffer.abbreviationId = this.abbreviationId;
    buffer.bitOffset = this.itemBitOffset;
    this.unskipped = false;
    const { cursor, abbreviation } = this;
    buffer.decode(cursor, abbreviation, this.operandCount);
  }

  /**
   * Reads one operand of the record that {@link next} met, as a number; rounded above 2^53. The record is still to be read or skipped.
   *
   * @returns `undefined` behind the last operand.
   * @throws {@link FormatError} `truncated`, `bad-value`.
   */
  operandAt(index: number): number | undefined {
    const { cursor, abbreviation, operandCount } = this;
    if (abbreviation !== undefined) {
      const operand = this.record().operands(index + 1)[index];
      return operand === undefined ? undefined : Number(operand);
    }
    if (index >= operandCount) return undefined;
    const { word, bit } = cursor;
    cursor.skipVbr(COUNT_WIDTH, index);
    const operand = Number(cursor.vbr(COUNT_WIDTH));
    cursor.word = word;
    cursor.bit = bit;
    return operand;
  }

  /**
   * Moves behind the record that {@link next} met, which then is not to be read any more: for who wants to know where it
   * ends. Moving on does the same.
   *
   * @throws {@link FormatError} `truncated`, `bad-value`.
   */
  skip(): void {
    if (!this.unskipped) return;
    skipOperands(this.cursor, this.abbreviation, this.operandCount);
    this.unskipped = false;
  }

  /**
   * Moves to an item whose place is known, such as from the index of a METADATA block. The abbreviations in force stay
   * those that were defined on the way so far.
   *
   * @param bitOffset - Of its abbreviation id: bits from the start of the stream.
   * @throws {@link FormatError} `out-of-bounds` if it is not a place in this block.
   */
  seek(bitOffset: number): void {
    this.unskipped = false;
    this.cursor.seek(bitOffset);
  }

  /**
   * Reads the header of a block whose place in this block is known, such as from VSTOFFSET. Does not move this reader.
   *
   * @param bitOffset - Of its ENTER_SUBBLOCK: bits from the start of the stream.
   * @throws {@link FormatError} `out-of-bounds` if it is not a place in this block, `bad-value` if no block begins there,
   *   `truncated` if it reaches beyond this one.
   */
  headerAt(bitOffset: number): BlockHeader {
    const { context, width, depth, inherited, own } = this;
    const reader = new BlockReader(context, this.cursor.clone(), width, depth, inherited, own);
    reader.seek(bitOffset);
    if (reader.cursor.clone().fixed(width) !== ENTER_SUBBLOCK) {
      throw reader.error('bad-value', 'a block was expected at this place');
    }
    reader.next();
    return reader.header();
  }

  /** Whether an abbreviation lays out the record that {@link next} met. */
  get isAbbreviated(): boolean {
    return this.abbreviation !== undefined;
  }

  /** The block that {@link next} met. */
  header(): BlockHeader {
    return {
      id: this.blockId,
      abbreviationWidth: this.blockWidth,
      bitOffset: this.itemBitOffset,
      idEnd: this.blockIdEnd,
      start: this.blockStart,
      wordCount: this.blockWords,
    };
  }

  /** The place that was reached; behind {@link next} that is the operands of a record. */
  get location(): Location {
    return this.cursor.location;
  }

  /** Bits from the start of the stream to the place that was reached. */
  get bitOffset(): number {
    return this.cursor.bitOffset;
  }

  /**
   * Refuses a list that a block makes too long: an entry of a few bits takes a hundred bytes and more in memory.
   *
   * @throws {@link FormatError} `limit-exceeded` above {@link Limits.bitcodeEntries}.
   */
  checkEntries(count: number, what: string): void {
    const { bitcodeEntries } = this.context.limits;
    if (count > bitcodeEntries) throw this.error('limit-exceeded', `more than ${bitcodeEntries} ${what}`);
  }

  /** Reports an oddity of the item that {@link next} met. */
  report(code: BitcodeAnomalyCode, reason: string): void {
    const cursor = this.cursor.clone();
    cursor.seek(this.itemBitOffset);
    this.context.onAnomaly({ code, reason, location: cursor.location });
  }

  /** Makes an error about the place that was reached. */
  error(code: FormatErrorCode, reason: string): FormatError {
    return this.cursor.error(code, reason);
  }

  private startAbbreviated(id: number): void {
    const { inherited } = this;
    const index = id - FIRST_APPLICATION_ABBREV;
    const abbreviation = index < inherited.length ? inherited[index] : this.own[index - inherited.length];
    if (abbreviation === undefined) throw this.cursor.error('bad-value', `Invalid abbrev number ${id}`);
    if (abbreviation.literalCount > 0) this.countLiterals(abbreviation.literalCount);
    this.abbreviation = abbreviation;
    this.code = Number(readScalar(this.cursor, abbreviation.code));
  }

  /** Counts those of each record once, also where records are met again behind {@link seek}. */
  private countLiterals(count: number): void {
    const { cursor, itemBitOffset } = this;
    if (itemBitOffset < this.literalsCountedTo) return;
    this.literalsCountedTo = itemBitOffset + 1;
    this.literals += count;
    if (this.literals > LITERALS_MAX && this.literals > itemBitOffset - this.contentStart) {
      throw cursor.error('limit-exceeded', `the records of a block have ${this.literals} operands that take no bits`);
    }
  }

  private readBlockHeader(): void {
    const { cursor } = this;
    this.blockId = cursor.vbr32(BLOCK_ID_WIDTH);
    this.blockIdEnd = cursor.bitOffset;
    this.blockWidth = readAbbreviationWidth(cursor);
    cursor.align();
    this.blockWords = cursor.fixed(32);
    this.blockStart = cursor.wordOffset;
    if (this.blockWords > cursor.remainingWords) {
      const reason = `block ${this.blockId} has ${this.blockWords} words but ${cursor.remainingWords} are left in the block around it`;
      throw cursor.error('truncated', reason);
    }
    cursor.skip(this.blockWords * 32);
  }

  private define(): void {
    const { cursor, definitions, context } = this;
    if (definitions === undefined) throw cursor.error('bad-value', 'DEFINE_ABBREV before SETBID in a BLOCKINFO block');
    const inForce = definitions.length + (definitions === this.own ? this.inherited.length : 0);
    if (inForce >= context.limits.abbreviations) {
      throw cursor.error('limit-exceeded', `a block has more than ${context.limits.abbreviations} abbreviations`);
    }
    const abbreviation = readAbbreviation(cursor);
    this.definedOperands += abbreviation.operands.length;
    if (this.definedOperands > DEFINED_OPERANDS_MAX) {
      throw cursor.error(
        'limit-exceeded',
        `the abbreviations of a block have more than ${DEFINED_OPERANDS_MAX} operands`,
      );
    }
    definitions.push(abbreviation);
    this.definedAbbreviations += 1;
  }

  private finish(): void {
    const { cursor } = this;
    cursor.align();
    if (cursor.remainingWords === 0) return;
    const reason = `END_BLOCK stands ${cursor.remainingWords} words before the end that the header of the block declares`;
    this.context.onAnomaly({ code: 'block-length', reason, location: cursor.location });
  }
}
