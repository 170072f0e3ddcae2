import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ByteRange } from '../../src/bytes/index.ts';
import { machineOfElf, NameInterner, readFacts, targetOfDataLayout, targetOfTriple } from '../../src/link/index.ts';
import type { TripleTarget } from '../../src/link/index.ts';
import { fixturesOfKind, readFixture } from '../helpers/fixtures.ts';
import { temporaryFolder } from '../helpers/temporary.ts';
import { describeWithTools, run } from '../helpers/tools.ts';

/** Triples with the target that LLVM's Triple makes of them: machine, width, byte order. */
const TRIPLES: readonly (readonly [triple: string, machine: string, bits?: 32 | 64, endian?: 'little' | 'big'])[] = [
  ['aarch64-unknown-linux-gnu', 'aarch64', 64, 'little'],
  ['aarch64_be-unknown-linux-gnu', 'aarch64', 64, 'big'],
  ['aarch64-unknown-linux-gnu_ilp32', 'aarch64', 32, 'little'],
  ['aarch64_be-unknown-linux-gnu_ilp32', 'aarch64', 32, 'big'],
  ['aarch64_32-unknown-none-elf', 'aarch64', 32, 'little'],
  ['arm64-apple-macosx11.0.0', 'aarch64', 64, 'little'],
  ['arm64e-apple-ios', 'aarch64', 64, 'little'],
  ['arm64ec-pc-windows-msvc', 'aarch64', 64, 'little'],
  ['arm64_32-apple-watchos', 'aarch64', 32, 'little'],
  ['arm-unknown-linux-gnueabi', 'arm', 32, 'little'],
  ['armv7-unknown-linux-gnueabihf', 'arm', 32, 'little'],
  ['armv8.1m.main-none-eabi', 'arm', 32, 'little'],
  ['armebv7-unknown-linux-gnueabihf', 'arm', 32, 'big'],
  ['armv7eb-unknown-linux-gnueabihf', 'arm', 32, 'big'],
  // Only `eb` says big endian (ARM::parseArchEndian).
  ['armv8b-unknown-linux-gnueabi', 'arm', 32, 'little'],
  ['thumbv7em-none-eabi', 'arm', 32, 'little'],
  ['thumbebv7-none-eabi', 'arm', 32, 'big'],
  ['x86_64-unknown-linux-gnu', 'x86_64', 64, 'little'],
  ['x86_64h-apple-macosx', 'x86_64', 64, 'little'],
  ['amd64-unknown-freebsd14', 'x86_64', 64, 'little'],
  ['x86_64-unknown-linux-gnux32', 'x86_64', 32, 'little'],
  ['x86_64-unknown-linux-muslx32', 'x86_64', 32, 'little'],
  ['i386-unknown-linux-gnu', 'i386', 32, 'little'],
  ['i686-pc-windows-msvc', 'i386', 32, 'little'],
  ['riscv32-unknown-elf', 'riscv', 32, 'little'],
  ['riscv64-unknown-linux-gnu', 'riscv', 64, 'little'],
  ['riscv32be-unknown-elf', 'riscv', 32, 'big'],
  ['riscv64be-unknown-linux-gnu', 'riscv', 64, 'big'],
  ['powerpc-unknown-linux-gnu', 'ppc', 32, 'big'],
  ['powerpcle-unknown-linux-gnu', 'ppc', 32, 'little'],
  ['powerpcspe-unknown-linux-gnu', 'ppc', 32, 'big'],
  ['ppc32-unknown-linux-gnu', 'ppc', 32, 'big'],
  ['powerpc64-unknown-linux-gnu', 'ppc64', 64, 'big'],
  ['powerpc64le-unknown-linux-gnu', 'ppc64', 64, 'little'],
  ['mips-unknown-linux-gnu', 'mips', 32, 'big'],
  ['mipsel-unknown-linux-gnu', 'mips', 32, 'little'],
  ['mipsisa32r6-unknown-linux-gnu', 'mips', 32, 'big'],
  ['mipsisa32r6el-unknown-linux-gnu', 'mips', 32, 'little'],
  ['mips64-unknown-linux-gnuabi64', 'mips', 64, 'big'],
  ['mips64el-unknown-linux-gnuabi64', 'mips', 64, 'little'],
  ['mips64r6el-unknown-linux-gnuabi64', 'mips', 64, 'little'],
  ['mipsisa64r6-unknown-linux-gnuabi64', 'mips', 64, 'big'],
  ['mipsisa64r6el-unknown-linux-gnuabi64', 'mips', 64, 'little'],
  // N32: 64-bit registers, 32-bit addresses and ELF.
  ['mips64-unknown-linux-gnuabin32', 'mips', 32, 'big'],
  ['mips64el-unknown-linux-muslabin32', 'mips', 32, 'little'],
  ['s390x-unknown-linux-gnu', 's390', 64, 'big'],
  ['sparc-unknown-linux-gnu', 'sparc', 32, 'big'],
  ['sparcel-unknown-linux-gnu', 'sparc', 32, 'little'],
  ['sparcv9-sun-solaris', 'sparcv9', 64, 'big'],
  ['sparc64-unknown-linux-gnu', 'sparcv9', 64, 'big'],
  ['loongarch32-unknown-linux-gnu', 'loongarch', 32, 'little'],
  ['loongarch64-unknown-linux-gnu', 'loongarch', 64, 'little'],
  ['bpfel-unknown-none', 'bpf', 64, 'little'],
  ['bpfeb-unknown-none', 'bpf', 64, 'big'],
  ['hexagon-unknown-linux-musl', 'hexagon', 32, 'little'],
  ['amdgcn-amd-amdhsa', 'amdgpu', 64, 'little'],
  // Known by name alone.
  ['m68k-unknown-linux-gnu', 'm68k'],
  ['xtensa-unknown-elf', 'xtensa'],
  ['futurecpu-unknown-linux', 'futurecpu'],
  ['aarch65-unknown-linux', 'aarch65'],
  ['i1086-unknown-linux', 'i1086'],
  ['', 'unknown'],
];

