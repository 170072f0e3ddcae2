// Mistakes about inputs: missing, damaged, of another machine, of another kind, bitcode that is too new.

import type { LineDraft } from './line-draft.ts';
import type { Mistake } from './mistakes.ts';
import type { Damage, Form } from './recipes.ts';
import type { Item } from './units.ts';

const ELF_DAMAGES: readonly Damage[] = [
  'cut-header',
  'cut-sections',
  'bad-class',
  'bad-encoding',
  'bad-type',
  'bad-machine',
  'bad-shstrndx',
];
const RELOCATION_DAMAGES: readonly Damage[] = [
  'bad-symbol-index',
  'bad-symbol-index',
  'bad-relocation-type',
  'bad-info',
];

/** Puts an object on the line: by itself, lazy, or as a member of an archive. */
function place(draft: LineDraft, object: string): void {
  const { choose } = draft;
  const way = choose.weighted({ object: 5, archive: 2, 'whole-archive': 1, 'start-lib': 1 });
  if (way === 'object') draft.insert([object]);
  else if (way === 'start-lib') draft.insert(['--start-lib', object, '--end-lib']);
  else {
    // An archiver refuses to index what it cannot read.
    const archive = draft.archive([object], { hasIndex: false, isThin: choose.chance(0.3) });
    draft.insert(way === 'archive' ? [archive] : ['--whole-archive', archive, '--no-whole-archive']);
  }
}

function damageObject(draft: LineDraft): void {
  const object = draft.object(['T.hurt'], { form: 'elf' });
  place(draft, draft.file(draft.pool.damaged(object, draft.choose.pick(ELF_DAMAGES))));
}

function damageRelocations(draft: LineDraft): void {
  const object = draft.object(['T.hurt', 'u.alpha'], { form: 'elf', language: draft.isMangled ? 'cc' : 'c' });
  place(draft, draft.file(draft.pool.damaged(object, draft.choose.pick(RELOCATION_DAMAGES))));
}

function damageBitcode(draft: LineDraft): void {
  const object = draft.object(['T.hurt'], { form: 'full-14', language: draft.isMangled ? 'cc' : 'c' });
  place(draft, draft.file(draft.pool.damaged(object, draft.choose.pick(['cut-bitcode', 'only-magic']))));
}

function removeMember(draft: LineDraft): void {
  const { choose } = draft;
  const name = choose.pick(['alpha', 'gone']);
  const copy = draft.pool.copy(`gone-${draft.id}-${draft.mistakes.length}.o`, draft.object([`T.${name}`]));
  const archive = draft.archive([copy], { isThin: true, hasIndex: choose.chance(0.6), removed: [copy] });
  draft.insert(choose.chance(0.25) ? ['--whole-archive', archive, '--no-whole-archive'] : [archive]);
}

function addText(draft: LineDraft): void {
  const { choose } = draft;
  const text = draft.text(
    choose.pick(['notes.o', 'notes.a', 'notes']),
    choose.pick(['hello world text\n', 'int main;\n', '{}\n']),
  );
  const way = choose.weighted({ input: 3, archive: 3, 'whole-archive': 2, 'start-lib': 1 });
  if (way === 'input') draft.insert([text]);
  else if (way === 'start-lib') draft.insert(['--start-lib', text, '--end-lib']);
  else {
    const members = choose.chance(0.5) ? [text] : [text, draft.object(['T.spare'])];
    const archive = draft.archive(members, { hasIndex: members.length > 1 && choose.chance(0.5) });
    draft.insert(way === 'archive' ? [archive] : ['--whole-archive', archive, '--no-whole-archive']);
  }
}

function nestArchive(draft: LineDraft): void {
  const inner = draft.archive([draft.object(['T.nested'])]);
  const archive = draft.archive([inner, draft.object(['T.spare'])], { hasIndex: draft.choose.chance(0.5) });
  draft.insert(draft.choose.chance(0.5) ? [archive] : ['--whole-archive', archive, '--no-whole-archive']);
}

