// The order of a link by lld (link() in lld/ELF/Driver.cpp): options that name symbols, inputs, what takes more out of
// archives, definitions by scripts. The verdicts of each step are told where it takes place.

import type { NameInterner } from '../name-interner.ts';
import { Resolver } from '../resolution/resolver.ts';
import { BINDINGS, STATES } from '../resolution/symbol-states.ts';
import type { LinkOptions } from './command-line/link-command.ts';
import { areCompatible, targetOfEmulation } from './link-target.ts';
import type { LinkTarget } from './link-target.ts';
import type { LoadedLink } from './load-inputs.ts';
import type { LoadedInput } from './loaded-input.ts';
import { compileGlobs, findGlobProblem } from './script/glob.ts';
import type { ScriptCommand } from './script/link-script.ts';
import { STAGES } from './verdict-list.ts';
import type { VerdictList } from './verdict-list.ts';

/** What {@link resolveLink} needs beside the inputs. */
export interface ResolveContext {
  readonly names: NameInterner;
  readonly verdicts: VerdictList;
  readonly options: LinkOptions;
  readonly major: number;
  /** Library functions that the code generator of this linker may call. */
  readonly libcalls: (triple: string) => Iterable<string>;
}

/** Resolves the names of all inputs. */
export function resolveLink(link: LoadedLink, context: ResolveContext): Resolver {
  const { names, options, major } = context;
  const resolver = new Resolver(names, {
    major,
    fortranCommon: options.fortranCommon,
    notesCommons: options.warnCommon,
  });
  for (const input of link.inputs) resolver.reserve(input);
  for (const name of options.undefined) resolver.addUndefined(names.internText(name));
  for (const command of link.commands) {
    if (command.kind !== 'extern') continue;
    for (const name of command.names) resolver.addUndefined(names.internText(name));
  }
  for (const { name } of link.references) resolver.addUndefined(names.internText(name));
  const target = parseInputs(link, resolver, context);
  extractRoots(link, resolver, context);
  tellTakenByIndex(link, resolver, target, context);
  defineByScripts(link.commands, resolver, context);
  return resolver;
}

/** Inputs that are not for the machine are told and left out. */
function parseInputs(
  { inputs, archives }: LoadedLink,
  resolver: Resolver,
  context: ResolveContext,
): LinkTarget | undefined {
  const { options, major } = context;
  const wanted = options.emulation === undefined ? undefined : targetOfEmulation(options.emulation, major);
  const target: LinkTarget | undefined = wanted ?? inputs[0];
  let first: LoadedInput | undefined;
  const indexed = new Map(
    archives.filter(({ index }) => index !== undefined).map((archive) => [archive.first, archive]),
  );
  let indexedEnd = 0;
  for (const input of inputs) {
    const archive = indexed.get(input.number);
    if (archive?.index !== undefined) {
      resolver.addIndex(archive.index);
      indexedEnd = archive.end;
    }
    if (input.number < indexedEnd) continue;
    if (target !== undefined && !areCompatible(input, target)) {
      tellIncompatible(input, options.emulation ?? firstOfKind(inputs, first, input)?.name, context);
      continue;
    }
    first ??= input;
    resolver.parse(input.number);
  }
  return target;
}

function tellIncompatible({ name }: LoadedInput, other: string | undefined, context: ResolveContext): void {
  const { verdicts, options, major } = context;
  const message = `${name} is incompatible with ${other ?? ''}`;
  // That it may be a warning was seen of lld 22, and not of 19.
  const severity = options.noinhibitExec && major >= 20 ? 'warning' : 'error';
  verdicts.add({ stage: STAGES.PARSE, kind: 'incompatible', severity, message, files: [name] });
}

/** Members that an index led to, and that the linker sees only now. */
function tellTakenByIndex(
  { inputs, archives }: LoadedLink,
  resolver: Resolver,
  target: LinkTarget | undefined,
  context: ResolveContext,
): void {
  const { names, verdicts, options } = context;
  for (const { first, end, index } of archives) {
    if (index === undefined) continue;
    for (const input of inputs.slice(first, end)) {
      if (!resolver.isLinked(input.number)) continue;
      const symbol = resolver.extractionOf(input.number)?.name;
      const refusal = input.refusal?.(symbol === undefined ? '' : names.text(symbol));
      if (refusal !== undefined) verdicts.add({ ...refusal, stage: STAGES.PARSE });
      else if (target !== undefined && !areCompatible(input, target)) {
        tellIncompatible(input, options.emulation ?? firstOfKind(inputs, undefined, input)?.name, context);
      }
    }
  }
}

