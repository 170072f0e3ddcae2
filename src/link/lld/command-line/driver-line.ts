// Lines of the compiler drivers clang and gcc that are nothing but a link, turned into the linker's line as far as they tell.
// What a driver adds of its own, start files, libraries and the folders to search, depends on how it was built and where it
// is installed; it is not known here, and the result says which of them there would be. `clang -###` prints the whole line.

import { clangVersionOf, DRIVER_OPTIONS, SOURCE_SUFFIXES } from './driver-options.ts';
import { expandResponseFiles } from './response-file.ts';

/** A driver's line, read. */
export type DriverLine = DriverLink | DriverRefusal;

/** The link that it asks for. */
export interface DriverLink {
  readonly kind: 'link';
  /** The linker's line: the linker as far as it is named, and what the driver hands on. For `readLinkCommand`. */
  readonly argv: readonly string[];
  /** What the driver would add and this does not know. */
  readonly adds: {
    /** `crt1.o` and the like, which define the entry and call `main`. */
    readonly startFiles: boolean;
    /** The C library, the compiler's, that of C++, those of sanitizers. */
    readonly defaultLibraries: boolean;
    /** Folders where `-l` is looked for. */
    readonly searchPaths: boolean;
  };
}

/** Why it is no link. */
export interface DriverRefusal {
  readonly kind: 'refused';
  /** For people: `main.c is compiled first; give the line that links the objects`. */
  readonly reason: string;
}

/** How {@link readDriverLine} reads. */
export interface ReadDriverLineOptions {
  /** Gives the text of a response file; absent: there are none. */
  readonly readFile?: (path: string) => string | undefined;
}

/** Drivers read response files as LLVM's newest version does. */
const NEWEST_RULES = 22;

/** What is gathered on the way. */
interface Gathered {
  readonly before: string[];
  readonly inputs: string[];
  /** Scripts stand behind the inputs, as the drivers put them. */
  readonly after: string[];
  readonly flags: Set<string>;
  linker: string | undefined;
}

/**
 * Reads a line of a compiler's driver.
 *
 * @param argv - The driver, then its arguments.
 * @returns A refusal if it compiles, assembles or only answers a question.
 * @throws RangeError if response files come to more than four million arguments.
 */
export function readDriverLine(argv: readonly string[], options: ReadDriverLineOptions = {}): DriverLine {
  const program = argv[0] ?? '';
  const readFile = options.readFile ?? ((): undefined => undefined);
  const { line, recursive } = expandResponseFiles(argv.slice(1), readFile, 'posix', NEWEST_RULES);
  if (recursive !== undefined) return refused(`response file ${recursive} includes itself`);
  const gathered: Gathered = { before: [], inputs: [], after: [], flags: new Set(), linker: undefined };
  for (let index = 0; index < line.length; index++) {
    const argument = line[index] ?? '';
    if (argument === '') continue;
    if (argument === '-') return refused('the standard input is compiled');
    if (!argument.startsWith('-')) {
      const suffix = argument.slice(argument.lastIndexOf('.') + 1);
      if (argument.includes('.') && SOURCE_SUFFIXES.has(suffix)) {
        return refused(`${argument} is compiled first; give the line that links the objects`);
      }
      gathered.inputs.push(argument);
      continue;
    }
    const action = DRIVER_OPTIONS.get(argument);
    const next = line[index + 1];
    const takesNext = action === 'pass-with-argument' || action === 'skip-argument' || OWN_SEPARATE.has(argument);
    if (takesNext) {
      if (next === undefined) return refused(`${argument}: argument is missing`);
      index++;
    }
    if (action === 'stop') return refused(`${argument}: nothing is linked`);
    if (action === 'pass-with-argument') placeOf(gathered, argument).push(argument, next ?? '');
    else if (action === 'pass') {
      gathered.flags.add(argument);
      // The linker's own -nostdlib means something else.
      if (argument !== '-nostdlib') gathered.before.push(argument);
    } else if (action === undefined) {
      const refusal = readOwnOption(gathered, argument, next ?? '');
      if (refusal !== undefined) return refusal;
    }
  }
  if (gathered.inputs.length === 0) return refused('no input files');
  const { flags } = gathered;
  const isBare = flags.has('-nostdlib') || flags.has('-r');
  return {
    kind: 'link',
    argv: [linkerOf(program, gathered.linker), ...gathered.before, ...gathered.inputs, ...gathered.after],
    adds: {
      startFiles: !isBare && !flags.has('-nostartfiles'),
      defaultLibraries: !isBare && !flags.has('-nodefaultlibs'),
      searchPaths: true,
    },
  };
}

/** Options of the driver with the argument behind them that concern the link in a way of their own. */
const OWN_SEPARATE = new Set(['-Xlinker', '-T', '-x', '-B', '--sysroot', '-rpath']);

function readOwnOption(gathered: Gathered, argument: string, next: string): DriverRefusal | undefined {
  const { before, inputs, after, flags } = gathered;
  if (argument.startsWith('-Wl,')) inputs.push(...argument.slice(4).split(','));
  else if (argument === '-Xlinker') inputs.push(next);
  else if (argument === '-T') after.push('-T', next);
  else if (argument.startsWith('-T')) after.push(argument);
  else if (argument === '-rdynamic') before.push('--export-dynamic');
  else if (argument === '-static-pie') before.push('-static', '-pie', '--no-dynamic-linker');
  else if (argument === '--sysroot') before.push(`--sysroot=${next}`);
  else if (argument === '-rpath') inputs.push('-rpath', next);
  else if (/^-[Lluez]./.test(argument)) placeOf(gathered, argument).push(argument);
  else if (argument.startsWith('-o')) before.push(argument);
  else if (argument.startsWith('--sysroot=')) before.push(argument);
  else if (argument === '-nostartfiles' || argument === '-nodefaultlibs') flags.add(argument);
  else if (argument === '--nostdlib') flags.add('-nostdlib');
  else if (argument.startsWith('-fuse-ld=')) gathered.linker ??= argument.slice('-fuse-ld='.length);
  else if (argument.startsWith('--ld-path=')) gathered.linker = argument.slice('--ld-path='.length);
  else if (/^-x./.test(argument) || argument === '-x') {
    const language = argument === '-x' ? next : argument.slice(2);
    if (language !== 'none') return refused(`-x ${language}: inputs are compiled first`);
  } else if (argument === '-pthread') inputs.push('-lpthread');
  return undefined;
}

/** `-l` stands among the inputs, the rest before them. */
function placeOf(gathered: Gathered, argument: string): string[] {
  return argument.startsWith('-l') ? gathered.inputs : gathered.before;
}

function refused(reason: string): DriverRefusal {
  return { kind: 'refused', reason };
}

/** The linker that a driver calls: a path as it is, a name with `ld.` before it, and with clang's version behind lld's. */
function linkerOf(program: string, named: string | undefined): string {
  if (named === undefined || named === '') return 'ld';
  if (named.includes('/') || named.startsWith('ld.')) return named;
  const version = named === 'lld' ? clangVersionOf(program) : undefined;
  return version === undefined ? `ld.${named}` : `ld.${named}-${version}`;
}
