// Parts of bitstreams for tests of the readers below files.

import type { Limits } from '../../src/bytes/index.ts';
import { ByteView, DEFAULT_LIMITS } from '../../src/bytes/index.ts';
import { BitCursor, BlockReader, readTopLevelHeader } from '../../src/bitcode/bitstream/index.ts';
import type { BitcodeAnomaly } from '../../src/bitcode/bitstream/index.ts';
import { BitWriter } from '../helpers/bit-writer.ts';

/** A cursor over all the words of what `write` writes, padded to words. */
export function cursorOver(write: (w: BitWriter) => void): BitCursor {
  const w = new BitWriter();
  write(w);
  const bytes = w.align().toBytes();
  return new BitCursor(new ByteView(bytes, 0, ['bits']), 0, 0, bytes.length / 4);
}

/** A reader of one block with abbreviation ids of four bits. */
export function readerOver(
  write: (w: BitWriter) => void,
  options: { limits?: Partial<Limits>; words?: number; end?: boolean; anomalies?: BitcodeAnomaly[] } = {},
): BlockReader {
  const bytes = new BitWriter().block(8, 4, write, options).toBytes();
  const cursor = new BitCursor(new ByteView(bytes, 0, ['block']), 0, 0, bytes.length / 4);
  const header = readTopLevelHeader(cursor, bytes.length / 4);
  const context = {
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    onAnomaly: (anomaly: BitcodeAnomaly) => options.anomalies?.push(anomaly),
  };
  return BlockReader.open(context, cursor.over(header.start, header.wordCount), header);
}
