// n_type of notes, which the owner of a note (n_name) defines: LLVM 22 (llvm/BinaryFormat/ELF.h), and for names marked
// so glibc's elf.h or Linux' linux/elf.h, compared with all of them by scripts/check-constants.ts; other sources are
// named at the table. What stands in ET_CORE files has tables of its own.

import { defineNames } from '../../names/index.ts';

/** Names of note types of owners that are not known. */
export const GENERIC_NOTE_TYPES = /* @__PURE__ */ defineNames({
  NT_VERSION: 1,
  NT_ARCH: 2,
});

/** Names of the note types of the owner `GNU`. */
export const GNU_NOTE_TYPES = /* @__PURE__ */ defineNames({
  NT_GNU_ABI_TAG: 1,
  NT_GNU_HWCAP: 2,
  NT_GNU_BUILD_ID: 3,
  NT_GNU_GOLD_VERSION: 4,
  NT_GNU_PROPERTY_TYPE_0: 5,
});

/** Names of the note types of owners that start with `GA`, those of annobin. */
export const GNU_BUILD_ATTRIBUTE_NOTE_TYPES = /* @__PURE__ */ defineNames({
  NT_GNU_BUILD_ATTRIBUTE_OPEN: 0x100,
  NT_GNU_BUILD_ATTRIBUTE_FUNC: 0x101,
});

/** Names of the note types of the owner `FDO`: packages' metadata, as systemd describes them. */
export const FDO_NOTE_TYPES = /* @__PURE__ */ defineNames({
  NT_FDO_DLOPEN_METADATA: 0x407c0c0a, // systemd
  FDO_PACKAGING_METADATA: 0xcafe1a7e,
});

/** Names of the note types of the owner `Android`. */
export const ANDROID_NOTE_TYPES = /* @__PURE__ */ defineNames({
  NT_ANDROID_TYPE_IDENT: 1,
  NT_ANDROID_TYPE_KUSER: 3,
  NT_ANDROID_TYPE_MEMTAG: 4,
});

/** Names of the note types of the owner `LLVM`. */
export const LLVM_NOTE_TYPES = /* @__PURE__ */ defineNames({
  NT_LLVM_HWASAN_GLOBALS: 3,
});

/** Names of the note types of the owner `LLVMOMPOFFLOAD`. */
export const LLVM_OPENMP_OFFLOAD_NOTE_TYPES = /* @__PURE__ */ defineNames({
  NT_LLVM_OPENMP_OFFLOAD_VERSION: 1,
  NT_LLVM_OPENMP_OFFLOAD_PRODUCER: 2,
  NT_LLVM_OPENMP_OFFLOAD_PRODUCER_VERSION: 3,
});

/** Names of the note types of the owner `AMD`, in code objects of version 2. */
export const AMD_NOTE_TYPES = /* @__PURE__ */ defineNames({
  NT_AMD_HSA_CODE_OBJECT_VERSION: 1,
  NT_AMD_HSA_HSAIL: 2,
  NT_AMD_HSA_ISA_VERSION: 3,
  // 4 to 9: reserved.
  NT_AMD_HSA_METADATA: 10,
  NT_AMD_HSA_ISA_NAME: 11,
  NT_AMD_PAL_METADATA: 12,
});

/** Names of the note types of the owner `AMDGPU`, in code objects of version 3 and later. */
export const AMDGPU_NOTE_TYPES = /* @__PURE__ */ defineNames({
  // 0 to 31: reserved.
  NT_AMDGPU_METADATA: 32,
});

/** Names of the note types of the owner `FreeBSD`. */
export const FREEBSD_NOTE_TYPES = /* @__PURE__ */ defineNames({
  NT_FREEBSD_ABI_TAG: 1,
  NT_FREEBSD_NOINIT_TAG: 2,
  NT_FREEBSD_ARCH_TAG: 3,
  NT_FREEBSD_FEATURE_CTL: 4,
});

