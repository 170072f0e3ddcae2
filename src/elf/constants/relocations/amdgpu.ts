// r_type of AMD GPUs, EM_AMDGPU.
//
// Numbers: LLVM 22, llvm/BinaryFormat/ELFRelocs/AMDGPU.def, compared with it by scripts/check-constants.ts. Meaning:
// "User Guide for AMDGPU Backend" of LLVM, "Relocation Records".

import { defineNames } from '../../../names/index.ts';

/** Names of the relocation types of AMD GPUs. */
export const AMDGPU_RELOCATIONS = /* @__PURE__ */ defineNames({
  R_AMDGPU_NONE: 0,
  R_AMDGPU_ABS32_LO: 1,
  R_AMDGPU_ABS32_HI: 2,
  R_AMDGPU_ABS64: 3,
  R_AMDGPU_REL32: 4,
  R_AMDGPU_REL64: 5,
  R_AMDGPU_ABS32: 6,
  R_AMDGPU_GOTPCREL: 7,
  R_AMDGPU_GOTPCREL32_LO: 8,
  R_AMDGPU_GOTPCREL32_HI: 9,
  R_AMDGPU_REL32_LO: 10,
  R_AMDGPU_REL32_HI: 11,
  // 12: reserved, or a name that LLVM does not carry.
  R_AMDGPU_RELATIVE64: 13,
  R_AMDGPU_REL16: 14,
});
