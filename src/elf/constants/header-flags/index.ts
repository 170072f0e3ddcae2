// What the bits of e_flags say, by machine: which table holds for which machine, and where the fields of several bits
// are.
//
// Where llvm-readobj of LLVM 22 knows the flags of a machine (AMDGPU, AVR, CUDA, LoongArch, MIPS, RISC-V, SPARC,
// Xtensa) the names are those that it prints for -h, as test/differential/header-flags.test.ts shows, but for these: of
// a RISC-V file with the quad ABI llvm-readobj prints the names of single and double as well; of CUDA's it prints every
// processor whose bits are a part of those in the upper byte, and of the other bits nothing; code objects of version 2
// of AMDGPU it reads as those of version 3. For the other machines it prints no names.

import { defineNames, describeFlags } from '../../../names/index.ts';
import type { FlagField, NameTable, NumberNames } from '../../../names/index.ts';
import { AMDGPU_ABI_VERSIONS, AMDGPU_OS_ABIS, CUDA_ABI_VERSIONS } from '../header.ts';
import { EM_ALPHA_IN_USE, MACHINES } from '../machine.ts';
import { ALPHA_HEADER_FLAGS } from './alpha.ts';
import {
  AMDGPU_FEATURES_V2,
  AMDGPU_FEATURES_V3,
  AMDGPU_PROCESSORS,
  AMDGPU_SRAMECC_V4,
  AMDGPU_XNACK_V4,
} from './amdgpu.ts';
import { ARC_OS_ABI_VERSIONS, ARC_PROCESSORS } from './arc.ts';
import {
  ARM_EABI2_HEADER_FLAGS,
  ARM_EABI5_HEADER_FLAGS,
  ARM_EABI_VERSIONS,
  ARM_HEADER_FLAGS,
  ARM_LEGACY_HEADER_FLAGS,
} from './arm.ts';
import { AVR_HEADER_FLAGS, AVR_PROCESSORS } from './avr.ts';
import { CSKY_ABI_VERSIONS, CSKY_FLAG_VERSIONS, CSKY_HEADER_FLAGS, CSKY_PROCESSORS } from './csky.ts';
import { CUDA_HEADER_FLAGS, CUDA_PROCESSORS, CUDA_V2_HEADER_FLAGS } from './cuda.ts';
import { HEXAGON_PROCESSORS } from './hexagon.ts';
import { IA_64_HEADER_FLAGS } from './ia-64.ts';
import { LOONGARCH_ABI_MODIFIERS, LOONGARCH_OBJECT_ABIS } from './loongarch.ts';
import { COLDFIRE_HEADER_FLAGS, COLDFIRE_INSTRUCTION_SETS, COLDFIRE_MULTIPLIERS, M68K_PROCESSORS } from './m68k.ts';
import { MIPS_ABIS, MIPS_HEADER_FLAGS, MIPS_INSTRUCTION_SETS, MIPS_PROCESSORS } from './mips.ts';
import { MSP430_PROCESSORS } from './msp430.ts';
import { PARISC_HEADER_FLAGS, PARISC_PROCESSORS } from './parisc.ts';
import { PPC_HEADER_FLAGS } from './ppc.ts';
import { RISCV_FLOAT_ABIS, RISCV_HEADER_FLAGS } from './riscv.ts';
import { S390_HEADER_FLAGS } from './s390.ts';
import { SH_PROCESSORS } from './sh.ts';
import { SPARC_HEADER_FLAGS, SPARC_MEMORY_MODELS } from './sparc.ts';
import { XTENSA_HEADER_FLAGS } from './xtensa.ts';

const EABI_MASK = 0xff000000;
const EABI_5 = 0x05000000;
const AMDGPU_GENERIC_VERSION_SHIFT = 24;

/** What of a header decides the meaning of its `e_flags`; an {@link ElfHeader} is one. */
export interface HeaderWithFlags {
  /** `e_machine`. */
  readonly machine: number;
  /** `e_ident[EI_OSABI]`. */
  readonly osAbi: number;
  /** `e_ident[EI_ABIVERSION]`. */
  readonly abiVersion: number;
  /** `e_flags`. */
  readonly flags: number;
}

const NO_NAMES: NameTable<string> = /* @__PURE__ */ defineNames({});

