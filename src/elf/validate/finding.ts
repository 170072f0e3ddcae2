// What a validation finds: data that JSON can carry. Findings are made here, with the verdict of the linker that is asked
// about; one for a section and condition, however many entries are bad.

import { ELF_TYPES } from '../constants/header.ts';
import { INTEGRITY_CONDITION_TABLE } from './conditions/index.ts';
import type { IntegrityConditionId } from './conditions/index.ts';
import type { ElfFile } from '../elf-file.ts';
import { fillWords, findVerdict, severityOf } from './verdict.ts';
import type { IntegritySeverity, IntegrityVerdictKind, LinkSituation } from './verdict.ts';

const { ET_REL } = ELF_TYPES.values;

/** Bad entries that a finding lists; it counts them all. */
export const FINDING_ENTRIES_MAX = 8;
/** Findings of one condition that are listed; the last one counts those that were left out. */
export const CONDITION_FINDINGS_MAX = 64;
/** Bytes of a name that findings show; a longer one is cut and ends with `…`. Many findings may be about the same bytes. */
export const FINDING_NAME_MAX = 1 << 12;

/** A bad entry of a section. */
export interface BadElfEntry {
  /** Its position, counting from 0. */
  readonly entry: number;
  /** Where it stands, from the start of the file that holds the bytes. */
  readonly offset: number;
  /** What stands there. */
  readonly found: number | string;
}

/** One thing that is wrong with an object. */
export interface ElfIntegrityFinding {
  /** Its row in {@link INTEGRITY_CONDITIONS} tells which linker does what. */
  readonly condition: IntegrityConditionId;
  readonly severity: IntegritySeverity;
  /** What the linker does that was asked about. */
  readonly verdict: IntegrityVerdictKind;
  /** What is wrong: which section and entry, what was expected, what was found. */
  readonly message: string;
  /**
   * What the linker says if this is all that is wrong, without the name of the file in front; the first line of it. Names
   * of symbols stand as in the file, as with `--no-demangle`. Absent where it says nothing.
   */
  readonly predicts?: string;
  /** Number of the section. */
  readonly sectionIndex?: number;
  /** Name of the section, or `[index N]`; at most {@link FINDING_NAME_MAX} bytes of it. */
  readonly section?: string;
  /** Position of the first bad entry in its section, counting from 0. */
  readonly entry?: number;
  /** Where the field or entry stands, from the start of the file that holds the bytes. */
  readonly offset: number;
  readonly expected?: number | string;
  readonly found?: number | string;
  /** How many entries of the section are bad; 1 where it is not about entries. */
  readonly count: number;
  /** The first bad entries, at most {@link FINDING_ENTRIES_MAX}; empty where it is not about entries. */
  readonly entries: readonly BadElfEntry[];
  /** The situation within the condition, where verdicts differ by it. */
  readonly situation?: string;
  /** Further findings of this condition that are not listed. */
  readonly more?: number;
  /** What the linker's words are made of. */
  readonly data: Readonly<Record<string, number | string>>;
}

/** Collects the bad entries of one section for one condition. */
export class BadEntries {
  readonly entries: BadElfEntry[] = [];
  count = 0;

  /** Adds a bad entry; beyond {@link FINDING_ENTRIES_MAX} it is counted only. */
  add(entry: number, offset: number, found: number | string): void {
    this.count += 1;
    if (this.entries.length < FINDING_ENTRIES_MAX) this.entries.push({ entry, offset, found });
  }
}

/** What a check knows of a defect. */
export interface Defect {
  readonly condition: IntegrityConditionId;
  /** A situation of the condition. */
  readonly situation?: string | undefined;
  readonly sectionIndex?: number;
  /** From the start of the file that holds the bytes; that of the first entry where there are entries. */
  readonly offset?: number;
  readonly expected?: number | string;
  readonly found?: number | string;
  readonly bad?: BadEntries;
  /** What is wrong, without the section. A function where names belong to it: findings that are only counted have no text. */
  readonly reason: string | (() => string);
  readonly data?: FindingData | (() => FindingData);
}

type FindingData = ElfIntegrityFinding['data'];

/** Makes findings of defects. */
export class IntegrityReport {
  readonly findings: ElfIntegrityFinding[] = [];
  private readonly elf: ElfFile;
  private readonly link: LinkSituation;
  /** The linker reads the sections of relocatable files only; of the others it looks at little. */
  private readonly isInput: boolean;
  private readonly counts = new Map<IntegrityConditionId, { count: number; last: number }>();

  constructor(elf: ElfFile, link: LinkSituation) {
    this.elf = elf;
    this.link = link;
    this.isInput = elf.header.type === ET_REL;
  }

  /** Whether further findings of a condition are only counted. */
  isFull(condition: IntegrityConditionId): boolean {
    return (this.counts.get(condition)?.count ?? 0) >= CONDITION_FINDINGS_MAX;
  }

  /** Adds a finding. */
  add(defect: Defect): void {
    const seen = this.counts.get(defect.condition);
    if (seen !== undefined && seen.count >= CONDITION_FINDINGS_MAX) {
      const last = this.findings[seen.last] as ElfIntegrityFinding;
      this.findings[seen.last] = { ...last, more: (last.more ?? 0) + 1 };
      return;
    }
    this.counts.set(defect.condition, { count: (seen?.count ?? 0) + 1, last: this.findings.length });
    this.findings.push(this.findingOf(defect));
  }

  private findingOf(defect: Defect): ElfIntegrityFinding {
    const { condition, situation, sectionIndex, expected, bad } = defect;
    const reason = typeof defect.reason === 'string' ? defect.reason : defect.reason();
    const info = INTEGRITY_CONDITION_TABLE[condition];
    const first = bad?.entries[0];
    const found = defect.found ?? first?.found;
    const section =
      sectionIndex === undefined ? undefined : this.elf.sections.describeBriefly(sectionIndex, FINDING_NAME_MAX);
    const data = {
      ...(sectionIndex === undefined ? {} : { section: sectionIndex, name: section ?? '' }),
      ...(first === undefined ? {} : { entry: first.entry }),
      ...(expected === undefined ? {} : { expected }),
      ...(found === undefined ? {} : { found }),
      ...(typeof defect.data === 'function' ? defect.data() : defect.data),
    };
    const row =
      this.isInput || info.anyFile === true || this.link.linker.name === 'elflint'
        ? findVerdict(info, this.link, situation)
        : undefined;
    const verdict = row?.does ?? 'ignores';
    const count = bad?.count ?? 1;
    const more = count > 1 ? ` (and ${count - 1} more of the section)` : '';
    return {
      condition,
      severity: severityOf(verdict),
      verdict,
      message: `${section === undefined ? '' : `${section}: `}${reason}${more}`,
      ...(row?.words === undefined ? {} : { predicts: fillWords(row.words, data) }),
      ...(sectionIndex === undefined ? {} : { sectionIndex }),
      ...(section === undefined ? {} : { section }),
      ...(first === undefined ? {} : { entry: first.entry }),
      offset: defect.offset ?? first?.offset ?? this.elf.input.base,
      ...(expected === undefined ? {} : { expected }),
      ...(found === undefined ? {} : { found }),
      count,
      entries: bad?.entries ?? [],
      ...(situation === undefined ? {} : { situation }),
      data,
    };
  }
}
