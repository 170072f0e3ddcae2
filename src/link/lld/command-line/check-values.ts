// What lld says of the values of its options while it reads them, in its words and order: lld/ELF/Driver.cpp, readConfigs.
// Left out: the options of LLVM behind `-mllvm` and `-plugin-opt=-`, which LLVM checks itself; the details of
// `--thinlto-cache-policy`; files that options name, which are opened then.

import {
  checkCachePolicy,
  checkLtoLevels,
  checkPluginOptions,
  checkRemarks,
  checkSaveTemps,
  checkThinLto,
  checkThreads,
} from './check-lto.ts';
import { checkPageSizes, checkUnknownZ, checkZKeys } from './check-z.ts';
import { findEmulation } from './emulations.ts';
import { globFault } from './glob-fault.ts';
import type { CommandComplaint, LinkOptions } from './link-command.ts';
import { parseInteger, parseUnsigned } from './numbers.ts';
import type { OptionList } from './option-list.ts';
import type { ParsedOption } from './option-set.ts';
import { type Check, checkNumber } from './value-check.ts';

/** What was found. */
export interface CheckedValues {
  readonly complaints: readonly CommandComplaint[];
  /** Whether lld ends at the last of them. */
  readonly isFatal: boolean;
}

/** Up to this version values of `-z` are looked at before all others. */
const Z_FIRST_LAST = 16;

/** What is wrong with values that lld looks at before it answers `--help`. */
export function checkEarlyValues(list: OptionList, version: number): CommandComplaint[] {
  const complaints: CommandComplaint[] = [];
  const limit = list.last('error-limit');
  if (limit !== undefined && parseInteger(limit.value) === undefined) {
    const message = `${limit.argument}: number expected, but got '${limit.value}'`;
    complaints.push({ severity: 'error', kind: 'bad-value', stage: 'line', message, argument: limit.argument });
  }
  return version <= Z_FIRST_LAST ? [...complaints, ...checkUnknownZ(list, version)] : complaints;
}

/** What is wrong with the other values of a line. */
export function checkValues(list: OptionList, options: LinkOptions, version: number): CheckedValues {
  const complaints: CommandComplaint[] = [];
  const say = (severity: 'error' | 'warning', message: string, argument: string): void => {
    complaints.push({ severity, kind: 'bad-value', stage: 'line', message, argument });
  };
  const check: Check = {
    list,
    options,
    version,
    complain: (message, argument) => {
      say('error', message, argument);
    },
    warn: (message, argument) => {
      say('warning', message, argument);
    },
  };
  if (version === 14) warnOfCommons(check);
  checkMemoryTags(check);
  checkChoices(check, FIRST_CHOICES);
  checkBalancedPartitioning(check);
  checkCompression(check);
  checkLtoLevels(check);
  checkNumber(check, 'mips-got-size');
  checkFormat(check);
  checkRemarks(check);
  checkNumber(check, 'O');
  checkChoices(check, MIDDLE_CHOICES);
  checkPackageMetadata(check);
  checkSaveTemps(check);
  checkAddresses(check);
  checkNumber(check, 'randomize-section-padding');
  checkChoices(check, SORT_CHOICES);
  checkNumber(check, 'split-stack-adjust-size');
  checkChoices(check, TARGET_CHOICES);
  if (checkCachePolicy(check)) return { complaints, isFatal: true };
  checkThinLto(check);
  checkNumber(check, 'time-trace-granularity');
  checkPatterns(check, 'why-live', false);
  checkZKeys(list, version, check.complain);
  checkUnresolved(check);
  checkRemaps(check);
  checkShuffles(check);
  checkCompressedSections(check);
  checkPluginOptions(check);
  checkChoices(check, LTO_CHOICES);
  checkThreads(check);
  if (list.has('Ttext-segment')) {
    const words = '-Ttext-segment is not supported. Use --image-base if you intend to set the base address';
    check.complain(words, list.last('Ttext-segment')?.argument ?? '');
  }
  if (options.emulation !== undefined && findEmulation(options.emulation, version) === undefined) {
    const argument = list.last('m')?.argument ?? '';
    const message = `unknown emulation: ${options.emulation}`;
    complaints.push({ severity: 'error', kind: 'unknown-emulation', stage: 'line', message, argument });
  }
  checkChoices(check, LAST_CHOICES);
  checkOrderingFiles(check);
  checkPatterns(check, 'warn-backrefs-exclude', true);
  const unknownZ = version > Z_FIRST_LAST ? checkUnknownZ(list, version) : [];
  return { complaints: [...complaints, ...checkPageSizes(list, version), ...unknownZ], isFatal: false };
}

/** An option, what it may be, and the words for what it may not be; those of version 13 where they differ. */
type Choice = readonly [id: string, values: readonly string[], words: string, words13?: string];

