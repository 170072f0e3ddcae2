// The faults of one input while it is read. Damage may be met by one step after the other, and a hostile file may have
// millions of damaged sections; each damage is listed once, and so many that a person can read them.

import { FormatError } from '../bytes/index.ts';
import type { ElfSectionTable } from '../elf/index.ts';
import type { InputFault } from './input-facts.ts';

/** Faults of one input that are listed; of the rest the number is told. */
const FAULTS_MAX = 256;
/** Bytes of the name of a section that a fault shows. */
const SECTION_NAME_MAX = 1 << 12;

/** Collects the faults of one input. */
export class FaultList {
  private readonly listed: InputFault[] = [];
  /** Of the damage that is listed: the next step may meet it again. */
  private reasons: Set<string> | undefined;
  private unlistedCount = 0;
  private unlistedOffset = 0;

  /** Whether a fault of this kind was added. */
  has(kind: InputFault['kind']): boolean {
    return this.listed.some((fault) => fault.kind === kind);
  }

  /**
   * What a fault calls a section, to be asked for when there is one. Its number where the fault will not be listed: a file
   * may give many sections one name that is long.
   */
  sectionName(sections: ElfSectionTable, index: number): string {
    const isListed = this.listed.length < FAULTS_MAX;
    return isListed ? sections.describeBriefly(index, SECTION_NAME_MAX) : `[index ${index}]`;
  }

  /** Adds a fault. */
  add(fault: InputFault): void {
    if (fault.kind === 'malformed') {
      this.reasons ??= new Set();
      if (this.reasons.has(fault.reason)) return;
      if (this.listed.length < FAULTS_MAX) this.reasons.add(fault.reason);
    }
    if (this.listed.length < FAULTS_MAX) this.listed.push(fault);
    else {
      if (this.unlistedCount === 0) this.unlistedOffset = fault.offset;
      this.unlistedCount += 1;
    }
  }

  /**
   * Runs one reading step; damage becomes a fault, and the step has no result.
   *
   * @param section - Names the section that is read, if it comes to that.
   */
  guard<T>(section: (() => string) | undefined, step: () => T): T | undefined {
    try {
      return step();
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      this.addDamage(error, section?.());
      return undefined;
    }
  }

  /** Adds what a reader says of damage, in the section of that name. */
  addDamage({ code, reason, location }: FormatError, section?: string): void {
    const place = section === undefined ? {} : { section };
    this.add({ kind: 'malformed', code, reason, offset: location.offset, ...place });
  }

  /** The faults, in the order in which they were found. */
  get faults(): readonly InputFault[] {
    if (this.unlistedCount === 0) return this.listed;
    const reason = `${this.unlistedCount} more faults of this input are not listed`;
    return [...this.listed, { kind: 'malformed', code: 'limit-exceeded', reason, offset: this.unlistedOffset }];
  }
}
