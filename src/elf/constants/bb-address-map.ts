// Features of a function in SHT_LLVM_BB_ADDR_MAP: LLVM 22 (llvm/Object/ELFTypes.h, BBAddrMap::Features, and
// llvm/Object/ELF.cpp for the order), and of its blocks: BBAddrMap::BBEntry::Metadata; compared with that header by
// scripts/check-constants.ts.

import { defineNames } from '../../names/index.ts';

/** Bits of the features of a function. */
export const BB_ADDRESS_MAP_FEATURES = /* @__PURE__ */ defineNames({
  FuncEntryCount: 0x1,
  BBFreq: 0x2,
  BrProb: 0x4,
  MultiBBRange: 0x8,
  OmitBBEntries: 0x10,
  CallsiteEndOffsets: 0x20,
  BBHash: 0x40,
  PostLinkCfg: 0x80,
});

/** Bits of the metadata of a basic block. */
export const BB_ADDRESS_MAP_BLOCK_FLAGS = /* @__PURE__ */ defineNames({
  HasReturn: 0x1,
  HasTailCall: 0x2,
  IsEHPad: 0x4,
  CanFallThrough: 0x8,
  HasIndirectBranch: 0x10,
});
