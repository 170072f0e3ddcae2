// SECTIONS of linker scripts: GNU ld's manual, "SECTIONS Command", by the rules of ld.lld. Read for the symbols and patterns in
// it; addresses, regions and program headers are only stepped over.

import { readExpression, readName, readParenthesized, readPrimary, symbolName, unquote } from './expression-parser.ts';
import { parseNumber } from './expression.ts';
import type { SectionInput } from './link-script.ts';
import type { ScriptParser } from './script-parser.ts';
import { readable } from './script-place.ts';
import { DATA_WORDS, FLAG_NAMES, SECTION_DIRECTIVES, SECTION_TYPES, SORT_WORDS } from './section-words.ts';

const FIRST_CLASS_VERSION = 20;
/** Since which version parentheses are no names of files. */
const FIRST_STRICT_FILE_VERSION = 15;

/** Reads `{ … }` behind SECTIONS, and INSERT behind that. */
export function readSections(parser: ScriptParser): void {
  const { lexer } = parser;
  lexer.expect('{');
  for (let word = lexer.till('}'); word !== undefined; word = lexer.till('}')) {
    if (word === 'OVERLAY') readOverlay(parser);
    else if (word === 'CLASS' && lexer.major >= FIRST_CLASS_VERSION) readClass(parser);
    else if (word === 'INCLUDE') parser.readInclude();
    else if (!parser.readAssignment(word, false)) readOutputSection(parser, word);
  }
  if (lexer.atEnd() || !lexer.consume('INSERT')) {
    parser.hasSections = true;
    return;
  }
  if (!lexer.consume('AFTER') && !lexer.consume('BEFORE')) {
    throw lexer.failure(`expected AFTER/BEFORE, but got '${lexer.next()}'`);
  }
  readName(lexer);
}

/** Reads the description of an output section behind its name. */
export function readOutputSection(parser: ScriptParser, word: string): void {
  const { lexer, context } = parser;
  const inputs: SectionInput[] = [];
  parser.add({ kind: 'section', name: symbolName(unquote(word)), inputs });
  if (lexer.peek() !== ':') readAddressAndType(parser);
  lexer.expect(':');
  const hasLoadAddress = lexer.consume('AT');
  if (hasLoadAddress) readParenthesized(context);
  if (lexer.consume('ALIGN')) readParenthesized(context);
  if (lexer.consume('SUBALIGN')) readParenthesized(context);
  lexer.consume('ONLY_IF_RO');
  lexer.consume('ONLY_IF_RW');
  lexer.expect('{');
  for (let item = lexer.till('}'); item !== undefined; item = lexer.till('}')) readSectionItem(parser, item, inputs);

  if (lexer.consume('>')) readName(lexer);
  let hasLoadRegion = false;
  if (lexer.consume('AT')) {
    lexer.expect('>');
    hasLoadRegion = readName(lexer) !== '';
  }
  if (hasLoadAddress && hasLoadRegion) throw parser.stop("section can't have both LMA and a load region");
  readProgramHeaders(parser);
  if (lexer.peek().startsWith('=')) {
    lexer.inExpression = true;
    lexer.consume('=');
    readFill(parser);
    lexer.inExpression = false;
  }
  lexer.consume(',');
}

function readSectionItem(parser: ScriptParser, word: string, inputs: SectionInput[]): void {
  const { lexer, context } = parser;
  if (word === ';') return;
  if (parser.readAssignment(word, true)) return;
  if (DATA_WORDS.has(word)) readParenthesized(context);
  else if (word === 'CONSTRUCTORS') return;
  else if (word === 'FILL') {
    if (lexer.peek() !== '(') throw lexer.failure(`( expected, but got ${lexer.peek()}`);
    readFill(parser);
  } else if (word === 'SORT') {
    lexer.expect('(');
    lexer.expect('CONSTRUCTORS');
    lexer.expect(')');
  } else if (word === 'INCLUDE') parser.readInclude();
  else if ((word === '(' || word === ')') && lexer.major >= FIRST_STRICT_FILE_VERSION)
    throw lexer.failure('expected filename pattern');
  else if (lexer.peek() === '(') inputs.push(readInput(parser, word));
  else {
    parser.checkGlob(word);
    inputs.push({ file: readable(unquote(word)), keep: false, patterns: ['*'] });
  }
}

