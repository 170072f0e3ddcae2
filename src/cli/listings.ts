// The subcommands that list something of each input: name, help, and the module, which is loaded when it is asked for.

import type { Output } from './output.ts';

/** What a listing does: prints, and gives the exit status. */
export type ListingCommand = (paths: readonly string[], options: ListingFlags, output: Output) => number;

/** What a listing may be told: `--json`, and those of {@link Listing.flags}. */
export interface ListingFlags {
  readonly json?: true;
  readonly dynamic?: true;
  readonly blocks?: true;
  readonly flags?: true;
  readonly functions?: true;
  readonly summary?: true;
  readonly dump?: true;
}

interface Listing {
  readonly name: string;
  readonly description: string;
  /** Options beside `--json`, with their help. */
  readonly flags?: readonly (readonly [flag: `--${keyof ListingFlags}`, description: string])[];
  readonly load: () => Promise<ListingCommand>;
}

/** In the order of the help. */
export const LISTINGS: readonly Listing[] = [
  {
    name: 'identify',
    description: 'say what each file and archive member is',
    load: async () => (await import('./commands/identify.ts')).identifyCommand,
  },
  {
    name: 'symbols',
    description: 'list symbols with the letters of llvm-nm',
    flags: [['--dynamic', 'the dynamic symbols of libraries and programs, with their versions']],
    load: async () => (await import('./commands/symbols.ts')).symbolsCommand,
  },
  {
    name: 'members',
    description: 'list the members of archives',
    load: async () => (await import('./commands/members.ts')).membersCommand,
  },
  {
    name: 'header',
    description: 'ELF: show the headers of files',
    load: async () => (await import('./commands/elf/header.ts')).headerCommand,
  },
  {
    name: 'sections',
    description: 'ELF: list section headers',
    load: async () => (await import('./commands/elf/sections.ts')).sectionsCommand,
  },
  {
    name: 'segments',
    description: 'ELF: list program headers',
    load: async () => (await import('./commands/elf/segments.ts')).segmentsCommand,
  },
  {
    name: 'relocations',
    description: 'ELF: list relocations of every encoding',
    load: async () => (await import('./commands/elf/relocations.ts')).relocationsCommand,
  },
  {
    name: 'groups',
    description: 'ELF: list section groups',
    load: async () => (await import('./commands/elf/groups.ts')).groupsCommand,
  },
  {
    name: 'dynamic',
    description: 'ELF: list dynamic tables',
    load: async () => (await import('./commands/elf/dynamic.ts')).dynamicCommand,
  },
  {
    name: 'versions',
    description: 'ELF: list symbol versions, defined and needed',
    load: async () => (await import('./commands/elf/versions.ts')).versionsCommand,
  },
  {
    name: 'notes',
    description: 'ELF: list notes, build ids and properties among them',
    load: async () => (await import('./commands/elf/notes.ts')).notesCommand,
  },
  {
    name: 'attributes',
    description: 'ELF: list build attributes',
    load: async () => (await import('./commands/elf/attributes.ts')).attributesCommand,
  },
  {
    name: 'bitcode',
    description: 'LLVM bitcode: show facts of modules, or the parts that the options ask for',
    flags: [
      ['--blocks', 'statistics of blocks and records, as llvm-bcanalyzer has them'],
      ['--flags', 'the flags of modules, libraries, options and what is kept'],
      ['--functions', 'bodies of functions: sizes, calls, inline assembly, addresses of basic blocks'],
      ['--summary', 'the summaries of ThinLTO and full LTO, and indexes of links'],
      ['--dump', 'the tree of blocks and records'],
    ],
    load: async () => (await import('./commands/bitcode/bitcode.ts')).bitcodeCommand,
  },
];
