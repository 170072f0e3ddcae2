// What the linker says when it scans the relocations of the sections that stay: symbols that nothing defines, and references to
// what was dropped with a COMDAT group.

import type { NameInterner } from '../name-interner.ts';
import { describeDiscardedReference } from '../references/discarded.ts';
import { findDiscardedReferences, findReferences, REFERENCES_SHOWN } from '../references/find-references.ts';
import { describeReferences } from '../references/locations.ts';
import type { Resolver } from '../resolution/resolver.ts';
import { NO_INPUT, STATES } from '../resolution/symbol-states.ts';
import type { InputHost } from '../walk.ts';
import type { LinkOptions } from './command-line/link-command.ts';
import { findUndefinedInLibraries, findUndefinedSymbols } from './find-undefined.ts';
import type { UndefinedSymbol } from './find-undefined.ts';
import { findLiveSections } from './live-sections.ts';
import type { LiveSections } from './live-sections.ts';
import type { LoadedInput } from './loaded-input.ts';
import { labelOf, withObject } from './open-object.ts';
import { isReservedSymbol, sectionOfBound } from './reserved-symbols.ts';
import type { ScriptCommand } from './script/link-script.ts';
import { STAGES } from './verdict-list.ts';
import type { VerdictList } from './verdict-list.ts';

/** What {@link tellUndefined} needs. */
export interface UndefinedContext {
  readonly host: InputHost;
  readonly names: NameInterner;
  readonly verdicts: VerdictList;
  readonly options: LinkOptions;
  readonly major: number;
  readonly inputs: readonly LoadedInput[];
  readonly resolver: Resolver;
  /** What scripts say. */
  readonly commands: readonly ScriptCommand[];
}

const VISIBILITIES = ['', 'internal ', 'hidden ', 'protected '];

/** The references to one symbol, over all objects. */
interface FoundReferences {
  readonly lines: string[];
  readonly files: string[];
  count: number;
}

/** Tells undefined symbols of objects, bitcode and shared libraries. With `-r` nothing need be defined. */
export function tellUndefined(context: UndefinedContext): void {
  const { options, inputs, resolver, names } = context;
  if (options.relocatable) return;
  const machine = inputs[0]?.machine;
  const isBound = boundsOfSections(context);
  const isDefinedLater = (name: string) => isReservedSymbol(name, machine) || isBound(name);
  const symbols = findUndefinedSymbols(resolver, inputs, names, { isDefinedLater, wrapped: options.wrap });
  const reported = symbols.filter((symbol) => severityOf(symbol, options) !== undefined);
  const live = options.gcSections && reported.length > 0 ? findLiveSections(context, context.commands) : undefined;
  const sure = readReferences(context, reported, live?.sure);
  // What only bitcode may keep is only possible.
  const possible =
    live === undefined || live.possible === live.sure ? sure : readReferences(context, reported, live.possible);
  for (const symbol of reported) tell(context, symbol, sure.get(symbol), possible.get(symbol));
  tellLibraries(context);
}

function severityOf({ visibility }: UndefinedSymbol, options: LinkOptions): 'error' | 'warning' | undefined {
  // Only what another file may define at run time may be missing.
  const policy = visibility === 0 ? options.unresolvedSymbols : 'report-all';
  if (policy === 'ignore') return undefined;
  return policy === 'warn' || options.noinhibitExec ? 'warning' : 'error';
}

/** Reads the relocations of the objects that name undefined symbols; each object once. */
function readReferences(
  context: UndefinedContext,
  symbols: readonly UndefinedSymbol[],
  live: LiveSections | undefined,
): Map<UndefinedSymbol, FoundReferences> {
  const byInput = new Map<number, Map<number, UndefinedSymbol>>();
  for (const symbol of symbols) {
    for (const { input, row } of symbol.objects) {
      let rows = byInput.get(input);
      if (rows === undefined) byInput.set(input, (rows = new Map<number, UndefinedSymbol>()));
      rows.set(row, symbol);
    }
  }
  const references = new Map<UndefinedSymbol, FoundReferences>();
  for (const [number, rows] of [...byInput].sort(([a], [b]) => a - b)) {
    const input = context.inputs[number] as LoadedInput;
    if (input.isJustSymbols) continue;
    withObject(input, context, ({ elf, scope, locations }) => {
      const { first } = input.symbols;
      const wanted = new Set([...rows.keys()].map((row) => row + first));
      const isLeftOut = (section: number) => scope.isLeftOut(section) || live?.[number]?.[section] === 0;
      for (const [symbolIndex, { places, count }] of findReferences(elf, wanted, { ...scope, isLeftOut })) {
        const symbol = rows.get(symbolIndex - first);
        if (symbol === undefined) continue;
        let found = references.get(symbol);
        if (found === undefined) references.set(symbol, (found = { lines: [], files: [], count: 0 }));
        const shown = Math.max(0, REFERENCES_SHOWN - found.count);
        found.lines.push(...describeReferences(locations, places.slice(0, shown)));
        found.files.push(input.name);
        found.count += count;
      }
    });
  }
  return references;
}

