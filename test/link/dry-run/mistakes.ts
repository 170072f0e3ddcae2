// Mistakes of generated link lines: each spoils a line that would link. By their names, which `grammar.md` explains, with
// the weight that decides how often each is made.

import { MACHINE_MISTAKES, MEMBER_MISTAKES } from './mistakes-inputs.ts';
import { COMMAND_MISTAKES, TEXT_MISTAKES } from './mistakes-text.ts';
import { SYMBOL_MISTAKES } from './mistakes-symbols.ts';
import type { LineDraft } from './line-draft.ts';

/** A way to spoil a line. */
export interface Mistake {
  readonly weight: number;
  /** Spoils the line; `false` if this line has nothing that could be spoilt so. */
  make(draft: LineDraft): unknown;
}

export const MISTAKES = {
  ...SYMBOL_MISTAKES,
  ...MEMBER_MISTAKES,
  ...MACHINE_MISTAKES,
  ...TEXT_MISTAKES,
  ...COMMAND_MISTAKES,
} satisfies Record<string, Mistake>;

export type MistakeName = keyof typeof MISTAKES;
