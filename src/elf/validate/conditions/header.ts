// Conditions of the ELF header and of the section header table, with the verdicts of ld.lld 13 to 22, GNU ld 2.40 and
// eu-elflint 0.188 as runs on broken objects showed them.

import type { IntegrityConditionTable } from '../verdict.ts';

export const HEADER_CONDITIONS = {
  'section-header-size': {
    summary: 'e_shentsize is not the size of a section header of the class.',
    anyFile: true,
    verdicts: [
      { tool: 'lld', does: 'refuses', words: 'invalid e_shentsize in ELF header: {found}' },
      { tool: 'bfd', does: 'refuses', words: 'file not recognized: file format not recognized' },
      { tool: 'elflint', does: 'refuses', words: 'invalid section header size: {found}' },
    ],
  },
  'section-table-bounds': {
    summary: 'The section header table does not lie within the file.',
    anyFile: true,
    situations: {
      start: 'not even one header fits behind e_shoff',
      end: 'there are fewer headers than e_shnum, or the sh_size of section 0, says',
      none: 'a relocatable object has no section headers',
    },
    verdicts: [
      {
        tool: 'lld',
        when: 'start',
        does: 'refuses',
        words: 'section header table goes past the end of the file: e_shoff = {found:x}',
      },
      { tool: 'lld', when: 'end', does: 'refuses', words: 'section table goes past the end of file' },
      { tool: 'lld', when: 'none', does: 'refuses', words: 'section header string table index {names} does not exist' },
      { tool: 'bfd', does: 'refuses', words: 'file not recognized: file format not recognized' },
      { tool: 'elflint', does: 'refuses' },
    ],
  },
  'section-names-index': {
    summary: 'e_shstrndx names no string table, so sections have no names.',
    situations: {
      missing: 'it is past the last section',
      zero: 'it is 0, or stands for a 0 in section 0',
      type: 'it names a section that is no string table',
    },
    verdicts: [
      {
        tool: 'lld',
        when: 'missing',
        does: 'refuses',
        words: 'section header string table index {found} does not exist',
      },
      { tool: 'lld', when: 'zero', does: 'refuses' },
      {
        tool: 'lld',
        when: 'type',
        does: 'refuses',
        words: 'invalid sh_type for string table section [index {found}]: expected SHT_STRTAB, but got {type}',
      },
      { tool: 'bfd', does: 'warns', words: 'has a corrupt string table index' },
      { tool: 'elflint', does: 'refuses' },
    ],
  },
  'file-type': {
    summary: 'e_type is none of the types that linkers know.',
    anyFile: true,
    verdicts: [
      { tool: 'lld', does: 'refuses', words: 'unknown file type' },
      { tool: 'elflint', does: 'refuses', words: 'unknown object file type {found}' },
    ],
  },
  'input-type': {
    summary:
      'A sound file is none that can be linked. It is only told of files that are said to be inputs (`asInput`).',
    anyFile: true,
    situations: {
      program: 'a program (ET_EXEC)',
      core: 'a core file (ET_CORE)',
      library: 'a shared library (ET_DYN), with -r',
    },
    verdicts: [
      {
        tool: 'lld',
        when: 'library',
        does: 'refuses',
        words: 'attempted static link of dynamic object {path}',
      },
      { tool: 'lld', does: 'refuses', words: 'unknown file type' },
      {
        tool: 'bfd',
        when: 'program',
        does: 'refuses',
        words: "cannot use executable file '{path}' as input to a link",
      },
      { tool: 'bfd', when: 'core', does: 'refuses', words: 'file not recognized: file format not recognized' },
      {
        tool: 'bfd',
        when: 'library',
        does: 'refuses',
        words: "attempted static link of dynamic object `{path}'",
      },
    ],
  },
  'file-version': {
    summary: 'EI_VERSION is not 1.',
    anyFile: true,
    verdicts: [
      { tool: 'bfd', does: 'refuses', words: 'file not recognized: file format not recognized' },
      { tool: 'elflint', does: 'refuses', words: 'Not an ELF file - it has the wrong magic bytes at the start' },
    ],
  },
  'machine-unknown': {
    summary: 'e_machine is 0, or a machine that ld.lld does not link for.',
    situations: { relocations: 'the object has relocations', plain: 'it has none' },
    verdicts: [
      { tool: 'lld', from: 17, does: 'refuses', words: 'unsupported e_machine value: {found}' },
      { tool: 'lld', to: 16, when: 'relocations', output: 'final', does: 'crashes' },
      { tool: 'lld', to: 16, does: 'misbehaves' },
      { tool: 'bfd', when: 'relocations', does: 'refuses', words: 'Relocations in generic ELF (EM: {found})' },
      { tool: 'elflint', does: 'refuses', words: 'unknown machine type {found}' },
    ],
  },
  'machine-flags': {
    summary: 'e_flags of PowerPC64 say another version of the ABI than the second one, or have bits without a meaning.',
    situations: { first: 'they are 1, the first version', unknown: 'they are above 2' },
    verdicts: [
      { tool: 'lld', when: 'first', does: 'refuses', words: 'ABI version 1 is not supported' },
      { tool: 'lld', when: 'unknown', does: 'refuses', words: 'unrecognized e_flags: {found}' },
      { tool: 'elflint', when: 'unknown', does: 'refuses', words: 'invalid machine flags: {found:x}' },
    ],
  },
} as const satisfies IntegrityConditionTable;