/**
 * The names of what the `e_flags` of a file say, by position from the lowest bit up.
 *
 * A field of several bits, such as the ABI of MIPS, counts as one thing; it is named unless its bits are all 0. Bits
 * and values without a name become text that keeps the number. Numbers in fields are shown as such: `EF_PPC64_ABI=2`.
 */
export function describeHeaderFlags(header: HeaderWithFlags): string[] {
  const { machine, flags } = header;
  const EM = MACHINES.values;
  switch (machine) {
    case EM.EM_SPARC32PLUS:
    case EM.EM_SPARCV9:
      return describeFlags(flags, SPARC_HEADER_FLAGS, [{ mask: 0x3, names: SPARC_MEMORY_MODELS }]);
    case EM.EM_68K:
      return describeFlags(flags, COLDFIRE_HEADER_FLAGS, [
        { mask: 0xf, names: COLDFIRE_INSTRUCTION_SETS },
        { mask: 0x30, names: COLDFIRE_MULTIPLIERS },
        { mask: 0x03818000, names: M68K_PROCESSORS },
      ]);
    case EM.EM_MIPS:
    case EM.EM_MIPS_RS3_LE:
      return describeFlags(flags, MIPS_HEADER_FLAGS, [
        { mask: 0xf000, names: MIPS_ABIS },
        { mask: 0xff0000, names: MIPS_PROCESSORS },
        { mask: 0xf0000000, names: MIPS_INSTRUCTION_SETS },
      ]);
    case EM.EM_PARISC:
      return describeFlags(flags, PARISC_HEADER_FLAGS, [{ mask: 0xffff, names: PARISC_PROCESSORS }]);
    case EM.EM_PPC:
      return describeFlags(flags, PPC_HEADER_FLAGS);
    case EM.EM_PPC64:
      return describeFlags(flags, NO_NAMES, [{ mask: 0x3, names: numbered('EF_PPC64_ABI=', 0) }]);
    case EM.EM_S390:
      return describeFlags(flags, S390_HEADER_FLAGS);
    case EM.EM_ARM:
      return describeFlags(flags, armBits((flags & EABI_MASK) >>> 0), [{ mask: EABI_MASK, names: ARM_EABI_VERSIONS }]);
    case EM.EM_ALPHA:
    case EM_ALPHA_IN_USE:
      return describeFlags(flags, ALPHA_HEADER_FLAGS);
    case EM.EM_SH:
      return describeFlags(flags, NO_NAMES, [{ mask: 0x1f, names: SH_PROCESSORS }]);
    case EM.EM_IA_64:
      return describeFlags(flags, IA_64_HEADER_FLAGS);
    case EM.EM_AVR:
      return describeFlags(flags, AVR_HEADER_FLAGS, [{ mask: 0x7f, names: AVR_PROCESSORS }]);
    case EM.EM_ARC_COMPACT:
    case EM.EM_ARC_COMPACT2:
      return describeFlags(flags, NO_NAMES, [
        { mask: 0xff, names: ARC_PROCESSORS },
        { mask: 0xf00, names: ARC_OS_ABI_VERSIONS },
      ]);
    case EM.EM_XTENSA:
      return describeFlags(flags, XTENSA_HEADER_FLAGS, [{ mask: 0xf, names: NO_NAMES }]);
    case EM.EM_MSP430:
      return describeFlags(flags, NO_NAMES, [{ mask: 0xff, names: MSP430_PROCESSORS }]);
    case EM.EM_HEXAGON:
      return describeFlags(flags, NO_NAMES, [{ mask: 0xffff, names: HEXAGON_PROCESSORS }]);
    case EM.EM_CUDA:
      return describeCudaFlags(header);
    case EM.EM_AMDGPU:
      return describeAmdgpuFlags(header);
    case EM.EM_RISCV:
      return describeFlags(flags, RISCV_HEADER_FLAGS, [{ mask: 0x6, names: RISCV_FLOAT_ABIS }]);
    case EM.EM_BPF:
      return describeFlags(flags, NO_NAMES, [{ mask: 0xf, names: numbered('EF_BPF_CPUVER=', 0) }]);
    case EM.EM_CSKY:
      return describeFlags(flags, CSKY_HEADER_FLAGS, [
        { mask: 0x1f, names: CSKY_PROCESSORS },
        { mask: 0x0f000000, names: CSKY_FLAG_VERSIONS },
        { mask: 0xf0000000, names: CSKY_ABI_VERSIONS },
      ]);
    case EM.EM_LOONGARCH:
      return describeFlags(flags, NO_NAMES, [
        { mask: 0x7, names: LOONGARCH_ABI_MODIFIERS },
        { mask: 0xc0, names: LOONGARCH_OBJECT_ABIS },
      ]);
    default:
      return describeFlags(flags, NO_NAMES);
  }
}

