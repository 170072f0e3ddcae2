// Relocations: their symbols, targets, types and offsets.

import type { BrokenObject } from '../../../helpers/broken-object.ts';
import type { Defect } from '../defect.ts';

const SHT_CREL = 0x4000_0014;

/** Makes the relocations of `.metadata` CREL: a count, then for each entry a byte of flags and the changes. */
function compactRelocations(object: BrokenObject, bytes: readonly number[]): BrokenObject {
  const section = object.relocationsOf('.metadata');
  return object.setData(section, bytes).setSection(section, 'sh_type', SHT_CREL).setSection(section, 'sh_entsize', 1);
}

/** Sets the symbol of a relocation to a number that may lie beyond the table. */
function setSymbolIndex(object: BrokenObject, target: string, symbol: number): BrokenObject {
  return object.setRelocationSymbol(object.relocationsOf(target), 0, symbol);
}

export const RELOCATIONS_DEFECTS: readonly Defect[] = [
  {
    title: 'a symbol behind the last one',
    condition: 'relocation-symbol-index',
    damage: (object) => setSymbolIndex(object, '.data', object.symbolCount),
    says: 'invalid symbol index',
    nearMiss: (object) => setSymbolIndex(object, '.data', 0),
  },
  {
    title: 'a symbol far behind the last one, in a section that is not loaded',
    condition: 'relocation-symbol-index',
    damage: (object) => setSymbolIndex(object, '.metadata', 0xfffff0),
    says: 'invalid symbol index',
    nearMiss: (object) => setSymbolIndex(object, '.metadata', object.symbolIndex('undefined')),
  },
  {
    title: 'a symbol behind the last one, in unwind tables',
    condition: 'relocation-symbol-index',
    damage: (object) => setSymbolIndex(object, '.eh_frame', object.symbolCount),
    says: 'invalid symbol index',
    nearMiss: (object) => setSymbolIndex(object, '.eh_frame', object.symbolIndex('hidden')),
  },
  {
    title: 'a symbol behind the last one, in a section of a group',
    condition: 'relocation-symbol-index',
    damage: (object) => setSymbolIndex(object, '.data.signature', object.symbolCount),
    says: 'invalid symbol index',
    nearMiss: (object) => setSymbolIndex(object, '.data.signature', object.symbolIndex('start')),
  },
  {
    title: 'relocations of a section that does not exist',
    condition: 'relocation-target',
    damage: (object) => object.setSection(object.relocationsOf('.data'), 'sh_info', 9999),
    says: ' has invalid sh_info (9999)',
    nearMiss: (object) => object.setSection(object.relocationsOf('.data'), 'sh_addr', 9999),
  },
  {
    title: 'relocations of a string table',
    condition: 'relocation-target',
    damage: (object) => object.setSection(object.relocationsOf('.data'), 'sh_info', object.sectionIndex('.strtab')),
    says: ' has invalid sh_info (1)',
    nearMiss: (object) =>
      object.setSection(object.relocationsOf('.metadata'), 'sh_info', object.sectionIndex('.rodata.constants')),
  },
  {
    title: 'relocations of relocations',
    condition: 'relocation-target',
    damage: (object) => object.setSection(object.relocationsOf('.metadata'), 'sh_info', object.relocationsOf('.data')),
    says: ' has invalid sh_info (',
    nearMiss: (object) =>
      object.setSection(object.relocationsOf('.metadata'), 'sh_info', object.sectionIndex('.rodata.constants')),
    output: 'final',
  },
  {
    title: 'relocations of themselves, where those of others pass',
    condition: 'relocation-target',
    damage: (object) =>
      object.setSection(object.relocationsOf('.metadata'), 'sh_info', object.relocationsOf('.metadata')),
    says: ' has invalid sh_info (',
    nearMiss: (object) =>
      object.setSection(object.relocationsOf('.metadata'), 'sh_info', object.relocationsOf('.data')),
    output: 'relocatable',
  },
  {
    title: 'relocations of the relocations of what is dropped',
    condition: 'relocation-target',
    damage: (object) =>
      object
        .setSection(object.relocationsOf('.data'), 'sh_info', object.sectionIndex('.note.GNU-stack'))
        .setSection(object.relocationsOf('.metadata'), 'sh_info', object.relocationsOf('.data')),
    says: ' has invalid sh_info (',
    nearMiss: (object) =>
      object.setSection(object.relocationsOf('.metadata'), 'sh_info', object.relocationsOf('.data')),
    output: 'relocatable',
  },
  {
    title: 'two sections of relocations for one section of relocations',
    condition: 'relocation-sections',
    damage: (object) =>
      object
        .setSection(object.copySection(object.relocationsOf('.data')), 'sh_info', object.relocationsOf('.data'))
        .setSection(object.relocationsOf('.metadata'), 'sh_info', object.relocationsOf('.data')),
    says: 'multiple relocation sections to one section are not supported',
    nearMiss: (object) =>
      object.setSection(object.relocationsOf('.metadata'), 'sh_info', object.relocationsOf('.data')),
    output: 'relocatable',
  },
  {
    title: 'relocations of the null section',
    condition: 'relocation-target',
    damage: (object) => object.setSection(object.relocationsOf('.data'), 'sh_info', 0),
    says: ' has invalid sh_info (0)',
    nearMiss: (object) => object.setSection(object.relocationsOf('.data'), 'sh_size', 0),
  },
  {
    title: 'two sections of relocations for one section',
    condition: 'relocation-sections',
    damage: (object) => object.copySection(object.relocationsOf('.data')),
    says: '(.data): multiple relocation sections to one section are not supported',
    nearMiss: (object) =>
      object.setSection(
        object.copySection(object.relocationsOf('.metadata')),
        'sh_info',
        object.sectionIndex('.ordered'),
      ),
  },
  {
    title: 'a type that the machine does not have',
    condition: 'relocation-type',
    damage: (object) => object.setRelocationType(object.relocationsOf('.data'), 0, 200),
    says: '(.data+0x0): unknown relocation (200) against symbol start',
    nearMiss: (object) => object.setRelocationType(object.relocationsOf('.data'), 0, 0),
    output: 'final',
    machines: ['x86_64', 'powerpc'],
  },
  {
    title: 'a type that the machine does not have, in a function',
    condition: 'relocation-type',
    damage: (object) => {
      const section = object.relocationsOf('.data');
      object
        .setSection(section, 'sh_info', object.sectionIndex('.text'))
        .setSection(section, 'sh_size', object.section(section, 'sh_entsize'))
        .setRelocationType(section, 0, 200)
        .setRelocation(section, 0, 'r_offset', 10);
    },
    says: '(function start: .text+0xa): unknown relocation (200) against symbol start',
    nearMiss: (object) => object.setRelocationType(object.relocationsOf('.data'), 1, 0),
    output: 'final',
    machines: ['x86_64', 'aarch64_be'],
  },
  {
    title: 'an offset past the end of its section',
    condition: 'relocation-offset',
    damage: (object) => object.setRelocation(object.relocationsOf('.data'), 0, 'r_offset', 0x7fff_ff00),
    nearMiss: (object) =>
      object.setRelocation(
        object.relocationsOf('.data'),
        0,
        'r_offset',
        object.section('.data', 'sh_size') - object.bits / 8,
      ),
    output: 'final',
    machines: ['x86_64', 'aarch64_be'],
  },
  {
    title: 'a symbol behind the last one, in compact relocations',
    condition: 'relocation-symbol-index',
    damage: (object) => compactRelocations(object, [0x08, 0x01, 0x3f]),
    says: 'invalid symbol index',
    nearMiss: (object) => compactRelocations(object, [0x08, 0x01, 0x01]),
    versions: [19, 22],
  },
];
