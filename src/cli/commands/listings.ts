// The listings by their names. tsup.config.ts makes a file of its own of them, beside that of the command: what reads tables only to
// print them, and the names of all numbers, is most of the code, and none of it serves the audit.

import { bitcodeCommand } from './bitcode/bitcode.ts';
import { attributesCommand } from './elf/attributes.ts';
import { dynamicCommand } from './elf/dynamic.ts';
import { groupsCommand } from './elf/groups.ts';
import { headerCommand } from './elf/header.ts';
import { notesCommand } from './elf/notes.ts';
import { relocationsCommand } from './elf/relocations.ts';
import { sectionsCommand } from './elf/sections.ts';
import { segmentsCommand } from './elf/segments.ts';
import { versionsCommand } from './elf/versions.ts';
import { identifyCommand } from './identify.ts';
import { membersCommand } from './members.ts';
import { symbolsCommand } from './symbols.ts';
import type { ListingCommand, ListingName } from '../listings.ts';

/** What each listing does. */
export const LISTING_COMMANDS: Readonly<Record<ListingName, ListingCommand>> = {
  identify: identifyCommand,
  symbols: symbolsCommand,
  members: membersCommand,
  header: headerCommand,
  sections: sectionsCommand,
  segments: segmentsCommand,
  relocations: relocationsCommand,
  groups: groupsCommand,
  dynamic: dynamicCommand,
  versions: versionsCommand,
  notes: notesCommand,
  attributes: attributesCommand,
  bitcode: bitcodeCommand,
};
