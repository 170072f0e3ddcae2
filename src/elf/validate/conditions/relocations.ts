// Conditions of relocation sections, with the verdicts of ld.lld 13 to 22, GNU ld 2.40 and eu-elflint 0.188 as runs on
// broken objects showed them.

import type { IntegrityConditionTable } from '../verdict.ts';

const NOT_RECOGNIZED = 'file not recognized: file format not recognized';

export const RELOCATION_CONDITIONS = {
  'relocation-target': {
    summary: 'The sh_info of a relocation section names no section that can be relocated.',
    situations: {
      missing: 'it is past the last section',
      table: 'it names a symbol table or string table',
      relocations: 'it names a relocation section',
      copied: 'it names a relocation section before it, which relocates a section that stays',
      zero: 'it is 0',
    },
    verdicts: [
      // It copies the relocation sections, and so takes one for a section like others.
      { tool: 'lld', output: 'relocatable', when: 'copied', does: 'ignores' },
      { tool: 'lld', to: 13, when: 'missing', does: 'refuses', words: 'invalid relocated section index: {found}' },
      { tool: 'lld', to: 13, does: 'refuses', words: 'unsupported relocation reference' },
      {
        tool: 'lld',
        from: 14,
        does: 'refuses',
        words: 'relocation section (index {section}) has invalid sh_info ({found})',
      },
      { tool: 'bfd', when: 'missing', does: 'refuses', words: NOT_RECOGNIZED },
      { tool: 'bfd', when: 'table', does: 'refuses', words: NOT_RECOGNIZED },
      { tool: 'elflint', when: 'missing', does: 'refuses' },
      { tool: 'elflint', when: 'table', does: 'refuses' },
      { tool: 'elflint', when: 'relocations', does: 'refuses' },
      { tool: 'elflint', when: 'copied', does: 'refuses' },
    ],
  },
  'relocation-order': {
    summary: 'A relocation section stands before the section that it relocates.',
    verdicts: [{ tool: 'lld', to: 19, output: 'relocatable', does: 'crashes' }],
  },
  'relocation-symbol-table': {
    summary: 'The sh_link of a relocation section names no symbol table. lld takes the one of the file.',
    situations: { missing: 'it is past the last section', type: 'it names a section of another type' },
    verdicts: [
      { tool: 'bfd', when: 'missing', does: 'refuses', words: NOT_RECOGNIZED },
      { tool: 'elflint', does: 'refuses' },
    ],
  },
  'relocation-symbol-index': {
    summary: 'A relocation names a symbol that the symbol table does not have.',
    situations: { used: 'its section is relocated', dropped: 'the section that is relocated is dropped' },
    verdicts: [
      { tool: 'lld', when: 'used', does: 'refuses', words: 'invalid symbol index' },
      { tool: 'bfd', when: 'used', does: 'refuses', words: 'bad reloc symbol index ({found:x} >= {expected:x})' },
      { tool: 'elflint', does: 'refuses' },
    ],
  },
  'relocation-type': {
    summary: 'A relocation has a type that the linker does not know for the machine.',
    situations: {
      scanned: 'lld looks at it before anything is written',
      late: 'lld looks at it when it applies the relocation: of MSP430, and of ARM up to 13',
      implicit: 'with -r, where the addend lies in the section (SHT_REL) and the symbol is a section',
    },
    verdicts: [
      {
        tool: 'lld',
        output: 'final',
        when: 'scanned',
        does: 'refuses',
        words: '({place}): unknown relocation ({found}) against symbol {symbol}',
      },
      // Its words have the name of the type, if there is one.
      { tool: 'lld', output: 'final', when: 'late', does: 'refuses' },
      {
        tool: 'lld',
        from: 14,
        output: 'relocatable',
        when: 'implicit',
        does: 'refuses',
        words: 'internal linker error: cannot read addend for relocation {typeName}',
      },
      { tool: 'bfd', does: 'refuses' },
      { tool: 'elflint', does: 'refuses' },
    ],
  },
  'relocation-offset': {
    summary: 'r_offset does not lie within the section that is relocated.',
    situations: {
      near: 'at most 4 KiB off: what stands beside the section is overwritten',
      far: 'further off',
      implicit: 'further off, where addends are read out of the section (SHT_REL)',
      unloaded: 'in a section that is not loaded, or none that a linker changes',
    },
    verdicts: [
      { tool: 'lld', output: 'final', when: 'near', does: 'misbehaves' },
      { tool: 'lld', output: 'final', when: 'far', does: 'crashes' },
      { tool: 'lld', output: 'final', when: 'implicit', does: 'crashes' },
      { tool: 'lld', output: 'relocatable', when: 'implicit', does: 'crashes' },
      {
        tool: 'bfd',
        output: 'final',
        does: 'refuses',
        words: "({target}+{found:x}): reloc against `{symbol}': error 4",
      },
    ],
  },
  'relocation-sections': {
    summary: 'Several relocation sections relocate one section.',
    verdicts: [
      { tool: 'lld', to: 13, does: 'refuses', words: 'multiple relocation sections to one section are not supported' },
      {
        tool: 'lld',
        from: 14,
        does: 'refuses',
        words: '({target}): multiple relocation sections to one section are not supported',
      },
    ],
  },
  'relocation-encoding': {
    summary: 'A packed relocation section (CREL) cannot be decoded, or holds more than its entries.',
    verdicts: [
      { tool: 'bfd', does: 'refuses' },
      // It reads on behind the section, and refuses what it finds there or takes it.
      { tool: 'lld', from: 19, does: 'misbehaves' },
      { tool: 'elflint', does: 'refuses' },
    ],
  },
} as const satisfies IntegrityConditionTable;
