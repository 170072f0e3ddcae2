// Target triples, as far as they decide which library functions code generation calls (llvm/TargetParser/Triple.h). Parts are
// taken by position, as LLVM's Triple does with triples that nobody normalised: `thumbv7m-none-eabi` has a system called
// `eabi` and no environment.

/** What is asked of a triple. */
export interface Target {
  /** Variants of one instruction set are one: `i386`, `arm` (of both byte orders and Thumb), `aarch64`. */
  readonly architecture: string;
  /** Without version. */
  readonly system: string;
  /** Without version. */
  readonly environment: string;
  /** The first two numbers of the version of the system; 0 where there is none. */
  readonly systemVersion: readonly [major: number, minor: number];
  /** The version of the environment: the API level of Android. */
  readonly environmentVersion: number;
  /** Width of pointers, as LLVM counts it for the architecture. */
  readonly pointerBits: 16 | 32 | 64;
}

/** Spellings of architectures, in the order in which they are tried. */
const ARCHITECTURES: readonly (readonly [pattern: RegExp, architecture: string])[] = [
  [/^(x86_64|amd64)/, 'x86_64'],
  [/^(i[3-9]86|x86$)/, 'i386'],
  [/^arm64ec/, 'arm64ec'],
  [/^(arm64_32|aarch64_32)/, 'aarch64_32'],
  [/^(aarch64|arm64)/, 'aarch64'],
  [/^(arm|thumb|xscale)/, 'arm'],
  [/^riscv64/, 'riscv64'],
  [/^riscv32/, 'riscv32'],
  [/^(powerpc64|ppc64)/, 'powerpc64'],
  [/^(powerpc|ppc)/, 'powerpc'],
  [/^(s390x|systemz)/, 's390x'],
  [/^mips(isa64|64|n32)/, 'mips64'],
  [/^mips/, 'mips'],
  [/^(sparcv9|sparc64)/, 'sparc64'],
  [/^sparc/, 'sparc'],
  [/^wasm64/, 'wasm64'],
  [/^wasm/, 'wasm32'],
  [/^loongarch64/, 'loongarch64'],
  [/^loongarch/, 'loongarch32'],
  [/^bpf/, 'bpf'],
  [/^nvptx64/, 'nvptx64'],
  [/^nvptx/, 'nvptx'],
  [/^spirv/, 'spirv'],
  [/^(amdgcn|amdil64|hsail64)/, 'amdgcn'],
];

const WIDE = ['x86_64', 'aarch64', 'arm64ec', 'riscv64', 'powerpc64', 's390x', 'mips64', 'sparc64', 'wasm64'];
const ALSO_WIDE = ['loongarch64', 'bpf', 'nvptx64', 've', 'amdgcn'];
const NARROW = ['msp430', 'avr'];

/** Takes a triple apart. */
export function targetOf(triple: string): Target {
  const [first = '', , third = '', fourth = ''] = triple.split('-', 4);
  const architecture = ARCHITECTURES.find(([pattern]) => pattern.test(first))?.[1] ?? first;
  const [, system = '', major = '0', minor = '0'] = /^(.*?)(?:([0-9]+)(?:\.([0-9]+))?.*)?$/.exec(third) ?? [];
  // Digits of `gnuabi64`, `gnux32` and `gnu_ilp32` belong to the name.
  const isVersioned = /^(android|ohos|musl$)/.test(fourth);
  const environment = isVersioned ? fourth.replace(/[0-9.]+$/, '') : fourth;
  const isWide = WIDE.includes(architecture) || ALSO_WIDE.includes(architecture);
  return {
    architecture,
    system: /^(ps4|ps5)$/.test(third) ? third : system,
    environment,
    systemVersion: [Number(major), Number(minor)],
    environmentVersion: isVersioned ? Number.parseInt(/[0-9]+/.exec(fourth)?.[0] ?? '0', 10) : 0,
    pointerBits: NARROW.includes(architecture) ? 16 : isWide ? 64 : 32,
  };
}
