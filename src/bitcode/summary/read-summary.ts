// Summary blocks: GLOBALVAL_SUMMARY (id 20) of ThinLTO modules and of indexes, FULL_LTO_GLOBALVAL_SUMMARY (id 24) of modules
// for full LTO. Layouts by version: codes/summary-layout.ts.
//
// Left out: the format of LLVM 3.8, which has no version record and one record for a function (see `unknownRecords`).

import type { BlockReader } from '../bitstream/index.ts';
import { RecordBuffer } from '../bitstream/index.ts';
import { BLOCK_IDS } from '../codes/block-ids.ts';
import { SUMMARY_VERSIONS } from '../codes/summary-layout.ts';
import { SUMMARY_CODES, SUMMARY_FLAGS } from '../codes/summary.ts';
import { VALUE_SYMTAB_CODES } from '../codes/value-symtab.ts';
import { readGlobals } from '../globals/read-globals.ts';
import type { BitcodeGlobals } from '../globals/read-globals.ts';
import type { BitcodeModule } from '../module.ts';
import type { ModuleContent } from '../module-content.ts';
import { BitcodeAliasSummary } from './alias-summary.ts';
import { BitcodeFunctionSummary } from './function-summary.ts';
import { globalIdentifier, guidOf } from './guid.ts';
import type { IdentifierDelimiter } from './guid.ts';
import { decodeRadixTree, decodeStackIds } from './memory-profile.ts';
import type { StackLists } from './memory-profile.ts';
import { readIndexedModules } from './module-paths.ts';
import type { IndexedModule } from './module-paths.ts';
import type { ErrorAt, KeptRecord } from './operand-list.ts';
import { SummaryContent } from './summary-content.ts';
import { ROW_CODES } from './summary-rows.ts';
import type { SummaryRowKind, SummaryRows, SummarySource } from './summary-rows.ts';
import { decodeCfiFunctions, decodeCompatibleTables, decodeTypeId } from './type-id.ts';
import type { CfiFunction, CompatibleTables, TypeIdSummary } from './type-id.ts';
import { BitcodeVariableSummary } from './variable-summary.ts';

const C = SUMMARY_CODES.values;
const {
  GLOBALVAL_SUMMARY_BLOCK_ID,
  FULL_LTO_GLOBALVAL_SUMMARY_BLOCK_ID,
  MODULE_STRTAB_BLOCK_ID,
  VALUE_SYMTAB_BLOCK_ID,
} = BLOCK_IDS.values;

/** A large module has some ten million; in a hostile one names share their bytes. */
const HASHED_CHARACTERS_MAX = 1 << 28;

/** Options of {@link readSummary}. */
export interface SummaryOptions {
  /** What GUIDs of local values are made with; `;` unless given, as by linkers since LLVM 18. */
  readonly delimiter?: IdentifierDelimiter;
}

/** What a summary says of a definition; `kind` tells which. */
export type BitcodeGlobalSummaryRow = BitcodeFunctionSummary | BitcodeVariableSummary | BitcodeAliasSummary;

/** A flag of a summary, by the name of the function that sets it in LLVM. */
export type SummaryFlag = keyof typeof SUMMARY_FLAGS;

/**
 * The summary of a module, or an index: what a linker made of the summaries of all modules. Made by {@link readSummary}.
 *
 * Rows are columns of numbers; the objects that {@link at} gives are made when they are asked for.
 */
export class BitcodeModuleSummary implements SummarySource {
  /** The block it stands in: of ThinLTO, or of full LTO. */
  readonly summaryKind: 'thin' | 'full';
  /** The modules of an index, by the number that its records name them by; empty in the summary of a module. */
  readonly modules: ReadonlyMap<number, IndexedModule>;
  /** Whether it is an index. */
  readonly isIndex: boolean;
  /** @internal */
  readonly errorAt: ErrorAt;
  private readonly module: BitcodeModule;
  private readonly content: ModuleContent;
  private readonly summary: SummaryContent;
  private readonly rows: SummaryRows;
  private readonly delimiter: IdentifierDelimiter;
  private readonly madeGuids = new Map<number, bigint>();
  private hashedCharacters = 0;
  private knownGlobals: BitcodeGlobals | undefined;
  private knownSourceFile: string | undefined;
  private knownIndexGuids: ReadonlyMap<number, bigint> | undefined;
  private knownValues: ReadonlyMap<bigint, readonly number[]> | undefined;
  private knownStacks: StackLists | undefined;

