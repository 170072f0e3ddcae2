// Collects what the linker would say, and which of it is ever said: an error ends the link at the end of its stage, a fatal
// one at once.

import type { LinkVerdict } from './verdict.ts';

/** The stages of a link by lld, in their order (lld/ELF/Driver.cpp). */
export const STAGES = {
  /** The command line is read, files are opened, scripts are parsed (readConfigs, createFiles). */
  OPEN: 1,
  /** Options that exclude each other; the machine (checkOptions, inferMachineType). */
  OPTIONS: 2,
  /** Inputs are parsed, names resolved, duplicates told (parseFiles, postParse). */
  PARSE: 3,
  /** Bitcode becomes objects (compileBitcodeFiles). */
  LTO: 4,
  /** Sections are combined, relocations scanned, symbols that are undefined told (Writer). */
  SCAN: 5,
} as const;

/** A stage. */
export type LinkStage = (typeof STAGES)[keyof typeof STAGES];

/** A verdict that is being made. */
export interface VerdictDraft extends Omit<LinkVerdict, 'isReached' | 'certainty' | 'files'> {
  readonly stage: LinkStage;
  /** The linker ends with it. */
  readonly isFatal?: boolean;
  readonly certainty?: LinkVerdict['certainty'];
  readonly files?: readonly string[];
}

/** Verdicts in the order in which they are found. */
export class VerdictList {
  private readonly drafts: VerdictDraft[] = [];

  /** Adds a verdict. */
  add(draft: VerdictDraft): void {
    this.drafts.push(draft);
  }

  /** Adds an error that is certain. */
  error(stage: LinkStage, kind: LinkVerdict['kind'], message: string, more: Partial<VerdictDraft> = {}): void {
    this.add({ stage, kind, severity: 'error', message, ...more });
  }

  /** Whether an error of a stage is certain. */
  hasError(stage: LinkStage): boolean {
    return this.drafts.some((draft) => draft.stage === stage && endsLink(draft));
  }

  /** The verdicts in the order in which the linker says them, with whether it comes to them. */
  verdicts(): LinkVerdict[] {
    const sorted = this.drafts.map((draft, at) => ({ draft, at }));
    sorted.sort((a, b) => a.draft.stage - b.draft.stage || a.at - b.at);
    let lastStage: number = STAGES.SCAN;
    let isOver = false;
    return sorted.map(({ draft }) => {
      const { stage, isFatal, certainty = 'certain', files = [], ...said } = draft;
      const isReached = !isOver && stage <= lastStage;
      if (isReached && endsLink(draft)) {
        lastStage = stage;
        if (isFatal === true) isOver = true;
      }
      return { ...said, certainty, files, isReached };
    });
  }
}

function endsLink({ severity, certainty }: VerdictDraft): boolean {
  return severity === 'error' && certainty !== 'possible';
}
