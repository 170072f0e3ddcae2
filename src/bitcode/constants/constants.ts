// CONSTANTS blocks (id 11): constants of a module or of one function by value id. Layout: llvm/Bitcode/LLVMBitCodes.h and
// parseConstants in llvm/lib/Bitcode/Reader/BitcodeReader.cpp (LLVM 22). Every record but SETTYPE defines a value, also
// those of codes that nobody knows. Which values are floating-point numbers, and the elements of DATA, are left to the
// caller: their operands are there.

import { decodeText } from '../../bytes/index.ts';
import type { FormatError } from '../../bytes/index.ts';
import { RecordBuffer } from '../bitstream/index.ts';
import type { BitstreamRecord, BlockReader, Operand } from '../bitstream/index.ts';
import { BLOCKADDRESS_OPERANDS, CONSTANTS_CODES } from '../codes/constants.ts';
import type { BitcodeGlobals, BitcodeGlobalValue } from '../globals/read-globals.ts';
import { followCasts, followToObject } from './follow.ts';
import type { KnownEnds } from './follow.ts';
import { inlineAssemblyOf, isInlineAssembly } from './inline-assembly.ts';
import type { BitcodeInlineAssembly } from './inline-assembly.ts';

const C = CONSTANTS_CODES.values;

/** Stands for the type of constants before any SETTYPE. */
const NO_TYPE = -1;

/** Words of the widest integer of LLVM, which has 2^23 bits. */
const WIDE_WORDS_MAX = 2 ** 17;

/** A basic block whose address is a constant. */
export interface BitcodeBlockAddress {
  /** Value id of the function. */
  readonly function: number;
  /** Position of the block in the function, from 0 on. */
  readonly block: number;
}

/** A run of constants out of one block; they are numbered from the first of all on. */
interface Run {
  readonly first: number;
  readonly reader: BlockReader;
}

/**
 * Constants by value id: those of a module, or those of a function with those of its module behind them. Of each constant
 * its code, type and place are kept, about 24 bytes; operands are decoded each time they are asked for.
 *
 * A value id that is no constant has no code, no operands and no value; that is no error. Every method that reads operands
 * throws FormatError (`truncated`, `bad-value`, `limit-exceeded`) if its record is damaged.
 */
export class BitcodeConstants {
  /** Value id of the first of these constants. */
  readonly firstValueId: number;
  private knownGlobals: BitcodeGlobals | undefined;
  private readonly readGlobals: () => BitcodeGlobals;
  private readonly outer: BitcodeConstants | undefined;
  private readonly codes: number[] = [];
  private readonly types: number[] = [];
  /** Bits from the start of the stream to the record. */
  private readonly bitOffsets: number[] = [];
  private readonly runs: Run[] = [];
  private readonly castEnds: KnownEnds = new Map();
  private readonly objectEnds: KnownEnds = new Map();
  /** A wide integer takes long to decode, and much else may refer to it. */
  private readonly wideIntegers = new Map<number, bigint | undefined>();

  /** @internal */
  constructor(firstValueId: number, globals: () => BitcodeGlobals, outer: BitcodeConstants | undefined) {
    this.firstValueId = firstValueId;
    this.readGlobals = globals;
    this.outer = outer;
  }

  /** The global values that constants lead to. */
  get globals(): BitcodeGlobals {
    this.knownGlobals ??= this.readGlobals();
    return this.knownGlobals;
  }

  /** How many constants there are, without those of the module behind those of a function. */
  get length(): number {
    return this.codes.length;
  }

  /** What defines a constant, one of {@link CONSTANTS_CODES} or of a later LLVM; `undefined` for what is no constant. */
  code(valueId: number): number | undefined {
    if (valueId < this.firstValueId) return this.outer?.code(valueId);
    return this.codes[valueId - this.firstValueId];
  }

