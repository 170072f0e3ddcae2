import { describe, expect, it } from 'vitest';
import { isElfMagic, MACHINES, openElf } from '../../src/elf/index.ts';
import { buildElf } from '../helpers/elf-builder.ts';
import { formatErrorOf } from '../helpers/errors.ts';

describe('the ELF header', () => {
  it.each([
    { bits: 32, littleEndian: true },
    { bits: 32, littleEndian: false },
    { bits: 64, littleEndian: true },
    { bits: 64, littleEndian: false },
  ] as const)('is read for class $bits, little endian $littleEndian', (format) => {
    const { bytes, sectionHeaderOffset } = buildElf({ ...format, machine: 183, flags: 7, osAbi: 3, sections: [] });
    const { header } = openElf(bytes);
    expect(header).toMatchObject({ ...format, type: 1, machine: 183, flags: 7, osAbi: 3, sectionHeaderOffset });
    expect(header.raw).toMatchObject({ e_shoff: BigInt(sectionHeaderOffset), e_shnum: 2, e_shstrndx: 1, e_version: 1 });
  });

  it('costs one read of at most 64 bytes', () => {
    const { bytes } = buildElf({ sections: [{ type: 1, data: new Uint8Array(1000) }] });
    const reads: number[][] = [];
    openElf({
      size: bytes.length,
      read: (offset, length) => {
        reads.push([offset, length]);
        return bytes.subarray(offset, offset + length);
      },
    });
    expect(reads).toEqual([[0, 64]]);
  });

  it('keeps machines and types that nobody knows', () => {
    const { header } = openElf(buildElf({ machine: 0xfeed, type: 0xfe01, sections: [] }).bytes);
    expect(header).toMatchObject({ machine: 0xfeed, type: 0xfe01 });
    expect(MACHINES.nameOf(0xfeed)).toBeUndefined();
  });

  it('is refused when the magic is missing', () => {
    expect(formatErrorOf(() => openElf(new Uint8Array(0))).code).toBe('bad-magic');
    expect(formatErrorOf(() => openElf(new Uint8Array(64))).code).toBe('bad-magic');
    expect(isElfMagic(Uint8Array.of(0x7f, 0x45, 0x4c, 0x46))).toBe(true);
    expect(isElfMagic(Uint8Array.of(0x7f, 0x45, 0x4c))).toBe(false);
  });

  it('is refused when it is cut, in the words of LLVM', () => {
    const error = formatErrorOf(() => openElf(buildElf({ bits: 32, sections: [] }).bytes.subarray(0, 51)));
    expect(error).toMatchObject({ code: 'truncated', location: { offset: 51 } });
    expect(error.reason).toBe('the size (51) is smaller than an ELF header (52)');
  });

  it('is refused with a class or byte order that does not exist', () => {
    const { bytes } = buildElf({ sections: [] });
    const badClass = bytes.with(4, 3);
    const badOrder = bytes.with(5, 0);
    expect(formatErrorOf(() => openElf(badClass))).toMatchObject({ code: 'bad-value', location: { offset: 4 } });
    expect(formatErrorOf(() => openElf(badOrder))).toMatchObject({ code: 'bad-value', location: { offset: 5 } });
  });

  it('is not read from what is no input', () => {
    expect(() => openElf('file.o' as unknown as Uint8Array)).toThrow(TypeError);
  });
});
