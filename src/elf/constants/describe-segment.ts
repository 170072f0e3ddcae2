// The names of p_type and p_flags where machine and operating system have a say.

import { defineNames, describeFlags } from '../../names/index.ts';
import type { NameTable } from '../../names/index.ts';
import { OS_ABIS } from './header.ts';
import { MACHINES } from './machine.ts';
import {
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

const NO_NAMES: NameTable<string> = /* @__PURE__ */ defineNames({});

/**
 * The name of a `p_type`, those that machine and operating system define included; else text that keeps the number.
 *
 * @param header - Header of the file.
 */
export function describeSegmentType(
  header: { readonly machine: number; readonly osAbi: number },
  type: number,
): string {
  const { machine, osAbi } = header;
  const { EM_PARISC, EM_IA_64 } = MACHINES.values;
  const isHpux = osAbi === OS_ABIS.values.ELFOSABI_HPUX || machine === EM_PARISC || machine === EM_IA_64;
  const ofSystem = isHpux ? HPUX_SEGMENT_TYPES.nameOf(type) : undefined;
  return SEGMENT_TYPES.nameOf(type) ?? typesOf(machine).nameOf(type) ?? ofSystem ?? SEGMENT_TYPES.describe(type);
}

function typesOf(machine: number): NameTable<string> {
  const EM = MACHINES.values;
  switch (machine) {
    case EM.EM_MIPS:
    case EM.EM_MIPS_RS3_LE:
      return MIPS_SEGMENT_TYPES;
    case EM.EM_PARISC:
      return PARISC_SEGMENT_TYPES;
    case EM.EM_S390:
      return S390_SEGMENT_TYPES;
    case EM.EM_ARM:
      return ARM_SEGMENT_TYPES;
    case EM.EM_IA_64:
      return IA_64_SEGMENT_TYPES;
    case EM.EM_AARCH64:
      return AARCH64_SEGMENT_TYPES;
    case EM.EM_RISCV:
      return RISCV_SEGMENT_TYPES;
    default:
      return NO_NAMES;
  }
}

/**
 * The names of the bits that are set, from the lowest up; a bit without a name is text that keeps its number.
 *
 * @param machine - `e_machine`.
 * @param flags - `p_flags`.
 */
export function describeSegmentFlags(machine: number, flags: number): string[] {
  const ofMachine = flagsOf(machine);
  return describeFlags(flags, { describe: (flag) => SEGMENT_FLAGS.nameOf(flag) ?? ofMachine.describe(flag) });
}

function flagsOf(machine: number): NameTable<string> {
  const EM = MACHINES.values;
  switch (machine) {
    case EM.EM_MIPS:
    case EM.EM_MIPS_RS3_LE:
      return MIPS_SEGMENT_FLAGS;
    case EM.EM_PARISC:
      return PARISC_SEGMENT_FLAGS;
    case EM.EM_ARM:
      return ARM_SEGMENT_FLAGS;
    case EM.EM_IA_64:
      return IA_64_SEGMENT_FLAGS;
    default:
      return NO_NAMES;
  }
}