/** Reads `*(.text .text.*)`, or that in KEEP, or a class. */
function readInput(parser: ScriptParser, word: string): SectionInput {
  const { lexer } = parser;
  lexer.countItem();
  if (word !== 'KEEP') {
    if (word !== 'INPUT_SECTION_FLAGS') return readRules(parser, word, false);
    readFlags(parser);
    return readRules(parser, lexer.next(), false);
  }
  lexer.expect('(');
  if (lexer.consume('INPUT_SECTION_FLAGS')) readFlags(parser);
  const input = readRules(parser, lexer.next(), true);
  lexer.expect(')');
  return input;
}

function readRules(parser: ScriptParser, file: string, keep: boolean): SectionInput {
  const { lexer } = parser;
  if (file === 'CLASS' && lexer.major >= FIRST_CLASS_VERSION) {
    readClassName(parser);
    return { file: '', keep, patterns: [] };
  }
  const patterns: string[] = [];
  parser.checkGlob(file);
  lexer.expect('(');
  while (!(lexer.isLazy && lexer.atEnd()) && lexer.peek() !== ')') {
    const parentheses = readSortWords(parser);
    readPatterns(parser, patterns);
    for (let i = 0; i < parentheses; i += 1) lexer.expect(')');
  }
  lexer.expect(')');
  return { file: readable(unquote(file)), keep, patterns };
}

/** Takes `SORT_BY_NAME(SORT_BY_ALIGNMENT(`, two of them at most. */
function readSortWords({ lexer }: ScriptParser): number {
  let count = 0;
  while (count < 2 && isSortWord(lexer.major, lexer.peek())) {
    lexer.next();
    lexer.expect('(');
    count += 1;
  }
  return count;
}

function isSortWord(major: number, word: string): boolean {
  const since = SORT_WORDS.get(word);
  return since !== undefined && major >= since;
}

/** Reads `.foo EXCLUDE_FILE(a.o) .bar`, up to the parenthesis. */
function readPatterns(parser: ScriptParser, patterns: string[]): void {
  const { lexer } = parser;
  while (lexer.peek() !== ')') {
    let excludes = false;
    if (lexer.consume('EXCLUDE_FILE')) {
      lexer.expect('(');
      for (let word = lexer.till(')'); word !== undefined; word = lexer.till(')')) {
        parser.checkGlob(word);
        excludes = true;
      }
    }
    const before = patterns.length;
    for (;;) {
      const word = lexer.peek();
      if (word === ')' || word === 'EXCLUDE_FILE' || isSortWord(lexer.major, word)) break;
      if (lexer.major >= FIRST_STRICT_PATTERN_VERSION && /^[(){}\0]/.test(word)) {
        lexer.next();
        throw lexer.failure('section pattern is expected');
      }
      const pattern = readName(lexer);
      parser.checkGlob(pattern);
      lexer.countItem();
      patterns.push(symbolName(pattern));
      if (pattern === '' && lexer.atEnd()) throw lexer.failure('unexpected EOF');
    }
    if (patterns.length > before) continue;
    if (!excludes) break;
    throw lexer.failure('section pattern is expected');
  }
}

const FIRST_STRICT_PATTERN_VERSION = 17;

/** Reads `(SHF_EXECINSTR & !SHF_WRITE)`. */
function readFlags({ lexer }: ScriptParser): void {
  lexer.expect('(');
  for (;;) {
    const name = readName(lexer).replace(/^!/, '');
    if (parseNumber(name) === undefined && !((FLAG_NAMES.get(name) ?? Infinity) <= lexer.major)) {
      throw lexer.failure(`unrecognised flag: ${name}`);
    }
    if (lexer.consume(')')) return;
    if (!lexer.consume('&')) {
      lexer.next();
      throw lexer.failure('expected & or )');
    }
  }
}

/** Reads an address, `(NOLOAD)` and the like, or both. */
function readAddressAndType(parser: ScriptParser): void {
  const { lexer, context } = parser;
  if (lexer.major < FIRST_DIRECT_TYPE_VERSION) {
    readAddressAndTypeByPeeking(parser);
    return;
  }
  if (lexer.consume('(')) {
    lexer.inExpression = true;
    const isDirective = readDirective(parser, lexer.peek());
    if (isDirective) {
      lexer.inExpression = false;
      return;
    }
    readExpression(context);
    lexer.expect(')');
    lexer.inExpression = false;
  } else readExpression(context);
  if (!lexer.consume('(')) return;
  lexer.inExpression = true;
  const word = lexer.peek();
  if (!readDirective(parser, word)) throw lexer.failure(`unknown section directive: ${word}`);
  lexer.inExpression = false;
}

