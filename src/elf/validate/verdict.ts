// What a linker makes of a damaged object: the rows of a condition, and which row holds for the linker that is asked about.

/** The programs whose verdicts are known. */
export type IntegrityTool = 'lld' | 'bfd' | 'elflint';

/** What a program does with a damaged object. `misbehaves`: it goes on and the output is wrong. */
export type IntegrityVerdictKind = 'refuses' | 'crashes' | 'warns' | 'misbehaves' | 'ignores';

/** How bad a finding is: errors are refused, crash, or spoil the output in silence; notes are ignored. */
export type IntegritySeverity = 'error' | 'warning' | 'note';

/** One row of a condition's table: who does what, from which version on, in which situation. */
export interface IntegrityVerdict {
  /** `lld`: ld.lld. `bfd`: GNU ld. `elflint`: eu-elflint. */
  readonly tool: IntegrityTool;
  /** First major version; absent: the oldest that is known, 13 for lld. */
  readonly from?: number;
  /** Last major version; absent: the newest. */
  readonly to?: number;
  /** `relocatable` is `-r`. Absent: both. */
  readonly output?: 'relocatable' | 'final';
  /** The option that the row needs. */
  readonly option?: 'icf' | 'ehFrameHeader';
  /** The situation of the condition that the row is about; absent: all of them. */
  readonly when?: string;
  readonly does: IntegrityVerdictKind;
  /**
   * Its words, without the name of the file in front: `{name}` stands for a member of a finding's `data`, `{name:x}` for
   * that in hexadecimal. Absent where it says nothing, or nothing that depends on the condition alone.
   */
  readonly words?: string;
}

/** What is known of one condition. */
export interface IntegrityConditionInfo {
  /** One sentence: what is wrong with the object. */
  readonly summary: string;
  /** The verdicts hold for executables and shared libraries too, not only for relocatable objects. */
  readonly anyFile?: true;
  /** Where verdicts differ within the condition: each situation with its meaning. */
  readonly situations?: Readonly<Record<string, string>>;
  /** The first row that holds counts. A program without a row that holds ignores the condition. */
  readonly verdicts: readonly IntegrityVerdict[];
}

/** A table of conditions by their ids. */
export type IntegrityConditionTable = Readonly<Record<string, IntegrityConditionInfo>>;

/** Whose verdict is asked for. */
export interface IntegrityLinker {
  readonly name: IntegrityTool;
  /** Major version; absent: the newest. */
  readonly major?: number;
}

/** For which link a verdict is asked. */
export interface LinkSituation {
  readonly linker: IntegrityLinker;
  readonly output: 'relocatable' | 'final';
  readonly icf: boolean;
  readonly ehFrameHeader: boolean;
}

/** The row that holds; `undefined` where the linker ignores the condition. */
export function findVerdict(
  condition: IntegrityConditionInfo,
  { linker, output, ...options }: LinkSituation,
  when: string | undefined,
): IntegrityVerdict | undefined {
  const major = linker.major ?? Number.POSITIVE_INFINITY;
  return condition.verdicts.find(
    (row) =>
      row.tool === linker.name &&
      major >= (row.from ?? 0) &&
      major <= (row.to ?? Number.POSITIVE_INFINITY) &&
      (row.output === undefined || row.output === output) &&
      (row.option === undefined || options[row.option]) &&
      (row.when === undefined || row.when === when),
  );
}

/** How bad a verdict is. */
export function severityOf(does: IntegrityVerdictKind): IntegritySeverity {
  if (does === 'ignores') return 'note';
  return does === 'warns' ? 'warning' : 'error';
}

/** Fills the words of a row. Names that the data lacks stay as they are. */
export function fillWords(words: string, data: Readonly<Record<string, string | number>>): string {
  return words.replace(/\{(\w+)(:x)?\}/g, (whole, name: string, hex: string | undefined) => {
    const value = Object.hasOwn(data, name) ? data[name] : undefined;
    if (value === undefined) return whole;
    return hex !== undefined && typeof value === 'number' ? `0x${value.toString(16)}` : String(value);
  });
}
