// Version scripts and dynamic lists: GNU ld's manual, "VERSION Command", and `--dynamic-list`, by the rules of ld.lld. lld
// ignores the parents of a node.

import { symbolName, unquote } from './expression-parser.ts';
import type { VersionNode, VersionPattern } from './link-script.ts';
import type { ScriptLexer } from './script-lexer.ts';
import { readable } from './script-place.ts';

interface SymbolLists {
  readonly global: VersionPattern[];
  readonly local: VersionPattern[];
}

/** Reads the nodes of a version script, up to the brace that ends VERSION or the end. */
export function readVersionNodes(lexer: ScriptLexer): VersionNode[] {
  lexer.inVersion = true;
  const nodes = readNodes(lexer);
  lexer.inVersion = false;
  return nodes;
}

function readNodes(lexer: ScriptLexer): VersionNode[] {
  if (lexer.consume('{')) {
    const node = { name: '', parents: [], ...readSymbolLists(lexer) };
    lexer.expect(';');
    return [node];
  }
  const nodes: VersionNode[] = [];
  if (lexer.atEnd()) throw lexer.failure('unexpected EOF');
  while (!lexer.atEnd() && lexer.peek() !== '}') {
    lexer.countItem();
    const name = lexer.next();
    if (name === '{') {
      throw lexer.failure('anonymous version definition is used in combination with other version definitions');
    }
    lexer.expect('{');
    const lists = readSymbolLists(lexer);
    const word = lexer.next();
    if (word !== ';') lexer.expect(';');
    nodes.push({ name: symbolName(name), parents: word === ';' ? [] : [symbolName(word)], ...lists });
  }
  return nodes;
}

/** Reads a whole dynamic list. */
export function readDynamicNode(lexer: ScriptLexer): VersionPattern[] {
  lexer.inVersion = true;
  lexer.expect('{');
  const { global, local } = readSymbolLists(lexer);
  lexer.expect(';');
  expectEnd(lexer);
  if (local.length > 0) throw lexer.failure('"local:" scope not supported in --dynamic-list');
  return global;
}

/** Stops unless the script ends here. lld since 20 points at the word before. */
export function expectEnd(lexer: ScriptLexer): void {
  if (lexer.atEnd()) return;
  const word = lexer.isLazy ? lexer.peek() : lexer.next();
  throw lexer.failure(`EOF expected, but got ${word}`);
}

/** Reads `global: foo; bar; local: *; }`. */
function readSymbolLists(lexer: ScriptLexer): SymbolLists {
  const lists: SymbolLists = { global: [], local: [] };
  let list = lists.global;
  for (let word = lexer.till('}'); word !== undefined; word = lexer.till('}')) {
    if (word === 'extern') {
      readExtern(lexer, list);
    } else if (isLabel(lexer, word, 'local')) {
      list = lists.local;
      continue;
    } else if (isLabel(lexer, word, 'global')) {
      list = lists.global;
      continue;
    } else {
      lexer.countItem();
      list.push({ pattern: readable(unquote(word)), isGlob: hasWildcard(word), isCxx: false });
    }
    lexer.expect(';');
  }
  return lists;
}

function isLabel(lexer: ScriptLexer, word: string, label: string): boolean {
  if (word === `${label}:`) return true;
  return word === label && !lexer.atEnd() && lexer.consume(':');
}

/** Reads `"C++" { ns::*; "f(int, double)"; }`. The last semicolon may be missing. */
function readExtern(lexer: ScriptLexer, list: VersionPattern[]): void {
  const language = lexer.next();
  const isCxx = language === '"C++"';
  if (!isCxx && language !== '"C"') throw lexer.failure('Unknown language');
  lexer.expect('{');
  for (let word = lexer.till('}'); word !== undefined; word = lexer.till('}')) {
    lexer.countItem();
    list.push({
      pattern: readable(unquote(word)),
      isGlob: !word.startsWith('"') && hasWildcard(word),
      isCxx,
    });
    if (lexer.consume('}')) return;
    lexer.expect(';');
  }
}

/** Whether a word is a pattern for lld. A backslash alone makes none. */
export function hasWildcard(word: string): boolean {
  return /[?*[]/.test(word);
}
