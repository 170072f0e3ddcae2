// Index files: what `--thinlto-index-only` of ld.lld and the thin-link actions of llvm-lto write. An index of a whole link has
// all modules; those of distributed builds (`a.o.thinlto.bc`) have one module and what is imported into it. They are bitcode
// with one MODULE block that has no target, no source file and no identification, and a list of modules instead.

import type { BitcodeFile } from '../bitcode-file.ts';
import { readSummary } from './read-summary.ts';
import type { BitcodeModuleSummary } from './read-summary.ts';

/**
 * Reads the index in a file.
 *
 * An index whose flags hold `SkipModuleByDistributedBackend` is that of a module which the link does not need: it is written
 * so that each input has one, and has no rows.
 *
 * @returns `undefined` if the file is no index but a module to be compiled.
 * @throws {@link FormatError} as {@link readSummary}.
 */
export function readIndexFile(file: BitcodeFile): BitcodeModuleSummary | undefined {
  for (const module of file.modules) {
    const summary = readSummary(module);
    if (summary?.isIndex === true) return summary;
  }
  return undefined;
}