  /** @internal */
  constructor(module: BitcodeModule, blockId: number, summary: SummaryContent, options: SummaryOptions) {
    const content = module.content();
    const paths = content.blocksOf(MODULE_STRTAB_BLOCK_ID)[0];
    this.module = module;
    this.content = content;
    this.summary = summary;
    this.rows = summary.rows;
    this.delimiter = options.delimiter ?? ';';
    this.summaryKind = blockId === GLOBALVAL_SUMMARY_BLOCK_ID ? 'thin' : 'full';
    this.errorAt = (code, reason, bitOffset) => content.error(code, reason, bitOffset);
    this.isIndex = paths !== undefined;
    this.modules = paths === undefined ? new Map() : readIndexedModules(content.openBlock(paths));
  }

  /** Version of the records: 1 in LLVM 3.9, 9 in 13 to 16, 12 in 22. 0 where the block tells none, as in LLVM 3.8. */
  get version(): number {
    return this.summary.version ?? 0;
  }

  /** The flags of the whole summary as stored; 0 where it has none. */
  get rawFlags(): number {
    return this.summary.flags;
  }

  /** Those of the flags that are set and have a name, in the order of their bits. */
  get flags(): SummaryFlag[] {
    const names = Object.keys(SUMMARY_FLAGS) as SummaryFlag[];
    return names.filter((name) => (this.summary.flags & SUMMARY_FLAGS[name]) !== 0);
  }

  /** Basic blocks of the module, which LLVM 13 to 16 write and LLVM 19 does not. */
  get blockCount(): number | undefined {
    return this.summary.blockCount;
  }

  /** How many definitions it tells of: functions, variables, then aliases. Declarations have no row. */
  get length(): number {
    return this.rows.length;
  }

  /** What a row is about; `undefined` behind the last one. Costs no object. */
  kindAt(row: number): SummaryRowKind | undefined {
    return ROW_CODES.get(this.rows.codes[row] ?? -1)?.kind;
  }

  /** Makes a row; `undefined` behind the last one. */
  at(row: number): BitcodeGlobalSummaryRow | undefined {
    switch (this.kindAt(row)) {
      case 'function':
        return new BitcodeFunctionSummary(this.rows, row, this);
      case 'variable':
        return new BitcodeVariableSummary(this.rows, row, this);
      case 'alias':
        return new BitcodeAliasSummary(this.rows, row, this);
      case undefined:
        return undefined;
    }
  }

  /** All rows in order, each made when it is reached. */
  *globals(): Generator<BitcodeGlobalSummaryRow, void> {
    for (let row = 0; row < this.length; row += 1) {
      const global = this.at(row);
      if (global !== undefined) yield global;
    }
  }

  /** The rows of functions. */
  *functions(): Generator<BitcodeFunctionSummary, void> {
    for (const global of this.globals()) if (global.kind === 'function') yield global;
  }

  /** The rows of variables. */
  *variables(): Generator<BitcodeVariableSummary, void> {
    for (const global of this.globals()) if (global.kind === 'variable') yield global;
  }

  /** The rows of aliases. */
  *aliases(): Generator<BitcodeAliasSummary, void> {
    for (const global of this.globals()) if (global.kind === 'alias') yield global;
  }

  /**
   * The name of a value of the module; `undefined` in an index, and for a number that no global value has.
   *
   * @throws {@link FormatError} `out-of-bounds` if the name does not lie in the string table.
   */
  nameOf(valueId: number): string | undefined {
    return this.isIndex ? undefined : this.globalValues.values[valueId]?.name;
  }

