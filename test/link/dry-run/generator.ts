// Makes link lines by the grammar of `grammar.md`, the same ones for the same seed on every machine. A line is sound at
// first: a unit that begins the program and needs some names, a provider for each of them, options that do no harm. Then
// most lines get a mistake, some of them several.

import { randomFrom } from '../../helpers/object-mutator.ts';
import { Choices, LineDraft, NAMES } from './line-draft.ts';
import type { LinkLine } from './line-draft.ts';
import { MISTAKES } from './mistakes.ts';
import type { MistakeName } from './mistakes.ts';
import { addSpices } from './options.ts';
import { symbolOf } from './units.ts';
import type { Item, ItemKind } from './units.ts';
import type { Pool } from './recipes.ts';

/** How many mistakes lines have, by weight. */
const MISTAKE_COUNTS = { 0: 36, 1: 48, 2: 12, 3: 4 } as const;

/** Ways to provide a name, by weight. */
const PROVIDERS = {
  object: 10,
  weak: 2,
  archive: 10,
  'start-lib': 2,
  library: 3,
  shared: 4,
  'as-needed': 1,
  defsym: 1,
  script: 2,
  'input-script': 1,
  inline: 2,
  absolute: 1,
} as const;
type Provider = keyof typeof PROVIDERS;

/** Members that nothing needs. */
const SPARE_MEMBERS: readonly Item[] = ['T.spare', 'W.spare', 'C.spare_data', 'I.spare_inline'];

/** An archive with a member for a name and some others that nothing needs. */
function archiveFor(draft: LineDraft, name: string, kind: ItemKind): string {
  const { choose } = draft;
  const members = [draft.object([`${kind}.${name}`])];
  for (let count = choose.below(3); count > 0; count -= 1) {
    members.splice(choose.below(2), 0, draft.object([choose.pick(SPARE_MEMBERS)]));
  }
  return draft.archive(members, { hasIndex: choose.chance(0.7), isThin: choose.chance(0.3) });
}

function provide(draft: LineDraft, name: string): void {
  const { choose } = draft;
  let way: Provider = choose.weighted(PROVIDERS);
  const isStatic = draft.output === 'static' || draft.output === 'relocatable';
  if (isStatic && (way === 'shared' || way === 'as-needed')) way = 'archive';
  // A call of an absolute address from code that may be moved is an error of its own.
  const isMoved = draft.output === 'pie' || draft.output === 'shared';
  if (isMoved && (way === 'absolute' || way === 'defsym' || way === 'script')) way = 'object';
  const symbol = symbolOf(`T.${name}`, draft.isMangled);
  if (way === 'object' || way === 'weak') draft.add([draft.object([`${way === 'weak' ? 'W' : 'T'}.${name}`])], name);
  else if (way === 'inline') {
    draft.add([draft.object([`I.${name}`]), draft.object([`I.${name}`, 'T.spare'])], name);
  } else if (way === 'absolute') draft.add([draft.absolute(symbol, 1)], name);
  else if (way === 'archive') draft.add([archiveFor(draft, name, choose.pick(['T', 'T', 'T', 'W', 'H']))], name);
  else if (way === 'start-lib') draft.add(['--start-lib', draft.object([`T.${name}`]), '--end-lib'], name);
  else if (way === 'library') {
    const path = archiveFor(draft, name, 'T');
    const [folder, file] = path.split('/') as [string, string];
    draft.add([`-L${folder}`, choose.chance(0.2) ? `-l:${file}` : `-l${file.slice(3, -2)}`], name);
  } else if (way === 'shared' || way === 'as-needed') {
    const path = draft.shared(`lib${name}.so`, [draft.object([`T.${name}`], { form: 'elf' })]);
    draft.add(way === 'shared' ? [path] : ['--as-needed', path, '--no-as-needed'], name);
  } else if (way === 'defsym') draft.add([`--defsym=${symbol}=${choose.pick(['0x1234', '_start', '_start+4'])}`], name);
  else if (way === 'script') {
    const text = choose.pick([`${symbol} = 0x10;`, `PROVIDE(${symbol} = 8);`, `PROVIDE_HIDDEN(${symbol} = 8);`]);
    draft.add([draft.text('names.lds', `${text}\n`)], name);
  } else {
    const object = draft.object([`T.${name}`]);
    const archive = archiveFor(draft, name, 'T');
    const text = choose.pick([`INPUT(${object})`, `GROUP(${archive})`, `INPUT(AS_NEEDED(${archive}))`]);
    draft.add([draft.text('inputs.lds', `${text}\n`)], name);
  }
}

