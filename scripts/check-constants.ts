// Compares the tables of ELF constants with the headers that they name as their source, in both directions: no value of
// ours differs, and no name of the headers is missing. Run it with a Node that takes TypeScript (22.18 or later), or with
// `npx vitest run test/differential/constants.test.ts`.

import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import * as constants from '../src/elf/constants/index.ts';
import * as elf from '../src/elf/index.ts';

/** Where Debian's llvm-22-dev puts the headers of LLVM. */
export const LLVM_HEADERS = '/usr/include/llvm-22/llvm';

interface Check {
  readonly header: string;
  /** Finds the definitions in the text of the header; the groups are name and value. */
  readonly pattern: RegExp;
  readonly tables: readonly { readonly values: Readonly<Record<string, number>> }[];
  /** Names of the header that our tables leave out on purpose. */
  readonly leftOut?: RegExp;
}

const ELF_HEADER = 'BinaryFormat/ELF.h';

function enumerators(prefix: string): RegExp {
  return new RegExp(`^\\s*(${prefix}\\w+)\\s*=\\s*(0x[0-9a-fA-F]+|\\d+)U?\\b`, 'gm');
}

// What is left out are ends of ranges, masks and second names.
const CHECKS: readonly Check[] = [
  { header: ELF_HEADER, pattern: enumerators('EM_'), tables: [elf.MACHINES], leftOut: /^EM_ECOG1X$/ },
  { header: ELF_HEADER, pattern: enumerators('ELFCLASS'), tables: [elf.ELF_CLASSES] },
  { header: ELF_HEADER, pattern: enumerators('ELFDATA'), tables: [elf.ELF_DATA_ENCODINGS] },
  { header: ELF_HEADER, pattern: enumerators('ET_'), tables: [elf.ELF_TYPES], leftOut: /^ET_(LO|HI)(OS|PROC)$/ },
  {
    header: ELF_HEADER,
    pattern: enumerators('ELFOSABI_'),
    tables: [elf.OS_ABIS, elf.AMDGPU_OS_ABIS, elf.ARM_OS_ABIS, elf.C6000_OS_ABIS],
    leftOut: /^ELFOSABI_(LINUX|FIRST_ARCH|LAST_ARCH)$/,
  },
  {
    header: ELF_HEADER,
    pattern: enumerators('SHT_'),
    tables: [
      elf.SECTION_TYPES,
      elf.AARCH64_SECTION_TYPES,
      elf.ARM_SECTION_TYPES,
      elf.CSKY_SECTION_TYPES,
      elf.HEXAGON_SECTION_TYPES,
      elf.MIPS_SECTION_TYPES,
      elf.MSP430_SECTION_TYPES,
      elf.RISCV_SECTION_TYPES,
      elf.X86_64_SECTION_TYPES,
    ],
    leftOut: /^SHT_(LO|HI)(OS|PROC|USER)$/,
  },
  {
    header: ELF_HEADER,
    pattern: enumerators('(?:XCORE_)?SHF_'),
    tables: [
      elf.SECTION_FLAGS,
      elf.AARCH64_SECTION_FLAGS,
      elf.ARM_SECTION_FLAGS,
      elf.HEXAGON_SECTION_FLAGS,
      elf.MIPS_SECTION_FLAGS,
      elf.X86_64_SECTION_FLAGS,
      elf.XCORE_SECTION_FLAGS,
    ],
    leftOut: /^SHF_MASK(OS|PROC)$/,
  },
  { header: ELF_HEADER, pattern: enumerators('GRP_'), tables: [elf.GROUP_FLAGS], leftOut: /^GRP_MASK(OS|PROC)$/ },
  {
    header: ELF_HEADER,
    pattern: enumerators('SHN_'),
    tables: [elf.SPECIAL_SECTIONS],
    // Those of processors name places of symbols that no rule tells apart yet.
    leftOut: /^SHN_((LO|HI)(OS|PROC|RESERVE)|AMDGPU_\w+|HEXAGON_\w+|MIPS_\w+)$/,
  },
  {
    header: ELF_HEADER,
    pattern: enumerators('STB_'),
    tables: [elf.SYMBOL_BINDINGS],
    leftOut: /^STB_(LO|HI)(OS|PROC)$/,
  },
  {
    header: ELF_HEADER,
    pattern: enumerators('STT_'),
    tables: [elf.SYMBOL_TYPES],
    leftOut: /^STT_((LO|HI)(OS|PROC)|AMDGPU_HSA_KERNEL)$/,
  },
  { header: ELF_HEADER, pattern: enumerators('STV_'), tables: [elf.SYMBOL_VISIBILITIES] },
  {
    header: 'BinaryFormat/ELFRelocs/AArch64.def',
    pattern: /^\s*ELF_RELOC\(\s*(\w+)\s*,\s*(0x[0-9a-fA-F]+|\d+)\s*\)/gm,
    tables: [constants.AARCH64_RELOCATIONS],
  },
];

/** What was compared, and each difference as a sentence. */
export interface ConstantsReport {
  readonly compared: number;
  readonly differences: readonly string[];
}

/** Compares all tables with the headers under `directory`. */
export function checkConstants(directory = LLVM_HEADERS): ConstantsReport {
  const differences: string[] = [];
  let compared = 0;
  for (const { header, pattern, tables, leftOut } of CHECKS) {
    const text = readFileSync(`${directory}/${header}`, 'utf8').replace(/\/\/.*/g, '');
    const theirs = new Map<string, number>();
    for (const [, name, value] of text.matchAll(pattern)) theirs.set(name as string, Number(value));
    const ours = new Map(tables.flatMap(({ values }) => Object.entries(values)));
    for (const [name, value] of ours) {
      compared += 1;
      const expected = theirs.get(name);
      if (expected !== value) differences.push(`${name} is ${value}, but ${expected ?? 'not there'} in ${header}`);
    }
    for (const [name, value] of theirs) {
      if (!ours.has(name) && leftOut?.test(name) !== true)
        differences.push(`${name} = ${value} of ${header} is missing`);
    }
  }
  return { compared, differences };
}

function main(): void {
  if (!existsSync(LLVM_HEADERS)) {
    console.log(`skipped: ${LLVM_HEADERS} is not there (Debian package llvm-22-dev)`);
    return;
  }
  const { compared, differences } = checkConstants();
  for (const difference of differences) console.error(difference);
  console.log(`${compared} constants compared, ${differences.length} differences`);
  if (differences.length > 0) process.exitCode = 1;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) main();
