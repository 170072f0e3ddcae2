// Words of linker scripts, version scripts and expressions, as ld.lld cuts them. Within an expression `a+b` is three words,
// elsewhere one, so the parser says where it is. Until lld 19 a script was cut as a whole, and words were cut again where an
// expression began; since lld 20 words are cut when they are asked for. Errors come in another order therefore, and some
// texts are other words.

import { byteText } from '../../../bytes/index.ts';
import { describeAt, readable } from './script-place.ts';
import type { ScriptPlace } from './script-place.ts';
import { findUnclosed } from './unclosed.ts';

/** The first error of a script. lld reads nothing behind it. */
export class ScriptStop extends Error {
  override readonly name = 'ScriptStop';
}

/** A script that another includes. */
export interface IncludedScript {
  /** The path where it was found. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

interface Token {
  readonly text: string;
  /** Bytes from the start of the script. */
  readonly start: number;
  readonly line: number;
  /** What is left of a word that is cut into those of an expression, one at a time. */
  readonly isRest: boolean;
}

/** A script that is being read. */
interface Frame {
  readonly path: string;
  /** One character for each byte. */
  readonly text: string;
  /** Where the next word is looked for. */
  offset: number;
  line: number;
  /** Words that were cut already, the next one last. */
  readonly ahead: Token[];
  /** The line that a place was asked for last: its start, the line feed behind it, and where its text ends. */
  lineStart: number;
  lineEnd: number;
  lineTextEnd: number;
}

/** What is read of one script. lld has no such bound; real scripts are a thousandth of it. */
const SCRIPT_BYTES_MAX = 1 << 26;
/** What an INCLUDE counts for besides its bytes. */
const INCLUDE_COST = 1 << 12;
/** Inputs, symbols and patterns that one script may name; they take memory each. */
const ITEMS_MAX = 1 << 20;
/** What an error tells of a word. */
const WORD_TEXT_MAX = 1 << 12;

const FIRST_LAZY_VERSION = 20;
/** Since which version `*=` and its like are words wherever they stand. */
const FIRST_ASSIGNMENT_OPERATOR_VERSION = 15;
/** Since which version `^` and `^=` are operators. */
const FIRST_XOR_VERSION = 17;

/** Since which version a colon ends words of version scripts, unless it is doubled, so that `local:*` is three words. */
const FIRST_VERSION_WORD_VERSION = 21;

const WORD = /[A-Za-z0-9_.$/\\~=+[\]*?\-!^:]*/y;
const VERSION_WORD = /(?:::|[A-Za-z0-9_.$/\\~=+[\]*?\-!^])*/y;
const EXPRESSION_WORD = /[A-Za-z0-9_.$]*/y;
const SPACE = /[ \t\n\v\f\r]*/y;
const LAZY_OPERATOR = /<<=|>>=|[+\-*/!&^|\0]=/y;
const LAZY_EXPRESSION_OPERATOR = /<<|>>|&&|\|\||\0\0|[=!<>]=/y;
const EAGER_OPERATOR = /<<=|>>=|[*/+\-<>&^|\0]=|<<|>>|&&|\|\||\0\0/y;
const EAGER_OPERATOR_16 = /<<=|>>=|[*/+\-<>&|\0]=|<<|>>|&&|\|\||\0\0/y;
const EAGER_OPERATOR_14 = /<<|<=|>>|>=|&&|\|\|/y;
const SPLIT = /[!=<>]=|<<|>>|[!~*/+\-<>?^:=]|[^!~*/+\-<>?^:=]+/y;
const SPLIT_16 = /[!=<>]=|<<|>>|[!~*/+\-<>?:=]|[^!~*/+\-<>?:=]+/y;

/** Assignments other than `=`. An older lld knows `+=` alone. */
export const ASSIGNMENT_OPERATORS: ReadonlySet<string> = new Set([
  '*=',
  '/=',
  '+=',
  '-=',
  '<<=',
  '>>=',
  '&=',
  '^=',
  '|=',
]);

/** Cuts a script into words. */
export class ScriptLexer {
  /** Whether an expression is being read. */
  inExpression = false;
  /** Whether nodes of a version script are being read. */
  inVersion = false;
  /** The version of lld. */
  readonly major: number;
  /** Whether lld is one that cuts words when they are asked for. */
  readonly isLazy: boolean;
  private frame: Frame;
  private readonly outer: Frame[] = [];
  private readonly operator: RegExp;
  private readonly splitter: RegExp;
  /** The word that was taken last; an empty one at the end. */
  private last: Token | undefined;
  private lastLine = 1;
  private lastFrame: Frame;
  /** {@link state} when the word ahead was cut; only of a lazy one. */
  private aheadState = 0;
  private isEndSeen = false;
  /**
   * What may not be included: what is being read, under the name that INCLUDE gave it, and for an older lld whatever was. The
   * path where a script was found is forgotten at its end, so that one that is found elsewhere is read once only.
   */
  private readonly names = new Set<string>();
  private includedBytes = 0;
  private itemCount = 0;

