// What an audit finds: data that JSON can carry, nothing else.

/** How bad a finding is. Errors are what the linker refuses, or what loses code in silence. */
export type Severity = 'error' | 'warning' | 'note';

/** The severities, worst first. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'note'];

/** Where a finding stands. Offsets count from the start of `file`. */
export interface FindingLocation {
  /** The file as the caller named it, then each container entry inside it. */
  readonly path: readonly string[];
  /** The file on disk that holds the bytes. */
  readonly file: string;
  /** Offset of the member's header in its archive; names of members may repeat. */
  readonly memberOffset?: number;
  /** Offset of the field or structure. */
  readonly offset?: number;
  /** Name of the section. */
  readonly section?: string;
  /** Position of the entry in its section, counting from 0. */
  readonly entry?: number;
}

/** One thing that is wrong, or worth knowing, about the inputs of a link. */
export interface Finding {
  /** The rule that found it; its page is `docs/rules/<rule>.md`. */
  readonly rule: string;
  readonly severity: Severity;
  /** `possible` where only code generation could tell. */
  readonly certainty: 'certain' | 'possible';
  /** What was found, with its numbers. */
  readonly message: string;
  /** What to do. */
  readonly advice: string;
  /** What the linker says, in its own words; absent where it says nothing. */
  readonly predicts?: string;
  /** At least one place, the most telling first. */
  readonly locations: readonly FindingLocation[];
  /** The numbers and names, shaped as `schema/findings/<rule>.json` tells. */
  readonly data: Readonly<Record<string, unknown>>;
}