/** Names of the note types of the owner `NetBSD`: NetBSD sys/exec_elf.h. */
export const NETBSD_NOTE_TYPES = /* @__PURE__ */ defineNames({
  ELF_NOTE_TYPE_NETBSD_TAG: 1,
  ELF_NOTE_TYPE_NETBSD_EMUL_TAG: 2,
  ELF_NOTE_TYPE_PAX_TAG: 3,
  // 4: not assigned.
  ELF_NOTE_TYPE_MARCH_TAG: 5,
  ELF_NOTE_TYPE_MCMODEL_TAG: 6,
});

/** Names of the note types of the owner `OpenBSD`: binutils include/elf/common.h. */
export const OPENBSD_NOTE_TYPES = /* @__PURE__ */ defineNames({
  NT_OPENBSD_IDENT: 1,
});

/** Names of the note types of the owner `Linux`: Linux include/linux/build-salt.h and elfnote-lto.h. */
export const LINUX_NOTE_TYPES = /* @__PURE__ */ defineNames({
  LINUX_ELFNOTE_BUILD_SALT: 0x100,
  LINUX_ELFNOTE_LTO_INFO: 0x101,
});

/** Names of the note types of the owner `Xen`: Xen xen/include/public/elfnote.h. */
export const XEN_NOTE_TYPES = /* @__PURE__ */ defineNames({
  XEN_ELFNOTE_INFO: 0,
  XEN_ELFNOTE_ENTRY: 1,
  XEN_ELFNOTE_HYPERCALL_PAGE: 2,
  XEN_ELFNOTE_VIRT_BASE: 3,
  XEN_ELFNOTE_PADDR_OFFSET: 4,
  XEN_ELFNOTE_XEN_VERSION: 5,
  XEN_ELFNOTE_GUEST_OS: 6,
  XEN_ELFNOTE_GUEST_VERSION: 7,
  XEN_ELFNOTE_LOADER: 8,
  XEN_ELFNOTE_PAE_MODE: 9,
  XEN_ELFNOTE_FEATURES: 10,
  XEN_ELFNOTE_BSD_SYMTAB: 11,
  XEN_ELFNOTE_HV_START_LOW: 12,
  XEN_ELFNOTE_L1_MFN_VALID: 13,
  XEN_ELFNOTE_SUSPEND_CANCEL: 14,
  XEN_ELFNOTE_INIT_P2M: 15,
  XEN_ELFNOTE_MOD_START_PFN: 16,
  XEN_ELFNOTE_SUPPORTED_FEATURES: 17,
  XEN_ELFNOTE_PHYS32_ENTRY: 18,
});

/** Names of the note types of the owner `stapsdt`: SystemTap sys/sdt.h. */
export const STAPSDT_NOTE_TYPES = /* @__PURE__ */ defineNames({
  NT_STAPSDT: 3,
});

/** Names of the note types of the owner `Go`: Go cmd/link/internal/ld/elf.go. */
export const GO_NOTE_TYPES = /* @__PURE__ */ defineNames({
  ELF_NOTE_GOPKGLIST_TAG: 1,
  ELF_NOTE_GOABIHASH_TAG: 2,
  ELF_NOTE_GODEPS_TAG: 3,
  ELF_NOTE_GOBUILDID_TAG: 4,
});

