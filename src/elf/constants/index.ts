export { ANDROID_RELOCATION_GROUP_FLAGS } from './android.ts';
export {
  AARCH64_FEATURE_AND_BITS_TAGS,
  AARCH64_PAUTHABI_TAGS,
  AARCH64_SUBSECTION_OPTIONALITIES,
  AARCH64_SUBSECTION_TYPES,
} from './attributes/aarch64.ts';
export { ARM_ATTRIBUTE_TAGS, ARM_CPU_ARCHITECTURES, ARM_CPU_PROFILES } from './attributes/arm.ts';
export {
  CSKY_ATTRIBUTE_TAGS,
  CSKY_DSP_VERSIONS,
  CSKY_FPU_ABIS,
  CSKY_FPU_HARDFP_FLAGS,
  CSKY_FPU_VERSIONS,
  CSKY_ISA_EXTENSION_FLAGS,
  CSKY_ISA_FLAGS,
  CSKY_VDSP_VERSIONS,
} from './attributes/csky.ts';
export { HEXAGON_ATTRIBUTE_TAGS } from './attributes/hexagon.ts';
export { attributeTagNames } from './attributes/index.ts';
export {
  MSP430_ATTRIBUTE_TAGS,
  MSP430_CODE_MODELS,
  MSP430_DATA_MODELS,
  MSP430_ENUM_SIZES,
  MSP430_INSTRUCTION_SETS,
} from './attributes/msp430.ts';
export { RISCV_ATOMIC_ABIS, RISCV_ATTRIBUTE_TAGS } from './attributes/riscv.ts';
export { BB_ADDRESS_MAP_BLOCK_FLAGS, BB_ADDRESS_MAP_FEATURES } from './bb-address-map.ts';
export { COMPRESSION_TYPES } from './compression.ts';
export { describeDynamicTag } from './describe-dynamic.ts';
export { describeGnuProperty, describeNoteType, gnuPropertyBitNames } from './describe-note.ts';
export { describeSectionFlags, describeSectionType, describeSpecialSection } from './describe-section.ts';
export { describeSegmentFlags, describeSegmentType } from './describe-segment.ts';
export {
  describeSymbolBinding,
  describeSymbolOther,
  describeSymbolType,
  ppc64LocalEntryOffset,
} from './describe-symbol.ts';
export {
  AARCH64_DYNAMIC_TAGS,
  ALPHA_DYNAMIC_TAGS,
  DYNAMIC_FEATURES_1,
  DYNAMIC_FLAGS,
  DYNAMIC_FLAGS_1,
  DYNAMIC_POSITION_FLAGS_1,
  DYNAMIC_TAGS,
  HEXAGON_DYNAMIC_TAGS,
  IA_64_DYNAMIC_TAGS,
  MIPS_DYNAMIC_FLAGS,
  MIPS_DYNAMIC_TAGS,
  NIOS2_DYNAMIC_TAGS,
  PPC64_DYNAMIC_TAGS,
  PPC_DYNAMIC_TAGS,
  RISCV_DYNAMIC_TAGS,
  SPARC_DYNAMIC_TAGS,
  X86_64_DYNAMIC_TAGS,
} from './dynamic.ts';
export {
  AARCH64_FEATURE_1,
  AARCH64_GNU_PROPERTIES,
  AARCH64_PAUTH_LLVM_LINUX_VERSIONS,
  AARCH64_PAUTH_PLATFORMS,
  GNU_NEEDED_1,
  GNU_PROPERTIES,
  RISCV_FEATURE_1,
  RISCV_GNU_PROPERTIES,
  X86_FEATURE_1,
  X86_FEATURE_2,
  X86_GNU_PROPERTIES,
  X86_ISA_1,
} from './gnu-property.ts';
export { ALPHA_HEADER_FLAGS } from './header-flags/alpha.ts';
export {
  AMDGPU_FEATURES_V2,
  AMDGPU_FEATURES_V3,
  AMDGPU_PROCESSORS,
  AMDGPU_SRAMECC_V4,
  AMDGPU_XNACK_V4,
} from './header-flags/amdgpu.ts';
export { ARC_OS_ABI_VERSIONS, ARC_PROCESSORS } from './header-flags/arc.ts';
export {
  ARM_EABI2_HEADER_FLAGS,
  ARM_EABI5_HEADER_FLAGS,
  ARM_EABI_VERSIONS,
  ARM_HEADER_FLAGS,
  ARM_LEGACY_HEADER_FLAGS,
} from './header-flags/arm.ts';
export { AVR_HEADER_FLAGS, AVR_PROCESSORS } from './header-flags/avr.ts';
export { CSKY_ABI_VERSIONS, CSKY_FLAG_VERSIONS, CSKY_HEADER_FLAGS, CSKY_PROCESSORS } from './header-flags/csky.ts';
export { CUDA_HEADER_FLAGS, CUDA_PROCESSORS, CUDA_V2_HEADER_FLAGS } from './header-flags/cuda.ts';
export { HEXAGON_HEADER_FLAGS, HEXAGON_INSTRUCTION_SETS, HEXAGON_PROCESSORS } from './header-flags/hexagon.ts';
export { IA_64_HEADER_FLAGS } from './header-flags/ia-64.ts';
export { describeHeaderFlags } from './header-flags/index.ts';
export type { HeaderWithFlags } from './header-flags/index.ts';
export { LOONGARCH_ABI_MODIFIERS, LOONGARCH_OBJECT_ABIS } from './header-flags/loongarch.ts';
export {
  COLDFIRE_HEADER_FLAGS,
  COLDFIRE_INSTRUCTION_SETS,
  COLDFIRE_MULTIPLIERS,
  M68K_PROCESSORS,
} from './header-flags/m68k.ts';
export { MIPS_ABIS, MIPS_HEADER_FLAGS, MIPS_INSTRUCTION_SETS, MIPS_PROCESSORS } from './header-flags/mips.ts';
export { MSP430_PROCESSORS } from './header-flags/msp430.ts';
export { PARISC_HEADER_FLAGS, PARISC_PROCESSORS } from './header-flags/parisc.ts';
export { PPC_HEADER_FLAGS } from './header-flags/ppc.ts';
export { RISCV_FLOAT_ABIS, RISCV_HEADER_FLAGS } from './header-flags/riscv.ts';
export { S390_HEADER_FLAGS } from './header-flags/s390.ts';
export { SH_PROCESSORS } from './header-flags/sh.ts';
export { SPARC_HEADER_FLAGS, SPARC_MEMORY_MODELS } from './header-flags/sparc.ts';
export { XTENSA_HEADER_FLAGS } from './header-flags/xtensa.ts';
export {
  AMDGPU_ABI_VERSIONS,
  AMDGPU_OS_ABIS,
  ARM_OS_ABIS,
  C6000_OS_ABIS,
  CUDA_ABI_VERSIONS,
  describeOsAbi,
  ELF_CLASSES,
  ELF_DATA_ENCODINGS,
  ELF_TYPES,
  OS_ABIS,
} from './header.ts';
export { MACHINES } from './machine.ts';
export {
  MIPS_ABI_FLAGS_1,
  MIPS_ASES,
  MIPS_FP_ABIS,
  MIPS_ISA_EXTENSIONS,
  MIPS_OPTION_KINDS,
  MIPS_REGISTER_SIZES,
  MIPS_SPECIAL_SYMBOLS,
} from './mips.ts';
export {
  AMD_NOTE_TYPES,
  AMDGPU_NOTE_TYPES,
  ANDROID_MEMTAG_FLAGS,
  ANDROID_MEMTAG_LEVELS,
  ANDROID_NOTE_TYPES,
  CORE_NOTE_TYPES,
  FDO_NOTE_TYPES,
  FREEBSD_CORE_NOTE_TYPES,
  FREEBSD_FEATURE_FLAGS,
  FREEBSD_NOTE_TYPES,
  GENERIC_NOTE_TYPES,
  GNU_ABI_TAG_SYSTEMS,
  GNU_BUILD_ATTRIBUTE_NOTE_TYPES,
  GNU_NOTE_TYPES,
  GO_NOTE_TYPES,
  LINUX_NOTE_TYPES,
  LLVM_NOTE_TYPES,
  LLVM_OPENMP_OFFLOAD_NOTE_TYPES,
  NETBSD_CORE_NOTE_TYPES,
  NETBSD_NOTE_TYPES,
  OPENBSD_CORE_NOTE_TYPES,
  OPENBSD_NOTE_TYPES,
  STAPSDT_NOTE_TYPES,
  XEN_NOTE_TYPES,
} from './note.ts';
export { AARCH64_RELOCATIONS } from './relocations/aarch64.ts';
export { AMDGPU_RELOCATIONS } from './relocations/amdgpu.ts';
export { ARC_RELOCATIONS } from './relocations/arc.ts';
export { ARM_RELOCATIONS } from './relocations/arm.ts';
export { AVR_RELOCATIONS } from './relocations/avr.ts';
export { BPF_RELOCATIONS } from './relocations/bpf.ts';
export { CSKY_RELOCATIONS } from './relocations/csky.ts';
export { HEXAGON_RELOCATIONS } from './relocations/hexagon.ts';
export { I386_RELOCATIONS } from './relocations/i386.ts';
export { describeRelocationType, relocationNames } from './relocations/index.ts';
export { LANAI_RELOCATIONS } from './relocations/lanai.ts';
export { LOONGARCH_RELOCATIONS } from './relocations/loongarch.ts';
export { M68K_RELOCATIONS } from './relocations/m68k.ts';
export { MIPS_RELOCATIONS } from './relocations/mips.ts';
export { MSP430_RELOCATIONS } from './relocations/msp430.ts';
export { PPC_RELOCATIONS } from './relocations/ppc.ts';
export { PPC64_RELOCATIONS } from './relocations/ppc64.ts';
export {
  RISCV_ANDES_RELOCATIONS,
  RISCV_CHERIOT1_RELOCATIONS,
  RISCV_QUALCOMM_RELOCATIONS,
  riscvVendorRelocationNames,
} from './relocations/riscv-vendor.ts';
export { RISCV_RELOCATIONS } from './relocations/riscv.ts';
export { S390_RELOCATIONS } from './relocations/s390.ts';
export { SPARC_RELOCATIONS } from './relocations/sparc.ts';
export { VE_RELOCATIONS } from './relocations/ve.ts';
export { X86_64_RELOCATIONS } from './relocations/x86-64.ts';
export { XTENSA_RELOCATIONS } from './relocations/xtensa.ts';
export {
  AARCH64_SECTION_FLAGS,
  AARCH64_SECTION_TYPES,
  ALPHA_SECTION_FLAGS,
  ALPHA_SECTION_TYPES,
  AMDGPU_SPECIAL_SECTIONS,
  ARM_SECTION_FLAGS,
  ARM_SECTION_TYPES,
  CSKY_SECTION_TYPES,
  HEXAGON_SECTION_FLAGS,
  HEXAGON_SECTION_TYPES,
  HEXAGON_SPECIAL_SECTIONS,
  IA_64_SECTION_FLAGS,
  IA_64_SECTION_TYPES,
  MIPS_SECTION_FLAGS,
  MIPS_SECTION_TYPES,
  MIPS_SPECIAL_SECTIONS,
  MSP430_SECTION_TYPES,
  PARISC_SECTION_FLAGS,
  PARISC_SECTION_TYPES,
  PARISC_SPECIAL_SECTIONS,
  RISCV_SECTION_TYPES,
  SOLARIS_SECTION_FLAGS,
  SOLARIS_SECTION_TYPES,
  SOLARIS_SPECIAL_SECTIONS,
  X86_64_SECTION_FLAGS,
  X86_64_SECTION_TYPES,
  X86_64_SPECIAL_SECTIONS,
  XCORE_SECTION_FLAGS,
} from './section-machine.ts';
export { GROUP_FLAGS, SECTION_FLAGS, SECTION_TYPES, SHN_LORESERVE, SPECIAL_SECTIONS } from './section.ts';
export {
  AARCH64_SEGMENT_TYPES,
  ARM_SEGMENT_FLAGS,
  ARM_SEGMENT_TYPES,
  HPUX_SEGMENT_TYPES,
  IA_64_SEGMENT_FLAGS,
  IA_64_SEGMENT_TYPES,
  MIPS_SEGMENT_FLAGS,
  MIPS_SEGMENT_TYPES,
  PARISC_SEGMENT_FLAGS,
  PARISC_SEGMENT_TYPES,
  RISCV_SEGMENT_TYPES,
  S390_SEGMENT_TYPES,
  SEGMENT_FLAGS,
  SEGMENT_TYPES,
} from './segment.ts';
export {
  AARCH64_SYMBOL_FLAGS,
  ALPHA_SYMBOL_FLAGS,
  AMDGPU_SYMBOL_TYPES,
  ARM_SYMBOL_TYPES,
  MIPS_SYMBOL_BINDINGS,
  MIPS_SYMBOL_FLAGS,
  PARISC_SYMBOL_TYPES,
  RISCV_SYMBOL_FLAGS,
  SPARC_SYMBOL_TYPES,
  STO_PPC64_LOCAL_BIT,
  STO_PPC64_LOCAL_MASK,
} from './symbol-machine.ts';
export { SYMBOL_BINDINGS, SYMBOL_TYPES, SYMBOL_VISIBILITIES } from './symbol.ts';
export { VERSION_FLAGS, VERSION_INDICES } from './version.ts';
export type { NameTable } from '../../names/index.ts';
