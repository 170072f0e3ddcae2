// Colours of severities on a terminal, the same for all commands that tell findings.

import { styleText } from 'node:util';
import type { Severity } from '../audit/index.ts';
import { isTerminal } from './output.ts';

const COLOURS = { error: ['bold', 'red'], warning: ['bold', 'yellow'], note: ['bold', 'cyan'] } as const;

/** Whether standard output is a terminal whose user has nothing against colours (`NO_COLOR`, `TERM=dumb`). */
export function wantsColour(): boolean {
  return (process.env['NO_COLOR'] ?? '') === '' && process.env['TERM'] !== 'dumb' && isTerminal();
}

/** Colours a word by the severity it stands for. */
export function colour(severity: Severity, text: string): string {
  return COLOURS[severity].reduce((styled, style) => styleText(style, styled), text);
}
