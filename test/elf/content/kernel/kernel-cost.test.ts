// What the kernel's sections cost where a small file makes much of the same bytes: counted in what is read or made text.

import { afterEach, describe, expect, it, vi } from 'vitest';
import { ByteView } from '../../../../src/bytes/index.ts';
import type { ByteSource, FormatErrorCode } from '../../../../src/bytes/index.ts';
import {
  findKernelThisModule,
  kernelCrcs,
  kernelExportFlags,
  kernelExportMarkers,
  kernelExports,
  kernelInitcalls,
  kernelModuleInfo,
  kernelParameters,
} from '../../../../src/elf/content/index.ts';
import { ElfSymbolTable, openElf } from '../../../../src/elf/index.ts';
import type { SectionSpec } from '../../../helpers/elf-builder.ts';
import { buildElf, relocationData, stringTableData, symbolTableData } from '../../../helpers/elf-builder.ts';
import { formatErrorOf } from '../../../helpers/errors.ts';

const [SHT_PROGBITS, SHT_SYMTAB, SHT_STRTAB, SHT_RELA, SHT_CREL] = [1, 2, 3, 4, 0x40000014] as const;
const SYMBOL_SIZE = 24;
const COUNT = 1000;
const LARGE = 1 << 16;
/** What a file may cost at most, see `ReadBudget`. */
const budgetOf = (bytes: Uint8Array): number => 8 * bytes.length + (1 << 16);

afterEach(() => {
  vi.restoreAllMocks();
});

/** Section 1 holds bytes, which many others share. */
function sharing(
  data: Uint8Array,
  shared: SectionSpec,
  more: (index: number) => SectionSpec[] = () => [],
  count = COUNT,
): SectionSpec[] {
  const place = { offset: 64, size: data.length };
  return [
    { name: '.data', type: SHT_PROGBITS, data },
    ...Array.from({ length: count }, (_, i) => [{ ...place, ...shared }, ...more(i)]).flat(),
  ];
}

function damageOf(read: (onDamage: (error: { code: FormatErrorCode }) => void) => Iterable<unknown>): Set<string> {
  const codes = new Set<string>();
  for (const entry of read(({ code }) => codes.add(code))) expect(entry).toBeDefined();
  return codes;
}

/** Symbols that have the names given, and a table of the names. */
function symbolSections(first: number, names: readonly string[], section: number, shndx = section): SectionSpec[] {
  const table = stringTableData(names);
  const symbols = names.map((_, i) => ({
    nameOffset: table.offsets[i] ?? 0,
    binding: 1,
    type: 2,
    section: i === 0 ? section : shndx,
  }));
  return [
    { type: SHT_SYMTAB, entrySize: SYMBOL_SIZE, link: first + 1, info: 1, data: symbolTableData(symbols) },
    { type: SHT_STRTAB, data: table.data },
  ];
}

describe('relocations that many sections share', () => {
  it('are not unpacked for each of them, not even damaged ones', () => {
    // As many entries as it has bytes, and one more.
    const crel = new Uint8Array(LARGE).fill(0, 4);
    crel.set([0x80, 0x80, 0x80, 0x10]);
    const sections = sharing(crel, { name: '.crel', type: SHT_CREL }, (i) => [
      { name: '___kcrctab+x', type: SHT_PROGBITS, data: new Uint8Array(4), offset: 64, size: 4, info: i },
    ]);
    sections.forEach((section, i) => {
      if (section.type === SHT_CREL) section.info = i + 2;
    });
    const { bytes } = buildElf({ sections });
    const elf = openElf(bytes);
    const unpacked = vi.spyOn(elf, 'relocationTable');
    expect(damageOf((onDamage) => kernelCrcs(elf, { onDamage }))).toEqual(new Set(['truncated', 'limit-exceeded']));
    expect(unpacked.mock.calls.length * LARGE).toBeLessThan(budgetOf(bytes));
    expect(unpacked.mock.calls.length).toBeGreaterThan(1);
  });

  it('name their symbol tables in turn, which are read once each', () => {
    const rela = relocationData([{ offset: 0n, symbol: 1, type: 1, addend: 0n }]);
    const tables = [...symbolSections(1, ['a'], 0), ...symbolSections(3, ['b'], 0)];
    const entries = Array.from({ length: COUNT }, (_, i): SectionSpec[] => [
      { name: '___kcrctab+x', type: SHT_PROGBITS, data: new Uint8Array(4) },
      { type: SHT_RELA, link: 1 + 2 * (i % 2), info: tables.length + 1 + 2 * i, data: rela },
    ]);
    const elf = openElf(buildElf({ sections: [...tables, ...entries.flat()] }).bytes);
    const reads = vi.spyOn(elf, 'tableView');
    expect([...kernelCrcs(elf)].map(({ crc }) => crc)).toEqual(Array.from({ length: COUNT }, () => undefined));
    expect(reads.mock.calls.length).toBe(2);
  });
});

