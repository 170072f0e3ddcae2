// Macros of assembly: their parameters, the arguments of a call, and the text that a call stands for, as LLVM's AsmParser
// makes it (13 to 22). The forms of `.altmacro` are left out.

import { splitAtCommas, textFrom } from './assembly-lexer.ts';
import type { Token } from './assembly-lexer.ts';

/** A parameter of a macro. */
export interface MacroParameter {
  readonly name: string;
  /** Text of its value where a call gives none. */
  readonly fallback: string;
  /** Whether it takes the rest of the arguments. */
  readonly takesRest: boolean;
}

/** A macro. */
export interface Macro {
  readonly parameters: readonly MacroParameter[];
  readonly body: string;
}

/** An argument: its text, and the name that the call gives it. */
interface Argument {
  readonly name: string | undefined;
  readonly text: string;
}

/** Reads the parameters behind the name of `.macro`. They stand between commas or blanks. */
export function readParameters(tokens: readonly Token[], from: number): MacroParameter[] {
  const parameters: MacroParameter[] = [];
  let i = from;
  while (i < tokens.length) {
    const token = tokens[i] as Token;
    i += 1;
    if (token.kind !== 'name') continue;
    let qualifier = '';
    if (tokens[i]?.text === ':') {
      qualifier = tokens[i + 1]?.text ?? '';
      i += 2;
    }
    let fallback = '';
    if (tokens[i]?.text === '=') {
      const end = endOfArgument(tokens, i + 1);
      fallback = joined(tokens, i + 1, end);
      i = end;
    }
    parameters.push({ name: token.text, fallback, takesRest: qualifier === 'vararg' });
  }
  return parameters;
}

/**
 * Finds the values of parameters in the arguments of a call.
 *
 * @param text - What the tokens were cut from.
 */
export function bindArguments(
  { parameters }: Macro,
  text: string,
  tokens: readonly Token[],
  from: number,
): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const positions = new Map(parameters.map(({ name }, position) => [name, position]));
  let position = 0;
  let i = from;
  while (i < tokens.length) {
    const parameter = parameters[position];
    if (parameter?.takesRest === true) {
      values.set(parameter.name, textFrom(text, tokens, i));
      break;
    }
    const named = argumentName(tokens, i, positions);
    const end = endOfArgument(tokens, named === undefined ? i : i + 2);
    const argument: Argument = { name: named, text: joined(tokens, named === undefined ? i : i + 2, end) };
    const target = argument.name ?? parameter?.name;
    if (argument.name !== undefined) position = positions.get(argument.name) ?? position;
    if (target !== undefined && argument.text !== '') values.set(target, argument.text);
    position += 1;
    i = tokens[end]?.text === ',' ? end + 1 : Math.max(end, i + 1);
  }
  for (const { name, fallback } of parameters) if (!values.has(name)) values.set(name, fallback);
  return values;
}

/** The arguments of `.irp`: what stands between commas or blanks. */
export function listArguments(tokens: readonly Token[], from: number): string[] {
  const list: string[] = [];
  let i = from;
  while (i < tokens.length) {
    const end = endOfArgument(tokens, i);
    list.push(joined(tokens, i, end));
    i = tokens[end]?.text === ',' ? end + 1 : Math.max(end, i + 1);
  }
  return list;
}

/** The arguments of a Darwin macro without parameters: `$0` is the first one. */
export function positionalArguments(tokens: readonly Token[], from: number): string[] {
  return splitAtCommas(tokens, from).map((part) => joined(part, 0, part.length));
}

function argumentName(tokens: readonly Token[], i: number, positions: ReadonlyMap<string, number>): string | undefined {
  const token = tokens[i];
  return token?.kind === 'name' && tokens[i + 1]?.text === '=' && positions.has(token.text) ? token.text : undefined;
}

const OPERATOR = /^(?:[-+*/%|&^~!<>=]|<<|>>|<=|>=|==|!=|<>|&&|\|\|)$/;

/** The position behind an argument: at a comma, or after a blank unless an operator or parenthesis goes on. */
function endOfArgument(tokens: readonly Token[], from: number): number {
  let depth = 0;
  let i = from;
  for (; i < tokens.length; i += 1) {
    const token = tokens[i] as Token;
    if (depth === 0) {
      if (token.kind === 'mark' && token.text === ',') break;
      const previous = tokens[i - 1];
      const isApart = i > from && previous !== undefined && previous.end < token.start;
      if (isApart && !isOperator(token) && !isOperator(previous)) break;
    }
    if (token.kind !== 'mark') continue;
    if (token.text === '(') depth += 1;
    else if (token.text === ')' && depth > 0) depth -= 1;
  }
  return i;
}

function isOperator(token: Token): boolean {
  return token.kind === 'mark' && OPERATOR.test(token.text);
}

/** Tokens of one argument as text: without blanks, and without the quotes of strings. */
function joined(tokens: readonly Token[], from: number, end: number): string {
  return tokens
    .slice(from, end)
    .map(({ text }) => text)
    .join('');
}

/**
 * The text that a body stands for.
 *
 * @param values - By parameter.
 * @param callCount - What `\@` stands for: how many macros were called before.
 * @param lengthMax - Characters that it may have.
 * @returns `undefined` if it would be longer.
 */
export function substitute(
  body: string,
  values: ReadonlyMap<string, string>,
  callCount: number,
  lengthMax: number,
): string | undefined {
  return replaced(body, /\\(?:\(\)|@|([A-Za-z0-9_.$]+))/g, lengthMax, (whole, name) => {
    if (name !== undefined) return values.get(name) ?? whole;
    return whole === '\\@' ? String(callCount) : '';
  });
}

/** The same for a Darwin macro without parameters: `$0` to `$9`, `$n` for how many arguments there are, `$$` for `$`. */
export function substitutePositions(body: string, list: readonly string[], lengthMax: number): string | undefined {
  return replaced(body, /\$([$n0-9])/g, lengthMax, (_, which = '') => {
    if (which === '$') return '$';
    return which === 'n' ? String(list.length) : (list[Number(which)] ?? '');
  });
}

/** Replaces what a pattern finds. A short body can stand for a text of any length, so that is bounded on the way. */
function replaced(
  body: string,
  pattern: RegExp,
  lengthMax: number,
  replace: (whole: string, name: string | undefined) => string,
): string | undefined {
  const parts: string[] = [];
  let length = 0;
  let end = 0;
  for (const match of body.matchAll(pattern)) {
    const before = body.slice(end, match.index);
    const value = replace(match[0], match[1]);
    parts.push(before, value);
    length += before.length + value.length;
    end = match.index + match[0].length;
    if (length > lengthMax) return undefined;
  }
  parts.push(body.slice(end));
  return length + body.length - end > lengthMax ? undefined : parts.join('');
}
