// Where something stands in a script, and how ld.lld points at it.

import { decodeText } from '../../../bytes/index.ts';

/** A place in a script. */
export interface ScriptPlace {
  /** The script, or the one that it includes. */
  readonly path: string;
  /** Counting from 1. */
  readonly line: number;
  /** The text of the line, one character for each byte; absent at the end of a script. */
  readonly text: string | undefined;
  /** Bytes from the start of the line. */
  readonly column: number;
}

/** What is shown of a line. lld shows all of it. */
const LINE_TEXT_MAX = 1 << 12;

/** An error at a place as ld.lld words it: with the line, and a caret below the word. */
export function describeAt(place: ScriptPlace, message: string): string {
  const head = `${place.path}:${place.line}: ${message}`;
  const { text, column } = place;
  if (text === undefined || column > LINE_TEXT_MAX) return head;
  return `${head}\n>>> ${readable(text.slice(0, LINE_TEXT_MAX))}\n>>> ${' '.repeat(column)}^`;
}

/** Text of one character for each byte as text for people: what is UTF-8 becomes what it stands for. */
export function readable(text: string): string {
  return /^[\0-\x7f]*$/.test(text) ? text : decodeText(bytesOfText(text));
}

/** The bytes of a text that has one character for each. */
export function bytesOfText(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
  return bytes;
}