  /** Number of the type of a constant; `undefined` for what is no constant, and for one that no SETTYPE stands before. */
  typeId(valueId: number): number | undefined {
    if (valueId < this.firstValueId) return this.outer?.typeId(valueId);
    const type = this.types[valueId - this.firstValueId];
    return type === NO_TYPE ? undefined : type;
  }

  /** Place of the record of a constant: bits from the start of the stream; `undefined` for what is no constant. */
  bitOffset(valueId: number): number | undefined {
    if (valueId < this.firstValueId) return this.outer?.bitOffset(valueId);
    return this.bitOffsets[valueId - this.firstValueId];
  }

  /**
   * Reads the operands of a constant as they are stored.
   *
   * @param max - Operands behind this count are left out.
   */
  operands(valueId: number, max?: number): Operand[] {
    return this.record(valueId)?.operands(max) ?? [];
  }

  /**
   * The value of an integer: of INTEGER with its sign, of WIDE_INTEGER (more than 64 bits) without, because only its type
   * tells where that stands; it is decoded once. NULL is 0, whatever its type.
   *
   * @returns `undefined` for other constants, and for wider ones than LLVM has (2^23 bits).
   */
  integer(valueId: number): bigint | undefined {
    switch (this.code(valueId)) {
      case C.CST_CODE_NULL:
        return 0n;
      case C.CST_CODE_INTEGER: {
        const [stored] = this.operands(valueId, 1);
        return stored === undefined ? undefined : unrotated(stored);
      }
      case C.CST_CODE_WIDE_INTEGER: {
        if (valueId < this.firstValueId) return this.outer?.integer(valueId);
        if (!this.wideIntegers.has(valueId))
          this.wideIntegers.set(valueId, wideInteger(this.operands(valueId, WIDE_WORDS_MAX + 1)));
        return this.wideIntegers.get(valueId);
      }
      default:
        return undefined;
    }
  }

  /** The bytes of a string by {@link decodeText}, without the terminator of a CSTRING; `undefined` for other constants. */
  text(valueId: number): string | undefined {
    const code = this.code(valueId);
    if (code !== C.CST_CODE_STRING && code !== C.CST_CODE_CSTRING) return undefined;
    const record = this.record(valueId);
    return record === undefined ? undefined : decodeText(record.textBytes());
  }

  /** Value ids of the elements of an array, struct or vector that is stored as such; `undefined` for other constants. */
  elements(valueId: number): number[] | undefined {
    return this.code(valueId) === C.CST_CODE_AGGREGATE ? this.operands(valueId).map(Number) : undefined;
  }

  /** The basic block that a BLOCKADDRESS names; `undefined` for other constants, and if the record does not tell both. */
  blockAddress(valueId: number): BitcodeBlockAddress | undefined {
    if (this.code(valueId) !== C.CST_CODE_BLOCKADDRESS) return undefined;
    const operands = this.operands(valueId, BLOCKADDRESS_OPERANDS.block + 1);
    const block = operands[BLOCKADDRESS_OPERANDS.block];
    if (block === undefined) return undefined;
    return { function: Number(operands[BLOCKADDRESS_OPERANDS.function]), block: Number(block) };
  }

  /**
   * The inline assembly that a constant is; `undefined` for other constants.
   *
   * @throws {@link FormatError} `truncated` if one of its strings goes on behind the end of the record.
   */
  inlineAssembly(valueId: number): BitcodeInlineAssembly | undefined {
    if (!isInlineAssembly(this.code(valueId))) return undefined;
    const record = new RecordBuffer();
    this.record(valueId)?.read(record);
    return inlineAssemblyOf(record, (reason) => this.truncated(valueId, reason));
  }

  /**
   * The global value that a value is, if need be behind casts of pointers and GEPs whose indices are all 0, as LLVM's
   * `stripPointerCasts`. An alias stays an alias. Each chain of casts is followed once.
   *
   * @returns `undefined` if there is none behind it, and for casts in a circle.
   */
  globalOf(valueId: number): BitcodeGlobalValue | undefined {
    return this.globals.values[followCasts(valueId, this, this.castEnds)];
  }