function tell(
  context: UndefinedContext,
  symbol: UndefinedSymbol,
  sure: FoundReferences | undefined,
  possible: FoundReferences | undefined,
): void {
  const found = sure ?? possible;
  const { verdicts, options, inputs } = context;
  const severity = severityOf(symbol, options);
  // A name that no relocation refers to is not missed.
  if (severity === undefined || (found === undefined && symbol.bitcode.length === 0)) return;
  const bitcode = symbol.bitcode.map((input) => inputs[input]?.name ?? '');
  const count = (found?.count ?? 0) + bitcode.length;
  const shown = Math.max(0, REFERENCES_SHOWN - (found?.count ?? 0));
  const lines = [
    `undefined ${VISIBILITIES[symbol.visibility] ?? ''}symbol: ${symbol.text}`,
    ...(found?.lines ?? []),
    ...bitcode.slice(0, shown).map((name) => `>>> referenced by ${name}`),
    ...(count > REFERENCES_SHOWN ? [`>>> referenced ${count - REFERENCES_SHOWN} more times`] : []),
  ];
  verdicts.add({
    stage: STAGES.SCAN,
    kind: 'undefined-symbol',
    severity,
    certainty: sure === undefined ? 'possible' : 'certain',
    message: lines.join('\n'),
    symbol: symbol.text,
    files: [...(found?.files ?? []), ...bitcode],
  });
}

/**
 * Whether a name is `__start_NAME` or `__stop_NAME` of a section NAME that is linked. The names of all sections are read when the
 * first is asked for; what sections bitcode will have is not known, so with it each may be there.
 */
function boundsOfSections(context: UndefinedContext): (name: string) => boolean {
  let sections: ReadonlySet<string> | 'any' | undefined;
  return (name) => {
    const section = sectionOfBound(name);
    if (section === undefined) return false;
    sections ??= readSectionNames(context);
    return sections === 'any' || sections.has(section);
  };
}

function readSectionNames(context: UndefinedContext): ReadonlySet<string> | 'any' {
  const inputs = context.resolver.taken.map((number) => context.inputs[number] as LoadedInput);
  if (inputs.some(({ kind }) => kind === 'bitcode')) return 'any';
  const found = new Set<string>();
  for (const input of inputs) {
    if (input.kind !== 'object') continue;
    withObject(input, context, ({ elf: { sections } }) => {
      for (let i = 1; i < sections.length; i += 1) {
        // Only identifiers have bounds.
        if (sections.hasName(i) && !sections.nameStartsWith(i, '.')) found.add(sections.describeBriefly(i, NAME_MAX));
      }
    });
  }
  return found;
}

/** Bytes of a section's name that are compared: many may share one that is long. */
const NAME_MAX = 1 << 12;

function tellLibraries({ names, verdicts, options, major, inputs, resolver }: UndefinedContext): void {
  if (options.unresolvedSymbolsInShlib === 'ignore') return;
  const severity = options.unresolvedSymbolsInShlib === 'warn' || options.noinhibitExec ? 'warning' : 'error';
  for (const { name, library } of findUndefinedInLibraries(resolver, inputs)) {
    const symbol = names.text(name);
    const message = inLibraryWords(symbol, library.name, major);
    const files = [library.name];
    verdicts.add({ stage: STAGES.SCAN, kind: 'undefined-in-shared-library', severity, message, symbol, files });
  }
}

function inLibraryWords(symbol: string, library: string, major: number): string {
  if (major < 15) return `${library}: undefined reference to ${symbol} [--no-allow-shlib-undefined]`;
  return major < 17
    ? `undefined reference due to --no-allow-shlib-undefined: ${symbol}\n>>> referenced by ${library}`
    : `undefined reference: ${symbol}\n>>> referenced by ${library} (disallowed by --no-allow-shlib-undefined)`;
}

/**
 * Tells references to symbols of sections that an earlier input's group replaced. Only objects that lost a group are read again.
 * With `-r` it is a warning.
 */
export function tellDiscarded(context: UndefinedContext): void {
  const { verdicts, options, major, inputs, resolver } = context;
  const { states } = resolver;
  for (const number of resolver.taken) {
    const input = inputs[number] as LoadedInput;
    if (input.kind !== 'object' || resolver.discardedGroups(number) === undefined) continue;
    const { symbols } = input;
    const findName = (symbol: number) => {
      const name = symbols.names[symbol - symbols.first] ?? -1;
      return name < 0 ? undefined : resolver.plain(name);
    };
    const isFoundElsewhere = (symbol: number) => {
      const name = findName(symbol);
      return name !== undefined && states.state[name] !== STATES.UNDEFINED && states.input[name] !== number;
    };
    const findPrevailing = (signature: number) => {
      const name = findName(signature);
      const owner = name === undefined ? NO_INPUT : (states.groupOwner[name] ?? NO_INPUT);
      return inputs[owner] === undefined ? undefined : labelOf(inputs[owner]);
    };
    withObject(input, context, ({ elf, scope, locations }) => {
      for (const reference of findDiscardedReferences(elf, scope, isFoundElsewhere)) {
        const message = describeDiscardedReference(locations, reference, { findPrevailing, lldVersion: major });
        const symbol = (message[0] ?? '').replace(/^.*section: /, '');
        const isSymbol = (message[0] ?? '').includes('a symbol in a discarded section');
        const severity = isSymbol
          ? severityOfDiscardedSymbol(options)
          : options.relocatable || options.noinhibitExec
            ? 'warning'
            : 'error';
        if (severity === undefined) continue;
        verdicts.add({
          stage: STAGES.SCAN,
          kind: 'discarded-section',
          severity,
          certainty: options.gcSections ? 'possible' : 'certain',
          message: message.join('\n'),
          symbol,
          files: [input.name],
        });
      }
    });
  }
}

/** A global symbol of a dropped section is undefined, and told where undefined ones are. */
function severityOfDiscardedSymbol(options: LinkOptions): 'error' | 'warning' | undefined {
  const { relocatable, unresolvedSymbols, noinhibitExec } = options;
  if (relocatable || unresolvedSymbols === 'ignore') return undefined;
  return unresolvedSymbols === 'warn' || noinhibitExec ? 'warning' : 'error';
}