const FIRST_DIRECT_TYPE_VERSION = 17;
/** Since which version a type may be given by TYPE. */
const FIRST_TYPE_VERSION = 15;

/** The same for a version that looks two words ahead. */
function readAddressAndTypeByPeeking(parser: ScriptParser): void {
  const { lexer, context } = parser;
  const readIfDirective = (): boolean => {
    lexer.inExpression = lexer.major >= FIRST_TYPE_VERSION;
    const first = lexer.peek();
    const second = lexer.peekSecond();
    const isDirective = first === '(' && SECTION_DIRECTIVES.has(second);
    if (isDirective) {
      lexer.next();
      readDirective(parser, second);
    }
    lexer.inExpression = false;
    return isDirective;
  };
  if (readIfDirective()) return;
  readExpression(context);
  if (lexer.peek() === '(' && !readIfDirective()) {
    throw lexer.failure(`unknown section directive: ${lexer.peekSecond()}`);
  }
}

function readDirective(parser: ScriptParser, word: string): boolean {
  const { lexer, context } = parser;
  if (!SECTION_DIRECTIVES.has(word)) return false;
  lexer.next();
  if (word === 'TYPE' && lexer.major >= FIRST_TYPE_VERSION) {
    lexer.expect('=');
    const type = lexer.peek();
    if (SECTION_TYPES.has(type)) lexer.next();
    else if (type.startsWith('SHT_')) throw lexer.failure(`unknown section type ${type}`);
    else parser.computeNow(readExpression(context));
  }
  lexer.expect(')');
  return true;
}

function readProgramHeaders({ lexer }: ScriptParser): void {
  while (lexer.peek().startsWith(':')) if (lexer.next().length === 1) readName(lexer);
}

/** Reads a filler, which lld computes at once. */
function readFill(parser: ScriptParser): void {
  const value = parser.computeNow(readPrimary(parser.context));
  if (value !== undefined && value > 0xffffffffn) {
    throw parser.lexer.failure(`filler expression result does not fit 32-bit: 0x${value.toString(16)}`);
  }
}

/** Reads an OVERLAY. */
function readOverlay(parser: ScriptParser): void {
  const { lexer, context } = parser;
  if (lexer.major >= FIRST_SHORT_OVERLAY_VERSION && lexer.consume(':')) {
    // Without an address.
  } else {
    readExpression(context);
    lexer.expect(':');
  }
  if (lexer.major >= FIRST_LONG_OVERLAY_VERSION) lexer.consume('NOCROSSREFS');
  if (lexer.major >= FIRST_SHORT_OVERLAY_VERSION) {
    if (lexer.consume('AT')) readParenthesized(context);
  } else {
    lexer.expect('AT');
    readParenthesized(context);
  }
  lexer.expect('{');
  while (!lexer.consume('}')) readOverlaySection(parser);
  if (lexer.major >= FIRST_LONG_OVERLAY_VERSION && lexer.consume('>')) readName(lexer);
}

const FIRST_SHORT_OVERLAY_VERSION = 18;
const FIRST_LONG_OVERLAY_VERSION = 21;

function readOverlaySection(parser: ScriptParser): void {
  const { lexer } = parser;
  const name = readName(lexer);
  const inputs: SectionInput[] = [];
  lexer.expect('{');
  for (let word = lexer.till('}'); word !== undefined; word = lexer.till('}')) {
    inputs.push(lexer.major >= FIRST_CLASS_VERSION ? readInput(parser, word) : readRules(parser, word, false));
  }
  readProgramHeaders(parser);
  parser.add({ kind: 'section', name: symbolName(name), inputs });
}

/** Reads a CLASS: input sections under a name, for output sections to take. */
function readClass(parser: ScriptParser): void {
  const { lexer } = parser;
  const name = readClassName(parser);
  if (parser.classes.has(name)) throw lexer.failure(`section class '${name}' already defined`);
  parser.classes.add(name);
  const inputs: SectionInput[] = [];
  lexer.expect('{');
  for (let word = lexer.till('}'); word !== undefined; word = lexer.till('}')) {
    if (word === '(' || word === ')') throw lexer.failure('expected filename pattern');
    if (lexer.peek() !== '(') continue;
    const input = readInput(parser, word);
    if (input.file === '') throw lexer.failure(`section class '${name}' references class '${parser.lastClass}'`);
    inputs.push(input);
  }
}

function readClassName(parser: ScriptParser): string {
  const { lexer } = parser;
  lexer.expect('(');
  const name = readName(lexer);
  lexer.expect(')');
  parser.lastClass = name;
  return name;
}
