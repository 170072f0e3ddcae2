import { describe, expect, it } from 'vitest';
import { isFormatSpecific, MACHINES, nmLetter, openElf } from '../../src/elf/index.ts';
import { buildElf, stringTableData, symbolTableData } from '../helpers/elf-builder.ts';
import type { SectionSpec, SymbolSpec } from '../helpers/elf-builder.ts';

const SECTIONS: SectionSpec[] = [
  { name: '.text', type: 1, flags: 6 },
  { name: '.data', type: 1, flags: 3 },
  { name: '.rodata', type: 1, flags: 2 },
  { name: '.bss', type: 8, flags: 3 },
  { name: '.debug_info', type: 1 },
  { name: '.comment', type: 1 },
  { name: '.odd', type: 1, flags: 1 },
  { name: '.nameless', type: 1, flags: 6, nameOffset: 0xffffff },
];
const [text, data, rodata, bss, debug, comment, odd, nameless] = [1, 2, 3, 4, 5, 6, 7, 8];
const [LOCAL, GLOBAL, WEAK, UNIQUE] = [0, 1, 2, 10];
const [OBJECT, FUNC, COMMON, IFUNC] = [1, 2, 5, 10];
const [ABS, COM, XINDEX] = [0xfff1, 0xfff2, 0xffff];

function objectWith(symbols: SymbolSpec[], names: string[] = [], machine: number = MACHINES.values.EM_AARCH64) {
  const strings = stringTableData(names);
  const named = symbols.map((symbol, i) => ({ nameOffset: strings.offsets[i] ?? 0, ...symbol }));
  const link = SECTIONS.length + 2;
  const elf = openElf(
    buildElf({
      machine,
      sections: [
        ...SECTIONS,
        { name: '.symtab', type: 2, link, info: 1, entrySize: 24, data: symbolTableData(named) },
        { name: '.strtab', type: 3, data: strings.data },
      ],
    }).bytes,
  );
  return { elf, table: elf.symbolTable(link - 1) };
}

describe('the letter of llvm-nm', () => {
  it.each<[string, SymbolSpec]>([
    ['U', { binding: GLOBAL }],
    ['U', { binding: LOCAL }],
    ['U', { binding: GLOBAL, type: COMMON }],
    ['w', { binding: WEAK }],
    ['v', { binding: WEAK, type: OBJECT }],
    ['W', { binding: WEAK, type: FUNC, section: text }],
    ['V', { binding: WEAK, type: OBJECT, section: data }],
    ['W', { binding: WEAK, section: ABS }],
    ['i', { binding: GLOBAL, type: IFUNC, section: text }],
    ['i', { binding: WEAK, type: IFUNC, section: text }],
    ['C', { binding: GLOBAL, type: OBJECT, section: COM }],
    ['C', { binding: LOCAL, section: COM }],
    ['C', { binding: GLOBAL, type: COMMON, section: data }],
    ['A', { binding: GLOBAL, section: ABS }],
    ['a', { binding: LOCAL, section: ABS }],
    ['A', { binding: UNIQUE, section: ABS }],
    ['u', { binding: UNIQUE, section: data }],
    ['T', { binding: GLOBAL, section: text }],
    ['t', { binding: LOCAL, section: text }],
    ['D', { binding: GLOBAL, section: data }],
    ['R', { binding: GLOBAL, section: rodata }],
    ['B', { binding: GLOBAL, section: bss }],
    ['N', { binding: LOCAL, section: debug }],
    ['N', { binding: GLOBAL, section: debug }],
    ['n', { binding: LOCAL, section: comment }],
    ['?', { binding: GLOBAL, section: odd }],
    ['?', { binding: 13, section: text }],
    ['?', { binding: GLOBAL, section: 0xff00 }],
    ['?', { binding: GLOBAL, section: 0x1234 }],
    ['?', { binding: WEAK, section: XINDEX }],
    ['?', { binding: WEAK, section: nameless }],
  ])('is %s for %o', (letter, symbol) => {
    const { elf, table } = objectWith([symbol]);
    expect(nmLetter(elf, table, 1)).toBe(letter);
  });
});

describe('what llvm-nm leaves out', () => {
  function leftOut(machine: number, names: string[]): string[] {
    const { elf, table } = objectWith(
      names.map(() => ({ section: text })),
      names,
      machine,
    );
    return names.filter((_, i) => isFormatSpecific(elf, table, i + 1));
  }
  const { EM_AARCH64, EM_ARM, EM_CSKY, EM_RISCV, EM_X86_64 } = MACHINES.values;
  const names = ['', '$a', '$d', '$t', '$x', '$d.1', '$data', '.L0 ', '.L0 x', 'x$d'];

  it.each([
    ['AArch64', EM_AARCH64, ['$d', '$x', '$d.1', '$data']],
    ['ARM', EM_ARM, ['', '$a', '$d', '$t', '$d.1', '$data']],
    ['C-SKY', EM_CSKY, ['$d', '$t', '$d.1', '$data']],
    ['RISC-V', EM_RISCV, ['$d', '$x', '$d.1', '$data', '.L0 ']],
    ['x86-64', EM_X86_64, []],
  ])('are the mapping symbols of %s', (_, machine, expected) => {
    expect(leftOut(machine, names)).toEqual(expected);
  });

  it('are the null symbol, files and sections, on every machine', () => {
    const { elf, table } = objectWith([{ type: 3, section: text }, { type: 4, section: ABS }, {}], [], EM_X86_64);
    expect([0, 1, 2, 3].map((i) => isFormatSpecific(elf, table, i))).toEqual([true, true, true, false]);
  });

  it('are no symbols whose name cannot be read', () => {
    const { elf, table } = objectWith([{ nameOffset: 0xffffff }]);
    expect(isFormatSpecific(elf, table, 1)).toBe(false);
  });
});