/** The single bits that an EABI version of ARM has, those of all versions included. */
function armBits(version: number): NumberNames {
  const { EF_ARM_EABI_UNKNOWN, EF_ARM_EABI_VER1, EF_ARM_EABI_VER2 } = ARM_EABI_VERSIONS.values;
  if (version === EABI_5) return eitherOf(ARM_EABI5_HEADER_FLAGS, ARM_HEADER_FLAGS);
  if (version === EF_ARM_EABI_UNKNOWN) return eitherOf(ARM_LEGACY_HEADER_FLAGS, ARM_HEADER_FLAGS);
  if (version === EF_ARM_EABI_VER1 || version === EF_ARM_EABI_VER2) {
    return eitherOf(ARM_EABI2_HEADER_FLAGS, ARM_HEADER_FLAGS);
  }
  return ARM_HEADER_FLAGS;
}

function describeCudaFlags({ flags, abiVersion }: HeaderWithFlags): string[] {
  if (abiVersion < CUDA_ABI_VERSIONS.values.ELFABIVERSION_CUDA_V2) {
    return describeFlags(flags, CUDA_HEADER_FLAGS, [
      { mask: 0xff, names: CUDA_PROCESSORS },
      { mask: 0xff0000, names: shifted('EF_CUDA_VIRTUAL_SM=', CUDA_PROCESSORS, 16) },
    ]);
  }
  return describeFlags(flags, CUDA_V2_HEADER_FLAGS, [{ mask: 0xff00, names: shifted('', CUDA_PROCESSORS, 8) }]);
}

function describeAmdgpuFlags({ flags, osAbi, abiVersion }: HeaderWithFlags): string[] {
  const processor: FlagField = { mask: 0xff, names: AMDGPU_PROCESSORS };
  const { ELFABIVERSION_AMDGPU_HSA_V2, ELFABIVERSION_AMDGPU_HSA_V3, ELFABIVERSION_AMDGPU_HSA_V6 } =
    AMDGPU_ABI_VERSIONS.values;
  // PAL and Mesa count their own versions, and have the flags of version 3 in their first.
  const isHsa = osAbi === AMDGPU_OS_ABIS.values.ELFOSABI_AMDGPU_HSA;
  if (isHsa && abiVersion === ELFABIVERSION_AMDGPU_HSA_V2) return describeFlags(flags, AMDGPU_FEATURES_V2);
  if (abiVersion <= ELFABIVERSION_AMDGPU_HSA_V3) return describeFlags(flags, AMDGPU_FEATURES_V3, [processor]);
  if (abiVersion > ELFABIVERSION_AMDGPU_HSA_V6) return describeFlags(flags, NO_NAMES);
  const features: FlagField[] = [
    processor,
    { mask: 0x300, names: AMDGPU_XNACK_V4 },
    { mask: 0xc00, names: AMDGPU_SRAMECC_V4 },
  ];
  if (abiVersion === ELFABIVERSION_AMDGPU_HSA_V6) {
    const names = numbered('EF_AMDGPU_GENERIC_VERSION_V', AMDGPU_GENERIC_VERSION_SHIFT);
    features.push({ mask: 0xff000000, names });
  }
  return describeFlags(flags, NO_NAMES, features);
}

/** Names out of two tables. */
function eitherOf(first: NameTable<string>, second: NameTable<string>): NumberNames {
  return { describe: (value) => first.nameOf(value) ?? second.describe(value) };
}

/** Names of a field that holds the numbers of another table, further up. */
function shifted(prefix: string, names: NameTable<string>, shift: number): NumberNames {
  return {
    describe: (value) => {
      const name = names.nameOf(value >>> shift);
      return name === undefined ? names.describe(value) : prefix + name;
    },
  };
}

/** Names of a field that is a number: the number behind a prefix. */
function numbered(prefix: string, shift: number): NumberNames {
  return { describe: (value) => `${prefix}${value >>> shift}` };
}
