// Which relocation types ld.lld knows, measured: one object of a machine has a relocation of each type, and a program is
// made of it. LTOSCOPE_RELOCATION_REPORT names a file for what was measured, which src/elf/validate/relocation-types.ts is
// written from.

import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { MACHINES } from '../../../src/elf/constants/index.ts';
import { openElf } from '../../../src/elf/index.ts';
import type { ElfFile } from '../../../src/elf/index.ts';
import { validate } from '../../../src/elf/validate/index.ts';
import { buildElf, entrySizes, relocationData, stringTableData, symbolTableData } from '../../helpers/elf-builder.ts';
import { linkObject, objectFile } from '../../helpers/linker-runs.ts';
import { describeWithTools } from '../../helpers/tools.ts';

const VERSIONS = [13, 14, 15, 16, 19, 22] as const;
/** Bytes between the places of two relocations. */
const STEP = 16;

interface Machine {
  readonly name: keyof typeof MACHINES.values;
  readonly bits: 32 | 64;
  readonly littleEndian: boolean;
  /** Flags of an ABI that lld links. */
  readonly flags?: number;
  readonly osAbi?: number;
  /** Types up to this one are tried. Those of 32 bits have a byte. */
  readonly last: number;
  /** The first version that links for the machine. */
  readonly from?: number;
  /** A type that every version refuses, behind all others: whether lld came to the end. */
  readonly sentinel: number;
}

/** The words for it: in the scan of all relocations, or when the relocation is applied (ARM up to 13, MSP430). */
const REFUSAL = /:\(\.data\+0x([0-9A-Fa-f]+)\): (?:unknown|unrecognized|unsupported vendor-specific) relocation/g;

const EF_MIPS_ABI_O32 = 0x1000;
const [EF_MIPS_ARCH_32R2, EF_MIPS_ARCH_64R2] = [0x7000_0000, 0x8000_0000] as const;
const EF_AMDGPU_MACH_AMDGCN_GFX906 = 0x2f;
const ELFOSABI_AMDGPU_HSA = 64;
const EF_LOONGARCH_DOUBLE = 0x43;

const MACHINES_MEASURED: readonly Machine[] = [
  { name: 'EM_386', bits: 32, littleEndian: true, last: 255, sentinel: 255 },
  {
    name: 'EM_MIPS',
    bits: 32,
    littleEndian: true,
    flags: EF_MIPS_ARCH_32R2 | EF_MIPS_ABI_O32,
    last: 255,
    sentinel: 255,
  },
  { name: 'EM_MIPS', bits: 64, littleEndian: false, flags: EF_MIPS_ARCH_64R2, last: 255, sentinel: 255 },
  { name: 'EM_PPC', bits: 32, littleEndian: false, last: 255, sentinel: 255 },
  { name: 'EM_PPC64', bits: 64, littleEndian: true, flags: 2, last: 300, sentinel: 1000 },
  { name: 'EM_S390', bits: 64, littleEndian: false, last: 300, from: 19, sentinel: 1000 },
  { name: 'EM_ARM', bits: 32, littleEndian: true, flags: 0x0500_0000, last: 255, sentinel: 255 },
  { name: 'EM_SPARCV9', bits: 64, littleEndian: false, last: 255, sentinel: 255 },
  { name: 'EM_X86_64', bits: 64, littleEndian: true, last: 300, sentinel: 1000 },
  { name: 'EM_AVR', bits: 32, littleEndian: true, flags: 0x85, last: 255, sentinel: 255 },
  { name: 'EM_MSP430', bits: 32, littleEndian: true, flags: 0, last: 255, sentinel: 255 },
  { name: 'EM_HEXAGON', bits: 32, littleEndian: true, flags: 0x68, last: 255, sentinel: 255 },
  { name: 'EM_AARCH64', bits: 64, littleEndian: true, last: 1100, sentinel: 2000 },
  {
    name: 'EM_AMDGPU',
    bits: 64,
    littleEndian: true,
    flags: EF_AMDGPU_MACH_AMDGCN_GFX906,
    osAbi: ELFOSABI_AMDGPU_HSA,
    last: 300,
    sentinel: 1000,
  },
  { name: 'EM_RISCV', bits: 64, littleEndian: true, last: 299, sentinel: 300 },
  { name: 'EM_RISCV', bits: 32, littleEndian: true, last: 255, sentinel: 255 },
  {
    name: 'EM_LOONGARCH',
    bits: 64,
    littleEndian: true,
    flags: EF_LOONGARCH_DOUBLE,
    last: 300,
    from: 19,
    sentinel: 1000,
  },
];

