// What a reader does at most on behalf of one file. The formats have no such bounds; these are far above real files and
// far below what harms the process.

/** Upper bounds on what one input may make a reader do. */
export interface Limits {
  /** Sections of one ELF file. Objects with 2^17 sections exist. */
  readonly sections: number;
  /** Program headers of one ELF file. Core files have one for each mapping of the process. */
  readonly segments: number;
  /**
   * Relocations that are unpacked out of one section. Packed encodings state thousands of them in a few bytes; unpacked
   * each takes 32 bytes of memory, a relative one 8.
   */
  readonly relocations: number;
  /** Members of one archive. */
  readonly members: number;
  /** Bytes that are read into memory as one block. */
  readonly blockBytes: number;
  /** Bytes of a compressed section when it is decompressed. The debugging information of browsers comes near 2^32. */
  readonly uncompressedBytes: number;
  /**
   * Ranges, blocks, calls and edges together that one function may have in a basic block address map. Three bytes may state
   * one that takes a hundred in memory, and compressed they are less than one.
   */
  readonly basicBlocks: number;
  /**
   * Elements of one list that an entry of an ELF section holds and that is given as a whole: callees of a function in a
   * call graph, sections or symbols that build attributes hold for, strings of an offload binary.
   */
  readonly listElements: number;
  /** Containers inside containers: an archive in an archive, a thin archive that names another. */
  readonly containerDepth: number;
  /** Blocks inside blocks of a bitstream. */
  readonly bitcodeDepth: number;
  /** Abbreviations that one bitstream block may have in force. */
  readonly abbreviations: number;
  /** Entries of one list of a bitcode module: global values, types, blocks. A program of 100 MB has below a million. */
  readonly bitcodeEntries: number;
}

/** The bounds that hold unless the caller gives others. */
export const DEFAULT_LIMITS: Limits = {
  sections: 1 << 24,
  segments: 1 << 24,
  relocations: 1 << 24,
  members: 1 << 24,
  blockBytes: 2 ** 31 - 1,
  uncompressedBytes: 2 ** 30,
  basicBlocks: 1 << 20,
  listElements: 1 << 20,
  containerDepth: 8,
  bitcodeDepth: 64,
  abbreviations: 1 << 16,
  bitcodeEntries: 1 << 22,
};
