// e_flags of RISC-V: "RISC-V ABIs Specification" 1.1, "File Header", and LLVM 22 (llvm/BinaryFormat/ELF.h), compared
// with it by scripts/check-constants.ts.

import { defineNames } from '../../../names/index.ts';

/** Bits of the `e_flags` of RISC-V. */
export const RISCV_HEADER_FLAGS = /* @__PURE__ */ defineNames({
  EF_RISCV_RVC: 0x1,
  EF_RISCV_RVE: 0x8,
  EF_RISCV_TSO: 0x10,
});

/** Names of the field EF_RISCV_FLOAT_ABI (0x6) of `e_flags`. */
export const RISCV_FLOAT_ABIS = /* @__PURE__ */ defineNames({
  EF_RISCV_FLOAT_ABI_SOFT: 0x0,
  EF_RISCV_FLOAT_ABI_SINGLE: 0x2,
  EF_RISCV_FLOAT_ABI_DOUBLE: 0x4,
  EF_RISCV_FLOAT_ABI_QUAD: 0x6,
});
