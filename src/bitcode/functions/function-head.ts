// How a FUNCTION block (id 12) begins: the number of its basic blocks, then its constants, then its instructions. What it
// says about addresses of basic blocks and inline assembly is read without its instructions, except for BLOCKADDR_USERS, which stands behind
// them (ModuleBitcodeWriter::writeFunction in llvm/lib/Bitcode/Writer/BitcodeWriter.cpp, LLVM 15 to 22).

import { wantedItems } from '../bitstream/index.ts';
import type { BlockReader, RecordBuffer } from '../bitstream/index.ts';
import { BLOCK_IDS } from '../codes/block-ids.ts';
import { BLOCKADDRESS_OPERANDS, CONSTANTS_CODES } from '../codes/constants.ts';
import { FUNCTION_CODES } from '../codes/function.ts';
import type { BitcodeBlockAddress } from '../constants/constants.ts';
import { INLINE_ASSEMBLY_CODES } from '../constants/inline-assembly.ts';
import type { BitcodeInlineAssembly } from '../constants/inline-assembly.ts';
import type { BitcodeFunction } from '../globals/function.ts';
import { readGlobals } from '../globals/read-globals.ts';
import type { BitcodeGlobals } from '../globals/read-globals.ts';
import type { BitcodeModule } from '../module.ts';
import type { ModuleBlock, ModuleContent } from '../module-content.ts';
import { pairFunctionBlocks } from './function-blocks.ts';
import type { FunctionBlock } from './function-blocks.ts';
import { InlineAssemblyReader, takeAssembly } from './inline-assembly-reader.ts';
import type { AssemblyRecord } from './inline-assembly-reader.ts';

const { FUNC_CODE_DECLAREBLOCKS, FUNC_CODE_BLOCKADDR_USERS } = FUNCTION_CODES.values;
const { CONSTANTS_BLOCK_ID } = BLOCK_IDS.values;
const { CST_CODE_BLOCKADDRESS } = CONSTANTS_CODES.values;
const BLOCK_ADDRESSES = /* @__PURE__ */ wantedItems([CST_CODE_BLOCKADDRESS], []);
const HEAD_CONSTANTS = /* @__PURE__ */ wantedItems([CST_CODE_BLOCKADDRESS, ...INLINE_ASSEMBLY_CODES], []);

/** A constant that is the address of a basic block, as `blockaddress(@f, %block)` in LLVM's assembly. */
export interface BitcodeBlockAddressRecord extends BitcodeBlockAddress {
  /** Place of the record: bits from the start of the stream. */
  readonly bitOffset: number;
}

/** What the heads of a module have in common. */
export interface HeadSource {
  readonly content: ModuleContent;
  readonly globals: BitcodeGlobals;
  /** What records are decoded into. */
  readonly record: RecordBuffer;
  readonly assembly: InlineAssemblyReader;
}

/** What a head keeps of the constants and the first record of its block. */
interface HeadContent {
  readonly basicBlockCount: number;
  readonly blockAddresses: readonly BitcodeBlockAddressRecord[];
  readonly inlineAssembly: readonly AssemblyRecord[];
}

/**
 * Reads the addresses of basic blocks in a CONSTANTS block to its end, and finds its inline assembly.
 *
 * @param record - What records are decoded into.
 * @throws {@link FormatError} if the block is damaged, `bad-value` for an address that does not tell its block.
 */
function readHeadConstants(
  reader: BlockReader,
  addresses: BitcodeBlockAddressRecord[],
  assembly: AssemblyRecord[],
  record: RecordBuffer,
): void {
  while (reader.nextOf(HEAD_CONSTANTS) !== 'end') {
    reader.checkEntries(addresses.length + assembly.length + 1, 'addresses of basic blocks and inline assembly');
    if (reader.code !== CST_CODE_BLOCKADDRESS) {
      assembly.push(takeAssembly(reader));
      continue;
    }
    reader.read(record);
    const owner = record.at(BLOCKADDRESS_OPERANDS.function);
    const block = record.at(BLOCKADDRESS_OPERANDS.block);
    if (owner === undefined || block === undefined) {
      throw reader.error('bad-value', `an address of a basic block has ${record.length} operands, of 3`);
    }
    addresses.push({ function: owner, block, bitOffset: record.bitOffset });
  }
}

/**
 * The head of the body of a function. What it says is read when it is first asked for: FormatError (`truncated`,
 * `bad-value`, `limit-exceeded`) comes out there if the block is damaged, and costs this function only.
 */
export class BitcodeFunctionHead {
  /** Value id of the function. */
  readonly valueId: number;
  protected readonly block: ModuleBlock;
  private readonly shared: HeadSource;
  private knownHead: HeadContent | undefined;
  private knownUsers: readonly number[] | undefined;

  /** @internal */
  constructor(shared: HeadSource, { valueId, block }: FunctionBlock) {
    this.valueId = valueId;
    this.shared = shared;
    this.block = block;
  }

