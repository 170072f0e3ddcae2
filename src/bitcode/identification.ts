// The IDENTIFICATION block: who wrote the module behind it. Since LLVM 3.8; thin-link files and ThinLTO indexes have none.

import type { BitstreamContext, BitstreamRecord, BlockHeader, BlockReader } from './bitstream/index.ts';
import { CURRENT_EPOCH, IDENTIFICATION_CODES } from './codes/identification.ts';
import type { StreamBytes } from './stream-bytes.ts';

const { IDENTIFICATION_CODE_STRING, IDENTIFICATION_CODE_EPOCH } = IDENTIFICATION_CODES.values;

/** What an IDENTIFICATION block says. */
export interface BitcodeIdentification {
  /** The writer, such as `LLVM16.0.6` or `APPLE_1_1000.10.44.2_0`. `undefined` where the block does not tell. */
  readonly producer: string | undefined;
  /** Generation of the format, 0 up to LLVM 22. `undefined` where the block does not tell. */
  readonly epoch: number | undefined;
}

/**
 * Reads an IDENTIFICATION block. Another epoch than 0 and records of unknown code, for which LLVM refuses a file, are
 * reported only: they come from a later LLVM, and what is unknown in its files is passed over.
 */
export function readIdentification(
  bytes: StreamBytes,
  header: BlockHeader,
  context: BitstreamContext,
): BitcodeIdentification {
  const reader = bytes.open(header, context);
  // Of each the last record counts; it is decoded once, however often a hostile block repeats it.
  let string: BitstreamRecord | undefined;
  let epochRecord: BitstreamRecord | undefined;
  let hasUnknown = false;
  for (let item = reader.next(); item !== 'end'; item = reader.next()) {
    if (item !== 'record') continue;
    if (reader.code === IDENTIFICATION_CODE_STRING) string = reader.record();
    else if (reader.code === IDENTIFICATION_CODE_EPOCH) epochRecord = reader.record();
    else if (!hasUnknown) {
      hasUnknown = true;
      const reason = `the IDENTIFICATION block has a record of unknown code ${reader.code}`;
      context.onAnomaly({ code: 'unknown-record', reason, location: reader.location });
    }
  }
  return { producer: string?.text(), epoch: epochOf(epochRecord, reader, context) };
}

function epochOf(record: BitstreamRecord | undefined, reader: BlockReader, context: BitstreamContext) {
  if (record === undefined) return undefined;
  const [value] = record.operands(1);
  if (value === undefined) throw reader.error('bad-value', 'the EPOCH record has no operand');
  const epoch = Number(value);
  if (epoch !== CURRENT_EPOCH) {
    const reason = `Incompatible epoch: Bitcode '${epoch}' vs current: '${CURRENT_EPOCH}'`;
    context.onAnomaly({ code: 'epoch', reason, location: reader.location });
  }
  return epoch;
}