  /**
   * The GUID of a value: stored in an index, and rarely in a module for a function that only a profile names; else made of
   * name and linkage, once (an MD5 each, some microseconds).
   *
   * @returns `undefined` for a number that no value has.
   * @throws {@link FormatError} `out-of-bounds` if the name does not lie in the string table, `limit-exceeded` for names of
   *   more than 2^28 characters together.
   */
  guidOf(valueId: number): bigint | undefined {
    const stored = this.summary.guids.get(valueId) ?? this.madeGuids.get(valueId);
    if (stored !== undefined) return stored;
    if (this.isIndex) return this.indexGuids.get(valueId);
    const global = this.globalValues.values[valueId];
    if (global === undefined) return undefined;
    const { isLocal, name } = global;
    this.hashedCharacters += name.length;
    if (this.hashedCharacters > HASHED_CHARACTERS_MAX) {
      const reason = `the names of a module are longer than ${HASHED_CHARACTERS_MAX} characters together`;
      throw this.errorAt('limit-exceeded', reason, global.raw.bitOffset);
    }
    const guid = guidOf(globalIdentifier(name, isLocal, isLocal ? this.sourceFile : undefined, this.delimiter));
    this.madeGuids.set(valueId, guid);
    return guid;
  }

  /**
   * The values that a GUID stands for; empty if there is none, more than one if GUIDs collide. The first call works out
   * the GUIDs of all values.
   *
   * @throws {@link FormatError} as {@link guidOf}.
   */
  valuesOf(guid: bigint): readonly number[] {
    this.knownValues ??= this.invertGuids();
    return this.knownValues.get(guid) ?? [];
  }

  /** The path of a module of an index; `undefined` for a number that it does not list. */
  modulePathOf(moduleId: number): string | undefined {
    return this.modules.get(moduleId)?.path;
  }

  /**
   * Decodes what an index says of types with virtual functions, one after the other.
   *
   * @throws {@link FormatError} `bad-value` if a record ends too soon, `out-of-bounds` if a name does not lie in the string
   *   table.
   */
  *typeIds(): Generator<TypeIdSummary, void> {
    for (const record of this.listed(C.FS_TYPE_ID)) yield decodeTypeId(record, this.stringAt, this.errorAt);
  }

  /**
   * Decodes which tables of virtual functions fit which type, of a module that is not split.
   *
   * @throws {@link FormatError} as {@link typeIds}.
   */
  *compatibleTables(): Generator<CompatibleTables, void> {
    const records = this.listed(C.FS_TYPE_ID_METADATA);
    for (const record of records) yield decodeCompatibleTables(record, this.stringAt, this.errorAt);
  }

  /**
   * Decodes which functions of the link have CFI jump tables, of an index.
   *
   * @throws {@link FormatError} as {@link typeIds}.
   */
  *cfiDefinitions(): Generator<CfiFunction, void> {
    yield* this.cfiFunctions(C.FS_CFI_FUNCTION_DEFS);
  }

  /**
   * Decodes which functions from outside of the link have CFI jump tables, of an index.
   *
   * @throws {@link FormatError} as {@link typeIds}.
   */
  *cfiDeclarations(): Generator<CfiFunction, void> {
    yield* this.cfiFunctions(C.FS_CFI_FUNCTION_DECLS);
  }

  /** Records of codes without a name, and all of a block that states no version. */
  get unknownRecords(): readonly KeptRecord[] {
    return this.summary.unknown;
  }

  /** Lists that heap profiles share. @internal */
  stackLists(): StackLists {
    if (this.knownStacks === undefined) {
      const { version, errorAt } = this;
      const stacks = this.listed(C.FS_STACK_IDS).at(-1);
      const tree = this.listed(C.FS_CONTEXT_RADIX_TREE_ARRAY).at(-1);
      const stackIds = stacks === undefined ? [] : decodeStackIds(stacks, version, errorAt);
      this.knownStacks = { version, stackIds, radixTree: tree === undefined ? undefined : decodeRadixTree(tree) };
    }
    return this.knownStacks;
  }

