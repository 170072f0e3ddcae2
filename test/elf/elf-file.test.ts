import { describe, expect, it } from 'vitest';
import { readAddressSignificance } from '../../src/elf/content/index.ts';
import { openElf, readGroup } from '../../src/elf/index.ts';
import { buildElf } from '../helpers/elf-builder.ts';
import type { SectionSpec } from '../helpers/elf-builder.ts';
import { formatErrorOf } from '../helpers/errors.ts';
import { buildSample, SAMPLE } from './sample.ts';

function counted(bytes: Uint8Array) {
  const reads: { offset: number; length: number }[] = [];
  const source = {
    size: bytes.length,
    read: (offset: number, length: number) => {
      reads.push({ offset, length });
      return bytes.subarray(offset, offset + length);
    },
  };
  return { reads, source };
}

describe('the bytes of a section', () => {
  it('are a window at their place in the file', () => {
    const built = buildSample();
    const view = openElf(built.bytes).sectionView(SAMPLE.addrsig);
    expect([...view.bytes]).toEqual([2, 0x83, 0x01]);
    expect(view.base).toBe(built.dataOffset(SAMPLE.addrsig));
    expect(view.bytes.buffer).toBe(built.bytes.buffer);
  });

  it('are none for SHT_NOBITS and SHT_NULL, wherever their offset points', () => {
    const elf = openElf(buildSample({ extendedNumbering: true }).bytes);
    expect(elf.sectionView(SAMPLE.bss).length).toBe(0);
    expect(elf.sectionView(0).length).toBe(0);
  });

  it('are refused outside the file, in the words of LLVM, and the siblings stay readable', () => {
    const built = buildSample({}, { '.text': { offset: 0x40, size: 0x99999 } });
    const elf = openElf(built.bytes);
    const error = formatErrorOf(() => elf.sectionView(SAMPLE.text));
    expect(error).toMatchObject({ code: 'out-of-bounds', location: { offset: built.headerOffset(SAMPLE.text) } });
    expect(error.reason).toBe(
      'section [index 1] has a sh_offset (0x40) + sh_size (0x99999) that is greater than the file size ' +
        `(0x${built.bytes.length.toString(16)})`,
    );
    expect(elf.symbolTable(SAMPLE.symtab).length).toBe(5);
  });

  it('are refused past the limit and for sections that do not exist', () => {
    const elf = openElf(buildSample().bytes, { limits: { blockBytes: 1000 } });
    expect(elf.sectionView(SAMPLE.text).length).toBe(16);
    const small = openElf(buildElf({ sections: [{ type: 1, data: new Uint8Array(2000) }] }).bytes, {
      limits: { blockBytes: 1000 },
    });
    expect(formatErrorOf(() => small.sectionView(1)).code).toBe('limit-exceeded');
    expect(formatErrorOf(() => elf.sectionView(11))).toMatchObject({
      code: 'out-of-bounds',
      reason: 'invalid section index: 11 (there are 11 sections)',
    });
    expect(formatErrorOf(() => elf.sectionView(Number.NaN)).code).toBe('out-of-bounds');
  });
});

