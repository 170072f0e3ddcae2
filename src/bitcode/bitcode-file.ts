// A file of LLVM bitcode: the blocks at the top of its bitstream, and which of them belong together.
//
//   wrapper or nothing, magic, then blocks: IDENTIFICATION and MODULE once or several times, SYMTAB, STRTAB
//
// What is taken and what is refused follows getBitcodeFileContents in llvm/lib/Bitcode/Reader/BitcodeReader.cpp (LLVM 14 to
// 22), except that records outside of blocks, which LLVM passes over and no writer writes, are refused.

import { ByteRange, DEFAULT_LIMITS } from '../bytes/index.ts';
import type { ByteInput, Limits } from '../bytes/index.ts';
import { BitstreamWalker, readTopLevelHeader, RecordBuffer } from './bitstream/index.ts';
import type { BitcodeAnomaly, BitstreamContext, BlockHeader } from './bitstream/index.ts';
import { BLOCK_IDS } from './codes/block-ids.ts';
import { BitcodeModule } from './module.ts';
import { StreamBytes } from './stream-bytes.ts';
import { readStringTable, readSymbolTableBlob } from './string-table.ts';
import { openSymbolTable } from './symbol-table.ts';
import type { BitcodeSymbolTable } from './symbol-table.ts';
import { detectBitcode, MAGIC_LENGTH, readWrapper } from './wrapper.ts';
import type { BitcodeWrapper } from './wrapper.ts';

const { IDENTIFICATION_BLOCK_ID, MODULE_BLOCK_ID, STRTAB_BLOCK_ID, SYMTAB_BLOCK_ID } = BLOCK_IDS.values;

/** LLVM stops looking for blocks where no more bytes than these are left. */
const TRAILING_MAX = 8;
// A block takes eight bytes in a file and many times that in memory. Files that llvm-cat joined have a few for each input.
const TOP_LEVEL_BLOCKS_MAX = 1 << 16;

/** Options of {@link openBitcode}. */
export interface BitcodeOptions {
  /** Bounds that differ from the default ones; `blockBytes` and those of bitcode apply. */
  readonly limits?: Partial<Limits>;
  /** Told of each oddity when it is met; of one in a block that is read again, again. */
  readonly onAnomaly?: (anomaly: BitcodeAnomaly) => void;
}

/**
 * Opens a bitcode file, raw or in a wrapper, of any LLVM version.
 *
 * Files up to 256 KiB are read whole, once. Of larger ones the headers of the blocks are read, and what is asked for later
 * by one read each. Only the blocks at the top are looked at, whose lengths must agree with the file.
 *
 * @param input - The file, from its magic to its end: a file, an archive member, an ELF section.
 * @throws {@link FormatError} `bad-magic` if it is no bitcode; `truncated` if a block reaches beyond the file; `bad-value`
 *   if the size is no multiple of four, something other than a block stands at the top, or there is no module;
 *   `out-of-bounds` for a wrapper that reaches beyond the file; `limit-exceeded` for more than 65,536 blocks at the top.
 * @throws TypeError if `input` is nothing that can be read.
 * @example
 * const file = openBitcode(bytes);
 * console.log(file.producer, file.modules[0]?.triple, file.modules[0]?.summaryKind);
 */
export function openBitcode(input: ByteInput, options: BitcodeOptions = {}): BitcodeFile {
  const range = ByteRange.from(input);
  const context: BitstreamContext = {
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    onAnomaly: options.onAnomaly ?? (() => undefined),
  };
  const outer = new StreamBytes(range);
  const kind = detectBitcode(outer.head);
  if (kind === undefined) throw range.error('bad-magic', 'expected bitcode, which begins with 42 43 c0 de', 0);
  if (range.length % 4 !== 0) {
    const reason = `Invalid bitcode signature: the file has ${range.length} bytes, no multiple of 4`;
    throw range.error('bad-value', reason, range.length);
  }
  if (kind === 'raw') return new BitcodeFile(range, undefined, outer, context);
  const wrapper = readWrapper(range, context);
  const inner = new StreamBytes(range.part(wrapper.offset, wrapper.size, 'wrapped bitcode'));
  if (detectBitcode(inner.head) !== 'raw') {
    throw range.error('bad-magic', 'expected bitcode in the wrapper, which begins with 42 43 c0 de', wrapper.offset);
  }
  return new BitcodeFile(range, wrapper, inner, context);
}

/** A bitcode file. Made by {@link openBitcode}. */
export class BitcodeFile {
  /** The file, its wrapper included. */
  readonly input: ByteRange;
  /** The wrapper header; `undefined` for raw bitcode. */
  readonly wrapper: BitcodeWrapper | undefined;
  /** The modules in file order, at least one. None is read before it is asked. */
  readonly modules: readonly BitcodeModule[];
  /** Where the blocks at the top lie, in file order. */
  readonly blocks: readonly BlockHeader[];
  private readonly bytes: StreamBytes;
  private readonly context: BitstreamContext;
  private readonly symbolTableHeader: BlockHeader | undefined;
  /** The first string table behind the symbol table. */
  private readonly stringTableHeader: BlockHeader | undefined;

