// What the linker says of names that it has resolved: definitions too many, symbols that are thread-local in one file only,
// version scripts that name what there is not, expressions of scripts, the entry.

import type { NameInterner } from '../name-interner.ts';
import { describeDefinition } from '../references/locations.ts';
import type { LocationText } from '../references/locations.ts';
import { findDuplicateSymbols } from '../resolution/find-duplicates.ts';
import type { ResolvableInput, Resolver } from '../resolution/resolver.ts';
import { STATES } from '../resolution/symbol-states.ts';
import { SYMBOL_FLAGS } from '../symbols/input-symbols.ts';
import type { LinkOptions } from './command-line/link-command.ts';
import type { InputHost } from '../walk.ts';
import type { LoadedInput } from './loaded-input.ts';
import { labelOf, withObject } from './open-object.ts';
import { isReservedSymbol } from './reserved-symbols.ts';
import type { LinkEntry } from './resolve-link.ts';
import type { ScriptCommand, VersionNode } from './script/link-script.ts';
import { STAGES } from './verdict-list.ts';
import type { VerdictList } from './verdict-list.ts';

const F = SYMBOL_FLAGS;

/** What the functions of this file need. */
export interface ResolutionContext {
  readonly names: NameInterner;
  readonly verdicts: VerdictList;
  readonly options: LinkOptions;
  readonly major: number;
  readonly inputs: readonly LoadedInput[];
  readonly resolver: Resolver;
}

/** Tells strong definitions of one name; none under `-z muldefs`. */
export function tellDuplicates(context: ResolutionContext & { readonly host: InputHost }): void {
  const { names, verdicts, options, major, inputs, resolver } = context;
  if (options.allowMultipleDefinition) return;
  const severity = options.noinhibitExec && major >= 19 ? 'warning' : 'error';
  const duplicates = [...findDuplicateSymbols(resolver, major)];
  const places = findDefinitions(
    duplicates.flatMap(({ kept, other }) => [kept, other]),
    context,
  );
  for (const { name, kept, other } of duplicates) {
    const symbol = names.text(name);
    const files = [kept, other].map(({ input }) => inputs[input]?.name ?? '');
    const where = [kept, other].map((definition) => places.get(definition));
    // Where one has no place the linker tells none.
    const isTold = where.every((place) => place !== undefined);
    const lines = [kept, other].flatMap(({ input }, i) =>
      describeDefinition(labelOf(inputs[input] as LoadedInput), isTold ? where[i] : undefined),
    );
    const message = [`duplicate symbol: ${symbol}`, ...lines].join('\n');
    verdicts.add({ stage: STAGES.PARSE, kind: 'duplicate-symbol', severity, message, symbol, files });
  }
}

interface Definition {
  readonly input: number;
  readonly row: number;
}

/** The places of definitions in words; each object is read once. Absolute symbols and those of bitcode have none. */
function findDefinitions(
  definitions: readonly Definition[],
  context: ResolutionContext & { readonly host: InputHost },
): Map<Definition, LocationText> {
  const byInput = new Map<number, Definition[]>();
  for (const definition of definitions) {
    const known = byInput.get(definition.input);
    if (known === undefined) byInput.set(definition.input, [definition]);
    else known.push(definition);
  }
  const places = new Map<Definition, LocationText>();
  for (const [number, rows] of byInput) {
    const input = context.inputs[number] as LoadedInput;
    if (input.kind !== 'object' || input.isJustSymbols) continue;
    withObject(input, context, ({ locations: { symbols }, locations }) => {
      for (const definition of rows) {
        const symbol = definition.row + input.symbols.first;
        if (symbols === undefined || ((input.symbols.flags[definition.row] ?? 0) & F.ABSOLUTE) !== 0) continue;
        places.set(definition, locations.at(symbols.sectionIndex(symbol), Number(symbols.value(symbol))));
      }
    });
  }
  return places;
}

/**
 * Tells symbols that are thread-local in one file and not in another: up to lld 14 where a definition took the place of what
 * was known of the name, later where two files define it.
 */
export function tellTlsMismatches(context: ResolutionContext): void {
  const { names, verdicts, major, inputs, resolver } = context;
  const tell = (name: number, files: readonly string[], where: string) => {
    const symbol = names.text(name);
    const lines = files.map((file) => `>>> ${where} ${file}`);
    const message = [`TLS attribute mismatch: ${symbol}`, ...lines].join('\n');
    verdicts.error(STAGES.PARSE, 'tls-mismatch', message, { symbol, files });
  };
  const nameOf = (input: number) => inputs[input]?.name ?? '';
  for (const { name, before, by } of resolver.tlsMismatches) tell(name, [nameOf(by), nameOf(before)], 'defined in');
  if (major < 15) return;
  for (const input of resolver.taken) {
    const { kind, symbols } = resolver.inputs[input] as ResolvableInput;
    if (kind !== 'object') continue;
    for (let row = 0; row < symbols.length; row += 1) {
      const raw = symbols.names[row] as number;
      const flags = symbols.flags[row] as number;
      if (raw < 0 || (flags & (F.TLS | F.NO_TYPE)) !== 0) continue;
      const name = resolver.plain(raw);
      const keeper = resolver.states.input[name] as number;
      if (keeper === input || resolver.states.state[name] === STATES.LAZY) continue;
      // Only what is said of a symbol that was kept as thread-local.
      const kept = resolver.inputs[keeper]?.symbols.flags[resolver.states.row[name] as number] ?? 0;
      if ((kept & F.TLS) !== 0) tell(name, [nameOf(keeper), nameOf(input)], 'in');
    }
  }
}