/** An object whose data has one relocation of each type against an undefined symbol. */
function objectOf({ name, bits, littleEndian, flags = 0, osAbi = 0 }: Machine, types: readonly number[]): Uint8Array {
  const format = { bits, littleEndian };
  const names = stringTableData(['target']);
  const { symbol, rela } = entrySizes(bits);
  const relocations = types.map((type, i) => ({ offset: BigInt(i * STEP), symbol: 1, type, addend: 0n }));
  return buildElf({
    ...format,
    machine: MACHINES.values[name],
    flags: flags >>> 0,
    osAbi,
    sections: [
      { name: '.data', type: 1, flags: 3, align: 16, data: new Uint8Array(types.length * STEP) },
      {
        name: '.symtab',
        type: 2,
        link: 3,
        info: 1,
        entrySize: symbol,
        data: symbolTableData([{ nameOffset: names.offsets[0] ?? 0, binding: 1 }], format),
      },
      { name: '.strtab', type: 3, data: names.data },
      { name: '.rela.data', type: 4, link: 2, info: 1, entrySize: rela, data: relocationData(relocations, format) },
    ],
  }).bytes;
}

/** The types that the linker says it does not know; `undefined` where it does not come to the last one. */
async function refusedTypes(linker: string, machine: Machine, types: readonly number[]): Promise<Set<number>> {
  const path = objectFile(objectOf(machine, [...types, machine.sentinel]));
  const { text } = await linkObject(linker, path, 'final', ['--error-limit=0', '--threads=1', '-z', 'notext']);
  const tried = [...types, machine.sentinel];
  const refused = new Set(
    [...text.matchAll(REFUSAL)].map(([, place]) => tried[parseInt(place ?? '', 16) / STEP] ?? -1),
  );
  if (refused.has(machine.sentinel)) return refused;
  if (types.length === 0) throw new Error(text);
  if (types.length === 1) return new Set();
  const half = types.length >> 1;
  const parts = [types.slice(0, half), types.slice(half)];
  const all = new Set<number>();
  for (const part of parts) for (const type of await refusedTypes(linker, machine, part)) all.add(type);
  return all;
}

const reportPath = process.env['LTOSCOPE_RELOCATION_REPORT'];
const measured: Record<string, Readonly<Record<number, readonly number[]>>> = {};

describeWithTools(
  'relocation types against ld.lld',
  ['ld.lld-13', 'ld.lld-14', 'ld.lld-15', 'ld.lld-16', 'ld.lld-19', 'ld.lld-22'],
  (linkers) => {
    for (const machine of MACHINES_MEASURED) {
      it(`knows those that it knows for ${machine.name} of ${machine.bits} bits`, { timeout: 60_000 }, async () => {
        const types = Array.from({ length: machine.last + 1 }, (_, type) => type);
        const objects = types.map((type) => openElf(objectOf(machine, [type])));
        const knownBy = new Map<number, number[]>();
        for (const version of VERSIONS.filter((major) => major >= (machine.from ?? 0))) {
          const linker = linkers[VERSIONS.indexOf(version)] as string;
          const refused = await refusedTypes(linker, machine, types);
          knownBy.set(
            version,
            types.filter((type) => !refused.has(type)),
          );
        }
        measured[`${machine.name} ${machine.bits}`] = Object.fromEntries(knownBy);
        if (reportPath !== undefined) writeFileSync(reportPath, JSON.stringify(measured));
        for (const [version, known] of knownBy) {
          const accepted = types.filter((_, i) =>
            validate(objects[i] as ElfFile, { linker: { name: 'lld', major: version } }).every(
              ({ condition }) => condition !== 'relocation-type',
            ),
          );
          expect(accepted, `ld.lld ${version}`).toEqual(known);
        }
      });
    }
  },
);
