// STRTAB and SYMTAB: blocks whose content is the blob of one record. Read like LLVM's readBlobInRecord: blocks inside and
// other records are passed over, of several blobs the last counts.

import type { ByteView } from '../bytes/index.ts';
import type { BitstreamContext, BitstreamRecord, BlockHeader } from './bitstream/index.ts';
import { STRTAB_CODES, SYMTAB_CODES } from './codes/string-table.ts';
import type { StreamBytes } from './stream-bytes.ts';

/** Reads the blob of a STRTAB block: strings that overlap and have no terminators. */
export function readStringTable(bytes: StreamBytes, header: BlockHeader, context: BitstreamContext): ByteView {
  return readBlob(bytes, header, context, STRTAB_CODES.values.STRTAB_BLOB, 'STRTAB');
}

/** Reads the blob of a SYMTAB block, the irsymtab. */
export function readSymbolTableBlob(bytes: StreamBytes, header: BlockHeader, context: BitstreamContext): ByteView {
  return readBlob(bytes, header, context, SYMTAB_CODES.values.SYMTAB_BLOB, 'SYMTAB');
}

function readBlob(
  bytes: StreamBytes,
  header: BlockHeader,
  context: BitstreamContext,
  code: number,
  name: string,
): ByteView {
  const reader = bytes.open(header, context);
  let record: BitstreamRecord | undefined;
  for (let item = reader.next(); item !== 'end'; item = reader.next()) {
    if (item === 'record' && reader.code === code) record = reader.record();
  }
  const blob = record?.blob();
  if (blob === undefined) throw reader.error('bad-value', `the ${name} block has no blob`);
  return blob;
}
