// The dry run: a command line and the files it names, to what the linker would say of them.

import { DEFAULT_LINKER, lldMajorOf, NEWEST_LLD } from '../linker.ts';
import type { Linker } from '../linker.ts';
import { machineOfElf } from '../machine.ts';
import { NameInterner } from '../name-interner.ts';
import type { Extraction, Resolver } from '../resolution/resolver.ts';
import { STATES } from '../resolution/symbol-states.ts';
import { SYMBOL_FLAGS } from '../symbols/input-symbols.ts';
import type { InputHost } from '../walk.ts';
import type { LinkCommand } from './command-line/link-command.ts';
import { withInputBytes } from './input-bytes.ts';
import { InputLoader } from './load-inputs.ts';
import type { LoadedArchive } from './load-inputs.ts';
import { targetOfEmulation } from './link-target.ts';
import { extractedLibcalls } from './libcalls.ts';
import type { LoadedInput } from './loaded-input.ts';
import { readOptionFiles } from './read-option-files.ts';
import { entryOf, resolveLink } from './resolve-link.ts';
import { ltoRefusal, mayBeRefused } from './tell-bitcode.ts';
import type { LtoContext } from './tell-bitcode.ts';
import {
  tellCommons,
  tellDuplicates,
  tellEntry,
  tellExpressions,
  tellTlsMismatches,
  tellVersions,
} from './tell-resolution.ts';
import { tellDiscarded, tellUndefined } from './tell-undefined.ts';
import type { LinkVerdict } from './verdict.ts';
import { STAGES, VerdictList } from './verdict-list.ts';

/** What {@link dryRun} needs of the machine. */
export interface DryRunHost extends InputHost {
  /** Reads a file whole; `undefined` if it cannot be read. */
  readFile(file: string): Uint8Array | undefined;
}

/** Options of {@link dryRun}. */
export interface DryRunOptions {
  /** Whose verdict is asked for; that of the command line's program unless given, else the newest lld. */
  readonly linker?: Linker;
  /** Memory for inputs that fit. */
  readonly scratch?: Uint8Array;
}

/** What a dry run found. */
export interface DryRun {
  readonly linker: Linker;
  readonly command: LinkCommand;
  /** What the linker says, in its order, what it does not come to included. */
  readonly verdicts: readonly LinkVerdict[];
  readonly inputs: readonly LoadedInput[];
  readonly archives: readonly LoadedArchive[];
  /** Whether the link certainly fails. */
  readonly fails: boolean;
  /** Whether an input takes part. */
  isLinked(input: number): boolean;
  /** Why an input was taken out of its archive; `undefined` if it was not. */
  extractionOf(input: number): { readonly symbol: string; readonly by: LoadedInput | undefined } | undefined;
  /** Who defines and who names a symbol, in the order of the inputs. */
  trace(symbol: string): SymbolTrace[];
}

/** One input that has to do with a symbol. */
export interface SymbolTrace {
  readonly input: LoadedInput;
  readonly does: 'defines' | 'common' | 'lazily defines' | 'shared definition' | 'refers';
  readonly isKept: boolean;
}

/**
 * Says what the linker would say of a command line, without linking.
 *
 * Reads the symbol tables of all inputs, one at a time, and the relocations of the objects that are linked; of bitcode the
 * symbol table. Nothing is written. Damage and missing files become verdicts.
 */
export function dryRun(command: LinkCommand, host: DryRunHost, options: DryRunOptions = {}): DryRun {
  const linker = options.linker ?? command.linker ?? DEFAULT_LINKER;
  const major = lldMajorOf(linker);
  const names = new NameInterner();
  const verdicts = new VerdictList();
  const scratch = options.scratch ?? new Uint8Array(SCRATCH_BYTES);
  if (linker.family !== 'lld') tellFamily(linker, verdicts);
  for (const complaint of command.complaints) if (complaint.stage !== 'inputs') verdicts.complain(complaint);
  const context = { host, names, verdicts, linker, major, scratch, readFile: (file: string) => host.readFile(file) };
  const { options: lineOptions } = command;
  const lineNodes = readOptionFiles(lineOptions, context);
  const loader = new InputLoader(context, lineOptions);
  // After --help, --version, or an error that ends the program no input is looked at.
  if (command.ends === undefined) loader.load(command);
  tellTargetDemands(command, loader.inputs, major, verdicts);
  const scriptNodes = loader.commands.flatMap((said) => (said.kind === 'version' ? said.nodes : []));
  const libcalls = (triple: string) => extractedLibcalls(major, triple);
  const resolver = resolveLink(loader, { names, verdicts, options: lineOptions, major, libcalls });
  const resolution = { names, verdicts, options: lineOptions, major, inputs: loader.inputs, resolver };
  checkTakenObjects(loader, resolver, host);
  tellCommons(resolution);
  tellTlsMismatches(resolution);
  tellDuplicates({ ...resolution, host });
  tellVersions([...lineNodes, ...scriptNodes], resolution);
  const keepsAll = lineOptions.relocatable || lineOptions.shared;
  tellUnreadableBitcode(host, loader.inputs, resolver, { major, keepsAll }, verdicts);
  const scan = { ...resolution, host, commands: loader.commands };
  tellUndefined(scan);
  tellDiscarded(scan);
  tellExpressions(loader.commands, resolution);
  tellEntry(entryOf(loader, lineOptions), resolution);
  return new FinishedRun(command, linker, loader, resolver, names, verdicts.verdicts(lineOptions));
}

