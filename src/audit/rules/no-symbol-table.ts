// no-symbol-table: bitcode whose symbols are not told by a block of their own. Linkers build the table from the modules, and so
// do we; only thin-link files do not tell what they define, and the rules that compare definitions pass over them.

import { linkerName } from '../../link/index.ts';
import { locate } from '../rule.ts';
import type { Rule } from '../rule.ts';

/** Bitcode files without a symbol table block. */
export const noSymbolTable: Rule = {
  id: 'no-symbol-table',
  severity: 'note',
  summary: 'A bitcode file has no symbol table, so linkers parse its modules to know its symbols.',
  *check(set) {
    for (const input of set.inputs) {
      const { format, definitions, computedSymbols, faults, producer } = input.facts;
      if (format !== 'bitcode' || faults.length > 0) continue;
      if (definitions !== undefined && computedSymbols !== true) continue;
      const effect =
        definitions === undefined
          ? 'what it defines is not told, and duplicates are not found'
          : 'its symbols are computed from its modules, as linkers do';
      yield {
        rule: 'no-symbol-table',
        severity: 'note',
        certainty: 'certain',
        message: `${linkerName(input.path)}: bitcode${producer === undefined ? '' : ` of ${producer}`} without a symbol table that can be used: ${effect}`,
        advice:
          'Compile it again with clang 5 or later: linkers build the table anew at each link. Files of older compilers, and ' +
          'those that llvm-cat or a tool without the target wrote, have none; files for thin linking alone are no input.',
        locations: [locate(input)],
        data: { producer: producer ?? null, definitions: definitions === undefined ? 'unknown' : 'computed' },
      };
    }
  },
};
