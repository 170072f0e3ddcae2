// The machine that a link is for: that of `-m`, else that of the first input.

import { machineOfElf } from '../machine.ts';
import { findEmulation } from './command-line/emulations.ts';

/** What an emulation or an input is made for; what is not known is `undefined`. */
export interface LinkTarget {
  /** In the vocabulary of `InputFacts.machine`. */
  readonly machine: string | undefined;
  readonly bits: 32 | 64 | undefined;
  readonly endian: 'little' | 'big' | undefined;
}

/** The target of an emulation; `undefined` if that version of lld does not know it. */
export function targetOfEmulation(name: string, major: number): LinkTarget | undefined {
  const found = findEmulation(name, major);
  return found && { machine: machineOfElf(found.machine), bits: found.bits, endian: found.endian };
}

/** Whether two are of one kind; what is not known agrees with everything. */
export function areCompatible(a: LinkTarget, b: LinkTarget): boolean {
  return agree(a.machine, b.machine) && agree(a.bits, b.bits) && agree(a.endian, b.endian);
}

function agree<T>(a: T | undefined, b: T | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}
