// r_type 192 to 255 of RISC-V, whose meaning is a vendor's: an R_RISCV_VENDOR at the same place, just before, has a
// symbol whose name tells which vendor. "RISC-V ABIs Specification" 1.1, "Nonstandard Relocations (a.k.a.
// Vendor-Specific Relocations)".
//
// Numbers: LLVM 22, llvm/BinaryFormat/ELFRelocs/RISCV_nonstandard.def, compared with it by scripts/check-constants.ts.

import { defineNames } from '../../../names/index.ts';
import type { NameTable } from '../../../names/index.ts';

/** Names of the relocation types that Andes defines for RISC-V; the symbol of its R_RISCV_VENDOR is `ANDES`. */
export const RISCV_ANDES_RELOCATIONS = /* @__PURE__ */ defineNames({
  R_RISCV_NDS_BRANCH_10: 241, // S+A-P; 10 bits
});

/** Names of the relocation types that CHERIoT defines for RISC-V; the symbol of its R_RISCV_VENDOR is `CHERIOT1`. */
export const RISCV_CHERIOT1_RELOCATIONS = /* @__PURE__ */ defineNames({
  R_RISCV_CHERIOT1_COMPARTMENT_HI: 220,
  R_RISCV_CHERIOT1_COMPARTMENT_LO_I: 221,
  R_RISCV_CHERIOT1_COMPARTMENT_LO_S: 222,
  R_RISCV_CHERIOT1_COMPARTMENT_SIZE: 223,
});

/** Names of the relocation types that Qualcomm defines for RISC-V; the symbol of its R_RISCV_VENDOR is `QUALCOMM`. */
export const RISCV_QUALCOMM_RELOCATIONS = /* @__PURE__ */ defineNames({
  R_RISCV_QC_ABS20_U: 192,
  R_RISCV_QC_E_BRANCH: 193,
  R_RISCV_QC_E_32: 194,
  R_RISCV_QC_E_CALL_PLT: 195,
});

/**
 * The names that a vendor gives to the relocation types 192 to 255 of RISC-V.
 *
 * @param vendor - Name of the symbol of the R_RISCV_VENDOR that stands before the relocation.
 * @returns `undefined` for vendors whose names this library does not hold.
 */
export function riscvVendorRelocationNames(vendor: string): NameTable<string> | undefined {
  switch (vendor) {
    case 'ANDES':
      return RISCV_ANDES_RELOCATIONS;
    case 'CHERIOT1':
      return RISCV_CHERIOT1_RELOCATIONS;
    case 'QUALCOMM':
      return RISCV_QUALCOMM_RELOCATIONS;
    default:
      return undefined;
  }
}
