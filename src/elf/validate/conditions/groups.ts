// Conditions of section groups, with the verdicts of ld.lld 13 to 22, GNU ld 2.40 and eu-elflint 0.188 as runs on broken
// objects showed them.

import type { IntegrityConditionTable } from '../verdict.ts';

const NOT_RECOGNIZED = 'file not recognized: file format not recognized';

export const GROUP_CONDITIONS = {
  'group-empty': {
    summary: 'A group has no word of flags, or no members.',
    situations: { flags: 'it has no bytes', members: 'it has flags alone' },
    verdicts: [
      { tool: 'lld', when: 'flags', does: 'refuses', words: 'empty SHT_GROUP' },
      { tool: 'bfd', does: 'refuses', words: NOT_RECOGNIZED },
      { tool: 'elflint', when: 'flags', does: 'refuses' },
    ],
  },
  'group-flags': {
    summary: 'The flags of a group are neither 0 nor GRP_COMDAT.',
    verdicts: [
      { tool: 'lld', does: 'refuses', words: 'unsupported SHT_GROUP format' },
      { tool: 'elflint', does: 'refuses' },
    ],
  },
  'group-signature': {
    summary: 'The sh_info of a group, its signature, names a symbol that the symbol table does not have.',
    verdicts: [
      { tool: 'lld', does: 'refuses', words: 'invalid symbol index' },
      { tool: 'bfd', does: 'refuses', words: NOT_RECOGNIZED },
      { tool: 'elflint', does: 'refuses' },
    ],
  },
  'group-symbol-table': {
    summary: 'The sh_link of a group names no symbol table. lld takes the one of the file.',
    verdicts: [
      { tool: 'bfd', does: 'refuses', words: NOT_RECOGNIZED },
      { tool: 'elflint', does: 'refuses' },
    ],
  },
  'group-member-index': {
    summary: 'A group has a member that is no section which could be in a group.',
    situations: {
      missing: 'it is past the last section, by less than 2048',
      far: 'it is further past the last section',
      dropped: 'it is past the last section, and the group is dropped for an earlier one with its signature',
      table: 'it is 0, a symbol table or a string table',
      group: 'it is a group',
    },
    verdicts: [
      { tool: 'lld', when: 'dropped', does: 'refuses', words: 'invalid section index in group: {found}' },
      { tool: 'lld', output: 'relocatable', when: 'missing', does: 'misbehaves' },
      { tool: 'lld', to: 13, output: 'relocatable', when: 'far', does: 'misbehaves' },
      { tool: 'lld', output: 'relocatable', when: 'far', does: 'crashes' },
      { tool: 'lld', output: 'relocatable', when: 'table', does: 'crashes' },
      { tool: 'bfd', when: 'table', does: 'refuses', words: NOT_RECOGNIZED },
      { tool: 'bfd', when: 'dropped', does: 'refuses', words: NOT_RECOGNIZED },
      { tool: 'bfd', output: 'relocatable', does: 'refuses', words: 'invalid entry in SHT_GROUP section [{section}]' },
      { tool: 'bfd', does: 'warns', words: 'invalid entry in SHT_GROUP section [{section}]' },
      { tool: 'elflint', does: 'refuses' },
    ],
  },
  'group-member-twice': {
    summary: 'A section is a member of two groups.',
    verdicts: [{ tool: 'elflint', does: 'refuses' }],
  },
  'group-member-flag': {
    summary: 'A member of a group has no SHF_GROUP.',
    verdicts: [
      { tool: 'bfd', output: 'relocatable', does: 'refuses' },
      { tool: 'elflint', does: 'refuses' },
    ],
  },
  'group-flag-stray': {
    summary: 'A section has SHF_GROUP but is in no group.',
    verdicts: [
      { tool: 'bfd', does: 'warns', words: "no group info for section '{name}'" },
      { tool: 'elflint', does: 'refuses' },
    ],
  },
} as const satisfies IntegrityConditionTable;
