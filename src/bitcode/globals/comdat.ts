// COMDAT records: groups of sections of which a linker keeps one (MODULE block, code 12; since LLVM 3.6).

import { COMDAT_SELECTION_KINDS } from '../codes/comdat.ts';
import { COMDAT_OLD_OPERANDS, COMDAT_OPERANDS } from '../codes/module.ts';
import type { ModuleContent, StoredRecord } from '../module-content.ts';
import type { BitcodeComdatKind } from '../symbol-table.ts';
import { decodeName } from '../../bytes/index.ts';

const K = COMDAT_SELECTION_KINDS.values;
const KINDS: ReadonlyMap<number, BitcodeComdatKind> = /* @__PURE__ */ new Map<number, BitcodeComdatKind>([
  [K.COMDAT_SELECTION_KIND_ANY, 'any'],
  [K.COMDAT_SELECTION_KIND_EXACT_MATCH, 'exactmatch'],
  [K.COMDAT_SELECTION_KIND_LARGEST, 'largest'],
  [K.COMDAT_SELECTION_KIND_NO_DUPLICATES, 'nodeduplicate'],
  [K.COMDAT_SELECTION_KIND_SAME_SIZE, 'samesize'],
]);

/** A COMDAT of a module. */
export interface BitcodeComdat {
  readonly name: string;
  /** How a linker chooses; `unknown` for a number that LLVM 22 does not know, and takes for `any`. */
  readonly kind: BitcodeComdatKind;
  /** The record; `undefined` for a COMDAT that an old linkage implies. */
  readonly raw: StoredRecord | undefined;
}

/**
 * Reads a COMDAT record.
 *
 * @throws {@link FormatError} `out-of-bounds` if its name lies outside of the string table or the record.
 */
export function readComdat(content: ModuleContent, raw: StoredRecord): BitcodeComdat {
  const { operands, string } = raw;
  if (string !== undefined) {
    return { name: content.string(string.offset, string.size, raw), kind: kindOf(operands[COMDAT_OPERANDS.kind]), raw };
  }
  // Up to LLVM 4 the name stands in the record.
  const size = Number(operands[COMDAT_OLD_OPERANDS.nameSize] ?? 0);
  const available = operands.length - COMDAT_OLD_OPERANDS.name;
  if (size > available) {
    throw content.error(
      'out-of-bounds',
      `a COMDAT has a name of ${size} bytes in ${available} operands`,
      raw.bitOffset,
    );
  }
  const characters = operands.slice(COMDAT_OLD_OPERANDS.name, COMDAT_OLD_OPERANDS.name + size);
  const name = decodeName(Uint8Array.from(characters, Number));
  return { name, kind: kindOf(operands[COMDAT_OLD_OPERANDS.kind]), raw };
}

function kindOf(number: number | bigint | undefined): BitcodeComdatKind {
  return KINDS.get(Number(number ?? 0)) ?? 'unknown';
}
