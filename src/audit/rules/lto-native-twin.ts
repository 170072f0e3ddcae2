// lto-native-twin: one translation unit present as bitcode and as native code. Linking both gives each of its symbols
// twice: thousands of `duplicate symbol`s with one cause.

import { findDuplicateDefinitions, linkerName } from '../../link/index.ts';
import type { LinkInput, LinkSet } from '../../link/index.ts';
import type { Finding } from '../finding.ts';
import { counted, grouped } from '../words.ts';
import { locate } from '../rule.ts';
import type { Rule } from '../rule.ts';
import { findTwins } from '../twins.ts';
import type { Twin } from '../twins.ts';

/** The same code as bitcode and as native code within one link set. */
export const ltoNativeTwin: Rule = {
  id: 'lto-native-twin',
  severity: 'error',
  summary: 'One translation unit is in the link twice: as bitcode and as native code.',
  *check(set) {
    for (const twin of findTwins(set, findDuplicateDefinitions(set))) yield findingOf(set, twin);
  },
};

function findingOf(set: LinkSet, twin: Twin): Finding {
  const bitcode = twin.bitcode.map((index) => set.inputs[index] as LinkInput);
  const native = twin.native.map((index) => set.inputs[index] as LinkInput);
  // Of two lazy members the linker takes one; then the copy does no harm until the order changes.
  const isLazy = [...bitcode, ...native].some((input) => input.isLazy);
  // Names alone made the pair, and what both define speaks against it.
  const isDoubtful = twin.shared === 0 && twin.smaller > 0;
  const names = { bitcode: nameOf(bitcode), native: nameOf(native) };
  return {
    rule: 'lto-native-twin',
    severity: isLazy || isDoubtful ? 'warning' : 'error',
    certainty: isDoubtful ? 'possible' : 'certain',
    message:
      `${names.bitcode} (bitcode) and ${names.native} (native code) are the same translation unit: ` +
      `${grouped(twin.shared)} of ${counted(twin.smaller, 'strong definition')} in common`,
    advice:
      `Link one of the two. Where the build makes ${names.native} out of ${names.bitcode}, the list of inputs was meant ` +
      'to name only the native one; look at the rule that writes the list.',
    locations: [...bitcode, ...native].map((input) => locate(input)),
    data: {
      bitcode: bitcode.map((input) => linkerName(input.path)),
      native: native.map((input) => linkerName(input.path)),
      by: twin.by,
      shared: twin.shared,
      smaller: twin.smaller,
    },
  };
}

/** One object by its name; the parts of an archive by the name of the archive. */
function nameOf(inputs: readonly LinkInput[]): string {
  const [first] = inputs as [LinkInput];
  return linkerName(inputs.length === 1 || first.archive === undefined ? first.path : first.archive.path);
}
