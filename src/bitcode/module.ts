// The MODULE block, as far as its own records tell about it as a whole. Types, global values, constants, metadata and
// function bodies are passed over. Layout: llvm/Bitcode/LLVMBitCodes.h; which block tells the kind of a summary:
// BitcodeModule::getLTOInfo in llvm/lib/Bitcode/Reader/BitcodeReader.cpp.

import type { ByteView } from '../bytes/index.ts';
import { BitstreamWalker, readBlockInfo, RecordBuffer, wantedItems } from './bitstream/index.ts';
import type { BitstreamContext, BitstreamRecord, BlockHeader } from './bitstream/index.ts';
import { BLOCK_IDS } from './codes/block-ids.ts';
import {
  GLOBALVAR_CONSTANT,
  GLOBALVAR_OPERANDS,
  MODULE_CODES,
  STRING_OPERAND_COUNT,
  VERSION_WITH_STRING_TABLE,
} from './codes/module.ts';
import { SUMMARY_CODES } from './codes/summary.ts';
import { readIdentification } from './identification.ts';
import type { BitcodeIdentification } from './identification.ts';
import { readModuleContent } from './module-content.ts';
import type { ModuleContent } from './module-content.ts';
import type { StreamBytes } from './stream-bytes.ts';
import { readStringTable } from './string-table.ts';

const {
  MODULE_CODE_VERSION,
  MODULE_CODE_TRIPLE,
  MODULE_CODE_DATALAYOUT,
  MODULE_CODE_GLOBALVAR,
  MODULE_CODE_FUNCTION,
  MODULE_CODE_SOURCE_FILENAME,
} = MODULE_CODES.values;
const { BLOCKINFO_BLOCK_ID, GLOBALVAL_SUMMARY_BLOCK_ID, FULL_LTO_GLOBALVAL_SUMMARY_BLOCK_ID } = BLOCK_IDS.values;

/** What a scan looks at; records of a code and blocks of an id. */
const SCANNED = /* @__PURE__ */ wantedItems(
  [MODULE_CODE_VERSION, MODULE_CODE_TRIPLE, MODULE_CODE_DATALAYOUT, MODULE_CODE_SOURCE_FILENAME],
  [BLOCKINFO_BLOCK_ID, GLOBALVAL_SUMMARY_BLOCK_ID, FULL_LTO_GLOBALVAL_SUMMARY_BLOCK_ID],
);

/** Which link-time optimisation a module was written for: ThinLTO, full LTO with a summary, or without a summary. */
export type BitcodeSummaryKind = 'thin' | 'full' | 'none';

/** The head of a summary block. */
export interface BitcodeSummary {
  /** Version of its records: 1 in LLVM 3.9, 9 in 13 to 16, 12 in 22. */
  readonly version: number | undefined;
  /** Bits of {@link SUMMARY_FLAGS}; 0 where the block tells none. */
  readonly flags: number;
}

/** What one pass over a module finds. */
interface ModuleScan {
  // Of a record that repeats the last one counts. They hold the bytes of the block in memory.
  readonly version: BitstreamRecord | undefined;
  readonly triple: BitstreamRecord | undefined;
  readonly dataLayout: BitstreamRecord | undefined;
  readonly sourceFileName: BitstreamRecord | undefined;
  readonly summary: BlockHeader | undefined;
  /** The BLOCKINFO in force at the summary. */
  readonly blockInfo: BlockHeader | undefined;
}

/**
 * One module of a bitcode file. Made by {@link BitcodeFile.modules}.
 *
 * Nothing of it is read before a property is asked for. The first one but {@link BitcodeModule.identification} and {@link BitcodeModule.bitOffset}
 * costs a pass over the records of the MODULE block (blocks in it are skipped); strings are decoded each time. All of these
 * throw FormatError if the block is damaged, whenever they are asked: `truncated`, `bad-value`, `limit-exceeded`.
 *
 * @see llvm/docs/BitCodeFormat.rst, "MODULE_BLOCK Contents".
 */
