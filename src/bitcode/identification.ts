// The IDENTIFICATION block: who wrote the module behind it. Since LLVM 3.8; thin-link files and ThinLTO indexes have none.

import type { BitstreamContext, BlockHeader } from './bitstream/index.ts';
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
  let producer: string | undefined;
  let epoch: number | undefined;
  for (let item = reader.next(); item !== 'end'; item = reader.next()) {
    if (item !== 'record') continue;
    switch (reader.code) {
      case IDENTIFICATION_CODE_STRING:
        producer = reader.record().text();
        break;
      case IDENTIFICATION_CODE_EPOCH: {
        const [value] = reader.record().operands(1);
        if (value === undefined) throw reader.error('bad-value', 'the EPOCH record has no operand');
        epoch = Number(value);
        if (epoch !== CURRENT_EPOCH) {
          const reason = `Incompatible epoch: Bitcode '${epoch}' vs current: '${CURRENT_EPOCH}'`;
          context.onAnomaly({ code: 'epoch', reason, location: reader.location });
        }
        break;
      }
      default: {
        const reason = `the IDENTIFICATION block has a record of unknown code ${reader.code}`;
        context.onAnomaly({ code: 'unknown-record', reason, location: reader.location });
      }
    }
  }
  return { producer, epoch };
}