describe('load', () => {
  const indicesOf = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

  it('reads neighbours in one read and keeps them', () => {
    const { reads, source } = counted(buildSample().bytes);
    const elf = openElf(source);
    elf.load([]);
    reads.length = 0;
    elf.load(indicesOf(9));
    expect(reads.length).toBe(1);
    expect(elf.relocationTable(SAMPLE.rela).symbolIndex(1)).toBe(3);
    expect(elf.symbolTable(SAMPLE.symtab).name(2)).toBe('main');
    elf.load(indicesOf(9));
    expect(reads.length).toBe(1);
  });

  it('reads on its own what lies far away', () => {
    const sections: SectionSpec[] = [
      { type: 1, data: Uint8Array.of(1) },
      { type: 1, data: new Uint8Array(20_000) },
      { type: 1, data: Uint8Array.of(2) },
    ];
    const { reads, source } = counted(buildElf({ sections }).bytes);
    const elf = openElf(source);
    elf.load([]);
    reads.length = 0;
    elf.load([3, 1]);
    expect(reads.map(({ length }) => length)).toEqual([1, 1]);
    expect([...elf.sectionView(3).bytes]).toEqual([2]);
  });

  it('reads bytes that sections share once', () => {
    const data = new Uint8Array(100_000);
    const shared = Array.from({ length: 200 }, (_, i) => ({ type: 1, offset: 64 + i, size: 90_000 }));
    const { reads, source } = counted(buildElf({ sections: [{ type: 1, data }, ...shared] }).bytes);
    const elf = openElf(source);
    elf.load([]);
    reads.length = 0;
    elf.load(indicesOf(201));
    expect(reads.map(({ length }) => length)).toEqual([100_000]);
  });

  it('leaves alone what cannot be read', () => {
    const elf = openElf(buildSample({}, { '.text': { offset: 1 << 30 } }).bytes);
    elf.load([-1, 0.5, 99, SAMPLE.text, SAMPLE.bss, SAMPLE.strtab]);
    expect(formatErrorOf(() => elf.sectionView(SAMPLE.text)).code).toBe('out-of-bounds');
    expect(elf.sectionView(SAMPLE.strtab).length).toBeGreaterThan(0);
  });

  it('says that a file became shorter', () => {
    const { bytes } = buildSample();
    let size = bytes.length;
    const elf = openElf({ size, read: (offset, length) => bytes.subarray(0, size).subarray(offset, offset + length) });
    elf.load([]);
    size = 100;
    expect(
      formatErrorOf(() => {
        elf.load([SAMPLE.symtab]);
      }).code,
    ).toBe('truncated');
  });
});

describe('groups', () => {
  it('have flags, a signature and members', () => {
    const group = readGroup(openElf(buildSample({ littleEndian: false }).bytes), SAMPLE.group);
    expect(group).toMatchObject({ flags: 1, isComdat: true, signatureSymbol: 2, symbolTableIndex: 7, length: 2 });
    expect([group.member(0), group.member(1)]).toEqual([SAMPLE.text, SAMPLE.rela]);
  });

  it('keep flags that nobody knows', () => {
    const elf = openElf(buildSample({}, { '.group': { data: Uint8Array.of(4, 0, 0, 0) } }).bytes);
    expect(readGroup(elf, SAMPLE.group)).toMatchObject({ flags: 4, isComdat: false, length: 0 });
  });

  it.each([
    [{ data: new Uint8Array(0) }, 'empty SHT_GROUP [index 4]'],
    [{ entrySize: 8 }, 'section [index 4] has invalid sh_entsize: expected 4, but got 8'],
    [{ data: new Uint8Array(7) }, /invalid sh_size \(7\) which is not a multiple/],
    [{ type: 1 }, 'section [index 4] is SHT_PROGBITS, but SHT_GROUP was expected'],
  ])('are refused with %o', (change, reason) => {
    const elf = openElf(buildSample({}, { '.group': change }).bytes);
    const error = formatErrorOf(() => readGroup(elf, SAMPLE.group));
    expect(error.code).toBe('bad-value');
    expect(error.reason).toMatch(reason);
  });
});

describe('address-significance tables', () => {
  it('are read index by index, each with its place', () => {
    const built = buildSample();
    const significant = readAddressSignificance(openElf(built.bytes), SAMPLE.addrsig);
    expect(significant.symbolTableIndex).toBe(SAMPLE.symtab);
    expect(significant.next()).toBe(2);
    expect(significant.fileOffset).toBe(built.dataOffset(SAMPLE.addrsig) + 1);
    expect(significant.next()).toBe(131);
    expect(significant.atEnd).toBe(true);
  });

  it('end at a number that is cut', () => {
    const elf = openElf(buildSample({}, { '.llvm_addrsig': { data: Uint8Array.of(0x83) } }).bytes);
    const significant = readAddressSignificance(elf, SAMPLE.addrsig);
    expect(formatErrorOf(() => significant.next()).code).toBe('truncated');
    expect(significant.atEnd).toBe(true);
  });
});
