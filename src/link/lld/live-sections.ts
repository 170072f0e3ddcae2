// Which sections stay under `--gc-sections`, asked for when something is undefined: what only collected sections refer to is not
// missed. Code of bitcode is not there yet: what it refers to may stay.

import { markLive } from '../liveness/mark-live.ts';
import { readSectionGraph } from '../liveness/section-graph.ts';
import type { SectionGraph } from '../liveness/section-graph.ts';
import { REFERENCES, STATES } from '../resolution/symbol-states.ts';
import { compileGlobs } from './script/glob.ts';
import type { ScriptCommand } from './script/link-script.ts';
import { entryOf } from './resolve-link.ts';
import { withObject } from './open-object.ts';
import type { LoadedInput } from './loaded-input.ts';
import type { UndefinedContext } from './tell-undefined.ts';

/** By input, and in it by section, 1 for sections that stay; `undefined` for inputs without sections. */
export type LiveSections = readonly (Uint8Array | undefined)[];

/** What is sure to stay, and what may. */
export interface Liveness {
  readonly sure: LiveSections;
  /** The same list where no bitcode is linked. */
  readonly possible: LiveSections;
}

/**
 * Marks the sections of a link. Costs a pass over the relocations of all objects that are linked.
 *
 * @param commands - What scripts say: assignments name symbols, KEEP sections.
 */
export function findLiveSections(context: UndefinedContext, commands: readonly ScriptCommand[]): Liveness {
  const { options, inputs, resolver, names } = context;
  const { states } = resolver;
  const keeps = commands.flatMap((command) =>
    command.kind === 'section' ? command.inputs.filter(({ keep }) => keep).flatMap(({ patterns }) => patterns) : [],
  );
  const kept = compileGlobs(keeps.map((pattern) => ({ pattern, isGlob: true })));
  const startStopGc = !options.z.includes('nostart-stop-gc');
  const graphs = inputs.map((input): SectionGraph | undefined => {
    if (input.kind !== 'object' || !resolver.isLinked(input.number)) return undefined;
    let graph: SectionGraph | undefined;
    withObject(input, context, ({ elf, scope: { isLeftOut, faults } }) => {
      graph = readSectionGraph(elf, { isLeftOut, faults, isKept: (name) => kept.matches(name), startStopGc });
    });
    return graph;
  });
  const plainOf = (input: number, row: number) => {
    const name = inputs[input]?.symbols.names[row] ?? -1;
    return name < 0 ? -1 : resolver.plain(name);
  };
  const mark = (roots: Iterable<number>) =>
    markLive({
      inputCount: inputs.length,
      graphOf: (input) => graphs[input],
      symbolOf: plainOf,
      inputOf: (symbol) => (states.state[symbol] === STATES.DEFINED ? (states.input[symbol] ?? -1) : -1),
      rowOf: (symbol) => states.row[symbol] ?? -1,
      symbolNamed: (name) => names.find(name) ?? -1,
      roots,
    });
  const roots = rootsOf(context, commands);
  const sure = mark(roots);
  const named = namedByBitcode(inputs, context);
  return { sure, possible: named.length === 0 ? sure : mark([...roots, ...named]) };
}

/** What stays whatever refers to it: the entry, what options and scripts name, what other files see. */
function rootsOf(context: UndefinedContext, commands: readonly ScriptCommand[]): number[] {
  const { options, inputs, resolver, names } = context;
  const { state, references, visibility } = resolver.states;
  const entry = entryOf({ commands, inputs }, options);
  const assigned = commands.flatMap((command) =>
    command.kind === 'assign' ? command.references.map(({ name }) => name) : [],
  );
  const texts = [
    ...(entry === undefined ? [] : [entry.name]),
    options.init,
    options.fini,
    ...options.undefined,
    ...assigned,
  ];
  const roots = texts.map((text) => names.find(text)).filter((name) => name !== undefined);
  const exportsAll = options.shared || options.exportDynamic;
  for (let name = 0; name < names.size; name += 1) {
    if (state[name] !== STATES.DEFINED || (visibility[name] !== 0 && visibility[name] !== STV_PROTECTED)) continue;
    if (exportsAll || ((references[name] as number) & REFERENCES.SHARED) !== 0) roots.push(name);
  }
  return roots.map((name) => resolver.plain(name));
}

const STV_PROTECTED = 3;

function namedByBitcode(inputs: readonly LoadedInput[], { resolver }: UndefinedContext): number[] {
  const named: number[] = [];
  for (const number of resolver.taken) {
    const { kind, symbols } = inputs[number] as LoadedInput;
    if (kind !== 'bitcode') continue;
    for (const name of symbols.names) if (name >= 0) named.push(resolver.plain(name));
  }
  return named;
}
