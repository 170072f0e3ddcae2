// ltoscope link: the dry run of a link line, for people or as one JSON document.

import type { DryRun, LinkVerdict, Linker, LoadedInput } from '../../link/index.ts';
import { printable } from '../../bytes/index.ts';
import { dryRunLine, readCmdLink, readTypedLink } from '../../node/index.ts';
import { EXIT, exitCodeOf } from '../exit-code.ts';
import type { FailOn } from '../exit-code.ts';
import { colour, wantsColour } from '../colour.ts';
import type { Output } from '../output.ts';
import { warn } from '../output.ts';

/** Options of the command. */
export interface LinkCommandOptions {
  readonly json?: true;
  readonly cmd?: readonly string[];
  readonly directory?: string;
  readonly linker?: Linker;
  readonly failOn: FailOn;
  readonly whyExtract?: readonly string[];
  readonly traceSymbol?: readonly string[];
  readonly archives?: true;
  readonly unused?: true;
}

/** Runs it: one report for a line. */
export function linkCommand(line: readonly string[], options: LinkCommandOptions, output: Output): number {
  const { cmd = [], directory, linker } = options;
  if (line.length === 0 && cmd.length === 0) {
    warn(
      'there is no link line: give it behind --, as in ltoscope link -- ld.lld -r a.o, or name a .cmd file with --cmd',
    );
    return EXIT.usage;
  }
  let status: number = EXIT.clean;
  const asked = linker === undefined ? {} : { linker };
  if (line.length > 0) {
    const typed = readTypedLink(line, directory);
    if ('kind' in typed) {
      warn(`${printable(line[0] ?? '')}: ${typed.reason}`);
      return EXIT.usage;
    }
    if (typed.adds !== undefined) warnOfDriver(typed.adds);
    const run = dryRunLine(typed.argv, { ...asked, ...(directory === undefined ? {} : { directory }) });
    status = report(run, undefined, options, output);
  }
  for (const file of cmd) {
    const found = readCmdLink(file);
    if ('kind' in found) {
      warn(`${printable(file)}: ${found.reason}`);
      status = EXIT.usage;
      continue;
    }
    const run = dryRunLine(found.argv, { ...asked, directory: found.directory });
    status = Math.max(status, report(run, file, options, output));
  }
  return status;
}

/** Without the driver's own files the verdict is about less than the link. */
function warnOfDriver({ startFiles, defaultLibraries }: { startFiles: boolean; defaultLibraries: boolean }): void {
  const missing = [...(startFiles ? ['start files'] : []), ...(defaultLibraries ? ['libraries'] : [])];
  if (missing.length === 0) return;
  warn(`${missing.join(' and ')} that the compiler adds are not known; give the line that it prints with -###`);
}

function report(run: DryRun, title: string | undefined, options: LinkCommandOptions, output: Output): number {
  if (options.json === true) output.write(`${JSON.stringify(documentOf(run, title, options))}\n`);
  else output.write(textOf(run, title, options));
  return exitCodeOf(countsOf(run), options.failOn, 0);
}

function countsOf({ verdicts }: DryRun) {
  const count = (severity: LinkVerdict['severity']) =>
    verdicts.filter((verdict) => verdict.severity === severity && verdict.certainty === 'certain').length;
  return { errors: count('error'), warnings: count('warning'), notes: count('note') };
}

function documentOf(run: DryRun, title: string | undefined, options: LinkCommandOptions) {
  const { linker, verdicts, inputs, archives, fails } = run;
  const linked = inputs.filter(({ number }) => run.isLinked(number));
  return {
    schema: 'ltoscope/link/1',
    ...(title === undefined ? {} : { cmd: title }),
    linker: linkerText(linker),
    links: !fails,
    summary: {
      inputs: inputs.length,
      linked: linked.length,
      archives: archives.length,
      ...countsOf(run),
      possible: verdicts.filter(({ certainty }) => certainty === 'possible').length,
    },
    verdicts,
    archives: archives.map((archive) => ({
      name: archive.name,
      members: archive.end - archive.first,
      linked: linkedOf(run, archive),
    })),
    unused: unusedOf(run),
    ...(options.whyExtract === undefined ? {} : { whyExtract: options.whyExtract.map((name) => whyOf(run, name)) }),
    ...(options.traceSymbol === undefined
      ? {}
      : { traceSymbol: options.traceSymbol.map((name) => traceOf(run, name)) }),
  };
}

