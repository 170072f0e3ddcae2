// Names of the kinds of metadata that instructions and global values have attached: METADATA_KIND blocks (id 22, since LLVM
// 3.9), before that KIND records in METADATA blocks.

import { RecordBuffer } from '../bitstream/index.ts';
import { BLOCK_IDS } from '../codes/block-ids.ts';
import { METADATA_CODES, METADATA_KIND_OPERANDS } from '../codes/metadata.ts';
import type { BitcodeModule } from '../module.ts';

const { METADATA_BLOCK_ID, METADATA_KIND_BLOCK_ID } = BLOCK_IDS.values;

/**
 * Reads the names of the kinds of metadata by number, such as 0 `dbg`. Costs a pass over the blocks that have such names.
 *
 * @throws {@link FormatError} if one of the blocks is damaged; `limit-exceeded` for more kinds than `Limits.bitcodeEntries`.
 */
export function readMetadataKinds(module: BitcodeModule): Map<number, string> {
  const content = module.content();
  const kinds = new Map<number, string>();
  const record = new RecordBuffer();
  const own = content.blocksOf(METADATA_KIND_BLOCK_ID);
  for (const block of own.length > 0 ? own : content.blocksOf(METADATA_BLOCK_ID)) {
    const reader = content.openBlock(block);
    for (let item = reader.next(); item !== 'end'; item = reader.next()) {
      if (item === 'block' || reader.code !== METADATA_CODES.values.METADATA_KIND) continue;
      reader.read(record);
      const kind = record.at(METADATA_KIND_OPERANDS.kind);
      if (kind !== undefined) kinds.set(kind, record.text(METADATA_KIND_OPERANDS.name));
      reader.checkEntries(kinds.size, 'kinds of metadata');
    }
  }
  return kinds;
}
