// duplicate-symbol: a name with more than one strong definition in one link set, across ELF and bitcode.
// Names whose definitions stand in the same inputs share their cause and are one finding.

import { findDuplicateDefinitions, linkerName } from '../../link/index.ts';
import type { DuplicateDefinition, LinkInput, LinkSet } from '../../link/index.ts';
import type { Finding } from '../finding.ts';
import type { Linker } from '../../link/index.ts';
import { counted, grouped, predict } from '../words.ts';
import { locate } from '../rule.ts';
import type { Rule } from '../rule.ts';
import { findTwins, twinsOfInputs } from '../twins.ts';

// So many names stand in the message and in the prediction; all are in the data.
const NAMES_SHOWN = 5;

/** Names that more than one input defines strongly. */
export const duplicateSymbol: Rule = {
  id: 'duplicate-symbol',
  severity: 'error',
  summary: 'A symbol is defined strongly by more than one input of a link.',
  *check(set, { linker }) {
    const duplicates = findDuplicateDefinitions(set);
    if (duplicates.length === 0) return;
    for (const group of groupByCause(set, duplicates)) yield findingOf(set, group, linker);
  },
};

interface Group {
  readonly definers: readonly number[];
  readonly symbols: DuplicateDefinition[];
  /** Whether two of the definitions are linked for certain. A lazy member may never be taken: once its name is defined
   *  nothing asks for it. */
  readonly isCertain: boolean;
  /** Whether the definers are twins, which `lto-native-twin` explains. */
  readonly areTwins: boolean;
}

function groupByCause(set: LinkSet, duplicates: readonly DuplicateDefinition[]): Iterable<Group> {
  const twins = findTwins(set, duplicates);
  const numbersOf = twinsOfInputs(twins);
  const groups = new Map<string, Group>();
  for (const duplicate of duplicates) {
    const { definers } = duplicate;
    const [first, ...others] = definers.map((input) => numbersOf.get(input) ?? []);
    const common = first?.find((number) => others.every((numbers) => numbers.includes(number)));
    const twin = common === undefined ? undefined : twins[common];
    const isCertain = linkedForCertain(set, definers).length > 1;
    const key = `${isCertain} ${twin === undefined ? definers.join() : `twin ${common}`}`;
    const group = groups.get(key);
    if (group !== undefined) group.symbols.push(duplicate);
    else {
      const inputs = twin === undefined ? definers : [...twin.bitcode, ...twin.native].sort((a, b) => a - b);
      groups.set(key, { definers: inputs, symbols: [duplicate], isCertain, areTwins: twin !== undefined });
    }
  }
  return groups.values();
}

function linkedForCertain(set: LinkSet, definers: readonly number[]): LinkInput[] {
  return definers.map((index) => set.inputs[index] as LinkInput).filter((input) => !input.isLazy);
}

function findingOf(set: LinkSet, group: Group, linker: Linker): Finding {
  const inputs = group.definers.map((index) => set.inputs[index] as LinkInput);
  const symbols = group.symbols.map(({ name }) => name);
  const isError = group.isCertain;
  const names = inputs.map((input) => linkerName(input.path));
  const [shown] = symbols as [string];
  const [first] = group.symbols as [DuplicateDefinition];
  const [kept, other] = linkedForCertain(set, first.definers).map((input) => linkerName(input.path));
  return {
    rule: 'duplicate-symbol',
    severity: isError ? 'error' : 'note',
    certainty: isError ? 'certain' : 'possible',
    message:
      `${counted(symbols.length, 'symbol')} defined by ${listed(names)}: ${listed(symbols)}` +
      (isError ? '' : ' (in an archive whose members are taken on demand)'),
    advice: adviceFor(group, isError),
    ...(isError
      ? predict(linker, {
          lld: [`error: duplicate symbol: ${shown}`, `>>> defined in ${kept}`, `>>> defined in ${other}`],
          bfd: `${other}: multiple definition of \`${shown}'; ${kept}: first defined here`,
        })
      : {}),
    locations: inputs.map((input) => locate(input)),
    data: { symbols, ...(group.areTwins ? { cause: 'lto-native-twin' } : {}) },
  };
}

function adviceFor(group: Group, isError: boolean): string {
  if (group.areTwins) return 'Both are the same translation unit: see the finding lto-native-twin for this pair.';
  return isError
    ? 'Give the definition to one input: make the others static, weak or references, or take the input that came twice off the list.'
    : 'Nothing, while the linker takes members on demand; with --whole-archive it is an error.';
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_SHOWN);
  const rest = names.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${grouped(rest)} more`;
  const last = shown.pop();
  return shown.length === 0 ? String(last) : `${shown.join(', ')} and ${last}`;
}
