// MODULE_STRTAB blocks (id 19): the modules of an index, by the number that its records name them by, and their hashes
// (parseModuleStringTable in llvm/lib/Bitcode/Reader/BitcodeReader.cpp).

import { RecordBuffer } from '../bitstream/index.ts';
import type { BlockReader } from '../bitstream/index.ts';
import { MODULE_STRTAB_CODES } from '../codes/module-strtab.ts';

const { MST_CODE_ENTRY, MST_CODE_HASH } = MODULE_STRTAB_CODES.values;

/** A module of an index. */
export interface IndexedModule {
  /** The number that records of the index name it by. */
  readonly id: number;
  /** The file, as the linker was told it; an archive member as the linker names it. */
  readonly path: string;
  /** Its SHA-1 hash as words of 32 bits; `undefined` if the index has none. */
  readonly hash: readonly number[] | undefined;
}

/** Reads a MODULE_STRTAB block to its end. Of several entries of one id the last counts; hashes without entry are ignored. */
export function readIndexedModules(reader: BlockReader): Map<number, IndexedModule> {
  const modules = new Map<number, IndexedModule>();
  const record = new RecordBuffer();
  let last: IndexedModule | undefined;
  for (let item = reader.next(); item !== 'end'; item = reader.next()) {
    if (item === 'block') continue;
    reader.read(record);
    const id = record.at(0);
    if (record.code === MST_CODE_ENTRY && id !== undefined) {
      last = { id, path: record.text(1), hash: undefined };
      modules.set(id, last);
      reader.checkEntries(modules.size, 'modules in an index');
    } else if (record.code === MST_CODE_HASH && last !== undefined) {
      modules.set(last.id, { ...last, hash: Array.from(record.values.subarray(0, record.length)) });
      last = undefined;
    }
  }
  return modules;
}
