// Modules with a summary, made record by record.

import { openBitcode, readSummary } from '../../../src/bitcode/index.ts';
import type { BitcodeModule, BitcodeModuleSummary, BitcodeOptions } from '../../../src/bitcode/index.ts';
import { bitcode, moduleBlock } from '../../helpers/bit-writer.ts';
import type { BitWriter } from '../../helpers/bit-writer.ts';

/** A record: code and operands. */
export type SummaryRecord = readonly [code: number, ...operands: (number | bigint)[]];

export interface SummarySpec {
  /** Written as first record unless it is `undefined`. */
  readonly version: number | undefined;
  readonly records: readonly SummaryRecord[];
  /** Names of functions, from value id 0 on. */
  readonly names?: readonly string[];
  /** Linkage of all of them, as in FUNCTION records. */
  readonly linkage?: number;
  readonly sourceFileName?: string;
  /** Id of the summary block. */
  readonly block?: number;
  /** Further content of the module, before the summary. */
  readonly items?: (w: BitWriter) => void;
  /** Text behind the names in the string table. */
  readonly strings?: string;
}

/** A file with one module. */
export function summaryFile(spec: SummarySpec): Uint8Array {
  const { names = [], linkage = 0, version, records, block = 20 } = spec;
  return bitcode((w) => {
    moduleBlock(w, {
      version: 2,
      ...(spec.sourceFileName === undefined ? {} : { sourceFileName: spec.sourceFileName }),
      items: () => {
        let offset = 0;
        for (const name of names) {
          w.record(8, [offset, name.length, 0, 0, 0, linkage]);
          offset += name.length;
        }
        spec.items?.(w);
        w.block(block, 4, () => {
          if (version !== undefined) w.record(10, [version]);
          for (const [code, ...operands] of records) w.record(code, operands);
        });
      },
    });
    w.blobBlock(23, new TextEncoder().encode(names.join('') + (spec.strings ?? '')));
  });
}

export function moduleIn(file: Uint8Array, options: BitcodeOptions = {}): BitcodeModule {
  return openBitcode(file, options).modules[0] as BitcodeModule;
}

/** The summary of such a file. */
export function summaryOf(spec: SummarySpec): BitcodeModuleSummary {
  return readSummary(moduleIn(summaryFile(spec))) as BitcodeModuleSummary;
}
