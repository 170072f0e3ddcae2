// e_flags of ARC: "ARC ABI Manual", and LLVM 22 (llvm/BinaryFormat/ELF.h), compared with it by
// scripts/check-constants.ts.

import { defineNames } from '../../../names/index.ts';

/** Names of the processor, EF_ARC_MACH_MSK (0xff) of `e_flags`. */
export const ARC_PROCESSORS = /* @__PURE__ */ defineNames({
  E_ARC_MACH_ARC600: 0x2,
  E_ARC_MACH_ARC700: 0x3,
  E_ARC_MACH_ARC601: 0x4,
  EF_ARC_CPU_ARCV2EM: 0x5,
  EF_ARC_CPU_ARCV2HS: 0x6,
});

/** Names of the field EF_ARC_OSABI_MSK (0xf00) of `e_flags`; the bit of position-independent code stands in it. */
export const ARC_OS_ABI_VERSIONS = /* @__PURE__ */ defineNames({
  E_ARC_OSABI_ORIG: 0x000,
  EF_ARC_PIC: 0x100,
  E_ARC_OSABI_V2: 0x200,
  E_ARC_OSABI_V3: 0x300,
  E_ARC_OSABI_V4: 0x400,
});
