// Holds what the reader says of a file against GNU readelf: another implementation with other habits than LLVM's, so that
// what both agree on is no peculiarity of one of them. Facts are compared, cut out of its wide text.

import { readFileSync } from 'node:fs';
import { describeRelocationType } from '../../src/elf/constants/index.ts';
import { MACHINES, openElf, readGroup, SECTION_TYPES, SYMBOL_BINDINGS, SYMBOL_TYPES } from '../../src/elf/index.ts';
import type { ElfFile, ElfSymbolTable } from '../../src/elf/index.ts';
import { run } from '../helpers/tools.ts';
import type { Comparison } from './reference-tools.ts';

const { SHT_DYNSYM, SHT_GROUP, SHT_REL, SHT_RELA, SHT_SYMTAB } = SECTION_TYPES.values;
const VISIBILITIES = ['DEFAULT', 'INTERNAL', 'HIDDEN', 'PROTECTED'];
const SPECIAL_SECTIONS = new Map([
  ['UND', 0],
  ['ABS', 0xfff1],
  ['COM', 0xfff2],
]);

type Compare = (what: string, found: readonly unknown[], wanted: readonly unknown[]) => void;

/** Compares header, sections, symbols, relocations and groups. */
export function compareWithGnuReadelf(tool: string, path: string): Comparison {
  const result: Comparison = { compared: 0, differences: [] };
  const compare: Compare = (what, found, wanted) => {
    result.compared += 1;
    if (found.join() !== wanted.join())
      result.differences.push(`${path}: ${what}: ${found.join()} != ${wanted.join()}`);
  };
  const elf = openElf(readFileSync(path));
  const read = (option: string): string => run(tool, ['-W', option, path]).stdout;
  compareHeader(elf, read('-h'), compare);
  compareSections(elf, read('-S'), compare);
  compareSymbols(elf, read('-s'), compare);
  compareRelocations(elf, read('-r'), compare);
  compareGroups(elf, read('-g'), compare);
  return result;
}

function compareHeader({ header, sections, segments }: ElfFile, text: string, compare: Compare): void {
  const field = (name: string) => new RegExp(`^ +${name}: +(\\S+)`, 'm').exec(text)?.[1] ?? `no ${name}`;
  compare('class', [`ELF${header.bits}`], [field('Class')]);
  compare('byte order', [header.littleEndian], [text.includes('little endian')]);
  compare('entry', [header.raw.e_entry], [BigInt(field('Entry point address'))]);
  compare('flags', [header.flags], [Number(field('Flags').replace(/,$/, ''))]);
  const count = (name: string) => new RegExp(`^ +${name}: +(\\d+)(?: \\((\\d+)\\))?`, 'm').exec(text);
  // Behind an escape the real number stands in parentheses.
  const sectionCount = count('Number of section headers');
  compare('sections', [sections.length], [Number(sectionCount?.[2] ?? sectionCount?.[1])]);
  const segmentCount = count('Number of program headers');
  compare('segments', [segments.length], [Number(segmentCount?.[2] ?? segmentCount?.[1])]);
}

const SECTION_LINE =
  /^ {2}\[ *(\d+)\] (.*?) +(\S+|\S+: <unknown>) +([0-9a-f]{8,16}) ([0-9a-f]{6,}) ([0-9a-f]{6,}) ([0-9a-f]{2,}) +([A-Za-z]*) +(\d+) +(\d+) +(\d+)$/gm;

function compareSections({ sections }: ElfFile, text: string, compare: Compare): void {
  const rows = [...text.matchAll(SECTION_LINE)];
  compare('section rows', [rows.length], [sections.length]);
  for (const [, nr, name, , address, offset, size, entrySize, , link, info, align] of rows) {
    const index = Number(nr);
    const raw = sections.rawAt(index);
    const hex = (digits = '') => BigInt(`0x${digits}`);
    compare(
      `section ${index}`,
      [sections.name(index), raw.sh_addr, raw.sh_offset, raw.sh_size, raw.sh_entsize, raw.sh_link, raw.sh_info],
      [name, hex(address), hex(offset), hex(size), hex(entrySize), Number(link), Number(info)],
    );
    compare(`alignment of section ${index}`, [raw.sh_addralign], [BigInt(align ?? 0)]);
  }
}

const TABLE_HEADING = /^Symbol table '(.*)' contains \d+ entr(?:y|ies):$/;
const SYMBOL_LINE = /^ *(\d+): ([0-9a-f]+) +(\d+|0x[0-9a-f]+) (\S+) +(\S+) +(\S+)(?: +\[[^\]]*\])? +(\S+)(?: (.*))?$/;

