// What lld says of the values of options for link-time optimisation: lld/ELF/Driver.cpp, readConfigs.

import { parseInteger, parseUnsigned } from './numbers.ts';
import { type Check, checkNumber } from './value-check.ts';

/** Up to this version the level is looked at with the threads. */
const LATE_LEVEL_LAST = 16;

const SAVED_TEMPORARIES = [
  'resolution',
  'preopt',
  'promote',
  'internalize',
  'import',
  'opt',
  'precodegen',
  'prelink',
  'combinedindex',
];

const CACHE_KEYS = ['prune_interval', 'prune_after', 'cache_size', 'cache_size_bytes', 'cache_size_files'];

export function checkLtoLevels(check: Check): void {
  const { list, complain } = check;
  checkNumber(check, 'lto-O');
  if (check.version > LATE_LEVEL_LAST) checkLtoLevel(check);
  const codegen = checkNumber(check, 'lto-CGO');
  if (codegen !== undefined && BigInt.asUintN(32, codegen) > 3n) {
    const argument = list.last('lto-CGO')?.argument ?? '';
    complain(`invalid codegen optimization level for LTO: ${BigInt.asUintN(32, codegen)}`, argument);
  }
  checkNumber(check, 'lto-partitions');
}

function checkLtoLevel({ list, complain }: Check): void {
  const last = list.last('lto-O');
  const level = parseInteger(last?.value ?? '');
  if (last === undefined || level === undefined) return;
  // It is stored in 32 bits without a sign.
  const stored = BigInt.asUintN(32, level);
  if (stored > 3n) complain(`invalid optimization level for LTO: ${stored}`, last.argument);
}

export function checkRemarks({ list, complain }: Check): void {
  const last = list.last('opt-remarks-hotness-threshold');
  if (last === undefined || last.value === 'auto' || parseInteger(last.value) !== undefined) return;
  const words = `invalid argument '${last.value}', only integer or 'auto' is supported`;
  complain(`--opt-remarks-hotness-threshold: ${words}`, last.argument);
}

export function checkSaveTemps({ list, complain }: Check): void {
  for (const { spelling, value, argument } of list.all('save-temps')) {
    if (!spelling.endsWith('=')) return;
    if (!SAVED_TEMPORARIES.includes(value)) complain(`unknown --save-temps value: ${value}`, argument);
  }
}

/** Whether the policy is refused, which ends the link. */
export function checkCachePolicy({ list, complain }: Check): boolean {
  const policy = list.last('thinlto-cache-policy');
  if (policy === undefined || policy.value === '') return false;
  const keys = policy.value.split(':').map((part) => part.split('=')[0] ?? '');
  const unknown = keys.find((key) => !CACHE_KEYS.includes(key));
  if (unknown === undefined) return false;
  complain(`--thinlto-cache-policy: invalid cache policy: Unknown key: '${unknown}'`, policy.argument);
  return true;
}

export function checkThinLto({ list, version, complain }: Check): void {
  const suffix = list.last('thinlto-object-suffix-replace');
  const prefix = list.last('thinlto-prefix-replace');
  for (const option of [suffix, prefix]) {
    if (option === undefined) continue;
    const semicolon = option.value.indexOf(';');
    if (semicolon === -1 || semicolon === option.value.length - 1) {
      complain(`${option.spelling} expects 'old;new' format, but got ${option.value}`, option.argument);
    }
  }
  const hasIndex = list.has('thinlto-index-only');
  const words = 'is not supported with --thinlto-emit-index-files';
  if (list.has('thinlto-emit-index-files') && !hasIndex) {
    if (suffix !== undefined) complain(`--thinlto-object-suffix-replace ${words}`, suffix.argument);
    else if (prefix !== undefined) complain(`--thinlto-prefix-replace ${words}`, prefix.argument);
  }
  const objectFolder = prefix?.value.split(';').slice(2).join(';') ?? '';
  if (
    prefix !== undefined &&
    version >= 17 &&
    objectFolder !== '' &&
    (list.last('thinlto-index-only')?.value ?? '') === ''
  ) {
    const form = '--thinlto-prefix-replace=old_dir;new_dir;obj_dir';
    complain(`${form} must be used with --thinlto-index-only=`, prefix.argument);
  }
}

export function checkPluginOptions({ list, complain }: Check): void {
  for (const { spelling, value, argument } of list.all('plugin-opt')) {
    // The path of GCC's own helper, which GCC gives every linker.
    if (value.endsWith('lto-wrapper') || value.endsWith('lto-wrapper.exe')) continue;
    complain(`${spelling}: unknown plugin option '${value}'`, argument);
  }
}

export function checkThreads(check: Check): void {
  const { list, complain } = check;
  const threads = list.last('threads');
  if (threads !== undefined) {
    const count = parseUnsigned(threads.value);
    if (count === undefined || count === 0n || count > 0xffff_ffffn) {
      complain(`--threads: expected a positive integer, but got '${threads.value}'`, threads.argument);
    }
  }
  if (check.version <= LATE_LEVEL_LAST) checkLtoLevel(check);
  const partitions = list.last('lto-partitions');
  // What is no number counts as 0.
  if (partitions !== undefined && BigInt.asUintN(32, parseInteger(partitions.value) ?? 0n) === 0n) {
    complain('--lto-partitions: number of threads must be > 0', partitions.argument);
  }
  const jobs = list.last('thinlto-jobs') ?? threads;
  if (jobs !== undefined && jobs.value !== 'all' && !/^[0-9]{0,10}$/.test(jobs.value)) {
    complain(`--thinlto-jobs: invalid job count: ${jobs.value}`, jobs.argument);
  }
  const size = list.last('split-stack-adjust-size');
  if (size !== undefined && (parseInteger(size.value) ?? 0n) < 0n) {
    complain('--split-stack-adjust-size: size must be >= 0', size.argument);
  }
}
