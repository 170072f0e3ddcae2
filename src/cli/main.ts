#!/usr/bin/env node
// The command line: which subcommand, with which options. What they do is in commands/; that of the listings is loaded when
// one is asked for.

import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { version } from '../../package.json';
import { EXIT, FAIL_ON } from './exit-code.ts';
import type { FailOn } from './exit-code.ts';
import type { LinkCommandOptions } from './commands/link.ts';
import { LISTINGS } from './listings.ts';
import type { ListingFlags } from './listings.ts';
import { ClosedPipe, Output, OutputFailure, warn, warnRaw } from './output.ts';
import { typedArguments } from './typed-arguments.ts';
import { printable } from '../bytes/index.ts';
import { parseLinker } from '../audit/index.ts';
import type { Linker } from '../audit/index.ts';

// A run takes a fraction of a second, and the V8 of Node 20 optimises for processes that run longer: with its own setting a
// fifth of the CPU time goes to code that is hardly used any more. Later versions compile in more steps, have no such flag,
// and complain of it. Not imported, because that takes 3 ms.
if (process.versions.v8.startsWith('11.')) {
  process.getBuiltinModule('node:v8').setFlagsFromString('--interrupt-budget=300000');
}

void main().then((status) => {
  process.exitCode = status;
});

async function main(): Promise<number> {
  const output = new Output();
  let status: number;
  try {
    status = await run(output);
  } catch (error) {
    status = statusAfter(error);
  }
  try {
    // Commander leaves by an error after --help and --version; what it printed is in the output.
    output.flush();
  } catch (error) {
    status = statusAfter(error);
  }
  return status;
}

function statusAfter(error: unknown): number {
  if (error instanceof ClosedPipe) return EXIT.clean;
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.usage;
  if (error instanceof OutputFailure) {
    warn(error.message);
    return EXIT.usage;
  }
  warn(`internal error: ${error instanceof Error ? error.message : String(error)}`);
  warn('please report it with the command line and the input; LTOSCOPE_DEBUG=1 shows where it happened');
  if (process.env['LTOSCOPE_DEBUG'] !== undefined) warn(error instanceof Error ? (error.stack ?? '') : '');
  return EXIT.internal;
}

async function run(output: Output): Promise<number> {
  let status: number = EXIT.clean;
  const program = new Command('ltoscope')
    .description('Says what a linker is about to choke on, before the link.')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        output.write(text);
      },
      writeErr: (text) => {
        // The usage, which commander prints where a subcommand is missing, is no complaint.
        if (text.startsWith('Usage:')) {
          warnRaw(text);
          return;
        }
        // What was typed comes back in it.
        const lines = text
          .trimEnd()
          .replace(/^error: /, '')
          .split('\n');
        warn(lines.map(printable).join('\n'));
      },
    })
    .showHelpAfterError('(ltoscope --help shows the usage)');

  program
    .command('audit')
    .description('check link inputs and report findings')
    .argument('<paths...>', 'objects, archives, directories, @response files; those named form one link')
    .option('--json', 'one JSON document')
    .option('--whole-archive', 'take every archive whole, as the linker does under this option')
    .addOption(
      new Option('--linker <name>', 'whose verdict: lld-16, lld, bfd-2.40, gold, mold').argParser(linkerOption),
    )
    .addOption(
      new Option('--fail-on <severity>', 'lowest severity that makes the exit status 1')
        .choices(FAIL_ON)
        .default('error'),
    )
    .action(async (paths: string[], options: { json?: true; wholeArchive?: true; linker?: Linker; failOn: FailOn }) => {
      const { auditCommand } = await import('./commands/auditing.ts');
      status = auditCommand(typedArguments(paths), options, output);
    });

  program
    .command('link')
    .description('dry run of a link line: what the linker would say')
    .argument('[line...]', 'behind --: the linker, or a compiler that only links, and its arguments')
    .option('--cmd <file>', 'a .cmd file of kbuild with the line; may be given again', collect)
    .option('-C, --directory <folder>', 'where the paths of the line count from')
    .option('--json', 'one JSON document for a line')
    .option('--why-extract <symbol>', 'tell why the input that defines a symbol is linked', collect)
    .option('--trace-symbol <symbol>', 'tell who defines and who names a symbol', collect)
    .option('--archives', 'tell what each archive contributes')
    .option('--unused', 'tell which inputs are never used')
    .addOption(new Option('--linker <name>', 'whose verdict; that of the line unless given').argParser(linkerOption))
    .addOption(
      new Option('--fail-on <severity>', 'lowest severity that makes the exit status 1')
        .choices(FAIL_ON)
        .default('error'),
    )
    .action(async (line: string[], options: LinkCommandOptions) => {
      const { linkCommand } = await import('./commands/link.ts');
      status = linkCommand(typedArguments(line), options, output);
    });

  for (const { name, description, flags = [] } of LISTINGS) {
    const listing = program
      .command(name)
      .description(description)
      .argument('<paths...>', 'files, archives, directories, @response files')
      .option('--json', 'JSON Lines')
      .action(async (paths: string[], options: ListingFlags) => {
        const { LISTING_COMMANDS } = await import('./commands/listings.ts');
        status = LISTING_COMMANDS[name](typedArguments(paths), options, output);
      });
    for (const [flag, help] of flags) listing.option(flag, help);
  }

  program
    .command('rules')
    .description('list the rules of the audit')
    .option('--json', 'JSON Lines')
    .action(async (options: { json?: true }) => {
      const { rulesCommand } = await import('./commands/auditing.ts');
      rulesCommand(options, output);
    });
  program
    .command('explain')
    .description('print the page of a rule')
    .argument('<rule>', 'its name, as in the brackets of a finding')
    .action(async (rule: string) => {
      const { explainCommand } = await import('./commands/auditing.ts');
      status = explainCommand(rule, output);
    });

  await program.parseAsync();
  return status;
}

function linkerOption(text: string): Linker {
  const linker = parseLinker(text);
  if (linker === undefined)
    throw new InvalidArgumentError('known are lld, bfd, gold and mold, with a version as in lld-16.');
  return linker;
}

function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}