/** Names of the note types of the owners `CORE` and `LINUX` in core files. */
export const CORE_NOTE_TYPES = /* @__PURE__ */ defineNames({
  NT_PRSTATUS: 1,
  NT_FPREGSET: 2,
  NT_PRPSINFO: 3,
  NT_TASKSTRUCT: 4,
  NT_PLATFORM: 5, // elf.h
  NT_AUXV: 6,
  NT_GWINDOWS: 7, // elf.h
  NT_ASRS: 8, // elf.h
  NT_PSTATUS: 10,
  NT_FPREGS: 12,
  NT_PSINFO: 13,
  NT_PRCRED: 14, // elf.h
  NT_UTSNAME: 15, // elf.h
  NT_LWPSTATUS: 16,
  NT_LWPSINFO: 17,
  NT_WIN32PSTATUS: 18,
  NT_PRFPXREG: 20, // elf.h
  // PowerPC.
  NT_PPC_VMX: 0x100,
  NT_PPC_SPE: 0x101, // elf.h
  NT_PPC_VSX: 0x102,
  NT_PPC_TAR: 0x103,
  NT_PPC_PPR: 0x104,
  NT_PPC_DSCR: 0x105,
  NT_PPC_EBB: 0x106,
  NT_PPC_PMU: 0x107,
  NT_PPC_TM_CGPR: 0x108,
  NT_PPC_TM_CFPR: 0x109,
  NT_PPC_TM_CVMX: 0x10a,
  NT_PPC_TM_CVSX: 0x10b,
  NT_PPC_TM_SPR: 0x10c,
  NT_PPC_TM_CTAR: 0x10d,
  NT_PPC_TM_CPPR: 0x10e,
  NT_PPC_TM_CDSCR: 0x10f,
  NT_PPC_PKEY: 0x110, // elf.h
  // x86.
  NT_386_TLS: 0x200,
  NT_386_IOPERM: 0x201,
  NT_X86_XSTATE: 0x202,
  // z/Architecture.
  NT_S390_HIGH_GPRS: 0x300,
  NT_S390_TIMER: 0x301,
  NT_S390_TODCMP: 0x302,
  NT_S390_TODPREG: 0x303,
  NT_S390_CTRS: 0x304,
  NT_S390_PREFIX: 0x305,
  NT_S390_LAST_BREAK: 0x306,
  NT_S390_SYSTEM_CALL: 0x307,
  NT_S390_TDB: 0x308,
  NT_S390_VXRS_LOW: 0x309,
  NT_S390_VXRS_HIGH: 0x30a,
  NT_S390_GS_CB: 0x30b,
  NT_S390_GS_BC: 0x30c,
  NT_S390_RI_CB: 0x30d, // elf.h
  NT_S390_PV_CPU_DATA: 0x30e, // linux/elf.h
  // ARM and AArch64.
  NT_ARM_VFP: 0x400,
  NT_ARM_TLS: 0x401,
  NT_ARM_HW_BREAK: 0x402,
  NT_ARM_HW_WATCH: 0x403,
  NT_ARM_SYSTEM_CALL: 0x404, // elf.h
  NT_ARM_SVE: 0x405,
  NT_ARM_PAC_MASK: 0x406,
  NT_ARM_PACA_KEYS: 0x407, // elf.h
  NT_ARM_PACG_KEYS: 0x408, // elf.h
  NT_ARM_TAGGED_ADDR_CTRL: 0x409,
  NT_ARM_PAC_ENABLED_KEYS: 0x40a, // elf.h
  NT_ARM_SSVE: 0x40b,
  NT_ARM_ZA: 0x40c,
  NT_ARM_ZT: 0x40d,
  NT_ARM_FPMR: 0x40e,
  NT_ARM_GCS: 0x410,
  // ARC.
  NT_ARC_V2: 0x600, // linux/elf.h
  // Any machine.
  NT_VMCOREDD: 0x700, // elf.h
  // MIPS.
  NT_MIPS_DSP: 0x800, // elf.h
  NT_MIPS_FP_MODE: 0x801, // elf.h
  NT_MIPS_MSA: 0x802, // elf.h
  // LoongArch.
  NT_LOONGARCH_CPUCFG: 0xa00, // linux/elf.h
  NT_LOONGARCH_CSR: 0xa01, // linux/elf.h
  NT_LOONGARCH_LSX: 0xa02, // linux/elf.h
  NT_LOONGARCH_LASX: 0xa03, // linux/elf.h
  NT_LOONGARCH_LBT: 0xa04, // linux/elf.h
  // Any machine.
  NT_FILE: 0x46494c45,
  NT_PRXFPREG: 0x46e62b7f,
  NT_SIGINFO: 0x53494749,
});

