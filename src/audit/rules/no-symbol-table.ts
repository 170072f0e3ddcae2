// no-symbol-table: bitcode whose symbols are not told by a block of their own. What it defines is not known, so the rules
// that compare definitions pass over it; the reader shall know that they did.

import { linkerName } from '../../link/index.ts';
import { locate } from '../rule.ts';
import type { Rule } from '../rule.ts';

/** Bitcode files without a symbol table block. */
export const noSymbolTable: Rule = {
  id: 'no-symbol-table',
  severity: 'note',
  summary: 'A bitcode file has no symbol table, so its definitions are not compared with others.',
  *check(set) {
    for (const input of set.inputs) {
      const { format, definitions, faults, producer } = input.facts;
      if (format !== 'bitcode' || definitions !== undefined || faults.length > 0) continue;
      yield {
        rule: 'no-symbol-table',
        severity: 'note',
        certainty: 'certain',
        message: `${linkerName(input.path)}: bitcode${producer === undefined ? '' : ` of ${producer}`} without a symbol table that can be used: duplicates of its definitions are not found`,
        advice:
          'Compile it again with clang 5 or later. Linkers build the table anew from the module; files of older compilers, ' +
          'and those that llvm-cat or a tool without the target wrote, have none.',
        locations: [locate(input)],
        data: { producer: producer ?? null },
      };
    }
  },
};
