// The COMDAT groups of an ELF object as linkers see them: signatures as interned names, and which group a section is in.

import { NameBudget } from '../../bytes/index.ts';
import { readGroup, SECTION_TYPES, SYMBOL_TYPES } from '../../elf/index.ts';
import type { ElfFile, ElfSymbolTable } from '../../elf/index.ts';
import type { FaultList } from '../fault-list.ts';
import type { NameInterner } from '../name-interner.ts';

const { SHT_GROUP } = SECTION_TYPES.values;
const { STT_SECTION } = SYMBOL_TYPES.values;

/** The COMDAT groups of an object. */
export interface ElfComdatGroups {
  /** Interned signatures, in the order of the section headers. */
  readonly signatures: readonly number[];
  /** By section number the position of its group in `signatures`, or -1. `undefined` where no section is in a group. */
  readonly groupOfSection: Int32Array | undefined;
}

const NO_GROUPS: ElfComdatGroups = { signatures: [], groupOfSection: undefined };

/**
 * Reads the COMDAT groups of an object; groups without GRP_COMDAT are left out, for linkers keep them all. Costs a pass over
 * the section headers, and one over the groups that there are.
 *
 * @param symbols - The symbol table, which has the signatures.
 * @param faults - Where damage is added. Damaged groups are left out, and those whose signature is no symbol of the table.
 */
export function readComdatGroups(
  elf: ElfFile,
  symbols: ElfSymbolTable,
  names: NameInterner,
  faults: FaultList,
): ElfComdatGroups {
  const { sections } = elf;
  let signatures: number[] | undefined;
  let groupOfSection: Int32Array | undefined;
  // Groups lie side by side in the file; more bytes than it has are those of groups that lie upon each other.
  let bytesLeft = elf.input.length;
  let budget: NameBudget | undefined;
  for (let i = 1; i < sections.length; i += 1) {
    if (sections.type(i) !== SHT_GROUP) continue;
    const section = () => faults.sectionName(sections, i);
    if (sections.isInFile(i)) bytesLeft -= sections.size(i);
    if (bytesLeft < 0) {
      const reason =
        'the groups of the file overlap: together they are longer than the file; from this one on they are not read';
      const offset = elf.input.base + sections.headerOffset(i);
      faults.add({ kind: 'malformed', code: 'bad-value', reason, offset, section: section() });
      break;
    }
    const group = faults.guard(section, () => readGroup(elf, i));
    if (group?.isComdat !== true || group.signatureSymbol >= symbols.length) continue;
    const signature = faults.guard(section, () => {
      budget ??= new NameBudget(symbols.strings);
      return internSignature(elf, symbols, group.signatureSymbol, names, budget);
    });
    if (signature === undefined) {
      if (budget?.isSpent === true) break;
      continue;
    }
    signatures ??= [];
    groupOfSection ??= new Int32Array(sections.length).fill(-1);
    for (let k = 0; k < group.length; k += 1) {
      const member = group.member(k);
      if (member < sections.length) groupOfSection[member] = signatures.length;
    }
    signatures.push(signature);
  }
  return signatures === undefined ? NO_GROUPS : { signatures, groupOfSection };
}

function internSignature(
  elf: ElfFile,
  symbols: ElfSymbolTable,
  symbol: number,
  names: NameInterner,
  budget: NameBudget,
): number {
  let signature: number;
  if ((symbols.info(symbol) & 0xf) === STT_SECTION) {
    // A section symbol as signature has no name of its own: the name is that of the section.
    signature = names.internText(elf.sections.name(symbols.sectionIndex(symbol)));
  } else {
    const { bytes, length } = symbols.strings;
    signature = names.internString(bytes, Math.min(symbols.nameOffset(symbol), length));
  }
  budget.spend(names.byteLength(signature));
  return signature;
}