const FIRST_CHOICES: readonly Choice[] = [
  ['call-graph-profile-sort', ['hfsort', 'cdsort', 'none'], 'unknown --call-graph-profile-sort= value: '],
];
const MIDDLE_CHOICES: readonly Choice[] = [
  ['orphan-handling', ['warn', 'error', 'place'], 'unknown --orphan-handling mode: '],
];
const SORT_CHOICES: readonly Choice[] = [['sort-section', ['alignment', 'name', ''], 'unknown --sort-section rule: ']];
const TARGET_CHOICES: readonly Choice[] = [['target2', ['rel', 'abs', 'got-rel'], 'unknown --target2 option: ']];
const LTO_CHOICES: readonly Choice[] = [['lto', ['thin', 'full', 'default'], 'unknown LTO mode: ']];
const LAST_CHOICES: readonly Choice[] = [
  ['hash-style', ['sysv', 'gnu', 'both'], 'unknown --hash-style: ', 'unknown -hash-style: '],
  ['build-id', ['fast', 'md5', 'sha1', 'tree', 'uuid', 'none'], 'unknown --build-id style: '],
  [
    'pack-dyn-relocs',
    ['android', 'relr', 'android+relr', 'none'],
    'unknown --pack-dyn-relocs format: ',
    'unknown -pack-dyn-relocs format: ',
  ],
];

function checkChoices({ list, version, complain }: Check, choices: readonly Choice[]): void {
  for (const [id, values, words, words13 = words] of choices) {
    const last = list.last(id);
    if (last === undefined || values.includes(last.value)) continue;
    const hex = id === 'build-id' && last.value.startsWith('0x') ? last.value.slice(2) : undefined;
    if (hex === undefined) complain((version < 14 ? words13 : words) + last.value, last.argument);
    else if (!/^[0-9a-fA-F]*$/.test(hex)) complain(`not a hexadecimal value: ${hex}`, last.argument);
  }
}

function warnOfCommons({ list, warn }: Check): void {
  const given = list.last('define-common', 'no-define-common');
  if (given === undefined) return;
  warn(
    '-d, -dc, -dp, and --[no-]define-common will be removed. See https://github.com/llvm/llvm-project/issues/53660',
    given.argument,
  );
}

function checkMemoryTags({ list, version, complain, warn }: Check): void {
  const heap = list.flag('android-memtag-heap', 'no-android-memtag-heap', false);
  const stack = list.flag('android-memtag-stack', 'no-android-memtag-stack', false);
  const mode = list.last('android-memtag-mode');
  if (mode === undefined || mode.value === '') {
    if (version < 17 || !(heap || stack)) return;
    const name = stack ? 'stack' : 'heap';
    warn(`--android-memtag-mode is unspecified, leaving --android-memtag-${name} a no-op`, `--android-memtag-${name}`);
  } else if (version < 17 && !heap && !stack) {
    const words = 'at least one of --android-memtag-heap or --android-memtag-stack is required';
    complain(`when using --android-memtag-mode, ${words}`, mode.argument);
  } else if (!['sync', 'async', 'none'].includes(mode.value)) {
    const words = 'should be one of {async, sync, none}';
    complain(`unknown --android-memtag-mode value: "${mode.value}", ${words}`, mode.argument);
  }
}

function checkBalancedPartitioning({ list, complain }: Check): void {
  const compression = list.last('bp-compression-sort');
  const startup = list.last('bp-startup-sort');
  const hasOrder = list.has('call-graph-ordering-file');
  if (compression !== undefined) {
    const { value, argument } = compression;
    if (!['none', 'function', 'data', 'both'].includes(value)) {
      complain('--bp-compression-sort=: expected [none|function|data|both]', argument);
    }
    if (value !== 'none' && hasOrder) {
      complain('--bp-compression-sort is incompatible with --call-graph-ordering-file', argument);
    }
  }
  if (startup !== undefined) {
    const { value, argument } = startup;
    if (!['none', 'function'].includes(value)) complain('--bp-startup-sort=: expected [none|function]', argument);
    if (value !== 'none' && hasOrder) {
      complain('--bp-startup-sort=function is incompatible with --call-graph-ordering-file', argument);
    }
  }
  if ((list.last('irpgo-profile')?.value ?? '') !== '') return;
  if (startup?.value === 'function') {
    complain('--bp-startup-sort=function must be used with --irpgo-profile', startup.argument);
  }
  const id = 'bp-compression-sort-startup-functions';
  if (list.flag(id, `no-${id}`, false)) complain(`--${id} must be used with --irpgo-profile`, `--${id}`);
}

function compressions(version: number): readonly string[] {
  return version < 16 ? ['none', 'zlib'] : ['none', 'zlib', 'zstd'];
}

function checkCompression({ list, version, complain }: Check): void {
  const last = list.last('compress-debug-sections');
  if (last === undefined || compressions(version).includes(last.value)) return;
  complain(`unknown --compress-debug-sections value: ${last.value}`, last.argument);
}

