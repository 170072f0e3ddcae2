// Names of numbers by machine, against those that llvm-readobj prints: one file for each machine, with a relocation of
// every type, a section of every type, a symbol of every type and so on. Where llvm-readobj has no name ours may: glibc
// and the processors' documents know more than LLVM.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import {
  describeDynamicTag,
  describeRelocationType,
  describeSectionFlags,
  describeSectionType,
  describeSegmentType,
  describeSymbolOther,
  DYNAMIC_TAGS,
  MACHINES,
  MIPS_DYNAMIC_TAGS,
  relocationNames,
  SECTION_TYPES,
  SEGMENT_TYPES,
} from '../../src/elf/constants/index.ts';
import { describeWithTools, run } from '../helpers/tools.ts';

type Machine = keyof typeof MACHINES.values;

/** Machines that LLVM has names for, with the class and byte order that they have most. */
const FILES: readonly (readonly [Machine, 32 | 64, 'LSB' | 'MSB'])[] = [
  ['EM_SPARC', 32, 'MSB'],
  ['EM_SPARC32PLUS', 32, 'MSB'],
  ['EM_SPARCV9', 64, 'MSB'],
  ['EM_386', 32, 'LSB'],
  ['EM_IAMCU', 32, 'LSB'],
  ['EM_68K', 32, 'MSB'],
  ['EM_MIPS', 32, 'MSB'],
  ['EM_MIPS', 64, 'LSB'],
  ['EM_MIPS', 64, 'MSB'],
  ['EM_PPC', 32, 'MSB'],
  ['EM_PPC64', 64, 'LSB'],
  ['EM_S390', 64, 'MSB'],
  ['EM_ARM', 32, 'LSB'],
  ['EM_X86_64', 64, 'LSB'],
  ['EM_X86_64', 32, 'LSB'],
  ['EM_AVR', 32, 'LSB'],
  ['EM_ARC_COMPACT', 32, 'LSB'],
  ['EM_ARC_COMPACT2', 32, 'LSB'],
  ['EM_XTENSA', 32, 'LSB'],
  ['EM_MSP430', 32, 'LSB'],
  ['EM_HEXAGON', 32, 'LSB'],
  ['EM_AARCH64', 64, 'LSB'],
  ['EM_AARCH64', 32, 'MSB'],
  ['EM_AMDGPU', 64, 'LSB'],
  ['EM_RISCV', 64, 'LSB'],
  ['EM_LANAI', 32, 'MSB'],
  ['EM_BPF', 64, 'LSB'],
  ['EM_VE', 64, 'LSB'],
  ['EM_CSKY', 32, 'LSB'],
  ['EM_LOONGARCH', 64, 'LSB'],
];

const BYTES = Array.from({ length: 256 }, (_, value) => value);
const OF_PROCESSORS = Array.from({ length: 0x40 }, (_, value) => 0x70000000 + value);
const SEGMENT_TYPE_NUMBERS = [...Object.values(SEGMENT_TYPES.values), ...OF_PROCESSORS.slice(0, 4)];
const SECTION_TYPE_NUMBERS = [...Object.values(SECTION_TYPES.values), ...OF_PROCESSORS].filter(
  // Of these yaml2obj or llvm-readobj want the content to be sound.
  (type) => type > 20 && type !== 0x7000002a,
);
const TAGS = [...Object.values(DYNAMIC_TAGS.values), ...Object.values(MIPS_DYNAMIC_TAGS.values), 0x70000000].filter(
  // Of these llvm-readobj follows the address.
  (tag) => tag >= 0x6fff0000 && tag !== 0x6ffffef5,
);

interface Named {
  Name: string;
  Value: number;
}

/** A number without a name is no object. */
type MaybeNamed = Named | number;

interface Flags {
  Value: number;
  Flags: Named[];
}

interface Dump {
  Sections: { Section: { Name: Named; Type: Named; Flags: Flags } }[];
  Relocations: { Relocs: { Relocation: { Type: Named } }[] }[];
  ProgramHeaders: { ProgramHeader: { Type: MaybeNamed } }[];
  DynamicSection: { Tag: number; Type: string }[];
  Symbols: { Symbol: { Other: Flags } }[];
}

function yaml(machine: Machine, bits: 32 | 64, order: string, types: readonly number[]): string {
  const sections = SECTION_TYPE_NUMBERS.filter((type) => type < 0x60000000 || type >= 0x70000000 || type < 0x6ffffffd);
  return [
    '--- !ELF',
    `FileHeader: { Class: ELFCLASS${bits}, Data: ELFDATA2${order}, Type: ET_DYN, Machine: ${machine} }`,
    'ProgramHeaders:',
    ...SEGMENT_TYPE_NUMBERS.filter((type) => type > 7).map((type) => `  - { Type: ${type} }`),
    'Sections:',
    '  - { Name: .text, Type: SHT_PROGBITS }',
    ...sections.map((type, index) => `  - { Name: s${index}, Type: ${type}, ShFlags: ${(0xf0300ff0 | 0) >>> 0} }`),
    '  - Name: .rela.text',
    '    Type: SHT_RELA',
    '    Info: .text',
    '    Relocations:',
    ...types.map((type) => `      - { Type: ${type} }`),
    '  - Name: .dynamic',
    '    Type: SHT_DYNAMIC',
    '    Entries:',
    ...TAGS.map((tag) => `      - { Tag: ${tag}, Value: 0 }`),
    '      - { Tag: DT_NULL, Value: 0 }',
    'Symbols:',
    ...BYTES.map((other) => `  - { Name: o${other}, Other: [${other}] }`),
    '',
  ].join('\n');
}

