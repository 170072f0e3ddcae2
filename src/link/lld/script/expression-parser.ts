// Expressions of linker scripts, by the rules of ld.lld's parser: GNU ld's manual, "Expressions in Linker Scripts".

import { decodeName } from '../../../bytes/index.ts';
import { choose, combine, constant, derive, parseNumber, precedence, UNKNOWN } from './expression.ts';
import type { ReferenceList, ScriptExpression } from './expression.ts';
import type { ScriptLexer } from './script-lexer.ts';
import { ScriptStop } from './script-lexer.ts';
import { bytesOfText } from './script-place.ts';

/** Expressions and operands within one another; a pair of parentheses makes two. lld has no bound and ends when its stack does; real scripts stay far below. */
const EXPRESSION_DEPTH_MAX = 1000;

/** What expressions may ask for, and what they tell. */
export interface ExpressionContext {
  readonly lexer: ScriptLexer;
  /** Memory regions: their origins and lengths. */
  readonly regions: ReadonlyMap<string, MemoryRegion>;
  /** Gets the symbols that are named. */
  references: ReferenceList;
  depth: number;
}

/** A region of MEMORY. */
export interface MemoryRegion {
  readonly origin: ScriptExpression;
  readonly length: ScriptExpression;
}

/** A word without the quotes around it. */
export function unquote(word: string): string {
  return word.startsWith('"') ? word.slice(1, -1) : word;
}

/** Takes a name, quoted or not. */
export function readName(lexer: ScriptLexer): string {
  return unquote(lexer.next());
}

/** A name of a script, which has one character for each byte, as the rest of the library writes names. */
export function symbolName(word: string): string {
  return /^[\0-\x5b\x5d-\x7f]*$/.test(word) ? word : decodeName(bytesOfText(word));
}

/** Reads an expression. */
export function readExpression(context: ExpressionContext): ScriptExpression {
  const { lexer } = context;
  if (lexer.isLazy && lexer.hasSeenEnd) return UNKNOWN;
  const before = lexer.inExpression;
  lexer.inExpression = true;
  enter(context);
  const expression = readOperators(context, readPrimary(context), 0);
  context.depth -= 1;
  lexer.inExpression = before;
  return expression;
}

/** Reads an expression in parentheses. */
export function readParenthesized(context: ExpressionContext): ScriptExpression {
  context.lexer.expect('(');
  const expression = readExpression(context);
  context.lexer.expect(')');
  return expression;
}

/** Reads what may stand between operators. */
export function readPrimary(context: ExpressionContext): ScriptExpression {
  enter(context);
  const expression = readOperand(context);
  context.depth -= 1;
  return expression;
}

function enter(context: ExpressionContext): void {
  context.depth += 1;
  if (context.depth <= EXPRESSION_DEPTH_MAX) return;
  throw new ScriptStop(
    `${context.lexer.location()}: more than ${EXPRESSION_DEPTH_MAX / 2} expressions within one another`,
  );
}

function readOperators(context: ExpressionContext, first: ScriptExpression, least: number): ScriptExpression {
  const { lexer } = context;
  let left = first;
  while (!lexer.atEnd()) {
    const operator = lexer.peek();
    if (precedence(operator, lexer.major) < least) break;
    lexer.next();
    if (operator === '?') return readChoice(context, left);
    let right = readPrimary(context);
    while (!lexer.atEnd()) {
      const following = precedence(lexer.peek(), lexer.major);
      if (following <= precedence(operator, lexer.major)) break;
      right = readOperators(context, right, following);
    }
    left = combine(operator, left, right, lexer.location());
  }
  return left;
}

function readChoice(context: ExpressionContext, condition: ScriptExpression): ScriptExpression {
  const yes = readExpression(context);
  context.lexer.expect(':');
  const no = readExpression(context);
  return choose(condition, yes, no);
}

function readOperand(context: ExpressionContext): ScriptExpression {
  const { lexer } = context;
  if (lexer.peek() === '(') return readParenthesized(context);
  if (lexer.consume('~')) return derive(readPrimary(context), (value) => ~value);
  if (lexer.consume('!')) return derive(readPrimary(context), (value) => BigInt(value === 0n));
  if (lexer.consume('-')) return derive(readPrimary(context), (value) => -value);
  if (lexer.major >= FIRST_PLUS_VERSION && lexer.consume('+')) return readPrimary(context);

  const word = lexer.next();
  const place = lexer.location();
  const builtIn = BUILT_IN.get(word);
  if (builtIn !== undefined) return builtIn(context, place);
  if (word === '.') return UNKNOWN;
  const number = parseNumber(word);
  if (number !== undefined) return constant(number);
  if (!word.startsWith('"') && !SYMBOL_NAME.test(word)) throw lexer.failure(`malformed number: ${word}`);
  lexer.countItem();
  context.references.add(symbolName(unquote(word)), place);
  return UNKNOWN;
}

const SYMBOL_NAME = /^[A-Za-z_.$][A-Za-z0-9_.$]*$/;
const FIRST_PLUS_VERSION = 20;

