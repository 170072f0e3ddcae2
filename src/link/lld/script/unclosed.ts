// Quotes and comments that do not end, looked for in a whole script before its first word is read, as lld until 19 does. A script
// may be any file of any length, so bytes are told apart by a table and no word is made.

const SPACE = 1;
const WORD = 2;
/** May begin an operator. */
const OPERATOR = 4;

const CLASSES = /* @__PURE__ */ classes();

function classes(): Uint8Array {
  const table = new Uint8Array(256);
  const add = (characters: string, bit: number): void => {
    for (const character of characters)
      table[character.charCodeAt(0)] = (table[character.charCodeAt(0)] as number) | bit;
  };
  add(' \t\n\v\f\r', SPACE);
  add('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.$/\\~=+[]*?-!^:', WORD);
  add('*/+-<>&^|\0', OPERATOR);
  return table;
}

/** Something that does not end. */
export interface Unclosed {
  readonly kind: 'quote' | 'comment';
  /** Where it begins. */
  readonly start: number;
}

/**
 * Finds the first quote or comment that does not end. They begin where a word may, and not within one.
 *
 * @param text - One character for each byte.
 * @param operator - Operators that are words by themselves; sticky.
 */
export function findUnclosed(text: string, operator: RegExp): Unclosed | undefined {
  const { length } = text;
  let at = 0;
  while (at < length) {
    const code = text.charCodeAt(at);
    const kind = CLASSES[code] as number;
    if (kind === SPACE) {
      at += 1;
    } else if (code === 0x22) {
      const end = text.indexOf('"', at + 1);
      if (end === -1) return { kind: 'quote', start: at };
      at = end + 1;
    } else if (code === 0x23) {
      const end = text.indexOf('\n', at);
      at = end === -1 ? length : end + 1;
    } else if (code === 0x2f && text.charCodeAt(at + 1) === 0x2a) {
      const end = text.indexOf('*/', at + 2);
      if (end === -1) return { kind: 'comment', start: at };
      at = end + 2;
    } else if ((kind & OPERATOR) !== 0 && endOfOperator(operator, text, at) > at) {
      at = operator.lastIndex;
    } else {
      at += 1;
      if ((kind & WORD) !== 0) while (at < length && ((CLASSES[text.charCodeAt(at)] as number) & WORD) !== 0) at += 1;
    }
  }
  return undefined;
}

function endOfOperator(operator: RegExp, text: string, start: number): number {
  operator.lastIndex = start;
  return operator.test(text) ? operator.lastIndex : start;
}
