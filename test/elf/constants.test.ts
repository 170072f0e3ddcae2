import { describe, expect, it } from 'vitest';
import { AARCH64_RELOCATIONS } from '../../src/elf/constants/index.ts';
import * as elf from '../../src/elf/index.ts';

// A number of entries that changes without intent is a slip of the hand.
const TABLES = [
  ['MACHINES', elf.MACHINES, 181],
  ['ELF_CLASSES', elf.ELF_CLASSES, 3],
  ['ELF_DATA_ENCODINGS', elf.ELF_DATA_ENCODINGS, 3],
  ['ELF_TYPES', elf.ELF_TYPES, 5],
  ['OS_ABIS', elf.OS_ABIS, 20],
  ['AMDGPU_OS_ABIS', elf.AMDGPU_OS_ABIS, 3],
  ['ARM_OS_ABIS', elf.ARM_OS_ABIS, 2],
  ['C6000_OS_ABIS', elf.C6000_OS_ABIS, 2],
  ['SECTION_TYPES', elf.SECTION_TYPES, 42],
  ['AARCH64_SECTION_TYPES', elf.AARCH64_SECTION_TYPES, 4],
  ['ARM_SECTION_TYPES', elf.ARM_SECTION_TYPES, 5],
  ['CSKY_SECTION_TYPES', elf.CSKY_SECTION_TYPES, 1],
  ['HEXAGON_SECTION_TYPES', elf.HEXAGON_SECTION_TYPES, 2],
  ['MIPS_SECTION_TYPES', elf.MIPS_SECTION_TYPES, 4],
  ['MSP430_SECTION_TYPES', elf.MSP430_SECTION_TYPES, 1],
  ['RISCV_SECTION_TYPES', elf.RISCV_SECTION_TYPES, 1],
  ['X86_64_SECTION_TYPES', elf.X86_64_SECTION_TYPES, 1],
  ['SECTION_FLAGS', elf.SECTION_FLAGS, 14],
  ['AARCH64_SECTION_FLAGS', elf.AARCH64_SECTION_FLAGS, 1],
  ['ARM_SECTION_FLAGS', elf.ARM_SECTION_FLAGS, 1],
  ['HEXAGON_SECTION_FLAGS', elf.HEXAGON_SECTION_FLAGS, 1],
  ['MIPS_SECTION_FLAGS', elf.MIPS_SECTION_FLAGS, 8],
  ['X86_64_SECTION_FLAGS', elf.X86_64_SECTION_FLAGS, 1],
  ['XCORE_SECTION_FLAGS', elf.XCORE_SECTION_FLAGS, 2],
  ['GROUP_FLAGS', elf.GROUP_FLAGS, 1],
  ['SPECIAL_SECTIONS', elf.SPECIAL_SECTIONS, 4],
  ['SYMBOL_BINDINGS', elf.SYMBOL_BINDINGS, 4],
  ['SYMBOL_TYPES', elf.SYMBOL_TYPES, 8],
  ['SYMBOL_VISIBILITIES', elf.SYMBOL_VISIBILITIES, 4],
  ['AARCH64_RELOCATIONS', AARCH64_RELOCATIONS, 235],
] as const;

describe.each(TABLES)('%s', (_, table, count) => {
  const entries = Object.entries<number>(table.values);

  it(`has ${count} names, ascending by value, each value once`, () => {
    expect(entries.length).toBe(count);
    const values = entries.map(([, value]) => value);
    expect(values).toEqual([...new Set(values)].sort((a, b) => a - b));
  });

  it('gives back each name', () => {
    for (const [name, value] of entries) expect(table.nameOf(value)).toBe(name);
  });
});

it('operating system ABIs of machines share numbers and keep apart', () => {
  const { EM_AMDGPU, EM_ARM, EM_X86_64 } = elf.MACHINES.values;
  expect(elf.describeOsAbi(EM_AMDGPU, 65)).toBe('ELFOSABI_AMDGPU_PAL');
  expect(elf.describeOsAbi(EM_ARM, 65)).toBe('ELFOSABI_ARM_FDPIC');
  expect(elf.describeOsAbi(EM_X86_64, 65)).toBe('unknown (0x41)');
  expect(elf.describeOsAbi(EM_X86_64, 3)).toBe('ELFOSABI_GNU');
});
