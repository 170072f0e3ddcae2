// One sound object with every structure that the reader knows, for tests that break or move it.

import {
  buildElf,
  entrySizes,
  relocationData,
  stringTableData,
  symbolTableData,
  wordsData,
} from '../helpers/elf-builder.ts';
import type { BuiltElf, ElfSpec, SectionSpec } from '../helpers/elf-builder.ts';

/** Section numbers of {@link buildSample}. */
export const SAMPLE = {
  text: 1,
  rela: 2,
  rel: 3,
  group: 4,
  addrsig: 5,
  bss: 6,
  symtab: 7,
  shndx: 8,
  strtab: 9,
} as const;

/** Builds the sample; `change` overrides fields of single sections by name. */
export function buildSample(spec: Partial<ElfSpec> = {}, change: Record<string, Partial<SectionSpec>> = {}): BuiltElf {
  const { bits = 64, littleEndian = true } = spec;
  const format = { bits, littleEndian };
  const { data: strings, offsets } = stringTableData(['main', 'helper', '$d.1']);
  const [main = 0, helper = 0, mapping = 0] = offsets;
  const size = entrySizes(bits);
  const symbols = symbolTableData(
    [
      { nameOffset: mapping, section: SAMPLE.text },
      { nameOffset: main, binding: 1, type: 2, section: SAMPLE.text, value: 4n, size: 8n, other: 2 },
      { nameOffset: helper, binding: 2 },
      { nameOffset: main, binding: 1, section: 0xffff },
    ],
    format,
  );
  const entries = [
    { offset: 4n, symbol: 2, type: 21, addend: -3n },
    { offset: 8n, symbol: 3, type: 1, addend: 0n },
  ];
  const sections: SectionSpec[] = [
    { name: '.text', type: 1, flags: 6, data: new Uint8Array(16) },
    { name: '.rela.text', type: 4, link: 7, info: 1, entrySize: size.rela, data: relocationData(entries, format) },
    {
      name: '.rel.text',
      type: 9,
      link: 7,
      info: 1,
      entrySize: size.rel,
      data: relocationData(
        entries.map(({ offset, symbol, type }) => ({ offset, symbol, type })),
        format,
      ),
    },
    {
      name: '.group',
      type: 17,
      link: 7,
      info: 2,
      entrySize: 4,
      data: wordsData([1, SAMPLE.text, SAMPLE.rela], format),
    },
    { name: '.llvm_addrsig', type: 0x6fff4c03, link: 7, data: Uint8Array.of(2, 0x83, 0x01) },
    { name: '.bss', type: 8, flags: 3, offset: 1 << 20, size: 1 << 20 },
    { name: '.symtab', type: 2, link: 9, info: 2, entrySize: size.symbol, data: symbols },
    { name: '.symtab_shndx', type: 18, link: 7, entrySize: 4, data: wordsData([0, 0, 0, 0, SAMPLE.bss], format) },
    { name: '.strtab', type: 3, data: strings },
  ];
  return buildElf({ ...spec, sections: sections.map((section) => ({ ...section, ...change[section.name ?? ''] })) });
}
