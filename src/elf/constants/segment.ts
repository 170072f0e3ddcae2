// p_type and p_flags of program headers: gABI "Program Header", LLVM 22 (llvm/BinaryFormat/ELF.h) and, for names marked
// so, glibc's elf.h, compared with both by scripts/check-constants.ts; other sources are named at the entry. Left out:
// the ends of ranges (PT_LOOS, PT_HIPROC and so on), and second names: PT_SUNW_EH_FRAME (PT_GNU_EH_FRAME),
// PT_ARM_UNWIND (PT_ARM_EXIDX).

import { defineNames } from '../../names/index.ts';

/** Names of `p_type` that hold for every machine. */
export const SEGMENT_TYPES = /* @__PURE__ */ defineNames({
  PT_NULL: 0,
  PT_LOAD: 1,
  PT_DYNAMIC: 2,
  PT_INTERP: 3,
  PT_NOTE: 4,
  PT_SHLIB: 5,
  PT_PHDR: 6,
  PT_TLS: 7,
  PT_SUNW_UNWIND: 0x6464e550,
  PT_GNU_EH_FRAME: 0x6474e550,
  PT_GNU_STACK: 0x6474e551,
  PT_GNU_RELRO: 0x6474e552,
  PT_GNU_PROPERTY: 0x6474e553,
  PT_GNU_SFRAME: 0x6474e554,
  // OpenBSD.
  PT_OPENBSD_MUTABLE: 0x65a3dbe5,
  PT_OPENBSD_RANDOMIZE: 0x65a3dbe6,
  PT_OPENBSD_WXNEEDED: 0x65a3dbe7,
  PT_OPENBSD_NOBTCFI: 0x65a3dbe8,
  PT_OPENBSD_SYSCALLS: 0x65a3dbe9,
  PT_OPENBSD_BOOTDATA: 0x65a41be6,
  // Solaris.
  PT_SUNWBSS: 0x6ffffffa, // elf.h
  PT_SUNWSTACK: 0x6ffffffb, // elf.h
  PT_SUNWDTRACE: 0x6ffffffc, // illumos sys/elf.h
  PT_SUNWCAP: 0x6ffffffd, // illumos sys/elf.h
  // 0x70000000 to 0x7fffffff belong to processors; see describeSegmentType.
});

/** Names of the `p_type` that AArch64 defines. */
export const AARCH64_SEGMENT_TYPES = /* @__PURE__ */ defineNames({
  PT_AARCH64_ARCHEXT: 0x70000000, // AAELF64
  PT_AARCH64_UNWIND: 0x70000001, // AAELF64
  PT_AARCH64_MEMTAG_MTE: 0x70000002,
});

/** Names of the `p_type` that ARM defines. */
export const ARM_SEGMENT_TYPES = /* @__PURE__ */ defineNames({
  PT_ARM_ARCHEXT: 0x70000000,
  PT_ARM_EXIDX: 0x70000001,
});

/** Names of the `p_type` that IA-64 defines. */
export const IA_64_SEGMENT_TYPES = /* @__PURE__ */ defineNames({
  PT_IA_64_ARCHEXT: 0x70000000, // elf.h
  PT_IA_64_UNWIND: 0x70000001, // elf.h
});

/** Names of the `p_type` that MIPS defines. */
export const MIPS_SEGMENT_TYPES = /* @__PURE__ */ defineNames({
  PT_MIPS_REGINFO: 0x70000000,
  PT_MIPS_RTPROC: 0x70000001,
  PT_MIPS_OPTIONS: 0x70000002,
  PT_MIPS_ABIFLAGS: 0x70000003,
});

/** Names of the `p_type` that PA-RISC defines. */
export const PARISC_SEGMENT_TYPES = /* @__PURE__ */ defineNames({
  PT_PARISC_ARCHEXT: 0x70000000, // elf.h
  PT_PARISC_UNWIND: 0x70000001, // elf.h
});

/** Names of the `p_type` that RISC-V defines. */
export const RISCV_SEGMENT_TYPES = /* @__PURE__ */ defineNames({
  PT_RISCV_ATTRIBUTES: 0x70000003,
});

/** Names of the `p_type` that z/Architecture and S/390 define. */
export const S390_SEGMENT_TYPES = /* @__PURE__ */ defineNames({
  PT_S390_PGSTE: 0x70000000, // binutils include/elf/s390.h
});

/** Names of the `p_type` that HP-UX defines. */
export const HPUX_SEGMENT_TYPES = /* @__PURE__ */ defineNames({
  PT_HP_TLS: 0x60000000, // elf.h
  PT_HP_CORE_NONE: 0x60000001, // elf.h
  PT_HP_CORE_VERSION: 0x60000002, // elf.h
  PT_HP_CORE_KERNEL: 0x60000003, // elf.h
  PT_HP_CORE_COMM: 0x60000004, // elf.h
  PT_HP_CORE_PROC: 0x60000005, // elf.h
  PT_HP_CORE_LOADABLE: 0x60000006, // elf.h
  PT_HP_CORE_STACK: 0x60000007, // elf.h
  PT_HP_CORE_SHM: 0x60000008, // elf.h
  PT_HP_CORE_MMF: 0x60000009, // elf.h
  PT_HP_PARALLEL: 0x60000010, // elf.h
  PT_HP_FASTBIND: 0x60000011, // elf.h
  PT_HP_OPT_ANNOT: 0x60000012, // elf.h
  PT_HP_HSL_ANNOT: 0x60000013, // elf.h
  PT_HP_STACK: 0x60000014, // elf.h
});

/** Bits of `p_flags` that hold for every machine. */
export const SEGMENT_FLAGS = /* @__PURE__ */ defineNames({
  PF_X: 0x1,
  PF_W: 0x2,
  PF_R: 0x4,
  // 0x0ff00000 belong to operating systems, 0xf0000000 to processors; see describeSegmentFlags.
});

/** Bits of `p_flags` that ARM defines. */
export const ARM_SEGMENT_FLAGS = /* @__PURE__ */ defineNames({
  PF_ARM_SB: 0x10000000, // elf.h
  PF_ARM_PI: 0x20000000, // elf.h
  PF_ARM_ABS: 0x40000000, // elf.h
});

/** Bits of `p_flags` that IA-64 defines. */
export const IA_64_SEGMENT_FLAGS = /* @__PURE__ */ defineNames({
  PF_IA_64_NORECOV: 0x80000000, // elf.h
});

/** Bits of `p_flags` that MIPS defines. */
export const MIPS_SEGMENT_FLAGS = /* @__PURE__ */ defineNames({
  PF_MIPS_LOCAL: 0x10000000, // elf.h
});

/** Bits of `p_flags` that PA-RISC and HP-UX define. */
export const PARISC_SEGMENT_FLAGS = /* @__PURE__ */ defineNames({
  PF_HP_PAGE_SIZE: 0x100000, // elf.h
  PF_HP_FAR_SHARED: 0x200000, // elf.h
  PF_HP_NEAR_SHARED: 0x400000, // elf.h
  PF_HP_CODE: 0x1000000, // elf.h
  PF_HP_MODIFY: 0x2000000, // elf.h
  PF_HP_LAZYSWAP: 0x4000000, // elf.h
  PF_PARISC_SBP: 0x8000000, // elf.h
});
