// Holds what the reader says of a file against what LLVM's tools say. Facts are compared, not text: numbers out of
// llvm-readobj's JSON, and the letters and names of llvm-nm.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { encodeName } from '../../src/bytes/index.ts';
import { describeRelocationType, describeSectionType, relocationNames } from '../../src/elf/constants/index.ts';
import { readAddressSignificance } from '../../src/elf/content/index.ts';
import {
  isFormatSpecific,
  isPackedRelocations,
  isRelativeRelocations,
  nmLetter,
  openElf,
  readGroup,
  readRelativeRelocations,
  SECTION_TYPES,
} from '../../src/elf/index.ts';
import type { ElfFile } from '../../src/elf/index.ts';

const { SHT_DYNSYM, SHT_GROUP, SHT_LLVM_ADDRSIG, SHT_REL, SHT_RELA } = SECTION_TYPES.values;

/** Whether a program can be started. */
export function hasTool(tool: string): boolean {
  try {
    execFileSync(tool, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** How many things were compared, and what differs. */
export interface Comparison {
  compared: number;
  differences: string[];
}

interface Named {
  Name: string;
  Value: number | string;
}

interface ReadobjSection {
  Index: number;
  Name: Named;
  Type: Named;
  Flags: { Value: number | string };
  Address: number | string;
  Offset: number | string;
  Size: number | string;
  Link: number;
  Info: number;
  AddressAlignment: number | string;
  EntrySize: number | string;
}

interface ReadobjSymbol {
  Name: Named;
  Value: number | string;
  Size: number | string;
  Binding: Named;
  Type: Named;
  Other: { Value: number };
  Section: Named;
}

interface ReadobjRelocation {
  Offset: number | string;
  Type: Named;
  Symbol: Named;
  Addend?: number | string;
}

interface ReadobjGroup {
  Index: number;
  Link: number;
  Info: number;
  Type: Named;
  GroupSections: { Index: number }[];
}

interface ReadobjFile {
  Sections: { Section: ReadobjSection }[];
  Symbols: { Symbol: ReadobjSymbol }[];
  DynamicSymbols?: { Symbol: ReadobjSymbol }[];
  Relocations: { SectionIndex: number; Relocs: { Relocation: ReadobjRelocation }[] }[];
  Groups: Record<string, ReadobjGroup>;
  Addrsig?: Named[];
}

/** Compares sections, symbols, relocations, groups and address-significance tables. */
export function compareWithReadobj(tool: string, path: string): Comparison {
  const options = ['--sections', '--symbols', '--dyn-syms', '--relocations', '--section-groups', '--addrsig'];
  const expected = parseReadobj(run(tool, ['--elf-output-style=JSON', ...options, path]));
  const elf = openElf(readFileSync(path));
  const result: Comparison = { compared: 0, differences: [] };
  const compare = (what: string, found: unknown[], wanted: unknown[]): void => {
    result.compared += 1;
    if (String(found) !== String(wanted))
      result.differences.push(`${path}: ${what}: ${String(found)} != ${String(wanted)}`);
  };

  const { sections } = elf;
  compare('section count', [sections.length], [expected.Sections.length]);
  for (const { Section: s } of expected.Sections) {
    const { raw, name } = sections.at(s.Index);
    const found = [name, raw.sh_name, raw.sh_type, raw.sh_flags, raw.sh_addr, raw.sh_offset, raw.sh_size];
    const wanted = [s.Name.Name, s.Name.Value, s.Type.Value, s.Flags.Value, s.Address, s.Offset, s.Size];
    compare(`section ${s.Index}`, found, wanted);
    const foundRest = [raw.sh_link, raw.sh_info, raw.sh_addralign, raw.sh_entsize];
    compare(`section ${s.Index}, rest`, foundRest, [s.Link, s.Info, s.AddressAlignment, s.EntrySize]);
    const columns = [sections.type(s.Index), sections.offset(s.Index), sections.size(s.Index), sections.flags(s.Index)];
    compare(`section ${s.Index}, columns`, columns, [raw.sh_type, raw.sh_offset, raw.sh_size, raw.sh_flags]);
    if (s.Type.Name !== 'Unknown') {
      compare(`section ${s.Index}, type`, [describeSectionType(elf.header.machine, raw.sh_type)], [s.Type.Name]);
    }
  }

  const dynamic = Array.from(sectionsOfType(elf, [SHT_DYNSYM]))[0];
  compareSymbols(elf, elf.symbolTableIndex, expected.Symbols, compare);
  compareSymbols(elf, dynamic, expected.DynamicSymbols ?? [], compare);

  const hasNames = relocationNames(elf.header.machine) !== undefined;
  const isRelative = (index: number) => isRelativeRelocations(sections.type(index), elf.header.machine);
  compare(
    'relocation sections',
    [...relocationSections(elf)],
    expected.Relocations.filter(({ Relocs }) => Relocs.length > 0).map(({ SectionIndex }) => SectionIndex),
  );
  for (const { SectionIndex, Relocs } of expected.Relocations) {
    if (isRelative(SectionIndex)) {
      const found = [...readRelativeRelocations(elf, SectionIndex).offsets()];
      const wanted = Relocs.map(({ Relocation: { Offset } }) => Offset);
      compare(`relative relocations of ${SectionIndex}`, found, wanted);
      continue;
    }
    const table = elf.relocationTable(SectionIndex);
    compare(`relocations of ${SectionIndex}`, [table.length], [Relocs.length]);
    Relocs.forEach(({ Relocation: r }, i) => {
      const found = [table.offset(i), table.type(i), table.symbolIndex(i), table.addend(i)];
      // Printed without a sign, whatever the class; and as 0 for SHT_ANDROID_REL, which has none.
      const addend =
        r.Addend === undefined || !table.hasAddends ? undefined : BigInt.asIntN(elf.header.bits, BigInt(r.Addend));
      compare(`relocation ${SectionIndex}/${i}`, found, [r.Offset, r.Type.Value, r.Symbol.Value, addend]);
      const halves = (BigInt(table.offsetHigh(i)) << 32n) | BigInt(table.offsetLow(i));
      compare(`halves of offset ${SectionIndex}/${i}`, [halves], [table.offset(i)]);
      const addendHalves = (BigInt(table.addendHigh(i)) << 32n) | BigInt(table.addendLow(i));
      compare(`halves of addend ${SectionIndex}/${i}`, [addendHalves], [table.addend(i) ?? 0n]);
      const type = describeRelocationType(elf.header, table.type(i));
      if (hasNames) compare(`type of ${SectionIndex}/${i}`, [type], [r.Type.Name]);
    });
  }

  const groups = [...sectionsOfType(elf, [SHT_GROUP])];
  compare(
    'groups',
    groups,
    Object.values(expected.Groups).map(({ Index }) => Index),
  );
  for (const g of Object.values(expected.Groups)) {
    const group = readGroup(elf, g.Index);
    const members = Array.from({ length: group.length }, (_, i) => group.member(i));
    const found = [group.symbolTableIndex, group.signatureSymbol, group.flags, ...members];
    compare(`group ${g.Index}`, found, [g.Link, g.Info, g.Type.Value, ...g.GroupSections.map(({ Index }) => Index)]);
  }

  for (const index of sectionsOfType(elf, [SHT_LLVM_ADDRSIG])) {
    const significant = readAddressSignificance(elf, index);
    if (significant.symbolTableIndex === 0) continue;
    const found: number[] = [];
    while (!significant.atEnd) found.push(significant.next());
    compare(
      'addrsig',
      found,
      (expected.Addrsig ?? []).map(({ Value }) => Value),
    );
  }
  return result;
}

/** The sections with relocations in any encoding that are not empty. */
function* relocationSections(elf: ElfFile): Generator<number> {
  const { sections, header } = elf;
  for (let i = 1; i < sections.length; i += 1) {
    const type = sections.type(i);
    if (isRelativeRelocations(type, header.machine)) {
      if (readRelativeRelocations(elf, i).length > 0) yield i;
    } else if (type === SHT_REL || type === SHT_RELA || isPackedRelocations(type)) {
      if (elf.relocationTable(i).length > 0) yield i;
    }
  }
}

function compareSymbols(
  elf: ElfFile,
  tableIndex: number | undefined,
  expected: { Symbol: ReadobjSymbol }[],
  compare: (what: string, found: unknown[], wanted: unknown[]) => void,
): void {
  if (tableIndex === undefined) {
    compare('symbols', [0], [expected.length]);
    return;
  }
  const table = elf.symbolTable(tableIndex);
  const isDynamic = elf.sections.type(tableIndex) === SHT_DYNSYM;
  compare('symbol count', [table.length], [expected.length]);
  expected.forEach(({ Symbol: s }, i) => {
    const found = [table.nameOffset(i), table.value(i), table.size(i), table.binding(i), table.type(i), table.other(i)];
    const wanted = [s.Name.Value, s.Value, s.Size, s.Binding.Value, s.Type.Value, s.Other.Value];
    compare(`symbol ${i}`, found, wanted);
    const section = table.sectionIndex(i);
    compare(`section of symbol ${i}`, [section === -1 ? table.rawSectionIndex(i) : section], [s.Section.Value]);
    const halves = (BigInt(table.valueHigh(i)) << 32n) | BigInt(table.valueLow(i));
    compare(`value of symbol ${i}`, [halves], [table.value(i)]);
    // readobj gives section symbols the name of their section, and dynamic ones their version.
    const name = isDynamic ? s.Name.Name.replace(/@.*/, '') : s.Name.Name;
    if (table.nameOffset(i) !== 0) compare(`name of symbol ${i}`, [table.name(i)], [name]);
  });
}

function* sectionsOfType(elf: ElfFile, types: readonly number[]): Generator<number> {
  for (let i = 1; i < elf.sections.length; i += 1) if (types.includes(elf.sections.type(i))) yield i;
}

function parseReadobj(text: string): ReadobjFile {
  let groups = 0;
  const json = text
    // Groups stand under one key, again and again.
    .replace(/"Group":/g, () => `"Group${(groups += 1)}":`)
    // Address-significance tables are arrays whose elements have keys.
    .replace(/"Sym":\{/g, '{')
    // Numbers that JSON.parse would round stay text.
    .replace(/:(-?\d{16,})(?=[,}\]])/g, ':"$1"');
  return (JSON.parse(json) as [ReadobjFile])[0];
}

/** Compares the list of symbols that llvm-nm prints without options, their letters and names. */
export function compareWithNm(tool: string, path: string): Comparison {
  const elf = openElf(readFileSync(path));
  // An address, a blank, the letter, a blank, the name.
  const addressWidth = elf.header.bits / 4;
  const lines = run(tool, ['--no-sort', path]).split('\n').slice(0, -1);
  const wanted = lines.map((line) => line.slice(addressWidth + 1));
  const tableIndex = elf.symbolTableIndex;
  const found: string[] = [];
  if (tableIndex !== undefined) {
    const table = elf.symbolTable(tableIndex);
    for (let i = 0; i < table.length; i += 1) {
      if (isFormatSpecific(elf, table, i)) continue;
      const name = Buffer.from(encodeName(table.name(i))).toString('latin1');
      found.push(`${nmLetter(elf, table, i)} ${name}`);
    }
  }
  const differences: string[] = [];
  for (let i = 0; i < Math.max(found.length, wanted.length); i += 1) {
    if (found[i] !== wanted[i]) differences.push(`${path}: symbol ${i}: ${String(found[i])} != ${String(wanted[i])}`);
  }
  return { compared: wanted.length, differences };
}

function run(tool: string, args: readonly string[]): string {
  return execFileSync(tool, args, {
    encoding: tool.includes('nm') ? 'latin1' : 'utf8',
    maxBuffer: 2 ** 31,
    stdio: 'pipe',
  });
}