  /**
   * @param major - The version of lld.
   * @throws ScriptStop if an lld that cuts a script as a whole finds that it cannot.
   */
  constructor(path: string, bytes: Uint8Array, major: number) {
    this.major = major;
    this.isLazy = major >= FIRST_LAZY_VERSION;
    const knowsXor = major >= FIRST_XOR_VERSION;
    this.operator = this.isLazy ? LAZY_OPERATOR : knowsXor ? EAGER_OPERATOR : operatorUntil16(major);
    this.splitter = knowsXor ? SPLIT : SPLIT_16;
    this.frame = newFrame(path, bytes);
    this.lastFrame = this.frame;
    if (this.isLazy) this.names.add(path);
    this.checkWhole();
  }

  /**
   * Goes on with another script; behind its end with this one.
   *
   * @param name - As INCLUDE names it.
   * @param find - Finds the script.
   */
  include(name: string, find: (name: string) => IncludedScript | undefined): void {
    if (this.names.has(name)) throw this.failure('there is a cycle in linker script INCLUDEs');
    this.names.add(name);
    const script = find(name);
    if (script === undefined) throw this.failure(`cannot find linker script ${name}`);
    // A script that includes another twice, which does so too, and so on, has no end.
    this.includedBytes += INCLUDE_COST + script.bytes.length;
    if (this.includedBytes > SCRIPT_BYTES_MAX) throw this.failure('INCLUDE brings in more than 64 MiB');
    this.outer.push(this.frame);
    this.frame = newFrame(script.path, script.bytes);
    this.checkWhole();
  }

  /** The next word, which is not taken. At the end an lld that cuts on demand has an empty one, an older one stops. */
  peek(): string {
    const token = this.ahead();
    return token === undefined ? '' : token.text;
  }

  /** The word behind the next; empty where there is none. */
  peekSecond(): string {
    const first = this.take();
    if (first === undefined) return '';
    const { last, lastFrame, lastLine } = this;
    // Where there is no second, the error points at the first.
    this.setLast(first);
    const second = this.ahead();
    this.frame.ahead.push(first);
    Object.assign(this, { last, lastFrame, lastLine });
    return second === undefined ? '' : second.text;
  }

  /** Takes the next word. */
  next(): string {
    const token = this.take();
    this.setLast(token);
    return token === undefined ? '' : token.text;
  }

  /** Takes the next word if it is this. */
  consume(word: string): boolean {
    if (this.peek() !== word) return false;
    this.next();
    return true;
  }

  /** Takes the next word, which has to be this. */
  expect(word: string): void {
    const found = this.next();
    if (found === word) return;
    if (found === '') throw this.failure('unexpected EOF');
    throw this.failure(`${word} expected, but got ${found}`);
  }

  /** Takes the next word of a list; `undefined` at its end. */
  till(end: string): string | undefined {
    const word = this.next();
    if (word === end) return undefined;
    if (word === '') throw this.failure('unexpected EOF');
    return word;
  }

  /** Whether nothing is left. */
  atEnd(): boolean {
    return this.findToken() === undefined;
  }

  /** Whether it was found out already that nothing is left. */
  get hasSeenEnd(): boolean {
    return this.isEndSeen;
  }

  /** Where the word stands that was taken last, as `x.lds:3`. */
  location(): string {
    return `${readable(this.lastFrame.path)}:${this.lastLine}`;
  }

  /** Where the word stands that was taken last. */
  place(): ScriptPlace {
    const path = readable(this.lastFrame.path);
    if (this.last === undefined) return { path, line: this.lastLine, text: undefined, column: 0 };
    const frame = this.lastFrame;
    const { text } = frame;
    const { start } = this.last;
    // Many places of one long line cost one search.
    if (start < frame.lineStart || start > frame.lineEnd) {
      frame.lineStart = start === 0 ? 0 : text.lastIndexOf('\n', start - 1) + 1;
      const end = text.indexOf('\n', frame.lineStart);
      frame.lineEnd = end === -1 ? text.length : end;
      const line = text.slice(frame.lineStart, frame.lineEnd);
      const length = line.indexOf('\r');
      frame.lineTextEnd = length === -1 ? frame.lineEnd : frame.lineStart + length;
    }
    return {
      path,
      line: this.lastLine,
      text: text.slice(frame.lineStart, frame.lineTextEnd),
      column: start - frame.lineStart,
    };
  }

  /** Counts something that is kept of the script. */
  countItem(): void {
    this.itemCount += 1;
    if (this.itemCount > ITEMS_MAX) throw this.failure(`more than ${ITEMS_MAX} names and commands`);
  }

  /** An error at the word that was taken last. */
  failure(message: string): ScriptStop {
    return new ScriptStop(describeAt(this.place(), readable(message.slice(0, WORD_TEXT_MAX))));
  }

  private setLast(token: Token | undefined): void {
    this.last = token;
    this.lastFrame = this.frame;
    if (token !== undefined) this.lastLine = token.line;
  }

  /** What decides where words end. */
  private get state(): number {
    return this.inExpression ? 1 : this.inVersion && this.major >= FIRST_VERSION_WORD_VERSION ? 2 : 0;
  }

