// References into sections that are not in the link, in the words of ld.lld (maybeReportDiscarded), which 14 to 22 write alike but
// for one line.

import { SECTION_TYPES, SYMBOL_TYPES } from '../../elf/index.ts';
import type { DiscardedReference } from './find-references.ts';
import { describeMoreReferences, describeReferences, inputName } from './locations.ts';
import type { InputLabel, ObjectLocations } from './locations.ts';

const { SHT_GROUP } = SECTION_TYPES.values;
const { STT_SECTION } = SYMBOL_TYPES.values;

/** The first version of ld.lld that explains how a global symbol may come to it. */
const EXPLAINS_BINDINGS = 15;
const BINDINGS =
  '>>> or the symbol in the prevailing group had STB_WEAK binding and the symbol in a non-prevailing group had STB_GLOBAL ' +
  'binding. Mixing groups with STB_WEAK and STB_GLOBAL binding signature is not supported';

/** What the words need to know of the link. */
export interface DiscardedContext {
  /**
   * Finds the input whose group of a signature is in the link, the signature being the name of a symbol of this object;
   * `undefined` if there is none.
   */
  readonly findPrevailing: (signatureSymbol: number) => InputLabel | undefined;
  /** Major version of ld.lld; the newest unless given. */
  readonly lldVersion?: number;
}

/** The lines that the linker writes of references to a symbol in a section that is not in the link, the message first. */
export function describeDiscardedReference(
  locations: ObjectLocations,
  { symbol, section, references }: DiscardedReference,
  { findPrevailing, lldVersion = Infinity }: DiscardedContext,
): string[] {
  const { symbols, label } = locations;
  const isSection = symbols?.type(symbol) === STT_SECTION;
  const first = isSection
    ? `relocation refers to a discarded section: ${locations.sectionName(section)}`
    : `relocation refers to a symbol in a discarded section: ${locations.symbolName(symbol)}`;
  const lines = [first, `>>> defined in ${inputName(label)}`];
  const signature = signatureBefore(locations, section);
  const prevailing = signature === undefined ? undefined : findPrevailing(signature);
  if (signature !== undefined && prevailing !== undefined) {
    lines.push(`>>> section group signature: ${signatureText(locations, signature)}`);
    lines.push(`>>> prevailing definition is in ${inputName(prevailing)}`);
    const isGlobal = symbols !== undefined && symbol >= symbols.localCount;
    if (isGlobal && lldVersion >= EXPLAINS_BINDINGS) lines.push(BINDINGS);
  }
  return [...lines, ...describeReferences(locations, references.places), ...describeMoreReferences(references.count)];
}

/** The symbol that is the signature of the group of a section: the linker tells it only if the group stands right before it. */
function signatureBefore({ elf, symbols }: ObjectLocations, section: number): number | undefined {
  const { sections } = elf;
  if (section <= 1 || sections.type(section - 1) !== SHT_GROUP) return undefined;
  const signature = sections.info(section - 1);
  return signature < (symbols?.length ?? 0) ? signature : undefined;
}

function signatureText(locations: ObjectLocations, signature: number): string {
  const { symbols } = locations;
  if (symbols?.type(signature) !== STT_SECTION) return locations.symbolName(signature);
  return locations.sectionName(symbols.sectionIndex(signature));
}
