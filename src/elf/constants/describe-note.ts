// The names of note types by owner, and of what stands in a GNU property note.

import type { NameTable } from '../../names/index.ts';
import {
  AARCH64_FEATURE_1,
  AARCH64_GNU_PROPERTIES,
  GNU_NEEDED_1,
  GNU_PROPERTIES,
  RISCV_FEATURE_1,
  RISCV_GNU_PROPERTIES,
  X86_FEATURE_1,
  X86_FEATURE_2,
  X86_GNU_PROPERTIES,
  X86_ISA_1,
} from './gnu-property.ts';
import { ELF_TYPES } from './header.ts';
import { MACHINES } from './machine.ts';
import {
  AMDGPU_NOTE_TYPES,
  AMD_NOTE_TYPES,
  ANDROID_NOTE_TYPES,
  CORE_NOTE_TYPES,
  FDO_NOTE_TYPES,
  FREEBSD_CORE_NOTE_TYPES,
  FREEBSD_NOTE_TYPES,
  GENERIC_NOTE_TYPES,
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

/**
 * The name of a note type; else text that keeps the number.
 *
 * @param owner - `n_name` of the note, without its terminator.
 * @param type - `n_type`.
 * @param fileType - `e_type` of the file: in ET_CORE the numbers mean other things.
 */
export function describeNoteType(owner: string, type: number, fileType: number): string {
  const isCore = fileType === ELF_TYPES.values.ET_CORE;
  const names = isCore ? coreNoteNames(owner) : noteNames(owner);
  // What FreeBSD did not have to number anew is the same as elsewhere.
  const common = isCore && owner === 'FreeBSD' ? CORE_NOTE_TYPES.nameOf(type) : undefined;
  return names.nameOf(type) ?? common ?? GENERIC_NOTE_TYPES.describe(type);
}

function noteNames(owner: string): NameTable<string> {
  switch (owner) {
    case 'AMD':
      return AMD_NOTE_TYPES;
    case 'AMDGPU':
      return AMDGPU_NOTE_TYPES;
    case 'Android':
      return ANDROID_NOTE_TYPES;
    case 'FDO':
      return FDO_NOTE_TYPES;
    case 'FreeBSD':
      return FREEBSD_NOTE_TYPES;
    case 'GNU':
      return GNU_NOTE_TYPES;
    case 'Go':
      return GO_NOTE_TYPES;
    case 'LLVM':
      return LLVM_NOTE_TYPES;
    case 'LLVMOMPOFFLOAD':
      return LLVM_OPENMP_OFFLOAD_NOTE_TYPES;
    case 'Linux':
      return LINUX_NOTE_TYPES;
    case 'NetBSD':
    case 'PaX':
      return NETBSD_NOTE_TYPES;
    case 'OpenBSD':
      return OPENBSD_NOTE_TYPES;
    case 'Xen':
      return XEN_NOTE_TYPES;
    case 'stapsdt':
      return STAPSDT_NOTE_TYPES;
    default:
      // The rest of the name of such a note is the attribute itself.
      return owner.startsWith('GA') ? GNU_BUILD_ATTRIBUTE_NOTE_TYPES : GENERIC_NOTE_TYPES;
  }
}

function coreNoteNames(owner: string): NameTable<string> {
  if (owner === 'CORE' || owner === 'LINUX') return CORE_NOTE_TYPES;
  if (owner === 'FreeBSD') return FREEBSD_CORE_NOTE_TYPES;
  // Of a process with several threads the rest of the name tells which.
  if (owner === 'NetBSD-CORE' || owner.startsWith('NetBSD-CORE@')) return NETBSD_CORE_NOTE_TYPES;
  if (owner === 'OpenBSD' || owner.startsWith('OpenBSD@')) return OPENBSD_CORE_NOTE_TYPES;
  return noteNames(owner);
}

/**
 * The name of a property in an NT_GNU_PROPERTY_TYPE_0 note, those that the machine defines included; else text that
 * keeps the number.
 *
 * @param machine - `e_machine`.
 * @param type - `pr_type`.
 */
export function describeGnuProperty(machine: number, type: number): string {
  return GNU_PROPERTIES.nameOf(type) ?? propertiesOf(machine)?.nameOf(type) ?? GNU_PROPERTIES.describe(type);
}

function propertiesOf(machine: number): NameTable<string> | undefined {
  const EM = MACHINES.values;
  switch (machine) {
    case EM.EM_386:
    case EM.EM_IAMCU:
    case EM.EM_X86_64:
      return X86_GNU_PROPERTIES;
    case EM.EM_AARCH64:
      return AARCH64_GNU_PROPERTIES;
    case EM.EM_RISCV:
      return RISCV_GNU_PROPERTIES;
    default:
      return undefined;
  }
}

/**
 * The names of the bits in the value of a property that is a word of flags.
 *
 * @param machine - `e_machine`.
 * @param type - `pr_type`.
 * @returns `undefined` for properties that are no words of flags, or whose bits have no names here.
 */
export function gnuPropertyBitNames(machine: number, type: number): NameTable<string> | undefined {
  switch (describeGnuProperty(machine, type)) {
    case 'GNU_PROPERTY_1_NEEDED':
      return GNU_NEEDED_1;
    case 'GNU_PROPERTY_AARCH64_FEATURE_1_AND':
      return AARCH64_FEATURE_1;
    case 'GNU_PROPERTY_RISCV_FEATURE_1_AND':
      return RISCV_FEATURE_1;
    case 'GNU_PROPERTY_X86_FEATURE_1_AND':
      return X86_FEATURE_1;
    case 'GNU_PROPERTY_X86_FEATURE_2_NEEDED':
    case 'GNU_PROPERTY_X86_FEATURE_2_USED':
      return X86_FEATURE_2;
    case 'GNU_PROPERTY_X86_ISA_1_NEEDED':
    case 'GNU_PROPERTY_X86_ISA_1_USED':
      return X86_ISA_1;
    default:
      return undefined;
  }
}