  private take(): Token | undefined {
    const token = this.ahead();
    if (token !== undefined) this.frame.ahead.pop();
    return token;
  }

  /** The next word, cut as the state wants it; stops at the end where lld does. */
  private ahead(): Token | undefined {
    const token = this.findToken();
    if (token === undefined) {
      if (!this.isLazy) throw this.failure('unexpected EOF');
      return undefined;
    }
    return token.isRest || (!this.isLazy && this.inExpression) ? this.split(token) : token;
  }

  private findToken(): Token | undefined {
    for (;;) {
      const { frame } = this;
      const known = frame.ahead.at(-1);
      if (known !== undefined) {
        if (!this.isLazy || this.aheadState === this.state) return known;
        // Cut again from its start; the line is the same.
        frame.ahead.length = 0;
        frame.offset = known.start;
      }
      const token = this.cut(frame);
      if (token !== undefined) {
        frame.ahead.push(token);
        this.aheadState = this.state;
        return token;
      }
      const outer = this.outer.pop();
      if (outer === undefined) {
        this.isEndSeen = true;
        return undefined;
      }
      if (this.isLazy) this.names.delete(this.frame.path);
      this.frame = outer;
    }
  }

  /** Cuts the next word of a frame. */
  private cut(frame: Frame): Token | undefined {
    this.skipSpace(frame);
    const { text, offset: start, line } = frame;
    if (start >= text.length) return undefined;
    const end = this.endOfWord(frame, start);
    frame.offset = end;
    const word = text.slice(start, end);
    if (!this.isLazy && word.startsWith('"')) frame.line += countLines(word);
    return { text: word, start, line, isRest: false };
  }

  private endOfWord(frame: Frame, start: number): number {
    const { text } = frame;
    if (text[start] === '"') {
      const quote = text.indexOf('"', start + 1);
      if (quote !== -1) return quote + 1;
      throw unclosedQuote(frame, start);
    }
    if (this.state === 2) return Math.max(start + 1, matchEnd(VERSION_WORD, text, start));
    const operator = matchEnd(this.operator, text, start);
    if (operator > start) return operator;
    if (!this.isLazy || !this.inExpression) return Math.max(start + 1, matchEnd(WORD, text, start));
    const end = matchEnd(EXPRESSION_WORD, text, start);
    return end > start ? end : Math.max(start + 1, matchEnd(LAZY_EXPRESSION_OPERATOR, text, start));
  }

  private skipSpace(frame: Frame): void {
    const { text } = frame;
    for (;;) {
      const { offset } = frame;
      let end: number;
      if (text.startsWith('/*', offset)) {
        end = text.indexOf('*/', offset + 2);
        if (end === -1) {
          frame.offset = text.length;
          throw this.failure(UNCLOSED_COMMENT);
        }
        end += 2;
      } else if (text[offset] === '#') {
        end = text.indexOf('\n', offset) + 1;
        if (end === 0) end = text.length;
      } else {
        end = matchEnd(SPACE, text, offset);
        if (end === offset) return;
      }
      frame.line += countLines(text.slice(offset, end));
      frame.offset = end;
    }
  }

  /**
   * Cuts the word ahead into those of an expression; they stay cut behind its end. One at a time, as a word may be as long as
   * the script.
   */
  private split(token: Token): Token {
    if (token.text.startsWith('"') && !token.isRest) return token;
    const { text, start, line } = token;
    const length = matchEnd(this.splitter, text, 0);
    if (length === text.length && !token.isRest) return token;
    const { ahead } = this.frame;
    ahead.pop();
    if (length < text.length) {
      ahead.push({ text: text.slice(length), start: start + length, line, isRest: true });
    }
    const first = { text: text.slice(0, length), start, line, isRest: false };
    ahead.push(first);
    return first;
  }

  /** An lld that cuts a script as a whole stops before its first word where that fails. */
  private checkWhole(): void {
    if (this.isLazy) return;
    const { frame } = this;
    const unclosed = findUnclosed(frame.text, this.operator);
    if (unclosed?.kind === 'quote') throw unclosedQuote(frame, unclosed.start);
    if (unclosed?.kind === 'comment') throw this.failure(UNCLOSED_COMMENT);
  }
}

const UNCLOSED_COMMENT = 'unclosed comment in a linker script';

function unclosedQuote(frame: Frame, start: number): ScriptStop {
  const line = 1 + countLines(frame.text.slice(0, start));
  return new ScriptStop(`${readable(frame.path)}:${line}: unclosed quote`);
}

function operatorUntil16(major: number): RegExp {
  return major < FIRST_ASSIGNMENT_OPERATOR_VERSION ? EAGER_OPERATOR_14 : EAGER_OPERATOR_16;
}

function newFrame(path: string, bytes: Uint8Array): Frame {
  // A file of another kind that large has a word that is none near its begin.
  const text = byteText(bytes.subarray(0, SCRIPT_BYTES_MAX));
  return { path, text, offset: 0, line: 1, ahead: [], lineStart: 0, lineEnd: -1, lineTextEnd: 0 };
}

/** Where a sticky expression that begins at `start` ends. */
function matchEnd(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : start;
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
