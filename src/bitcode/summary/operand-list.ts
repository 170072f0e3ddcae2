// The operands of one record of a summary, read one after the other. Lists in such records state their length, and end with
// the record where that lies.

import type { FormatError, FormatErrorCode } from '../../bytes/index.ts';
import type { Operand } from '../bitstream/index.ts';

/** A record that is decoded when somebody asks for what it says. */
export interface KeptRecord {
  readonly code: number;
  readonly operands: readonly Operand[];
  /** Place of the record: bits from the start of the stream. */
  readonly bitOffset: number;
}

/** Makes an error about a place of the stream. */
export type ErrorAt = (code: FormatErrorCode, reason: string, bitOffset: number) => FormatError;

/** Reads the operands of a record in order. */
export class OperandList {
  private readonly record: KeptRecord;
  private readonly errorAt: ErrorAt;
  private position = 0;

  constructor(record: KeptRecord, errorAt: ErrorAt) {
    this.record = record;
    this.errorAt = errorAt;
  }

  /** How many are left. */
  get left(): number {
    return this.record.operands.length - this.position;
  }

  /** The next one as a number, rounded above 2^53. */
  number(): number {
    return Number(this.next());
  }

  /** The next one, exact. */
  wide(): bigint {
    return BigInt(this.next());
  }

  /** The next two as the halves of one number, the upper one first. */
  halves(): bigint {
    const upper = this.wide();
    return BigInt.asUintN(64, (upper << 32n) | this.wide());
  }

  /** The next one, whose lowest bit is the sign. The encoding of "minus zero" is the least number of 64 bits. */
  signed(): bigint {
    const stored = this.wide();
    const magnitude = stored >> 1n;
    if ((stored & 1n) === 0n) return magnitude;
    return magnitude === 0n ? -(1n << 63n) : -magnitude;
  }

  /**
   * The next one, the length of a list that follows.
   *
   * @param each - Operands that an entry of the list has at least.
   * @throws FormatError `bad-value` if the record does not have so many.
   */
  count(what: string, each = 1): number {
    const count = this.number();
    if (count <= this.left / each) return count;
    throw this.error('bad-value', `a record of a summary states ${count} ${what}, but ${this.left} operands follow`);
  }

  /** All that are left, exact. */
  rest(): bigint[] {
    const values: bigint[] = [];
    while (this.left > 0) values.push(this.wide());
    return values;
  }

  /** Makes an error about the record. */
  error(code: FormatErrorCode, reason: string): FormatError {
    return this.errorAt(code, reason, this.record.bitOffset);
  }

  private next(): Operand {
    const operand = this.record.operands[this.position];
    if (operand === undefined) {
      const { code, operands } = this.record;
      throw this.error(
        'bad-value',
        `a record of a summary (code ${code}) ends behind ${operands.length} operands, where more are needed`,
      );
    }
    this.position += 1;
    return operand;
  }
}