export class BitcodeModule {
  private readonly bytes: StreamBytes;
  private readonly context: BitstreamContext;
  private readonly header: BlockHeader;
  private readonly identificationHeader: BlockHeader | undefined;
  private knownIdentification: BitcodeIdentification | undefined;
  private knownScan: ModuleScan | undefined;
  private knownContent: ModuleContent | undefined;
  private knownStrings: ByteView | undefined;
  /** The string table behind the module, before another module that has one. @internal */
  stringTableHeader: BlockHeader | undefined;

  /** @internal */
  constructor(
    bytes: StreamBytes,
    context: BitstreamContext,
    header: BlockHeader,
    identificationHeader: BlockHeader | undefined,
  ) {
    this.bytes = bytes;
    this.context = context;
    this.header = header;
    this.identificationHeader = identificationHeader;
  }

  /** Place of the block: bits from the start of the bitstream (behind a wrapper) to its ENTER_SUBBLOCK. */
  get bitOffset(): number {
    return this.header.bitOffset;
  }

  /**
   * Bits from the start of the bitstream that the offsets stored in the module count from: where its identification
   * begins, or itself if it has none.
   */
  get baseBitOffset(): number {
    return (this.identificationHeader ?? this.header).bitOffset;
  }

  /** Who wrote it. `undefined` up to LLVM 3.7, in thin-link files and in ThinLTO indexes. Read on first use. */
  get identification(): BitcodeIdentification | undefined {
    if (this.identificationHeader === undefined) return undefined;
    this.knownIdentification ??= readIdentification(this.bytes, this.identificationHeader, this.context);
    return this.knownIdentification;
  }

  /** 0: value ids are absolute (up to LLVM 3.2), 1: relative, 2: names are in the string table (since LLVM 5). */
  get version(): number {
    const { version } = this.scan();
    return version === undefined ? 0 : (numberIn(version) ?? 0);
  }

  /** Target triple; `undefined` if the module names none, as a ThinLTO index. */
  get triple(): string | undefined {
    return this.scan().triple?.text();
  }

  /** Data layout; `undefined` if the module has none. */
  get dataLayout(): string | undefined {
    return this.scan().dataLayout?.text();
  }

  /** The source file as the compiler was told it; `undefined` if the module does not tell (before LLVM 3.9). */
  get sourceFileName(): string | undefined {
    return this.scan().sourceFileName?.text();
  }

  /** By the first summary block in the module, as linkers take it; no record or module flag matters. */
  get summaryKind(): BitcodeSummaryKind {
    const { summary } = this.scan();
    if (summary === undefined) return 'none';
    return summary.id === GLOBALVAL_SUMMARY_BLOCK_ID ? 'thin' : 'full';
  }

  /**
   * Reads the head of the summary.
   *
   * @returns `undefined` if the module has no summary.
   * @throws {@link FormatError} if the MODULE block, its BLOCKINFO or the summary is damaged.
   */
  summary(): BitcodeSummary | undefined {
    const { summary, blockInfo } = this.scan();
    if (summary === undefined) return undefined;
    const module = this.open();
    const info = blockInfo === undefined ? undefined : readBlockInfo(module.enter(blockInfo, undefined));
    const reader = module.enter(summary, info);
    let version: number | undefined;
    let flags = 0;
    for (let item = reader.next(); item === 'record'; item = reader.next()) {
      if (reader.code === SUMMARY_CODES.values.FS_VERSION) version = numberIn(reader.record());
      else if (reader.code === SUMMARY_CODES.values.FS_FLAGS) flags = numberIn(reader.record()) ?? 0;
      else break;
    }
    return { version, flags };
  }

