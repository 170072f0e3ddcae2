// What sections of MIPS hold: .MIPS.options and .MIPS.abiflags, and the special symbol in an entry of an N64 relocation
// section. "64-bit ELF Object File Specification"; LLVM 22 (llvm/BinaryFormat/ELF.h and llvm/Support/MipsABIFlags.h),
// compared with it by scripts/check-constants.ts.

import { defineNames } from '../../names/index.ts';

/** Names of the `kind` of a descriptor in .MIPS.options. */
export const MIPS_OPTION_KINDS = /* @__PURE__ */ defineNames({
  ODK_NULL: 0,
  ODK_REGINFO: 1,
  ODK_EXCEPTIONS: 2,
  ODK_PAD: 3,
  ODK_HWPATCH: 4,
  ODK_FILL: 5,
  ODK_TAGS: 6,
  ODK_HWAND: 7,
  ODK_HWOR: 8,
  ODK_GP_GROUP: 9,
  ODK_IDENT: 10,
  ODK_PAGESIZE: 11,
});

/** Names of the `r_ssym` of N64, the fourth byte of what {@link ElfRelocationTable.type} gives. */
export const MIPS_SPECIAL_SYMBOLS = /* @__PURE__ */ defineNames({
  RSS_UNDEF: 0,
  RSS_GP: 1,
  RSS_GP0: 2,
  RSS_LOC: 3,
});

/** Names of `gpr_size`, `cpr1_size` and `cpr2_size` in .MIPS.abiflags. */
export const MIPS_REGISTER_SIZES = /* @__PURE__ */ defineNames({
  AFL_REG_NONE: 0,
  AFL_REG_32: 1,
  AFL_REG_64: 2,
  AFL_REG_128: 3,
});

/** Bits of `ases` in .MIPS.abiflags: application-specific extensions. */
export const MIPS_ASES = /* @__PURE__ */ defineNames({
  AFL_ASE_DSP: 0x1,
  AFL_ASE_DSPR2: 0x2,
  AFL_ASE_EVA: 0x4,
  AFL_ASE_MCU: 0x8,
  AFL_ASE_MDMX: 0x10,
  AFL_ASE_MIPS3D: 0x20,
  AFL_ASE_MT: 0x40,
  AFL_ASE_SMARTMIPS: 0x80,
  AFL_ASE_VIRT: 0x100,
  AFL_ASE_MSA: 0x200,
  AFL_ASE_MIPS16: 0x400,
  AFL_ASE_MICROMIPS: 0x800,
  AFL_ASE_XPA: 0x1000,
  AFL_ASE_CRC: 0x8000,
  AFL_ASE_GINV: 0x20000,
});

/** Names of `isa_ext` in .MIPS.abiflags. */
export const MIPS_ISA_EXTENSIONS = /* @__PURE__ */ defineNames({
  AFL_EXT_NONE: 0,
  AFL_EXT_XLR: 1,
  AFL_EXT_OCTEON2: 2,
  AFL_EXT_OCTEONP: 3,
  AFL_EXT_LOONGSON_3A: 4,
  AFL_EXT_OCTEON: 5,
  AFL_EXT_5900: 6,
  AFL_EXT_4650: 7,
  AFL_EXT_4010: 8,
  AFL_EXT_4100: 9,
  AFL_EXT_3900: 10,
  AFL_EXT_10000: 11,
  AFL_EXT_SB1: 12,
  AFL_EXT_4111: 13,
  AFL_EXT_4120: 14,
  AFL_EXT_5400: 15,
  AFL_EXT_5500: 16,
  AFL_EXT_LOONGSON_2E: 17,
  AFL_EXT_LOONGSON_2F: 18,
  AFL_EXT_OCTEON3: 19,
});

/** Bits of `flags1` in .MIPS.abiflags. */
export const MIPS_ABI_FLAGS_1 = /* @__PURE__ */ defineNames({
  AFL_FLAGS1_ODDSPREG: 0x1,
});

/** Names of `fp_abi` in .MIPS.abiflags, and of the values of Tag_GNU_MIPS_ABI_FP. */
export const MIPS_FP_ABIS = /* @__PURE__ */ defineNames({
  Val_GNU_MIPS_ABI_FP_ANY: 0,
  Val_GNU_MIPS_ABI_FP_DOUBLE: 1,
  Val_GNU_MIPS_ABI_FP_SINGLE: 2,
  Val_GNU_MIPS_ABI_FP_SOFT: 3,
  Val_GNU_MIPS_ABI_FP_OLD_64: 4,
  Val_GNU_MIPS_ABI_FP_XX: 5,
  Val_GNU_MIPS_ABI_FP_64: 6,
  Val_GNU_MIPS_ABI_FP_64A: 7,
});
