// foreign-member: members that are neither ELF objects nor bitcode. Of lazy archives the linker says at most a warning;
// in a whole archive ld.lld refuses them.

import { linkerName } from '../../link/index.ts';
import type { LinkInput } from '../../link/index.ts';
import { claimsToBeObject } from '../claims.ts';
import { predict } from '../words.ts';
import { locate } from '../rule.ts';
import type { Rule } from '../rule.ts';

const FORMATS = new Map([
  ['text', 'text'],
  ['empty', 'empty'],
  ['mach-o', 'a Mach-O file'],
  ['coff', 'a COFF file'],
  ['wasm', 'a WebAssembly file'],
  ['unknown', 'of an unknown format'],
]);

/** Members, and loose files not named like objects, that no ELF linker takes. */
export const foreignMember: Rule = {
  id: 'foreign-member',
  severity: 'warning',
  summary: 'An archive member is no ELF object and no bitcode.',
  *check(set, { linker }) {
    for (const input of set.inputs) {
      const what = FORMATS.get(input.facts.format);
      if (what === undefined || claimsToBeObject(input)) continue;
      const name = linkerName(input.path);
      const isRefused = input.archive !== undefined && !input.isLazy;
      yield {
        rule: 'foreign-member',
        severity: isRefused ? 'warning' : 'note',
        certainty: 'certain',
        message: `${name}: ${input.facts.linkerScript === true ? 'a linker script' : what}, no ELF object and no bitcode`,
        advice: isRefused
          ? 'Take the member out of the archive: linked as a whole, the archive is refused because of it.'
          : 'Nothing, if it is there on purpose; it takes no part in the link.',
        ...(input.archive === undefined ? {} : predict(linker, wordsOf(input, name))),
        locations: [locate(input)],
        data: { format: input.facts.format },
      };
    }
  },
};

function wordsOf(input: LinkInput, name: string): { lld: string } {
  const archive = linkerName(input.path.slice(0, -1));
  return input.isLazy
    ? { lld: `warning: ${archive}: archive member '${input.path.at(-1)}' is neither ET_REL nor LLVM bitcode` }
    : { lld: `error: ${name}: not an ELF file` };
}
