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
const FRAME = {
  cieLength: 0,
  version: 8,
  augmentation: 9,
  codeFactor: 12,
  returnRegister: 14,
  encoding: 16,
  fdeLength: 20,
  fdePointer: 24,
} as const;
const [SHF_ALLOC, SHF_EXECINSTR] = [2, 4] as const;
const GNU_PROPERTY_AARCH64_FEATURE_PAUTH = 0xc000_0001;

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

/** Gives the only note other properties: one of each size. */
function pointerAuthentication(object: BrokenObject, ...sizes: readonly number[]): BrokenObject {
  const properties = sizes.flatMap((size) => [
    GNU_PROPERTY_AARCH64_FEATURE_PAUTH,
    size,
    ...new Array<number>(size / 4).fill(0),
  ]);
  const name = object.data(PROPERTIES).slice(12, 16);
  return object.setData(PROPERTIES, [
    ...object.words(4, properties.length * 4, 5),
    ...name,
    ...object.words(...properties),
  ]);
}

export const POINTER_AUTHENTICATION_DEFECTS: readonly Defect[] = [
  {
    title: 'a pointer authentication ABI of half its size',
    condition: 'gnu-property-pauth',
    damage: (object) => pointerAuthentication(object, 8),
    says: 'GNU_PROPERTY_AARCH64_FEATURE_PAUTH entry is invalid: expected 16 bytes, but got 8',
    nearMiss: (object) => pointerAuthentication(object, 16),
    machines: ['aarch64', 'aarch64_be'],
    versions: [19, 22],
  },
  {
    title: 'two pointer authentication ABIs',
    condition: 'gnu-property-pauth',
    damage: (object) => pointerAuthentication(object, 16, 16),
    says: 'multiple GNU_PROPERTY_AARCH64_FEATURE_PAUTH entries are not supported',
    nearMiss: (object) => object.setNumber(PROPERTIES, NOTE.propertyType, 0xc000_1234),
    machines: ['aarch64', 'aarch64_be'],
    versions: [19, 22],
  },
];

export const STACK_MARKERS_DEFECTS: readonly Defect[] = [
  {
    title: 'code that asks for an executable stack',
    condition: 'executable-stack',
    damage: (object) => object.addFlags('.note.GNU-stack', SHF_EXECINSTR),
    says: 'requires an executable stack, but -z execstack is not specified',
    nearMiss: (object) => object.addFlags('.note.GNU-stack', SHF_ALLOC),
    output: 'final',
    versions: [22],
  },
  {
    title: 'code for split stacks',
    condition: 'split-stack',
    damage: (object) => object.addSection({ name: '.note.GNU-split-stack', sh_type: 1 }),
    says: 'cannot mix split-stack and non-split-stack in a relocatable link',
    nearMiss: (object) => object.addSection({ name: '.note.GNU-no-split-stack', sh_type: 1 }),
    output: 'relocatable',
  },
];

const SHT_ATTRIBUTES = 0x7000_0003;

/** Gives an object build attributes of its machine, in a section of their own: a version, a subsection of one scope. */
function buildAttributes(
  object: BrokenObject,
  { version = 0x41, vendor = 'riscv', scope = 1, tag = 6, sizeChange = 0, lengthChange = 0 } = {},
): BrokenObject {
  const attributes = [tag, 1];
  const size = 5 + attributes.length;
  const name = [...new TextEncoder().encode(vendor), 0];
  const length = 4 + name.length + size;
  const data = [
    version,
    ...object.words(length + lengthChange),
    ...name,
    scope,
    ...object.words(size + sizeChange),
    ...attributes,
  ];
  object.addSection({ name: '.attributes', sh_type: SHT_ATTRIBUTES, data: Uint8Array.from(data) });
  return object;
}

/** What is wrong, what ld.lld says of it, and how it comes about. */
const ATTRIBUTES_DAMAGE = [
  ['of another format', 'unrecognized format-version: 0x4A', { version: 0x4a }],
  ['of a subsection that leaves the section', 'invalid section length 1017 at offset 0x1', { lengthChange: 1000 }],
  ['of a scope shorter than its header', 'invalid attribute size 4 at offset 0xb', { sizeChange: -3 }],
  ['of an unknown scope', 'unrecognized tag 0x1d at offset 0xb', { scope: 29 }],
  ['with a tag of scopes', 'invalid tag 0x3 at offset 0x10', { tag: 3 }],
] as const;