const TARGETS = TRIPLES.map(([triple, machine, bits, endian]) => {
  const target: TripleTarget = {
    machine,
    ...(bits === undefined ? {} : { bits }),
    ...(endian === undefined ? {} : { endian }),
  };
  return [triple, target] as const;
});

describe('the target of a triple', () => {
  it.each(TARGETS)('%s', (triple, target) => {
    expect(targetOfTriple(triple)).toEqual(target);
  });
});

describe('a data layout tells', () => {
  it.each([
    ['e-m:e-i8:8:32-i16:16:32-i64:64-i128:128-n32:64-S128', { endian: 'little', bits: 64 }],
    ['E-m:e-i8:8:32-i64:64', { endian: 'big', bits: 64 }],
    ['e-m:e-p:32:32-Fi8-i64:64', { endian: 'little', bits: 32 }],
    ['E-p0:32:32', { endian: 'big', bits: 32 }],
    ['e-p270:32:32-p271:32:32-p272:64:64', { endian: 'little', bits: 64 }],
    ['e-P1-p:16:8-i8:8', { endian: 'little' }],
    ['p:64:64-i64:64', { endian: 'little', bits: 64 }],
    ['', {}],
  ])('%j: %j', (layout, facts) => {
    expect(targetOfDataLayout(layout)).toEqual(facts);
  });
});

describe('the machine of an ELF file', () => {
  it.each([
    [183, 'aarch64'],
    [62, 'x86_64'],
    [3, 'i386'],
    [4, 'm68k'],
    [40, 'arm'],
    [21, 'ppc64'],
    [22, 's390'],
    [243, 'riscv'],
    [0xfffe, 'em-65534'],
  ])('%i is %s', (number, name) => {
    expect(machineOfElf(number)).toBe(name);
  });
});

function factsOf(bytes: Uint8Array) {
  const { machine, bits, endian, faults } = readFacts(ByteRange.from(bytes), new NameInterner());
  expect(faults).toEqual([]);
  return { machine, bits, endian };
}

describe('ELF and bitcode of one compiler are of one target', () => {
  const targets = fixturesOfKind('bitcode', 'targets')
    .map((path) => [path, path.replace(/[^/]+$/, 'elf.o')] as const)
    .filter(([path]) => !path.includes('darwin'));

  it.each(targets)('%s and %s', (bitcode, elf) => {
    expect(factsOf(readFixture(bitcode))).toEqual(factsOf(readFixture(elf)));
  });
});

describeWithTools('the targets of clang 22', ['clang-22'], ([clang]) => {
  const folder = temporaryFolder({ 'empty.c': '\n' });

  /** Compiles an empty file; undefined where the target has no assembler. */
  function compile(triple: string, ...options: readonly string[]): Uint8Array | undefined {
    const args = [`--target=${triple}`, '-c', ...options, 'empty.c', '-o', 'out.o'];
    return run(clang, args, { cwd: folder }).status === 0
      ? new Uint8Array(readFileSync(join(folder, 'out.o')))
      : undefined;
  }

  const elfTriples = TARGETS.filter(([triple, { bits }]) => bits !== undefined && !/apple|windows/.test(triple));
  // These make no ELF without more of a toolchain, or clang does not know them.
  const NOT_BUILT = new Set(['riscv32be-unknown-elf', 'riscv64be-unknown-linux-gnu', 'aarch64_32-unknown-none-elf']);

  it.each(elfTriples.filter(([triple]) => !NOT_BUILT.has(triple)))('%s', (triple) => {
    const [elf, bitcode] = [compile(triple), compile(triple, '-emit-llvm')];
    if (elf === undefined || bitcode === undefined) throw new Error(`clang does not compile for ${triple}`);
    expect(factsOf(bitcode)).toEqual(factsOf(elf));
  });

  it('are known each', () => {
    const listed = run(clang, ['-print-targets']).stdout;
    const names = Array.from(listed.matchAll(/^ +(\S+) +- /gm), ([, name]) => name as string);
    expect(names.length).toBeGreaterThan(40);
    // GPU and virtual machines whose files no ELF linker takes, and names that stand in triples under another one.
    const NO_ELF = new Set(['nvptx', 'nvptx64', 'spirv', 'spirv32', 'spirv64', 'wasm32', 'wasm64', 'x86', 'x86-64']);
    const BY_NAME = new Set(['avr', 'bpf', 'lanai', 'm68k', 'msp430', 'r600', 've', 'xcore', 'xtensa']);
    const unknown = names.filter(
      (name) => !NO_ELF.has(name) && targetOfTriple(`${name}-unknown-unknown`).bits === undefined,
    );
    expect(new Set(unknown)).toEqual(BY_NAME);
  });
});
