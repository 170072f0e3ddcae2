// What an input is, in the words of `ltoscope identify`: for the listings that tell it.

import { openBitcode } from '../../bitcode/index.ts';
import { openElf } from '../../elf/index.ts';
import { describeBitcode, describeElf } from '../../link/index.ts';
import type { FaultList, InputFacts, WalkedInput } from '../../link/index.ts';

/** The facts of an input that its headers tell; of a damaged one, those that can be read. */
export type Identity = Omit<InputFacts, 'definitions' | 'faults' | 'format'> & { readonly format: string };

/** Describes an input that a walk met. Damage goes to `faults`. */
export function describeInput({ range, format }: WalkedInput, faults: FaultList): Identity {
  const size = range?.length ?? 0;
  const described = faults.guard(undefined, () => {
    if (range !== undefined && format === 'elf') return describeElf(openElf(range), faults);
    if (range !== undefined && format === 'bitcode') return describeBitcode(openBitcode(range), faults);
    return undefined;
  });
  return described ?? { format: format ?? 'unknown', size };
}

/** What was damaged, for people. */
export function damageOf({ faults }: FaultList): string[] {
  return faults.flatMap((fault) =>
    fault.kind === 'malformed' ? [`${fault.reason} (at 0x${fault.offset.toString(16)})`] : [],
  );
}