export const BUILD_ATTRIBUTES_DEFECTS: readonly Defect[] = ATTRIBUTES_DAMAGE.map(([title, says, change]): Defect => ({
  title: `build attributes ${title}`,
  condition: 'attributes-encoding',
  damage: (object) => buildAttributes(object, change),
  says,
  nearMiss: (object) => buildAttributes(object),
  machines: ['riscv64'],
  isWarning: true,
}));

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
  {
    title: 'a common part of another version',
    condition: 'frame-common',
    damage: (object) => object.setNumber('.eh_frame', FRAME.version, 4, 1),
    says: 'corrupted .eh_frame: FDE version 1 or 3 expected, but got 4',
    nearMiss: (object) => object.setNumber('.eh_frame', FRAME.version, 3, 1),
    output: 'final',
    ehFrameHeader: true,
  },
  {
    title: 'a common part with an unknown letter',
    condition: 'frame-common',
    damage: (object) => object.setNumber('.eh_frame', FRAME.augmentation, 0x58, 1),
    says: 'corrupted .eh_frame: unknown .eh_frame augmentation string: XR',
    nearMiss: (object) => object.setNumber('.eh_frame', FRAME.encoding, 0x9b, 1),
    output: 'final',
    ehFrameHeader: true,
  },
  {
    title: 'a common part whose names of parts do not end',
    condition: 'frame-common',
    damage: (object) => object.setBytes('.eh_frame', FRAME.augmentation, new Array<number>(11).fill(0x53)),
    says: 'corrupted .eh_frame: corrupted CIE (failed to read string)',
    nearMiss: (object) => object.setNumber('.eh_frame', FRAME.encoding, 0x9b, 1),
    output: 'final',
    ehFrameHeader: true,
  },
  {
    title: 'a common part that ends within a number',
    condition: 'frame-common',
    damage: (object) => object.setBytes('.eh_frame', FRAME.codeFactor, new Array<number>(8).fill(0x80)),
    says: 'corrupted .eh_frame: corrupted CIE (failed to read LEB128)',
    nearMiss: (object) => object.setBytes('.eh_frame', FRAME.codeFactor, [0x01]),
    output: 'final',
    ehFrameHeader: true,
  },
  {
    title: 'a common part with an aligned personality',
    condition: 'frame-common',
    damage: (object) => object.setBytes('.eh_frame', FRAME.augmentation, [0x7a, 0x50, 0, 1, 0x7c, 16, 1, 0x50]),
    says: 'corrupted .eh_frame: DW_EH_PE_aligned encoding is not supported',
    nearMiss: (object) => object.setNumber('.eh_frame', FRAME.encoding, 0x9b, 1),
    output: 'final',
    ehFrameHeader: true,
  },
  {
    title: 'a common part with a personality of no known size',
    condition: 'frame-common',
    damage: (object) => object.setBytes('.eh_frame', FRAME.augmentation, [0x7a, 0x50, 0, 1, 0x7c, 16, 1, 0x05]),
    says: 'corrupted .eh_frame: unknown FDE encoding',
    nearMiss: (object) => object.setNumber('.eh_frame', FRAME.encoding, 0x9b, 1),
    output: 'final',
    ehFrameHeader: true,
  },
  {
    title: 'a common part that ends within its personality',
    condition: 'frame-common',
    damage: (object) => object.setBytes('.eh_frame', FRAME.augmentation, [0x7a, 0x50, 0, 1, 0x7c, 16, 1, 0x04]),
    says: 'corrupted .eh_frame: corrupted CIE',
    nearMiss: (object) => object.setNumber('.eh_frame', FRAME.encoding, 0x9b, 1),
    output: 'final',
    ehFrameHeader: true,
  },
  {
    title: 'a function whose place has no known size',
    condition: 'frame-function',
    damage: (object) => object.setNumber('.eh_frame', FRAME.encoding, 0x15, 1),
    says: 'unknown FDE size encoding',
    nearMiss: (object) => object.setNumber('.eh_frame', FRAME.encoding, 0x9b, 1),
    output: 'final',
    ehFrameHeader: true,
  },
  {
    title: 'a function whose place is relative to the data',
    condition: 'frame-function',
    damage: (object) => object.setNumber('.eh_frame', FRAME.encoding, 0x3b, 1),
    says: 'unknown FDE size relative encoding',
    nearMiss: (object) => object.setNumber('.eh_frame', FRAME.encoding, 0x9b, 1),
    output: 'final',
    ehFrameHeader: true,
  },
];
