// invalid-symbol-index: a place that names a symbol by its index names one that the symbol table does not have. The table
// is the one that the `sh_link` of that very section names (gABI, "sh_link and sh_info Interpretation").

import { linkerName } from '../../link/index.ts';
import type {
  ExtendedIndexCountFault,
  InputFault,
  LinkInput,
  SymbolIndexFault,
  SymbolTableLinkFault,
} from '../../link/index.ts';
import type { Finding } from '../finding.ts';
import type { Linker } from '../../link/index.ts';
import { counted, predict } from '../words.ts';
import { locate } from '../rule.ts';
import type { Rule } from '../rule.ts';

const ID = 'invalid-symbol-index';

/** Every symbol index in REL, RELA, CREL, Android's packed relocations, groups and `.llvm_addrsig`, and the tables that they are looked up in. */
export const invalidSymbolIndex: Rule = {
  id: ID,
  severity: 'error',
  summary: 'A relocation, group or address-significance table names a symbol that its symbol table does not have.',
  *check(set, { linker }) {
    for (const input of set.inputs) {
      for (const fault of input.facts.faults) {
        const finding = findingOf(input, fault, linker);
        if (finding !== undefined) yield finding;
      }
    }
  },
};

function findingOf(input: LinkInput, fault: InputFault, linker: Linker): Finding | undefined {
  switch (fault.kind) {
    case 'symbol-index':
      return ofSymbolIndex(input, fault, linker);
    case 'symbol-table-link':
      return ofSymbolTableLink(input, fault);
    case 'extended-index-count':
      return ofExtendedIndexCount(input, fault, linker);
    case 'malformed':
      return undefined;
  }
}

const REBUILD =
  'Build the object again and compare; if it comes out the same, look at what wrote it last (the assembler, objtool, ' +
  'objcopy, strip, `ld -r`): that tool changed the symbol table without this section. `llvm-readelf -r -g --addrsig` shows both.';

function ofSymbolIndex(input: LinkInput, fault: SymbolIndexFault, linker: Linker): Finding {
  const { holder, section, symbolIndex, symbolCount, entries, count } = fault;
  const name = linkerName(input.path);
  const [first] = entries;
  const entry = first?.entry ?? 0;
  const holders = {
    relocation: `relocation ${entry} of ${section}`,
    'packed-relocation': `relocation ${entry} of ${section}`,
    group: `the signature of the group ${section}`,
    addrsig: `entry ${entry} of ${section}`,
  };
  const more = count > 1 ? `, and ${counted(count - 1, 'more entry', 'more entries')} of the section likewise` : '';
  return {
    rule: ID,
    severity: 'error',
    certainty: 'certain',
    message: `${name}: ${holders[holder]} names symbol ${symbolIndex}, but the symbol table has ${counted(symbolCount, 'symbol')}${more}`,
    advice: holder === 'addrsig' ? `${REBUILD} With --icf=safe or --icf=all the linker may crash on it.` : REBUILD,
    ...predict(linker, wordsOf(fault, name, linker)),
    locations: entries.map((bad) => {
      const isEntry = holder !== 'group';
      return locate(input, { offset: bad.offset, section, ...(isEntry ? { entry: bad.entry } : {}) });
    }),
    data: { kind: holder, symbolIndex, symbolCount, count },
  };
}

function wordsOf(fault: SymbolIndexFault, name: string, linker: Linker): { lld?: string; bfd?: string } {
  const lld = `error: ${name}: invalid symbol index`;
  switch (fault.holder) {
    case 'relocation':
    case 'group':
      return { lld, ...bfdWords(fault, name) };
    case 'packed-relocation':
      // ld.lld reads CREL from 19 on; before it passes the section over, as GNU ld does.
      return Number.parseInt(linker.version ?? '19', 10) >= 19 ? { lld } : {};
    case 'addrsig':
      // ld.lld follows .llvm_addrsig only for --icf, and then without a check: 14, 19 and 22 crash.
      return {};
  }
}

/** GNU ld 2.40 crashes on a group whose signature does not exist. */
function bfdWords({ holder, symbolIndex, symbolCount }: SymbolIndexFault, name: string): { bfd?: string } {
  const numbers = `0x${symbolIndex.toString(16)} >= 0x${symbolCount.toString(16)}`;
  return holder === 'relocation' ? { bfd: `${name}: bad reloc symbol index (${numbers})` } : {};
}

function ofSymbolTableLink(input: LinkInput, fault: SymbolTableLinkFault): Finding {
  const { section, link, found, offset } = fault;
  const name = linkerName(input.path);
  return {
    rule: ID,
    severity: 'error',
    certainty: 'certain',
    message: `${name}: the sh_link of ${section} is ${link}, which is no symbol table (${found})`,
    advice: `${REBUILD} ld.lld takes the only symbol table of the file instead; GNU ld refuses a link past the last section.`,
    locations: [locate(input, { offset, section })],
    data: { kind: 'symbol-table-link', link },
  };
}

function ofExtendedIndexCount(input: LinkInput, fault: ExtendedIndexCountFault, linker: Linker): Finding {
  const { section, entryCount, symbolCount, offset } = fault;
  const name = linkerName(input.path);
  const words = `SHT_SYMTAB_SHNDX has ${entryCount} entries, but the symbol table associated has ${symbolCount}`;
  return {
    rule: ID,
    severity: 'error',
    certainty: 'certain',
    message: `${name}: ${section} has ${counted(entryCount, 'entry', 'entries')}, but its symbol table has ${counted(symbolCount, 'symbol')}`,
    advice: `${REBUILD} Objects with more than 65,279 sections need both tables to grow together.`,
    ...predict(linker, { lld: `error: ${name}: ${words}` }),
    locations: [locate(input, { offset, section })],
    data: { kind: 'extended-index-count', entryCount, symbolCount },
  };
}
