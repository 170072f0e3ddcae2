// Conditions of the symbol table and of what stands beside it, with the verdicts of ld.lld 13 to 22, GNU ld 2.40 and
// eu-elflint 0.188 as runs on broken objects showed them.

import type { IntegrityConditionTable } from '../verdict.ts';

const NOT_RECOGNIZED = 'file not recognized: file format not recognized';

export const SYMBOL_CONDITIONS = {
  'symbol-table-count': {
    summary: 'There is more than one SHT_SYMTAB section.',
    verdicts: [
      {
        tool: 'bfd',
        does: 'warns',
        words: 'warning: multiple symbol tables detected - ignoring the table in section {section}',
      },
      { tool: 'elflint', does: 'refuses' },
    ],
  },
  'symbol-table-strings': {
    summary: 'The sh_link of the symbol table names no string table.',
    situations: { missing: 'it is past the last section', type: 'it names a section of another type' },
    verdicts: [
      { tool: 'lld', when: 'missing', does: 'refuses', words: 'invalid section index: {found}' },
      {
        tool: 'lld',
        when: 'type',
        does: 'refuses',
        words: 'invalid sh_type for string table section [index {found}]: expected SHT_STRTAB, but got {type}',
      },
      { tool: 'bfd', when: 'missing', does: 'refuses', words: NOT_RECOGNIZED },
      {
        tool: 'bfd',
        when: 'type',
        does: 'refuses',
        words: 'attempt to load strings from a non-string section (number {found})',
      },
      { tool: 'elflint', does: 'refuses' },
    ],
  },
  'symbol-first-global': {
    summary: 'sh_info of the symbol table, the index of the first global symbol, is 0 or more than there are symbols.',
    situations: { zero: 'it is 0', large: 'it is more than there are symbols' },
    verdicts: [
      { tool: 'lld', does: 'refuses', words: 'invalid sh_info in symbol table' },
      { tool: 'bfd', when: 'zero', does: 'refuses', words: '.symtab local symbol at index 0 (>= sh_info of 0)' },
      { tool: 'bfd', when: 'large', does: 'refuses', words: NOT_RECOGNIZED },
      { tool: 'elflint', does: 'refuses' },
    ],
  },
  'symbol-order-global': {
    summary: 'A symbol before sh_info is not local.',
    situations: { section: 'the first one is a section symbol', symbol: 'it is none' },
    verdicts: [
      {
        tool: 'lld',
        does: 'refuses',
        words: "non-local symbol ({entry}) found at index < .symtab's sh_info ({localCount})",
      },
      { tool: 'bfd', when: 'section', does: 'refuses', words: 'corrupt input' },
      // It takes the symbol for a local one, which nobody else finds.
      { tool: 'bfd', does: 'misbehaves' },
      { tool: 'elflint', does: 'refuses' },
    ],
  },
  'symbol-order-local': {
    summary: 'A symbol at or behind sh_info is local.',
    verdicts: [
      {
        tool: 'lld',
        to: 14,
        does: 'refuses',
        words: "STB_LOCAL symbol ({entry}) found at index >= .symtab's sh_info ({localCount})",
      },
      { tool: 'lld', from: 15, does: 'refuses', words: 'symbol ({entry}) has invalid binding: 0' },
      {
        tool: 'bfd',
        does: 'refuses',
        words: '.symtab local symbol at index {entry} (>= sh_info of {localCount})',
      },
      { tool: 'elflint', does: 'refuses' },
    ],
  },
  'symbol-binding': {
    summary: 'A symbol has a binding that is none of STB_LOCAL, STB_GLOBAL, STB_WEAK and STB_GNU_UNIQUE.',
    situations: {
      defined: 'one of them is defined, neither as a common symbol nor in a section that is dropped',
      undefined: 'none of them is',
    },
    verdicts: [
      { tool: 'lld', to: 14, when: 'defined', does: 'refuses', words: 'unexpected binding: {definedBinding}' },
      { tool: 'lld', from: 15, does: 'refuses', words: 'symbol ({entry}) has invalid binding: {found}' },
      { tool: 'elflint', does: 'refuses' },
    ],
  },
  'symbol-reserved': {
    summary:
      'The symbol that stands for the table of offsets, `_GLOBAL_OFFSET_TABLE_` or of PowerPC64 `.TOC.`, is defined, and not as a common symbol.',
    situations: { table: '`_GLOBAL_OFFSET_TABLE_`', toc: '`.TOC.`' },
    verdicts: [
      {
        tool: 'lld',
        output: 'final',
        does: 'refuses',
        words: "cannot redefine linker defined symbol '{symbol}'",
      },
      { tool: 'elflint', when: 'table', does: 'refuses' },
    ],
  },
  'symbol-type': {
    summary: 'A symbol has a type that is none of those of the gABI and of GNU.',
    situations: { complex: 'the types 8 and 9, which GNU ld takes for expressions', other: 'any other' },
    verdicts: [
      { tool: 'bfd', when: 'complex', output: 'final', does: 'refuses' },
      { tool: 'elflint', does: 'refuses' },
    ],
  },
  'symbol-name-offset': {
    summary: 'st_name is past the end of the string table.',
    situations: {
      local: 'the first one is local, and neither a file nor a section symbol',
      section: 'the first one is a section symbol',
      other: 'the first one is global, or a file symbol',
      null: 'it is the null symbol alone',
    },
    verdicts: [
      { tool: 'lld', when: 'local', does: 'refuses', words: 'invalid symbol name offset' },
      { tool: 'lld', when: 'section', does: 'refuses', words: 'invalid symbol name offset' },
      { tool: 'lld', when: 'null', does: 'refuses', words: 'invalid symbol name offset' },
      {
        tool: 'lld',
        when: 'other',
        does: 'refuses',
        words: 'st_name ({found:x}) is past the end of the string table of size {size:x}',
      },
      {
        tool: 'bfd',
        when: 'other',
        does: 'refuses',
        words: "invalid string offset {found} >= {size} for section `{strings}'",
      },
      {
        tool: 'bfd',
        when: 'local',
        does: 'refuses',
        words: "invalid string offset {found} >= {size} for section `{strings}'",
      },
      {
        tool: 'bfd',
        when: 'section',
        does: 'warns',
        words: "invalid string offset {found} >= {size} for section `{strings}'",
      },
      { tool: 'elflint', does: 'refuses' },
    ],
  },
  'symbol-section-index': {
    summary: 'A symbol is defined in a section that does not exist.',
    situations: {
      section: 'the first one is a section symbol',
      local: 'the first one is another local one',
      global: 'the first one is global',
    },
    verdicts: [
      { tool: 'lld', does: 'refuses', words: 'invalid section index: {found}' },
      { tool: 'bfd', when: 'section', output: 'relocatable', does: 'refuses', words: 'final link failed: bad value' },
      { tool: 'elflint', does: 'refuses' },
    ],
  },
  'section-symbol-section': {
    summary:
      'A section symbol that relocations refer to belongs to none: its st_shndx is a reserved value, or a symbol or string table.',
    verdicts: [
      { tool: 'lld', output: 'relocatable', does: 'crashes' },
      { tool: 'bfd', output: 'relocatable', does: 'refuses', words: 'final link failed: bad value' },
      { tool: 'elflint', does: 'refuses' },
    ],
  },
  'extended-index-missing': {
    summary:
      'A symbol has its section number in SHT_SYMTAB_SHNDX (st_shndx is SHN_XINDEX), but there is no such section.',
    verdicts: [
      {
        tool: 'lld',
        does: 'refuses',
        words: 'found an extended symbol index ({entry}), but unable to locate the extended symbol index table',
      },
      {
        tool: 'bfd',
        does: 'refuses',
        words: 'symbol number {entry} references nonexistent SHT_SYMTAB_SHNDX section',
      },
      { tool: 'elflint', does: 'refuses' },
    ],
  },
  'extended-index-count': {
    summary: 'SHT_SYMTAB_SHNDX has not one entry for each symbol.',
    verdicts: [
      {
        tool: 'lld',
        does: 'refuses',
        words: 'SHT_SYMTAB_SHNDX has {found} entries, but the symbol table associated has {expected}',
      },
      { tool: 'elflint', does: 'refuses' },
    ],
  },
  'extended-index-link': {
    summary: 'The sh_link of SHT_SYMTAB_SHNDX names no symbol table.',
    situations: { missing: 'it is past the last section', type: 'it names a section of another type' },
    verdicts: [
      { tool: 'lld', when: 'missing', does: 'refuses', words: 'invalid section index: {found}' },
      {
        tool: 'lld',
        when: 'type',
        does: 'refuses',
        words: 'SHT_SYMTAB_SHNDX section is linked with {type} section (expected SHT_SYMTAB/SHT_DYNSYM)',
      },
      { tool: 'bfd', when: 'missing', does: 'refuses', words: NOT_RECOGNIZED },
      { tool: 'elflint', does: 'refuses' },
    ],
  },
  'common-alignment': {
    summary: 'The alignment of a common symbol, its st_value, is no power of two that a linker can use.',
    situations: { range: 'it is 0, or 2^32 - 1 or more', power: 'it is no power of two' },
    verdicts: [
      {
        tool: 'lld',
        when: 'range',
        does: 'refuses',
        words: "common symbol '{symbol}' has invalid alignment: {found}",
      },
      { tool: 'lld', when: 'power', does: 'refuses', words: '<internal>:(COMMON): sh_addralign is not a power of 2' },
    ],
  },
  'common-local': {
    summary: 'A common symbol is local.',
    verdicts: [{ tool: 'elflint', does: 'refuses' }],
  },
  'tls-section': {
    summary: 'A thread-local symbol (STT_TLS) is defined in a section without SHF_TLS.',
    verdicts: [{ tool: 'elflint', does: 'refuses' }],
  },
} as const satisfies IntegrityConditionTable;
