// What the checks of values share.

import type { LinkOptions } from './link-command.ts';
import { parseInteger } from './numbers.ts';
import type { OptionList } from './option-list.ts';

/** What the checks share. */
export interface Check {
  readonly list: OptionList;
  readonly options: LinkOptions;
  readonly version: number;
  readonly complain: (message: string, argument: string) => void;
  readonly warn: (message: string, argument: string) => void;
}

/** Checks that the last of a name is a number, and gives it. */
export function checkNumber({ list, complain }: Check, id: string): bigint | undefined {
  const last = list.last(id);
  if (last === undefined) return undefined;
  const number = parseInteger(last.value);
  if (number === undefined) complain(`${last.argument}: number expected, but got '${last.value}'`, last.argument);
  return number;
}
