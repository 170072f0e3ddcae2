// e_flags of SuperH. Values: glibc's elf.h, compared with it by scripts/check-constants.ts; LLVM has none.

import { defineNames } from '../../../names/index.ts';

/** Names of the processor, EF_SH_MACH_MASK (0x1f) of `e_flags`. */
export const SH_PROCESSORS = /* @__PURE__ */ defineNames({
  EF_SH_UNKNOWN: 0x00,
  EF_SH1: 0x01,
  EF_SH2: 0x02,
  EF_SH3: 0x03,
  EF_SH_DSP: 0x04,
  EF_SH3_DSP: 0x05,
  EF_SH4AL_DSP: 0x06,
  EF_SH3E: 0x08,
  EF_SH4: 0x09,
  EF_SH2E: 0x0b,
  EF_SH4A: 0x0c,
  EF_SH2A: 0x0d,
  EF_SH4_NOFPU: 0x10,
  EF_SH4A_NOFPU: 0x11,
  EF_SH4_NOMMU_NOFPU: 0x12,
  EF_SH2A_NOFPU: 0x13,
  EF_SH3_NOMMU: 0x14,
  EF_SH2A_SH4_NOFPU: 0x15,
  EF_SH2A_SH3_NOFPU: 0x16,
  EF_SH2A_SH4: 0x17,
  EF_SH2A_SH3E: 0x18,
});