function compareSymbols(elf: ElfFile, text: string, compare: Compare): void {
  const { sections } = elf;
  const tables = new Map<string, ElfSymbolTable>();
  for (let i = 1; i < sections.length; i += 1) {
    if ([SHT_SYMTAB, SHT_DYNSYM].includes(sections.type(i))) tables.set(sections.name(i), elf.symbolTable(i));
  }
  let table: ElfSymbolTable | undefined;
  let isDynamic = false;
  let rows = 0;
  for (const line of text.split('\n')) {
    const heading = TABLE_HEADING.exec(line)?.[1];
    if (heading !== undefined) {
      table = tables.get(heading);
      isDynamic = heading === '.dynsym';
    }
    const [, number, value, size, type, binding, visibility, section = '', name = ''] = SYMBOL_LINE.exec(line) ?? [];
    if (number === undefined || table === undefined) continue;
    rows += 1;
    const index = Number(number);
    compare(
      `symbol ${index}`,
      [
        table.value(index),
        table.size(index),
        shortName(SYMBOL_TYPES.nameOf(table.type(index))),
        shortName(SYMBOL_BINDINGS.nameOf(table.binding(index))),
        VISIBILITIES[table.visibility(index)],
      ],
      [BigInt(`0x${value}`), BigInt(size ?? 0), type, binding === 'UNIQUE' ? 'GNU_UNIQUE' : binding, visibility].map(
        (fact) => (fact === 'IFUNC' ? 'GNU_IFUNC' : fact),
      ),
    );
    const wanted = SPECIAL_SECTIONS.get(section) ?? Number(section);
    const found = table.sectionIndex(index);
    compare(`section of symbol ${index}`, [found === -1 ? table.rawSectionIndex(index) : found], [wanted]);
    // It gives section symbols the name of their section, and dynamic ones their version.
    const wantedName = isDynamic ? name.replace(/@.*/, '') : name;
    if (table.nameOffset(index) !== 0) compare(`name of symbol ${index}`, [table.name(index)], [wantedName]);
  }
  compare('symbol rows', [rows], [[...tables.values()].reduce((sum, { length }) => sum + length, 0)]);
}

const shortName = (name: string | undefined): string => String(name).replace(/^ST[BT]_/, '');

const RELOCATION_HEADING = /^Relocation section '(.*)' at offset 0x([0-9a-f]+) contains (\d+) entr/;
const RELOCATION_LINE = /^([0-9a-f]{8,16}) +([0-9a-f]{8,16}) (\S+)(.*)$/;

function compareRelocations(elf: ElfFile, text: string, compare: Compare): void {
  const { sections } = elf;
  const byOffset = new Map<number, number>();
  for (let i = 1; i < sections.length; i += 1) {
    if ([SHT_REL, SHT_RELA].includes(sections.type(i)) && sections.size(i) > 0) byOffset.set(sections.offset(i), i);
  }
  let section: number | undefined;
  let entry = 0;
  for (const line of text.split('\n')) {
    const heading = RELOCATION_HEADING.exec(line);
    if (heading !== null) {
      section = byOffset.get(Number.parseInt(heading[2] ?? '', 16));
      entry = 0;
      if (section !== undefined)
        compare(`entries of section ${section}`, [elf.relocationTable(section).length], [heading[3]]);
      byOffset.delete(Number.parseInt(heading[2] ?? '', 16));
      continue;
    }
    const [, offset, info, type] = RELOCATION_LINE.exec(line) ?? [];
    if (offset === undefined || section === undefined) continue;
    const table = elf.relocationTable(section);
    const where = `relocation ${section}/${entry}`;
    // Of little endian MIPS64, whose r_info is no number, it shows what one of big endian would be.
    const word = isMips64(elf)
      ? (BigInt(table.symbolIndex(entry)) << 32n) | BigInt(table.type(entry))
      : table.at(entry).raw?.r_info;
    compare(where, [table.offset(entry), word], [BigInt(`0x${offset}`), BigInt(`0x${info}`)]);
    // Newer types are unknown to it: `unrecognized: 13a`.
    const [name] = describeRelocationType(elf.header, table.type(entry)).split('/');
    if (type !== undefined && !type.startsWith('unrecognized')) compare(`type of ${where}`, [name], [type]);
    entry += 1;
  }
  compare('relocation sections left out', [...byOffset.values()], []);
}

const isMips64 = ({ header }: ElfFile): boolean => header.bits === 64 && header.machine === MACHINES.values.EM_MIPS;

function compareGroups(elf: ElfFile, text: string, compare: Compare): void {
  const { sections } = elf;
  const groups: (readonly [number, ...number[]])[] = [];
  for (let i = 1; i < sections.length; i += 1) {
    if (sections.type(i) !== SHT_GROUP) continue;
    const group = readGroup(elf, i);
    groups.push([i, ...Array.from({ length: group.length }, (_, position) => group.member(position))]);
  }
  const wanted: number[][] = [];
  for (const line of text.split('\n')) {
    const heading = /group section \[ *(\d+)\]/.exec(line)?.[1];
    if (heading !== undefined) wanted.push([Number(heading)]);
    const member = /^ {3}\[ *(\d+)\]/.exec(line)?.[1];
    if (member !== undefined) wanted.at(-1)?.push(Number(member));
  }
  compare('groups', groups.map(String), wanted.map(String));
}
