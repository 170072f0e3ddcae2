// Build attributes of C-SKY, the subsection `csky` of SHT_CSKY_ATTRIBUTES: "C-SKY V2 CPU Applications Binary Interface
// Standards Manual". Values: LLVM 22, llvm/Support/CSKYAttributes.h, compared with it by scripts/check-constants.ts;
// there the tags are without their Tag_.

import { defineNames } from '../../../names/index.ts';

/** Names of the tags. */
export const CSKY_ATTRIBUTE_TAGS = /* @__PURE__ */ defineNames({
  Tag_CSKY_ARCH_NAME: 4,
  Tag_CSKY_CPU_NAME: 5,
  Tag_CSKY_ISA_FLAGS: 6,
  Tag_CSKY_ISA_EXT_FLAGS: 7,
  Tag_CSKY_DSP_VERSION: 8,
  Tag_CSKY_VDSP_VERSION: 9,
  Tag_CSKY_FPU_VERSION: 16,
  Tag_CSKY_FPU_ABI: 17,
  Tag_CSKY_FPU_ROUNDING: 18,
  Tag_CSKY_FPU_DENORMAL: 19,
  Tag_CSKY_FPU_EXCEPTION: 20,
  Tag_CSKY_FPU_NUMBER_MODULE: 21,
  Tag_CSKY_FPU_HARDFP: 22,
});

/** Bits of the value of Tag_CSKY_ISA_FLAGS. */
export const CSKY_ISA_FLAGS = /* @__PURE__ */ defineNames({
  V2_ISA_E1: 0x2,
  V2_ISA_1E2: 0x4,
  V2_ISA_2E3: 0x8,
  V2_ISA_3E7: 0x10,
  V2_ISA_7E10: 0x20,
  V2_ISA_3E3R1: 0x40,
  V2_ISA_3E3R2: 0x80,
  V2_ISA_10E60: 0x100,
  V2_ISA_3E3R3: 0x200,
  ISA_TRUST: 0x800,
  ISA_CACHE: 0x1000,
  ISA_NVIC: 0x2000,
  ISA_CP: 0x4000,
  ISA_MP: 0x8000,
  ISA_MP_1E2: 0x10000,
  ISA_JAVA: 0x20000,
  ISA_MAC: 0x40000,
  ISA_MAC_DSP: 0x80000,
  ISA_DSP: 0x100000,
  ISA_DSP_1E2: 0x200000,
  ISA_DSP_ENHANCE: 0x400000,
  ISA_DSP_SILAN: 0x800000,
  ISA_VDSP: 0x1000000,
  ISA_VDSP_2: 0x2000000,
  ISA_VDSP_2E3: 0x4000000,
  V2_ISA_DSPE60: 0x8000000,
  ISA_VDSP_2E60F: 0x10000000,
});

/** Bits of the value of Tag_CSKY_ISA_EXT_FLAGS. */
export const CSKY_ISA_EXTENSION_FLAGS = /* @__PURE__ */ defineNames({
  ISA_FLOAT_E1: 0x1,
  ISA_FLOAT_1E2: 0x2,
  ISA_FLOAT_1E3: 0x4,
  ISA_FLOAT_3E4: 0x8,
  ISA_FLOAT_7E60: 0x10,
});

/** Names of the values of Tag_CSKY_DSP_VERSION. */
export const CSKY_DSP_VERSIONS = /* @__PURE__ */ defineNames({
  DSP_VERSION_EXTENSION: 1,
  DSP_VERSION_2: 2,
});

/** Names of the values of Tag_CSKY_VDSP_VERSION. */
export const CSKY_VDSP_VERSIONS = /* @__PURE__ */ defineNames({
  VDSP_VERSION_1: 1,
  VDSP_VERSION_2: 2,
});

/** Names of the values of Tag_CSKY_FPU_VERSION. */
export const CSKY_FPU_VERSIONS = /* @__PURE__ */ defineNames({
  FPU_VERSION_1: 1,
  FPU_VERSION_2: 2,
  FPU_VERSION_3: 3,
});

/** Names of the values of Tag_CSKY_FPU_ABI. */
export const CSKY_FPU_ABIS = /* @__PURE__ */ defineNames({
  FPU_ABI_SOFT: 1,
  FPU_ABI_SOFTFP: 2,
  FPU_ABI_HARD: 3,
});

/** Bits of the value of Tag_CSKY_FPU_HARDFP. */
export const CSKY_FPU_HARDFP_FLAGS = /* @__PURE__ */ defineNames({
  FPU_HARDFP_HALF: 0x1,
  FPU_HARDFP_SINGLE: 0x2,
  FPU_HARDFP_DOUBLE: 0x4,
});
