// Inline assembly among the constants of functions, decoded when it is asked for. The same text is a constant of each function that
// has it, and kernels have some texts in every other function: what stands in the same bits is decoded once.

import type { BitstreamRecord, BlockReader, RecordBuffer } from '../bitstream/index.ts';
import { inlineAssemblyOf } from '../constants/inline-assembly.ts';
import type { BitcodeInlineAssembly } from '../constants/inline-assembly.ts';
import type { ModuleContent } from '../module-content.ts';

/** Texts that are remembered of a module, a power of two. Where two share a place the later one is kept. */
const PLACES = 128;

/** Inline assembly that is not decoded yet. */
export interface AssemblyRecord {
  readonly record: BitstreamRecord;
  /** Place of the record: bits from the start of the stream. */
  readonly bitOffset: number;
  /** Bits of its operands. */
  readonly bitCount: number;
}

/** Takes the record that a reader met, and moves the reader behind it. */
export function takeAssembly(reader: BlockReader): AssemblyRecord {
  const record = reader.record();
  const bitOffset = reader.itemBitOffset;
  const start = reader.bitOffset;
  reader.skip();
  return { record, bitOffset, bitCount: reader.bitOffset - start };
}

/** Decodes the inline assembly of one module. */
export class InlineAssemblyReader {
  private readonly content: ModuleContent;
  private readonly buffer: RecordBuffer;
  private readonly known: (
    { readonly stored: AssemblyRecord; readonly assembly: BitcodeInlineAssembly } | undefined
  )[] = [];

  /** @param buffer - What records are decoded into. */
  constructor(content: ModuleContent, buffer: RecordBuffer) {
    this.content = content;
    this.buffer = buffer;
  }

  /**
   * Reads the inline assembly that a record is; one that was read before is the same object again.
   *
   * @throws {@link FormatError} `truncated` if a string does not end in its record.
   */
  read(stored: AssemblyRecord): BitcodeInlineAssembly | undefined {
    const { record, bitCount, bitOffset } = stored;
    // Texts of one length share a place, and each is compared with one other: files cannot make that slow.
    const place = bitCount & (PLACES - 1);
    const known = this.known[place];
    if (known?.stored.bitCount === bitCount && known.stored.record.hasSameContent(record, bitCount))
      return known.assembly;
    record.read(this.buffer);
    const assembly = inlineAssemblyOf(this.buffer, (reason) => this.content.error('truncated', reason, bitOffset));
    if (assembly !== undefined) this.known[place] = { stored, assembly };
    return assembly;
  }
}