/** A line without a mistake: what begins the program, and a provider for each name that it needs. */
function makeSound(draft: LineDraft): void {
  const { choose } = draft;
  const count = 1 + choose.below(4);
  const hasWeak = choose.chance(0.15);
  const names = NAMES.slice(0, count);
  draft.add([
    draft.object(['T._start', ...names.map((name): Item => `${hasWeak && name === 'alpha' ? 'w' : 'u'}.${name}`)]),
  ]);
  for (const name of names) provide(draft, name);
  // Who needs a name of a unit that is only reached through another one.
  if (choose.chance(0.3)) {
    draft.add([
      draft.archive([draft.object(['T.far']), draft.object(['T.near', 'u.far'])], { hasIndex: choose.chance(0.7) }),
    ]);
    draft.add([draft.object(['T.user', 'u.near'])]);
  }
  // Variables: common here, defined or common there.
  if (choose.chance(0.25)) {
    draft.add([draft.object(['T.reader', 'd.shared_data'])]);
    const ways: readonly Item[] = ['C.shared_data', 'D.shared_data'];
    draft.add([draft.object([choose.pick(ways)], { language: 'c' })], 'shared_data');
    if (choose.chance(0.5)) draft.add([draft.object(['C.shared_data'], { language: 'c' })]);
    if (choose.chance(0.3)) draft.add([draft.archive([draft.object(['D.shared_data'])], {})]);
  }
}

/** Units of soups: a few, because each may be needed as ELF and bitcode, for two machines. */
const SOUP_UNITS: readonly (readonly Item[])[] = [
  ['T.alpha'],
  ['T.alpha', 'u.beta'],
  ['W.alpha', 'u.beta'],
  ['H.alpha'],
  ['D.alpha'],
  ['C.alpha'],
  ['I.alpha', 'u.beta'],
  ['u.alpha'],
  ['w.alpha'],
  ['h.alpha'],
  ['d.alpha'],
  ['T.beta'],
  ['T.beta', 'u.gamma'],
  ['W.beta'],
  ['P.beta'],
  ['C.beta'],
  ['L.local_beta'],
  ['w.beta'],
  ['p.beta'],
  ['l.local_beta'],
  ['T.gamma', 'T.alpha'],
  ['T.gamma', 'w.alpha'],
  ['C.gamma', 'T.beta'],
  ['W.gamma', 'u.alpha'],
];

/** Units of any items about three names, in any containers: whatever comes of it. */
function makeSoup(draft: LineDraft): void {
  const { choose } = draft;
  const unit = () => draft.object(choose.pick(SOUP_UNITS));
  draft.add([draft.object(['T._start', 'u.alpha', ...(choose.chance(0.5) ? (['u.beta'] as const) : [])])]);
  for (let count = 2 + choose.below(3); count > 0; count -= 1) {
    const way = choose.weighted({ object: 5, archive: 4, 'whole-archive': 1, 'start-lib': 1, shared: 1 });
    if (way === 'object') draft.add([unit()]);
    else if (way === 'start-lib') draft.add(['--start-lib', unit(), unit(), '--end-lib']);
    else if (way === 'shared' && draft.output !== 'relocatable' && draft.output !== 'static') {
      const object = draft.object(choose.pick([['T.alpha', 'u.beta'], ['T.beta', 'u.gamma'], ['T.gamma']] as const), {
        form: 'elf',
      });
      draft.add([draft.shared('libsoup.so', [object])]);
    } else {
      const members = Array.from({ length: 1 + choose.below(3) }, unit);
      const archive = draft.archive([...new Set(members)], {
        hasIndex: choose.chance(0.7),
        isThin: choose.chance(0.2),
      });
      draft.add(way === 'whole-archive' ? ['--whole-archive', archive, '--no-whole-archive'] : [archive]);
    }
  }
}

/** Makes one line; the same for the same seed and number. */
function generateLine(seed: number, id: number, pool: Pool): LinkLine {
  const choose = new Choices(randomFrom(seed * 1_000_003 + id));
  const draft = new LineDraft(id, pool, choose);
  if (choose.chance(0.18)) {
    draft.mistakes.push('soup');
    makeSoup(draft);
  } else {
    makeSound(draft);
    const weights = Object.fromEntries(Object.entries(MISTAKES).map(([name, { weight }]) => [name, weight])) as Record<
      MistakeName,
      number
    >;
    for (let count = Number(choose.weighted(MISTAKE_COUNTS)); count > 0; count -= 1) {
      const name = choose.weighted(weights);
      if (MISTAKES[name].make(draft) !== false) draft.mistakes.push(name);
    }
  }
  addSpices(draft);
  return draft.finish();
}

/** Makes lines 0 to `count` of a seed. */
export function generateLines(seed: number, count: number, pool: Pool): LinkLine[] {
  return Array.from({ length: count }, (_, id) => generateLine(seed, id, pool));
}
