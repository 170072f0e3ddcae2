// Which loose files claim by their name to be objects. In archives names claim nothing.

import type { LinkInput } from '../link/index.ts';

const OBJECT_NAME = /\.(o|lo|obj|bc|a|ko|so)$/;
const NO_INPUT = new Set(['text', 'empty', 'unknown']);

/** Whether a loose file is named like an object or archive, and is none, nor a linker script in the place of one. */
export function claimsToBeObject({ path, archive, facts }: LinkInput): boolean {
  if (archive !== undefined || facts.linkerScript === true || !NO_INPUT.has(facts.format)) return false;
  return OBJECT_NAME.test(path.at(-1) ?? '');
}
