// Walks a stream from its first block to its last, into all blocks: for who wants to see everything. The place is a stack,
// not a recursion, and BLOCKINFO is taken in on the way.

import { BlockInfo, readBlockInfo } from './block-info.ts';
import type { BlockHeader, BlockReader } from './block-reader.ts';
import type { RecordBuffer } from './record-buffer.ts';

/** Id of BLOCKINFO blocks, the only ones that the bitstream format itself defines. */
const BLOCKINFO_BLOCK_ID = 0;
const NO_BLOCK_INFO = /* @__PURE__ */ new BlockInfo(new Map());

/**
 * What {@link BitstreamWalker.next} met: the beginning of a block, which then is the current one; a record of the current
 * block; the end of a block, which is the current one until the next step; the end of the stream.
 */
export type WalkerItem = 'enter' | 'record' | 'leave' | 'end';

/** A block that was entered. */
interface OpenBlock {
  readonly header: BlockHeader;
  readonly reader: BlockReader;
}

/**
 * Goes through blocks and records in file order; the caller pulls them one by one.
 *
 * @example
 * const walker = openBitcode(bytes).walk();
 * for (let item = walker.next(); item !== 'end'; item = walker.next()) {
 *   if (item !== 'record') continue;
 *   const { code, values, length } = walker.record;
 *   console.log(walker.block.id, code, values.subarray(0, length));
 * }
 */
export class BitstreamWalker {
  private readonly headers: readonly BlockHeader[];
  private readonly open: (header: BlockHeader) => BlockReader;
  private readonly stack: OpenBlock[] = [];
  /** That of the innermost block. */
  private active: BlockReader | undefined;
  private readonly buffer: RecordBuffer;
  private item: WalkerItem = 'end';
  private isDecoded = false;
  private nextHeader = 0;
  private info = NO_BLOCK_INFO;
  private infoAtTop = NO_BLOCK_INFO;

  /**
   * @param headers - Of the blocks at the top, in file order.
   * @param open - Opens one of them.
   * @param buffer - What records are decoded into.
   */
  constructor(headers: readonly BlockHeader[], open: (header: BlockHeader) => BlockReader, buffer: RecordBuffer) {
    this.headers = headers;
    this.open = open;
    this.buffer = buffer;
  }

  /**
   * Moves on. A record is decoded only when {@link record} is asked for.
   *
   * @throws {@link FormatError} `truncated`, `bad-value`, `limit-exceeded`, as the readers of blocks do. After an error the
   *   walker is not to be used further.
   */
  next(): WalkerItem {
    if (this.item === 'leave') this.pop();
    this.isDecoded = false;
    this.item = this.step();
    return this.item;
  }

  private step(): WalkerItem {
    const reader = this.active;
    if (reader === undefined) {
      const header = this.headers[this.nextHeader];
      if (header === undefined) return 'end';
      this.nextHeader += 1;
      this.info = this.infoAtTop;
      this.push(header, this.open(header));
      return 'enter';
    }
    const item = reader.next();
    if (item === 'record') return item;
    if (item === 'end') return 'leave';
    const header = reader.header();
    if (header.id === BLOCKINFO_BLOCK_ID) this.info = readBlockInfo(reader.enter(header, undefined));
    this.push(header, reader.enter(header, this.info));
    return 'enter';
  }

  private push(header: BlockHeader, reader: BlockReader): void {
    if (header.id === BLOCKINFO_BLOCK_ID) {
      if (this.stack.length === 0) {
        this.info = readBlockInfo(this.open(header));
        this.infoAtTop = this.info;
      }
      // Its abbreviations are those of other blocks and were taken in; for its own records they do not count.
      reader.definitions = [];
    }
    this.stack.push({ header, reader });
    this.active = reader;
  }

  private pop(): void {
    this.stack.pop();
    this.active = this.stack.at(-1)?.reader;
  }

  /**
   * Leaves out what is left of the current block; its 'leave' does not come. Costs nothing, however long it is.
   *
   * @throws RangeError outside of all blocks.
   */
  skipBlock(): void {
    if (this.active === undefined) throw outside();
    this.pop();
    this.item = 'enter';
  }

  /** How many blocks are around what was met last, the current one included; 0 outside of all. */
  get depth(): number {
    return this.stack.length;
  }

  /** The current block. Throws RangeError outside of all blocks. */
  get block(): BlockHeader {
    const block = this.stack.at(-1);
    if (block === undefined) throw outside();
    return block.header;
  }

  /** The block around the current one; `undefined` if that stands at the top of the stream. */
  get outerBlock(): BlockHeader | undefined {
    return this.stack.at(-2)?.header;
  }

  /**
   * The reader of the current block, which stands at what was met last. Moving it moves the walker. Throws RangeError
   * outside of all blocks.
   */
  get reader(): BlockReader {
    if (this.active === undefined) throw outside();
    return this.active;
  }

  /** The BLOCKINFO in force. */
  get blockInfo(): BlockInfo {
    return this.info;
  }

  /**
   * The record that was met last, decoded when this is first asked for. The same object for all records: what it holds is
   * valid until the next step.
   *
   * @throws {@link FormatError} `truncated`, `bad-value`; `limit-exceeded` for more than 2^24 operands.
   * @throws RangeError if what was met last is no record.
   */
  get record(): RecordBuffer {
    if (this.item !== 'record' || this.active === undefined) throw new RangeError('the walker stands at no record');
    if (!this.isDecoded) {
      this.active.read(this.buffer);
      this.isDecoded = true;
    }
    return this.buffer;
  }
}

function outside(): RangeError {
  return new RangeError('the walker stands outside of all blocks');
}
