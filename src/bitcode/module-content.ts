// One pass over a MODULE block that keeps what its own records say and where the blocks in it lie, for readers of one
// thing or another. The order of records does not matter, except that VERSION is the first where there is one.

import { decodeName, decodeText, FormatError } from '../bytes/index.ts';
import type { ByteView, FormatErrorCode } from '../bytes/index.ts';
import { readBlockInfo, RecordBuffer } from './bitstream/index.ts';
import type { BitstreamRecord, BlockHeader, BlockInfo, BlockReader, Operand, RecordList } from './bitstream/index.ts';
import { BLOCK_IDS } from './codes/block-ids.ts';
import { FUNCTION_OPERANDS, MODULE_CODES, STRING_OPERAND_COUNT, VERSION_WITH_STRING_TABLE } from './codes/module.ts';
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

type StoredOperands = Pick<StoredRecord, 'operands' | 'string'>;

/**
 * A record that is decoded when something is first asked of it: most are never asked. FormatError (`bad-value`) comes out
 * there for an operand that does not end.
 */
class ModuleRecord implements StoredRecord {
  readonly code: number;
  readonly bitOffset: number;
  private readonly content: ModuleContent;
  private known: StoredOperands | undefined;

  constructor(content: ModuleContent, code: number, bitOffset: number) {
    this.code = code;
    this.bitOffset = bitOffset;
    this.content = content;
  }

  get operands(): StoredRecord['operands'] {
    return this.stored().operands;
  }

  get string(): StoredRecord['string'] {
    return this.stored().string;
  }

  private stored(): StoredOperands {
    this.known ??= this.content.operandsAt(
      this.bitOffset,
      this.code === C.MODULE_CODE_COMDAT ? Infinity : OPERANDS_MAX,
    );
    return this.known;
  }
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
  /** The five words of the hash of a ThinLTO module. */
  hash: readonly number[] | undefined;
  /** Words from where the offsets of the module count to its value symbol table; `undefined` up to LLVM 3.7. */
  symbolTableOffset: number | undefined;
  /** The blocks in the module, without those of BLOCKINFO. */
  readonly blocks: ModuleBlock[] = [];
  /** What records are decoded into, by all readers of the module. */
  readonly record = new RecordBuffer();
  private readonly source: ModuleSource;
  /** The records of global values; objects are made of them when they are asked for. */
  private readonly listed: RecordList = { codes: [], bitOffsets: [], isZero: [] };
  private knownGlobals: readonly StoredRecord[] | undefined;

  constructor(source: ModuleSource) {
    this.source = source;
  }

  /** How many global values there are. */
  get globalCount(): number {
    return this.listed.codes.length;
  }

  /** GLOBALVAR, FUNCTION, ALIAS, ALIAS_OLD and IFUNC records in order: that of their value ids. */
  get globals(): readonly StoredRecord[] {
    const { codes, bitOffsets } = this.listed;
    this.knownGlobals ??= codes.map((code, i) => new ModuleRecord(this, code, bitOffsets[i] as number));
    return this.knownGlobals;
  }

  /** Value ids of the functions that are no declarations, in order: that of their bodies. */
  definedFunctions(): number[] {
    const { codes, isZero } = this.listed;
    const valueIds: number[] = [];
    for (let i = 0; i < codes.length; i += 1) {
      if (codes[i] === C.MODULE_CODE_FUNCTION && isZero[i] === true) valueIds.push(i);
    }
    return valueIds;
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

  /**
   * Takes in the records of global values that a reader comes to next.
   *
   * @returns How many there were.
   */
  takeGlobals(reader: BlockReader): number {
    const before = this.globalCount;
    reader.listRecords(GLOBAL_CODES, this.stringOperands + FUNCTION_OPERANDS.isDeclaration, this.listed);
    return this.globalCount - before;
  }

  /** Takes in a record that a reader met, of one of the codes in {@link TAKEN}. */
  take(reader: BlockReader): void {
    const { code, itemBitOffset } = reader;
    if (code === C.MODULE_CODE_COMDAT) {
      this.checkString(reader);
      this.comdats.push(new ModuleRecord(this, code, itemBitOffset));
    } else if (((GLOBAL_CODES >>> code) & 1) !== 0) {
      this.checkString(reader);
      const isDeclaration = reader.operandAt(this.stringOperands + FUNCTION_OPERANDS.isDeclaration);
      this.listed.codes.push(code);
      this.listed.bitOffsets.push(itemBitOffset);
      this.listed.isZero.push((isDeclaration ?? 0) === 0);
    } else {
      reader.read(this.record);
      this.takeFact(this.record);
    }
  }

  private takeFact(record: RecordBuffer): void {
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
      case C.MODULE_CODE_HASH:
        this.hash = Array.from(record.values.subarray(0, record.length));
        break;
      default:
        this.symbolTableOffset = record.at(0);
    }
  }

  /** Decodes the operands of a record of the module. @internal */
  operandsAt(bitOffset: number, max: number): StoredOperands {
    const { record } = this;
    const { reader } = this.source;
    reader.seek(bitOffset);
    reader.next();
    reader.read(record);
    const operands = record.operands(max);
    if (this.version < VERSION_WITH_STRING_TABLE) return { operands, string: undefined };
    const string = { offset: Number(operands[0] ?? 0), size: Number(operands[1] ?? 0) };
    return { operands: operands.slice(STRING_OPERAND_COUNT), string };
  }

  /** How many operands of a record name it in the string table. */
  private get stringOperands(): number {
    return this.version < VERSION_WITH_STRING_TABLE ? 0 : STRING_OPERAND_COUNT;
  }

  private checkString(reader: BlockReader): void {
    const { stringOperands } = this;
    if (stringOperands === 0 || reader.operandAt(stringOperands - 1) !== undefined) return;
    const reason = `a record of code ${reader.code} has no name in the string table`;
    throw this.error('bad-value', reason, reader.itemBitOffset);
  }
}

/** Codes of the records of global values, as bits. */
const GLOBAL_CODES = [
  C.MODULE_CODE_GLOBALVAR,
  C.MODULE_CODE_FUNCTION,
  C.MODULE_CODE_ALIAS_OLD,
  C.MODULE_CODE_ALIAS,
  C.MODULE_CODE_IFUNC,
].reduce((bits, code) => bits | (1 << code), 0);

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
  let info: BlockInfo | undefined;
  let taken = 0;
  for (;;) {
    taken += content.takeGlobals(reader);
    reader.checkEntries(taken, 'records of a module');
    const item = reader.next();
    if (item === 'end') return content;
    if (item === 'block') {
      const header = reader.header();
      if (header.id === BLOCKINFO_BLOCK_ID) info = readBlockInfo(reader.enter(header, undefined), content.record);
      else content.blocks.push({ header, info });
      reader.checkEntries(content.blocks.length, 'blocks in a module');
    } else if (reader.code === C.MODULE_CODE_ASM) {
      content.takeAssembly(reader.record());
    } else if (TAKEN.has(reader.code)) {
      taken += 1;
      content.take(reader);
      reader.skip();
    }
  }
}
