// r_type of MSP430 as msp430-gcc numbered them, which LLVM follows.
//
// Numbers: LLVM 22, llvm/BinaryFormat/ELFRelocs/MSP430.def, compared with it by scripts/check-constants.ts. Meaning:
// binutils include/elf/msp430.h. The MSP430 EABI (TI's SLAA534) numbers otherwise.

import { defineNames } from '../../../names/index.ts';

/** Names of the relocation types of MSP430. */
export const MSP430_RELOCATIONS = /* @__PURE__ */ defineNames({
  R_MSP430_NONE: 0,
  R_MSP430_32: 1,
  R_MSP430_10_PCREL: 2,
  R_MSP430_16: 3,
  R_MSP430_16_PCREL: 4,
  R_MSP430_16_BYTE: 5,
  R_MSP430_16_PCREL_BYTE: 6,
  R_MSP430_2X_PCREL: 7,
  R_MSP430_RL_PCREL: 8,
  R_MSP430_8: 9,
  R_MSP430_SYM_DIFF: 10,
});
