// Values of the fields of the ELF header, e_machine apart (machine.ts): gABI "ELF Header" and LLVM 22
// (llvm/BinaryFormat/ELF.h), compared with that header by scripts/check-constants.ts.

import { defineNames } from '../../names/index.ts';
import type { NameTable } from '../../names/index.ts';
import { MACHINES } from './machine.ts';

/** Names of `e_ident[EI_CLASS]`. */
export const ELF_CLASSES = /* @__PURE__ */ defineNames({
  ELFCLASSNONE: 0,
  ELFCLASS32: 1,
  ELFCLASS64: 2,
});

/** Names of `e_ident[EI_DATA]`. */
export const ELF_DATA_ENCODINGS = /* @__PURE__ */ defineNames({
  ELFDATANONE: 0,
  ELFDATA2LSB: 1,
  ELFDATA2MSB: 2,
});

/** Names of `e_type`. */
export const ELF_TYPES = /* @__PURE__ */ defineNames({
  ET_NONE: 0,
  ET_REL: 1,
  ET_EXEC: 2,
  ET_DYN: 3,
  ET_CORE: 4,
  // 0xfe00 to 0xfeff belong to operating systems, 0xff00 to 0xffff to processors.
});

/** Names of `e_ident[EI_OSABI]` that hold for every machine. */
export const OS_ABIS = /* @__PURE__ */ defineNames({
  ELFOSABI_NONE: 0,
  ELFOSABI_HPUX: 1,
  ELFOSABI_NETBSD: 2,
  ELFOSABI_GNU: 3, // ELFOSABI_LINUX is its older name.
  ELFOSABI_HURD: 4,
  // 5: not assigned.
  ELFOSABI_SOLARIS: 6,
  ELFOSABI_AIX: 7,
  ELFOSABI_IRIX: 8,
  ELFOSABI_FREEBSD: 9,
  ELFOSABI_TRU64: 10,
  ELFOSABI_MODESTO: 11,
  ELFOSABI_OPENBSD: 12,
  ELFOSABI_OPENVMS: 13,
  ELFOSABI_NSK: 14,
  ELFOSABI_AROS: 15,
  ELFOSABI_FENIXOS: 16,
  ELFOSABI_CLOUDABI: 17,
  // 18 to 63: not assigned, but for the two that NVIDIA took.
  ELFOSABI_CUDA_V2: 41,
  ELFOSABI_CUDA: 51,
  // 64 to 254 belong to processors; see describeOsAbi.
  ELFOSABI_STANDALONE: 255,
});

/** Names of the `e_ident[EI_OSABI]` that processors define. */
export const AMDGPU_OS_ABIS = /* @__PURE__ */ defineNames({
  ELFOSABI_AMDGPU_HSA: 64,
  ELFOSABI_AMDGPU_PAL: 65,
  ELFOSABI_AMDGPU_MESA3D: 66,
});

/** See {@link AMDGPU_OS_ABIS}. */
export const ARM_OS_ABIS = /* @__PURE__ */ defineNames({
  ELFOSABI_ARM_FDPIC: 65,
  ELFOSABI_ARM: 97,
});

/** See {@link AMDGPU_OS_ABIS}. */
export const C6000_OS_ABIS = /* @__PURE__ */ defineNames({
  ELFOSABI_C6000_ELFABI: 64,
  ELFOSABI_C6000_LINUX: 65,
});

/** Names of `e_ident[EI_ABIVERSION]` of AMD GPUs with ELFOSABI_AMDGPU_HSA: the version of code objects. */
export const AMDGPU_ABI_VERSIONS = /* @__PURE__ */ defineNames({
  ELFABIVERSION_AMDGPU_HSA_V2: 0,
  ELFABIVERSION_AMDGPU_HSA_V3: 1,
  ELFABIVERSION_AMDGPU_HSA_V4: 2,
  ELFABIVERSION_AMDGPU_HSA_V5: 3,
  ELFABIVERSION_AMDGPU_HSA_V6: 4,
});

/** Names of `e_ident[EI_ABIVERSION]` of NVIDIA GPUs. */
export const CUDA_ABI_VERSIONS = /* @__PURE__ */ defineNames({
  ELFABIVERSION_CUDA_V1: 7,
  ELFABIVERSION_CUDA_V2: 8,
});

/** The name of an `e_ident[EI_OSABI]`, those that the machine defines included; else text that keeps the number. */
export function describeOsAbi(machine: number, osAbi: number): string {
  return OS_ABIS.nameOf(osAbi) ?? osAbisOf(machine)?.nameOf(osAbi) ?? OS_ABIS.describe(osAbi);
}

function osAbisOf(machine: number): NameTable<string> | undefined {
  const { EM_AMDGPU, EM_ARM, EM_TI_C6000 } = MACHINES.values;
  if (machine === EM_AMDGPU) return AMDGPU_OS_ABIS;
  if (machine === EM_ARM) return ARM_OS_ABIS;
  return machine === EM_TI_C6000 ? C6000_OS_ABIS : undefined;
}
