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

/** How deep response files may include each other. LLVM has no limit but its memory. */
const NESTING_MAX = 1000;
/** How many arguments they may come to. A few files that name each other twice grow without bound else. */
const ARGUMENTS_MAX = 10_000_000;

/**
 * Puts the content of response files in place of the arguments that name them, those within them too.
 *
 * An argument that names no file that there is stays, and is an input of this name then.
 *
 * @param line - The arguments, the program left out.
 * @param readFile - Gives the text of a file; `undefined` if there is none.
 * @param endsAtRecursion - Whether a file that includes itself ends it (LLVM 16 and later), or stays as an argument.
 * @throws RangeError if the files come to more than ten million arguments.
 */
export function expandResponseFiles(
  line: readonly string[],
  readFile: (path: string) => string | undefined,
  quoting: ResponseQuoting,
  endsAtRecursion: boolean,
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
      if (endsAtRecursion) return { line: [...out, ...rest(open)], recursive: path };
      out.push(word);
      continue;
    }
    if (!known.has(path)) {
      const text = readFile(path);
      known.set(path, text === undefined ? undefined : splitWords(text, quoting));
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
function splitWords(text: string, quoting: ResponseQuoting): string[] {
  const content = text.startsWith('\uFEFF') ? text.slice(1) : text;
  return quoting === 'windows' ? splitWindows(content) : splitGnu(content);
}

const WHITE = /[ \t\r\n\0]/;

/** GNU: a backslash takes the next character as it is, in quotes too; words of quotes alone are none. */
function splitGnu(text: string): string[] {
  const words: string[] = [];
  let word = '';
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '\\' && at + 1 < text.length) {
      at++;
      word += text.charAt(at);
    } else if (quote !== '') {
      if (char === quote) quote = '';
      else word += char;
    } else if (char === '"' || char === "'") {
      quote = char;
    } else if (WHITE.test(char)) {
      if (word !== '') words.push(word);
      word = '';
    } else {
      word += char;
    }
  }
  if (word !== '') words.push(word);
  return words;
}

/** Windows: backslashes are ordinary except in front of a double quote. */
function splitWindows(text: string): string[] {
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
    } else if (!inQuotes && WHITE.test(char)) {
      if (isOpen) words.push(word);
      word = '';
      isOpen = false;
    } else {
      word += char;
      isOpen = true;
    }
  }
  if (isOpen) words.push(word);
  return words;
}
