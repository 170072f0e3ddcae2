// Names of output formats that ld.lld knows, after BFD's: `parseBfdName` of lld/ELF/ScriptParser.cpp, LLVM 22. Compared with the
// linkers themselves by the tests.

import type { OutputTarget } from './link-script.ts';

function little(elfClass: 32 | 64, machine: number, since = 0): OutputFormat {
  return { machine, elfClass, isBigEndian: false, since };
}

function big(elfClass: 32 | 64, machine: number, since = 0): OutputFormat {
  return { machine, elfClass, isBigEndian: true, since };
}

/** An output format. */
export interface OutputFormat extends OutputTarget {
  /** The first version of lld that knows it; 0 for those before 13. That of 17 and 18 is from their sources. */
  readonly since: number;
}

/** By name, without `-freebsd` behind it. */
export const OUTPUT_FORMATS: ReadonlyMap<string, OutputFormat> = new Map([
  ['elf32-avr', little(32, 83, 15)],
  ['elf32-bigarm', big(32, 40, 17)],
  ['elf32-bigmips', big(32, 8)],
  ['elf32-hexagon', little(32, 164, 19)],
  ['elf32-i386', little(32, 3)],
  ['elf32-iamcu', little(32, 6)],
  ['elf32-littlearm', little(32, 40)],
  ['elf32-littlehexagon', little(32, 164, 19)],
  ['elf32-littleriscv', little(32, 243)],
  ['elf32-loongarch', little(32, 258, 17)],
  ['elf32-msp430', little(32, 105)],
  ['elf32-ntradbigmips', big(32, 8)],
  ['elf32-ntradlittlemips', little(32, 8)],
  ['elf32-powerpc', big(32, 20)],
  ['elf32-powerpcle', little(32, 20)],
  ['elf32-tradbigmips', big(32, 8)],
  ['elf32-tradlittlemips', little(32, 8)],
  ['elf32-x86-64', little(32, 62)],
  ['elf64-aarch64', little(64, 183)],
  ['elf64-bigaarch64', big(64, 183)],
  ['elf64-littleaarch64', little(64, 183)],
  ['elf64-littleriscv', little(64, 243)],
  ['elf64-loongarch', little(64, 258, 17)],
  ['elf64-powerpc', big(64, 21)],
  ['elf64-powerpcle', little(64, 21)],
  ['elf64-s390', big(64, 22, 19)],
  ['elf64-sparc', big(64, 43)],
  ['elf64-tradbigmips', big(64, 8)],
  ['elf64-tradlittlemips', little(64, 8)],
  ['elf64-x86-64', little(64, 62)],
]);