/** Tells common symbols that met others (`--warn-common`). */
export function tellCommons({ names, verdicts, resolver }: ResolutionContext): void {
  for (const { name, isOverridden } of resolver.commons) {
    const symbol = names.text(name);
    const message = isOverridden ? `common ${symbol} is overridden` : `multiple common of ${symbol}`;
    verdicts.add({ stage: STAGES.PARSE, kind: 'other', severity: 'warning', message, symbol });
  }
}

/** Applies version scripts as far as they may be wrong: names that are not defined, or in two versions. */
export function tellVersions(nodes: readonly VersionNode[], context: ResolutionContext): void {
  const { names, verdicts, options, major, resolver } = context;
  const severity = major >= 15 && major < 17 ? 'warning' : 'error';
  const assigned = new Map<string, string>();
  const assign = (pattern: string, version: string) => {
    if (!isVersioned(resolver, names.find(pattern))) {
      const isSilent =
        options.undefinedVersion || nodes.some(({ name }) => isKnown(resolver, names.find(`${pattern}@${name}`)));
      if (isSilent) return;
      const message = `version script assignment of '${version}' to symbol '${pattern}' failed: symbol not defined`;
      verdicts.add({ stage: STAGES.VERSIONS, kind: 'version', severity, message, symbol: pattern });
      return;
    }
    const before = assigned.get(pattern);
    if (before === undefined) assigned.set(pattern, version);
    else if (before !== version) {
      const message = `attempt to reassign symbol '${pattern}' of ${describe(before)} to ${describe(version)}`;
      verdicts.add({ stage: STAGES.VERSIONS, kind: 'version', severity: 'warning', message, symbol: pattern });
    }
  };
  for (const { name, global, local } of nodes) {
    for (const { pattern, isGlob, isCxx } of global)
      if (!isGlob && !isCxx) assign(pattern, name === '' ? GLOBAL : name);
    for (const { pattern, isGlob, isCxx } of local) if (!isGlob && !isCxx) assign(pattern, LOCAL);
  }
  if (options.shared) tellUndefinedVersions(new Set(nodes.map(({ name }) => name)), context);
}

const GLOBAL = 'global';
const LOCAL = 'local';

function describe(version: string): string {
  if (version === LOCAL) return 'VER_NDX_LOCAL';
  return version === GLOBAL ? 'VER_NDX_GLOBAL' : `version '${version}'`;
}

function isKnown(resolver: Resolver, name: number | undefined): boolean {
  return name !== undefined && (resolver.states.state[name] ?? STATES.NONE) !== STATES.NONE;
}

function isVersioned(resolver: Resolver, name: number | undefined): boolean {
  const state = name === undefined ? STATES.NONE : resolver.states.state[resolver.plain(name)];
  return state === STATES.DEFINED || state === STATES.COMMON || state === STATES.LAZY;
}

/** `name@VERSION` of an object that is linked into a shared library needs that version in a script. */
function tellUndefinedVersions(versions: ReadonlySet<string>, context: ResolutionContext): void {
  const { names, verdicts, inputs, resolver } = context;
  const { state, input } = resolver.states;
  for (const whole of names.versionedNames()) {
    const name = resolver.plain(whole);
    const file = inputs[input[name] ?? -1];
    if (state[name] !== STATES.DEFINED || file === undefined) continue;
    const text = names.text(whole);
    const version = text.slice(text.indexOf('@')).replace(/^@+/, '');
    if (versions.has(version)) continue;
    const message = `${file.name}: symbol ${text} has undefined version ${version}`;
    verdicts.error(STAGES.VERSIONS, 'version', message, { symbol: text, files: [file.name] });
  }
}

/** Tells symbols that expressions of scripts need and nothing defines. */
export function tellExpressions(commands: readonly ScriptCommand[], context: ResolutionContext): void {
  const { names, verdicts, inputs, resolver } = context;
  const machine = inputs[0]?.machine;
  const { state } = resolver.states;
  for (const command of commands) {
    if (command.kind !== 'assign') continue;
    const defined = names.find(command.name);
    // What PROVIDE is not needed for is not computed.
    if (command.provide && (defined === undefined || resolver.states.input[defined] !== -1)) continue;
    const file = command.place.replace(/:\d+$/, '');
    if (command.problem !== undefined) verdicts.error(STAGES.WRITE, 'script-error', command.problem, { files: [file] });
    for (const reference of command.references) {
      const name = names.find(reference.name);
      const known = name === undefined ? STATES.NONE : state[resolver.plain(name)];
      if (known === STATES.DEFINED || known === STATES.COMMON || isReservedSymbol(reference.name, machine)) continue;
      const message = `${reference.place}: symbol not found: ${reference.name}`;
      verdicts.error(STAGES.WRITE, 'script-error', message, { symbol: reference.name, files: [file] });
    }
  }
}

/** Tells an entry that is not there, which is a warning, the last thing that the linker says. */
export function tellEntry(entry: LinkEntry | undefined, context: ResolutionContext): void {
  const { names, verdicts, options } = context;
  // A shared library need not have the default one.
  if (entry === undefined || (!entry.isNamed && options.shared)) return;
  const { name } = entry;
  if (isKnown(context.resolver, names.find(name)) || /^(0x[\da-f]+|\d+)$/i.test(name)) return;
  const message = `cannot find entry symbol ${name}; not setting start address`;
  verdicts.add({ stage: STAGES.WRITE, kind: 'other', severity: 'warning', message, symbol: name });
}
