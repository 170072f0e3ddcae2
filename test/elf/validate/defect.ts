// What a broken object is to the tests: how it is broken, what ld.lld says of it, and what looks like it and is sound.

import type { IntegrityConditionId } from '../../../src/elf/validate/index.ts';
import type { BrokenObject } from '../../helpers/broken-object.ts';
import type { LinkOutput } from '../../helpers/linker-runs.ts';
import type { SoundMachine } from '../../helpers/sound-object.ts';

/** A way to break an object, and a way to change the same place that is no fault. */
export interface Defect {
  /** What is wrong, as the end of a title: `a symbol whose section does not exist`. */
  readonly title: string;
  readonly condition: IntegrityConditionId;
  readonly damage: (object: BrokenObject) => unknown;
  /** What ld.lld says; a part that is the same for all machines and versions. Absent: it crashes. */
  readonly says?: string;
  /** What is no fault though it looks like it. */
  readonly nearMiss: (object: BrokenObject) => unknown;
  /** Absent: `-r` and a program. */
  readonly output?: LinkOutput;
  /** Options of the linker beside those of the output. */
  readonly icf?: boolean;
  /** Whether an index of the unwind tables is asked for. */
  readonly ehFrameHeader?: boolean;
  /** Whether what ld.lld says is a warning. */
  readonly isWarning?: boolean;
  /** Absent: one of the pairs, in turn. */
  readonly machines?: readonly SoundMachine[];
  /** Absent: 14 and 22. */
  readonly versions?: readonly (13 | 14 | 16 | 19 | 22)[];
}
