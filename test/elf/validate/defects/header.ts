// The file header and the table of section headers.

import type { Defect } from '../defect.ts';

export const HEADER_DEFECTS: readonly Defect[] = [
  {
    title: 'section headers of another size',
    condition: 'section-header-size',
    damage: (object) => object.setHeader('e_shentsize', 1),
    says: 'invalid e_shentsize in ELF header: 1',
    nearMiss: (object) => object.setHeader('e_phentsize', 1),
  },
  {
    title: 'section headers that begin past the end of the file',
    condition: 'section-table-bounds',
    damage: (object) => object.setHeader('e_shoff', 0x7fffff),
    says: 'section header table goes past the end of the file: e_shoff = 0x7fffff',
    nearMiss: (object) => object.setHeader('e_phoff', 0x7fffff),
  },
  {
    title: 'more section headers than the file has room for',
    condition: 'section-table-bounds',
    damage: (object) => object.setHeader('e_shnum', object.sectionCount + 1),
    says: 'section table goes past the end of file',
    nearMiss: (object) => object.setHeader('e_shnum', object.sectionCount),
  },
  {
    title: 'too many section headers, counted by the null section',
    condition: 'section-table-bounds',
    damage: (object) => object.setHeader('e_shnum', 0).setSection(0, 'sh_size', 0xffffff),
    says: 'section table goes past the end of file',
    nearMiss: (object) => object.setHeader('e_shnum', 0).setSection(0, 'sh_size', object.sectionCount),
  },
  {
    title: 'a section of names that does not exist',
    condition: 'section-names-index',
    damage: (object) => object.setHeader('e_shstrndx', 999),
    says: 'section header string table index 999 does not exist',
    nearMiss: (object) => object.setSection(0, 'sh_link', object.header('e_shstrndx')).setHeader('e_shstrndx', 0xffff),
  },
  {
    title: 'names of sections that are no string table',
    condition: 'section-names-index',
    damage: (object) => object.setHeader('e_shstrndx', object.sectionIndex('.text')),
    says: 'expected SHT_STRTAB, but got SHT_PROGBITS',
    nearMiss: (object) =>
      object.setHeader(
        'e_shstrndx',
        object.addSection({ name: '.shstrtab', sh_type: 3, data: object.data('.strtab') }),
      ),
  },
  {
    title: 'a file of another type',
    condition: 'file-type',
    damage: (object) => object.setHeader('e_type', 0),
    says: 'unknown file type',
    nearMiss: (object) => object.setHeader('e_version', 0),
  },
  {
    title: 'the first version of an ABI',
    condition: 'machine-flags',
    damage: (object) => object.setHeader('e_flags', 1),
    says: 'ABI version 1 is not supported',
    nearMiss: (object) => object.setHeader('e_flags', 2),
    machines: ['powerpc64'],
    versions: [13, 14, 16, 19, 22],
  },
  {
    title: 'a version of an ABI that does not exist',
    condition: 'machine-flags',
    damage: (object) => object.setHeader('e_flags', 0x80000002),
    says: 'unrecognized e_flags: 2147483650',
    nearMiss: (object) => object.setHeader('e_flags', 0),
    machines: ['powerpc64'],
    versions: [13, 14, 16, 19, 22],
  },
];
