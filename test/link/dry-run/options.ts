// Options of generated lines that do no harm by themselves. Beside a mistake they often decide what becomes of it.

import type { LineDraft } from './line-draft.ts';
import { symbolOf } from './units.ts';

type Spice = (draft: LineDraft, symbol: string) => readonly string[];

/** Options by their weight. */
const SPICES: readonly (readonly [weight: number, spice: Spice])[] = [
  [6, () => ['--gc-sections']],
  [2, (_, symbol) => [`-u`, symbol]],
  [1, () => ['-u', 'nowhere']],
  [1, (_, symbol) => ['-e', symbol]],
  [1, () => ['-e', 'nowhere']],
  [1, () => ['-e', '0x1000']],
  [2, ({ output }) => (output === 'relocatable' ? [] : ['--export-dynamic'])],
  [2, () => ['-z', 'muldefs']],
  [1, () => ['--allow-multiple-definition']],
  [3, () => ['--noinhibit-exec']],
  [3, () => ['--warn-unresolved-symbols']],
  [1, () => ['--error-unresolved-symbols']],
  [2, () => ['--unresolved-symbols=ignore-all']],
  [1, () => ['--unresolved-symbols=ignore-in-object-files']],
  [1, () => ['--unresolved-symbols=ignore-in-shared-libs']],
  [1, () => ['--unresolved-symbols=report-all']],
  [3, () => ['-z', 'defs']],
  [1, () => ['-z', 'undefs']],
  [1, () => ['--no-undefined']],
  [2, () => ['--fatal-warnings']],
  [2, () => ['--warn-common']],
  [1, () => ['--no-allow-shlib-undefined']],
  [1, () => ['--allow-shlib-undefined']],
  [1, () => ['--exclude-libs', 'ALL']],
  [1, () => ['-Bsymbolic']],
  [1, () => ['--no-fortran-common']],
  [2, (_, symbol) => [`--defsym=__wrap_${symbol}=_start`, `--wrap=${symbol}`]],
  [1, (_, symbol) => [`--defsym=${symbol}=_start`]],
  [1, (draft, symbol) => [`--version-script=${draft.text('sound.ver', `{ global: ${symbol}; local: *; };\n`)}`]],
  [1, (draft, symbol) => [`--version-script=${draft.text('node.ver', `V1 { global: ${symbol}; };\n`)}`]],
  [1, (draft, symbol) => [`--dynamic-list=${draft.text('sound.list', `{ ${symbol}; };\n`)}`]],
  [1, (_, symbol) => [`--undefined-glob=${symbol.slice(0, -2)}*`]],
  [1, () => ['-m', 'elf_x86_64']],
  [1, () => ['-z', 'now', '-z', 'relro']],
  [1, () => ['--build-id', '--hash-style=both', '--eh-frame-hdr']],
  [1, () => ['--icf=safe']],
  [1, () => ['-z', 'nocopyreloc', '-z', 'keep-text-section-prefix']],
  [1, () => ['-O2', '--strip-all', '--no-color-diagnostics']],
  [1, () => ['-Map=/dev/null']],
];

/** Adds none, one or some options. */
export function addSpices(draft: LineDraft): void {
  const { choose } = draft;
  if (choose.chance(0.45)) return;
  const symbol = symbolOf('T.alpha', draft.isMangled);
  const total = SPICES.reduce((sum, [weight]) => sum + weight, 0);
  for (let count = 1 + choose.below(2); count > 0; count -= 1) {
    let rest = choose.below(total);
    const entry = SPICES.find(([weight]) => (rest -= weight) < 0);
    const options = entry?.[1](draft, symbol) ?? [];
    if (options.length > 0 && options[0] === '-m' && draft.target !== 'x64') draft.options.push('-m', 'aarch64linux');
    else draft.options.push(...options);
  }
}
