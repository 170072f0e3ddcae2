// What the linker says of symbols that nothing defines. It tells them when it scans the relocations of the sections that
// stay; each message has the first three references.

import { openElf } from '../../elf/index.ts';
import type { NameInterner } from '../name-interner.ts';
import type { Resolver } from '../resolution/resolver.ts';
import type { LinkOptions } from './command-line/link-command.ts';
import type { DryRunHost } from './dry-run.ts';
import { findUndefinedInLibraries, findUndefinedSymbols } from './find-undefined.ts';
import type { UndefinedSymbol } from './find-undefined.ts';
import { findReferences } from './find-references.ts';
import type { SymbolReference } from './find-references.ts';
import { withInputBytes } from './input-bytes.ts';
import type { InputLoader } from './load-inputs.ts';
import type { LoadedInput } from './loaded-input.ts';
import { isReservedSymbol, sectionOfBound } from './reserved-symbols.ts';
import { STAGES } from './verdict-list.ts';
import type { VerdictDraft, VerdictList } from './verdict-list.ts';

/** What {@link tellUndefined} needs. */
export interface UndefinedContext {
  readonly host: DryRunHost;
  readonly names: NameInterner;
  readonly verdicts: VerdictList;
  readonly options: LinkOptions;
  readonly major: number;
  readonly loader: InputLoader;
  readonly resolver: Resolver;
}

/** References that a message shows. */
const SHOWN = 3;
const VISIBILITIES = ['', 'internal ', 'hidden ', 'protected '];

/** Tells undefined symbols of objects, bitcode and shared libraries. With `-r` nothing need be defined. */
export function tellUndefined(context: UndefinedContext): void {
  const { options, loader, resolver, names } = context;
  if (options.relocatable) return;
  const machine = loader.inputs[0]?.machine;
  const isDefinedLater = (name: string) => isReservedSymbol(name, machine) || isBoundOfSection(context, name);
  const symbols = findUndefinedSymbols(resolver, loader.inputs, names, isDefinedLater);
  const reported = symbols.filter((symbol) => severityOf(symbol, options) !== undefined);
  const references = readReferences(context, reported);
  for (const symbol of reported) tell(context, symbol, references.get(symbol) ?? []);
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
): Map<UndefinedSymbol, SymbolReference[]> {
  const byInput = new Map<number, Map<number, UndefinedSymbol>>();
  for (const symbol of symbols) {
    for (const { input, row } of symbol.objects) {
      let rows = byInput.get(input);
      if (rows === undefined) byInput.set(input, (rows = new Map<number, UndefinedSymbol>()));
      rows.set(row, symbol);
    }
  }
  const references = new Map<UndefinedSymbol, SymbolReference[]>();
  for (const [number, rows] of byInput) {
    const input = context.loader.inputs[number] as LoadedInput;
    if (input.isJustSymbols) continue;
    withInputBytes(context.host, input, (range) => {
      const discarded = context.resolver.discardedGroups(number);
      const wanted = new Set([...rows.keys()].map((row) => row + input.symbols.first));
      const found = findReferences(openElf(range), wanted, input.name, discarded);
      for (const reference of found) {
        const symbol = rows.get(reference.symbolIndex - input.symbols.first);
        if (symbol === undefined) continue;
        const list = references.get(symbol);
        if (list === undefined) references.set(symbol, [reference]);
        else list.push(reference);
      }
    });
  }
  return references;
}

function tell(context: UndefinedContext, symbol: UndefinedSymbol, references: readonly SymbolReference[]): void {
  const { verdicts, options, loader } = context;
  const severity = severityOf(symbol, options);
  // A name that no relocation refers to is not missed.
  if (severity === undefined || (references.length === 0 && symbol.bitcode.length === 0)) return;
  const bitcode = symbol.bitcode.map((input) => loader.inputs[input]?.name ?? '');
  const places = [...references.map(({ text }) => text), ...bitcode.map((name) => `>>> referenced by ${name}`)];
  const more = places.length - SHOWN;
  const lines = [
    `undefined ${VISIBILITIES[symbol.visibility] ?? ''}symbol: ${symbol.text}`,
    ...places.slice(0, SHOWN),
    ...(more > 0 ? [`>>> referenced ${more} more times`] : []),
  ];
  const draft: VerdictDraft = {
    stage: STAGES.SCAN,
    kind: 'undefined-symbol',
    severity,
    certainty: references.length > 0 && !options.gcSections ? 'certain' : 'possible',
    message: lines.join('\n'),
    symbol: symbol.text,
    files: [...new Set([...references.map(({ input }) => input), ...bitcode])],
  };
  verdicts.add(draft);
}

/** `__start_NAME` is there when a section NAME is. */
function isBoundOfSection({ host, loader, resolver }: UndefinedContext, name: string): boolean {
  const section = sectionOfBound(name);
  if (section === undefined) return false;
  let found = false;
  for (const number of resolver.taken) {
    const input = loader.inputs[number] as LoadedInput;
    if (input.kind === 'bitcode') found = true;
    else if (input.kind === 'object') {
      withInputBytes(host, input, (range) => {
        const { sections } = openElf(range);
        for (let i = 1; i < sections.length && !found; i += 1) found = sections.name(i) === section;
      });
    }
    if (found) return true;
  }
  return false;
}

function tellLibraries({ names, verdicts, options, major, loader, resolver }: UndefinedContext): void {
  if (options.unresolvedSymbolsInShlib === 'ignore') return;
  const severity = options.unresolvedSymbolsInShlib === 'warn' || options.noinhibitExec ? 'warning' : 'error';
  for (const { name, library } of findUndefinedInLibraries(resolver, loader.inputs)) {
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
