// Build attributes of RISC-V, the subsection `riscv` of SHT_RISCV_ATTRIBUTES: "RISC-V ABIs Specification" 1.1,
// "Attributes". Values: LLVM 22, llvm/Support/RISCVAttributes.h, compared with it by scripts/check-constants.ts; there
// the tags are in capitals without their Tag_RISCV_.

import { defineNames } from '../../../names/index.ts';

/** Names of the tags. Odd ones have text as value, even ones a number. */
export const RISCV_ATTRIBUTE_TAGS = /* @__PURE__ */ defineNames({
  Tag_RISCV_stack_align: 4,
  Tag_RISCV_arch: 5,
  Tag_RISCV_unaligned_access: 6,
  Tag_RISCV_priv_spec: 8,
  Tag_RISCV_priv_spec_minor: 10,
  Tag_RISCV_priv_spec_revision: 12,
  Tag_RISCV_atomic_abi: 14,
});

/** Names of the values of Tag_RISCV_atomic_abi. */
export const RISCV_ATOMIC_ABIS = /* @__PURE__ */ defineNames({
  UNKNOWN: 0,
  A6C: 1,
  A6S: 2,
  A7: 3,
});