const SCRATCH_BYTES = 2 << 20;

/** Other linkers resolve by rules of their own, which agree with lld's in what is missing and what is there twice. */
function tellFamily({ family }: Linker, verdicts: VerdictList): void {
  const message = `${family} is judged by the rules and in the words of ld.lld ${NEWEST_LLD}`;
  verdicts.add({ stage: STAGES.OPEN, kind: 'other', severity: 'note', message });
}

/** What was taken out of archives is looked at like any other object. */
function checkTakenObjects(loader: InputLoader, resolver: Resolver, host: InputHost): void {
  for (const number of resolver.taken) {
    const input = loader.inputs[number] as LoadedInput;
    if (!input.isLazy || input.kind !== 'object') continue;
    withInputBytes(host, input, (range) => {
      loader.checkObject(input, range);
    });
  }
}

/** Tells options that the machine of the link does not take. */
function tellTargetDemands(
  { targetDemands, options }: LinkCommand,
  inputs: readonly LoadedInput[],
  major: number,
  verdicts: VerdictList,
): void {
  const emulated = options.emulation === undefined ? undefined : targetOfEmulation(options.emulation, major);
  const machine = (emulated ?? inputs[0])?.machine;
  if (machine === undefined) return;
  for (const { machines, takes, message } of targetDemands) {
    const isNamed = machines.some((number) => machineOfElf(number) === machine);
    if (isNamed !== (takes === 'only')) verdicts.error(STAGES.OPTIONS, 'bad-argument', message);
  }
}

function tellUnreadableBitcode(
  host: DryRunHost,
  inputs: readonly LoadedInput[],
  resolver: Resolver,
  context: LtoContext,
  verdicts: VerdictList,
): void {
  for (const number of resolver.taken) {
    const input = inputs[number] as LoadedInput;
    if (!mayBeRefused(input, context)) continue;
    withInputBytes(host, input, (range) => {
      const refusal = ltoRefusal(input, range, context);
      if (refusal !== undefined) verdicts.add(refusal);
    });
  }
}

class FinishedRun implements DryRun {
  readonly command: LinkCommand;
  readonly linker: Linker;
  readonly verdicts: readonly LinkVerdict[];
  readonly inputs: readonly LoadedInput[];
  readonly archives: readonly LoadedArchive[];
  private readonly resolver: Resolver;
  private readonly names: NameInterner;

  constructor(
    command: LinkCommand,
    linker: Linker,
    loader: InputLoader,
    resolver: Resolver,
    names: NameInterner,
    verdicts: readonly LinkVerdict[],
  ) {
    this.command = command;
    this.linker = linker;
    this.verdicts = verdicts;
    this.inputs = loader.inputs;
    this.archives = loader.archives;
    this.resolver = resolver;
    this.names = names;
  }

  get fails(): boolean {
    return this.verdicts.some(({ severity, certainty }) => severity === 'error' && certainty === 'certain');
  }

  isLinked(input: number): boolean {
    return this.resolver.isLinked(input);
  }

  extractionOf(input: number): { symbol: string; by: LoadedInput | undefined } | undefined {
    const extraction: Extraction | undefined = this.resolver.extractionOf(input);
    if (extraction === undefined) return undefined;
    return { symbol: this.names.text(extraction.name), by: this.inputs[extraction.by] };
  }

  trace(symbol: string): SymbolTrace[] {
    const traces: SymbolTrace[] = [];
    const name = this.names.find(symbol);
    if (name === undefined) return traces;
    for (const input of this.inputs) {
      const row = input.symbols.names.findIndex((raw) => raw >= 0 && this.resolver.plain(raw) === name);
      if (row === -1) continue;
      const { state, input: keeper } = this.resolver.states;
      const isKept = keeper[name] === input.number && state[name] !== STATES.UNDEFINED;
      traces.push({ input, does: this.doingOf(input, row), isKept });
    }
    return traces;
  }

  private doingOf(input: LoadedInput, row: number): SymbolTrace['does'] {
    const flags = input.symbols.flags[row] ?? 0;
    if ((flags & SYMBOL_FLAGS.DEFINED) === 0) return 'refers';
    if (!this.resolver.isLinked(input.number)) return 'lazily defines';
    if (input.kind === 'shared-library') return 'shared definition';
    return (flags & SYMBOL_FLAGS.COMMON) === 0 ? 'defines' : 'common';
  }
}
