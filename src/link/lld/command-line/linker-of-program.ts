// Which linker a program's name says: `ld.lld-16` and `/usr/lib/llvm-16/bin/ld.lld` are lld 16, `aarch64-linux-gnu-ld` is
// GNU ld.

import type { Linker } from '../../linker.ts';

const LLD = /^(?:.*-)?(?:ld\.lld|lld)(?:-(\d+(?:\.\d+)*))?$/;
const OTHERS: readonly (readonly [RegExp, Linker['family']])[] = [
  [/^(?:.*-)?(?:ld\.mold|mold)(?:-(\d+(?:\.\d+)*))?$/, 'mold'],
  [/^(?:.*-)?(?:ld\.gold|gold)(?:-(\d+(?:\.\d+)*))?$/, 'gold'],
  // GCC's own helper, which calls ld.
  [/^collect2()$/, 'bfd'],
  [/^(?!wasm-)(?:.*-)?(?:ld\.bfd|ld)(?:-(\d+(?:\.\d+)*))?$/, 'bfd'],
];
/** The folder of an LLVM release, as Debian, Gentoo and llvm.org name it. */
const LLVM_FOLDER = /\/(?:llvm-|llvm\/|LLVM-|clang-r?)(\d+(?:\.\d+)*)[^/]*\//;

/**
 * Tells the linker, and its version where the name or its folder holds one.
 *
 * @param program - `argv[0]`.
 * @returns `undefined` if it is the name of no linker.
 */
export function linkerOfProgram(program: string): Linker | undefined {
  const path = program.replaceAll('\\', '/');
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.exe$/i, '');
  const lld = LLD.exec(name);
  if (lld !== null) {
    const version = lld[1] ?? LLVM_FOLDER.exec(path)?.[1];
    return version === undefined ? { family: 'lld' } : { family: 'lld', version };
  }
  for (const [pattern, family] of OTHERS) {
    const match = pattern.exec(name);
    if (match !== null) return match[1] === undefined || match[1] === '' ? { family } : { family, version: match[1] };
  }
  return undefined;
}
