// For which targets LLVM has a library function in its list: what the rows of libcall-names.ts name.
//
// LLVM 19 takes functions that a target lacks out of one list (initLibcalls in llvm/lib/IR/RuntimeLibcalls.cpp); from
// LLVM 21 on there is a list for each architecture (llvm/IR/RuntimeLibcalls.td). The conditions were found by asking opt of
// LLVM 19 and 22 for the lists of 125 triples; test/bitcode/runtime-calls/runtime-libcalls.test.ts asks again.

import type { Target } from './target.ts';

type Condition = (target: Target) => boolean;

function isOneOf(names: readonly string[]): Condition {
  return ({ architecture }) => names.includes(architecture);
}

const isGpu = isOneOf(['amdgcn', 'r600', 'nvptx', 'nvptx64']);
const isX86 = isOneOf(['x86_64', 'i386']);
const isPower = isOneOf(['powerpc', 'powerpc64']);
const isAvr = isOneOf(['avr']);
const isMsp430 = isOneOf(['msp430']);
const isHexagon = isOneOf(['hexagon']);
const isWasm = isOneOf(['wasm32', 'wasm64']);
const isRiscv = isOneOf(['riscv32', 'riscv64']);
const isArm = isOneOf(['arm']);
const isArm64 = isOneOf(['aarch64', 'aarch64_32']);
const isSparc32 = isOneOf(['sparc']);
const isSparc = isOneOf(['sparc', 'sparc64']);

const APPLE = ['darwin', 'macos', 'macosx', 'ios', 'tvos', 'watchos', 'driverkit', 'xros', 'visionos', 'bridgeos'];

/** Whether the operating system is one of Apple's. */
export function isApple({ system }: Target): boolean {
  return APPLE.includes(system);
}

function isMac({ system }: Target): boolean {
  return system === 'macosx' || system === 'macos' || system === 'darwin';
}

function isAtLeast({ systemVersion }: Target, major: number, minor: number): boolean {
  return systemVersion[0] > major || (systemVersion[0] === major && systemVersion[1] >= minor);
}

function isWindows({ system }: Target): boolean {
  return system === 'windows' || system === 'win';
}

/** Whether the libraries are those of Microsoft. */
export function isMsvc(target: Target): boolean {
  return isWindows(target) && ['msvc', 'itanium', ''].includes(target.environment);
}

function isOpenBsd({ system }: Target): boolean {
  return system === 'openbsd';
}

function isAix({ system }: Target): boolean {
  return system === 'aix';
}

const GNU = ['gnu', 'gnueabi', 'gnueabihf', 'gnux32', 'gnuabi64', 'gnuabin32', 'gnuf32', 'gnuf64', 'gnusf', 'gnut64'];

function isGnu({ environment }: Target): boolean {
  return GNU.includes(environment);
}

function isAndroid({ environment }: Target): boolean {
  return environment.startsWith('android');
}

/** Whether helper functions have the names of Arm's run-time ABI. */
export function isAeabi(target: Target): boolean {
  if (!isArm(target) || isApple(target) || isWindows(target)) return false;
  return /eabi(hf)?$/.test(target.environment) || target.system === 'fuchsia';
}

/** Of these, those that are not for bare metal: halves are converted by functions of GNU names. */
function isGnuAeabi(target: Target): boolean {
  return isAeabi(target) && !['eabi', 'eabihf'].includes(target.environment);
}

function isArmWindows(target: Target): boolean {
  return isArm(target) && isWindows(target);
}

function hasSoftFloatNames(target: Target): boolean {
  return isLibrary(target) && !isAeabi(target) && !isArmWindows(target);
}

/** A target of LLVM 22 with libraries. */
function isLibrary(target: Target): boolean {
  return !isGpu(target) && !['arm64ec', 'spirv', 'spirv64', 'tce'].includes(target.architecture);
}

/** Apple's systems since 2013, whose libm has sine and cosine at once. */
function hasSineAndCosine(target: Target): boolean {
  if (isMac(target)) return isAtLeast(target, 10, 9) && target.pointerBits === 64;
  return isApple(target) && (target.system !== 'ios' || isAtLeast(target, 7, 0));
}

function hasGnuSineAndCosine(target: Target): boolean {
  return isGnu(target) || target.system === 'fuchsia';
}

