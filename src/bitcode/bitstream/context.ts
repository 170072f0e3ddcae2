// What all readers of one bitstream share.

import type { Limits, Location } from '../../bytes/index.ts';

/**
 * Oddities that LLVM reads over without a word, as a closed set. Codes are API; the sentences beside them are not.
 *
 * - `wrapper-field`: the wrapper header holds a value that no writer writes.
 * - `trailing-bytes`: bytes behind the last block, or behind the padding of a wrapper.
 * - `block-length`: a block ends before the end that its header declares.
 * - `epoch`: an identification block with an epoch other than 0, which LLVM up to 22 refuses.
 * - `unknown-record`: a record in a block where LLVM up to 22 refuses records that it does not know.
 * - `unused-symbol-table`: a symbol table that LLVM leaves aside to build its own.
 * - `metadata-index`: an index of metadata that is not that of the records it stands behind. LLVM looks into it only when
 *   ThinLTO imports from the module, and then trusts it.
 * - `module-flag`: a node of the module flags that is none, which LLVM's verifier refuses.
 */
export type BitcodeAnomalyCode =
  | 'wrapper-field'
  | 'trailing-bytes'
  | 'block-length'
  | 'epoch'
  | 'unknown-record'
  | 'unused-symbol-table'
  | 'symbol-table-differs'
  | 'metadata-index'
  | 'module-flag';

/** A tolerated oddity. */
export interface BitcodeAnomaly {
  readonly code: BitcodeAnomalyCode;
  /** What was expected and what was found. */
  readonly reason: string;
  readonly location: Location;
}

/** What all readers of one bitstream share. */
export interface BitstreamContext {
  readonly limits: Limits;
  readonly onAnomaly: (anomaly: BitcodeAnomaly) => void;
}
