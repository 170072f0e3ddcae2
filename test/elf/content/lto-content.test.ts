import { describe, expect, it } from 'vitest';
import { readLtoContent } from '../../../src/elf/content/index.ts';
import { openElf } from '../../../src/elf/index.ts';
import { buildElf, stringTableData, symbolTableData } from '../../helpers/elf-builder.ts';
import type { SectionSpec } from '../../helpers/elf-builder.ts';
import { formatErrorOf } from '../../helpers/errors.ts';

function ltoContentOf(...sections: SectionSpec[]) {
  return readLtoContent(openElf(buildElf({ sections: [{ name: '.text', type: 1 }, ...sections] }).bytes));
}

function gccHeader(bytes: number[]): SectionSpec {
  return { name: '.gnu.lto_.lto.a4bef880952f025', type: 1, data: Uint8Array.from(bytes) };
}

function symbolTable(name: string): SectionSpec[] {
  const { data } = stringTableData([name]);
  const symbols = symbolTableData([{ nameOffset: 1, binding: 1, type: 1, section: 0xfff2, size: 1n }]);
  return [
    { name: '.symtab', type: 2, link: 4, info: 1, entrySize: 24, data: symbols },
    { name: '.strtab', type: 3, data },
  ];
}

const gccDeclarations: SectionSpec = { name: '.gnu.lto_.decls.1234', type: 1 };

describe('intermediate code', () => {
  it('is none in plain objects', () => {
    expect(ltoContentOf({ name: '.gnu.debuglto_.debug_info', type: 1 })).toEqual({ kind: 'none' });
  });

  it.each([
    { name: '.llvm.lto', type: 0x6fff4c0c },
    { name: '.llvm.lto', type: 1 },
    { name: '.other', type: 0x6fff4c0c },
  ])('is fat bitcode by name or type: %o', (section) => {
    expect(ltoContentOf(section)).toEqual({ kind: 'llvm-fat', sectionIndex: 2 });
  });

  it('is embedded bitcode by the whole name', () => {
    expect(ltoContentOf({ name: '.llvmbc', type: 1 })).toEqual({ kind: 'llvm-embedded', sectionIndex: 2 });
    expect(ltoContentOf({ name: '.llvmbcx', type: 1 })).toEqual({ kind: 'none' });
  });

  it('is slim or fat GIMPLE by the header of GCC 10 and later', () => {
    expect(ltoContentOf(gccDeclarations, gccHeader([12, 0, 3, 0, 1, 0, 1, 0]))).toEqual({
      kind: 'gcc-slim',
      sectionIndex: 3,
      gccVersion: { major: 12, minor: 3 },
    });
    expect(ltoContentOf(gccHeader([12, 0, 0, 0, 0, 0, 1, 0]))).toMatchObject({ kind: 'gcc-fat' });
  });

  it('has its version in the byte order of the computer that GCC ran on', () => {
    expect(ltoContentOf(gccHeader([0, 12, 0, 3, 1, 0, 0, 1]))).toMatchObject({ gccVersion: { major: 12, minor: 3 } });
  });

  it('is slim or fat GIMPLE by a symbol before GCC 10', () => {
    const slim = ltoContentOf(gccDeclarations, ...symbolTable('__gnu_lto_slim'));
    expect(slim).toEqual({ kind: 'gcc-slim', sectionIndex: 2 });
    expect(ltoContentOf(gccDeclarations, ...symbolTable('__gnu_lto_v1'))).toEqual({ kind: 'gcc-fat', sectionIndex: 2 });
    expect(ltoContentOf(gccDeclarations)).toEqual({ kind: 'gcc-fat', sectionIndex: 2 });
  });

  it('is told although other names cannot be read', () => {
    const nameless = { type: 1, nameOffset: 0xffffff };
    expect(ltoContentOf(nameless, { name: '.llvmbc', type: 1 })).toEqual({ kind: 'llvm-embedded', sectionIndex: 3 });
  });

  it("is not guessed where GCC's header is cut", () => {
    expect(formatErrorOf(() => ltoContentOf(gccHeader([12, 0]))).code).toBe('out-of-bounds');
  });
});