/** Takes a name in parentheses, by the rules for words outside of expressions. */
function readParenthesizedName(context: ExpressionContext): string {
  const { lexer } = context;
  lexer.expect('(');
  const before = lexer.inExpression;
  lexer.inExpression = false;
  const name = readName(lexer);
  lexer.inExpression = before;
  lexer.expect(')');
  return name;
}

function ofSection(context: ExpressionContext): ScriptExpression {
  readParenthesizedName(context);
  return UNKNOWN;
}

function ofRegion(context: ExpressionContext, part: keyof MemoryRegion): ScriptExpression {
  const name = readParenthesizedName(context);
  const region = context.regions.get(name);
  if (region === undefined) throw context.lexer.failure(`memory region not defined: ${name}`);
  return region[part];
}

function readTwo(context: ExpressionContext): [ScriptExpression, ScriptExpression] {
  context.lexer.expect('(');
  const first = readExpression(context);
  context.lexer.expect(',');
  const second = readExpression(context);
  context.lexer.expect(')');
  return [first, second];
}

function ofTwo(context: ExpressionContext, operation: (one: bigint, other: bigint) => bigint): ScriptExpression {
  const [one, other] = readTwo(context);
  const problem = one.problem ?? other.problem;
  if (problem !== undefined) return { value: undefined, problem };
  if (one.value === undefined || other.value === undefined) return UNKNOWN;
  return constant(operation(one.value, other.value));
}

/** An alignment: a power of two, or 0, which stands for 1. */
function checkAlignment(alignment: ScriptExpression, place: string): ScriptExpression {
  const { value } = alignment;
  if (value === undefined || (value & (value - 1n)) === 0n) return alignment;
  return { value: undefined, problem: `${place}: alignment must be power of 2` };
}

function readAlign(context: ExpressionContext, place: string): ScriptExpression {
  const { lexer } = context;
  lexer.expect('(');
  const first = readExpression(context);
  if (lexer.consume(')')) return { value: undefined, problem: checkAlignment(first, place).problem };
  lexer.expect(',');
  const alignment = checkAlignment(readExpression(context), place);
  lexer.expect(')');
  if (first.problem !== undefined || alignment.problem !== undefined) {
    return { value: undefined, problem: first.problem ?? alignment.problem };
  }
  const { value } = alignment;
  if (first.value === undefined || value === undefined) return UNKNOWN;
  const step = value === 0n ? 1n : value;
  return constant((first.value + step - 1n) & -step);
}

/** `ASSERT`: its message and its condition. */
export function readAssertion(context: ExpressionContext): { message: string; condition: ScriptExpression } {
  const { lexer } = context;
  lexer.expect('(');
  const condition = readExpression(context);
  lexer.expect(',');
  const message = readName(lexer);
  lexer.expect(')');
  return { message, condition };
}

function readConstant(context: ExpressionContext): ScriptExpression {
  const name = readParenthesizedName(context);
  if (name !== 'COMMONPAGESIZE' && name !== 'MAXPAGESIZE') throw context.lexer.failure(`unknown constant: ${name}`);
  return UNKNOWN;
}

function readDataSegmentEnd({ lexer }: ExpressionContext): ScriptExpression {
  lexer.expect('(');
  lexer.expect('.');
  lexer.expect(')');
  return UNKNOWN;
}

function readSegmentStart(context: ExpressionContext): ScriptExpression {
  const { lexer } = context;
  lexer.expect('(');
  lexer.next();
  lexer.expect(',');
  const start = readExpression(context);
  lexer.expect(')');
  return start;
}

function log2Ceiling(value: bigint): bigint {
  return value <= 1n ? 0n : BigInt((value - 1n).toString(2).length);
}

/** Built-in functions: GNU ld's manual, "Builtin Functions", those of lld. */
const BUILT_IN: ReadonlyMap<string, (context: ExpressionContext, place: string) => ScriptExpression> = new Map([
  ['ABSOLUTE', readParenthesized],
  ['ADDR', ofSection],
  ['ALIGN', readAlign],
  ['ALIGNOF', ofSection],
  [
    'ASSERT',
    (context) => {
      readAssertion(context);
      return UNKNOWN;
    },
  ],
  ['CONSTANT', readConstant],
  [
    'DATA_SEGMENT_ALIGN',
    (context) => {
      readTwo(context);
      return UNKNOWN;
    },
  ],
  ['DATA_SEGMENT_END', readDataSegmentEnd],
  [
    'DATA_SEGMENT_RELRO_END',
    (context) => {
      readTwo(context);
      return UNKNOWN;
    },
  ],
  ['DEFINED', ofSection],
  ['LENGTH', (context) => ofRegion(context, 'length')],
  ['LOADADDR', ofSection],
  [
    'LOG2CEIL',
    (context) => {
      context.lexer.expect('(');
      const operand = readExpression(context);
      context.lexer.expect(')');
      return derive(operand, log2Ceiling);
    },
  ],
  ['MAX', (context) => ofTwo(context, (one, other) => (one > other ? one : other))],
  ['MIN', (context) => ofTwo(context, (one, other) => (one < other ? one : other))],
  ['ORIGIN', (context) => ofRegion(context, 'origin')],
  ['SEGMENT_START', readSegmentStart],
  ['SIZEOF', ofSection],
  ['SIZEOF_HEADERS', () => UNKNOWN],
]);
