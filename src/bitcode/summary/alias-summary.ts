// What a summary says of an alias.

import { BitcodeGlobalSummary } from './global-summary.ts';

const ALIASEE_AT = 2;

/** What a summary says of an alias. */
export class BitcodeAliasSummary extends BitcodeGlobalSummary {
  readonly kind = 'alias';

  /** Value id of what it stands for, no alias itself; `undefined` where the record ends before. In an index 0 can mean none. */
  get aliaseeId(): number | undefined {
    return this.rows.at(this.row, ALIASEE_AT + this.shift);
  }
}
