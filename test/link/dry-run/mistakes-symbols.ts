// Mistakes about symbols: undefined, defined twice, of two kinds, in sections that are left out, of no version.

import { NAMES } from './line-draft.ts';
import type { LineDraft } from './line-draft.ts';
import type { Mistake } from './mistakes.ts';
import { symbolOf } from './units.ts';
import type { Item } from './units.ts';

/** A provided name of the line. */
function providedName(draft: LineDraft): string | undefined {
  const names = draft.inputs.flatMap(({ provides }) =>
    provides !== undefined && (NAMES as readonly string[]).includes(provides) ? [provides] : [],
  );
  return names.length === 0 ? undefined : draft.choose.pick(names);
}

function dropProvider(draft: LineDraft): boolean {
  const name = providedName(draft);
  const index = draft.inputs.findIndex(({ provides }) => provides === name);
  if (name === undefined || index === -1) return false;
  draft.inputs.splice(index, 1);
  return true;
}

/** An object that needs something, alone or as a member that something else needs. */
function needs(draft: LineDraft, item: Item): void {
  if (draft.choose.chance(0.6)) draft.insert([draft.object(['T.wants', item])]);
  else {
    const members = [draft.object(['T.wants', item])];
    draft.insert([draft.archive(members, { hasIndex: draft.choose.chance(0.7), isThin: draft.choose.chance(0.2) })]);
    draft.insert([draft.object(['T.asks', 'u.wants'])]);
  }
}

function defineAgain(draft: LineDraft): boolean {
  const name = providedName(draft);
  if (name === undefined) return false;
  draft.insert([draft.object([`T.${name}`, ...(draft.choose.chance(0.3) ? (['T.spare'] as const) : [])])]);
  return true;
}

/** A member that is needed for one name defines another that is there already. */
function defineAgainInMember(draft: LineDraft): boolean {
  const name = providedName(draft);
  if (name === undefined) return false;
  draft.insert([draft.object(['T.asks', 'u.wants'])]);
  const member = draft.object(['T.wants', `T.${name}`]);
  draft.add([draft.archive([member], { hasIndex: draft.choose.chance(0.6), isThin: draft.choose.chance(0.3) })]);
  return true;
}

const GROUP = '.section .text.grouped,"axG",%progbits,grouped,comdat';

/** Two objects with a group of one signature; the second refers into its own, which is left out. */
function referToDiscarded(draft: LineDraft): void {
  const how = draft.choose.pick(['section', 'symbol', 'debug', 'eh_frame'] as const);
  const first = draft.assembly('group-first', `${GROUP}\n.globl grouped\ngrouped: .quad 0\n`);
  const definition = how === 'symbol' ? '.globl grouped_more\ngrouped_more: .quad 1' : 'inner: .quad 1';
  const section = {
    section: '.data.out,"aw"',
    symbol: '.data.out,"aw"',
    debug: '.debug_info,""',
    eh_frame: '.eh_frame,"a"',
  };
  const data = how === 'eh_frame' ? '.long 0' : `.quad ${how === 'symbol' ? 'grouped_more' : 'inner'}`;
  const source = `${GROUP}\n${definition}\n.section ${section[how]},%progbits\n${data}\n`;
  draft.add([first, draft.assembly(`group-second-${how}`, source)]);
}

/** Two equal groups of LLVM's assembly that linkers are to keep both. */
function keepBothGroups(draft: LineDraft): void {
  const source = '$kept = comdat nodeduplicate\ndefine void @kept() comdat {\n  ret void\n}\n';
  const options = draft.choose.pick([[], ['-flto'], ['-flto=thin']]);
  const object = draft.pool.source(`nodeduplicate${options.join('')}`, source, draft.target, ['-x', 'ir', ...options]);
  draft.file(object);
  draft.insert([object]);
  draft.insert([draft.file(draft.pool.copy('again.o', object))]);
}

function mismatchThreads(draft: LineDraft): void {
  const { choose } = draft;
  const [left, right] = choose.pick([
    [['L.per_thread'], ['D.per_thread']],
    [['T.asks', 'l.per_thread'], ['D.per_thread']],
    [['T.asks', 'd.per_thread'], ['L.per_thread']],
    [['L.per_thread'], ['L.per_thread', 'T.asks']],
  ] as const);
  const files = [draft.object(left), draft.object(right)];
  if (choose.chance(0.5)) files.reverse();
  draft.insert([files[0] as string]);
  draft.add([choose.chance(0.8) ? (files[1] as string) : draft.archive([files[1] as string])]);
}

