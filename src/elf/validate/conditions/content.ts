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
  'gnu-property-pauth': {
    summary: 'GNU_PROPERTY_AARCH64_FEATURE_PAUTH has not 16 bytes, or stands twice.',
    situations: { size: 'it has not 16 bytes', twice: 'there is another one before it' },
    verdicts: [
      {
        tool: 'lld',
        from: 17,
        when: 'size',
        does: 'refuses',
        words:
          '({name}+0x{note}): GNU_PROPERTY_AARCH64_FEATURE_PAUTH entry is invalid: expected 16 bytes, but got {found}',
      },
      {
        tool: 'lld',
        from: 17,
        when: 'twice',
        does: 'refuses',
        words: '({name}+0x{note}): multiple GNU_PROPERTY_AARCH64_FEATURE_PAUTH entries are not supported',
      },
      // It knows no such property, sound or not.
      { tool: 'bfd', does: 'warns', words: 'unsupported GNU_PROPERTY_TYPE (5) type: 0xc0000001' },
    ],
  },
  'executable-stack': {
    summary: '.note.GNU-stack is executable (SHF_EXECINSTR): the code asks for a stack that can be executed.',
    verdicts: [
      {
        tool: 'lld',
        from: 20,
        output: 'final',
        does: 'refuses',
        words: 'requires an executable stack, but -z execstack is not specified',
      },
      {
        tool: 'bfd',
        does: 'warns',
        words: 'requires executable stack (because the .note.GNU-stack section is executable)',
      },
    ],
  },
  'split-stack': {
    summary: 'The code was compiled for split stacks (.note.GNU-split-stack), and the link is one of -r.',
    verdicts: [
      {
        tool: 'lld',
        output: 'relocatable',
        does: 'refuses',
        words: 'cannot mix split-stack and non-split-stack in a relocatable link',
      },
    ],
  },
  'attributes-encoding': {
    summary: 'Build attributes of Arm or RISC-V cannot be decoded.',
    situations: {
      version: 'they are of another format than `A`',
      length: 'a subsection is shorter than its length field, or longer than what is left',
      vendor: 'a subsection is of another vendor than the machine, which only lld up to 16 minds',
      size: 'attributes of a scope are shorter than the header of the scope',
      scope: 'a scope is none of file, section and symbol',
      tag: 'an attribute has a tag below 4',
      cut: 'they end within an attribute',
    },
    verdicts: [
      { tool: 'lld', when: 'version', does: 'warns', words: '({name}): unrecognized format-version: 0x{version}' },
      {
        tool: 'lld',
        when: 'length',
        does: 'warns',
        words: '({name}): invalid section length {found} at offset 0x{upper}',
      },
      { tool: 'lld', to: 16, when: 'vendor', does: 'warns', words: '({name}): unrecognized vendor-name: {found}' },
      {
        tool: 'lld',
        when: 'size',
        does: 'warns',
        words: '({name}): invalid attribute size {found} at offset 0x{at}',
      },
      { tool: 'lld', when: 'scope', does: 'warns', words: '({name}): unrecognized tag 0x{hex} at offset 0x{at}' },
      { tool: 'lld', when: 'tag', does: 'warns', words: '({name}): invalid tag 0x{hex} at offset 0x{at}' },
      { tool: 'lld', when: 'cut', does: 'warns' },
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
  'frame-common': {
    summary: 'A common information entry (CIE) of .eh_frame is damaged.',
    situations: {
      small: 'it has fewer bytes than its length and the mark of a CIE take',
      end: 'it ends early',
      version: 'its version is neither 1 nor 3',
      string: 'its augmentation does not end with NUL',
      number: 'it ends within a LEB128 number',
      augmentation: 'its augmentation has a letter that is not known, such as `G` up to lld 14',
      aligned: 'its personality is written aligned',
      pointer: 'the encoding of its personality does not exist',
      personality: 'it ends within its personality',
    },
    verdicts: [
      {
        tool: 'lld',
        output: 'final',
        option: 'ehFrameHeader',
        when: 'small',
        does: 'refuses',
        words: 'corrupted .eh_frame: CIE is too small',
      },
      {
        tool: 'lld',
        output: 'final',
        option: 'ehFrameHeader',
        when: 'end',
        does: 'refuses',
        words: 'corrupted .eh_frame: unexpected end of CIE',
      },
      {
        tool: 'lld',
        output: 'final',
        option: 'ehFrameHeader',
        when: 'version',
        does: 'refuses',
        words: 'corrupted .eh_frame: FDE version 1 or 3 expected, but got {found}',
      },
      {
        tool: 'lld',
        output: 'final',
        option: 'ehFrameHeader',
        when: 'string',
        does: 'refuses',
        words: 'corrupted .eh_frame: corrupted CIE (failed to read string)',
      },
      {
        tool: 'lld',
        output: 'final',
        option: 'ehFrameHeader',
        when: 'number',
        does: 'refuses',
        words: 'corrupted .eh_frame: corrupted CIE (failed to read LEB128)',
      },
      {
        tool: 'lld',
        output: 'final',
        option: 'ehFrameHeader',
        when: 'augmentation',
        does: 'refuses',
        words: 'corrupted .eh_frame: unknown .eh_frame augmentation string: {found}',
      },
      {
        tool: 'lld',
        output: 'final',
        option: 'ehFrameHeader',
        when: 'aligned',
        does: 'refuses',
        words: 'corrupted .eh_frame: DW_EH_PE_aligned encoding is not supported',
      },
      {
        tool: 'lld',
        output: 'final',
        option: 'ehFrameHeader',
        when: 'pointer',
        does: 'refuses',
        words: 'corrupted .eh_frame: unknown FDE encoding',
      },
      {
        tool: 'lld',
        output: 'final',
        option: 'ehFrameHeader',
        when: 'personality',
        does: 'refuses',
        words: 'corrupted .eh_frame: corrupted CIE',
      },
      { tool: 'bfd', does: 'warns', words: 'error in ({name}); no .eh_frame_hdr table will be created' },
    ],
  },
  'frame-function': {
    summary: 'A record of .eh_frame tells the place of its function in a way that no index can be made of.',
    situations: {
      size: 'its size is not known',
      relative: 'it is relative to something else than itself',
      aligned: 'it is written aligned',
    },
    verdicts: [
      {
        tool: 'lld',
        output: 'final',
        option: 'ehFrameHeader',
        when: 'size',
        does: 'refuses',
        words: 'unknown FDE size encoding',
      },
      {
        tool: 'lld',
        output: 'final',
        option: 'ehFrameHeader',
        when: 'relative',
        does: 'refuses',
        words: 'unknown FDE size relative encoding',
      },
      {
        tool: 'lld',
        output: 'final',
        option: 'ehFrameHeader',
        when: 'aligned',
        does: 'refuses',
        words: 'unknown FDE size relative encoding',
      },
      { tool: 'bfd', when: 'relative', output: 'final', does: 'crashes' },
      {
        tool: 'bfd',
        when: 'size',
        does: 'warns',
        words: 'error in ({name}); no .eh_frame_hdr table will be created',
      },
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
