// A link set: the inputs that one link takes together, and the failures on the way to them.

import type { LinkSetArchive } from './archive-facts.ts';
import type { LinkInput, LinkSetFailure } from './link-input.ts';
import type { NameInterner } from './name-interner.ts';

/** Inputs of one link, in the order in which the linker meets them. Plain data, made once and then only read. */
export interface LinkSet {
  readonly inputs: readonly LinkInput[];
  /** Members and files that could not become inputs. */
  readonly failures: readonly LinkSetFailure[];
  /** The archives among them, in order, with what is wrong with each by itself. Absent where nobody looked. */
  readonly archives?: readonly LinkSetArchive[];
  /** The names that the numbers in the facts of the inputs stand for. */
  readonly names: NameInterner;
}
