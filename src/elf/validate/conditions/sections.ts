// Conditions of section headers and of string tables, with the verdicts of ld.lld 13 to 22, GNU ld 2.40 and eu-elflint
// 0.188 as runs on broken objects showed them.

import type { IntegrityConditionTable } from '../verdict.ts';

const NOT_RECOGNIZED = 'file not recognized: file format not recognized';

/** What linkers do with a section, which settles which of its fields they read. */
const SECTION_USES = {
  input: 'code, data, debug information: its bytes become part of the output',
  kept: 'a group, or excluded (SHF_EXCLUDE): part of the output of -r only',
  relocations: 'a relocation section',
  table: 'a symbol table or string table, or the section has no use at all',
} as const;

export const SECTION_CONDITIONS = {
  'section-bounds': {
    summary: 'A section does not lie within the file.',
    situations: {
      ...SECTION_USES,
      marker: 'a section that linkers know by its name alone, such as .note.GNU-stack',
      overflow: 'sh_offset + sh_size has no sum of the width of the class, and the section is an input or a table',
    },
    verdicts: [
      {
        tool: 'lld',
        when: 'input',
        does: 'refuses',
        words:
          'section [index {section}] has a sh_offset ({offset:x}) + sh_size ({size:x}) that is greater than the file size ({fileSize:x})',
      },
      {
        tool: 'lld',
        when: 'table',
        does: 'refuses',
        words:
          'section [index {section}] has a sh_offset ({offset:x}) + sh_size ({size:x}) that is greater than the file size ({fileSize:x})',
      },
      {
        tool: 'lld',
        when: 'overflow',
        does: 'refuses',
        words: 'section [index {section}] has a sh_offset ({offset:x}) + sh_size ({size:x}) that cannot be represented',
      },
      {
        tool: 'lld',
        when: 'relocations',
        to: 13,
        does: 'refuses',
        words:
          'section [index {section}] has a sh_offset ({offset:x}) + sh_size ({size:x}) that is greater than the file size ({fileSize:x})',
      },
      {
        tool: 'lld',
        when: 'relocations',
        output: 'relocatable',
        does: 'refuses',
        words:
          'section [index {section}] has a sh_offset ({offset:x}) + sh_size ({size:x}) that is greater than the file size ({fileSize:x})',
      },
      // It reads on behind the file, and refuses what it takes for symbol indices, or crashes.
      { tool: 'lld', when: 'relocations', does: 'crashes' },
      {
        tool: 'lld',
        when: 'kept',
        output: 'relocatable',
        does: 'refuses',
        words:
          'section [index {section}] has a sh_offset ({offset:x}) + sh_size ({size:x}) that is greater than the file size ({fileSize:x})',
      },
      { tool: 'bfd', when: 'kept', output: 'final', does: 'warns', words: 'has a section extending past end of file' },
      {
        tool: 'bfd',
        when: 'marker',
        output: 'final',
        does: 'warns',
        words: 'has a section extending past end of file',
      },
      { tool: 'bfd', does: 'refuses', words: 'has a section extending past end of file' },
      { tool: 'elflint', when: 'relocations', does: 'refuses' },
      { tool: 'elflint', when: 'table', does: 'refuses' },
    ],
  },
  'section-overlap': {
    summary: 'Sections lie upon each other: together they are longer than the file. What is behind is not checked.',
    verdicts: [],
  },
  'section-unread': {
    summary:
      'A section could not be read: it is longer than the limits allow, or the file became shorter. It is not checked.',
    verdicts: [],
  },
  'section-name-offset': {
    summary: 'sh_name is past the end of the section name string table.',
    situations: SECTION_USES,
    verdicts: [
      {
        tool: 'lld',
        when: 'input',
        does: 'refuses',
        words:
          'a section [index {section}] has an invalid sh_name ({found:x}) offset which goes past the end of the section name string table',
      },
      {
        tool: 'lld',
        when: 'relocations',
        to: 13,
        does: 'refuses',
        words:
          'a section [index {section}] has an invalid sh_name ({found:x}) offset which goes past the end of the section name string table',
      },
      {
        tool: 'lld',
        when: 'relocations',
        output: 'relocatable',
        does: 'refuses',
        words:
          'a section [index {section}] has an invalid sh_name ({found:x}) offset which goes past the end of the section name string table',
      },
      {
        tool: 'lld',
        when: 'kept',
        output: 'relocatable',
        does: 'refuses',
        words:
          'a section [index {section}] has an invalid sh_name ({found:x}) offset which goes past the end of the section name string table',
      },
      { tool: 'bfd', does: 'refuses', words: NOT_RECOGNIZED },
      { tool: 'elflint', does: 'refuses', words: 'section [{section}]: invalid name' },
    ],
  },
  'section-alignment': {
    summary: 'sh_addralign is neither 0 nor a power of two below 2^32.',
    situations: {
      ...SECTION_USES,
      'input-large': 'an input whose alignment is 2^32 or more',
      'kept-large': 'a group, relocations or an excluded section whose alignment is 2^32 or more',
    },
    verdicts: [
      { tool: 'lld', when: 'input', does: 'refuses', words: '({name}): sh_addralign is not a power of 2' },
      { tool: 'lld', when: 'input-large', does: 'refuses', words: 'section sh_addralign is too large' },
      {
        tool: 'lld',
        when: 'kept',
        output: 'relocatable',
        does: 'refuses',
        words: '({name}): sh_addralign is not a power of 2',
      },
      {
        tool: 'lld',
        when: 'relocations',
        output: 'relocatable',
        does: 'refuses',
        words: '({name}): sh_addralign is not a power of 2',
      },
      {
        tool: 'lld',
        when: 'kept-large',
        output: 'relocatable',
        does: 'refuses',
        words: 'section sh_addralign is too large',
      },
    ],
  },
  'section-type': {
    summary: 'sh_type is one that no relocatable object has.',
    situations: {
      input: 'its bytes become part of the output',
      marker: 'linkers know it by its name alone, such as .note.GNU-stack',
    },
    verdicts: [
      {
        tool: 'lld',
        from: 17,
        when: 'marker',
        does: 'refuses',
        words: '<internal>:(): unknown section type {found:x}',
      },
      { tool: 'lld', from: 17, does: 'refuses', words: '({name}): unknown section type {found:x}' },
      { tool: 'bfd', does: 'refuses' },
      { tool: 'elflint', does: 'refuses' },
    ],
  },
  'section-entry-size': {
    summary: 'sh_entsize is not the size of the entries of such a table.',
    situations: {
      table: 'a symbol table or SHT_SYMTAB_SHNDX',
      group: 'a group',
      relocations: 'a relocation section',
      profile: 'SHT_LLVM_CALL_GRAPH_PROFILE',
    },
    verdicts: [
      {
        tool: 'lld',
        when: 'table',
        does: 'refuses',
        words: 'section [index {section}] has invalid sh_entsize: expected {expected}, but got {found}',
      },
      {
        tool: 'lld',
        when: 'group',
        does: 'refuses',
        words: 'section [index {section}] has invalid sh_entsize: expected {expected}, but got {found}',
      },
      {
        tool: 'lld',
        when: 'relocations',
        to: 13,
        does: 'refuses',
        words: 'section [index {section}] has invalid sh_entsize: expected {expected}, but got {found}',
      },
      {
        tool: 'lld',
        when: 'profile',
        to: 13,
        does: 'refuses',
        words: 'section [index {section}] has invalid sh_entsize: expected {expected}, but got {found}',
      },
      {
        tool: 'lld',
        when: 'profile',
        output: 'final',
        does: 'refuses',
        words: 'section [index {section}] has invalid sh_entsize: expected {expected}, but got {found}',
      },
      { tool: 'bfd', when: 'group', does: 'refuses', words: NOT_RECOGNIZED },
      { tool: 'bfd', when: 'table', does: 'refuses', words: NOT_RECOGNIZED },
      { tool: 'bfd', when: 'relocations', does: 'refuses', words: NOT_RECOGNIZED },
      { tool: 'elflint', when: 'table', does: 'refuses' },
      { tool: 'elflint', when: 'relocations', does: 'refuses' },
    ],
  },
  'section-size': {
    summary: 'sh_size of a table is no multiple of the size of its entries.',
    situations: {
      table: 'a symbol table or SHT_SYMTAB_SHNDX',
      group: 'a group',
      relocations: 'a relocation section',
      profile: 'SHT_LLVM_CALL_GRAPH_PROFILE',
    },
    verdicts: [
      {
        tool: 'lld',
        when: 'table',
        does: 'refuses',
        words:
          'section [index {section}] has an invalid sh_size ({found}) which is not a multiple of its sh_entsize ({expected})',
      },
      {
        tool: 'lld',
        when: 'group',
        does: 'refuses',
        words:
          'section [index {section}] has an invalid sh_size ({found}) which is not a multiple of its sh_entsize ({expected})',
      },
      {
        tool: 'lld',
        when: 'relocations',
        to: 13,
        does: 'refuses',
        words:
          'section [index {section}] has an invalid sh_size ({found}) which is not a multiple of its sh_entsize ({expected})',
      },
      {
        tool: 'lld',
        when: 'profile',
        to: 13,
        does: 'refuses',
        words:
          'section [index {section}] has an invalid sh_size ({found}) which is not a multiple of its sh_entsize ({expected})',
      },
      {
        tool: 'lld',
        when: 'profile',
        output: 'final',
        does: 'refuses',
        words:
          'section [index {section}] has an invalid sh_size ({found}) which is not a multiple of its sh_entsize ({expected})',
      },
      { tool: 'bfd', when: 'group', does: 'refuses', words: NOT_RECOGNIZED },
      { tool: 'elflint', does: 'refuses' },
    ],
  },
  'compression-header': {
    summary: 'A section with SHF_COMPRESSED is too short for the header of compressed sections.',
    verdicts: [
      { tool: 'lld', does: 'refuses', words: '({name}): corrupted compressed section' },
      { tool: 'elflint', does: 'refuses' },
    ],
  },
  'compression-type': {
    summary: 'The compression type of a section with SHF_COMPRESSED is not known to the linker.',
    situations: { unknown: 'neither zlib nor zstd', zstd: 'zstd, which lld reads since 16' },
    verdicts: [
      { tool: 'lld', to: 14, does: 'refuses', words: '({name}): unsupported compression type' },
      { tool: 'lld', from: 15, to: 15, does: 'refuses', words: '({name}): unsupported compression type ({found})' },
      {
        tool: 'lld',
        from: 16,
        when: 'unknown',
        does: 'refuses',
        words: '({name}): unsupported compression type ({found})',
      },
      { tool: 'bfd', when: 'unknown', does: 'refuses', words: NOT_RECOGNIZED },
    ],
  },
  'compression-nobits': {
    summary: 'A section without bytes in the file (SHT_NOBITS) claims to be compressed.',
    verdicts: [{ tool: 'lld', does: 'crashes' }],
  },
  'string-table-end': {
    summary: 'A string table that names are read from is empty or does not end with NUL.',
    situations: { empty: 'it has no bytes', unterminated: 'its last byte is not NUL' },
    verdicts: [
      {
        tool: 'lld',
        when: 'empty',
        does: 'refuses',
        words: 'SHT_STRTAB string table section [index {section}] is empty',
      },
      {
        tool: 'lld',
        when: 'unterminated',
        does: 'refuses',
        words: 'SHT_STRTAB string table section [index {section}] is non-null terminated',
      },
      { tool: 'bfd', does: 'refuses', words: NOT_RECOGNIZED },
      { tool: 'elflint', when: 'empty', does: 'refuses' },
    ],
  },
  'dependent-libraries-end': {
    summary: 'The last string of SHT_LLVM_DEPENDENT_LIBRARIES does not end with NUL.',
    situations: { read: 'the section is read', excluded: 'it has SHF_EXCLUDE, which lld looks at first up to 15' },
    verdicts: [
      { tool: 'lld', output: 'relocatable', does: 'refuses', words: '({name}): string is not null terminated' },
      {
        tool: 'lld',
        output: 'final',
        when: 'read',
        does: 'refuses',
        words: 'corrupted dependent libraries section (unterminated string): {name}',
      },
      {
        tool: 'lld',
        output: 'final',
        from: 16,
        does: 'refuses',
        words: 'corrupted dependent libraries section (unterminated string): {name}',
      },
    ],
  },
  'link-order-target': {
    summary: 'The sh_link of a section with SHF_LINK_ORDER names a section that it cannot be ordered by.',
    situations: {
      missing: 'past the last section',
      table: 'a symbol or string table',
      relocations: 'a relocation section',
      merge: 'a section whose entries are merged (SHF_MERGE)',
      discarded: 'a section that only -r keeps',
      marker: 'a section that linkers know by its name alone and drop',
    },
    verdicts: [
      { tool: 'lld', when: 'missing', does: 'refuses', words: 'invalid sh_link index: {found}' },
      { tool: 'lld', when: 'table', does: 'refuses', words: 'invalid sh_link index: {found}' },
      { tool: 'lld', when: 'relocations', output: 'final', does: 'refuses', words: 'invalid sh_link index: {found}' },
      {
        tool: 'lld',
        when: 'merge',
        does: 'refuses',
        words: 'a section {name} with SHF_LINK_ORDER should not refer a non-regular section: ({target})',
      },
      {
        tool: 'lld',
        when: 'discarded',
        output: 'final',
        does: 'refuses',
        words: '({name}): sh_link points to discarded section <internal>:()',
      },
      {
        tool: 'lld',
        when: 'marker',
        output: 'final',
        does: 'refuses',
        words: '({name}): sh_link points to discarded section <internal>:()',
      },
      { tool: 'bfd', when: 'missing', does: 'refuses', words: NOT_RECOGNIZED },
      { tool: 'bfd', when: 'table', does: 'refuses', words: NOT_RECOGNIZED },
      { tool: 'bfd', when: 'relocations', does: 'refuses', words: NOT_RECOGNIZED },
      { tool: 'elflint', when: 'missing', does: 'refuses' },
    ],
  },
  'link-order-cycle': {
    summary: 'Sections with SHF_LINK_ORDER are ordered by each other, or one by itself.',
    verdicts: [],
  },
} as const satisfies IntegrityConditionTable;