function checkFormat({ list, complain }: Check): void {
  const last = list.last('oformat');
  if (last === undefined || last.value === 'binary' || last.value.startsWith('elf')) return;
  complain(`unknown --oformat value: ${last.value}`, last.argument);
}

/** From this version on the string is percent-encoded. */
const PACKAGE_METADATA_ENCODED_FROM = 20;

function checkPackageMetadata({ list, version, complain }: Check): void {
  const last = list.last('package-metadata');
  if (last === undefined || version < PACKAGE_METADATA_ENCODED_FROM) return;
  const at = last.value.search(/%(?![0-9a-fA-F]{2})/);
  if (at === -1) return;
  const words = `invalid % escape at byte ${at}; supports only %[0-9a-fA-F][0-9a-fA-F]`;
  complain(`${last.spelling}: ${words}`, last.argument);
}

function checkAddresses({ list, complain }: Check): void {
  const checkAddress = (option: ParsedOption | undefined, address: string): void => {
    if (option === undefined || /^(?:0x)?0*[0-9a-fA-F]{1,16}$/.test(address)) return;
    const text = option.isSeparate ? `${option.argument} ${option.value}` : option.argument;
    complain(`invalid argument: ${text}`, option.argument);
  };
  for (const option of list.all('section-start')) {
    const equals = option.value.indexOf('=');
    checkAddress(option, equals === -1 ? '' : option.value.slice(equals + 1));
  }
  for (const id of ['Ttext', 'Tdata', 'Tbss']) checkAddress(list.last(id), list.last(id)?.value ?? '');
}

function checkPatterns({ list, version, complain }: Check, id: string, isNamed: boolean): void {
  for (const { value, argument } of list.all(id)) {
    const fault = globFault(value, version);
    if (fault === undefined) continue;
    complain(`--${id}: ${fault}${isNamed && version >= 17 ? `: ${value}` : ''}`, argument);
  }
}

const UNRESOLVED = ['ignore-all', 'ignore-in-object-files', 'ignore-in-shared-libs', 'report-all'];

function checkUnresolved({ list, complain }: Check): void {
  for (const { value, argument } of list.all('unresolved-symbols')) {
    if (!UNRESOLVED.includes(value)) complain(`unknown --unresolved-symbols value: ${value}`, argument);
  }
}

function checkRemaps({ list, version, complain }: Check): void {
  for (const { value, argument } of list.all('remap-inputs')) {
    const [from = '', to = '', ...more] = value.split('=');
    const fault = globFault(from, version);
    if (to === '' || more.length > 0) complain("--remap-inputs: parse error, not 'from-glob=to-file'", argument);
    else if (fault !== undefined) complain(`--remap-inputs: ${fault}: ${from}`, argument);
  }
}

function checkShuffles({ list, version, complain }: Check): void {
  const words = '--shuffle-sections=: ';
  for (const { value, argument } of list.all('shuffle-sections')) {
    const equals = value.indexOf('=');
    const pattern = equals === -1 ? value : value.slice(0, equals);
    const seed = equals === -1 ? '' : value.slice(equals + 1);
    const fault = globFault(pattern, version);
    if (pattern === '' || seed === '') complain(`${words}expected <section_glob>=<seed>, but got '${value}'`, argument);
    else if (parseUnsigned(seed.replace(/^-/, '')) === undefined) {
      complain(`${words}expected an integer, but got '${seed}'`, argument);
    } else if (fault !== undefined) complain(`${words}${fault}${version < 17 ? '' : `: ${pattern}`}`, argument);
  }
}

function checkCompressedSections({ list, version, complain }: Check): void {
  for (const { value, argument } of list.all('compress-sections')) {
    const [pattern = '', kind = '', ...more] = value.split('=');
    if (kind === '' || more.length > 0) {
      complain("--compress-sections: parse error, not 'section-glob=[none|zlib|zstd]'", argument);
      continue;
    }
    const colon = kind.indexOf(':');
    const name = colon === -1 ? kind : kind.slice(0, colon);
    if (!compressions(version).includes(name)) complain(`unknown --compress-sections value: ${name}`, argument);
    const level = kind.slice(colon + 1);
    if (colon !== -1 && parseUnsigned(level) === undefined) {
      const words = 'expected a non-negative integer compression level';
      complain(`--compress-sections: ${words}, but got '${level}'`, argument);
    }
    const fault = globFault(pattern, version);
    if (fault !== undefined) complain(`--compress-sections: ${fault}`, argument);
  }
}

function checkOrderingFiles({ list, complain }: Check): void {
  if (!list.has('symbol-ordering-file') || !list.has('call-graph-ordering-file')) return;
  const words = '--symbol-ordering-file and --call-graph-order-file may not be used together';
  complain(words, list.last('symbol-ordering-file')?.argument ?? '');
}
