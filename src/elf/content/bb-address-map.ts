// SHT_LLVM_BB_ADDR_MAP: where the basic blocks of each function lie, and what the profile says of them; LLVM 22's
// Extensions.rst, "SHT_LLVM_BB_ADDR_MAP Section", and its decoder (llvm/Object/ELF.cpp). Versions 0 (LLVM 15) to 5 (LLVM
// 22), and the section type 0x6fff4c08 of LLVM 13 and 14, which has neither version nor features. LLVM after 22 refuses
// what came before version 2; it is read here. Errors are in LLVM's words.

import { Leb128Cursor } from '../../bytes/index.ts';
import type { ByteView } from '../../bytes/index.ts';
import { ELF_TYPES } from '../constants/header.ts';
import { SECTION_TYPES } from '../constants/section.ts';
import type { ElfFile } from '../elf-file.ts';
import { readWord } from '../layout.ts';
import { readUncompressed } from './compression.ts';
import { RelocatedWords } from './relocated-words.ts';
import { SectionRelocations } from './section-relocations.ts';

const { SHT_LLVM_BB_ADDR_MAP } = SECTION_TYPES.values;
const { ET_REL } = ELF_TYPES.values;

/** The type up to LLVM 14. */
const SHT_LLVM_BB_ADDR_MAP_V0 = 0x6fff4c08;
const VERSION_MAX = 5;
/** The version from which on features stand in two bytes. */
const WIDE_FEATURES = 5;
/** The version from which on blocks follow each other: before, offsets count from the function. */
const DELTA_OFFSETS = 1;
/** The version from which on blocks have numbers of their own. */
const BLOCK_IDS = 2;

/** Bits of the features. */
const FEATURE = {
  functionEntryCount: 1 << 0,
  blockFrequency: 1 << 1,
  branchProbability: 1 << 2,
  multipleRanges: 1 << 3,
  omitBlocks: 1 << 4,
  callsiteEndOffsets: 1 << 5,
  blockHash: 1 << 6,
  postLinkProfile: 1 << 7,
  all: 0xff,
} as const;
/** Features that came with a version, and their names in LLVM's messages. */
const FEATURE_VERSIONS = [
  [FEATURE.callsiteEndOffsets, 3, 'callsite offsets'],
  [FEATURE.blockHash, 4, 'basic block hash'],
  [FEATURE.postLinkProfile, 5, 'post link cfg'],
] as const;

/** Bits of the metadata of a block. */
const METADATA = {
  hasReturn: 1,
  hasTailCall: 2,
  isEhPad: 4,
  canFallThrough: 8,
  hasIndirectBranch: 16,
  all: 31,
} as const;
const HASH_SIZE = 8;
const UINT32_MAX = 0xffffffff;

/** A basic block. */
export interface ElfBasicBlock {
  /** Its number, unique in the function; before version 2 its position. */
  readonly id: number;
  /** Bytes from the start of its range. */
  readonly offset: number;
  /** Bytes. */
  readonly size: number;
  /** Whether it ends with a return, or a tail call. */
  readonly hasReturn: boolean;
  /** Whether it ends with a tail call. */
  readonly hasTailCall: boolean;
  /** Whether it handles exceptions. */
  readonly isEhPad: boolean;
  /** Whether control can go on to the next block. */
  readonly canFallThrough: boolean;
  /** Whether it ends with an indirect branch. */
  readonly hasIndirectBranch: boolean;
  /** Where its calls end, in bytes from its start; empty without that feature. */
  readonly callsiteEndOffsets: readonly number[];
  /** Hash of its content; `undefined` without that feature. */
  readonly hash: bigint | undefined;
}

/** Blocks that follow each other: a function, or a part that the compiler put elsewhere. */
export interface ElfBasicBlockRange {
  /**
   * Address of the first block. In relocatable files what the relocation there says, an offset in the section that the
   * map names: the value of the symbol and the addend; `undefined` where there is no relocation.
   */
  readonly address: bigint | undefined;
  /** The blocks, in order; empty where they were left out. */
  readonly blocks: readonly ElfBasicBlock[];
}

