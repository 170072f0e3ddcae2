// Section headers, string tables, mergeable and compressed sections.

import type { BrokenObject } from '../../../helpers/broken-object.ts';
import type { Defect } from '../defect.ts';

const [SHT_PROGBITS, SHT_STRTAB, SHT_HASH] = [1, 3, 5] as const;
const [SHF_WRITE, SHF_COMPRESSED] = [1, 0x800] as const;
const ELFCOMPRESS_ZLIB = 1;
const FAR = 0x7fffff;
/** The zlib stream of one zero byte. */
const ZLIB_ZERO = [0x78, 0x9c, 0x63, 0x00, 0x00, 0x00, 0x01, 0x00, 0x01];

/** Puts a compressed stream into `.metadata`, which loses its relocations' target. */
function compress(object: BrokenObject, type: number, size: number, stream: readonly number[]): BrokenObject {
  const header =
    object.bits === 64
      ? [...object.words(type, 0), ...object.addresses(size, 1)]
      : [...object.words(type), ...object.addresses(size, 1)];
  const index = object.addSection({
    name: '.debug_compressed',
    sh_type: SHT_PROGBITS,
    data: Uint8Array.from([...header, ...stream]),
  });
  return object.addFlags(index, SHF_COMPRESSED);
}

/** Gives the symbol table a string table of its own. */
function ownStrings(object: BrokenObject, data: Uint8Array, type: number = SHT_STRTAB): BrokenObject {
  const index = object.addSection({ name: '.symstrtab', sh_type: type, data });
  return object.setSection('.symtab', 'sh_link', index);
}

export const SECTIONS_DEFECTS: readonly Defect[] = [
  {
    title: 'a section past the end of the file',
    condition: 'section-bounds',
    damage: (object) => object.setSection('.data', 'sh_offset', FAR),
    says: 'that is greater than the file size',
    nearMiss: (object) => object.setSection('.bss', 'sh_offset', FAR),
  },
  {
    title: 'a section longer than the file',
    condition: 'section-bounds',
    damage: (object) => object.setSection('.text', 'sh_size', 0x60000),
    says: '+ sh_size (0x60000) that is greater than the file size',
    nearMiss: (object) => object.setSection('.bss', 'sh_size', 0x60000),
  },
  {
    title: 'a section whose end cannot be represented',
    condition: 'section-bounds',
    damage: (object) => object.setSection('.metadata', 'sh_offset', -1),
    says: 'that cannot be represented',
    nearMiss: (object) => object.setSection('.metadata', 'sh_addr', -1),
  },
  {
    title: 'a symbol table past the end of the file',
    condition: 'section-bounds',
    damage: (object) => object.setSection('.symtab', 'sh_offset', FAR),
    says: 'that is greater than the file size',
    nearMiss: (object) => object.setSection('.symtab', 'sh_addr', FAR),
  },
  {
    title: 'a name of a section past the end of the names',
    condition: 'section-name-offset',
    damage: (object) => object.setSection('.data', 'sh_name', 0xffffff),
    says: 'has an invalid sh_name (0xffffff) offset which goes past the end of the section name string table',
    nearMiss: (object) => object.setSection('.data', 'sh_name', object.section('.strtab', 'sh_size') - 1),
  },
  {
    title: 'an alignment that is no power of two',
    condition: 'section-alignment',
    damage: (object) => object.setSection('.data', 'sh_addralign', 3),
    says: '(.data): sh_addralign is not a power of 2',
    nearMiss: (object) => object.setSection('.data', 'sh_addralign', 16),
  },
  {
    title: 'an alignment beyond 32 bits',
    condition: 'section-alignment',
    damage: (object) => object.setSection('.data', 'sh_addralign', 2n ** 33n),
    says: 'section sh_addralign is too large',
    nearMiss: (object) => object.setSection('.data', 'sh_addralign', 0),
    machines: ['x86_64', 'aarch64_be'],
  },
  {
    title: 'a section of a type that relocatable files do not have',
    condition: 'section-type',
    damage: (object) => object.setSection('.metadata', 'sh_type', SHT_HASH),
    says: '(.metadata): unknown section type 0x5',
    nearMiss: (object) => object.setSection('.metadata', 'sh_type', 0x60001234),
    versions: [19, 22],
  },
  {
    title: 'a symbol table with entries of another size',
    condition: 'section-entry-size',
    damage: (object) => object.setSection('.symtab', 'sh_entsize', 23),
    says: 'has invalid sh_entsize: expected ',
    nearMiss: (object) => object.setSection('.strtab', 'sh_entsize', 23),
  },
  {
    title: 'a symbol table that ends within an entry',
    condition: 'section-size',
    damage: (object) => object.setSection('.symtab', 'sh_size', object.section('.symtab', 'sh_size') + 1),
    says: 'which is not a multiple of its sh_entsize',
    nearMiss: (object) => object.setSection('.text', 'sh_size', object.section('.text', 'sh_size') + 1),
  },
  {
    title: 'an order that follows a section which does not exist',
    condition: 'link-order-target',
    damage: (object) => object.setSection('.ordered', 'sh_link', 9999),
    says: 'invalid sh_link index: 9999',
    nearMiss: (object) => object.setSection('.ordered', 'sh_link', 0),
  },
  {
    title: 'an order that follows the symbol table',
    condition: 'link-order-target',
    damage: (object) => object.setSection('.ordered', 'sh_link', object.symbolTable),
    says: 'invalid sh_link index: ',
    nearMiss: (object) => object.setSection('.ordered', 'sh_link', object.sectionIndex('.data')),
  },
];

