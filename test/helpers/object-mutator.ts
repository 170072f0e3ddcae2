// Single-field changes of sound objects, the same ones for the same seed: every field of the header, of section headers,
// symbols, relocations and groups, set to what is likely to be wrong.

import { BrokenObject } from './broken-object.ts';
import type { HeaderField, RelocationField, SectionField, SymbolField } from './broken-object.ts';

const HEADER_FIELDS: readonly HeaderField[] = [
  'e_type',
  'e_machine',
  'e_version',
  'e_entry',
  'e_phoff',
  'e_shoff',
  'e_flags',
  'e_ehsize',
  'e_phentsize',
  'e_phnum',
  'e_shentsize',
  'e_shnum',
  'e_shstrndx',
];
const SECTION_FIELDS: readonly SectionField[] = [
  'sh_name',
  'sh_type',
  'sh_flags',
  'sh_addr',
  'sh_offset',
  'sh_size',
  'sh_link',
  'sh_info',
  'sh_addralign',
  'sh_entsize',
];
const SYMBOL_FIELDS: readonly SymbolField[] = ['st_name', 'st_info', 'st_other', 'st_shndx', 'st_value', 'st_size'];
const [SHT_RELA, SHT_REL, SHT_GROUP] = [4, 9, 17] as const;

/** Which structure is changed. They have equal shares, because real objects have many relocations and one header. */
const STRUCTURES = ['header', 'section', 'section', 'symbol', 'symbol', 'relocation', 'group'] as const;

export interface Mutant {
  readonly bytes: Uint8Array;
  /** What was changed, for people: `symbol 5 st_shndx 2 -> 9`. */
  readonly change: string;
}

/** Numbers from 0 up to 1, the same for a seed on every machine: mulberry32. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A field of the object, and the same field of another element of its kind. */
interface Field {
  readonly name: string;
  readonly value: number;
  readonly neighbour: number;
  set(value: number | bigint): void;
}

/** Makes mutants of one object. */
export class ObjectMutator {
  private readonly sound: Uint8Array;
  private readonly random: () => number;

  constructor(sound: Uint8Array, seed: number) {
    this.sound = sound;
    this.random = randomFrom(seed);
  }

  private below(count: number): number {
    return Math.floor(this.random() * count);
  }

  private pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)] as T;
  }

  /** The next mutant. */
  next(): Mutant {
    for (;;) {
      const object = new BrokenObject(this.sound);
      const field = this.field(object, this.pick(STRUCTURES));
      if (field === undefined) continue;
      const value = this.valueFor(field);
      field.set(value);
      const { bytes } = object;
      if (bytes.every((byte, i) => byte === this.sound[i])) continue;
      return { bytes, change: `${field.name} 0x${field.value.toString(16)} -> 0x${value.toString(16)}` };
    }
  }

  private valueFor({ value, neighbour }: Field): number | bigint {
    return this.pick([
      () => 0,
      () => 1,
      () => value + 1,
      () => value - 1,
      () => value ^ (2 ** this.below(16)),
      () => this.below(0x100),
      () => this.below(0x1_0000_0000),
      () => -1,
      () => neighbour,
    ])();
  }

  private field(object: BrokenObject, structure: (typeof STRUCTURES)[number]): Field | undefined {
    if (structure === 'header') {
      const name = this.pick(HEADER_FIELDS);
      const value = object.header(name);
      return {
        name,
        value,
        neighbour: object.header(this.pick(HEADER_FIELDS)),
        set: (to) => object.setHeader(name, to),
      };
    }
    if (structure === 'section') return this.sectionField(object);
    return structure === 'symbol' ? this.symbolField(object) : this.contentField(object, structure);
  }

  private sectionField(object: BrokenObject): Field {
    const field = this.pick(SECTION_FIELDS);
    const index = this.below(object.sectionCount);
    return {
      name: `section ${index} ${object.sectionNames[index] as string} ${field}`,
      value: object.section(index, field),
      neighbour: object.section(this.below(object.sectionCount), field),
      set: (to) => object.setSection(index, field, to),
    };
  }

  private symbolField(object: BrokenObject): Field {
    const field = this.pick(SYMBOL_FIELDS);
    const index = this.below(object.symbolCount);
    return {
      name: `symbol ${index} ${field}`,
      value: object.symbol(index, field),
      neighbour: object.symbol(this.below(object.symbolCount), field),
      set: (to) => object.setSymbol(index, field, to),
    };
  }

  /** A field of a relocation or a word of a group; `undefined` if the object has none. */
  private contentField(object: BrokenObject, structure: 'relocation' | 'group'): Field | undefined {
    const types: readonly number[] = structure === 'group' ? [SHT_GROUP] : [SHT_RELA, SHT_REL];
    const sections = object.sectionNames.flatMap((_, index) =>
      types.includes(object.section(index, 'sh_type')) && object.section(index, 'sh_size') > 0 ? [index] : [],
    );
    if (sections.length === 0) return undefined;
    const section = this.pick(sections);
    if (structure === 'group') {
      const count = object.section(section, 'sh_size') / 4;
      const word = this.below(count);
      return {
        name: `group ${section} word ${word}`,
        value: object.number(section, word * 4),
        neighbour: object.number(section, this.below(count) * 4),
        set: (to) => object.setNumber(section, word * 4, to),
      };
    }
    return this.relocationField(object, section);
  }

  private relocationField(object: BrokenObject, section: number): Field {
    const count = object.relocationCount(section);
    const [entry, other] = [this.below(count), this.below(count)];
    const hasAddend = object.section(section, 'sh_type') === SHT_RELA;
    const name = `relocation ${entry} of ${object.sectionNames[section] as string}`;
    // Half of r_info is the type, the other the symbol: each of them is a field.
    const field = this.pick(['r_offset', 'symbol', 'type', ...(hasAddend ? (['r_addend'] as const) : [])] as const);
    if (field === 'symbol') {
      return {
        name: `${name} symbol`,
        value: object.relocationSymbol(section, entry),
        neighbour: object.relocationSymbol(section, other),
        set: (to) =>
          object.setRelocationSymbol(section, entry, Number(BigInt.asUintN(object.bits === 64 ? 32 : 24, BigInt(to)))),
      };
    }
    if (field === 'type') {
      return {
        name: `${name} type`,
        value: object.relocationType(section, entry),
        neighbour: object.relocationType(section, other),
        set: (to) =>
          object.setRelocationType(section, entry, Number(BigInt.asUintN(object.bits === 64 ? 32 : 8, BigInt(to)))),
      };
    }
    const stored: RelocationField = field;
    return {
      name: `${name} ${stored}`,
      value: object.relocation(section, entry, stored),
      neighbour: object.relocation(section, other, stored),
      set: (to) => object.setRelocation(section, entry, stored, to),
    };
  }
}
