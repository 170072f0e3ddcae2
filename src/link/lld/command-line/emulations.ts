// The emulations that ld.lld 13 to 22 takes after `-m`: the target and byte order they stand for. A `_fbsd` at the end is
// left out first. Compared with the programs by test/link/lld/command-line.test.ts.

/** What an emulation stands for. */
export interface Emulation {
  /** `e_machine` */
  readonly machine: number;
  readonly bits: 32 | 64;
  readonly endian: 'little' | 'big';
  /** The first version that takes it; absent: 13 does. */
  readonly from?: number;
}

const little32 = { bits: 32, endian: 'little' } as const;
const big32 = { bits: 32, endian: 'big' } as const;
const little64 = { bits: 64, endian: 'little' } as const;
const big64 = { bits: 64, endian: 'big' } as const;

/** By name. */
const EMULATIONS: ReadonlyMap<string, Emulation> = /* @__PURE__ */ new Map<string, Emulation>([
  ['aarch64elf', { machine: 183, ...little64 }],
  ['aarch64linux', { machine: 183, ...little64 }],
  ['aarch64elfb', { machine: 183, ...big64 }],
  ['aarch64linuxb', { machine: 183, ...big64 }],
  ['armelf', { machine: 40, ...little32 }],
  ['armelf_linux_eabi', { machine: 40, ...little32 }],
  ['armelfb', { machine: 40, ...big32, from: 17 }],
  ['armelfb_linux_eabi', { machine: 40, ...big32, from: 17 }],
  ['elf32_x86_64', { machine: 62, ...little32 }],
  ['elf32btsmip', { machine: 8, ...big32 }],
  ['elf32btsmipn32', { machine: 8, ...big32 }],
  ['elf32ltsmip', { machine: 8, ...little32 }],
  ['elf32ltsmipn32', { machine: 8, ...little32 }],
  ['elf32lriscv', { machine: 243, ...little32 }],
  ['elf32ppc', { machine: 20, ...big32 }],
  ['elf32ppclinux', { machine: 20, ...big32 }],
  ['elf32lppc', { machine: 20, ...little32 }],
  ['elf32lppclinux', { machine: 20, ...little32 }],
  ['elf32loongarch', { machine: 258, ...little32, from: 17 }],
  ['elf64btsmip', { machine: 8, ...big64 }],
  ['elf64ltsmip', { machine: 8, ...little64 }],
  ['elf64lriscv', { machine: 243, ...little64 }],
  ['elf64ppc', { machine: 21, ...big64 }],
  ['elf64lppc', { machine: 21, ...little64 }],
  ['elf_amd64', { machine: 62, ...little64 }],
  ['elf_x86_64', { machine: 62, ...little64 }],
  ['elf_i386', { machine: 3, ...little32 }],
  ['elf_iamcu', { machine: 6, ...little32 }],
  ['elf64_sparc', { machine: 43, ...big64 }],
  ['msp430elf', { machine: 105, ...little32 }],
  ['elf64_amdgpu', { machine: 224, ...little64, from: 16 }],
  ['elf64loongarch', { machine: 258, ...little64, from: 17 }],
  ['elf64_s390', { machine: 22, ...big64, from: 18 }],
  ['hexagonelf', { machine: 164, ...little32, from: 19 }],
]);

/**
 * Finds what an emulation stands for.
 *
 * @param name - As after `-m`.
 * @param version - Of lld, its major number.
 */
export function findEmulation(name: string, version: number): Emulation | undefined {
  const emulation = EMULATIONS.get(name.replace(/_fbsd$/, ''));
  return emulation === undefined || version < (emulation.from ?? 0) ? undefined : emulation;
}
