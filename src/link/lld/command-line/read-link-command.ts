// Reads a linker's command line: cuts it into options by lld's table, puts response files in, and says what lld would say.
// Other linkers' lines are read by the same table, with what it does not know as notes.

import { DEFAULT_LINKER, lldMajorOf, type Linker } from '../../linker.ts';
import { checkConflicts, readTargetDemands } from './check-conflicts.ts';
import { checkEarlyValues, checkValues, type CheckedValues } from './check-values.ts';
import type { CommandComplaint, LinkCommand, LinkItem, LinkOptions } from './link-command.ts';
import { linkerOfProgram } from './linker-of-program.ts';
import { LLD_OPTIONS } from './lld-options.ts';
import { OptionList } from './option-list.ts';
import { OptionSet } from './option-set.ts';
import { readItems } from './read-items.ts';
import { readOptions } from './read-options.ts';
import { expandResponseFiles, type ResponseQuoting } from './response-file.ts';

/** How {@link readLinkCommand} reads. */
export interface ReadLinkCommandOptions {
  /** Whose verdict is asked for; absent: that of the program, else the newest lld. */
  readonly linker?: Linker;
  /** Gives the text of a response file, relative to where the link is run; absent: there are none. */
  readonly readFile?: (path: string) => string | undefined;
}

const optionSets = new Map<number, OptionSet>();

/** The options that a version of lld knows, made when first asked for. */
function optionSetOf(version: number): OptionSet {
  let set = optionSets.get(version);
  if (set === undefined) {
    set = new OptionSet(LLD_OPTIONS, version);
    optionSets.set(version, set);
  }
  return set;
}

/**
 * Reads a linker's command line.
 *
 * Nothing is opened but response files. Cost: linear in the line.
 *
 * @param argv - The program, then its arguments.
 * @throws RangeError if response files come to more than four million arguments.
 */
export function readLinkCommand(argv: readonly string[], options: ReadLinkCommandOptions = {}): LinkCommand {
  const program = argv[0] ?? '';
  const helper = linkerOfHelper(program, argv);
  const ownLinker = helper ?? linkerOfProgram(program);
  const given = withoutFlavor(argv.slice(1), helper !== undefined);
  const linker = options.linker ?? ownLinker ?? DEFAULT_LINKER;
  const version = lldMajorOf(linker);
  const set = optionSetOf(version);
  const readFile = options.readFile ?? ((): undefined => undefined);

  const quoting = quotingOf(set, given);
  const expanded = expandResponseFiles(given, readFile, quoting, version);
  const parsed = set.parse(joinPluginOptions(expanded.line));
  const list = new OptionList(parsed.options);
  const linkOptions = readOptions(list, version);
  const { items, complaints: itemComplaints } = readItems(list, version);

  const isLld = linker.family === 'lld';
  const { complaints, ends } =
    expanded.recursive === undefined
      ? complaintsOfLine(
          { set, given, list, options: linkOptions, items, version, isLld },
          parsed.missing,
          itemComplaints,
        )
      : { complaints: [recursionComplaint(expanded.recursive)], ends: 'response-file' as const };
  return {
    program,
    linker: ownLinker,
    items,
    options: linkOptions,
    complaints: isLld ? complaints : complaints.flatMap(asOtherLinker),
    targetDemands: isLld ? readTargetDemands(list, linkOptions, version) : [],
    ends,
  };
}

/** A line, as far as it is read when its complaints are gathered. */
interface ReadLine {
  readonly set: OptionSet;
  readonly given: readonly string[];
  readonly list: OptionList;
  readonly options: LinkOptions;
  readonly items: readonly LinkItem[];
  readonly version: number;
  readonly isLld: boolean;
}

/** What lld says, from its arguments on until it ends. */
function complaintsOfLine(
  line: ReadLine,
  missing: string | undefined,
  itemComplaints: readonly CommandComplaint[],
): { readonly complaints: readonly CommandComplaint[]; readonly ends: LinkCommand['ends'] } {
  const { list, options, items, version } = line;
  const ofArguments = complaintsOfParsing(line, missing);
  if (line.isLld && ofArguments.length > LINE_ERRORS_MAX) {
    // The limit that the line gives does not hold yet.
    return { complaints: [...ofArguments.slice(0, LINE_ERRORS_MAX), TOO_MANY], ends: 'too-many-errors' };
  }
  const ends = endOf(list);
  const values: CheckedValues =
    ends === 'help' ? { complaints: [], isFatal: false } : checkValues(list, options, version);
  const read = [...ofArguments, ...checkEarlyValues(list, version), ...values.complaints].flatMap((complaint) =>
    asWarning(complaint, options),
  );
  if (values.isFatal || ends !== undefined) {
    return { complaints: read.filter(({ stage }) => stage === 'line'), ends: values.isFatal ? 'fatal' : ends };
  }
  const opened = [...read, ...itemComplaints];
  const hasError = opened.some(({ severity, stage }) => severity === 'error' && stage !== 'late');
  const isEmpty = !hasError && items.every(({ kind }) => kind === 'defsym');
  return {
    complaints: [...opened, ...(isEmpty ? [noInput(items.length)] : []), ...checkConflicts(list, options, version)],
    ends: undefined,
  };
}

