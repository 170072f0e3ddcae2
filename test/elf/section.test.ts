import { describe, expect, it } from 'vitest';
import { readLtoContent } from '../../src/elf/content/index.ts';
import { describeSectionFlags, describeSectionType } from '../../src/elf/constants/index.ts';
import { MACHINES, openElf } from '../../src/elf/index.ts';
import { buildElf } from '../helpers/elf-builder.ts';
import { formatErrorOf } from '../helpers/errors.ts';
import { buildSample, SAMPLE } from './sample.ts';

describe('section headers', () => {
  it.each([
    { bits: 32, littleEndian: true },
    { bits: 32, littleEndian: false },
    { bits: 64, littleEndian: true },
    { bits: 64, littleEndian: false },
  ] as const)('are columns and objects, class $bits, little endian $littleEndian', (format) => {
    const built = buildSample(format);
    const { sections } = openElf(built.bytes);
    expect(sections.length).toBe(11);
    expect(sections.name(SAMPLE.rela)).toBe('.rela.text');
    expect([sections.type(2), sections.link(2), sections.info(2)]).toEqual([4, 7, 1]);
    expect(sections.entrySize(2)).toBe(format.bits === 64 ? 24 : 12);
    expect(sections.flags(SAMPLE.bss)).toBe(3);
    expect(sections.offset(1)).toBe(built.dataOffset(1));
    expect(sections.headerOffset(3)).toBe(built.headerOffset(3));
    expect(sections.at(SAMPLE.bss)).toMatchObject({
      name: '.bss',
      type: 8,
      size: 1 << 20,
      raw: { sh_offset: 1n << 20n, sh_size: 1n << 20n, sh_flags: 3n, sh_addralign: 1n },
    });
  });

  it('are absent, not damaged, when e_shoff is 0', () => {
    const elf = openElf(buildElf({ sections: [], header: { e_shoff: 0n } }).bytes);
    expect(elf.sections.length).toBe(0);
    expect(elf.symbolTableIndex).toBeUndefined();
    expect(readLtoContent(elf)).toEqual({ kind: 'none' });
  });

  it('may be more than 16 bits count', () => {
    const built = buildElf({ sections: [{ name: '.text', type: 1 }], extendedNumbering: true });
    const { sections } = openElf(built.bytes);
    expect(sections.length).toBe(3);
    expect(sections.name(1)).toBe('.text');
  });

  it('are read in one read', () => {
    const { bytes, sectionHeaderOffset } = buildSample();
    const reads: number[][] = [];
    const elf = openElf({
      size: bytes.length,
      read: (offset, length) => {
        reads.push([offset, length]);
        return bytes.subarray(offset, offset + length);
      },
    });
    expect([elf.sections.type(1), elf.sections.length]).toEqual([1, 11]);
    expect(reads.slice(1)).toEqual([[sectionHeaderOffset, 11 * 64]]);
  });

  it('are refused past the end of the file, and the header stays readable', () => {
    const elf = openElf(buildElf({ sections: [], header: { e_shoff: 0x1c80n } }).bytes);
    const error = formatErrorOf(() => elf.sections);
    expect(error).toMatchObject({ code: 'out-of-bounds', location: { offset: 40 } });
    expect(error.reason).toBe('section header table goes past the end of the file: e_shoff = 0x1c80');
    expect(elf.header.machine).toBe(183);
  });

  it('are refused when they are more than fit', () => {
    const elf = openElf(buildElf({ sections: [], header: { e_shnum: 100 } }).bytes);
    const error = formatErrorOf(() => elf.sections);
    expect(error.code).toBe('out-of-bounds');
    expect(error.reason).toMatch(/^section table goes past the end of the file: 100 section headers .* only 2 fit$/);
  });

  it('are refused with another e_shentsize', () => {
    const elf = openElf(buildElf({ sections: [], header: { e_shentsize: 40 } }).bytes);
    expect(formatErrorOf(() => elf.sections)).toMatchObject({
      code: 'bad-value',
      reason: 'invalid e_shentsize in ELF header: 40',
    });
  });

  it('are refused past the limit', () => {
    const elf = openElf(buildSample().bytes, { limits: { sections: 4 } });
    expect(formatErrorOf(() => elf.sections).code).toBe('limit-exceeded');
  });

  it('keep everything but names when the section name string table is damaged', () => {
    const elf = openElf(buildElf({ sections: [{ name: '.text', type: 1 }], header: { e_shstrndx: 9 } }).bytes);
    const error = formatErrorOf(() => elf.sections.name(1));
    expect(error.reason).toBe('section header string table index 9 does not exist');
    expect(formatErrorOf(() => elf.sections.name(1))).toBe(error);
    expect(elf.sections.hasName(1)).toBe(false);
    expect(elf.sections.describe(1)).toBe('[index 1]');
    expect(elf.sections.type(1)).toBe(1);
  });

  it('lose one name when one sh_name is past the table', () => {
    const sections = [
      { name: '.text', type: 1, nameOffset: 0xffffff },
      { name: '.data', type: 1 },
    ];
    const built = buildElf({ sections });
    const table = openElf(built.bytes).sections;
    const error = formatErrorOf(() => table.name(1));
    expect(error).toMatchObject({ code: 'out-of-bounds', location: { offset: built.headerOffset(1) } });
    expect(error.reason).toMatch(/^a section \[index 1\] has an invalid sh_name \(0xffffff\) offset/);
    expect(table.name(2)).toBe('.data');
  });

  it('have the empty name where the file has no names', () => {
    const { sections } = openElf(buildElf({ sections: [{ type: 1 }], withoutNames: true }).bytes);
    expect(sections.name(1)).toBe('');
    expect(sections.describe(1)).toBe('[index 1]');
  });

  it('round what no file can hold, and say that it is out of the file', () => {
    const change = { '.text': { offset: 0xffffffffffffff00n, size: 0x200n } };
    const { sections } = openElf(buildSample({}, change).bytes);
    expect(sections.isInFile(SAMPLE.text)).toBe(false);
    expect(sections.isInFile(SAMPLE.bss)).toBe(true);
    expect(sections.at(SAMPLE.text).raw.sh_offset).toBe(0xffffffffffffff00n);
  });

  it('have types and flags that depend on the machine', () => {
    const { EM_AARCH64, EM_ARM, EM_MIPS, EM_X86_64 } = MACHINES.values;
    expect(describeSectionType(EM_AARCH64, 0x70000003)).toBe('SHT_AARCH64_ATTRIBUTES');
    expect(describeSectionType(EM_ARM, 0x70000003)).toBe('SHT_ARM_ATTRIBUTES');
    expect(describeSectionType(EM_X86_64, 0x70000003)).toBe('unknown (0x70000003)');
    expect(describeSectionFlags(EM_X86_64, 0x90000003)).toEqual([
      'SHF_WRITE',
      'SHF_ALLOC',
      'SHF_X86_64_LARGE',
      'SHF_EXCLUDE',
    ]);
    expect(describeSectionFlags(EM_MIPS, 0x80000008)).toEqual(['unknown (0x8)', 'SHF_MIPS_STRING']);
  });
});
