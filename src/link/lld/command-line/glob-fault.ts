// What LLVM's patterns (llvm/lib/Support/GlobPattern.cpp) refuse: a bracket that is not closed. Ranges that run backwards and
// a backslash at the end are refused by some versions only and are left out.

/** From this version on the fault is named, not the pattern. */
const NAMED_FROM = 17;

/**
 * Looks for what is wrong with a pattern.
 *
 * @returns LLVM's words; `undefined` if nothing is.
 */
export function globFault(pattern: string, version: number): string | undefined {
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern.charAt(at);
    if (char === '\\') at++;
    else if (char === '[') {
      // The first character in brackets is one of the set, a closing bracket too.
      const end = pattern.indexOf(']', at + 2);
      if (end === -1)
        return version < NAMED_FROM ? `invalid glob pattern: ${pattern}` : "invalid glob pattern, unmatched '['";
      at = end;
    }
  }
  return undefined;
}
