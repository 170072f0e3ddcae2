// e_flags of AVR: LLVM 22 (llvm/BinaryFormat/ELF.h), compared with it by scripts/check-constants.ts. What binutils
// include/elf/avr.h says is the same.

import { defineNames } from '../../../names/index.ts';

/** Names of the instruction set, EF_AVR_ARCH_MASK (0x7f) of `e_flags`. */
export const AVR_PROCESSORS = /* @__PURE__ */ defineNames({
  EF_AVR_ARCH_AVR1: 1,
  EF_AVR_ARCH_AVR2: 2,
  EF_AVR_ARCH_AVR3: 3,
  EF_AVR_ARCH_AVR4: 4,
  EF_AVR_ARCH_AVR5: 5,
  EF_AVR_ARCH_AVR6: 6,
  EF_AVR_ARCH_AVR25: 25,
  EF_AVR_ARCH_AVR31: 31,
  EF_AVR_ARCH_AVR35: 35,
  EF_AVR_ARCH_AVR51: 51,
  EF_AVR_ARCH_AVRTINY: 100,
  EF_AVR_ARCH_XMEGA1: 101,
  EF_AVR_ARCH_XMEGA2: 102,
  EF_AVR_ARCH_XMEGA3: 103,
  EF_AVR_ARCH_XMEGA4: 104,
  EF_AVR_ARCH_XMEGA5: 105,
  EF_AVR_ARCH_XMEGA6: 106,
  EF_AVR_ARCH_XMEGA7: 107,
});

/** Bits of the `e_flags` of AVR. */
export const AVR_HEADER_FLAGS = /* @__PURE__ */ defineNames({
  EF_AVR_LINKRELAX_PREPARED: 0x80,
});