/** An edge to another block. */
export interface ElfBlockSuccessor {
  /** Number of the block. */
  readonly id: number;
  /** Probability in units of 2^-31. */
  readonly probability: number;
  /** How often a profile of the linked program saw it; `undefined` without that feature. */
  readonly postLinkCount: number | undefined;
}

/** What the profile says of a block. */
export interface ElfBlockProfile {
  /** Frequency, relative to the entry of the function; `undefined` without that feature. */
  readonly frequency: bigint | undefined;
  /** How often a profile of the linked program saw it; `undefined` without that feature. */
  readonly postLinkCount: number | undefined;
  /** Edges; empty without that feature. */
  readonly successors: readonly ElfBlockSuccessor[];
}

/** The map of a function. */
export interface ElfBasicBlockMap {
  /** Version of the format; 0 also for the older section type. */
  readonly version: number;
  /** Bits of the features as stored. */
  readonly features: number;
  /** The ranges; the first one holds the entry. One at least. */
  readonly ranges: readonly ElfBasicBlockRange[];
  /** How often the function was entered; `undefined` without that feature. */
  readonly entryCount: bigint | undefined;
  /** For each block of all ranges, in order; empty without such features. */
  readonly profiles: readonly ElfBlockProfile[];
  /** Where the map starts, from the start of the file that holds the bytes, or of the section if it is compressed. */
  readonly fileOffset: number;
}

/**
 * Goes through the maps of a section, function by function. Reads the section, decompressed, and its relocations when the
 * first one is asked for.
 *
 * @param index - The number of an SHT_LLVM_BB_ADDR_MAP section. Its `sh_link` names the section of the code.
 * @param relocations - Those of the file, for callers who read many sections: made anew they cost a pass over the section
 *   headers. Not looked at in files that are not relocatable.
 * @throws {@link FormatError} while iterating, behind the maps before the fault: as {@link readUncompressed}, and for
 *   relocatable files as {@link ElfFile.relocationTable} and {@link ElfFile.symbolTable};
 *   `bad-value` if the section is of another type, or a number does not fit, `unsupported` for later versions,
 *   `truncated` or `out-of-bounds` if the section ends within a map, `limit-exceeded` past `Limits.basicBlocks`.
 * @see llvm-readobj --bb-addr-map, --pretty-pgo-analysis-map.
 */
export function* basicBlockMaps(
  elf: ElfFile,
  index: number,
  relocations?: SectionRelocations,
): Generator<ElfBasicBlockMap, void, undefined> {
  const isOld = index < elf.sections.length && elf.sections.type(index) === SHT_LLVM_BB_ADDR_MAP_V0;
  if (!isOld) elf.expectType(index, SHT_LLVM_BB_ADDR_MAP);
  const view = readUncompressed(elf, index);
  const isRelocatable = elf.header.type === ET_REL;
  const words = isRelocatable
    ? new RelocatedWords(elf, index, view, relocations ?? new SectionRelocations(elf))
    : undefined;
  const reader = new MapReader(elf, view, words);
  while (!reader.atEnd) yield reader.next(isOld);
}

class MapReader {
  private readonly elf: ElfFile;
  private readonly view: ByteView;
  private readonly words: RelocatedWords | undefined;
  private readonly cursor: Leb128Cursor;
  /** What the function at hand may still have, see `Limits.basicBlocks`. */
  private partsLeft = 0;

  constructor(elf: ElfFile, view: ByteView, words: RelocatedWords | undefined) {
    this.elf = elf;
    this.view = view;
    this.words = words;
    this.cursor = new Leb128Cursor(view);
  }

  get atEnd(): boolean {
    return this.cursor.atEnd;
  }