describe('long names that many share', () => {
  /** An object with a thousand relocations of section 1, all against one symbol. */
  const relocated = (name: string, symbol: string) => {
    const entries = Array.from({ length: COUNT }, (_, i) => ({
      offset: BigInt(8 * i),
      symbol: 1,
      type: 1,
      addend: 0n,
    }));
    return buildElf({
      machine: 62,
      sections: [
        { name, type: SHT_PROGBITS, data: new Uint8Array(8 * COUNT) },
        { type: SHT_RELA, link: 3, info: 1, data: relocationData(entries) },
        ...symbolSections(3, [symbol], 1),
      ],
    }).bytes;
  };

  it('are made text only as often as the budget allows', () => {
    const bytes = relocated('.initcall6.init', 'f'.repeat(LARGE));
    const codes = new Set<string>();
    let total = 0;
    for (const { symbolName } of kernelInitcalls(openElf(bytes), { onDamage: ({ code }) => codes.add(code) })) {
      total += symbolName?.length ?? 0;
    }
    expect(codes).toEqual(new Set(['limit-exceeded']));
    expect(total).toBeGreaterThan(0);
    expect(total).toBeLessThan(budgetOf(bytes));
  });

  it('are compared where a module is described, and not made text', () => {
    const elf = openElf(relocated('.gnu.linkonce.this_module', 'f'.repeat(LARGE)));
    const names = vi.spyOn(ElfSymbolTable.prototype, 'name');
    expect(findKernelThisModule(elf)).toMatchObject({ hasInit: false, hasExit: false });
    expect(names.mock.calls.length).toBe(0);
  });

  it('of a linked kernel end its initcalls', () => {
    const { data } = stringTableData([`__initcall${'x'.repeat(LARGE)}`]);
    const symbols = symbolTableData(Array.from({ length: COUNT }, () => ({ nameOffset: 1, section: 1, type: 0 })));
    const { bytes } = buildElf({
      type: 2,
      sections: [
        { type: SHT_SYMTAB, entrySize: SYMBOL_SIZE, link: 2, data: symbols },
        { type: SHT_STRTAB, data },
      ],
    });
    const elf = openElf(bytes);
    const names = vi.spyOn(ElfSymbolTable.prototype, 'name');
    expect(formatErrorOf(() => [...kernelInitcalls(elf)]).code).toBe('limit-exceeded');
    expect(names.mock.calls.length * LARGE).toBeLessThan(budgetOf(bytes) + LARGE);
  });
});

describe('bytes that many sections share', () => {
  it('are given as flags only as often as the budget allows', () => {
    const flagged = { name: '___kflagstab+x', type: SHT_PROGBITS };
    const { bytes } = buildElf({ sections: sharing(new Uint8Array(1 << 12), flagged, () => [], 100) });
    const elf = openElf(bytes);
    const codes = new Set<string>();
    let count = 0;
    for (const { flags } of kernelExportFlags(elf, { onDamage: ({ code }) => codes.add(code) })) {
      count += 1 + flags;
    }
    expect(count).toBeLessThan(budgetOf(bytes));
    expect(codes).toEqual(new Set(['limit-exceeded']));
  });

  it('are not read for each `.modinfo`', () => {
    const { bytes } = buildElf({ sections: sharing(new Uint8Array(LARGE), { name: '.modinfo', type: SHT_PROGBITS }) });
    const elf = openElf(bytes);
    const reads = vi.spyOn(elf, 'sectionView');
    expect(damageOf((onDamage) => kernelModuleInfo(elf, { onDamage }))).toEqual(new Set(['limit-exceeded']));
    const sections = reads.mock.calls.filter(([index]) => elf.sections.size(index) === LARGE);
    expect(sections.length * LARGE).toBeLessThan(budgetOf(bytes));
  });

  it('cost nothing where a `.modinfo` has none in the file', () => {
    const info = new TextEncoder().encode('license=GPL\0');
    const far = { name: '.modinfo', type: SHT_PROGBITS, size: 1n << 40n };
    const none = { name: '.modinfo', type: 8, size: 1n << 40n };
    const elf = openElf(
      buildElf({ sections: [far, none, far, { name: '.modinfo', type: SHT_PROGBITS, data: info }] }).bytes,
    );
    const codes: string[] = [];
    const tags = [...kernelModuleInfo(elf, { onDamage: ({ code }) => codes.push(code) })].map(({ tag }) => tag);
    expect([tags, codes]).toEqual([['license'], ['out-of-bounds', 'out-of-bounds']]);
  });
});