describeWithTools(
  'names by machine, against llvm-readobj',
  ['yaml2obj-22', 'llvm-readobj-22'],
  ([yaml2obj, readobj]) => {
    const folder = mkdtempSync(join(tmpdir(), 'ltoscope-names-'));
    afterAll(() => {
      rmSync(folder, { recursive: true });
    });

    function dump(machine: Machine, bits: 32 | 64, order: string, types: readonly number[]): Dump {
      const path = join(folder, `${machine}-${bits}-${order}`);
      writeFileSync(`${path}.yaml`, yaml(machine, bits, order, types));
      const made = run(yaml2obj, [`${path}.yaml`, '-o', path]);
      expect(made).toMatchObject({ status: 0, stderr: '' });
      const { stdout } = run(readobj, ['--elf-output-style=JSON', '-S', '-r', '-l', '-d', '-s', path]);
      return (JSON.parse(stdout) as [Dump])[0];
    }

    it.each(FILES)('%s, %i bits, %s', (name, bits, order) => {
      const machine = MACHINES.values[name];
      const header = { machine, bits, osAbi: 0 };
      const isMips64 = name === 'EM_MIPS' && bits === 64;
      const types = isMips64
        ? BYTES.map((type) => type | (((type * 7) & 0xff) << 8) | (((type * 11) & 0xff) << 16))
        : [...BYTES, ...Object.values(relocationNames(machine)?.values ?? {})].filter(
            (type) => bits === 64 || type < 256,
          );
      const found = dump(name, bits, order, types);

      const differences: string[] = [];
      let compared = 0;
      const compare = (what: string, ours: string, theirs: string) => {
        compared += 1;
        if (ours !== theirs) differences.push(`${what}: ${ours}, but ${theirs}`);
      };
      const compareNamed = (what: string, describe: (value: number) => string, theirs: MaybeNamed) => {
        if (typeof theirs === 'number' || theirs.Name === 'Unknown') return; // A few names are ours alone.
        compare(`${what} ${theirs.Value}`, describe(theirs.Value), theirs.Name);
      };
      const compareFlags = (what: string, ours: readonly string[], theirs: Flags) => {
        compared += 1;
        // Of SHF_MIPS_STRING, the same bit, llvm-readobj prints both names.
        const official = theirs.Flags.filter((flag) => flag.Name !== 'SHF_EXCLUDE' || name !== 'EM_MIPS');
        const names = official.map((flag) => flag.Name).sort();
        const known = ours.filter((flag) => !/^(unknown|localentry|SHF_ARM_ENTRYSECT)/.test(flag)).sort();
        if (known.join() !== names.join()) differences.push(`${what}: ${known.join()}, but ${names.join()}`);
      };

      const relocations = found.Relocations.flatMap(({ Relocs }) => Relocs.map(({ Relocation }) => Relocation.Type));
      expect(relocations.length).toBe(types.length);
      for (const [index, type] of types.entries()) {
        const theirs = relocations[index] as Named;
        // Of the three types of MIPS64 some may be known.
        const ours = describeRelocationType(header, type).replace(/unknown \(\w+\)/g, 'Unknown');
        // R_MIPS_NUM is a count.
        const official = theirs.Name.replace('R_MIPS_NUM', 'Unknown');
        if (official !== 'Unknown') compare(`relocation ${type}`, ours, official);
      }
      for (const { Section } of found.Sections) {
        compareNamed('section type', (type) => describeSectionType(machine, type), Section.Type);
        compareFlags(
          `flags of ${Section.Name.Name}`,
          describeSectionFlags(machine, Section.Flags.Value),
          Section.Flags,
        );
      }
      for (const { ProgramHeader } of found.ProgramHeaders) {
        compareNamed('segment type', (type) => describeSegmentType(header, type), ProgramHeader.Type);
      }
      for (const { Tag, Type } of found.DynamicSection) {
        // LLVM takes this one for every machine's.
        if (Type === 'SPARC_REGISTER' && !name.startsWith('EM_SPARC')) continue;
        if (!Type.startsWith('<unknown')) compare(`tag ${Tag}`, describeDynamicTag(machine, Tag), `DT_${Type}`);
      }
      for (const { Symbol } of found.Symbols) {
        compareFlags(`st_other ${Symbol.Other.Value}`, describeSymbolOther(machine, Symbol.Other.Value), Symbol.Other);
      }
      expect(differences).toEqual([]);
      expect(compared).toBeGreaterThan(400);
    });
  },
);
