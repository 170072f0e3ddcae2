// From a machine to the names of its relocation types. A machine without an entry here is read all the same; its types
// stay numbers. To add one: a file beside this one with its table, an entry here, an entry in
// scripts/check-constants.ts.

import { defineNames } from '../../../names/index.ts';
import type { NameTable } from '../../../names/index.ts';
import { MACHINES } from '../machine.ts';
import { AARCH64_RELOCATIONS } from './aarch64.ts';
import { AMDGPU_RELOCATIONS } from './amdgpu.ts';
import { ARC_RELOCATIONS } from './arc.ts';
import { ARM_RELOCATIONS } from './arm.ts';
import { AVR_RELOCATIONS } from './avr.ts';
import { BPF_RELOCATIONS } from './bpf.ts';
import { CSKY_RELOCATIONS } from './csky.ts';
import { HEXAGON_RELOCATIONS } from './hexagon.ts';
import { I386_RELOCATIONS } from './i386.ts';
import { LANAI_RELOCATIONS } from './lanai.ts';
import { LOONGARCH_RELOCATIONS } from './loongarch.ts';
import { M68K_RELOCATIONS } from './m68k.ts';
import { MIPS_RELOCATIONS } from './mips.ts';
import { MSP430_RELOCATIONS } from './msp430.ts';
import { PPC_RELOCATIONS } from './ppc.ts';
import { PPC64_RELOCATIONS } from './ppc64.ts';
import { RISCV_RELOCATIONS } from './riscv.ts';
import { S390_RELOCATIONS } from './s390.ts';
import { SPARC_RELOCATIONS } from './sparc.ts';
import { VE_RELOCATIONS } from './ve.ts';
import { X86_64_RELOCATIONS } from './x86-64.ts';
import { XTENSA_RELOCATIONS } from './xtensa.ts';

/** Names for a machine that has none of its own, so that every number is described in the same words. */
const NO_NAMES: NameTable<string> = /* @__PURE__ */ defineNames({});

/**
 * The names of a machine's relocation types.
 *
 * Machines of one family share a table: EM_386 and EM_IAMCU, EM_SPARC, EM_SPARC32PLUS and EM_SPARCV9, EM_ARC_COMPACT
 * and EM_ARC_COMPACT2, EM_MIPS and EM_MIPS_RS3_LE.
 *
 * @param machine - `e_machine`.
 * @returns `undefined` for machines whose table this library does not hold.
 */
export function relocationNames(machine: number): NameTable<string> | undefined {
  const EM = MACHINES.values;
  switch (machine) {
    case EM.EM_SPARC:
    case EM.EM_SPARC32PLUS:
    case EM.EM_SPARCV9:
      return SPARC_RELOCATIONS;
    case EM.EM_386:
    case EM.EM_IAMCU:
      return I386_RELOCATIONS;
    case EM.EM_68K:
      return M68K_RELOCATIONS;
    case EM.EM_MIPS:
    case EM.EM_MIPS_RS3_LE:
      return MIPS_RELOCATIONS;
    case EM.EM_PPC:
      return PPC_RELOCATIONS;
    case EM.EM_PPC64:
      return PPC64_RELOCATIONS;
    case EM.EM_S390:
      return S390_RELOCATIONS;
    case EM.EM_ARM:
      return ARM_RELOCATIONS;
    case EM.EM_X86_64:
      return X86_64_RELOCATIONS;
    case EM.EM_AVR:
      return AVR_RELOCATIONS;
    case EM.EM_ARC_COMPACT:
    case EM.EM_ARC_COMPACT2:
      return ARC_RELOCATIONS;
    case EM.EM_XTENSA:
      return XTENSA_RELOCATIONS;
    case EM.EM_MSP430:
      return MSP430_RELOCATIONS;
    case EM.EM_HEXAGON:
      return HEXAGON_RELOCATIONS;
    case EM.EM_AARCH64:
      return AARCH64_RELOCATIONS;
    case EM.EM_AMDGPU:
      return AMDGPU_RELOCATIONS;
    case EM.EM_RISCV:
      return RISCV_RELOCATIONS;
    case EM.EM_LANAI:
      return LANAI_RELOCATIONS;
    case EM.EM_BPF:
      return BPF_RELOCATIONS;
    case EM.EM_VE:
      return VE_RELOCATIONS;
    case EM.EM_CSKY:
      return CSKY_RELOCATIONS;
    case EM.EM_LOONGARCH:
      return LOONGARCH_RELOCATIONS;
    default:
      return undefined;
  }
}

/**
 * A relocation type as llvm-readobj writes it.
 *
 * That is its name, but for 64-bit MIPS: N64 packs three types into one entry, which are applied one after the other to
 * the result of the one before, and all three are named: `R_MIPS_GPREL32/R_MIPS_SUB/R_MIPS_NONE`. Nothing in a file
 * says N64; as in LLVM every MIPS file of class 64 is taken to be it. In 64-bit SPARC the upper 24 bits are data of the
 * relocation and do not take part; so it is in GNU readelf, while llvm-readobj finds no name where they are not 0. A
 * number without a name becomes text that keeps it.
 *
 * @param header - Header of the file.
 * @param type - The type out of `r_info`, for MIPS64 all four of its bytes with the first type in the lowest one, as
 *   {@link ElfRelocationTable.type} gives it. The fourth, the special symbol, is left out.
 */
export function describeRelocationType(
  header: { readonly machine: number; readonly bits: 32 | 64 },
  type: number,
): string {
  const { EM_MIPS, EM_SPARCV9 } = MACHINES.values;
  const names = relocationNames(header.machine) ?? NO_NAMES;
  if (header.bits === 64 && header.machine === EM_MIPS) {
    return [type & 0xff, (type >>> 8) & 0xff, (type >>> 16) & 0xff].map((part) => names.describe(part)).join('/');
  }
  return names.describe(header.bits === 64 && header.machine === EM_SPARCV9 ? type & 0xff : type);
}
