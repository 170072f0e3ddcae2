// Words and marks of assembly, as LLVM's AsmLexer cuts them. A statement is read whole: up to a separator, a line end or a
// comment outside of quotes.

import type { AssemblySyntax } from './assembly-syntax.ts';

/** What a token is: a name, text in quotes, a number, or a mark such as `,` or `<<`. */
export type TokenKind = 'name' | 'string' | 'integer' | 'mark';

/** A token. Places are characters from the start of the text that was read. */
export interface Token {
  readonly kind: TokenKind;
  /** As it is written; of a string what stands between its quotes. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A statement. */
export interface Statement {
  readonly tokens: readonly Token[];
  /** Where the next statement begins. */
  readonly next: number;
  /** Whether it has more tokens than are kept, or a string or comment without an end. */
  readonly isCut: boolean;
}

/** Tokens of a statement that are kept. */
const TOKENS_MAX = 1 << 20;

// Sticky, so that each token costs its own length. Letters beyond ASCII do not begin names in LLVM; a source that has them
// in quotes is read all the same.
const BLANKS = /[ \t\0]+/y;
const NAME = /[A-Za-z_.?][A-Za-z0-9_.$?]*/y;
const NAME_WITH_AT = /[A-Za-z_.?][A-Za-z0-9_.$?@]*/y;
// A suffix such as ULL is passed over.
const INTEGER = /(?:0[xX][0-9a-fA-F]+|0[bB][01]+|[0-9]+)[uU]?[lL]{0,2}/y;
const STRING = /"(?:[^"\\]|\\[^])*"/y;
const CHARACTER = /'(?:\\[^]|[^\\])'/y;
const LINE = /[^\n\r]*/y;
const MARK = /<<|>>|<=|>=|==|!=|<>|&&|\|\||[^]/y;
const LINE_END = /\r\n|[\n\r]/y;
const ESCAPES: ReadonlyMap<string, number> = new Map([
  ['t', 9],
  ['n', 10],
  ['b', 8],
  ['f', 12],
  ['r', 13],
]);

/** Reads the statement that begins at a place; `start` must be below the length of the text. */
export function readStatement(text: string, start: number, syntax: AssemblySyntax): Statement {
  const tokens: Token[] = [];
  const name = syntax.hasAtInNames ? NAME_WITH_AT : NAME;
  let isCut = false;
  let at = start;
  while (at < text.length) {
    const blanks = lengthOf(BLANKS, text, at);
    if (blanks > 0) {
      at += blanks;
      continue;
    }
    const lineEnd = lengthOf(LINE_END, text, at);
    if (lineEnd > 0) return { tokens, next: at + lineEnd, isCut };
    if (beginsComment(text, at, tokens.length === 0, syntax)) {
      at += lengthOf(LINE, text, at);
      continue;
    }
    if (text.startsWith(syntax.separator, at)) return { tokens, next: at + syntax.separator.length, isCut };
    if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2);
      if (end < 0) return { tokens, next: text.length, isCut: true };
      at = end + 2;
      continue;
    }
    // Its names have `@` everywhere, even where that begins a comment.
    const token = readToken(text, at, tokens[0]?.text === '.symver' ? NAME_WITH_AT : name);
    if (token === undefined) return { tokens, next: text.length, isCut: true };
    if (tokens.length < TOKENS_MAX) tokens.push(token);
    else isCut = true;
    at = token.end;
  }
  return { tokens, next: at, isCut };
}

function beginsComment(text: string, at: number, isAtStart: boolean, syntax: AssemblySyntax): boolean {
  return text.startsWith('//', at) || text.startsWith(syntax.comment, at) || (isAtStart && text.startsWith('#', at));
}

/** `undefined` for a string without an end. */
function readToken(text: string, start: number, name: RegExp): Token | undefined {
  const take = (kind: TokenKind, pattern: RegExp): Token | undefined => {
    const length = lengthOf(pattern, text, start);
    return length === 0 ? undefined : { kind, text: text.slice(start, start + length), start, end: start + length };
  };
  const first = text[start] as string;
  if (first === '"') {
    const length = lengthOf(STRING, text, start);
    if (length === 0) return undefined;
    return { kind: 'string', text: text.slice(start + 1, start + length - 1), start, end: start + length };
  }
  if (first === "'") return characterToken(text, start) ?? take('mark', MARK);
  return take('name', name) ?? take('integer', INTEGER) ?? take('mark', MARK);
}

/** A character in quotes is a number. */
function characterToken(text: string, start: number): Token | undefined {
  const length = lengthOf(CHARACTER, text, start);
  if (length === 0) return undefined;
  const inner = text.slice(start + 1, start + length - 1);
  const code = inner.startsWith('\\') ? (ESCAPES.get(inner.slice(1)) ?? inner.charCodeAt(1)) : inner.charCodeAt(0);
  return { kind: 'integer', text: String(code), start, end: start + length };
}

function lengthOf(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex - start : 0;
}

/** The text of tokens from one to the end of the statement, as it is written. */
export function textFrom(text: string, tokens: readonly Token[], from: number): string {
  const first = tokens[from];
  const last = tokens.at(-1);
  return first === undefined || last === undefined ? '' : text.slice(first.start, last.end);
}

/** Cuts tokens at commas that stand outside of parentheses and brackets. */
export function splitAtCommas(tokens: readonly Token[], from: number): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (let i = from; i < tokens.length; i += 1) {
    const token = tokens[i] as Token;
    if (token.kind === 'mark') {
      if ('([{'.includes(token.text)) depth += 1;
      else if (')]}'.includes(token.text)) depth -= 1;
      else if (token.text === ',' && depth <= 0) {
        parts.push([]);
        continue;
      }
    }
    (parts.at(-1) as Token[]).push(token);
  }
  return parts;
}
