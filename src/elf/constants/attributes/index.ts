// Which names of build attributes hold for which file.

import type { NameTable } from '../../../names/index.ts';
import { MACHINES } from '../machine.ts';
import { AARCH64_FEATURE_AND_BITS_TAGS, AARCH64_PAUTHABI_TAGS } from './aarch64.ts';
import { ARM_ATTRIBUTE_TAGS } from './arm.ts';
import { CSKY_ATTRIBUTE_TAGS } from './csky.ts';
import { HEXAGON_ATTRIBUTE_TAGS } from './hexagon.ts';
import { MSP430_ATTRIBUTE_TAGS } from './msp430.ts';
import { RISCV_ATTRIBUTE_TAGS } from './riscv.ts';

/**
 * The names of the tags in a subsection of build attributes.
 *
 * @param machine - `e_machine`.
 * @param vendor - Name of the subsection: `aeabi`, `riscv` and so on.
 * @returns `undefined` where no names are known. Those of a machine hold in its ABI's subsection alone; other vendors
 *   number as they like.
 */
export function attributeTagNames(machine: number, vendor: string): NameTable<string> | undefined {
  const EM = MACHINES.values;
  switch (machine) {
    case EM.EM_ARM:
      return vendor === 'aeabi' ? ARM_ATTRIBUTE_TAGS : undefined;
    case EM.EM_MSP430:
      return vendor === 'mspabi' ? MSP430_ATTRIBUTE_TAGS : undefined;
    case EM.EM_HEXAGON:
      return vendor === 'hexagon' ? HEXAGON_ATTRIBUTE_TAGS : undefined;
    case EM.EM_AARCH64:
      if (vendor === 'aeabi_pauthabi') return AARCH64_PAUTHABI_TAGS;
      return vendor === 'aeabi_feature_and_bits' ? AARCH64_FEATURE_AND_BITS_TAGS : undefined;
    case EM.EM_RISCV:
      return vendor === 'riscv' ? RISCV_ATTRIBUTE_TAGS : undefined;
    case EM.EM_CSKY:
      return vendor === 'csky' ? CSKY_ATTRIBUTE_TAGS : undefined;
    default:
      return undefined;
  }
}
