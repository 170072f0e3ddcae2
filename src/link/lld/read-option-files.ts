// Files that options name beside the inputs: version scripts, dynamic lists, lists of symbols to retain. lld reads them before it
// opens an input (readConfigs in lld/ELF/Driver.cpp), and goes on to the inputs whatever comes of it.

import type { Linker } from '../linker.ts';
import type { LinkOptions } from './command-line/link-command.ts';
import type { VersionNode } from './script/link-script.ts';
import { readDynamicList, readVersionScript } from './script/read-script.ts';
import { STAGES } from './verdict-list.ts';
import type { VerdictList } from './verdict-list.ts';

/** What reading the files that options name needs. */
export interface OptionFilesContext {
  readonly linker: Linker;
  readonly verdicts: VerdictList;
  readonly readFile: (file: string) => Uint8Array | undefined;
}

/**
 * Reads the version scripts, and looks at the lists that other options name; what cannot be read is told.
 *
 * @returns The nodes of all version scripts, in order.
 */
export function readOptionFiles(options: LinkOptions, context: OptionFilesContext): VersionNode[] {
  const { linker, verdicts, readFile } = context;
  const { retainSymbolsFile, dynamicLists, exportDynamicSymbolLists, versionScripts, searchPaths } = options;
  const open = (file: string) => {
    const content = readFile(file);
    if (content !== undefined) return content;
    const message = `cannot open ${file}: No such file or directory`;
    verdicts.error(STAGES.OPEN, 'missing-input', message, { files: [file] });
    return undefined;
  };
  const tellErrors = (name: string, errors: readonly string[]) => {
    // After an error the linker does not say what is wrong with a script.
    if (verdicts.hasError(STAGES.OPEN)) return;
    for (const error of errors) verdicts.error(STAGES.OPEN, 'script-error', error, { files: [name] });
  };
  if (retainSymbolsFile !== undefined) open(retainSymbolsFile);
  for (const name of [...dynamicLists, ...exportDynamicSymbolLists]) {
    const content = open(name);
    if (content !== undefined) tellErrors(name, readDynamicList(content, { name, linker }).errors);
  }
  const nodes: VersionNode[] = [];
  for (const script of versionScripts) {
    const name = [script, ...searchPaths.map((path) => `${path}/${script}`)].find((path) => readFile(path));
    if (name === undefined) {
      verdicts.error(STAGES.OPEN, 'missing-input', `cannot find version script ${script}`, { files: [script] });
      continue;
    }
    const read = readVersionScript(readFile(name) as Uint8Array, { name, linker });
    tellErrors(name, read.errors);
    nodes.push(...read.nodes);
  }
  return nodes;
}