  /** The function whose body it is. */
  get function(): BitcodeFunction {
    return this.shared.globals.values[this.valueId] as BitcodeFunction;
  }

  /** Place of the block: bits from the start of the stream to its ENTER_SUBBLOCK. */
  get bitOffset(): number {
    return this.block.header.bitOffset;
  }

  /** Number of basic blocks, as the block declares it; 0 if it does not, which LLVM refuses. */
  get basicBlockCount(): number {
    return this.head().basicBlockCount;
  }

  /**
   * The addresses of basic blocks among its constants: those that its instructions use, of its own blocks and those of
   * others. An address that an initializer or debug information uses as well stands among the constants of the module only.
   *
   * Looks at what stands in front of the first instruction, where every LLVM writes constants.
   */
  get blockAddresses(): readonly BitcodeBlockAddressRecord[] {
    return this.head().blockAddresses;
  }

  /**
   * Iterates over the inline assembly among its constants, each decoded when it is reached; where the file has the same
   * again, in this function or another one, it may be the same object. The same text is a constant once,
   * however often it stands; one that other functions have as well is still a constant of this one.
   *
   * @throws {@link FormatError} `truncated` if a string does not end in its record.
   */
  *inlineAssembly(): Generator<BitcodeInlineAssembly, void, undefined> {
    for (const stored of this.head().inlineAssembly) {
      const assembly = this.shared.assembly.read(stored);
      if (assembly !== undefined) yield assembly;
    }
  }

  /**
   * Value ids of the other functions that use addresses of its blocks, in stored order: LLVM reads their bodies together
   * with this one (BLOCKADDR_USERS). Empty if nobody does, and up to LLVM 14, which does not tell. Costs a pass over the
   * records of the block.
   */
  get blockAddressUsers(): readonly number[] {
    this.knownUsers ??= this.readUsers();
    return this.knownUsers;
  }

  /** Makes a reader of the block. */
  protected openBody(): BlockReader {
    return this.shared.content.openBlock(this.block);
  }

  private head(): HeadContent {
    this.knownHead ??= this.readHead();
    return this.knownHead;
  }

  private readHead(): HeadContent {
    const { record } = this.shared;
    const reader = this.openBody();
    const blockAddresses: BitcodeBlockAddressRecord[] = [];
    const inlineAssembly: AssemblyRecord[] = [];
    let basicBlockCount = 0;
    for (let item = reader.next(); item !== 'end'; item = reader.next()) {
      if (item === 'block') {
        if (reader.blockId !== CONSTANTS_BLOCK_ID) continue;
        readHeadConstants(reader.enter(reader.header(), this.block.info), blockAddresses, inlineAssembly, record);
      } else if (reader.code === FUNC_CODE_DECLAREBLOCKS) {
        reader.read(record);
        basicBlockCount = record.at(0) ?? 0;
      } else break;
    }
    return { basicBlockCount, blockAddresses, inlineAssembly };
  }

  private readUsers(): readonly number[] {
    const { record } = this.shared;
    const reader = this.openBody();
    const users: number[] = [];
    for (let item = reader.next(); item !== 'end'; item = reader.next()) {
      if (item === 'block' || reader.code !== FUNC_CODE_BLOCKADDR_USERS) continue;
      reader.read(record);
      reader.checkEntries(users.length + record.length, 'functions that use addresses of basic blocks');
      for (let i = 0; i < record.length; i += 1) users.push(record.values[i] as number);
    }
    return users;
  }
}

/**
 * Makes the heads of the bodies of a module's functions, in the order of their bodies. Costs a pass over the MODULE block,
 * shared with the other readers of the module; what a head says is read when it is asked for, and instructions never
 * except for {@link BitcodeFunctionHead.blockAddressUsers}.
 *
 * @param globals - The global values of the module, where they were read already.
 * @returns Empty for a module without bodies, as a thin-link file or a ThinLTO index.
 * @throws {@link FormatError} if the MODULE block is damaged, `bad-value` if it has more bodies than functions to have them.
 */
export function readFunctionHeads(module: BitcodeModule, globals = readGlobals(module)): BitcodeFunctionHead[] {
  const content = module.content();
  const { record } = content;
  const shared: HeadSource = { content, globals, record, assembly: new InlineAssemblyReader(content, record) };
  return pairFunctionBlocks(content).map((block) => new BitcodeFunctionHead(shared, block));
}

/**
 * Whether the constants of a module, without those of its functions, have an address of a basic block.
 *
 * @throws {@link FormatError} if a CONSTANTS block of the module is damaged.
 */
export function hasBlockAddresses(module: BitcodeModule): boolean {
  const content = module.content();
  const hasOne = (block: ModuleBlock) => content.openBlock(block).nextOf(BLOCK_ADDRESSES) !== 'end';
  return content.blocksOf(CONSTANTS_BLOCK_ID).some(hasOne);
}
