// r_type of BPF, EM_BPF.
//
// Numbers: LLVM 22, llvm/BinaryFormat/ELFRelocs/BPF.def, compared with it by scripts/check-constants.ts. Meaning: the
// kernel's Documentation/bpf/llvm_reloc.rst.

import { defineNames } from '../../../names/index.ts';

/** Names of the relocation types of BPF. */
export const BPF_RELOCATIONS = /* @__PURE__ */ defineNames({
  R_BPF_NONE: 0,
  R_BPF_64_64: 1,
  R_BPF_64_ABS64: 2,
  R_BPF_64_ABS32: 3,
  R_BPF_64_NODYLD32: 4,
  // 5 to 9: reserved, or names that LLVM does not carry.
  R_BPF_64_32: 10,
});
