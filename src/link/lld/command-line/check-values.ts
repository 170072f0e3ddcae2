// What lld says of the values of its options while it reads them, in its words and about in its order: lld/ELF/Driver.cpp,
// readConfigs. Left out: the options of LLVM behind `-mllvm` and `-plugin-opt=-`, which LLVM checks itself.

import { findEmulation } from './emulations.ts';
import type { CommandComplaint, LinkOptions } from './link-command.ts';
import { parseInteger, parseUnsigned } from './numbers.ts';
import type { OptionList } from './option-list.ts';

const UNRESOLVED = ['ignore-all', 'ignore-in-object-files', 'ignore-in-shared-libs', 'report-all'];

/** What is wrong with the values of a line. */
export function checkValues(list: OptionList, options: LinkOptions, version: number): CommandComplaint[] {
  const complaints: CommandComplaint[] = [];
  const complain = (message: string, argument: string, kind: CommandComplaint['kind'] = 'bad-value'): void => {
    complaints.push({ severity: 'error', kind, stage: 'line', message, argument });
  };
  const limit = list.last('error-limit');
  if (limit !== undefined && parseInteger(limit.value) === undefined) {
    complain(`${limit.argument}: number expected, but got '${limit.value}'`, limit.argument);
  }
  const stackSize = list.zValue('stack-size');
  if (stackSize !== undefined && parseUnsigned(stackSize) === undefined) {
    complain(`invalid stack-size: ${stackSize}`, `stack-size=${stackSize}`);
  }
  for (const { value, argument } of list.all('unresolved-symbols')) {
    if (!UNRESOLVED.includes(value)) complain(`unknown --unresolved-symbols value: ${value}`, argument);
  }
  if (options.emulation !== undefined && findEmulation(options.emulation, version) === undefined) {
    complain(`unknown emulation: ${options.emulation}`, list.last('m')?.argument ?? '', 'unknown-emulation');
  }
  return complaints;
}
