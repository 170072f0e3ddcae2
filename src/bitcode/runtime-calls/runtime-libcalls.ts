// Which functions of run-time libraries LLVM knows for a target. See libcall-names.ts for where the lists come from.

import type { BitcodeFile } from '../bitcode-file.ts';
import { ARM64EC_ABSENT, ARM64EC_OWN, LIBCALL_ROWS, MEASURED_VERSIONS } from './libcall-names.ts';
import { TARGET_CONDITIONS } from './target-conditions.ts';
import type { TargetCondition } from './target-conditions.ts';
import { targetOf } from './target.ts';
import type { Target } from './target.ts';

/** Whose list is asked for. */
export interface LibcallWriter {
  /** Major version of LLVM. */
  readonly version: number;
  /** Target triple. */
  readonly triple: string;
}

/** The functions of run-time libraries that an LLVM knows for a target. */
export interface RuntimeLibcalls {
  /** Their names in modules, without the prefix that some targets give to symbols. */
  readonly names: ReadonlySet<string>;
  /** The version whose list this is: the one asked for, or the next below it whose list is known. */
  readonly version: number;
  /** Whether that is the version that was asked for. */
  readonly isExact: boolean;
}

/** From this version on there is a list for each architecture, and one of its own for ARM64EC. */
const LISTS_BY_ARCHITECTURE = 22;

/**
 * The functions of run-time libraries that code generation may call: LLVM marks their definitions and declarations as used in
 * symbol tables (`FB_used`), so that link-time optimisation keeps them although nothing calls them yet.
 *
 * @returns A new set. For a version without list of its own that of the next below, for one before LLVM 13 that of 13.
 * @see llvm/lib/Object/IRSymtab.cpp, llvm/IR/RuntimeLibcalls.td.
 * @example
 * runtimeLibcalls({ version: 22, triple: 'aarch64-linux-gnu' }).names.has('__aarch64_ldadd4_acq_rel'); // true
 */
export function runtimeLibcalls({ version, triple }: LibcallWriter): RuntimeLibcalls {
  const [oldest] = MEASURED_VERSIONS;
  const known = MEASURED_VERSIONS.findLast((measured) => measured <= version) ?? oldest;
  const target = targetOf(triple);
  const isArm64Ec = target.architecture === 'arm64ec' && known >= LISTS_BY_ARCHITECTURE;
  const names = isArm64Ec ? namesOfArm64Ec(known, target) : namesOf(known, target);
  return { names, version: known, isExact: known === version };
}

/**
 * The functions of run-time libraries that the LLVM which wrote a file has marked as used in its symbol table: what
 * `computeSymbolTable` takes as `libcalls` to tell `FB_used` as the writer does.
 *
 * @returns `undefined` if the file does not tell the version of LLVM, or its list is not known.
 */
export function findWriterLibcalls(file: BitcodeFile): ReadonlySet<string> | undefined {
  const [first] = file.modules;
  const version = versionOf(first?.identification?.producer ?? '');
  if (first === undefined || version === undefined) return undefined;
  const { names, isExact } = runtimeLibcalls({ version, triple: first.triple ?? '' });
  return isExact ? names : undefined;
}

/** The major version in a producer such as `LLVM16.0.6` or `LLVM17.0.6-rust-1.75.0-stable`. */
function versionOf(producer: string): number | undefined {
  const digits = /^LLVM([0-9]{1,4})\./.exec(producer)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function namesOf(version: number, target: Target): Set<string> {
  const names = new Set<string>();
  for (const row of LIBCALL_ROWS) {
    const condition = conditionAt(row.since, version);
    if (condition === undefined || !TARGET_CONDITIONS[condition](target)) continue;
    for (const name of row.names.trim().split(/\s+/)) names.add(name);
  }
  return names;
}

function conditionAt(
  since: readonly (readonly [number, TargetCondition | undefined])[],
  version: number,
): TargetCondition | undefined {
  return since.findLast(([first]) => first <= version)?.[1];
}

/** Code for ARM64EC calls functions of its own, whose names begin with `#`. */
function namesOfArm64Ec(version: number, target: Target): Set<string> {
  const names = new Set<string>(ARM64EC_OWN);
  for (const name of namesOf(version, { ...target, architecture: 'aarch64' })) {
    if (!ARM64EC_ABSENT.includes(name)) names.add(`#${name}`);
  }
  return names;
}