function hasSineAndCosine22(target: Target): boolean {
  return (hasGnuSineAndCosine(target) || isAndroid(target)) && !isRiscv(target);
}

function usesSjLj(target: Target): boolean {
  return isArm(target) && target.system === 'ios';
}

function hasUnwindResume(target: Target): boolean {
  return isLibrary(target) && !isWasm(target) && !isAvr(target) && target.architecture !== 've';
}

function hasStackGuard(target: Target): boolean {
  if (!isLibrary(target) || isOpenBsd(target) || isMsvc(target)) return false;
  return target.system !== 'zos' && !isAvr(target) && target.architecture !== 'xcore';
}

const NO_INT128_19 = ['i386', 'arm', 'riscv32', 'powerpc', 'mips', 'sparc', 'amdgcn', 'r600', 'nvptx', 'nvptx64'];
const WIDE_WITHOUT_OVERFLOW_19 = ['x86_64', 'powerpc64', 'sparc64', 'loongarch32', 'loongarch64'];
const INT128_22 = ['x86_64', 'aarch64', 'riscv64', 'powerpc64', 's390x', 'mips64', 'sparc64', 'wasm32', 'wasm64'];
const INT128_ALSO_22 = ['loongarch64', 'bpf', 've'];

/** Conditions by name. */
export const TARGET_CONDITIONS = {
  every: () => true,
  // LLVM 19.
  processor: (t) => !isGpu(t),
  'gnu-x86-64': (t) => t.architecture === 'x86_64' && isGnu(t),
  power: isPower,
  'processor-without-kf': (t) => !isGpu(t) && !isPower(t),
  'processor-not-avr': (t) => !isGpu(t) && !isAvr(t),
  'processor-not-apple': (t) => !isGpu(t) && !isApple(t),
  'processor-not-msvc': (t) => !isGpu(t) && !isMsvc(t),
  'apple-sincos': hasSineAndCosine,
  'int128-19': (t) => !['s390x', 'hexagon', ...NO_INT128_19].includes(t.architecture),
  'int128-multiply-19': (t) => !['loongarch32', ...NO_INT128_19].includes(t.architecture),
  'int128-overflow-19': (t) =>
    t.architecture === 'riscv32' || ![...NO_INT128_19, ...WIDE_WITHOUT_OVERFLOW_19].includes(t.architecture),
  'processor-not-windows': (t) => !isGpu(t) && (!isWindows(t) || t.environment === 'cygnus'),
  'sincos-19': (t) =>
    hasGnuSineAndCosine(t) ||
    t.system === 'ps4' ||
    t.system === 'ps5' ||
    (isAndroid(t) && (t.pointerBits === 64 || t.environmentVersion >= 9)),
  'sincosl-19': (t) => hasGnuSineAndCosine(t) || (isAndroid(t) && (t.pointerBits === 64 || t.environmentVersion >= 9)),
  apple: isApple,
  'processor-not-openbsd': (t) => !isGpu(t) && !isOpenBsd(t),
  'mac-x86': (t) => isX86(t) && isMac(t) && isAtLeast(t, 10, 6),
  'apple-arm64': (t) => isArm64(t) && isApple(t),
  // LLVM 22.
  library: isLibrary,
  arm64: isArm64,
  aeabi: isAeabi,
  msp430: isMsp430,
  'f128-names': (t) => isPower(t) || (isX86(t) && isGnu(t)),
  'gnu-x86': (t) => isX86(t) && isGnu(t),
  'soft-float': (t) => hasSoftFloatNames(t) && !isMsp430(t),
  'soft-float-or-msp430': hasSoftFloatNames,
  'soft-float-arithmetic': (t) => hasSoftFloatNames(t) && !isMsp430(t) && !isHexagon(t),
  'library-without-kf': (t) => isLibrary(t) && !isPower(t),
  x86: isX86,
  hexagon: isHexagon,
  'arm-windows': isArmWindows,
  'library-not-avr': (t) => isLibrary(t) && !isAvr(t),
  'msvc-i386': (t) => t.architecture === 'i386' && isMsvc(t),
  'aix-32': (t) => isAix(t) && t.architecture === 'powerpc',
  'aix-64': (t) => isAix(t) && t.architecture === 'powerpc64',
  aix: isAix,
  'library-not-msp430': (t) => isLibrary(t) && !isMsp430(t),
  'int128-22': (t) => [...INT128_22, ...INT128_ALSO_22].includes(t.architecture) && t.environment !== 'gnu_ilp32',
  'library-not-avr-msp430': (t) => isLibrary(t) && !isAvr(t) && !isMsp430(t),
  'library-not-msvc': (t) => isLibrary(t) && !isMsvc(t),
  mac: isMac,
  'divide-64': (t) =>
    isLibrary(t) &&
    t.architecture !== 'x86_64' &&
    !(t.architecture === 'i386' && isMsvc(t)) &&
    !isHexagon(t) &&
    !isMsp430(t),
  'sparc-32': isSparc32,
  wasm: isWasm,
  avr: isAvr,
  xcore: isOneOf(['xcore']),
  'library-not-playstation': (t) => isLibrary(t) && t.system !== 'ps4' && t.system !== 'ps5',
  'sjlj-exceptions': usesSjLj,
  emscripten: ({ system }) => system === 'emscripten',
  'divide-32': (t) => hasSoftFloatNames(t) && !isSparc32(t) && !isHexagon(t) && !isAvr(t) && !isMsp430(t),
  'half-names': (t) => isLibrary(t) && (!isArm(t) || isApple(t)),
  'modulo-32': (t) => isLibrary(t) && !isSparc32(t) && !isHexagon(t) && !isAvr(t) && !isMsp430(t),
  'library-not-windows': (t) => isLibrary(t) && (!isWindows(t) || t.environment === 'cygnus'),
  'exp10-22': (t) =>
    isLibrary(t) && !isApple(t) && t.system !== 'zos' && !isSparc(t) && !isAvr(t) && t.architecture !== 'lanai',
  'sincos-22': (t) => hasSineAndCosine22(t) || t.system === 'ps4' || t.system === 'ps5',
  'sincosl-22': hasSineAndCosine22,
  openbsd: isOpenBsd,
  'gnu-half-names': (t) => isArm(t) && !isApple(t) && (isGnuAeabi(t) || !isAeabi(t)),
  'aeabi-half-names': (t) => isAeabi(t) && !isGnuAeabi(t),
  'divide-and-modulo': (t) => isAvr(t) || (isArm(t) && isApple(t)),
  'unwind-resume': (t) => hasUnwindResume(t) && !usesSjLj(t),
  'cleanup-end': hasUnwindResume,
  'multiply-32': (t) => isLibrary(t) && !isSparc32(t),
  'x86-power-of-long-double': (t) => isX86(t) && (!isWindows(t) || t.environment === 'cygnus'),
  'stack-guard-function': hasStackGuard,
  'stack-guard-variable': (t) => hasStackGuard(t) && !isAix(t) && !(isSparc(t) && t.system === 'linux'),
  'half-from-double': (t) => isLibrary(t) && !(isAeabi(t) && !isGnuAeabi(t)),
  'exp10l-22': (t) =>
    isLibrary(t) &&
    !(isApple(t) && !isX86(t)) &&
    t.system !== 'zos' &&
    !isSparc(t) &&
    !isWasm(t) &&
    !isAvr(t) &&
    t.architecture !== 'lanai',
  'memory-copy': (t) => (isLibrary(t) || t.architecture.startsWith('spirv')) && !isAix(t),
  'memory-set': (t) => isLibrary(t) || t.architecture.startsWith('spirv'),
  'square-root': (t) => isLibrary(t) && !isHexagon(t),
  'stack-probe': (t) =>
    (isMsvc(t) && t.architecture !== 'i386' && t.architecture !== 'arm64ec') ||
    (t.system === 'uefi' && t.architecture === 'x86_64') ||
    (isWindows(t) && isArm64(t)),
  msvc: (t) => isMsvc(t) && t.architecture !== 'arm64ec',
  'stack-probe-gnu-x86-64': (t) => t.architecture === 'x86_64' && isWindows(t) && !isMsvc(t),
  'stack-probe-gnu-i386': (t) => t.architecture === 'i386' && isWindows(t) && !isMsvc(t),
  'multiply-64': (t) =>
    isLibrary(t) &&
    t.architecture !== 'x86_64' &&
    !(t.architecture === 'i386' && isMsvc(t)) &&
    !isAeabi(t) &&
    !isArmWindows(t),
  riscv: isRiscv,
} as const satisfies Readonly<Record<string, Condition>>;

/** Name of a condition. */
export type TargetCondition = keyof typeof TARGET_CONDITIONS;
