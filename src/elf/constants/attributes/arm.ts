// Build attributes of ARM, the subsection `aeabi` of SHT_ARM_ATTRIBUTES: "Addenda to, and Errata in, the ABI for the
// Arm Architecture" (ADDENDA32, 2023Q3). Values: LLVM 22, llvm/Support/ARMBuildAttributes.h, compared with it by
// scripts/check-constants.ts; there the tags are without their Tag_. Left out: the names before ABI r2.09 of 24 and 25,
// Tag_ABI_align8_needed and Tag_ABI_align8_preserved.

import { defineNames } from '../../../names/index.ts';

/** Names of the tags. */
export const ARM_ATTRIBUTE_TAGS = /* @__PURE__ */ defineNames({
  Tag_File: 1,
  Tag_Section: 2, // withdrawn in r2.09
  Tag_Symbol: 3, // withdrawn in r2.09
  Tag_CPU_raw_name: 4,
  Tag_CPU_name: 5,
  Tag_CPU_arch: 6,
  Tag_CPU_arch_profile: 7,
  Tag_ARM_ISA_use: 8,
  Tag_THUMB_ISA_use: 9,
  Tag_FP_arch: 10,
  Tag_WMMX_arch: 11,
  Tag_Advanced_SIMD_arch: 12,
  Tag_PCS_config: 13,
  Tag_ABI_PCS_R9_use: 14,
  Tag_ABI_PCS_RW_data: 15,
  Tag_ABI_PCS_RO_data: 16,
  Tag_ABI_PCS_GOT_use: 17,
  Tag_ABI_PCS_wchar_t: 18,
  Tag_ABI_FP_rounding: 19,
  Tag_ABI_FP_denormal: 20,
  Tag_ABI_FP_exceptions: 21,
  Tag_ABI_FP_user_exceptions: 22,
  Tag_ABI_FP_number_model: 23,
  Tag_ABI_align_needed: 24,
  Tag_ABI_align_preserved: 25,
  Tag_ABI_enum_size: 26,
  Tag_ABI_HardFP_use: 27,
  Tag_ABI_VFP_args: 28,
  Tag_ABI_WMMX_args: 29,
  Tag_ABI_optimization_goals: 30,
  Tag_ABI_FP_optimization_goals: 31,
  Tag_compatibility: 32,
  Tag_CPU_unaligned_access: 34,
  Tag_FP_HP_extension: 36,
  Tag_ABI_FP_16bit_format: 38,
  Tag_MPextension_use: 42,
  Tag_DIV_use: 44,
  Tag_DSP_extension: 46,
  Tag_MVE_arch: 48,
  Tag_PAC_extension: 50,
  Tag_BTI_extension: 52,
  Tag_nodefaults: 64, // withdrawn in r2.09
  Tag_also_compatible_with: 65,
  Tag_T2EE_use: 66, // withdrawn in r2.09
  Tag_conformance: 67,
  Tag_Virtualization_use: 68,
  Tag_MPextension_use_old: 70, // up to r2.08; later 42
  Tag_BTI_use: 74,
  Tag_PACRET_use: 76,
});

/** Names of the values of Tag_CPU_arch. */
export const ARM_CPU_ARCHITECTURES = /* @__PURE__ */ defineNames({
  Pre_v4: 0,
  v4: 1,
  v4T: 2,
  v5T: 3,
  v5TE: 4,
  v5TEJ: 5,
  v6: 6,
  v6KZ: 7,
  v6T2: 8,
  v6K: 9,
  v7: 10,
  v6_M: 11,
  v6S_M: 12,
  v7E_M: 13,
  v8_A: 14,
  v8_R: 15,
  v8_M_Base: 16,
  v8_M_Main: 17,
  v8_1_M_Main: 21,
  v9_A: 22,
});

/** Names of the values of Tag_CPU_arch_profile, which are characters: `A`, `M`, `R`, `S`. */
export const ARM_CPU_PROFILES = /* @__PURE__ */ defineNames({
  Not_Applicable: 0x0,
  ApplicationProfile: 0x41,
  MicroControllerProfile: 0x4d,
  RealTimeProfile: 0x52,
  SystemProfile: 0x53,
});