/** How many errors of the arguments are said before the linker ends, whatever `--error-limit` says further on. */
const LINE_ERRORS_MAX = 20;
const TOO_MANY: CommandComplaint = {
  severity: 'error',
  kind: 'unknown-argument',
  stage: 'line',
  message: 'too many errors emitted, stopping now (use --error-limit=0 to see all errors)',
};

function recursionComplaint(path: string): CommandComplaint {
  const message = `recursive expansion of: '${path}'`;
  return { severity: 'error', kind: 'response-file', stage: 'line', message, argument: `@${path}` };
}

function noInput(position: number): CommandComplaint {
  return { severity: 'error', kind: 'no-input', stage: 'inputs', position, message: 'no input files' };
}

/** `lld -flavor gnu …`; `-fuse-ld=`, which GCC leaves for its helper. */
function withoutFlavor(line: readonly string[], isOfHelper: boolean): readonly string[] {
  if (isOfHelper) return line.filter((argument) => !argument.startsWith('-fuse-ld='));
  return line[0] === '-flavor' ? line.slice(2) : line;
}

/** The linker that GCC's helper `collect2` is told to call. */
function linkerOfHelper(program: string, line: readonly string[]): Linker | undefined {
  const named = line.findLast((argument) => argument.startsWith('-fuse-ld='))?.slice('-fuse-ld='.length);
  return named !== undefined && program.endsWith('collect2') ? linkerOfProgram(`ld.${named}`) : undefined;
}

/** The last `--rsp-quoting` outside of response files tells how they are read. */
function quotingOf(set: OptionSet, line: readonly string[]): ResponseQuoting {
  if (!line.some((argument) => argument.startsWith('@'))) return 'posix';
  const last = set.parse(line).options.findLast(({ id }) => id === 'rsp-quoting');
  return last?.value === 'windows' ? 'windows' : 'posix';
}

/** `-plugin-opt VALUE` is what `-plugin-opt=VALUE` is. */
function joinPluginOptions(line: readonly string[]): string[] {
  const joined: string[] = [];
  for (let index = 0; index < line.length; index++) {
    const argument = line[index] ?? '';
    if ((argument === '-plugin-opt' || argument === '--plugin-opt') && index + 1 < line.length) {
      index++;
      joined.push(`${argument}=${line[index] ?? ''}`);
    } else joined.push(argument);
  }
  return joined;
}

function complaintsOfParsing({ set, given, list, isLld }: ReadLine, missing: string | undefined): CommandComplaint[] {
  const complaints: CommandComplaint[] = [];
  const complain = (kind: CommandComplaint['kind'], message: string, argument: string): void => {
    complaints.push({ severity: 'error', kind, stage: 'line', message, argument });
  };
  const quoting = list.has('rsp-quoting')
    ? set.parse(given).options.findLast(({ id }) => id === 'rsp-quoting')
    : undefined;
  if (quoting !== undefined && quoting.value !== 'posix' && quoting.value !== 'windows') {
    complain('bad-value', `invalid response file quoting: ${quoting.value}`, quoting.argument);
  }
  const color = list.last('color-diagnostics');
  if (color !== undefined && !['always', 'never', 'auto'].includes(color.value)) {
    complain('bad-value', `unknown option: --color-diagnostics=${color.value}`, color.argument);
  }
  if (missing !== undefined) complain('missing-argument', `${missing}: missing argument`, missing);
  for (const { kind, argument } of list.options) {
    if (kind !== 'unknown') continue;
    // One more than lld says is enough to know that it ends there.
    if (isLld && complaints.length > LINE_ERRORS_MAX) break;
    const nearest = isLld ? set.findNearest(argument) : undefined;
    const hint = nearest === undefined ? '' : `, did you mean '${nearest}'`;
    complain('unknown-argument', `unknown argument '${argument}'${hint}`, argument);
  }
  return complaints;
}

/** `--fatal-warnings` makes errors of warnings, `--no-warnings` keeps them to itself. */
function asWarning(complaint: CommandComplaint, options: LinkOptions): CommandComplaint[] {
  if (complaint.severity !== 'warning') return [complaint];
  if (options.noWarnings) return [];
  return [options.fatalWarnings ? { ...complaint, severity: 'error' } : complaint];
}

/** Another linker has options of its own: what lld does not know is skipped, and lld's opinion of values is not asked for. */
function asOtherLinker(complaint: CommandComplaint): CommandComplaint[] {
  switch (complaint.kind) {
    case 'unknown-argument':
      return [
        {
          severity: 'note',
          kind: 'skipped',
          stage: 'line',
          message: `${complaint.argument ?? ''}: skipped, not known to ltoscope`,
          ...(complaint.argument === undefined ? {} : { argument: complaint.argument }),
        },
      ];
    case 'missing-argument':
    case 'no-input':
    case 'response-file':
      return [complaint];
    default:
      return [];
  }
}

/** `--help` ends the link at once, `--version` and a `-v` without inputs after the line was read. */
function endOf(list: OptionList): LinkCommand['ends'] {
  if (list.has('help')) return 'help';
  const hasFile = list.options.some(({ kind }) => kind === 'input');
  return list.has('version') || (list.has('v') && !hasFile) ? 'version' : undefined;
}