/** Names of the note types of the owner `FreeBSD` in core files; below 7 those of {@link CORE_NOTE_TYPES}. */
export const FREEBSD_CORE_NOTE_TYPES = /* @__PURE__ */ defineNames({
  NT_FREEBSD_THRMISC: 7,
  NT_FREEBSD_PROCSTAT_PROC: 8,
  NT_FREEBSD_PROCSTAT_FILES: 9,
  NT_FREEBSD_PROCSTAT_VMMAP: 10,
  NT_FREEBSD_PROCSTAT_GROUPS: 11,
  NT_FREEBSD_PROCSTAT_UMASK: 12,
  NT_FREEBSD_PROCSTAT_RLIMIT: 13,
  NT_FREEBSD_PROCSTAT_OSREL: 14,
  NT_FREEBSD_PROCSTAT_PSSTRINGS: 15,
  NT_FREEBSD_PROCSTAT_AUXV: 16,
});

/** Names of the note types of the owner `NetBSD-CORE` in core files. */
export const NETBSD_CORE_NOTE_TYPES = /* @__PURE__ */ defineNames({
  NT_NETBSDCORE_PROCINFO: 1,
  NT_NETBSDCORE_AUXV: 2,
  NT_NETBSDCORE_LWPSTATUS: 24,
  // 32 and above: registers, by machine.
});

/** Names of the note types of the owner `OpenBSD` in core files. */
export const OPENBSD_CORE_NOTE_TYPES = /* @__PURE__ */ defineNames({
  NT_OPENBSD_PROCINFO: 10,
  NT_OPENBSD_AUXV: 11,
  NT_OPENBSD_REGS: 20,
  NT_OPENBSD_FPREGS: 21,
  NT_OPENBSD_XFPREGS: 22,
  NT_OPENBSD_WCOOKIE: 23,
});

/** Names of the first word of an NT_GNU_ABI_TAG note, the operating system. */
export const GNU_ABI_TAG_SYSTEMS = /* @__PURE__ */ defineNames({
  GNU_ABI_TAG_LINUX: 0,
  GNU_ABI_TAG_HURD: 1,
  GNU_ABI_TAG_SOLARIS: 2,
  GNU_ABI_TAG_FREEBSD: 3,
  GNU_ABI_TAG_NETBSD: 4,
  GNU_ABI_TAG_SYLLABLE: 5,
});

/** Bits of the word in an NT_FREEBSD_FEATURE_CTL note. */
export const FREEBSD_FEATURE_FLAGS = /* @__PURE__ */ defineNames({
  NT_FREEBSD_FCTL_ASLR_DISABLE: 0x01,
  NT_FREEBSD_FCTL_PROTMAX_DISABLE: 0x02,
  NT_FREEBSD_FCTL_STKGAP_DISABLE: 0x04,
  NT_FREEBSD_FCTL_WXNEEDED: 0x08,
  NT_FREEBSD_FCTL_LA48: 0x10,
  NT_FREEBSD_FCTL_ASG_DISABLE: 0x20,
});

/** Names of the lowest two bits of the word in an NT_ANDROID_TYPE_MEMTAG note. */
export const ANDROID_MEMTAG_LEVELS = /* @__PURE__ */ defineNames({
  NT_MEMTAG_LEVEL_NONE: 0,
  NT_MEMTAG_LEVEL_ASYNC: 1,
  NT_MEMTAG_LEVEL_SYNC: 2,
});

/** Bits of the word in an NT_ANDROID_TYPE_MEMTAG note. */
export const ANDROID_MEMTAG_FLAGS = /* @__PURE__ */ defineNames({
  NT_MEMTAG_HEAP: 0x4,
  NT_MEMTAG_STACK: 0x8,
});