/** The input that lld names beside one of another machine: the first object, else library, else bitcode that was parsed. */
function firstOfKind(inputs: readonly LoadedInput[], first: LoadedInput | undefined, other: LoadedInput) {
  for (const kind of ['object', 'shared-library', 'bitcode'] as const) {
    const found = inputs.find((input) => input.kind === kind && input.number < other.number && !input.isLazy);
    if (found !== undefined) return found;
  }
  return first;
}

/** The entry of a link. */
export interface LinkEntry {
  readonly name: string;
  /** `-e` or a script names it. */
  readonly isNamed: boolean;
}

/** The entry: of `-e`, of a script, or the default one; `-r` has none of its own. */
export function entryOf(
  link: Pick<LoadedLink, 'commands' | 'inputs'>,
  { entry, relocatable }: LinkOptions,
): LinkEntry | undefined {
  const named = entry ?? link.commands.findLast((command) => command.kind === 'entry')?.name;
  if (named !== undefined) return { name: named, isNamed: true };
  if (relocatable) return undefined;
  return { name: link.inputs[0]?.machine === 'mips' ? '__start' : '_start', isNamed: false };
}

/** What else takes inputs out of archives, in lld's order. */
function extractRoots(link: LoadedLink, resolver: Resolver, context: ResolveContext): void {
  const { names, options, libcalls } = context;
  const entry = entryOf(link, options);
  if (entry !== undefined) resolver.extract(names.internText(entry.name));
  if (options.undefinedGlob.length > 0) {
    for (const pattern of options.undefinedGlob) {
      const problem = findGlobProblem(pattern, context.major);
      if (problem === undefined) continue;
      const files = ['--undefined-glob'];
      context.verdicts.error(STAGES.PARSE, 'bad-argument', `--undefined-glob: ${problem}`, { files });
    }
    const globs = compileGlobs(options.undefinedGlob.map((pattern) => ({ pattern, isGlob: true })));
    for (let name = 0; name < names.size; name += 1) {
      if (resolver.states.state[name] === STATES.LAZY && globs.matches(names.text(name))) resolver.extract(name);
    }
  }
  const bitcode = resolver.taken.map((input) => link.inputs[input]).find((input) => input?.kind === 'bitcode');
  if (bitcode !== undefined && link.inputs.some(({ isLazy, kind }) => isLazy && kind === 'bitcode')) {
    for (const libcall of libcalls(bitcode.triple ?? '')) {
      const name = names.find(libcall);
      if (name !== undefined) extractBitcode(link, resolver, name);
    }
  }
  for (const name of new Set(options.wrap)) addWrapped(name, resolver, names);
}

/** The code generator's calls take bitcode only: of an object the linker finds the definition when it comes to the call. */
function extractBitcode(link: LoadedLink, resolver: Resolver, name: number): void {
  const { state, input } = resolver.states;
  if (state[name] !== STATES.LAZY) return;
  if (link.inputs[input[name] as number]?.kind === 'bitcode') resolver.extract(name);
}

function addWrapped(name: string, resolver: Resolver, names: NameInterner): void {
  const { states } = resolver;
  const symbol = names.internText(name);
  const real = names.internText(`__real_${name}`);
  if ((states.state[symbol] ?? STATES.NONE) === STATES.NONE) return;
  const binding = states.binding[symbol] ?? BINDINGS.GLOBAL;
  resolver.addUndefined(names.internText(`__wrap_${name}`), binding);
  if ((states.state[real] ?? STATES.NONE) !== STATES.NONE) resolver.addUndefined(symbol, binding);
}

function defineByScripts(commands: readonly ScriptCommand[], resolver: Resolver, { names }: ResolveContext): void {
  const { states } = resolver;
  for (const command of commands) {
    if (command.kind !== 'assign') continue;
    const name = names.internText(command.name);
    const state = states.state[name] ?? STATES.NONE;
    const isWanted = !command.provide || (state !== STATES.NONE && state !== STATES.DEFINED && state !== STATES.COMMON);
    if (isWanted) resolver.define(name);
  }
}
