// Conditions of what stands in sections: merged entries, notes, frames, attributes and LLVM's sections for the linker, with
// the verdicts of ld.lld 13 to 22, GNU ld 2.40 and eu-elflint 0.188 as runs on broken objects showed them.

import type { IntegrityConditionTable } from '../verdict.ts';

export const CONTENT_CONDITIONS = {
  'merge-size': {
    summary: 'The size of a section with SHF_MERGE is no multiple of its sh_entsize.',
    verdicts: [
      {
        tool: 'lld',
        does: 'refuses',
        words: '({name}): SHF_MERGE section size ({found}) must be a multiple of sh_entsize ({expected})',
      },
      { tool: 'elflint', does: 'refuses' },
    ],
  },
  'merge-writable': {
    summary: 'A section with SHF_MERGE is writable.',
    verdicts: [{ tool: 'lld', does: 'refuses', words: '({name}): writable SHF_MERGE section is not supported' }],
  },
  'merge-nobits': {
    summary: 'A section with SHF_MERGE has no bytes in the file (SHT_NOBITS).',
    verdicts: [{ tool: 'lld', does: 'crashes' }],
  },
  'merge-entry-size': {
    summary: 'The sh_entsize of a section with SHF_MERGE is 0. Linkers do not merge it.',
    verdicts: [{ tool: 'elflint', does: 'refuses' }],
  },
  'merge-string-end': {
    summary: 'The last string of a section with SHF_MERGE and SHF_STRINGS does not end with NUL.',
    verdicts: [{ tool: 'lld', does: 'refuses', words: '({name}): string is not null terminated' }],
  },
  'merge-offset': {
    summary: 'A symbol, or a section symbol with an addend, lies behind the end of a section whose entries are merged.',
    verdicts: [
      { tool: 'lld', does: 'refuses', words: '({name}): offset is outside the section' },
      { tool: 'bfd', output: 'final', does: 'warns', words: 'access beyond end of merged section ({found})' },
    ],
  },
  'gnu-property-note': {
    summary: 'A note in .note.gnu.property is longer than the section.',
    situations: { machine: 'of x86 or AArch64', other: 'of another machine, whose properties lld 22 does not read' },
    verdicts: [
      { tool: 'lld', when: 'machine', does: 'refuses', words: '({name}+0x{at}): data is too short' },
      { tool: 'lld', to: 19, does: 'refuses', words: '({name}+0x{at}): data is too short' },
      { tool: 'elflint', does: 'refuses' },
    ],
  },
  'gnu-property-size': {
    summary: 'A property in .note.gnu.property is longer than its note.',
    situations: { machine: 'of x86 or AArch64', other: 'of another machine, whose properties lld 22 does not read' },
    verdicts: [
      { tool: 'lld', when: 'machine', does: 'refuses', words: '({name}+0x{at}): program property is too short' },
      { tool: 'lld', to: 19, does: 'refuses', words: '({name}+0x{at}): program property is too short' },
      { tool: 'bfd', does: 'warns' },
    ],
  },
  'gnu-property-feature': {
    summary: 'GNU_PROPERTY_AARCH64_FEATURE_1_AND or GNU_PROPERTY_X86_FEATURE_1_AND has fewer than 4 bytes.',
    situations: { machine: 'of x86 or AArch64', other: 'of another machine, whose properties lld 22 does not read' },
    verdicts: [
      { tool: 'lld', when: 'machine', does: 'refuses', words: '({name}+0x{at}): FEATURE_1_AND entry is too short' },
      { tool: 'lld', to: 19, does: 'refuses', words: '({name}+0x{at}): FEATURE_1_AND entry is too short' },
      { tool: 'bfd', does: 'warns' },
    ],
  },
  'gnu-property-padding': {
    summary: 'The note of the last property in .note.gnu.property ends before the padding of its data.',
    situations: { machine: 'of x86 or AArch64', other: 'of another machine, whose properties lld 22 does not read' },
    verdicts: [
      { tool: 'lld', when: 'machine', does: 'crashes' },
      { tool: 'lld', to: 19, does: 'crashes' },
      { tool: 'bfd', does: 'warns' },
    ],
  },
  'frame-size': {
    summary: 'A record of .eh_frame ends behind the section, is too short for its length, or has a 64-bit length.',
    situations: {
      small: 'fewer than 4 bytes are left for the length',
      large: 'the length is 0xffffffff, the mark of the 64-bit format',
      end: 'the record ends past the end of the section',
    },
    verdicts: [
      { tool: 'lld', output: 'final', when: 'small', does: 'refuses', words: 'corrupted .eh_frame: CIE/FDE too small' },
      { tool: 'lld', output: 'final', when: 'large', does: 'refuses', words: 'corrupted .eh_frame: CIE/FDE too large' },
      {
        tool: 'lld',
        output: 'final',
        when: 'end',
        does: 'refuses',
        words: 'corrupted .eh_frame: CIE/FDE ends past the end of the section',
      },
      { tool: 'bfd', does: 'warns', words: 'error in ({name}); no .eh_frame_hdr table will be created' },
    ],
  },
  'frame-reference': {
    summary: 'A record of .eh_frame refers to a common information entry (CIE) that is none.',
    verdicts: [
      { tool: 'lld', output: 'final', does: 'refuses', words: '({name}): invalid CIE reference' },
      { tool: 'bfd', does: 'warns', words: 'error in ({name}); no .eh_frame_hdr table will be created' },
    ],
  },
  'frame-relocation': {
    summary:
      'A relocation of .eh_frame lies behind the last record: behind the section, or behind a record of length 0.',
    situations: { records: 'there are records', empty: 'there are none' },
    verdicts: [
      { tool: 'lld', from: 16, to: 19, output: 'final', when: 'empty', does: 'ignores' },
      { tool: 'lld', output: 'final', does: 'refuses', words: '.eh_frame: relocation is not in any piece' },
      { tool: 'bfd', does: 'warns', words: 'error in ({name}); no .eh_frame_hdr table will be created' },
    ],
  },
  'frame-nobits': {
    summary: '.eh_frame has no bytes in the file (SHT_NOBITS).',
    verdicts: [
      { tool: 'lld', output: 'final', does: 'crashes' },
      { tool: 'bfd', does: 'warns' },
    ],
  },
  'address-significance-index': {
    summary: '.llvm_addrsig names a symbol that the symbol table does not have.',
    verdicts: [{ tool: 'lld', option: 'icf', output: 'final', does: 'crashes' }],
  },
  'address-significance-encoding': {
    summary: 'A symbol index in .llvm_addrsig is cut off, or too large for 64 bits.',
    situations: { cut: 'the section ends within it', large: 'it does not fit 64 bits' },
    verdicts: [
      {
        tool: 'lld',
        option: 'icf',
        output: 'final',
        when: 'cut',
        does: 'refuses',
        words: 'could not decode addrsig section: malformed uleb128, extends past end',
      },
      {
        tool: 'lld',
        option: 'icf',
        output: 'final',
        does: 'refuses',
        words: 'could not decode addrsig section: uleb128 too big for uint64',
      },
    ],
  },
  'call-graph-relocations': {
    summary: 'SHT_LLVM_CALL_GRAPH_PROFILE has no relocation section, which would name the functions.',
    verdicts: [
      {
        tool: 'lld',
        to: 13,
        does: 'warns',
        words: "SHT_LLVM_CALL_GRAPH_PROFILE exists, but relocation section doesn't",
      },
      {
        tool: 'lld',
        output: 'final',
        does: 'warns',
        words: "SHT_LLVM_CALL_GRAPH_PROFILE exists, but relocation section doesn't",
      },
    ],
  },
  'call-graph-count': {
    summary: 'SHT_LLVM_CALL_GRAPH_PROFILE has not two relocations for each of its weights.',
    verdicts: [
      { tool: 'lld', to: 13, does: 'refuses', words: "number of relocations doesn't match Weights" },
      { tool: 'lld', output: 'final', does: 'refuses', words: "number of relocations doesn't match Weights" },
    ],
  },
} as const satisfies IntegrityConditionTable;
