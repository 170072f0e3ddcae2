// One pass over a MODULE block that keeps what its own records say and where the blocks in it lie, for readers of one
// thing or another. The order of records does not matter, except that VERSION is the first where there is one.

import { decodeName, decodeText, FormatError } from '../bytes/index.ts';
import type { ByteView, FormatErrorCode } from '../bytes/index.ts';
import { readBlockInfo, RecordBuffer } from './bitstream/index.ts';
import type { BitstreamRecord, BlockHeader, BlockInfo, BlockReader, Operand } from './bitstream/index.ts';
import { BLOCK_IDS } from './codes/block-ids.ts';
import { MODULE_CODES, STRING_OPERAND_COUNT, VERSION_WITH_STRING_TABLE } from './codes/module.ts';
import type { StreamBytes } from './stream-bytes.ts';

const C = MODULE_CODES.values;
/** Operands of a global value that are kept; LLVM 22 writes at most 20. */
const OPERANDS_MAX = 64;
const { BLOCKINFO_BLOCK_ID } = BLOCK_IDS.values;

/** A record of the module, as it is stored. */
export interface StoredRecord {
  readonly code: number;
  /** Its operands, without those that name it in the string table. */
  readonly operands: readonly Operand[];
  /** Where its name stands in the string table; `undefined` before LLVM 5. */
  readonly string: { readonly offset: number; readonly size: number } | undefined;
  /** Place of the record: bits from the start of the stream. */
  readonly bitOffset: number;
}

/** A block in the module. */
export interface ModuleBlock {
  readonly header: BlockHeader;
  /** The BLOCKINFO in force there. */
  readonly info: BlockInfo | undefined;
}

/** What {@link readModuleContent} needs of the module. */
export interface ModuleSource {
  readonly bytes: StreamBytes;
  /** Over the content of the MODULE block. */
  readonly reader: BlockReader;
  readonly strings: () => ByteView | undefined;
}

/** What stands in a MODULE block. Holds the bytes of the block in memory. */
export class ModuleContent {
  /** 0: value ids are absolute (up to LLVM 3.2), 1: relative, 2: names are in the string table (since LLVM 5). */
  version = 0;
  /** The record with the assembly of the module, which is long and seldom asked for. */
  private assemblyRecord: BitstreamRecord | undefined;
  /** Names that global values refer to, in order. */
  readonly sectionNames: string[] = [];
  readonly gcNames: string[] = [];
  /** Libraries of the obsolete DEPLIB records. */
  readonly libraries: string[] = [];
  /** COMDAT records in order. */
  readonly comdats: StoredRecord[] = [];
  /** GLOBALVAR, FUNCTION, ALIAS, ALIAS_OLD and IFUNC records in order: that of their value ids. */
  readonly globals: StoredRecord[] = [];
  /** The five words of the hash of a ThinLTO module. */
  hash: readonly number[] | undefined;
  /** Words from where the offsets of the module count to its value symbol table; `undefined` up to LLVM 3.7. */
  symbolTableOffset: number | undefined;
  /** The blocks in the module, without those of BLOCKINFO. */
  readonly blocks: ModuleBlock[] = [];
  private readonly source: ModuleSource;

  constructor(source: ModuleSource) {
    this.source = source;
  }

  /** The assembly of the module by {@link decodeText}; `undefined` if it has none. Decoded each time. */
  get assembly(): string | undefined {
    const record = this.assemblyRecord;
    return record === undefined ? undefined : decodeText(record.textBytes());
  }

  /** Takes in the assembly of the module; the last record counts. */
  takeAssembly(record: BitstreamRecord): void {
    this.assemblyRecord = record;
  }

  /** The blocks of an id, in order. */
  blocksOf(id: number): ModuleBlock[] {
    return this.blocks.filter(({ header }) => header.id === id);
  }

  /** Opens a block of the module. */
  openBlock({ header, info }: ModuleBlock): BlockReader {
    return this.source.reader.enter(header, info);
  }

