// The names of d_tag where the machine has a say.

import type { NameTable } from '../../names/index.ts';
import {
  AARCH64_DYNAMIC_TAGS,
  ALPHA_DYNAMIC_TAGS,
  DYNAMIC_TAGS,
  HEXAGON_DYNAMIC_TAGS,
  IA_64_DYNAMIC_TAGS,
  MIPS_DYNAMIC_TAGS,
  NIOS2_DYNAMIC_TAGS,
  PPC64_DYNAMIC_TAGS,
  PPC_DYNAMIC_TAGS,
  RISCV_DYNAMIC_TAGS,
  SPARC_DYNAMIC_TAGS,
  X86_64_DYNAMIC_TAGS,
} from './dynamic.ts';
import { EM_ALPHA_IN_USE, MACHINES } from './machine.ts';

/**
 * The name of a `d_tag`, those that the machine defines included; else text that keeps the number.
 *
 * @param machine - `e_machine`.
 * @param tag - The tag; of negative ones the 64 bits are shown.
 */
export function describeDynamicTag(machine: number, tag: number | bigint): string {
  const value = BigInt.asUintN(64, BigInt(tag));
  // Every tag that has a name fits 32 bits; what is above is rounded and has none.
  const number = Number(value);
  const name = DYNAMIC_TAGS.nameOf(number) ?? tagsOf(machine)?.nameOf(number);
  return name ?? `unknown (0x${value.toString(16)})`;
}

function tagsOf(machine: number): NameTable<string> | undefined {
  const EM = MACHINES.values;
  switch (machine) {
    case EM.EM_SPARC:
    case EM.EM_SPARC32PLUS:
    case EM.EM_SPARCV9:
      return SPARC_DYNAMIC_TAGS;
    case EM.EM_MIPS:
    case EM.EM_MIPS_RS3_LE:
      return MIPS_DYNAMIC_TAGS;
    case EM.EM_PPC:
      return PPC_DYNAMIC_TAGS;
    case EM.EM_PPC64:
      return PPC64_DYNAMIC_TAGS;
    case EM.EM_ALPHA:
    case EM_ALPHA_IN_USE:
      return ALPHA_DYNAMIC_TAGS;
    case EM.EM_IA_64:
      return IA_64_DYNAMIC_TAGS;
    case EM.EM_X86_64:
      return X86_64_DYNAMIC_TAGS;
    case EM.EM_ALTERA_NIOS2:
      return NIOS2_DYNAMIC_TAGS;
    case EM.EM_HEXAGON:
      return HEXAGON_DYNAMIC_TAGS;
    case EM.EM_AARCH64:
      return AARCH64_DYNAMIC_TAGS;
    case EM.EM_RISCV:
      return RISCV_DYNAMIC_TAGS;
    default:
      return undefined;
  }
}
