// What lld says of the values after `-z`.

import type { CommandComplaint } from './link-command.ts';
import { globFault } from './glob-fault.ts';
import { parseUnsigned } from './numbers.ts';
import type { OptionList } from './option-list.ts';
import { Z_FLAGS, Z_KEYS } from './z-values.ts';

type Complain = (message: string, argument: string) => void;

/** From this version on a key without `=` is the key with an empty value, and page sizes are read with the line. */
const CLAIMED_FROM = 17;
/** Up to this version the words of a bad report differ. */
const REPORT_WORDS_LAST = 20;
const REPORT_VALUES = ['none', 'warning', 'error'];

/** Values of `-z` that this version does not know. 13 takes them for errors. */
export function checkUnknownZ(list: OptionList, version: number): CommandComplaint[] {
  const flags = new Set(Z_FLAGS.flatMap(([name, from = 0]) => (version < from ? [] : [name])));
  const keys = new Set(Z_KEYS.flatMap(([key, , from = 0]) => (version < from ? [] : [key])));
  const complaints: CommandComplaint[] = [];
  for (const { value, argument } of list.all('z')) {
    if (flags.has(value)) continue;
    const equals = value.indexOf('=');
    if (equals === -1 ? version >= CLAIMED_FROM && keys.has(value) : keys.has(value.slice(0, equals))) continue;
    const severity = version < 14 ? 'error' : 'warning';
    complaints.push({ severity, kind: 'bad-value', stage: 'line', message: `unknown -z value: ${value}`, argument });
  }
  return complaints;
}

/** The values of `-z KEY=`, key by key. Page sizes are not among them: {@link checkPageSizes}. */
export function checkZKeys(list: OptionList, version: number, complain: Complain): void {
  const byKey = keyed(list);
  for (const [key, takes, from = 0] of Z_KEYS) {
    if (version < from) continue;
    let values = byKey.get(key) ?? [];
    if (version < CLAIMED_FROM && Array.isArray(takes)) {
      // The last one that is understood holds, and lld looks no further.
      values = values.slice(values.findLastIndex((value) => takes.includes(value)) + 1).reverse();
    }
    for (const value of values) {
      const argument = `${key}=${value}`;
      if (takes === 'number') {
        if (parseUnsigned(value) === undefined) complain(`invalid ${key}: ${value}`, argument);
      } else if (takes === 'report') {
        if (REPORT_VALUES.includes(value)) continue;
        const isOld = version <= REPORT_WORDS_LAST;
        complain(
          isOld ? `-z ${key}= parameter ${value} is not recognized` : `unknown -z ${key}= value: ${value}`,
          argument,
        );
      } else if (takes === 'pattern') {
        checkDeadRelocation(value, version, complain);
      } else if (takes !== 'page-size' && !takes.includes(value)) {
        complain(`unknown -z ${key}= value: ${value}`, argument);
      }
    }
  }
}

/** The values of `-z max-page-size=` and `-z common-page-size=`: in the line, or where the sizes are used first. */
export function checkPageSizes(list: OptionList, version: number): CommandComplaint[] {
  const byKey = keyed(list);
  const complaints: CommandComplaint[] = [];
  for (const [key, takes] of Z_KEYS) {
    if (takes !== 'page-size') continue;
    const last = byKey.get(key)?.at(-1);
    if (last === undefined) continue;
    const size = parseUnsigned(last);
    const argument = `${key}=${last}`;
    if (size === undefined) {
      const stage = version >= CLAIMED_FROM ? 'line' : 'late';
      complaints.push({ severity: 'error', kind: 'bad-value', stage, message: `invalid ${key}: ${last}`, argument });
    } else if (size === 0n || (size & (size - 1n)) !== 0n) {
      const message = `${key}: value isn't a power of 2`;
      complaints.push({ severity: 'error', kind: 'bad-value', stage: 'late', message, argument });
    }
  }
  return complaints;
}

/** Values by key; one without `=` has an empty value. */
function keyed(list: OptionList): Map<string, string[]> {
  const byKey = new Map<string, string[]>();
  for (const value of list.zValues()) {
    const equals = value.indexOf('=');
    const key = equals === -1 ? value : value.slice(0, equals);
    const values = byKey.get(key);
    const rest = equals === -1 ? '' : value.slice(equals + 1);
    if (values === undefined) byKey.set(key, [rest]);
    else values.push(rest);
  }
  return byKey;
}

function checkDeadRelocation(value: string, version: number, complain: Complain): void {
  const equals = value.indexOf('=');
  const pattern = equals === -1 ? value : value.slice(0, equals);
  const number = equals === -1 ? '' : value.slice(equals + 1);
  const words = '-z dead-reloc-in-nonalloc=: ';
  const argument = `dead-reloc-in-nonalloc=${value}`;
  if (pattern === '' || number === '') complain(`${words}expected <section_glob>=<value>`, argument);
  else if (parseUnsigned(number) === undefined) {
    complain(`${words}expected a non-negative integer, but got '${number}'`, argument);
  } else {
    const fault = globFault(pattern, version);
    if (fault !== undefined) complain(`${words}${fault}${version < CLAIMED_FROM ? '' : `: ${pattern}`}`, argument);
  }
}
