// Arguments as the text form of paths. Node decodes its arguments as UTF-8 and loses what is none; Linux keeps the bytes.

import { readFileSync } from 'node:fs';
import { decodeName } from '../bytes/index.ts';
import { fromTypedPath } from '../node/index.ts';

const REPLACEMENT = '\ufffd';

/** The text form of paths that were typed, with bytes that are no UTF-8 kept where the system tells them. */
export function typedArguments(paths: readonly string[]): string[] {
  if (!paths.some((path) => path.includes(REPLACEMENT))) return paths.map(fromTypedPath);
  const raw = rawArguments();
  // Arguments that Node made equal come in the same order on both sides.
  return paths.map((path) => raw.get(path)?.shift() ?? fromTypedPath(path));
}

/** The command line's arguments by what Node made of them, in their order. */
function rawArguments(): Map<string, string[]> {
  const raw = new Map<string, string[]>();
  let commandLine: Buffer;
  try {
    commandLine = readFileSync('/proc/self/cmdline');
  } catch {
    return raw;
  }
  for (let start = 0; start < commandLine.length;) {
    const nul = commandLine.indexOf(0, start);
    const end = nul === -1 ? commandLine.length : nul;
    const bytes = commandLine.subarray(start, end);
    const node = bytes.toString('utf8');
    const sameToNode = raw.get(node);
    if (sameToNode === undefined) raw.set(node, [decodeName(bytes)]);
    else sameToNode.push(decodeName(bytes));
    start = end + 1;
  }
  return raw;
}
