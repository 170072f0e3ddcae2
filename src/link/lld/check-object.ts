// What lld says of objects that are damaged, by the conditions of `validate`, and at which stage it comes to that.

import type { ByteRange } from '../../bytes/index.ts';
import { openElf } from '../../elf/index.ts';
import type { LinkOptions } from './command-line/link-command.ts';
import type { LoadedInput } from './loaded-input.ts';
import { findDamage } from './read-input.ts';
import { STAGES } from './verdict-list.ts';
import type { VerdictList } from './verdict-list.ts';

/** For whom an object is checked. */
export interface CheckContext {
  readonly verdicts: VerdictList;
  readonly options: LinkOptions;
  readonly major: number;
}

/** Tells what is wrong with an object that is linked, in the order of the checks. */
export function tellDamage(input: LoadedInput, range: ByteRange, { verdicts, options, major }: CheckContext): void {
  const { relocatable, icf, ehFrameHeader } = options;
  const findings = findDamage(openElf(range), {
    linker: { name: 'lld', major },
    output: relocatable ? 'relocatable' : 'final',
    icf: icf !== 'none',
    ehFrameHeader,
  });
  for (const { condition, predicts, message, severity } of findings) {
    const words = predicts ?? message;
    const stage = stageOf(condition);
    verdicts.add({
      stage,
      // Relocations of sections that are collected are not looked at.
      certainty: options.gcSections && stage === STAGES.SCAN ? 'possible' : 'certain',
      isFatal: condition === 'relocation-symbol-index' || (condition === 'section-names-index' && major >= 15),
      kind: 'damaged-input',
      severity: isInhibiting(condition, options, major) ? severity : 'warning',
      // A place in the object follows its name at once.
      message: words.startsWith('(') ? `${input.name}:${words}` : `${input.name}: ${words}`,
      files: [input.name],
    });
  }
}

/** What is found when sections are made, not when relocations are scanned. */
const FOUND_WITH_SECTIONS = new Set(['relocation-target', 'relocation-sections', 'relocation-order']);

function stageOf(condition: string) {
  if (FOUND_WITH_SECTIONS.has(condition)) return STAGES.PARSE;
  return /relocation|frame|merge|symbol-index/.test(condition) ? STAGES.SCAN : STAGES.PARSE;
}

/** Conditions that `--noinhibit-exec` makes warnings: seen of lld 22, not of 19. */
const INHIBITING = new Set(['relocation-target', 'relocation-type']);

function isInhibiting(condition: string, { noinhibitExec }: LinkOptions, major: number): boolean {
  return !noinhibitExec || major < 20 || !INHIBITING.has(condition);
}
