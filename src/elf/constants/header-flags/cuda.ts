// e_flags of NVIDIA GPUs (EM_CUDA): LLVM 22 (llvm/BinaryFormat/ELF.h), compared with it by scripts/check-constants.ts.
// Files of ABI version 8 (ELFABIVERSION_CUDA_V2) hold the processor in bits 8 to 15, older ones in bits 0 to 7; see
// describeHeaderFlags.

import { defineNames } from '../../../names/index.ts';

/** Names of the processor in the `e_flags` of NVIDIA GPUs, whose number is the decimal one: 0x5a is sm_90. */
export const CUDA_PROCESSORS = /* @__PURE__ */ defineNames({
  EF_CUDA_SM20: 0x14,
  EF_CUDA_SM21: 0x15,
  EF_CUDA_SM30: 0x1e,
  EF_CUDA_SM32: 0x20,
  EF_CUDA_SM35: 0x23,
  EF_CUDA_SM37: 0x25,
  EF_CUDA_SM50: 0x32,
  EF_CUDA_SM52: 0x34,
  EF_CUDA_SM53: 0x35,
  EF_CUDA_SM60: 0x3c,
  EF_CUDA_SM61: 0x3d,
  EF_CUDA_SM62: 0x3e,
  EF_CUDA_SM70: 0x46,
  EF_CUDA_SM72: 0x48,
  EF_CUDA_SM75: 0x4b,
  EF_CUDA_SM80: 0x50,
  EF_CUDA_SM86: 0x56,
  EF_CUDA_SM87: 0x57,
  EF_CUDA_SM88: 0x58,
  EF_CUDA_SM89: 0x59,
  EF_CUDA_SM90: 0x5a,
  EF_CUDA_SM100: 0x64,
  EF_CUDA_SM101: 0x65,
  EF_CUDA_SM103: 0x67,
  EF_CUDA_SM110: 0x6e,
  EF_CUDA_SM120: 0x78,
  EF_CUDA_SM121: 0x79,
});

/** Bits of the `e_flags` of NVIDIA GPUs before ABI version 8; EF_CUDA_VIRTUAL_SM (0xff0000) is a processor. */
export const CUDA_HEADER_FLAGS = /* @__PURE__ */ defineNames({
  EF_CUDA_TEXMODE_UNIFIED: 0x0100,
  EF_CUDA_TEXMODE_INDEPENDANT: 0x0200,
  EF_CUDA_64BIT_ADDRESS: 0x0400,
  EF_CUDA_ACCELERATORS_V1: 0x0800,
  EF_CUDA_SW_FLAG_V2: 0x1000,
});

/** Bits of the `e_flags` of NVIDIA GPUs from ABI version 8 on. */
export const CUDA_V2_HEADER_FLAGS = /* @__PURE__ */ defineNames({
  EF_CUDA_ACCELERATORS: 0x8,
});
