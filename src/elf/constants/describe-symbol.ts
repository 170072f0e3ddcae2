// The names of binding, type and st_other of symbols where the machine has a say.

import { defineNames, describeFlags } from '../../names/index.ts';
import type { NameTable } from '../../names/index.ts';
import { EM_ALPHA_IN_USE, MACHINES } from './machine.ts';
import { SYMBOL_BINDINGS, SYMBOL_TYPES, SYMBOL_VISIBILITIES } from './symbol.ts';
import {
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

const VISIBILITY_MASK = 0x3;
const ALPHA_MASK = 0xfc;

const NO_NAMES: NameTable<string> = /* @__PURE__ */ defineNames({});

/**
 * The name of a binding, those that the machine defines included; else text that keeps the number.
 *
 * @param machine - `e_machine`.
 * @param binding - The upper half of `st_info`.
 */
export function describeSymbolBinding(machine: number, binding: number): string {
  const ofMachine = machine === MACHINES.values.EM_MIPS ? MIPS_SYMBOL_BINDINGS.nameOf(binding) : undefined;
  return ofMachine ?? SYMBOL_BINDINGS.describe(binding);
}

/**
 * The name of a symbol type, those that the machine defines included; else text that keeps the number.
 *
 * @param machine - `e_machine`.
 * @param type - The lower half of `st_info`.
 */
export function describeSymbolType(machine: number, type: number): string {
  return typesOf(machine).nameOf(type) ?? SYMBOL_TYPES.describe(type);
}

function typesOf(machine: number): NameTable<string> {
  const EM = MACHINES.values;
  switch (machine) {
    case EM.EM_SPARC:
    case EM.EM_SPARC32PLUS:
    case EM.EM_SPARCV9:
      return SPARC_SYMBOL_TYPES;
    case EM.EM_PARISC:
      return PARISC_SYMBOL_TYPES;
    case EM.EM_ARM:
      return ARM_SYMBOL_TYPES;
    case EM.EM_AMDGPU:
      return AMDGPU_SYMBOL_TYPES;
    default:
      return NO_NAMES;
  }
}

/**
 * The names of what `st_other` says, from the lowest bit up: the visibility unless it is STV_DEFAULT, then the bits of
 * the machine; a bit without a name is text that keeps its number. For 64-bit PowerPC the distance of the local entry
 * point stands in it, which is written with what the assembler's directive takes: `localentry: 8`.
 *
 * @param machine - `e_machine`.
 * @param other - `st_other`, one byte.
 */
export function describeSymbolOther(machine: number, other: number): string[] {
  const EM = MACHINES.values;
  const visibility = { mask: VISIBILITY_MASK, names: SYMBOL_VISIBILITIES };
  switch (machine) {
    case EM.EM_MIPS:
    case EM.EM_MIPS_RS3_LE: {
      const { STO_MIPS_MIPS16 } = MIPS_SYMBOL_FLAGS.values;
      const isMips16 = (other & STO_MIPS_MIPS16) === STO_MIPS_MIPS16;
      const fields = isMips16 ? [visibility, { mask: STO_MIPS_MIPS16, names: MIPS_SYMBOL_FLAGS }] : [visibility];
      return describeFlags(other, MIPS_SYMBOL_FLAGS, fields);
    }
    case EM.EM_PPC64: {
      const localEntry = { mask: STO_PPC64_LOCAL_MASK, names: { describe: describeLocalEntry } };
      return describeFlags(other, NO_NAMES, [visibility, localEntry]);
    }
    case EM.EM_ALPHA:
    case EM_ALPHA_IN_USE:
      return describeFlags(other, NO_NAMES, [visibility, { mask: ALPHA_MASK, names: ALPHA_SYMBOL_FLAGS }]);
    case EM.EM_AARCH64:
      return describeFlags(other, AARCH64_SYMBOL_FLAGS, [visibility]);
    case EM.EM_RISCV:
      return describeFlags(other, RISCV_SYMBOL_FLAGS, [visibility]);
    default:
      return describeFlags(other, NO_NAMES, [visibility]);
  }
}

function describeLocalEntry(other: number): string {
  const offset = ppc64LocalEntryOffset(other);
  if (offset === undefined) return NO_NAMES.describe(other);
  // The directive's 1 stands for: one entry point, and r2 is not kept.
  return `localentry: ${offset === 0 ? 1 : offset}`;
}

/**
 * How far behind its global entry point the local entry point of a function of 64-bit PowerPC is, in bytes, out of
 * `st_other`: "64-Bit ELF V2 ABI Specification, Power Architecture" 1.5, "Symbol Values".
 *
 * @returns 0 where both are one. They are so in functions that do not use r2 (0 in the field) and in those that do not
 *   keep it (1). `undefined` for 7, which is reserved.
 */
export function ppc64LocalEntryOffset(other: number): number | undefined {
  const field = (other & STO_PPC64_LOCAL_MASK) >>> STO_PPC64_LOCAL_BIT;
  if (field === 7) return undefined;
  return field < 2 ? 0 : 1 << field;
}