  private *cfiFunctions(code: number): Generator<CfiFunction, void> {
    const hasGuids = this.version >= SUMMARY_VERSIONS.cfiGuids;
    for (const record of this.listed(code)) yield* decodeCfiFunctions(record, hasGuids, this.stringAt, this.errorAt);
  }

  private listed(code: number): readonly KeptRecord[] {
    return this.summary.lists.get(code) ?? [];
  }

  private readonly stringAt = (offset: number, size: number, record: KeptRecord): string =>
    this.content.string(offset, size, { ...record, string: undefined });

  /** The module decodes it each time it is asked. */
  private get sourceFile(): string {
    this.knownSourceFile ??= this.module.sourceFileName ?? '';
    return this.knownSourceFile;
  }

  private get globalValues(): BitcodeGlobals {
    this.knownGlobals ??= readGlobals(this.module);
    return this.knownGlobals;
  }

  /** GUIDs in the value symbol table of an index: up to LLVM 4. */
  private get indexGuids(): ReadonlyMap<number, bigint> {
    if (this.knownIndexGuids === undefined) {
      const [block] = this.content.blocksOf(VALUE_SYMTAB_BLOCK_ID);
      this.knownIndexGuids = block === undefined ? new Map() : readEntryGuids(this.content.openBlock(block));
    }
    return this.knownIndexGuids;
  }

  private invertGuids(): Map<bigint, number[]> {
    const values = new Map<bigint, number[]>();
    const ids = this.isIndex ? this.indexGuids.keys() : this.globalValues.values.keys();
    for (const valueId of new Set([...this.summary.guids.keys(), ...ids])) {
      const guid = this.guidOf(valueId);
      if (guid === undefined) continue;
      const list = values.get(guid);
      if (list === undefined) values.set(guid, [valueId]);
      else list.push(valueId);
    }
    return values;
  }
}

/** Reads the COMBINED_ENTRY records of a value symbol table. */
function readEntryGuids(reader: BlockReader): Map<number, bigint> {
  const guids = new Map<number, bigint>();
  const record = new RecordBuffer();
  for (let item = reader.next(); item !== 'end'; item = reader.next()) {
    if (item === 'block' || reader.code !== VALUE_SYMTAB_CODES.values.VST_CODE_COMBINED_ENTRY) continue;
    reader.read(record);
    const [valueId, guid] = record.operands(2);
    if (valueId !== undefined && guid !== undefined) guids.set(Number(valueId), BigInt(guid));
    reader.checkEntries(guids.size, 'GUIDs in an index');
  }
  return guids;
}

/**
 * Reads the summary of a module, or an index: one pass over the block. Of several summary blocks the first counts, as it
 * does for linkers.
 *
 * @returns `undefined` if the module has none: compiled without `-flto`, or for LLVM before 3.9 or Apple's linker.
 * @throws {@link FormatError} if the MODULE block or the summary is damaged; `bad-value` for a GUID or an original name in
 *   the wrong place; `limit-exceeded` for more than {@link Limits.bitcodeEntries} records.
 * @example
 * for (const { name, instructionCount } of readSummary(module)?.functions() ?? []) console.log(instructionCount, name);
 */
export function readSummary(module: BitcodeModule, options: SummaryOptions = {}): BitcodeModuleSummary | undefined {
  const content = module.content();
  const block = content.blocks.find(
    ({ header }) => header.id === GLOBALVAL_SUMMARY_BLOCK_ID || header.id === FULL_LTO_GLOBALVAL_SUMMARY_BLOCK_ID,
  );
  if (block === undefined) return undefined;
  const errorAt: ErrorAt = (code, reason, bitOffset) => content.error(code, reason, bitOffset);
  const summary = new SummaryContent(errorAt).read(content.openBlock(block));
  return new BitcodeModuleSummary(module, block.header.id, summary, options);
}