  next(isOld: boolean): ElfBasicBlockMap {
    const { view, cursor } = this;
    const fileOffset = view.base + cursor.offset;
    this.partsLeft = this.elf.limits.basicBlocks;
    const version = isOld ? 0 : this.readVersion();
    const features = isOld ? 0 : this.readFeatures(version);
    const hasRanges = (features & FEATURE.multipleRanges) !== 0;
    const rangeCount = hasRanges ? this.uint32('a number of ranges') : 1;
    if (rangeCount === 0) {
      const where = `at offset ${cursor.offset.toString(16)} in SHT_LLVM_BB_ADDR_MAP section`;
      throw view.error('bad-value', `invalid zero number of BB ranges ${where}`, cursor.offset);
    }
    this.expectCount(rangeCount, this.elf.encoding.layout.bits / 8 + 1, 'ranges');
    const ranges: ElfBasicBlockRange[] = [];
    for (let i = 0; i < rangeCount; i += 1) ranges.push(this.readRange(version, features));
    const hasProfiles = (features & (FEATURE.blockFrequency | FEATURE.branchProbability)) !== 0;
    const entryCount = (features & FEATURE.functionEntryCount) !== 0 ? this.uint64('an entry count') : undefined;
    const profiles: ElfBlockProfile[] = [];
    if (hasProfiles) {
      const blockCount = ranges.reduce((sum, { blocks }) => sum + blocks.length, 0);
      for (let i = 0; i < blockCount; i += 1) profiles.push(this.readProfile(features));
    }
    return { version, features, ranges, entryCount, profiles, fileOffset };
  }

  private readVersion(): number {
    const { view, cursor } = this;
    const version = view.uint8(cursor.offset, 'the version of a map');
    if (version > VERSION_MAX) {
      throw view.error('unsupported', `unsupported SHT_LLVM_BB_ADDR_MAP version: ${version}`, cursor.offset);
    }
    cursor.offset += 1;
    return version;
  }

  private readFeatures(version: number): number {
    const { view, cursor, elf } = this;
    const at = cursor.offset;
    const what = 'the features of a map';
    const isWide = version >= WIDE_FEATURES;
    const features = isWide ? view.uint16(at, elf.encoding.littleEndian, what) : view.uint8(at, what);
    cursor.offset += isWide ? 2 : 1;
    if ((features & ~FEATURE.all) !== 0) {
      const reason = `invalid encoding for BBAddrMap::Features: 0x${features.toString(16)}`;
      throw view.error('bad-value', reason, at);
    }
    const tooNew =
      features !== 0 && version < BLOCK_IDS
        ? ([features, BLOCK_IDS, 'PGO'] as const)
        : FEATURE_VERSIONS.find(([bit, since]) => (features & bit) !== 0 && version < since);
    if (tooNew === undefined) return features;
    const [, needed, name] = tooNew;
    const reason =
      `version should be >= ${needed} for SHT_LLVM_BB_ADDR_MAP when ${name} feature is enabled: ` +
      `version = ${version} feature = ${features}`;
    throw view.error('bad-value', reason, at);
  }

  private readRange(version: number, features: number): ElfBasicBlockRange {
    const address = this.readAddress();
    const count = this.uint32('a number of blocks');
    const blocks: ElfBasicBlock[] = [];
    if ((features & FEATURE.omitBlocks) !== 0) return { address, blocks };
    this.expectCount(count, 3, 'blocks');
    let end = 0;
    for (let i = 0; i < count; i += 1) {
      const block = this.readBlock(version, features, i, end);
      blocks.push(block);
      end = block.offset + block.size;
    }
    return { address, blocks };
  }

  private readAddress(): bigint | undefined {
    const { view, cursor, elf, words } = this;
    const at = cursor.offset;
    const width = elf.encoding.layout.bits / 8;
    const { data } = view.part(at, width, 'the address of a function');
    cursor.offset += width;
    return words === undefined ? readWord(data, 0, elf.encoding) : words.valueAt(at);
  }

