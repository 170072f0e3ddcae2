// Shell command lines, as far as a build leaves them in files and logs: the quoting and operators of POSIX (XCU 2.2 to 2.10).
// Nothing is expanded: what a shell would replace stays as it is written, and the command says so. Left out: here-documents,
// aliases and functions.

/** One simple command of a line. */
export interface ShellCommand {
  /** Program and arguments, quotes undone; variables set before it and redirections left out. */
  readonly words: readonly string[];
  /** Those words that a shell would expand: `$(…)`, `$x`, backquotes, unquoted `*`, `?` and `[`. */
  readonly unexpanded: readonly string[];
}

/** What ends a command where it stands unquoted. */
const OPERATORS = new Set([';', '&', '|', '\n', '(', ')']);
/** Words that stand before a command and belong to none. */
const RESERVED = new Set(['{', '}', '!', 'if', 'then', 'elif', 'else', 'fi', 'while', 'until', 'do', 'done']);
const ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]*\+?=/;

/**
 * Splits a shell line, or several, into simple commands.
 *
 * Quotes that are not closed end with the text. Cost: linear in the text.
 */
export function splitShellLine(text: string): ShellCommand[] {
  return new ShellSplitter(text).commands();
}

class ShellSplitter {
  readonly #text: string;
  #at = 0;
  readonly #commands: ShellCommand[] = [];
  #words: string[] = [];
  #unexpanded: string[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  commands(): ShellCommand[] {
    while (this.#at < this.#text.length) {
      const char = this.#text.charAt(this.#at);
      if (char === ' ' || char === '\t' || char === '\r') this.#at++;
      else if (char === '\\' && this.#text.charAt(this.#at + 1) === '\n') this.#at += 2;
      else if (char === '#') this.#skipComment();
      else if (this.#isRedirection()) this.#skipRedirection();
      else if (OPERATORS.has(char)) {
        this.#at++;
        this.#endCommand();
      } else this.#addWord();
    }
    this.#endCommand();
    return this.#commands;
  }

  #endCommand(): void {
    if (this.#words.length > 0) this.#commands.push({ words: this.#words, unexpanded: this.#unexpanded });
    this.#words = [];
    this.#unexpanded = [];
  }

  #addWord(): void {
    const start = this.#at;
    const { word, isExpanded } = this.#readWord();
    if (this.#words.length === 0) {
      const written = this.#text.slice(start, this.#at);
      // Only a word without quotes is a reserved one, or sets a variable.
      if ((RESERVED.has(written) && written === word) || ASSIGNMENT.test(written)) return;
    }
    this.#words.push(word);
    if (isExpanded) this.#unexpanded.push(word);
  }

  #skipComment(): void {
    const end = this.#text.indexOf('\n', this.#at);
    this.#at = end === -1 ? this.#text.length : end;
  }

  /** `>`, `2>>`, `<`, `&>`: a number is part of it only where nothing stands between. */
  #isRedirection(): boolean {
    let at = this.#at;
    // File descriptors have a digit or two; a longer number is a word.
    while (at - this.#at < 3 && /[0-9]/.test(this.#text.charAt(at))) at++;
    const char = this.#text.charAt(at);
    if (char === '<' || char === '>') return true;
    return at === this.#at && char === '&' && this.#text.charAt(at + 1) === '>';
  }

  #skipRedirection(): void {
    while (/[0-9&]/.test(this.#text.charAt(this.#at))) this.#at++;
    while (/[<>|&-]/.test(this.#text.charAt(this.#at))) this.#at++;
    while (/[ \t]/.test(this.#text.charAt(this.#at))) this.#at++;
    const char = this.#text.charAt(this.#at);
    if (char !== '' && !OPERATORS.has(char)) this.#readWord();
  }

  #readWord(): { word: string; isExpanded: boolean } {
    const text = this.#text;
    let word = '';
    let isExpanded = false;
    for (; this.#at < text.length; this.#at++) {
      const char = text.charAt(this.#at);
      if (/[ \t\r<>]/.test(char) || OPERATORS.has(char)) break;
      if (char === '\\') {
        this.#at++;
        if (text.charAt(this.#at) !== '\n') word += text.charAt(this.#at);
      } else if (char === "'") {
        const end = text.indexOf("'", this.#at + 1);
        const close = end === -1 ? text.length : end;
        word += text.slice(this.#at + 1, close);
        this.#at = close;
      } else if (char === '"') {
        const quoted = this.#readDoubleQuoted();
        word += quoted.word;
        isExpanded ||= quoted.isExpanded;
      } else if (char === '$' || char === '`') {
        const end = this.#endOfSubstitution();
        word += text.slice(this.#at, end);
        isExpanded ||= end > this.#at + 1;
        this.#at = end - 1;
      } else {
        isExpanded ||= char === '*' || char === '?' || char === '[';
        word += char;
      }
    }
    return { word, isExpanded };
  }

  /** From an opening quote to its end; leaves the place at the closing quote. */
  #readDoubleQuoted(): { word: string; isExpanded: boolean } {
    const text = this.#text;
    let word = '';
    let isExpanded = false;
    for (this.#at++; this.#at < text.length; this.#at++) {
      const char = text.charAt(this.#at);
      if (char === '"') break;
      if (char === '\\') {
        const next = text.charAt(this.#at + 1);
        if (next === '\n') this.#at++;
        else if (next !== '' && '$`"\\'.includes(next)) {
          word += next;
          this.#at++;
        } else word += char;
      } else if (char === '$' || char === '`') {
        const end = this.#endOfSubstitution();
        word += text.slice(this.#at, end);
        isExpanded ||= end > this.#at + 1;
        this.#at = end - 1;
      } else word += char;
    }
    return { word, isExpanded };
  }

  /** The end of `$(…)`, `${…}`, `$name` or backquotes at this place; that of the dollar sign if it is but one. */
  #endOfSubstitution(): number {
    const text = this.#text;
    if (text.charAt(this.#at) === '`') {
      const end = text.indexOf('`', this.#at + 1);
      return end === -1 ? text.length : end + 1;
    }
    const open = text.charAt(this.#at + 1);
    if (open !== '(' && open !== '{') {
      const name = /^(?:[A-Za-z_][A-Za-z0-9_]{0,1000}|[0-9@*#?$!-])/.exec(text.slice(this.#at + 1, this.#at + 1002));
      return this.#at + 1 + (name?.[0].length ?? 0);
    }
    const close = open === '(' ? ')' : '}';
    let depth = 0;
    for (let at = this.#at + 1; at < text.length; at++) {
      const char = text.charAt(at);
      if (char === '\\') at++;
      else if (char === "'" && open === '(') {
        const end = text.indexOf("'", at + 1);
        at = end === -1 ? text.length : end;
      } else if (char === open) depth++;
      else if (char === close) {
        depth--;
        if (depth === 0) return at + 1;
      }
    }
    return text.length;
  }
}