export const MEMBER_MISTAKES = {
  'missing-file': {
    weight: 6,
    make: (draft) => {
      draft.insert([`missing-${draft.choose.below(3)}.o`]);
    },
  },
  'missing-library': {
    weight: 5,
    make: (draft) => {
      draft.insert(['-lmissing']);
    },
  },
  'missing-library-file': {
    weight: 2,
    make: (draft) => {
      draft.insert(['-L.', '-l:libmissing.a']);
    },
  },
  'missing-static-library': {
    weight: 2,
    make: (draft) => {
      const library = draft.shared('libonly.so', [draft.object(['T.only'], { form: 'elf' })]);
      draft.insert(['-Bstatic', `-L${library.slice(0, library.indexOf('/'))}`, '-lonly', '-Bdynamic']);
    },
  },
  'shared-in-static': {
    weight: 2,
    make: (draft) => {
      if (draft.output !== 'static' && draft.output !== 'relocatable') return false;
      draft.insert([draft.shared('libonly.so', [draft.object(['T.only'], { form: 'elf' })])]);
      return true;
    },
  },
  'missing-member': { weight: 5, make: removeMember },
  'damaged-object': { weight: 7, make: damageObject },
  'damaged-relocation': { weight: 6, make: damageRelocations },
  'damaged-bitcode': { weight: 3, make: damageBitcode },
  'damaged-archive': {
    weight: 2,
    make: (draft) => {
      const archive = draft.archive([draft.object(['T.hurt'])], { hasIndex: draft.choose.chance(0.5) });
      draft.insert([draft.file(draft.pool.damaged(archive, 'cut-archive'))]);
    },
  },
  'text-as-input': { weight: 4, make: addText },
  'nested-archive': { weight: 3, make: nestArchive },
  'empty-file': {
    weight: 1,
    make: (draft) => {
      draft.insert([draft.text('empty.o', '')]);
    },
  },
  'only-archives': {
    weight: 1,
    make: (draft) => {
      const archive = draft.archive([draft.object(['T._start'])], { hasIndex: draft.choose.chance(0.5) });
      draft.inputs.splice(0, draft.inputs.length, { args: [archive] });
    },
  },
  'no-input': {
    weight: 1,
    make: (draft) => {
      draft.inputs.splice(0, draft.inputs.length);
    },
  },
  'newer-bitcode': {
    weight: 4,
    make: (draft) => {
      const form: Form = draft.choose.pick(['full-22', 'thin-22', 'full-19', 'thin-16']);
      const language = draft.isMangled ? 'cc' : 'c';
      place(draft, draft.object(['T.newer'], { form, language }));
    },
  },
} satisfies Record<string, Mistake>;

/** Machines that a line's own is mixed up with. */
const OTHER_MACHINES = ['x64', 'a64', 'i386', 'x32', 'aarch64_be', 'armv7'] as const;

function otherMachine(draft: LineDraft): string {
  return draft.choose.pick(OTHER_MACHINES.filter((machine) => machine !== draft.target));
}

function addForeign(draft: LineDraft): void {
  const { choose } = draft;
  const item: Item = choose.pick(['T.foreign', 'T.alpha']);
  const form: Form = choose.chance(0.3) ? 'full-14' : 'elf';
  const object = draft.object([item], { form, language: draft.isMangled ? 'cc' : 'c', target: otherMachine(draft) });
  const way = choose.weighted({ object: 6, archive: 2, 'whole-archive': 1, 'start-lib': 1, first: 1 });
  if (way === 'first') draft.inputs.unshift({ args: [object] });
  else if (way === 'object') draft.insert([object]);
  else if (way === 'start-lib') draft.insert(['--start-lib', object, '--end-lib']);
  else {
    const archive = draft.archive([object], { hasIndex: choose.chance(0.7) });
    draft.insert(way === 'archive' ? [archive] : ['--whole-archive', archive, '--no-whole-archive']);
  }
}

export const MACHINE_MISTAKES = {
  'other-machine': { weight: 7, make: addForeign },
  'other-machine-shared': {
    weight: 1,
    make: (draft) => {
      if (draft.output === 'static' || draft.output === 'relocatable') return false;
      const target = draft.target === 'x64' ? 'a64' : 'x64';
      const object = draft.object(['T.foreign'], { form: 'elf', language: draft.isMangled ? 'cc' : 'c', target });
      draft.insert([draft.shared('libforeign.so', [object])]);
      return true;
    },
  },
  'wrong-emulation': {
    weight: 2,
    make: (draft) => {
      const names = ['elf_i386', 'elf32_x86_64', 'aarch64elfb', draft.target === 'x64' ? 'aarch64elf' : 'elf_x86_64'];
      draft.options.push('-m', draft.choose.pick(names));
    },
  },
  'unknown-emulation': {
    weight: 2,
    make: (draft) => {
      draft.options.push(...draft.choose.pick([['-m', 'bogus'], ['-mbogus'], ['-m', 'elf_x86_65']]));
    },
  },
} satisfies Record<string, Mistake>;