  /**
   * Takes a name out of the string table that belongs to the module.
   *
   * @param record - The record that names it, for the place of the error.
   * @throws {@link FormatError} `out-of-bounds` if it does not lie in the table, or there is none.
   */
  string(offset: number, size: number, record: StoredRecord): string {
    if (size === 0) return '';
    const strings = this.source.strings();
    const length = strings?.length ?? 0;
    if (strings !== undefined && size <= length && offset <= length - size) {
      return decodeName(strings.bytes, offset, offset + size);
    }
    const reason = `a name is ${size} bytes at ${offset} of the string table, which has ${length} bytes`;
    throw this.error('out-of-bounds', reason, record.bitOffset);
  }

  /** Makes an error about a place of the stream. */
  error(code: FormatErrorCode, reason: string, bitOffset: number): FormatError {
    const location = { ...this.source.bytes.locationOf(Math.floor(bitOffset / 8)), bitOffset };
    return new FormatError(code, reason, location);
  }

  /** Takes in a record that a reader met. */
  take(record: RecordBuffer): void {
    switch (record.code) {
      case C.MODULE_CODE_VERSION:
        this.version = record.at(0) ?? 0;
        break;
      case C.MODULE_CODE_SECTIONNAME:
        this.sectionNames.push(record.text());
        break;
      case C.MODULE_CODE_GCNAME:
        this.gcNames.push(record.text());
        break;
      case C.MODULE_CODE_DEPLIB:
        this.libraries.push(record.text());
        break;
      case C.MODULE_CODE_COMDAT:
        this.comdats.push(this.store(record, record.length));
        break;
      case C.MODULE_CODE_HASH:
        this.hash = Array.from(record.values.subarray(0, record.length));
        break;
      case C.MODULE_CODE_VSTOFFSET:
        this.symbolTableOffset = record.at(0);
        break;
      default:
        this.globals.push(this.store(record, OPERANDS_MAX));
    }
  }

  private store(record: RecordBuffer, max: number): StoredRecord {
    const { code, bitOffset } = record;
    const operands = record.operands(max);
    if (this.version < VERSION_WITH_STRING_TABLE) return { code, operands, string: undefined, bitOffset };
    if (operands.length < STRING_OPERAND_COUNT) {
      throw this.error('bad-value', `a record of code ${code} has no name in the string table`, bitOffset);
    }
    const string = { offset: record.at(0) ?? 0, size: record.at(1) ?? 0 };
    return { code, operands: operands.slice(STRING_OPERAND_COUNT), string, bitOffset };
  }
}

/** Codes of the records that are taken in. */
const TAKEN: ReadonlySet<number> = /* @__PURE__ */ new Set([
  C.MODULE_CODE_VERSION,
  C.MODULE_CODE_SECTIONNAME,
  C.MODULE_CODE_DEPLIB,
  C.MODULE_CODE_GLOBALVAR,
  C.MODULE_CODE_FUNCTION,
  C.MODULE_CODE_ALIAS_OLD,
  C.MODULE_CODE_GCNAME,
  C.MODULE_CODE_COMDAT,
  C.MODULE_CODE_VSTOFFSET,
  C.MODULE_CODE_ALIAS,
  C.MODULE_CODE_HASH,
  C.MODULE_CODE_IFUNC,
]);

/**
 * Reads what stands in a MODULE block: one pass, in which the blocks in it are skipped.
 *
 * @throws {@link FormatError} if the block or its BLOCKINFO is damaged.
 */
export function readModuleContent(source: ModuleSource): ModuleContent {
  const content = new ModuleContent(source);
  const { reader } = source;
  const record = new RecordBuffer();
  let info: BlockInfo | undefined;
  let taken = 0;
  for (let item = reader.next(); item !== 'end'; item = reader.next()) {
    if (item === 'block') {
      const header = reader.header();
      if (header.id === BLOCKINFO_BLOCK_ID) info = readBlockInfo(reader.enter(header, undefined));
      else content.blocks.push({ header, info });
      reader.checkEntries(content.blocks.length, 'blocks in a module');
    } else if (reader.code === C.MODULE_CODE_ASM) {
      content.takeAssembly(reader.record());
    } else if (TAKEN.has(reader.code)) {
      taken += 1;
      reader.checkEntries(taken, 'records of a module');
      reader.read(record);
      content.take(record);
    }
  }
  return content;
}
