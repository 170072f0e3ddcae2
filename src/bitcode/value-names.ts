// VALUE_SYMTAB blocks (id 14): names of values. That of a module has the names of its global values before LLVM 5, and only
// the places of function bodies since; that of a function the names of its values and basic blocks, if they were kept.

import { RecordBuffer } from './bitstream/index.ts';
import type { BlockReader } from './bitstream/index.ts';
import { VALUE_SYMTAB_CODES, VALUE_SYMTAB_NAME_AT } from './codes/value-symtab.ts';

const { VST_CODE_ENTRY, VST_CODE_BBENTRY, VST_CODE_FNENTRY } = VALUE_SYMTAB_CODES.values;

/** What a VALUE_SYMTAB block says. */
export interface BitcodeValueNames {
  /** Names by value id. Later entries replace earlier ones. */
  readonly values: ReadonlyMap<number, string>;
  /** Names of basic blocks by position in their function. */
  readonly basicBlocks: ReadonlyMap<number, string>;
  /**
   * Places of function bodies by value id: words from where the offsets of the module count
   * ({@link BitcodeModule.baseBitOffset}), plus one.
   */
  readonly functionOffsets: ReadonlyMap<number, number>;
}

/**
 * Reads a VALUE_SYMTAB block to its end. Entries of unknown codes are passed over.
 *
 * @throws {@link FormatError} if the block is damaged.
 */
export function readValueNames(reader: BlockReader): BitcodeValueNames {
  const values = new Map<number, string>();
  const basicBlocks = new Map<number, string>();
  const functionOffsets = new Map<number, number>();
  const record = new RecordBuffer();
  for (let item = reader.next(); item !== 'end'; item = reader.next()) {
    if (item === 'block') continue;
    reader.read(record);
    const id = record.at(0);
    if (id === undefined) continue;
    reader.checkEntries(values.size + basicBlocks.size + functionOffsets.size, 'names of values');
    if (record.code === VST_CODE_ENTRY) values.set(id, record.text(VALUE_SYMTAB_NAME_AT.entry));
    else if (record.code === VST_CODE_BBENTRY) basicBlocks.set(id, record.text(VALUE_SYMTAB_NAME_AT.entry));
    else if (record.code === VST_CODE_FNENTRY) {
      functionOffsets.set(id, record.at(1) ?? 0);
      // Since LLVM 5 the name is in the string table.
      const { functionEntry } = VALUE_SYMTAB_NAME_AT;
      if (record.length > functionEntry) values.set(id, record.text(functionEntry));
    }
  }
  return { values, basicBlocks, functionOffsets };
}
