// Relocatable objects for tests of links: symbols by name, COMDAT groups, relocations. Sections are numbered from 1:
// .text, .symtab, .strtab, then one section for each group with its member behind it, then what else is asked for.

import type { BuiltElf, ElfSpec, SectionSpec } from './elf-builder.ts';
import { buildElf, entrySizes, relocationData, stringTableData, symbolTableData, wordsData } from './elf-builder.ts';
import type { RelocationSpec } from './elf-builder.ts';

const [SHT_PROGBITS, SHT_SYMTAB, SHT_STRTAB, SHT_RELA, SHT_GROUP] = [1, 2, 3, 4, 17] as const;
const [SHF_ALLOC, SHF_EXECINSTR, SHF_GROUP] = [2, 4, 0x200] as const;
const GRP_COMDAT = 1;

export const SHN = { undefined: 0, text: 1, absolute: 0xfff1, common: 0xfff2, extended: 0xffff } as const;
export const BINDING = { local: 0, global: 1, weak: 2, unique: 10 } as const;
export const TYPE = { none: 0, object: 1, func: 2, section: 3, file: 4, common: 5 } as const;
/** Numbers of the sections that every object has. */
export const SECTION = { text: 1, symtab: 2, strtab: 3, first: 4 } as const;

export interface ObjectSymbol {
  readonly name: string;
  /** Global unless given. */
  readonly binding?: number;
  readonly type?: number;
  /** `.text` unless given. */
  readonly section?: number;
  readonly value?: bigint;
  readonly other?: number;
  /** Signature of the group that the symbol is defined in, instead of a section. */
  readonly group?: string;
}

export interface ObjectSpec extends Pick<ElfSpec, 'bits' | 'littleEndian' | 'machine' | 'type' | 'header'> {
  readonly symbols?: readonly ObjectSymbol[];
  /** Signatures of groups beside those that symbols name. */
  readonly groups?: readonly string[];
  /** Flags of all groups; GRP_COMDAT unless given. */
  readonly groupFlags?: number;
  /** Relocations of `.text`. */
  readonly relocations?: readonly RelocationSpec[];
  /** Sections behind all others; `.symtab` is their link unless given. */
  readonly sections?: readonly SectionSpec[];
}

export interface BuiltObject extends BuiltElf {
  /** Number of symbols, the null symbol included. */
  readonly symbolCount: number;
}

/** Writes an object. Local symbols come first, as the gABI asks; otherwise the order is the one given. */
export function buildObject(spec: ObjectSpec): BuiltObject {
  const { symbols = [], groupFlags = GRP_COMDAT, relocations = [], sections = [], ...elf } = spec;
  const bits = elf.bits ?? 64;
  const signatures = [
    ...new Set([...(spec.groups ?? []), ...symbols.flatMap(({ group }) => (group === undefined ? [] : [group]))]),
  ];
  const isLocal = ({ binding = BINDING.global }: ObjectSymbol) => binding === BINDING.local;
  // A group's signature is a symbol; where none of that name is given it is a local one.
  const missing = signatures.filter((signature) => !symbols.some(({ name }) => name === signature));
  const all: readonly ObjectSymbol[] = [
    ...missing.map((name) => ({ name, binding: BINDING.local, section: SHN.text })),
    ...symbols.filter(isLocal),
    ...symbols.filter((symbol) => !isLocal(symbol)),
  ];
  const names = stringTableData(all.map(({ name }) => name));
  const memberOf = (signature: string): number => SECTION.first + signatures.indexOf(signature) * 2 + 1;
  const symtab = symbolTableData(
    all.map(
      (
        { name, binding = BINDING.global, type = TYPE.func, section = SHN.text, value = 0n, other = 0, group },
        index,
      ) => ({
        nameOffset: name === '' ? 0 : (names.offsets[index] as number),
        binding,
        type,
        section: group === undefined ? section : memberOf(group),
        value,
        other,
      }),
    ),
    elf,
  );
  const localCount = 1 + missing.length + symbols.filter(isLocal).length;
  const { symbol: symbolSize, rela: relaSize } = entrySizes(bits);
  const built = buildElf({
    ...elf,
    sections: [
      { name: '.text', type: SHT_PROGBITS, flags: SHF_ALLOC | SHF_EXECINSTR, data: new Uint8Array(16) },
      {
        name: '.symtab',
        type: SHT_SYMTAB,
        link: SECTION.strtab,
        info: localCount,
        entrySize: symbolSize,
        data: symtab,
      },
      { name: '.strtab', type: SHT_STRTAB, data: names.data },
      ...signatures.flatMap((signature): SectionSpec[] => [
        {
          name: '.group',
          type: SHT_GROUP,
          link: SECTION.symtab,
          info: 1 + all.findIndex(({ name }) => name === signature),
          entrySize: 4,
          data: wordsData([groupFlags, memberOf(signature)], elf),
        },
        { name: `.text.${signature}`, type: SHT_PROGBITS, flags: SHF_ALLOC | SHF_GROUP, data: new Uint8Array(8) },
      ]),
      ...(relocations.length === 0
        ? []
        : [
            {
              name: '.rela.text',
              type: SHT_RELA,
              link: SECTION.symtab,
              info: SECTION.text,
              entrySize: relaSize,
              data: relocationData(
                relocations.map((entry) => ({ addend: 0n, ...entry })),
                elf,
              ),
            },
          ]),
      ...sections.map((section) => ({ link: SECTION.symtab, ...section })),
    ],
  });
  return { ...built, symbolCount: all.length + 1 };
}