describe('tables in very many sections', () => {
  /** Counts the reads of a file. */
  const counting = (bytes: Uint8Array): { source: ByteSource; reads: () => number } => {
    let count = 0;
    const read = (offset: number, length: number): Uint8Array => {
      count += 1;
      return bytes.subarray(offset, offset + length);
    };
    return { source: { size: bytes.length, read }, reads: () => count };
  };

  it.each([
    ['__param', kernelParameters],
    ['.export_symbol', kernelExportMarkers],
    ['___kflagstab+x', kernelExportFlags],
    ['.initcall6.init', kernelInitcalls],
  ] as const)('are read together: %s', (name, read) => {
    const sections = Array.from({ length: COUNT }, () => ({ name, type: SHT_PROGBITS, data: new Uint8Array(40) }));
    const { source, reads } = counting(buildElf({ sections }).bytes);
    const elf = openElf(source);
    const loads = vi.spyOn(elf, 'load');
    expect([...read(elf, { onDamage: () => undefined })].length).toBeGreaterThanOrEqual(0);
    expect(loads.mock.calls.length).toBe(1);
    expect(reads()).toBeLessThan(10);
  });
});

describe('a symbol whose section nobody knows', () => {
  it('leaves the names of the others readable', () => {
    // The last symbol says SHN_XINDEX, but the file has no table of such numbers.
    const [symtab, strtab] = symbolSections(3, ['start', 'lost'], 1, 0xffff);
    const data = new Uint8Array([...(symtab?.data ?? []), ...symbolTableData([{ type: 3, section: 1 }]).subarray(24)]);
    const entries = [{ offset: 0n, symbol: 3, type: 1, addend: 0n }];
    const elf = openElf(
      buildElf({
        machine: 62,
        sections: [
          { name: '.initcall6.init', type: SHT_PROGBITS, data: new Uint8Array(8) },
          { type: SHT_RELA, link: 3, info: 1, data: relocationData(entries) },
          { ...symtab, type: SHT_SYMTAB, data },
          { ...strtab, type: SHT_STRTAB },
        ],
      }).bytes,
    );
    expect([...kernelInitcalls(elf)].map(({ symbolName }) => symbolName)).toEqual(['start']);
  });
});

describe('relocations against symbols that do not exist', () => {
  it.each([
    ['__ksymtab', kernelExports, 1],
    ['__param', kernelParameters, 1],
    // Of this one each entry is told.
    ['.initcall6.init', kernelInitcalls, COUNT],
  ] as const)('cost no error for each form that is tried: %s', (name, read, told) => {
    const entries = Array.from({ length: COUNT }, (_, i) => ({
      offset: BigInt(8 * i),
      symbol: 9,
      type: 1,
      addend: 0n,
    }));
    const elf = openElf(
      buildElf({
        machine: 62,
        sections: [
          { name, type: SHT_PROGBITS, data: new Uint8Array(8 * COUNT) },
          { type: SHT_RELA, link: 3, info: 1, data: relocationData(entries) },
          ...symbolSections(3, ['f'], 1),
        ],
      }).bytes,
    );
    const errors = vi.spyOn(ByteView.prototype, 'error');
    let count = 0;
    expect([...read(elf, { onDamage: () => (count += 1) })]).toEqual([]);
    expect(count).toBe(told);
    expect(errors.mock.calls.length).toBeLessThanOrEqual(told);
  });
});