  /**
   * The variable, function or ifunc that a value lies in: also behind aliases, casts to and from integers, other GEPs,
   * and sums with a number, as LLVM's `getAliaseeObject`. Of the sum of two expressions LLVM takes the one that has an
   * object; here that has none. Each chain is followed once.
   *
   * @returns `undefined` if there is none behind it, and for aliases in a circle.
   */
  objectOf(valueId: number): BitcodeGlobalValue | undefined {
    return this.globals.values[followToObject(valueId, this, this.globals, this.objectEnds)];
  }

  /** Makes an error about a constant whose record ends too early. @internal */
  truncated(valueId: number, reason: string): FormatError {
    if (valueId < this.firstValueId && this.outer !== undefined) return this.outer.truncated(valueId, reason);
    const index = valueId - this.firstValueId;
    const { reader } = this.runAt(index);
    reader.seek(this.bitOffsets[index] as number);
    return reader.error('truncated', reason);
  }

  /** Takes in the constants of a block. @internal */
  take(reader: BlockReader): void {
    const { codes, types, bitOffsets } = this;
    const record = new RecordBuffer();
    let type = NO_TYPE;
    const first = codes.length;
    for (let item = reader.next(); item !== 'end'; item = reader.next()) {
      if (item === 'block') continue;
      if (reader.code === C.CST_CODE_SETTYPE) {
        reader.read(record);
        type = record.at(0) ?? NO_TYPE;
        continue;
      }
      codes.push(reader.code);
      types.push(type);
      bitOffsets.push(reader.itemBitOffset);
      reader.checkEntries(codes.length, 'constants');
    }
    if (codes.length > first) this.runs.push({ first, reader });
  }

  private record(valueId: number): BitstreamRecord | undefined {
    if (valueId < this.firstValueId) return this.outer?.record(valueId);
    const index = valueId - this.firstValueId;
    const bitOffset = this.bitOffsets[index];
    if (bitOffset === undefined) return undefined;
    const { reader } = this.runAt(index);
    reader.seek(bitOffset);
    reader.next();
    return reader.record();
  }

  /** The run that holds a constant. Modules have one, but nothing limits them to that. */
  private runAt(index: number): Run {
    const { runs } = this;
    let low = 0;
    let high = runs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((runs[middle] as Run).first <= index) low = middle;
      else high = middle - 1;
    }
    return runs[low] as Run;
  }
}

/** The number that words of 64 bits make, the lowest first; `undefined` for none and for too many. */
function wideInteger(words: readonly Operand[]): bigint | undefined {
  if (words.length === 0 || words.length > WIDE_WORDS_MAX) return undefined;
  // By hexadecimal digits: to add words one by one takes the square of their count.
  const digits = words.map((word) => BigInt.asUintN(64, unrotated(word)).toString(16).padStart(16, '0'));
  return BigInt(`0x${digits.reverse().join('')}`);
}

/** A number whose sign stands in its lowest bit; the lowest bit alone is the least number of 64 bits. */
function unrotated(stored: Operand): bigint {
  const bits = BigInt(stored);
  if ((bits & 1n) === 0n) return bits >> 1n;
  return bits === 1n ? -(1n << 63n) : -(bits >> 1n);
}

/**
 * Reads a CONSTANTS block of a function to its end. Costs one pass that skips operands.
 *
 * @param reader - Over the block.
 * @param firstValueId - The value id of its first constant: that behind the arguments of the function.
 * @param outer - The constants of the module.
 * @param globals - The global values of the module.
 * @throws {@link FormatError} if the block is damaged; `limit-exceeded` for more constants than `Limits.bitcodeEntries`.
 */
export function readConstantsBlock(
  reader: BlockReader,
  firstValueId: number,
  outer: BitcodeConstants,
  globals: BitcodeGlobals,
): BitcodeConstants {
  const constants = new BitcodeConstants(firstValueId, () => globals, outer);
  constants.take(reader);
  return constants;
}