  /**
   * Reads which of its variables are constants. Costs a pass over the MODULE block.
   *
   * @returns For each of its functions (false), then its variables: whether it is a constant. That is how the symbols of
   *   a module begin in symbol tables.
   * @internal
   */
  constantSymbols(): boolean[] {
    const isConstant: boolean[] = [];
    let functionCount = 0;
    const strings = this.version >= VERSION_WITH_STRING_TABLE ? STRING_OPERAND_COUNT : 0;
    const position = strings + GLOBALVAR_OPERANDS.flags;
    const reader = this.open();
    for (let item = reader.next(); item !== 'end'; item = reader.next()) {
      if (item !== 'record') continue;
      if (reader.code === MODULE_CODE_FUNCTION) functionCount += 1;
      if (reader.code !== MODULE_CODE_GLOBALVAR) continue;
      const flags = reader.record().operands(position + 1)[position] ?? 0;
      isConstant.push((Number(flags) & GLOBALVAR_CONSTANT) !== 0);
    }
    return [...new Array<boolean>(functionCount).fill(false), ...isConstant];
  }

  /**
   * Reads what stands in the MODULE block: the records of global values, and where the blocks in it lie. For the readers
   * of parts of a module, which share it. Costs a pass over the records of the block the first time.
   *
   * @throws {@link FormatError} if the block or its BLOCKINFO is damaged.
   * @internal
   */
  content(): ModuleContent {
    this.knownContent ??= readModuleContent({
      bytes: this.bytes,
      reader: this.open(),
      strings: () => this.strings(),
    });
    return this.knownContent;
  }

  /**
   * The assembly that the source puts beside its functions, as one text; `undefined` for none. It is as it stands, unlike
   * names: nothing in it is escaped. A byte that is no UTF-8 is U+DC00 plus its value, half of a surrogate pair.
   */
  get assembly(): string | undefined {
    return this.content().assembly;
  }

  /** The SHA-1 hash of a ThinLTO module as five words of 32 bits; `undefined` for none. */
  get hash(): readonly number[] | undefined {
    return this.content().hash;
  }

  private strings(): ByteView | undefined {
    if (this.stringTableHeader === undefined) return undefined;
    this.knownStrings ??= readStringTable(this.bytes, this.stringTableHeader, this.context);
    return this.knownStrings;
  }

  /**
   * Makes a walker through the blocks and records of this module alone. Nothing is read before its first step.
   *
   * @param record - What records are decoded into, as for {@link BitcodeFile.walk}.
   */
  walk(record = new RecordBuffer()): BitstreamWalker {
    return new BitstreamWalker([this.header], () => this.open(), record);
  }

  private scan(): ModuleScan {
    this.knownScan ??= this.readScan();
    return this.knownScan;
  }

  private readScan(): ModuleScan {
    const reader = this.open();
    let version: BitstreamRecord | undefined;
    let triple: BitstreamRecord | undefined;
    let dataLayout: BitstreamRecord | undefined;
    let sourceFileName: BitstreamRecord | undefined;
    let blockInfo: BlockHeader | undefined;
    let summary: BlockHeader | undefined;
    for (let item = reader.nextOf(SCANNED); item !== 'end'; item = reader.nextOf(SCANNED)) {
      if (item === 'block') {
        // The BLOCKINFO that counts is the one in force at the summary.
        if (reader.blockId !== BLOCKINFO_BLOCK_ID) summary ??= reader.header();
        else if (summary === undefined) blockInfo = reader.header();
        continue;
      }
      switch (reader.code) {
        case MODULE_CODE_VERSION:
          version = reader.record();
          break;
        case MODULE_CODE_TRIPLE:
          triple = reader.record();
          break;
        case MODULE_CODE_DATALAYOUT:
          dataLayout = reader.record();
          break;
        default:
          sourceFileName = reader.record();
      }
    }
    return { version, triple, dataLayout, sourceFileName, summary, blockInfo };
  }

  private open() {
    return this.bytes.open(this.header, this.context);
  }
}

/** The first operand of a record, as a number. */
function numberIn(record: BitstreamRecord): number | undefined {
  const [value] = record.operands(1);
  return value === undefined ? undefined : Number(value);
}
