// Mistakes in what people write: linker scripts, version scripts, options.

import type { LineDraft } from './line-draft.ts';
import type { Mistake } from './mistakes.ts';

/** Scripts that are wrong, or that name what is not there. */
const SCRIPTS: readonly string[] = [
  'early = 1',
  'SECTIONS { .text : { *(.text*) }',
  'BLAH(x)\n',
  '\n\nalias = nowhere;\n',
  'PROVIDE(alpha = nowhere);\n',
  'INCLUDE nowhere.lds\n',
  'INPUT(nowhere.o)\n',
  'INPUT(nowhere.o another.o)\n',
  'GROUP(-lnowhere)\n',
  'GROUP(AS_NEEDED(-lnowhere))\n',
  'EXTERN(nowhere)\n',
  'ENTRY(nowhere)\n',
  'OUTPUT_FORMAT(elf64-bogus)\n',
  'SECTIONS { } }\n',
  'value = 1 +;\n',
  'value = (1;\n',
  'value = DEFINED(nowhere) ? 1 : 2;\n',
  '/* never closed\n',
  'SECTIONS { /DISCARD/ : { *(.nothing) } .x : { x = .; } }\n',
];

const VERSION_SCRIPTS: readonly string[] = [
  'V1 { global: alpha; local: *; };\n',
  'V1 { global: nowhere; local: *; };\n',
  'V1 { global: alpha; };\nV2 { global: alpha; };\n',
  'V1 { alpha }\n',
  'V1 { };\nV1 { };\n',
  'V2 { } V1;\n',
  '{ global: alpha; };\nV1 { global: beta; };\n',
  'V1 { global: nowhere; alpha; also_nowhere; };\n',
];

/** Options that the linker does not know, or not with this value. */
const OPTIONS: readonly (readonly string[])[] = [
  ['--bogus'],
  ['--bogus=3'],
  ['-bogus'],
  ['--no-such-thing', '--another'],
  ['-z', 'bogus'],
  ['-zbogus'],
  ['--icf=bogus'],
  ['--hash-style=bogus'],
  ['--error-limit=many'],
  ['--unresolved-symbols=bogus'],
  ['--build-id=bogus'],
  ['--sort-section=bogus'],
  ['--require-defined=nowhere'],
  ['-b', 'bogus'],
  ['--undefined-glob=['],
  ['--plugin-opt=bogus'],
  ['-mllvm', '-bogus'],
  ['--lto-O7'],
  ['-Ox'],
  ['--wrap'],
  ['--defsym=broken'],
  ['--defsym=value=nowhere'],
  ['--defsym=value=(1'],
  ['--pop-state'],
  ['--version-script=nowhere.ver'],
  ['--dynamic-list=nowhere.list'],
  ['-T', 'nowhere.lds'],
  ['--just-symbols=nowhere.o'],
  ['--retain-symbols-file=nowhere'],
  ['@nowhere.rsp'],
];

const NESTINGS: readonly (readonly string[])[] = [
  ['--start-lib', '--start-lib', '--end-lib'],
  ['--end-lib'],
  ['--start-group', '--start-group', '--end-group'],
  ['--end-group'],
  ['--start-lib', '--start-group', '--end-group', '--end-lib'],
  ['--start-group', '--start-lib', '--end-lib', '--end-group'],
];

/** Options that exclude each other, and what may be missing at the end. */
const CONFLICTS: readonly (readonly string[])[] = [
  ['-r', '-shared'],
  ['-r', '-pie'],
  ['-shared', '-pie'],
  ['-r', '--icf=all'],
  ['-r', '--gdb-index'],
  ['-r', '--export-dynamic'],
  ['-r', '--gc-sections'],
];

export const TEXT_MISTAKES = {
  'script-error': {
    weight: 7,
    make: (draft) => {
      const file = draft.text('script.lds', draft.choose.pick(SCRIPTS));
      if (draft.choose.chance(0.4)) draft.options.push('-T', file);
      else draft.insert([file]);
    },
  },
  'version-script': {
    weight: 4,
    make: (draft) => {
      draft.options.push(`--version-script=${draft.text('script.ver', draft.choose.pick(VERSION_SCRIPTS))}`);
      const option = draft.choose.weighted({ '': 3, '--no-undefined-version': 1, '--undefined-version': 1 });
      if (option !== '') draft.options.push(option);
    },
  },
  'dynamic-list': {
    weight: 1,
    make: (draft) => {
      const text = draft.choose.pick(['{ alpha; };\n', '{ alpha ', 'alpha;\n', 'V1 { alpha; };\n']);
      draft.options.push(`--dynamic-list=${draft.text('script.list', text)}`);
    },
  },
} satisfies Record<string, Mistake>;

function addOptions(draft: LineDraft): void {
  draft.options.push(...draft.choose.pick(OPTIONS));
}

export const COMMAND_MISTAKES = {
  'bad-option': { weight: 9, make: addOptions },
  'bad-nesting': {
    weight: 2,
    make: (draft) => {
      draft.insert(draft.choose.pick(NESTINGS));
    },
  },
  'options-in-conflict': {
    weight: 2,
    make: (draft) => {
      draft.options.push(...draft.choose.pick(CONFLICTS));
    },
  },
} satisfies Record<string, Mistake>;
