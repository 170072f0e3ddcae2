// One vocabulary for instruction sets, from e_machine and from target triples: the name of e_machine in lower case
// without `EM_`, except where every tool says something else.

import { MACHINES } from '../elf/index.ts';

const MACHINE_ALIASES = new Map([
  ['386', 'i386'],
  ['68k', 'm68k'],
]);

/** The instruction set of an ELF file; `em-<number>` for numbers without a name. */
export function machineOfElf(e_machine: number): string {
  const name = MACHINES.nameOf(e_machine)?.slice('EM_'.length).toLowerCase();
  return name === undefined ? `em-${e_machine}` : (MACHINE_ALIASES.get(name) ?? name);
}

/** What the first component of a target triple says. */
export interface TripleTarget {
  readonly machine: string;
  readonly bits?: 32 | 64;
  readonly endian?: 'little' | 'big';
}

// The first pattern that fits counts. Architectures as LLVM's Triple::parseArch knows them.
const ARCHITECTURES: readonly (readonly [pattern: RegExp, target: TripleTarget])[] = [
  [/^(aarch64_be|arm64_be)$/, { machine: 'aarch64', bits: 64, endian: 'big' }],
  [/^(aarch64_32|arm64_32)$/, { machine: 'aarch64', bits: 32, endian: 'little' }],
  [/^(aarch64|arm64)/, { machine: 'aarch64', bits: 64, endian: 'little' }],
  [/^(arm|thumb)(eb|v\w*eb$)/, { machine: 'arm', bits: 32, endian: 'big' }],
  [/^(arm|thumb|xscale)/, { machine: 'arm', bits: 32, endian: 'little' }],
  [/^(x86_64|amd64)/, { machine: 'x86_64', bits: 64, endian: 'little' }],
  [/^i[3-9]86$/, { machine: 'i386', bits: 32, endian: 'little' }],
  [/^riscv32be/, { machine: 'riscv', bits: 32, endian: 'big' }],
  [/^riscv64be/, { machine: 'riscv', bits: 64, endian: 'big' }],
  [/^riscv32/, { machine: 'riscv', bits: 32, endian: 'little' }],
  [/^riscv64/, { machine: 'riscv', bits: 64, endian: 'little' }],
  [/^(powerpc64le|ppc64le)/, { machine: 'ppc64', bits: 64, endian: 'little' }],
  [/^(powerpc64|ppc64|ppu)/, { machine: 'ppc64', bits: 64, endian: 'big' }],
  [/^(powerpcle|ppcle|ppc32le)/, { machine: 'ppc', bits: 32, endian: 'little' }],
  [/^(powerpc|ppc)/, { machine: 'ppc', bits: 32, endian: 'big' }],
  [/^mipsn32el/, { machine: 'mips', bits: 32, endian: 'little' }],
  [/^mipsn32/, { machine: 'mips', bits: 32, endian: 'big' }],
  [/^mips(isa)?64\w*el/, { machine: 'mips', bits: 64, endian: 'little' }],
  [/^mips(isa)?64/, { machine: 'mips', bits: 64, endian: 'big' }],
  [/^mips\w*el/, { machine: 'mips', bits: 32, endian: 'little' }],
  [/^mips/, { machine: 'mips', bits: 32, endian: 'big' }],
  [/^(s390x|systemz)/, { machine: 's390', bits: 64, endian: 'big' }],
  [/^(sparcv9|sparc64)/, { machine: 'sparcv9', bits: 64, endian: 'big' }],
  [/^sparcel/, { machine: 'sparc', bits: 32, endian: 'little' }],
  [/^sparc/, { machine: 'sparc', bits: 32, endian: 'big' }],
  [/^loongarch32/, { machine: 'loongarch', bits: 32, endian: 'little' }],
  [/^loongarch64/, { machine: 'loongarch', bits: 64, endian: 'little' }],
  [/^(bpfeb|bpf_be)/, { machine: 'bpf', bits: 64, endian: 'big' }],
  [/^(bpfel|bpf_le)/, { machine: 'bpf', bits: 64, endian: 'little' }],
  [/^hexagon/, { machine: 'hexagon', bits: 32, endian: 'little' }],
  [/^amdgcn/, { machine: 'amdgpu', bits: 64, endian: 'little' }],
];

/**
 * Reads the architecture out of a target triple. One that is not known here keeps its own name, and where the triple
 * alone does not tell the width and byte order they are absent.
 */
export function targetOfTriple(triple: string): TripleTarget {
  // All inputs of a link have the same triple, nearly always.
  if (last?.triple !== triple) last = { triple, target: parseTriple(triple) };
  return last.target;
}

let last: { readonly triple: string; readonly target: TripleTarget } | undefined;

function parseTriple(triple: string): TripleTarget {
  const architecture = triple.split('-', 1)[0] as string;
  // Environments with 32-bit addresses on a 64-bit architecture: x32, ILP32, and N32 of MIPS.
  const isNarrow = /-(gnu|musl)(x32|_ilp32|abin32)$/.test(triple);
  for (const [pattern, target] of ARCHITECTURES) {
    if (!pattern.test(architecture)) continue;
    return isNarrow ? { ...target, bits: 32 } : target;
  }
  return { machine: architecture === '' ? 'unknown' : architecture };
}

/**
 * Reads width and byte order out of an LLVM data layout, which knows them where the triple does not: `E` or `e` stands
 * first, `p:SIZE` where pointers are not 64 bits wide (LangRef, "Data Layout").
 */
export function targetOfDataLayout(layout: string): Pick<TripleTarget, 'bits' | 'endian'> {
  if (layout === '') return {};
  const parts = layout.split('-');
  const pointer = parts.find((part) => /^p0?:\d+/.test(part));
  const width = pointer === undefined ? 64 : Number(/:(\d+)/.exec(pointer)?.[1]);
  return {
    endian: parts.includes('E') ? 'big' : 'little',
    ...(width === 32 || width === 64 ? { bits: width } : {}),
  };
}
