// Response files, `@FILE`: the rules of LLVM's command line library (llvm/lib/Support/CommandLine.cpp) with GNU's way of
// quoting, and with that of Windows for `--rsp-quoting=windows`. What a response file names is looked for from the working
// directory. Encodings are the caller's matter: it hands over text.

/** How words are quoted in a response file. */
export type ResponseQuoting = 'posix' | 'windows';

/** A line with its response files expanded. */
export interface ExpandedLine {
  readonly line: readonly string[];
  /** The file that includes itself. LLVM up to 15 leaves such an argument as it is; later ones end. */
  readonly recursive: string | undefined;
}

/** From this version on a response file that includes itself ends the program; before, its argument stays. */
const RECURSION_ENDS_FROM = 16;
/** From this version on a word of Windows whose quote is not closed is one. */
const UNCLOSED_KEPT_FROM = 15;
/** How deep response files may include each other. LLVM has no limit but its memory. */
const NESTING_MAX = 1000;
/** How many arguments they may come to. A few files that name each other twice grow without bound else. */
const ARGUMENTS_MAX = 4_000_000;

/**
 * Puts the content of response files in place of the arguments that name them, those within them too.
 *
 * An argument that names no file that there is stays, and is an input of this name then.
 *
 * @param line - The arguments, the program left out.
 * @param readFile - Gives the text of a file; `undefined` if there is none.
 * @param version - The version of LLVM whose rules hold.
 * @throws RangeError if the files come to more than four million arguments.
 */
export function expandResponseFiles(
  line: readonly string[],
  readFile: (path: string) => string | undefined,
  quoting: ResponseQuoting,
  version: number,
): ExpandedLine {
  const out: string[] = [];
  // A stack of what is being read, in place of recursion.
  const open: { readonly path: string; readonly words: readonly string[]; next: number }[] = [
    { path: '', words: line, next: 0 },
  ];
  const openPaths = new Set<string>();
  const known = new Map<string, readonly string[] | undefined>();
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const word = top.words[top.next++];
    if (word === undefined) {
      open.pop();
      openPaths.delete(top.path);
      continue;
    }
    if (out.length === ARGUMENTS_MAX)
      throw new RangeError(`response files come to more than ${ARGUMENTS_MAX} arguments`);
    if (!word.startsWith('@')) {
      out.push(word);
      continue;
    }
    const path = word.slice(1);
    if (openPaths.has(path) || open.length > NESTING_MAX) {
      if (version >= RECURSION_ENDS_FROM) return { line: [...out, ...rest(open)], recursive: path };
      out.push(word);
      continue;
    }
    if (!known.has(path)) {
      const text = readFile(path);
      known.set(path, text === undefined ? undefined : splitWords(text, quoting, version));
    }
    const words = known.get(path);
    if (words === undefined) out.push(word);
    else {
      open.push({ path, words, next: 0 });
      openPaths.add(path);
    }
  }
  return { line: out, recursive: undefined };
}

function rest(open: readonly { readonly words: readonly string[]; readonly next: number }[]): string[] {
  return open.toReversed().flatMap(({ words, next }) => words.slice(next));
}

/** Splits the text of a response file into words. */
function splitWords(text: string, quoting: ResponseQuoting, version: number): string[] {
  const content = text.startsWith('\uFEFF') ? text.slice(1) : text;
  return quoting === 'windows' ? splitWindows(content, version >= UNCLOSED_KEPT_FROM) : splitGnu(content);
}

const NUL = 0;
const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const DOUBLE_QUOTE = 34;
const SINGLE_QUOTE = 39;
const BACKSLASH = 92;

function isWhite(code: number): boolean {
  return code === SPACE || code === LINE_FEED || code === TAB || code === CARRIAGE_RETURN;
}

/**
 * GNU: a backslash takes the next character as it is, in quotes too; words of quotes alone are none. What stands behind a
 * NUL in a word is lost, because words are strings of C.
 */
function splitGnu(text: string): string[] {
  const words: string[] = [];
  // The word up to here, and where the characters begin that are to be added to it as they are.
  let word = '';
  let start = 0;
  let quote = 0;
  const endWord = (at: number): void => {
    word += text.slice(start, at);
    if (word !== '') words.push(word.includes('\0') ? word.slice(0, word.indexOf('\0')) : word);
    word = '';
    start = at + 1;
  };
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH && at + 1 < text.length) {
      word += text.slice(start, at);
      start = at + 1;
      at++;
    } else if (quote === 0 ? code === DOUBLE_QUOTE || code === SINGLE_QUOTE : code === quote) {
      quote = quote === 0 ? code : 0;
      word += text.slice(start, at);
      start = at + 1;
    } else if (quote === 0 && isWhite(code)) endWord(at);
  }
  endWord(text.length);
  return words;
}

function isWhiteOrNul(code: number): boolean {
  return code === NUL || isWhite(code);
}

/** Windows: backslashes are ordinary except in front of a double quote. */
function splitWindows(text: string, keepsUnclosed: boolean): string[] {
  const words: string[] = [];
  let word = '';
  let isOpen = false;
  let inQuotes = false;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '\\') {
      let end = at;
      while (text.charAt(end) === '\\') end++;
      const count = end - at;
      isOpen = true;
      if (text.charAt(end) === '"') {
        word += '\\'.repeat(count >> 1);
        if (count % 2 === 1) {
          word += '"';
          at = end;
        } else at = end - 1;
      } else {
        word += '\\'.repeat(count);
        at = end - 1;
      }
    } else if (char === '"') {
      isOpen = true;
      // Two quotes within quotes are one.
      if (inQuotes && text.charAt(at + 1) === '"') {
        word += '"';
        at++;
      } else inQuotes = !inQuotes;
    } else if (!inQuotes && isWhiteOrNul(text.charCodeAt(at))) {
      if (isOpen) words.push(word);
      word = '';
      isOpen = false;
    } else {
      word += char;
      isOpen = true;
    }
  }
  if (isOpen && (keepsUnclosed || !inQuotes)) words.push(word);
  return words;
}
