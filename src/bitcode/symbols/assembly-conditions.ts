// Conditional assembly: `.if` and its kin, up to `.endif`.

import { splitAtCommas, textFrom } from './assembly-lexer.ts';
import type { Token } from './assembly-lexer.ts';

/** What a condition asks. */
export interface ConditionContext {
  /** The text that tokens were cut from. */
  readonly text: string;
  /** The value of an expression; `undefined` if it is no number that is known. */
  readonly value: (tokens: readonly Token[]) => bigint | undefined;
  readonly isDefined: (name: string) => boolean;
  readonly notUnderstood: (reason: string) => void;
}

interface Condition {
  /** Whether a branch of it was taken. */
  isMet: boolean;
  /** Whether the branch that is read now is passed over. */
  isPassedOver: boolean;
}

const COMPARISONS: ReadonlyMap<string, (value: bigint) => boolean> = new Map([
  ['.if', (value: bigint) => value !== 0n],
  ['.ifne', (value: bigint) => value !== 0n],
  ['.ifeq', (value: bigint) => value === 0n],
  ['.ifge', (value: bigint) => value >= 0n],
  ['.ifgt', (value: bigint) => value > 0n],
  ['.ifle', (value: bigint) => value <= 0n],
  ['.iflt', (value: bigint) => value < 0n],
]);

/** The conditions that a place of the assembly stands in. */
export class ConditionStack {
  private readonly outer: Condition[] = [];
  private current: Condition = { isMet: false, isPassedOver: false };

  /** Whether what is read now is passed over. */
  get isPassedOver(): boolean {
    return this.current.isPassedOver;
  }

  /** How many conditions are open. */
  get depth(): number {
    return this.outer.length;
  }

  /** Leaves conditions until so many are open, as at the end of a macro that is left early. */
  leaveTo(depth: number): void {
    while (this.outer.length > depth) this.current = this.outer.pop() as Condition;
  }

  /**
   * Takes a statement.
   *
   * @returns Whether it belongs to conditions.
   */
  take(directive: string, tokens: readonly Token[], context: ConditionContext): boolean {
    if (directive === '.else') {
      const isInPassed = this.outer.at(-1)?.isPassedOver === true;
      this.current.isPassedOver = isInPassed || this.current.isMet;
      return true;
    }
    if (directive === '.endif') {
      if (this.outer.length > 0) this.current = this.outer.pop() as Condition;
      return true;
    }
    if (directive === '.elseif') {
      if (this.outer.at(-1)?.isPassedOver === true || this.current.isMet) this.current.isPassedOver = true;
      else this.set(numberTest(directive, tokens, context));
      return true;
    }
    if (!directive.startsWith('.if')) return false;
    const test = testOf(directive);
    if (test === undefined) return false;
    this.outer.push(this.current);
    this.current = { isMet: false, isPassedOver: this.current.isPassedOver };
    if (!this.current.isPassedOver) this.set(test(directive, tokens, context));
    return true;
  }

  private set(isMet: boolean): void {
    this.current.isMet = isMet;
    this.current.isPassedOver = !isMet;
  }
}

type Test = (directive: string, tokens: readonly Token[], context: ConditionContext) => boolean;

function testOf(directive: string): Test | undefined {
  if (COMPARISONS.has(directive)) return numberTest;
  switch (directive) {
    case '.ifb':
      return (_, tokens, { text }) => textFrom(text, tokens, 1) === '';
    case '.ifnb':
      return (_, tokens, { text }) => textFrom(text, tokens, 1) !== '';
    case '.ifc':
      return (_, tokens, context) => areEqual(tokens, context);
    case '.ifnc':
      return (_, tokens, context) => !areEqual(tokens, context);
    case '.ifeqs':
      return (_, tokens) => tokens[1]?.text === tokens[3]?.text;
    case '.ifnes':
      return (_, tokens) => tokens[1]?.text !== tokens[3]?.text;
    case '.ifdef':
      return (_, tokens, { isDefined }) => isDefined(tokens[1]?.text ?? '');
    case '.ifndef':
    case '.ifnotdef':
      return (_, tokens, { isDefined }) => !isDefined(tokens[1]?.text ?? '');
    default:
      return undefined;
  }
}

function numberTest(directive: string, tokens: readonly Token[], context: ConditionContext): boolean {
  const value = context.value(tokens.slice(1));
  if (value !== undefined) return COMPARISONS.get(directive === '.elseif' ? '.if' : directive)?.(value) ?? false;
  context.notUnderstood(`the condition of ${directive} is no number that is known`);
  return false;
}

function areEqual(tokens: readonly Token[], { text }: ConditionContext): boolean {
  const comma = tokens.findIndex((token) => token.text === ',' && token.kind === 'mark');
  if (comma < 0) return false;
  return textFrom(text, tokens.slice(0, comma), 1).trim() === textFrom(text, tokens, comma + 1).trim();
}

/** The arguments of a directive that lists names. */
export function namesOf(tokens: readonly Token[]): string[] {
  return splitAtCommas(tokens, 1).flatMap((part) => {
    const first = part[0];
    return first === undefined || first.kind === 'mark' ? [] : [first.text];
  });
}
