// Symbols, their order, and the table of extended section indices.

import type { BrokenObject } from '../../../helpers/broken-object.ts';
import type { Defect } from '../defect.ts';

const SHT_SYMTAB_SHNDX = 18;
const [SHN_UNDEF, SHN_ABS, SHN_XINDEX] = [0, 0xfff1, 0xffff] as const;
const [STB_LOCAL, STB_GLOBAL, STB_WEAK, STB_GNU_UNIQUE] = [0, 1, 2, 10] as const;
const STT_COMMON = 5;

/** Puts the section of `start` into a table of extended indices. */
function extendedIndices(object: BrokenObject, section: number, missing = 0, link = object.symbolTable): BrokenObject {
  const words = Array.from({ length: object.symbolCount - missing }, (_, symbol) =>
    symbol === object.symbolIndex('start') ? section : 0,
  );
  const data = object.words(...words);
  object.addSection({ name: '.symtab_shndx', sh_type: SHT_SYMTAB_SHNDX, sh_link: link, sh_entsize: 4, data });
  return object.setSymbol('start', 'st_shndx', SHN_XINDEX);
}

export const SYMBOLS_DEFECTS: readonly Defect[] = [
  {
    title: 'a symbol table without any local symbol, not even the null symbol',
    condition: 'symbol-first-global',
    damage: (object) => object.setSection('.symtab', 'sh_info', 0),
    says: 'invalid sh_info in symbol table',
    nearMiss: (object) => object.setSection('.strtab', 'sh_info', 0),
  },
  {
    title: 'a first global symbol past the end of the table',
    condition: 'symbol-first-global',
    damage: (object) => object.setSection('.symtab', 'sh_info', object.symbolCount + 1),
    says: 'invalid sh_info in symbol table',
    nearMiss: (object) => object.setSection('.strtab', 'sh_info', object.symbolCount + 1),
  },
  {
    title: 'a local symbol behind the first global one',
    condition: 'symbol-order-local',
    damage: (object) => object.setSection('.symtab', 'sh_info', object.section('.symtab', 'sh_info') - 1),
    says: 'symbol (',
    nearMiss: (object) => object.setBinding('start', STB_WEAK),
  },
  {
    title: 'a global symbol among the local ones',
    condition: 'symbol-order-global',
    damage: (object) => object.setBinding('local_function', STB_GLOBAL),
    says: ") found at index < .symtab's sh_info (",
    nearMiss: (object) => object.setBinding('local_function', STB_LOCAL),
  },
  {
    title: 'a binding that does not exist',
    condition: 'symbol-binding',
    damage: (object) => object.setBinding('start', 5),
    says: 'binding: 5',
    nearMiss: (object) => object.setBinding('start', STB_GNU_UNIQUE),
  },
  {
    title: 'a binding that does not exist, of an undefined symbol before a defined one',
    condition: 'symbol-binding',
    // The undefined symbol stands first, and only newer versions look at it.
    damage: (object) => object.setSymbol('start', 'st_shndx', SHN_UNDEF).setBinding('start', 6).setBinding('data', 7),
    says: 'unexpected binding: 7',
    nearMiss: (object) => object.setSymbol('data', 'st_shndx', SHN_UNDEF).setBinding('data', 7),
    versions: [14],
  },
  {
    title: 'a binding that does not exist, of a symbol that is not common',
    condition: 'symbol-binding',
    damage: (object) => object.setBinding('absolute', 5),
    says: 'unexpected binding: 5',
    // A common symbol may have any.
    nearMiss: (object) => object.setBinding('common', 5),
    versions: [13, 14],
  },
  {
    title: 'the table of offsets, defined',
    condition: 'symbol-reserved',
    damage: (object) => object.setName('start', '_GLOBAL_OFFSET_TABLE_'),
    says: "cannot redefine linker defined symbol '_GLOBAL_OFFSET_TABLE_'",
    nearMiss: (object) => object.setName('common', '_GLOBAL_OFFSET_TABLE_').setName('start', '.TOC.'),
    output: 'final',
  },
  {
    title: 'the table of offsets of PowerPC64, defined',
    condition: 'symbol-reserved',
    damage: (object) => object.setName('start', '.TOC.'),
    says: "cannot redefine linker defined symbol '.TOC.'",
    nearMiss: (object) => object.setName('start', '_GLOBAL_OFFSET_TABLE_'),
    output: 'final',
    machines: ['powerpc64'],
  },
  {
    title: 'a name of a global symbol past the end of the names',
    condition: 'symbol-name-offset',
    damage: (object) => object.setSymbol('start', 'st_name', 0xffffff),
    says: 'st_name (0xffffff) is past the end of the string table of size 0x',
    nearMiss: (object) => object.setSymbol('start', 'st_name', object.section('.strtab', 'sh_size') - 1),
  },
  {
    title: 'a name of a local symbol past the end of the names',
    condition: 'symbol-name-offset',
    damage: (object) => object.setSymbol('local_function', 'st_name', 0xffffff),
    says: 'invalid symbol name offset',
    nearMiss: (object) => object.setSymbol('local_function', 'st_name', 0),
  },
  {
    title: 'a symbol in a section that does not exist',
    condition: 'symbol-section-index',
    damage: (object) => object.setSymbol('start', 'st_shndx', 0x1234),
    says: 'invalid section index: 4660',
    nearMiss: (object) => object.setSymbol('start', 'st_shndx', SHN_ABS),
  },
  {
    title: 'a local symbol in the section behind the last one',
    condition: 'symbol-section-index',
    damage: (object) => object.setSymbol('local_function', 'st_shndx', object.sectionCount),
    says: 'invalid section index: ',
    nearMiss: (object) => object.setSymbol('local_function', 'st_shndx', object.sectionIndex('.data')),
  },
  {
    title: 'a common symbol without an alignment',
    condition: 'common-alignment',
    damage: (object) => object.setSymbol('common', 'st_value', 0),
    says: "common symbol 'common' has invalid alignment: 0",
    nearMiss: (object) => object.setSymbol('common', 'st_value', 1).setType('common', STT_COMMON),
  },
];

export const EXTENDED_SECTION_INDICES_DEFECTS: readonly Defect[] = [
  {
    title: 'a symbol that needs the table, which is missing',
    condition: 'extended-index-missing',
    damage: (object) => object.setSymbol('start', 'st_shndx', SHN_XINDEX),
    says: '), but unable to locate the extended symbol index table',
    nearMiss: (object) => extendedIndices(object, object.sectionIndex('.text')),
  },
  {
    title: 'a table of another length than that of the symbols',
    condition: 'extended-index-count',
    damage: (object) => extendedIndices(object, object.sectionIndex('.text'), 1),
    says: 'but the symbol table associated has ',
    nearMiss: (object) => extendedIndices(object, object.sectionIndex('.text')),
  },
  {
    title: 'an entry that names a section which does not exist',
    condition: 'symbol-section-index',
    damage: (object) => extendedIndices(object, 9999),
    says: 'invalid section index: 9999',
    nearMiss: (object) => extendedIndices(object, SHN_UNDEF),
  },
];
