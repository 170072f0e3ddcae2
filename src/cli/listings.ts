// The subcommands that list something of each input: names, options, help. What they do is in commands/listings.ts, a file of
// its own beside the command, which is loaded when one of them is asked for.

import type { Output } from './output.ts';

/** The subcommands that list something. */
export type ListingName =
  | 'identify'
  | 'symbols'
  | 'members'
  | 'header'
  | 'sections'
  | 'segments'
  | 'relocations'
  | 'groups'
  | 'dynamic'
  | 'versions'
  | 'notes'
  | 'attributes'
  | 'bitcode';

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
  readonly name: ListingName;
  readonly description: string;
  /** Options beside `--json`, with their help. */
  readonly flags?: readonly (readonly [flag: `--${keyof ListingFlags}`, description: string])[];
}

/** In the order of the help. */
export const LISTINGS: readonly Listing[] = [
  { name: 'identify', description: 'say what each file and archive member is' },
  {
    name: 'symbols',
    description: 'list symbols with the letters of llvm-nm',
    flags: [['--dynamic', 'the dynamic symbols of libraries and programs, with their versions']],
  },
  { name: 'members', description: 'list the members of archives' },
  { name: 'header', description: 'ELF: show the headers of files' },
  { name: 'sections', description: 'ELF: list section headers' },
  { name: 'segments', description: 'ELF: list program headers' },
  { name: 'relocations', description: 'ELF: list relocations of every encoding' },
  { name: 'groups', description: 'ELF: list section groups' },
  { name: 'dynamic', description: 'ELF: list dynamic tables' },
  { name: 'versions', description: 'ELF: list symbol versions, defined and needed' },
  { name: 'notes', description: 'ELF: list notes, build ids and properties among them' },
  { name: 'attributes', description: 'ELF: list build attributes' },
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
  },
];
