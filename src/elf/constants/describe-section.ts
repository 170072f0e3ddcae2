// The names of sh_type, sh_flags and reserved section numbers where machine and operating system have a say.

import { defineNames, describeFlags } from '../../names/index.ts';
import type { NameTable } from '../../names/index.ts';
import { OS_ABIS } from './header.ts';
import { EM_ALPHA_IN_USE, MACHINES } from './machine.ts';
import { SECTION_FLAGS, SECTION_TYPES, SPECIAL_SECTIONS } from './section.ts';
import {
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

const NO_NAMES: NameTable<string> = /* @__PURE__ */ defineNames({});

/**
 * The name of an `sh_type`, those that machine and operating system define included; else text that keeps the number.
 *
 * @param machine - `e_machine`.
 * @param osAbi - `e_ident[EI_OSABI]`. Solaris gives other meanings to some numbers of GNU's; where GNU has none, its
 *   names are taken for every system, because most of its files do not say whose they are.
 */
export function describeSectionType(machine: number, type: number, osAbi = 0): string {
  const solaris = SOLARIS_SECTION_TYPES.nameOf(type);
  if (solaris !== undefined && osAbi === OS_ABIS.values.ELFOSABI_SOLARIS) return solaris;
  return SECTION_TYPES.nameOf(type) ?? typesOf(machine).nameOf(type) ?? solaris ?? SECTION_TYPES.describe(type);
}

function typesOf(machine: number): NameTable<string> {
  const EM = MACHINES.values;
  switch (machine) {
    case EM.EM_MIPS:
    case EM.EM_MIPS_RS3_LE:
      return MIPS_SECTION_TYPES;
    case EM.EM_PARISC:
      return PARISC_SECTION_TYPES;
    case EM.EM_ARM:
      return ARM_SECTION_TYPES;
    case EM.EM_ALPHA:
    case EM_ALPHA_IN_USE:
      return ALPHA_SECTION_TYPES;
    case EM.EM_IA_64:
      return IA_64_SECTION_TYPES;
    case EM.EM_X86_64:
      return X86_64_SECTION_TYPES;
    case EM.EM_MSP430:
      return MSP430_SECTION_TYPES;
    case EM.EM_HEXAGON:
      return HEXAGON_SECTION_TYPES;
    case EM.EM_AARCH64:
      return AARCH64_SECTION_TYPES;
    case EM.EM_RISCV:
      return RISCV_SECTION_TYPES;
    case EM.EM_CSKY:
      return CSKY_SECTION_TYPES;
    default:
      return NO_NAMES;
  }
}

/**
 * The names of the bits that are set, from the lowest up; a bit without a name is text that keeps its number.
 *
 * @param machine - `e_machine`.
 * @param flags - The low 32 bits of `sh_flags`.
 * @param osAbi - `e_ident[EI_OSABI]`; Solaris has bits of its own.
 */
export function describeSectionFlags(machine: number, flags: number, osAbi = 0): string[] {
  const ofSystem = osAbi === OS_ABIS.values.ELFOSABI_SOLARIS ? SOLARIS_SECTION_FLAGS : NO_NAMES;
  const ofMachine = flagsOf(machine);
  // The machine goes first: MIPS has a meaning of its own for the bit of SHF_EXCLUDE.
  return describeFlags(flags, {
    describe: (flag) => ofMachine.nameOf(flag) ?? ofSystem.nameOf(flag) ?? SECTION_FLAGS.describe(flag),
  });
}

function flagsOf(machine: number): NameTable<string> {
  const EM = MACHINES.values;
  switch (machine) {
    case EM.EM_MIPS:
    case EM.EM_MIPS_RS3_LE:
      return MIPS_SECTION_FLAGS;
    case EM.EM_PARISC:
      return PARISC_SECTION_FLAGS;
    case EM.EM_ARM:
      return ARM_SECTION_FLAGS;
    case EM.EM_ALPHA:
    case EM_ALPHA_IN_USE:
      return ALPHA_SECTION_FLAGS;
    case EM.EM_IA_64:
      return IA_64_SECTION_FLAGS;
    case EM.EM_X86_64:
      return X86_64_SECTION_FLAGS;
    case EM.EM_HEXAGON:
      return HEXAGON_SECTION_FLAGS;
    case EM.EM_AARCH64:
      return AARCH64_SECTION_FLAGS;
    case EM.EM_XCORE:
      return XCORE_SECTION_FLAGS;
    default:
      return NO_NAMES;
  }
}

/**
 * The name of a section number that stands for something else than a section: SHN_UNDEF, SHN_ABS and the like, those
 * that machine and operating system define included; else text that keeps the number.
 *
 * @param header - Header of the file.
 * @param index - The number as stored, 16 bits.
 */
export function describeSpecialSection(
  header: { readonly machine: number; readonly osAbi: number },
  index: number,
): string {
  const solaris = header.osAbi === OS_ABIS.values.ELFOSABI_SOLARIS ? SOLARIS_SPECIAL_SECTIONS.nameOf(index) : undefined;
  return (
    SPECIAL_SECTIONS.nameOf(index) ??
    specialSectionsOf(header.machine).nameOf(index) ??
    solaris ??
    SPECIAL_SECTIONS.describe(index)
  );
}

function specialSectionsOf(machine: number): NameTable<string> {
  const EM = MACHINES.values;
  switch (machine) {
    case EM.EM_MIPS:
    case EM.EM_MIPS_RS3_LE:
      return MIPS_SPECIAL_SECTIONS;
    case EM.EM_PARISC:
      return PARISC_SPECIAL_SECTIONS;
    case EM.EM_X86_64:
      return X86_64_SPECIAL_SECTIONS;
    case EM.EM_HEXAGON:
      return HEXAGON_SPECIAL_SECTIONS;
    case EM.EM_AMDGPU:
      return AMDGPU_SPECIAL_SECTIONS;
    default:
      return NO_NAMES;
  }
}
