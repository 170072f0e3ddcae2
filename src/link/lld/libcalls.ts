// Which functions ld.lld takes out of archives although nothing names them yet: those of run-time libraries that code generation
// may call (LTO::getRuntimeLibcallSymbols). It takes bitcode only, before link-time optimisation, and only if some bitcode is
// linked; of objects it finds the definition when it comes to the call.

import { runtimeLibcalls } from '../../bitcode/runtime-calls/index.ts';

/** Variables that LLVM marks as used like functions; linkers take no archive members for them before version 20. */
const VARIABLES = ['__ssp_canary_word', '__stack_chk_guard'];
const TAKES_VARIABLES = 20;

/**
 * The names for which ld.lld takes bitcode out of archives.
 *
 * @param version - Major version of ld.lld. Where its list is not known, that of the next version below is taken.
 * @param triple - Target triple of the first bitcode file that is linked. Up to LLVM 18 one list holds for all.
 */
export function extractedLibcalls(version: number, triple: string): ReadonlySet<string> {
  const names = new Set(runtimeLibcalls({ version, triple }).names);
  if (version < TAKES_VARIABLES) for (const name of VARIABLES) names.delete(name);
  return names;
}
