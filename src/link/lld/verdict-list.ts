// Collects what the linker would say, and which of it is ever said: an error ends the link at the end of its stage, a fatal
// one at once.

import type { CommandComplaint, LinkOptions } from './command-line/link-command.ts';
import type { LinkVerdict } from './verdict.ts';

/** The stages of a link by lld, in their order (lld/ELF/Driver.cpp). */
export const STAGES = {
  /** The command line is read, files are opened, scripts are parsed (readConfigs, createFiles). */
  OPEN: 1,
  /** Options that exclude each other; the machine (checkOptions, inferMachineType). */
  OPTIONS: 2,
  /** Inputs are parsed, names resolved, duplicates told (parseFiles, postParse). */
  PARSE: 3,
  /** Version scripts are applied (scanVersionScript); whatever comes of it, bitcode is looked at. */
  VERSIONS: 4,
  /** Bitcode becomes objects (compileBitcodeFiles). */
  LTO: 4,
  /** Sections are combined, relocations scanned, symbols that are undefined told (Writer). */
  SCAN: 5,
  /** Addresses are given, expressions of scripts computed, the entry looked up. */
  WRITE: 6,
} as const;

/** A stage. */
export type LinkStage = (typeof STAGES)[keyof typeof STAGES];

/** A verdict that is being made. */
export interface VerdictDraft extends Omit<LinkVerdict, 'isReached' | 'certainty' | 'files'> {
  readonly stage: LinkStage;
  /** The linker ends with it. */
  readonly isFatal?: boolean;
  /** An error before it in its stage keeps the linker from saying it. */
  readonly isUnsaid?: boolean;
  readonly certainty?: LinkVerdict['certainty'];
  readonly files?: readonly string[];
}

/** Verdicts in the order in which they are found. */
export class VerdictList {
  private readonly drafts: VerdictDraft[] = [];
  private readonly failedStages = new Set<LinkStage>();

  /** Adds a verdict. */
  add(draft: VerdictDraft): void {
    this.drafts.push(draft);
    if (endsLink(draft)) this.failedStages.add(draft.stage);
  }

  /** Adds what is said of the line itself. */
  complain({ severity, kind, stage, message, argument, isOfParser }: CommandComplaint): void {
    this.add({
      stage: stage === 'checks' ? STAGES.OPTIONS : STAGES.OPEN,
      kind: kind === 'unknown-emulation' ? kind : 'bad-argument',
      severity,
      message,
      files: argument === undefined ? [] : [argument],
      isFatal: kind === 'response-file' && severity === 'error',
      isUnsaid: isOfParser === true && this.hasError(STAGES.OPEN),
    });
  }

  /** Adds an error that is certain. */
  error(stage: LinkStage, kind: LinkVerdict['kind'], message: string, more: Partial<VerdictDraft> = {}): void {
    this.add({ stage, kind, severity: 'error', message, ...more });
  }

  /** Whether an error of a stage is certain. */
  hasError(stage: LinkStage): boolean {
    return this.failedStages.has(stage);
  }

  /** The verdicts in the order in which the linker says them, with whether it comes to them. */
  verdicts({ fatalWarnings, noWarnings }: Pick<LinkOptions, 'fatalWarnings' | 'noWarnings'>): LinkVerdict[] {
    const said = noWarnings ? this.drafts.filter(({ severity }) => severity !== 'warning') : this.drafts;
    const sorted = said.map((draft, at) => ({ draft: fatalWarnings ? asError(draft) : draft, at }));
    sorted.sort((a, b) => a.draft.stage - b.draft.stage || a.at - b.at);
    let lastStage: number = STAGES.WRITE;
    let isOver = false;
    return sorted.map(({ draft }) => {
      const { stage, isFatal, isUnsaid = false, certainty = 'certain', files = [], ...words } = draft;
      const isReached = !isOver && !isUnsaid && stage <= lastStage;
      if (isReached && endsLink(draft)) {
        lastStage = stage;
        if (isFatal === true) isOver = true;
      }
      return { ...words, certainty, files, isReached };
    });
  }
}

function asError(draft: VerdictDraft): VerdictDraft {
  return draft.severity === 'warning' ? { ...draft, severity: 'error' } : draft;
}

function endsLink({ severity, certainty }: VerdictDraft): boolean {
  return severity === 'error' && certainty !== 'possible';
}