  private readBlock(version: number, features: number, position: number, previousEnd: number): ElfBasicBlock {
    const { view, cursor, elf } = this;
    const id = version >= BLOCK_IDS ? this.uint32('the number of a block') : position;
    const offset = this.uint32('the offset of a block') + (version >= DELTA_OFFSETS ? previousEnd : 0);
    const callsiteEndOffsets: number[] = [];
    let lastCallsite = 0;
    if ((features & FEATURE.callsiteEndOffsets) !== 0) {
      const count = this.uint32('a number of calls');
      this.expectCount(count, 1, 'calls');
      for (let i = 0; i < count; i += 1) {
        lastCallsite += this.uint32('the end of a call');
        callsiteEndOffsets.push(lastCallsite);
      }
    }
    const size = this.uint32('the size of a block') + lastCallsite;
    const at = cursor.offset;
    const metadata = this.uint32('the metadata of a block');
    if (metadata > METADATA.all) {
      throw view.error('bad-value', `invalid encoding for BBEntry::Metadata: 0x${metadata.toString(16)}`, at);
    }
    let hash: bigint | undefined;
    if ((features & FEATURE.blockHash) !== 0) {
      hash = view.uint64(cursor.offset, elf.encoding.littleEndian, 'the hash of a block');
      cursor.offset += HASH_SIZE;
    }
    return {
      id,
      offset,
      size,
      hasReturn: (metadata & METADATA.hasReturn) !== 0,
      hasTailCall: (metadata & METADATA.hasTailCall) !== 0,
      isEhPad: (metadata & METADATA.isEhPad) !== 0,
      canFallThrough: (metadata & METADATA.canFallThrough) !== 0,
      hasIndirectBranch: (metadata & METADATA.hasIndirectBranch) !== 0,
      callsiteEndOffsets,
      hash,
    };
  }

  private readProfile(features: number): ElfBlockProfile {
    const hasPostLink = (features & FEATURE.postLinkProfile) !== 0;
    const frequency = (features & FEATURE.blockFrequency) !== 0 ? this.uint64('a block frequency') : undefined;
    const postLinkCount = hasPostLink ? this.uint32('a post link count') : undefined;
    const successors: ElfBlockSuccessor[] = [];
    if ((features & FEATURE.branchProbability) !== 0) {
      const count = this.cursor.unsigned('a number of successors');
      this.expectCount(count, 2, 'successors');
      for (let i = 0; i < count; i += 1) {
        const id = this.uint32('the number of a successor');
        const probability = this.uint32('a branch probability');
        successors.push({
          id,
          probability,
          postLinkCount: hasPostLink ? this.uint32('a post link count') : undefined,
        });
      }
    }
    return { frequency, postLinkCount, successors };
  }

  /** Compares a count with the bytes that are left for what is counted, and with the limit. */
  private expectCount(count: number, leastSize: number, what: string): void {
    const { view, cursor, elf } = this;
    const left = view.length - cursor.offset;
    if (count > left / leastSize) {
      throw view.error('truncated', `${count} ${what} do not fit the ${left} bytes that are left`, cursor.offset);
    }
    this.partsLeft -= count;
    if (this.partsLeft >= 0) return;
    const reason = `ranges, blocks, calls and edges of a function are more than the limits allow (${elf.limits.basicBlocks})`;
    throw view.error('limit-exceeded', reason, cursor.offset);
  }

  private uint32(what: string): number {
    const { view, cursor } = this;
    const at = cursor.offset;
    const value = cursor.unsigned(what);
    if (value <= UINT32_MAX) return value;
    const reason = `ULEB128 value at offset 0x${at.toString(16)} exceeds UINT32_MAX (0x${value.toString(16)})`;
    throw view.error('bad-value', reason, at);
  }

  private uint64(what: string): bigint {
    return this.cursor.unsigned64(what);
  }
}
