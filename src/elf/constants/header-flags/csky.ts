// e_flags of C-SKY. Values: LLVM 22 (llvm/BinaryFormat/ELF.h) and, for names marked so, glibc's elf.h, compared with
// both by scripts/check-constants.ts. Masks: binutils include/elf/csky.h.

import { defineNames } from '../../../names/index.ts';

/** Names of the processor, the lowest five bits of `e_flags`. */
export const CSKY_PROCESSORS = /* @__PURE__ */ defineNames({
  EF_CSKY_807: 0x06,
  EF_CSKY_810: 0x08,
  EF_CSKY_803: 0x09,
  EF_CSKY_801: 0x0a,
  EF_CSKY_860: 0x0b,
  EF_CSKY_802: 0x10,
  EF_CSKY_805: 0x11,
  EF_CSKY_800: 0x1f,
});

/** Bits of the `e_flags` of C-SKY. */
export const CSKY_HEADER_FLAGS = /* @__PURE__ */ defineNames({
  EF_CSKY_FLOAT: 0x2000,
  EF_CSKY_DSP: 0x4000,
});

/** Names of the version of the flags, bits 24 to 27 of `e_flags`. */
export const CSKY_FLAG_VERSIONS = /* @__PURE__ */ defineNames({
  EF_CSKY_EFV1: 0x1000000,
  EF_CSKY_EFV2: 0x2000000,
  EF_CSKY_EFV3: 0x3000000,
});

/** Names of the ABI version, EF_CSKY_ABIMASK (0xf0000000) of `e_flags`. */
export const CSKY_ABI_VERSIONS = /* @__PURE__ */ defineNames({
  EF_CSKY_ABIV1: 0x10000000, // elf.h
  EF_CSKY_ABIV2: 0x20000000,
});