export const SYMBOL_MISTAKES = {
  'undefined-dropped': { weight: 14, make: dropProvider },
  'undefined-call': {
    weight: 5,
    make: (draft) => {
      needs(draft, 'u.ghost');
    },
  },
  'undefined-several': {
    weight: 3,
    make: (draft) => {
      needs(draft, 'u.ghost');
      draft.insert([draft.object(['T.more', 'u.ghost', 'u.phantom', 'd.spectre'])]);
    },
  },
  'undefined-hidden': {
    weight: 3,
    make: (draft) => {
      needs(draft, draft.choose.pick(['h.ghost', 'p.ghost']));
    },
  },
  'undefined-variable': {
    weight: 2,
    make: (draft) => {
      needs(draft, draft.choose.pick(['d.ghost', 'l.ghost']));
    },
  },
  'undefined-version': {
    weight: 1,
    make: (draft) => {
      draft.insert([draft.assembly('versioned-use', '.symver ghost, ghost@V9\n.data\n.quad ghost\n')]);
    },
  },
  'unknown-version': {
    weight: 1,
    make: (draft) => {
      const at = draft.choose.pick(['@', '@@']);
      const source = `.globl versioned\nversioned: .quad 0\n.symver versioned, named${at}V9\n`;
      draft.insert([draft.assembly(`versioned${at.length}`, source)]);
    },
  },
  'undefined-wrapped': {
    weight: 3,
    make: (draft) => {
      const symbol = symbolOf(`T.${providedName(draft) ?? 'alpha'}`, draft.isMangled);
      draft.options.push(draft.choose.pick(['--wrap=', '-wrap=']) + symbol);
    },
  },
  'undefined-real': {
    weight: 1,
    make: (draft) => {
      draft.options.push('--wrap=ghost');
      draft.insert([draft.object(['T.__wrap_ghost', 'u.__real_ghost'])]);
      draft.insert([draft.object(['T.asks', 'u.ghost'])]);
    },
  },
  'undefined-in-shared': {
    weight: 4,
    make: (draft) => {
      if (draft.output === 'relocatable' || draft.output === 'static') return false;
      const library = draft.shared('libneedy.so', [draft.object(['T.needy', 'u.ghost'], { form: 'elf' })]);
      draft.insert(draft.choose.chance(0.3) ? ['--as-needed', library, '--no-as-needed'] : [library]);
      return true;
    },
  },
  'shared-needs-shared': {
    weight: 2,
    make: (draft) => {
      if (draft.output === 'relocatable' || draft.output === 'static') return false;
      const inner = draft.shared('libinner.so', [draft.object(['T.inner'], { form: 'elf' })]);
      const object = draft.object(['T.outer', 'u.inner', ...(draft.choose.chance(0.5) ? (['u.ghost'] as const) : [])], {
        form: 'elf',
      });
      draft.insert([draft.shared('libouter.so', [object, inner])]);
      if (draft.choose.chance(0.5)) draft.insert([inner]);
      return true;
    },
  },
  'hidden-for-shared': {
    weight: 2,
    make: (draft) => {
      if (draft.output === 'relocatable' || draft.output === 'static') return false;
      draft.insert([draft.object(['T.asks', draft.choose.pick(['h.outer', 'p.outer'])])]);
      draft.add([draft.shared('libouter.so', [draft.object(['T.outer'], { form: 'elf' })])]);
      return true;
    },
  },
  'duplicate-object': { weight: 9, make: defineAgain },
  'duplicate-file': {
    weight: 3,
    make: (draft) => {
      draft.insert([...(draft.inputs[0]?.args ?? [])]);
    },
  },
  'duplicate-member': { weight: 5, make: defineAgainInMember },
  'duplicate-whole': {
    weight: 2,
    make: (draft) => {
      const name = providedName(draft);
      if (name === undefined) return false;
      const archive = draft.archive([draft.object([`T.${name}`]), draft.object(['T.spare', `T.${name}`])]);
      draft.insert(['--whole-archive', archive, '--no-whole-archive']);
      return true;
    },
  },
  'duplicate-several': {
    weight: 2,
    make: (draft) => {
      draft.insert([draft.object(['T.alpha', 'T.beta', 'D.shared_data'])]);
      draft.insert([draft.object(['T.alpha', 'T.beta', 'T.spare'])]);
    },
  },
  'duplicate-variable': {
    weight: 2,
    make: (draft) => {
      draft.insert([draft.object(['D.value'])]);
      draft.insert([draft.object([draft.choose.pick(['D.value', 'T.value', 'C.value', 'W.value']), 'T.other'])]);
    },
  },
  'duplicate-absolute': {
    weight: 2,
    make: (draft) => {
      draft.insert([draft.absolute('fixed', 1)]);
      const other = draft.choose.pick([1, 2]);
      draft.insert([
        draft.choose.chance(0.3)
          ? draft.object(['D.fixed'])
          : draft.file(draft.pool.copy('c.o', draft.absolute('fixed', other))),
      ]);
    },
  },
  'duplicate-inline': {
    weight: 1,
    make: (draft) => {
      draft.insert([draft.object(['I.inlined'])]);
      draft.insert([draft.object(['T.inlined'])]);
      if (draft.choose.chance(0.5)) draft.insert([draft.object(['T.inlined', 'T.other'])]);
    },
  },
  'duplicate-nodeduplicate': { weight: 2, make: keepBothGroups },
  'duplicate-defsym': {
    weight: 1,
    make: (draft) => {
      draft.options.push(`--defsym=${symbolOf('T.alpha', draft.isMangled)}=0x40`);
    },
  },
  'tls-mismatch': { weight: 4, make: mismatchThreads },
  'discarded-reference': { weight: 5, make: referToDiscarded },
} satisfies Record<string, Mistake>;
