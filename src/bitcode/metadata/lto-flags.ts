// The module flags that matter to linkers, each by a property.

import { LTO_FLAGS } from '../codes/module-flags.ts';
import type { BitcodeModuleFlag } from './module-flags.ts';

type Flags = typeof LTO_FLAGS;

/** What a flag is by the form of its value. */
interface FlagForms {
  switch: boolean;
  number: number;
  text: string;
}

/**
 * Flags by property; {@link LTO_FLAGS} tells the key of each. `undefined`: the module does not have the flag, or its value
 * is of another form.
 */
export type BitcodeLtoFlags = { readonly [Name in keyof Flags]: FlagForms[Flags[Name]['form']] | undefined };

/**
 * Sorts out the flags that matter to linkers. Costs a step for each flag and each property.
 *
 * @param flags - Of one module, out of {@link readModuleFlags}. Of two with one key the last one counts.
 * @example
 * const { cfiCanonicalJumpTables, kcfi } = ltoFlagsOf(readModuleFlags(module));
 */
export function ltoFlagsOf(flags: readonly BitcodeModuleFlag[]): BitcodeLtoFlags {
  const values = new Map(flags.map(({ key, value }) => [key, value]));
  const entries = Object.entries(LTO_FLAGS).map(([name, { key, form }]) => [name, inForm(values.get(key), form)]);
  return Object.fromEntries(entries) as BitcodeLtoFlags;
}

function inForm(value: bigint | string | undefined, form: keyof FlagForms): boolean | number | string | undefined {
  if (form === 'text') return typeof value === 'string' ? value : undefined;
  if (typeof value !== 'bigint') return undefined;
  return form === 'switch' ? value !== 0n : Number(value);
}