function textOf(run: DryRun, title: string | undefined, options: LinkCommandOptions): string {
  const lines: string[] = [];
  if (title !== undefined) lines.push(`${printable(title)}:`);
  const reached = run.verdicts.filter(({ isReached, certainty }) => isReached && certainty === 'certain');
  const behind = run.verdicts.filter(({ isReached, certainty }) => !isReached && certainty === 'certain');
  const possible = run.verdicts.filter(({ certainty }) => certainty === 'possible');
  pushVerdicts(lines, reached, '');
  if (behind.length > 0) lines.push('what the linker would come to when these are mended:');
  pushVerdicts(lines, behind, '');
  if (possible.length > 0) lines.push('possible, for only code generation or garbage collection could tell:');
  pushVerdicts(lines, possible, 'possible ');
  for (const name of options.whyExtract ?? []) lines.push(...whyLines(run, name));
  for (const name of options.traceSymbol ?? []) lines.push(...traceLines(run, name));
  if (options.archives === true) {
    for (const archive of run.archives) {
      const members = `${linkedOf(run, archive)} of ${archive.end - archive.first} members`;
      lines.push(`${printable(archive.name)}: ${members}${archive.isLazy ? '' : ', whole'}`);
    }
  }
  if (options.unused === true) for (const name of unusedOf(run)) lines.push(`unused: ${printable(name)}`);
  lines.push(summaryLine(run));
  return `${lines.join('\n')}\n`;
}

/** One of several lines has a blank line around it, as lld prints them. */
function pushVerdicts(lines: string[], verdicts: readonly LinkVerdict[], prefix: string): void {
  const paint = wantsColour() ? colour : (_severity: LinkVerdict['severity'], text: string) => text;
  let isLong = false;
  verdicts.forEach(({ severity, message }, at) => {
    const [first = '', ...rest] = message.split('\n');
    if (at > 0 && (isLong || rest.length > 0)) lines.push('');
    lines.push(`${paint(severity, `${prefix}${severity}:`)} ${printable(first)}`, ...rest.map(printable));
    isLong = rest.length > 0;
  });
}

function summaryLine(run: DryRun): string {
  const { errors, warnings } = countsOf(run);
  const linked = run.inputs.filter(({ number }) => run.isLinked(number)).length;
  const verdict = run.fails ? 'the link fails' : 'links';
  const counts = `${errors} ${errors === 1 ? 'error' : 'errors'}, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`;
  return `${linkerText(run.linker)}: ${verdict}; ${linked} of ${run.inputs.length} inputs taken, ${counts}`;
}

function linkerText({ family, version }: Linker): string {
  return version === undefined ? family : `${family}-${version}`;
}

function linkedOf(run: DryRun, { first, end }: DryRun['archives'][number]): number {
  let linked = 0;
  for (let number = first; number < end; number += 1) if (run.isLinked(number)) linked += 1;
  return linked;
}

/** Inputs by themselves that nothing took, and archives that gave nothing. */
function unusedOf(run: DryRun): string[] {
  const archives = run.archives.filter((archive) => archive.end > archive.first && linkedOf(run, archive) === 0);
  const loose = run.inputs.filter((input) => input.archive === undefined && !run.isLinked(input.number));
  return [...archives.map(({ name }) => name), ...loose.map(({ name }) => name)];
}

function definerOf(run: DryRun, symbol: string): LoadedInput | undefined {
  return run.trace(symbol).find(({ does, isKept }) => does === 'defines' && isKept)?.input;
}

function whyOf(run: DryRun, symbol: string) {
  const chain: { input: string; symbol?: string; by?: string }[] = [];
  const seen = new Set<number>();
  let input = definerOf(run, symbol);
  while (input !== undefined && !seen.has(input.number)) {
    seen.add(input.number);
    const why = run.extractionOf(input.number);
    chain.push({
      input: input.name,
      ...(why === undefined ? {} : { symbol: why.symbol, by: why.by?.name ?? '<command line>' }),
    });
    input = why?.by;
  }
  return { symbol, chain };
}

function whyLines(run: DryRun, symbol: string): string[] {
  const { chain } = whyOf(run, symbol);
  if (chain.length === 0) return [`${printable(symbol)}: no input that is linked defines it`];
  return chain.map(({ input, symbol: name, by }) =>
    name === undefined
      ? `${printable(input)}: stands on the line itself`
      : `${printable(input)}: taken for ${printable(name)}, named by ${printable(by ?? '')}`,
  );
}

function traceOf(run: DryRun, symbol: string) {
  return {
    symbol,
    places: run.trace(symbol).map(({ input, does, isKept }) => ({ input: input.name, does, kept: isKept })),
  };
}

function traceLines(run: DryRun, symbol: string): string[] {
  const { places } = traceOf(run, symbol);
  if (places.length === 0) return [`${printable(symbol)}: no input names it`];
  return places.map(
    ({ input, does, kept }) => `${printable(input)}: ${does} ${printable(symbol)}${kept ? ', kept' : ''}`,
  );
}