  /** @internal */
  constructor(input: ByteRange, wrapper: BitcodeWrapper | undefined, bytes: StreamBytes, context: BitstreamContext) {
    this.input = input;
    this.wrapper = wrapper;
    this.bytes = bytes;
    this.context = context;
    const modules: BitcodeModule[] = [];
    let identification: BlockHeader | undefined;
    let symbolTable: BlockHeader | undefined;
    let stringTable: BlockHeader | undefined;
    this.blocks = readTopLevel(bytes, context);
    for (const header of this.blocks) {
      if (identification !== undefined && header.id !== MODULE_BLOCK_ID) break;
      if (header.id === MODULE_BLOCK_ID) {
        modules.push(new BitcodeModule(bytes, context, header, identification));
        identification = undefined;
      } else if (header.id === IDENTIFICATION_BLOCK_ID) identification = header;
      else if (header.id === SYMTAB_BLOCK_ID) symbolTable ??= header;
      else if (header.id === STRTAB_BLOCK_ID) {
        if (symbolTable !== undefined) stringTable ??= header;
        // It serves the modules before it, as far back as one that has a string table already.
        for (let i = modules.length - 1; i >= 0 && modules[i]?.stringTableHeader === undefined; i -= 1) {
          (modules[i] as BitcodeModule).stringTableHeader = header;
        }
      }
    }
    if (identification !== undefined) {
      throw bytes.error(
        'bad-value',
        'Malformed block: an IDENTIFICATION block without its MODULE block',
        identification.start * 4,
      );
    }
    if (modules.length === 0) throw bytes.error('bad-value', 'Bitcode file does not contain any modules', MAGIC_LENGTH);
    this.modules = modules;
    this.symbolTableHeader = symbolTable;
    this.stringTableHeader = stringTable;
  }

  /**
   * The writer of the first module, such as `LLVM16.0.6`; `undefined` if the file does not tell (up to LLVM 3.7).
   *
   * @throws {@link FormatError} if the IDENTIFICATION block is damaged.
   */
  get producer(): string | undefined {
    return this.modules[0]?.identification?.producer;
  }

  /**
   * Generation of the format of the first module, 0 up to LLVM 22; `undefined` if the file does not tell.
   *
   * @throws {@link FormatError} if the IDENTIFICATION block is damaged.
   */
  get epoch(): number | undefined {
    return this.modules[0]?.identification?.epoch;
  }

  /**
   * Makes a walker through all blocks and records of the file. Each block at the top is read when it is reached.
   *
   * @param record - What records are decoded into. Give the same one for many files, so that its memory is used again.
   */
  walk(record = new RecordBuffer()): BitstreamWalker {
    return new BitstreamWalker(this.blocks, (header) => this.bytes.open(header, this.context), record);
  }

  /**
   * Opens the symbol table: reads two blocks and checks the table in one pass.
   *
   * @returns `undefined` if the file has none: up to LLVM 4, of tools that did not know the target, or joined by llvm-cat.
   *   Also, with an anomaly, for one that LLVM leaves aside to build its own: without string table, too short for its
   *   header, of another number of modules than the file, or of a version above 4, whose layout is not known here.
   * @throws {@link FormatError} if the SYMTAB or STRTAB block is damaged, or the table refers to something outside of it.
   */
  symbolTable(): BitcodeSymbolTable | undefined {
    const { bytes, context, symbolTableHeader, stringTableHeader, modules } = this;
    if (symbolTableHeader === undefined) return undefined;
    const blob = readSymbolTableBlob(bytes, symbolTableHeader, context);
    if (stringTableHeader === undefined) {
      const reason = 'no string table follows the symbol table';
      context.onAnomaly({ code: 'unused-symbol-table', reason, location: blob.locationOf(0) });
      return undefined;
    }
    const strings = readStringTable(bytes, stringTableHeader, context);
    return openSymbolTable(blob, strings, {
      moduleCount: modules.length,
      constantSymbols: (module) => modules[module]?.constantSymbols() ?? [],
      onAnomaly: context.onAnomaly,
    });
  }

  /** Reports what the symbol table and the modules say differently. @internal */
  reportDifference(reason: string): void {
    const { bytes, context, symbolTableHeader } = this;
    const offset = (symbolTableHeader?.start ?? 0) * 4;
    context.onAnomaly({ code: 'symbol-table-differs', reason, location: bytes.locationOf(offset) });
  }
}

/** Reads the headers of the blocks at the top of a stream. */
function readTopLevel(bytes: StreamBytes, context: BitstreamContext): BlockHeader[] {
  const headers: BlockHeader[] = [];
  const streamWords = Math.floor(bytes.length / 4);
  let offset = MAGIC_LENGTH;
  while (offset + TRAILING_MAX < bytes.length) {
    const header = readTopLevelHeader(bytes.cursorAtHeader(offset), streamWords);
    if (headers.length === TOP_LEVEL_BLOCKS_MAX) {
      throw bytes.error('limit-exceeded', `more than ${TOP_LEVEL_BLOCKS_MAX} blocks at the top of the file`, offset);
    }
    headers.push(header);
    offset = (header.start + header.wordCount) * 4;
  }
  if (offset < bytes.length) {
    const reason = `${bytes.length - offset} bytes follow the last block`;
    context.onAnomaly({ code: 'trailing-bytes', reason, location: bytes.locationOf(offset) });
  }
  return headers;
}
