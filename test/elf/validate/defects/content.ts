// What stands in sections: address significance, call-graph profiles, GNU properties, unwind tables.

import type { BrokenObject } from '../../../helpers/broken-object.ts';
import type { Defect } from '../defect.ts';

const [GNU_PROPERTY_AARCH64_FEATURE_1_AND, GNU_PROPERTY_X86_FEATURE_1_AND] = [0xc000_0000, 0xc000_0002] as const;
const PROFILE = '.llvm.call-graph-profile';
const PROFILE_RELOCATIONS = '.rel.llvm.call-graph-profile';
const PROPERTIES = '.note.gnu.property';
/** Where the fields of the only note and its only property stand. */
const NOTE = { nameSize: 0, descriptorSize: 4, type: 8, propertyType: 16, propertySize: 20 } as const;
/** Where the fields of the unwind tables stand: a CIE of 20 bytes, an FDE of 20 bytes, the end. */
const FRAME = { cieLength: 0, fdeLength: 20, fdePointer: 24 } as const;

/** Takes a relocation from the profile. */
function dropProfileRelocation(object: BrokenObject): BrokenObject {
  const size = object.section(PROFILE_RELOCATIONS, 'sh_size');
  return object.setSection(PROFILE_RELOCATIONS, 'sh_size', size - object.bits / 4);
}

export const ADDRESS_SIGNIFICANCE_DEFECTS: readonly Defect[] = [
  {
    title: 'a symbol far behind the last one',
    condition: 'address-significance-index',
    damage: (object) => object.setData('.llvm_addrsig', [0xff, 0xff, 0xff, 0x7f]),
    nearMiss: (object) => object.setData('.llvm_addrsig', [object.symbolCount - 1]),
    output: 'final',
    icf: true,
  },
  {
    title: 'an index without an end',
    condition: 'address-significance-encoding',
    damage: (object) => object.setData('.llvm_addrsig', [0x80]),
    says: 'could not decode addrsig section: malformed uleb128, extends past end',
    nearMiss: (object) => object.setData('.llvm_addrsig', [0x81, 0x80, 0x00]),
    output: 'final',
    icf: true,
  },
];

export const CALL_GRAPH_PROFILES_DEFECTS: readonly Defect[] = [
  {
    title: 'a symbol behind the last one, in a profile',
    condition: 'relocation-symbol-index',
    damage: (object) => object.setRelocationSymbol(PROFILE_RELOCATIONS, 0, object.symbolCount),
    says: 'invalid symbol index',
    nearMiss: (object) => object.setRelocationSymbol(PROFILE_RELOCATIONS, 0, 0),
    output: 'final',
  },
  {
    title: 'fewer relocations than weights ask for',
    condition: 'call-graph-count',
    damage: dropProfileRelocation,
    says: "number of relocations doesn't match Weights",
    nearMiss: (object) => dropProfileRelocation(dropProfileRelocation(object)).setSection(PROFILE, 'sh_size', 8),
    output: 'final',
  },
];

export const GNU_PROPERTIES_DEFECTS: readonly Defect[] = [
  {
    title: 'a note cut off',
    condition: 'gnu-property-note',
    damage: (object) => object.setSection(PROPERTIES, 'sh_size', 8),
    says: '(.note.gnu.property+0x0): data is too short',
    nearMiss: (object) => object.setSection(PROPERTIES, 'sh_size', 0),
    machines: ['x86_64', 'aarch64_be'],
  },
  {
    title: 'a note whose descriptor leaves the section',
    condition: 'gnu-property-note',
    damage: (object) => object.setNumber(PROPERTIES, NOTE.descriptorSize, 0x1000),
    says: '(.note.gnu.property+0x0): data is too short',
    nearMiss: (object) => object.setNumber(PROPERTIES, NOTE.type, 9),
    machines: ['x86_64', 'aarch64'],
  },
  {
    title: 'a property that leaves its note',
    condition: 'gnu-property-size',
    damage: (object) => object.setNumber(PROPERTIES, NOTE.propertySize, 0x100),
    says: '(.note.gnu.property+0x10): program property is too short',
    nearMiss: (object) => object.setNumber(PROPERTIES, NOTE.propertyType, 0xc000_1234),
    machines: ['x86_64', 'aarch64_be'],
  },
  {
    title: 'feature bits of AArch64 that are no word',
    condition: 'gnu-property-feature',
    damage: (object) =>
      object
        .setNumber(PROPERTIES, NOTE.propertyType, GNU_PROPERTY_AARCH64_FEATURE_1_AND)
        .setNumber(PROPERTIES, NOTE.propertySize, 3),
    says: '(.note.gnu.property+0x10): FEATURE_1_AND entry is too short',
    nearMiss: (object) => object.setNumber(PROPERTIES, NOTE.propertyType, GNU_PROPERTY_AARCH64_FEATURE_1_AND),
    machines: ['aarch64', 'aarch64_be'],
  },
  {
    title: 'feature bits of x86 that are no word',
    condition: 'gnu-property-feature',
    damage: (object) =>
      object
        .setNumber(PROPERTIES, NOTE.propertyType, GNU_PROPERTY_X86_FEATURE_1_AND)
        .setNumber(PROPERTIES, NOTE.propertySize, 2),
    says: '(.note.gnu.property+0x10): FEATURE_1_AND entry is too short',
    nearMiss: (object) => object.setNumber(PROPERTIES, NOTE.propertyType, GNU_PROPERTY_X86_FEATURE_1_AND),
    machines: ['x86_64', 'i386'],
  },
];

export const UNWIND_TABLES_DEFECTS: readonly Defect[] = [
  {
    title: 'an entry that leaves the section',
    condition: 'frame-size',
    damage: (object) => object.setNumber('.eh_frame', FRAME.fdeLength, 0x100),
    says: 'corrupted .eh_frame: CIE/FDE ends past the end of the section',
    nearMiss: (object) => object.setSection('.eh_frame', 'sh_size', object.section('.eh_frame', 'sh_size') - 4),
    output: 'final',
  },
  {
    title: 'an entry of 64 bits',
    condition: 'frame-size',
    damage: (object) => object.setNumber('.eh_frame', FRAME.cieLength, -1),
    says: 'corrupted .eh_frame: CIE/FDE too large',
    nearMiss: (object) => object.setNumber('.eh_frame', 8, 3, 1),
    output: 'final',
  },
  {
    title: 'bytes behind the last entry that are no length',
    condition: 'frame-size',
    damage: (object) => object.setSection('.eh_frame', 'sh_size', object.section('.eh_frame', 'sh_size') - 2),
    says: 'corrupted .eh_frame: CIE/FDE too small',
    nearMiss: (object) => object.setSection('.eh_frame', 'sh_size', object.section('.eh_frame', 'sh_size') - 4),
    output: 'final',
  },
  {
    title: 'an entry of a function without its common part',
    condition: 'frame-reference',
    damage: (object) => object.setNumber('.eh_frame', FRAME.fdePointer, 8),
    says: '(.eh_frame): invalid CIE reference',
    nearMiss: (object) => object.setNumber('.eh_frame', FRAME.fdePointer + 8, 4),
    output: 'final',
  },
  {
    title: 'a relocation outside all entries',
    condition: 'frame-relocation',
    damage: (object) =>
      object.setRelocation(object.relocationsOf('.eh_frame'), 0, 'r_offset', object.section('.eh_frame', 'sh_size')),
    says: '.eh_frame: relocation is not in any piece',
    nearMiss: (object) => object.setRelocation(object.relocationsOf('.eh_frame'), 0, 'r_offset', 12),
    output: 'final',
  },
];