export const STRING_TABLES_DEFECTS: readonly Defect[] = [
  {
    title: 'names of symbols that are no string table',
    condition: 'symbol-table-strings',
    damage: (object) => ownStrings(object, object.data('.strtab'), SHT_PROGBITS),
    says: 'expected SHT_STRTAB, but got SHT_PROGBITS',
    nearMiss: (object) => ownStrings(object, object.data('.strtab')),
  },
  {
    title: 'an empty string table',
    condition: 'string-table-end',
    damage: (object) => ownStrings(object, new Uint8Array(0)),
    says: 'is empty',
    nearMiss: (object) => object.addSection({ name: '.unused', sh_type: SHT_STRTAB }),
  },
  {
    title: 'a string table without an end',
    condition: 'string-table-end',
    damage: (object) => ownStrings(object, object.data('.strtab').slice(0, -1)),
    says: 'is non-null terminated',
    nearMiss: (object) => object.addSection({ name: '.unused', sh_type: SHT_STRTAB, data: Uint8Array.of(0, 1) }),
  },
  {
    title: 'a symbol table whose string table does not exist',
    condition: 'symbol-table-strings',
    damage: (object) => object.setSection('.symtab', 'sh_link', 9999),
    says: 'invalid section index: 9999',
    nearMiss: (object) => object.setSection('.strtab', 'sh_link', 9999),
  },
  {
    title: 'dependent libraries without an end',
    condition: 'dependent-libraries-end',
    damage: (object) => object.setData('.deplibs', [0x6d, 0x71]),
    says: 'corrupted dependent libraries section (unterminated string): .deplibs',
    nearMiss: (object) => object.setData('.deplibs', []),
    output: 'final',
  },
];

export const MERGEABLE_SECTIONS_DEFECTS: readonly Defect[] = [
  {
    title: 'a size that is no multiple of that of the constants',
    condition: 'merge-size',
    damage: (object) => object.setSection('.rodata.constants', 'sh_size', 15),
    says: '(.rodata.constants): SHF_MERGE section size (15) must be a multiple of sh_entsize (8)',
    nearMiss: (object) => object.setSection('.rodata.constants', 'sh_size', 8),
  },
  {
    title: 'constants that can be written',
    condition: 'merge-writable',
    damage: (object) => object.addFlags('.rodata.constants', SHF_WRITE),
    says: '(.rodata.constants): writable SHF_MERGE section is not supported',
    nearMiss: (object) =>
      object.addFlags('.rodata.constants', SHF_WRITE).setSection('.rodata.constants', 'sh_entsize', 0),
  },
  {
    title: 'strings without an end',
    condition: 'merge-string-end',
    damage: (object) => object.setSection('.rodata.strings', 'sh_size', 7),
    says: '(.rodata.strings): string is not null terminated',
    nearMiss: (object) => object.setSection('.rodata.strings', 'sh_size', 4),
  },
  {
    title: 'a symbol past the end of the strings',
    condition: 'merge-offset',
    damage: (object) => object.setSymbol('string', 'st_value', 100),
    says: '(.rodata.strings): offset is outside the section',
    nearMiss: (object) => object.setSymbol('string', 'st_value', 7),
    machines: ['x86_64', 'i386'],
  },
];

export const COMPRESSED_SECTIONS_DEFECTS: readonly Defect[] = [
  {
    title: 'a section too short for the header of a compressed one',
    condition: 'compression-header',
    damage: (object) =>
      object.addFlags(
        object.addSection({ name: '.debug_x', sh_type: SHT_PROGBITS, data: Uint8Array.of(1) }),
        SHF_COMPRESSED,
      ),
    says: '(.debug_x): corrupted compressed section',
    nearMiss: (object) => compress(object, ELFCOMPRESS_ZLIB, 1, ZLIB_ZERO),
  },
  {
    title: 'an unknown compression',
    condition: 'compression-type',
    damage: (object) => compress(object, 9, 1, ZLIB_ZERO),
    says: '(.debug_compressed): unsupported compression type',
    nearMiss: (object) => compress(object, ELFCOMPRESS_ZLIB, 1, ZLIB_ZERO),
  },
];
